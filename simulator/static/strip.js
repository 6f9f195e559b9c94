// The strip of names: whose phones stand on the desk, and who has something new.

export const FIRST_SHOWN = 4;
const REMEMBERED = "phones-shown";

function nameButton(person, choose) {
  const button = document.createElement("button");
  const words = document.createElement("span");
  const office = document.createElement("small");
  const count = document.createElement("b");
  button.type = "button";
  button.dataset.show = person.id;
  office.textContent = person.title;
  button.title = [person.name, person.title].filter(Boolean).join(", ");
  count.className = "count";
  count.hidden = true;
  words.append(person.name, office);
  button.append(words, count);
  button.addEventListener("click", () => choose(person.id));
  return button;
}

export class Strip {
  /** narrow: a media query list, one phone at a time while it matches; onChange gets the set of ids shown. */
  constructor(element, narrow, onChange) {
    Object.assign(this, { element, narrow, onChange, people: [], chosen: new Set(), current: null });
    this.all = document.createElement("button");
    this.all.type = "button";
    this.all.className = "all";
    this.all.dataset.showAll = "";
    this.all.addEventListener("click", () => this.toggleAll());
    narrow.addEventListener("change", () => this.apply());
  }

  get shown() {
    return this.narrow.matches ? new Set([this.current]) : this.chosen;
  }

  /** Learns who there is; the first four are shown unless the reader chose before. */
  know(people) {
    const ids = people.map((person) => person.id);
    if (ids.join() !== this.people.map((person) => person.id).join()) {
      const kept = this.people.length ? [...this.chosen] : JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "[]");
      const valid = kept.filter((id) => ids.includes(id));
      this.chosen = new Set(valid.length ? valid : ids.slice(0, FIRST_SHOWN));
      if (!ids.includes(this.current)) this.current = ids[0] ?? null;
      this.element.replaceChildren(...people.map((person) => nameButton(person, (id) => this.choose(id))), this.all);
    }
    this.people = people;
    this.apply();
  }

  choose(id) {
    if (this.narrow.matches) this.current = id;
    else if (this.chosen.has(id)) this.chosen.delete(id);
    else this.chosen.add(id);
    this.apply();
    if (this.shown.has(id)) document.querySelector(`.phone[data-user="${id}"]`)?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  /** Other people come: whom the reader chose to see says nothing any more. */
  forget() {
    sessionStorage.removeItem(REMEMBERED);
  }

  hide(id) {
    if (this.narrow.matches) return;
    this.chosen.delete(id);
    this.apply();
  }

  toggleAll() {
    const ids = this.people.map((person) => person.id);
    this.chosen = new Set(this.chosen.size < ids.length ? ids : ids.slice(0, FIRST_SHOWN));
    this.apply();
  }

  apply() {
    for (const button of this.element.querySelectorAll("[data-show]")) {
      button.setAttribute("aria-pressed", String(this.shown.has(Number(button.dataset.show))));
    }
    const everyone = this.chosen.size >= this.people.length;
    this.all.hidden = this.narrow.matches || this.people.length <= FIRST_SHOWN;
    this.all.textContent = everyone ? `Chỉ ${FIRST_SHOWN} người đầu` : `Hiện cả ${this.people.length} người`;
    this.all.title = everyone ? "Show the first four only" : "Show everyone";
    if (this.people.length) sessionStorage.setItem(REMEMBERED, JSON.stringify([...this.chosen]));
    this.onChange(this.shown);
  }

  /** Writes how many messages a person has not seen. */
  count(id, unread) {
    const badge = this.element.querySelector(`[data-show="${id}"] .count`);
    if (!badge) return;
    badge.hidden = unread === 0;
    badge.textContent = unread;
    badge.title = `${unread} tin chưa xem (unread)`;
  }
}
