// The narrator: what just happened, in both languages, and the article that made it so; newest on top.

import { inFull } from "./moments.js";

const KEPT = 200;
const WIDE = "(min-width: 1400px)";

function line(tag, className, words, language) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = words;
  if (language) element.lang = language;
  return element;
}

function drawTold(event) {
  const item = document.createElement("li");
  const time = line("time", "", inFull(event.at));
  time.dateTime = event.at;
  item.append(time, line("p", "vi", event.vi), line("p", "en", event.en, "en"));
  if (event.article) {
    const article = line("p", "article", event.article);
    article.title = "The article that made it so";
    item.append(article);
  }
  return item;
}

export class Narrator {
  /** last: the line at the foot that stands for the column while it is hidden; buttons show and hide it. */
  constructor({ element, list, nothing, last, buttons }) {
    Object.assign(this, { element, list, nothing, last, buttons });
    for (const button of buttons) button.addEventListener("click", () => this.show(element.hidden));
    this.show(window.matchMedia(WIDE).matches);
  }

  show(visible) {
    this.element.hidden = !visible;
    for (const button of this.buttons) button.setAttribute("aria-expanded", String(visible));
    this.last.hidden = visible || !this.list.children.length;
  }

  fill(events) {
    this.list.replaceChildren();
    events.forEach((event) => this.tell(event));
  }

  /** Puts an event on top; what stands there already is not told twice. */
  tell(event) {
    const item = drawTold(event);
    if ([...this.list.children].some((told) => told.isEqualNode(item))) return;
    this.nothing.hidden = true;
    this.list.prepend(item);
    this.last.querySelector("span").textContent = [event.vi, event.article].filter(Boolean).join(" · ");
    this.show(!this.element.hidden);
    while (this.list.children.length > KEPT) this.list.lastElementChild.remove();
  }
}
