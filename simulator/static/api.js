// Speaks to the page's own functions under /page/; knows nothing of how things look.

async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `Máy trả lời ${response.status}`);
  return body;
}

/** Does one page function; throws an Error with a sentence for the reader when refused. */
export async function post(name, body) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await fetch(`/page/${name}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Sends a file or a photo from a person's phone. */
export async function sendFile(user, file, kind, caption) {
  const form = new FormData();
  form.append("user", String(user));
  form.append("kind", kind);
  form.append("caption", caption);
  form.append("file", file, file.name);
  return answerOf(await fetch("/page/send-file", { method: "POST", body: form }));
}

/** Everything there is to show, as the world has it now. */
export async function snapshot() {
  return answerOf(await fetch("/page/state", { cache: "no-store" }));
}
