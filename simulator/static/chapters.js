// The chapters of a long tale: years to turn to, the sentence of the one being shown, the archive at its end.

import { post } from "./api.js";
import { sizeOf } from "./moments.js";

function part(tag, words, language) {
  const element = document.createElement(tag);
  element.textContent = words;
  if (language) element.lang = language;
  return element;
}

export class Chapters {
  /** say, hold and wait tell the reader: a line that passes, one that stays, and that another stage is being set. */
  constructor(root, { say, hold, wait, know }) {
    Object.assign(this, { root, say, hold, wait, tellAll: know, chapters: [], told: 0 });
    this.list = root.querySelector("ol");
    this.sentence = root.querySelector("[data-sentence]");
    this.next = root.querySelector("[data-next-chapter]");
    this.archive = root.querySelector("[data-archive]");
    this.next.addEventListener("click", () => this.turn(this.told));
  }

  /** Offers the chapters of the tale that is shown; one without any has no such row. */
  offer({ chapters }) {
    this.root.hidden = !chapters.length;
    if (JSON.stringify(chapters) === JSON.stringify(this.chapters)) return;
    this.chapters = chapters;
    this.list.replaceChildren(...chapters.map((chapter, number) => this.draw(chapter, number)));
  }

  draw({ year, vi, en }, number) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.chapter = number;
    button.title = `${en.title}: ${en.told}`;
    button.append(part("b", year), part("span", vi.title), part("small", en.title, "en"));
    button.addEventListener("click", () => this.turn(number));
    item.append(button);
    return item;
  }

  /** Marks how far the tale has come, and offers its archive once it is written. */
  know({ told, archive }) {
    if (told === undefined || !this.chapters.length) return;
    this.told = told;
    const current = this.chapters[told - 1];
    this.sentence.replaceChildren(...(current ? [part("span", current.vi.told), part("small", current.en.told, "en")] : []));
    for (const button of this.list.querySelectorAll("button")) {
      const number = Number(button.dataset.chapter);
      if (number === told - 1) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      button.toggleAttribute("data-past", number < told - 1);
    }
    this.next.hidden = told >= this.chapters.length;
    this.archive.hidden = !archive;
    if (archive) {
      const { lines, files, bytes } = archive;
      this.archive.querySelector("span").textContent = `${lines} dòng sổ, ${files} tệp, ${sizeOf(bytes)}: nguyên vẹn`;
    }
    if (this.shown !== told) this.list.children[told - 1]?.scrollIntoView({ inline: "center", block: "nearest" });
    this.shown = told;
  }

  /** On to a chapter; an earlier one begins the tale anew. */
  async turn(number) {
    const buttons = [...this.list.querySelectorAll("button"), this.next];
    const set = (busy) => buttons.forEach((button) => { button.disabled = busy; });
    set(true);
    this.hold(`Đang diễn đến năm ${this.chapters[number].year}… (Playing on)`);
    try {
      const answer = await post("chapter", { chapter: number });
      if (answer.anew) this.wait();
      else {
        this.hold();
        this.tellAll(answer);
      }
      if (answer.off) this.say(`Đã diễn tiếp; có việc khác kịch bản: ${answer.off}`);
    } catch (error) {
      this.say(error.message);
    }
    set(false);
  }
}
