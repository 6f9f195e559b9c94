// Draws one message: bubble, attachment, time, marks and the keyboard under it.

import { formatted, payloadOf, safeHref } from "./entities.js";
import { openPaper } from "./papers.js";
import { dayOf, hourOf, inFull, sizeOf } from "./moments.js";

const STYLE_WORDS = {
  primary: "Nút chính (primary)", success: "Nút đồng ý (success)", danger: "Nút không đồng ý (danger)",
};
const FILE_ICONS = { ics: "calendar", xlsx: "table", csv: "table", zip: "archive", png: "photo", jpg: "photo", jpeg: "photo" };
const PAPERS = ".docx";
const PICTURES = /\.(png|jpe?g)$/i;
const template = document.getElementById("message-template");

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

function made(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function iconOf(name) {
  return icon(FILE_ICONS[name.split(".").at(-1).toLowerCase()] ?? "file");
}

function drawAttachment(place, file) {
  const anchor = made("a");
  anchor.href = file.url;
  anchor.dataset.file = file.name;
  const picture = PICTURES.test(file.name);
  const read = picture || file.name.toLowerCase().endsWith(PAPERS);
  if (picture) Object.assign(anchor, { target: "_blank", rel: "noopener" });
  else anchor.download = file.name;
  anchor.title = `${read ? "Mở / Open" : "Tải về / Download"}: ${file.name}`;
  if (read && !picture) {
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      openPaper(file);
    });
  }
  if (file.photo) {
    const image = made("img");
    Object.assign(image, { src: file.url, alt: `Ảnh, ${sizeOf(file.size)}`, loading: "lazy" });
    anchor.append(image);
  } else {
    const size = made("span", "size", `${sizeOf(file.size)} · ${read ? "mở xem" : "tải về"}`);
    const words = made("span", "", made("b", "", file.name), size);
    anchor.append(made("span", "sheet", iconOf(file.name)), words);
  }
  place.append(anchor);
  place.hidden = false;
}

function pressKey(key, message, hooks) {
  const element = made("button", "key", key.text);
  element.type = "button";
  element.dataset.press = key.data;
  element.addEventListener("click", async () => {
    if (element.getAttribute("aria-busy") === "true") return;
    element.setAttribute("aria-busy", "true");
    await hooks.press(message.id, key.data);
    element.removeAttribute("aria-busy");
  });
  return element;
}

function linkKey(key, hooks) {
  const payload = payloadOf(key.url, hooks.botName);
  const element = made(payload === null ? "a" : "button", "key", key.text, icon("link"));
  element.dataset.url = key.url;
  if (payload === null) {
    const href = safeHref(key.url);
    if (href) Object.assign(element, { href, target: "_blank", rel: "noopener noreferrer" });
  } else {
    element.type = "button";
    element.addEventListener("click", () => hooks.openLink(payload));
  }
  return element;
}

function drawKey(key, message, hooks) {
  const element = key.url ? linkKey(key, hooks) : pressKey(key, message, hooks);
  if (key.style) {
    element.dataset.style = key.style;
    element.title = STYLE_WORDS[key.style] ?? key.style;
  }
  return element;
}

function drawMeta(element, message, hooks) {
  const time = element.querySelector("time");
  time.dateTime = message.at;
  time.textContent = hourOf(message.at);
  time.title = inFull(message.at);
  element.querySelector(".shield").hidden = !message.protected;
  const edit = element.querySelector("[data-edit]");
  edit.hidden = !message.editable;
  edit.addEventListener("click", () => hooks.edit(message));
  const edited = element.querySelector(".edited");
  const earlier = element.querySelector(".versions");
  edited.hidden = !message.edited;
  edited.disabled = !message.versions.length;
  edited.setAttribute("aria-expanded", "false");
  edited.addEventListener("click", () => {
    earlier.hidden = !earlier.hidden;
    edited.setAttribute("aria-expanded", String(!earlier.hidden));
  });
  earlier.append(...message.versions.map((words) => made("li", "", words)));
}

/** The element of a message. hooks: botName, press(id, data), openLink(payload), say(text), edit(message). */
export function drawMessage(message, hooks) {
  const element = template.content.firstElementChild.cloneNode(true);
  element.dataset.message = message.id;
  element.dataset.side = message.side;
  element.dataset.day = dayOf(message.at);
  element.toggleAttribute("data-protected", message.protected);
  element.toggleAttribute("data-unread", message.unread);
  element.toggleAttribute("data-edited", message.edited);
  element.classList.toggle("keyed", message.rows.length > 0);
  if (message.quote) element.querySelector(".bubble").prepend(made("p", "quote", message.quote));
  if (message.file) drawAttachment(element.querySelector(".attachment"), message.file);
  element.querySelector(".text").append(...formatted(message.text, message.entities, hooks));
  drawMeta(element, message, hooks);
  for (const row of message.rows) {
    element.querySelector(".keys").append(made("div", "row", ...row.map((key) => drawKey(key, message, hooks))));
  }
  return element;
}
