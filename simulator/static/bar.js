// The quiet bar: the clock and the ways to move it, the faults, the theme.

import { post } from "./api.js";
import { inFull } from "./moments.js";
import { readyMenus } from "./menus.js";

const SAID_FOR = 6000;
const LOST = "Mất kết nối với máy, đang thử lại… (Connection lost, trying again)";
const CHANGING = "Đang chuẩn bị kịch bản… (Setting the stage)";
const FAULT_WORDS = { 429: "gửi quá nhanh", 500: "máy chủ trục trặc", away: "mất liên lạc" };

export class Bar {
  constructor(root) {
    this.root = root;
    this.status = document.getElementById("status");
    this.clock = root.querySelector("[data-clock]");
    readyMenus(root);
    for (const button of root.querySelectorAll("[data-advance]")) {
      this.act(button, () => post("clock", { advance_seconds: Number(button.dataset.advance) }));
    }
    this.act(root.querySelector("[data-next-due]"), () => this.toNextDue());
    for (const button of root.querySelectorAll("[data-fault]")) {
      const turnedOn = () => button.getAttribute("aria-pressed") !== "true";
      this.act(button, () => post("fault", { kind: button.dataset.fault, on: turnedOn() }));
    }
    this.act(root.querySelector("[data-recover]"), () => post("fault", { kind: "*", on: false }));
    for (const button of root.querySelectorAll("[data-tale]")) {
      this.act(button, () => this.begin(button.dataset.tale));
    }
    this.readyTheme(root.querySelector("[data-theme-switch]"));
  }

  act(button, work) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        this.know(await work());
      } catch (error) {
        this.say(error.message);
      }
      button.disabled = false;
    });
  }

  async toNextDue() {
    const answer = await post("clock", { to: "next_due" });
    if (!answer.moved) this.say("Không có việc nào đang chờ đến hạn. (Nothing is due.)");
    return answer;
  }

  /** Another tale: this stage ends, and the page comes back by itself with the next one. */
  async begin(tale) {
    await post("tale", { tale });
    this.change();
    return {};
  }

  /** Says that another stage is being set, until it stands. */
  change() {
    this.changing = true;
    this.connected(false);
  }

  /** Offers the tales that can be shown, and marks the one that is. */
  offer({ tales, tale }) {
    for (const button of this.root.querySelectorAll("[data-tale]")) {
      button.hidden = !tales.includes(button.dataset.tale);
      button.toggleAttribute("data-shown", button.dataset.tale === tale);
    }
    this.root.querySelector("[data-tales]").hidden = !tales.length;
  }

  /** Shows the clock and which faults are on. */
  know({ clock, faults }) {
    if (clock) {
      this.clock.textContent = inFull(clock);
      this.clock.dateTime = clock;
    }
    if (faults) this.showFaults(faults);
  }

  showFaults(faults) {
    for (const button of this.root.querySelectorAll("[data-fault]")) {
      button.setAttribute("aria-pressed", String(faults.includes(button.dataset.fault)));
    }
    const opener = this.root.querySelector('[data-opens="faults"]');
    opener.classList.toggle("on", faults.length > 0);
    const words = faults.map((kind) => FAULT_WORDS[kind] ?? kind).join(", ");
    opener.querySelector("[data-faults-word]").textContent = words || "Faults";
  }

  /** A passing line under the bar. */
  say(words) {
    clearTimeout(this.fading);
    this.status.textContent = words;
    this.status.hidden = false;
    this.fading = setTimeout(() => { this.status.hidden = true; }, SAID_FOR);
  }

  /** A line under the bar that stays; without words it goes. */
  hold(words = "") {
    clearTimeout(this.fading);
    this.status.textContent = words;
    this.status.hidden = !words;
  }

  /** A line that stays while the server does not answer. */
  connected(well) {
    this.hold(well ? "" : this.changing ? CHANGING : LOST);
  }

  readyTheme(button) {
    const root = document.documentElement;
    const kept = localStorage.getItem("theme");
    if (kept) root.dataset.theme = kept;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      localStorage.setItem("theme", root.dataset.theme);
    });
  }
}
