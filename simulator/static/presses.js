// Presses under way: each has a ticket, and its button turns until the ticket is settled.

const waiting = new Map();

/** Sends a press with a new ticket and waits until it is settled; `send` gives null when it was refused. */
export async function underWay(send) {
  const ticket = crypto.randomUUID();
  const settled = new Promise((resolve) => waiting.set(ticket, resolve));
  if (await send(ticket)) await settled;
  waiting.delete(ticket);
}

/** The bot has answered, or the app is tired of waiting. */
export function settle(ticket) {
  waiting.get(ticket)?.();
}

/** Nothing is known any more of what was under way. */
export function settleAll() {
  for (const resolve of waiting.values()) resolve();
}
