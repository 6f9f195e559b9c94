// The scrolling list of one phone's messages: keyed upserts, days, what is new, and where the reader stands.

import { dayOf } from "./moments.js";
import { drawMessage } from "./message.js";

const NEAR = 70;

function separator(className, words) {
  const element = document.createElement("p");
  element.className = className;
  element.textContent = words;
  return element;
}

export class Conversation {
  /** list: the scrolling element; newest: the button that leads back down; hooks: see message.js. */
  constructor(list, newest, hooks) {
    Object.assign(this, { list, newest, hooks, shown: new Map(), following: true, missed: 0, held: false, waiting: [] });
    list.addEventListener("scroll", () => this.noteScroll());
    list.addEventListener("load", () => this.settle(), true);
    newest.addEventListener("click", () => this.toNewest());
    list.addEventListener("pointerdown", () => { this.held = true; });
    // The click comes within the task of letting go; what has waited for it, in the next.
    for (const sign of ["pointerup", "pointercancel"]) document.addEventListener(sign, () => setTimeout(() => this.letGo()));
    new ResizeObserver(() => this.settle()).observe(list);
  }

  get unread() {
    return this.list.querySelectorAll("[data-unread]").length;
  }

  /** Nothing moves under a finger: what would, waits until it is let go, or its press would meet nothing. */
  unheld(change) {
    if (this.held) this.waiting.push(change);
    else change();
  }

  letGo() {
    if (!this.held) return;
    this.held = false;
    for (const change of this.waiting.splice(0)) change();
    this.hooks.drawn();
  }

  /** Shows a whole snapshot; what has not changed keeps its element. */
  fill(messages) {
    this.unheld(() => this.drawAll(messages));
  }

  drawAll(messages) {
    this.list.setAttribute("aria-live", "off");
    const ids = new Set(messages.map((message) => message.id));
    for (const id of [...this.shown.keys()]) if (!ids.has(id)) this.remove(id);
    for (const message of messages) this.draw(message, { quietly: true });
    requestAnimationFrame(() => this.list.setAttribute("aria-live", "polite"));
  }

  /** Adds a message or changes it in place. */
  put(message) {
    this.unheld(() => this.draw(message));
  }

  draw(message, { quietly = false } = {}) {
    const json = JSON.stringify({ ...message, unread: undefined });
    const before = this.shown.get(message.id);
    if (before?.json === json) {
      before.element.toggleAttribute("data-unread", message.unread);
      return;
    }
    if (message.deleted) {
      this.remove(message.id);
      return;
    }
    const element = drawMessage(message, this.hooks);
    this.shown.set(message.id, { json, element, text: message.text });
    if (before) this.replace(before, element, message, quietly);
    else this.append(element, message, quietly);
    this.settle();
  }

  replace(before, element, message, quietly) {
    const focused = before.element.contains(document.activeElement);
    before.element.replaceWith(element);
    if (!quietly && before.text !== message.text) element.classList.add("changed");
    if (focused) (element.querySelector("[data-press]") ?? element).focus({ preventScroll: true });
  }

  append(element, message, quietly) {
    this.list.querySelector(".hello")?.remove();
    const last = [...this.list.querySelectorAll(".message")].at(-1);
    if (last?.dataset.day !== element.dataset.day) this.list.append(separator("day", dayOf(message.at)));
    if (message.unread && !this.list.querySelector(".fresh")) this.list.append(separator("fresh", "Tin mới"));
    this.list.append(element);
    if (message.side === "person" && !quietly) this.following = true;
    else if (!this.following && !quietly) this.count(this.missed + 1);
  }

  remove(id) {
    this.shown.get(id)?.element.remove();
    this.shown.delete(id);
    for (const line of this.list.querySelectorAll(".day, .fresh")) {
      const next = line.nextElementSibling;
      if (!next || next.classList.contains("day")) line.remove();
    }
  }

  /** The person has taken the phone up: nothing is new any more. */
  read() {
    this.unheld(() => this.drawRead());
  }

  drawRead() {
    for (const one of this.list.querySelectorAll("[data-unread]")) one.removeAttribute("data-unread");
    this.list.querySelector(".fresh")?.remove();
  }

  count(missed) {
    this.missed = missed;
    this.newest.querySelector("b").textContent = missed || "";
    this.newest.hidden = this.following;
  }

  noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    if (!clientHeight) return;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR;
    this.count(this.following ? 0 : this.missed);
  }

  settle() {
    if (this.following) this.list.scrollTop = this.list.scrollHeight;
  }

  toNewest() {
    this.following = true;
    this.settle();
    this.count(0);
  }
}
