// Puts the page together: the bar, the strip, the phones and the narrator, all fed by one line of events.

import { Bar } from "./bar.js";
import { Chapters } from "./chapters.js";
import { Narrator } from "./narrator.js";
import { Phone } from "./phone.js";
import { settle, settleAll } from "./presses.js";
import { follow } from "./state.js";
import { Strip } from "./strip.js";

const desk = document.getElementById("phones");
const bar = new Bar(document.querySelector(".bar"));
const phones = new Map();
const chapters = new Chapters(document.getElementById("chapters"), {
  say: (words) => bar.say(words),
  hold: (words) => bar.hold(words),
  wait: () => bar.change(),
  know: (answer) => know(answer),
});

function know(signs) {
  bar.know(signs);
  chapters.know(signs);
}

const narrator = new Narrator({
  element: document.getElementById("narrator"),
  list: document.getElementById("told"),
  nothing: document.getElementById("nothing-told"),
  last: document.getElementById("last-told"),
  buttons: document.querySelectorAll("[data-narrator-switch], [data-narrator-close]"),
});

const strip = new Strip(document.getElementById("strip"), window.matchMedia("(max-width: 700px)"), (shown) => {
  for (const phone of phones.values()) phone.element.hidden = !shown.has(phone.id);
});

function phoneOf(person, botName) {
  if (!phones.has(person.id)) {
    phones.set(person.id, new Phone(person, botName, {
      onUnread: (phone) => strip.count(phone.id, phone.unread),
      onHide: (phone) => strip.hide(phone.id),
    }));
  }
  return phones.get(person.id);
}

let stage = null;

function takeOver(state) {
  if (stage !== null && stage !== state.stage) {
    strip.forget();
    location.reload();
    return;
  }
  stage = state.stage;
  settleAll();
  document.title = state.title;
  document.getElementById("title").textContent = state.title;
  bar.offer(state);
  chapters.offer(state);
  know(state);
  const everyone = state.people.map((person) => phoneOf(person, state.bot));
  for (const [id, phone] of phones) {
    if (everyone.includes(phone)) continue;
    phone.element.remove();
    phones.delete(id);
  }
  for (const phone of everyone) if (!phone.element.isConnected) desk.append(phone.element);
  strip.know(state.people);
  state.people.forEach((person) => phones.get(person.id).fill(person, person.messages));
  narrator.fill(state.narrator);
  document.body.dataset.ready = "";
}

function meet(person) {
  const phone = phones.get(person.id);
  if (phone) phone.know(person);
  else again.now();
}

const again = follow({
  snapshot: takeOver,
  connected: (well) => bar.connected(well),
  message: ({ user, message }) => phones.get(user)?.put(message),
  person: ({ person }) => meet(person),
  answer: ({ user, text, alert }) => phones.get(user)?.answer({ text, alert }),
  settled: ({ ticket }) => settle(ticket),
  typing: ({ user }) => phones.get(user)?.typing(),
  pulse: know,
  narrator: (event) => narrator.tell(event),
});
