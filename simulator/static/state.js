// What the page knows of the world: a snapshot, kept fresh by server-sent events.

import { snapshot } from "./api.js";

/**
 * Follows the world for ever. on.snapshot(state) comes first and after each broken line;
 * then on[type](event) for each event. What arrives while a snapshot is under way waits for it.
 * Gives back a way to ask for another snapshot now, for when somebody unknown turns up.
 */
export function follow(on) {
  let waiting = null;
  const pass = (event) => on[event.type]?.(event);

  async function refresh() {
    if (waiting) return;
    waiting = [];
    try {
      on.snapshot(await snapshot());
      on.connected(true);
    } catch {
      on.connected(false);
    }
    const held = waiting;
    waiting = null;
    held.forEach(pass);
  }

  const source = new EventSource("/page/events");
  source.addEventListener("open", refresh);
  source.addEventListener("error", () => on.connected(false));
  source.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data);
    if (waiting) waiting.push(event);
    else pass(event);
  });
  return { now: refresh };
}
