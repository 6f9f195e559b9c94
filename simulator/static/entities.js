// Builds the elements of a message from its plain text and Telegram's entities; no markup is ever parsed.

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["blockquote", "pre"]); // they break the line themselves

/** The payload of a link that opens this bot, or null for any other link. */
export function payloadOf(url, botName) {
  const found = /^(?:https?:\/\/)?t(?:elegram)?\.me\/([A-Za-z0-9_]+)\/?(?:\?start=([A-Za-z0-9_-]*))?$/.exec(url);
  return found && found[1].toLowerCase() === botName.toLowerCase() ? found[2] ?? "" : null;
}

/** A link that may leave the page: only http, https, mailto and tel. */
export function safeHref(url) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return /^(https?|mailto|tel):/i.test(whole) ? whole : null;
}

function link(url, hooks) {
  const payload = payloadOf(url, hooks.botName);
  if (payload !== null) {
    const opener = document.createElement("button");
    opener.type = "button";
    opener.className = "command";
    opener.addEventListener("click", () => hooks.openLink(payload));
    return opener;
  }
  const anchor = document.createElement("a");
  const href = safeHref(url);
  if (href) Object.assign(anchor, { href, target: "_blank", rel: "noopener noreferrer" });
  return anchor;
}

function command(words, hooks) {
  const sender = document.createElement("button");
  sender.type = "button";
  sender.className = "command";
  sender.addEventListener("click", () => hooks.say(words));
  return sender;
}

function mention({ user }) {
  const named = document.createElement("span");
  named.className = "mention";
  named.title = [user.first_name, user.last_name].filter(Boolean).join(" ");
  return named;
}

function spoiler() {
  const cover = document.createElement("button");
  cover.type = "button";
  cover.className = "spoiler";
  cover.title = "Bấm để xem (press to reveal)";
  cover.addEventListener("click", () => cover.replaceWith(...cover.childNodes));
  return cover;
}

function shell(entity, words, hooks) {
  if (entity.type in TAGS) return document.createElement(TAGS[entity.type]);
  if (entity.type === "text_link") return link(entity.url, hooks);
  if (entity.type === "url") return link(words, hooks);
  if (entity.type === "email") return link(`mailto:${words}`, hooks);
  if (entity.type === "bot_command") return command(words, hooks);
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "text_mention") return mention(entity);
  const plain = document.createElement("span");
  plain.dataset.entity = entity.type;
  return plain;
}

function build(text, entities, from, to, hooks) {
  const nodes = [];
  let at = from;
  let rest = entities.filter((one) => one.offset >= from && one.offset < to && one.length > 0);
  while (rest.length) {
    const [first, ...others] = rest;
    const end = Math.min(first.offset + first.length, to);
    if (first.offset > at) nodes.push(text.slice(at, first.offset));
    const element = shell(first, text.slice(first.offset, end), hooks);
    element.append(...build(text, others.filter((one) => one.offset < end), first.offset, end, hooks));
    nodes.push(element);
    rest = others.filter((one) => one.offset >= end);
    at = BLOCKS.has(element.localName) && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

/** Elements and texts for one message. Offsets count UTF-16 units, as JavaScript does. */
export function formatted(text, entities, hooks) {
  const inOrder = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, inOrder, 0, text.length, hooks);
}
