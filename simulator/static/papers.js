// Opens a Word file on the page as pages one can read; what it is drawn with is loaded at the first press.

const VENDORED = "/page/static/vendored";
const SCRIPTS = [`${VENDORED}/jszip/jszip.min.js`, `${VENDORED}/docx-preview/docx-preview.min.js`];
const OPTIONS = { renderAltChunks: false, useBase64URL: true, experimental: true };
// A line to write on goes to the edge, however wide the page is: the library reckons its length before it is fitted.
const PAPER = `
  .docx-wrapper { background: none; padding: 0; align-items: flex-start; }
  .docx-wrapper > section.docx { margin: 0 0 14px; box-shadow: none; }
  p:has(.docx-tab-stop[style*="dotted"]) { position: relative; overflow-x: clip; }
  .docx-tab-stop[style*="dotted"] { word-spacing: 0 !important; text-decoration: none !important; }
  .docx-tab-stop[style*="dotted"]::after { content: ""; position: absolute; width: 100%; height: 1em; border-bottom: 1px dotted; }
`;
const NARROW = window.matchMedia("(max-width: 700px)");
const MARGIN = 16;
const dialog = document.getElementById("paper");
const find = (what) => dialog.querySelector(what);
const pages = find("[data-pages]");
const shadow = pages.attachShadow({ mode: "open" });
let library = null;

function loaded(src) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src, onload: done, onerror: failed });
    document.head.append(script);
  });
}

async function drawing() {
  library ??= SCRIPTS.reduce((before, src) => before.then(() => loaded(src)), Promise.resolve());
  await library;
  return window.docx;
}

function sheet(words) {
  const made = new CSSStyleSheet();
  made.replaceSync(words);
  return made;
}

/** Pages as wide as the screen has room for, or enlarged to what they are in print. */
function fit() {
  const size = find("[data-size]");
  pages.style.zoom = 1;
  const room = Math.min(1, find(".around").clientWidth / Math.max(1, pages.scrollWidth));
  size.hidden = room === 1;
  pages.style.zoom = size.getAttribute("aria-pressed") === "true" ? 1 : room;
}

/** On a phone the margins of print are given to the letters. */
function trim() {
  for (const page of NARROW.matches ? shadow.querySelectorAll("section.docx") : []) {
    const { paddingLeft, paddingRight } = getComputedStyle(page);
    const width = page.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) + 2 * MARGIN;
    Object.assign(page.style, { width: `${width}px`, paddingInline: `${MARGIN}px` });
  }
}

/** Draws into a shadow, so that neither sheet of styles reaches the other. */
async function draw(content) {
  const body = document.createElement("div");
  const styles = document.createElement("div");
  shadow.replaceChildren(body);
  await (await drawing()).renderAsync(content, body, styles, OPTIONS);
  if (!body.isConnected) return; // another paper was opened meanwhile
  const written = [...styles.querySelectorAll("style")].map((each) => sheet(each.textContent));
  shadow.adoptedStyleSheets = [...written, sheet(PAPER)];
}

/** Shows a file of a message: { name, url }. Where it is no paper it says so; it can still be downloaded. */
export async function openPaper(file) {
  find("h2").textContent = file.name;
  Object.assign(find("[data-download]"), { href: file.url, download: file.name });
  find("[data-unreadable]").hidden = true;
  shadow.replaceChildren();
  find("[data-size]").setAttribute("aria-pressed", "false");
  dialog.showModal();
  try {
    await draw(await (await fetch(file.url)).arrayBuffer());
    trim();
    fit();
    dialog.dataset.shown = file.name;
  } catch {
    find("[data-unreadable]").hidden = false;
  }
}

find("[data-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => delete dialog.dataset.shown);
find("[data-size]").addEventListener("click", ({ currentTarget }) => {
  currentTarget.setAttribute("aria-pressed", String(currentTarget.getAttribute("aria-pressed") !== "true"));
  fit();
});
new ResizeObserver(fit).observe(dialog);
