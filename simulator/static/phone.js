// One person's phone: head, screen, typing area and the phone's own menu.

import { post, sendFile } from "./api.js";
import { Conversation } from "./conversation.js";
import { readyMenus } from "./menus.js";
import { underWay } from "./presses.js";

const TOAST_FOR = 4500;
const TYPING_FOR = 5000;
const template = document.getElementById("phone-template");

function initials(name) {
  const words = name.trim().split(/\s+/);
  return (words.length > 1 ? words.at(-2)[0] + words.at(-1)[0] : words[0].slice(0, 2)).toUpperCase();
}

export class Phone {
  /** botName: the bot's user name; onUnread and onHide are told when the strip must change. */
  constructor(person, botName, { onUnread, onHide }) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.id = person.id;
    this.onUnread = onUnread;
    this.element.dataset.user = person.id;
    const hooks = {
      botName,
      press: (message, code) => underWay((ticket) => this.does("press", { message, data: code, ticket })),
      openLink: (payload) => this.does("open-link", { payload }),
      say: (text) => this.does("say", { text }),
      edit: (message) => this.edit(message),
      drawn: () => this.onUnread(this),
    };
    this.conversation = new Conversation(this.find(".messages"), this.find("[data-newest]"), hooks);
    readyMenus(this.element);
    this.readyHead(onHide);
    this.readyTyping();
    this.readyAttach();
    // Not on pointerdown: what is read redraws, and the button under the finger would move before it is let go.
    for (const sign of ["click", "pointercancel", "keydown", "wheel"]) {
      this.element.addEventListener(sign, () => this.read(), { passive: true });
    }
    this.know(person);
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  get unread() {
    return this.conversation.unread;
  }

  /** Shows who holds the phone and what it may do now. */
  know(person) {
    this.person = person;
    this.element.setAttribute("aria-label", `Điện thoại của ${person.name}`);
    this.find(".owner h2").textContent = person.name;
    this.find(".owner p").textContent = [person.title, person.blocked && "đã chặn bot"].filter(Boolean).join(" · ");
    this.find(".owner").title = [person.name, person.title].filter(Boolean).join(", ");
    this.find(".avatar").textContent = initials(person.name);
    this.find(".avatar").style.setProperty("--hue", (person.id * 67) % 360);
    this.find(".messages").setAttribute("aria-label", `Tin nhắn của ${person.name}`);
    this.element.toggleAttribute("data-blocked", person.blocked);
    this.element.toggleAttribute("data-started", person.started);
    const ready = person.started && !person.blocked;
    this.find("[data-start]").hidden = person.started || person.blocked;
    this.find("[data-unblock-bar]").hidden = !person.blocked;
    this.find("[data-say]").hidden = !ready;
    if (this.editing && !ready) this.edit(null);
    this.find("[data-block]").hidden = person.blocked;
    this.find("[data-unblock]").hidden = !person.blocked;
    this.drawCommands(person.commands);
    if (!person.unread) this.conversation.read();
    this.onUnread(this);
  }

  /** Takes over a whole snapshot of this person's chat. */
  fill(person, messages) {
    this.know(person);
    this.conversation.fill(messages);
    if (!messages.length && !this.find(".hello")) this.greet();
    this.onUnread(this);
  }

  put(message) {
    this.find(".typing").hidden = true;
    this.conversation.put(message);
    this.onUnread(this);
  }

  greet() {
    const hello = document.createElement("p");
    hello.className = "hello";
    hello.textContent = this.person.invitation
      ? "Đồng chí đã nhận được lời mời. Bấm BẮT ĐẦU để mở bot."
      : "Chưa có tin nhắn nào.";
    this.find(".messages").append(hello);
  }

  drawCommands(commands) {
    const json = JSON.stringify(commands);
    if (json === this.commands) return;
    this.commands = json;
    this.find("[data-commands]").replaceChildren(...commands.map((one) => this.drawCommand(one)));
    this.find('[data-opens="commands"]').hidden = !commands.length;
  }

  drawCommand({ command, description }) {
    const button = document.createElement("button");
    const written = document.createElement("small");
    button.type = "button";
    button.dataset.command = command;
    written.lang = "en";
    written.textContent = `/${command}`;
    button.append(description, written);
    button.addEventListener("click", () => this.does("say", { text: `/${command}` }));
    return button;
  }

  /** Does one of the page's functions as this person; a refusal is shown on the phone. */
  async does(name, body = {}) {
    try {
      return await post(name, { user: this.id, ...body });
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  read() {
    if (!this.unread) return;
    this.conversation.read();
    this.onUnread(this);
    this.does("read");
  }

  /** The answer to a press: a passing line, or an alert that must be closed. */
  answer({ text, alert }) {
    if (!text) return;
    if (!alert) this.toast(text);
    else {
      this.find(".alert p").textContent = text;
      this.find(".alert").hidden = false;
      if (this.element.contains(document.activeElement)) this.find("[data-alert-close]").focus();
    }
  }

  toast(text) {
    clearTimeout(this.fading);
    this.find(".toast").textContent = text;
    this.fading = setTimeout(() => this.find(".toast").replaceChildren(), TOAST_FOR);
  }

  typing() {
    clearTimeout(this.waiting);
    this.find(".typing").hidden = false;
    this.waiting = setTimeout(() => { this.find(".typing").hidden = true; }, TYPING_FOR);
  }

  readyHead(onHide) {
    const on = (selector, act) => this.find(selector).addEventListener("click", act);
    on("[data-block]", () => this.does("block"));
    on("[data-unblock]", () => this.does("unblock"));
    on("[data-unblock-bar]", () => this.does("unblock"));
    on("[data-hide]", () => onHide(this));
    on("[data-start]", () => this.does("open-link", { invitation: true }));
    on("[data-alert-close]", () => { this.find(".alert").hidden = true; });
  }

  readyTyping() {
    const form = this.find("[data-say]");
    const words = this.find("[data-text]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const text = words.value.trim();
      if (!text) return;
      const message = this.editing;
      if (message) this.edit(null);
      words.value = "";
      const done = message ? this.does("edit", { message: message.id, text }) : this.does("say", { text });
      if (!(await done)) words.value ||= text;
    });
    this.find("[data-edit-cancel]").addEventListener("click", () => this.edit(null));
    words.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.editing) this.edit(null);
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }

  /** Takes a message of one's own up for a change; null leaves it as it is. */
  edit(message) {
    const words = this.find("[data-text]");
    this.editing = message;
    words.value = message?.text ?? "";
    this.find("[data-editing]").hidden = !message;
    words.focus();
  }

  readyAttach() {
    const input = this.find("[data-file]");
    for (const choice of this.element.querySelectorAll("[data-pick]")) {
      choice.addEventListener("click", () => {
        input.dataset.kind = choice.dataset.pick;
        input.accept = choice.dataset.pick === "photo" ? "image/*" : "";
        input.click();
      });
    }
    input.addEventListener("change", () => this.attach(input));
  }

  async attach(input) {
    const words = this.find("[data-text]");
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    try {
      await sendFile(this.id, file, input.dataset.kind ?? "file", words.value.trim());
      words.value = "";
    } catch (error) {
      this.toast(error.message);
    }
  }
}
