"""Finding an item of a meeting as a person does: on the list of items, by its subject or its place."""

from __future__ import annotations

from bot.values.action import parse
from simulator.hands import Hands
from simulator.refusals import NotPossibleError


async def item_on(hands: Hands, meeting: int, item: str | int) -> int | str:
    """The id on the button of an item; the refusal, in words, where the list is not shown."""
    seen = await hands.press("mitems", meeting)
    if seen.refusal is not None:
        return seen.refusal
    ids, lines = _listed(hands)
    place = item if isinstance(item, int) else _place(lines, item)
    if not 1 <= place <= len(ids):
        raise NotPossibleError(f"no item {item!r} on this agenda")
    return ids[place - 1]


def _listed(hands: Hands) -> tuple[list[int], list[str]]:
    """The newest list of items, known by its way to the dashboard: the ids on its buttons, and its lines."""
    for message in reversed(hands.messages):
        keys = [parse(key.data or "") for row in message.rows for key in row]
        actions = {key.action for key in keys if key}
        if message.from_bot and "mdash" in actions and "mitems" not in actions:
            ids = [int(key.args[0]) for key in keys if key and key.action == "mitem"]
            return ids, message.text.splitlines()
    return [], []


def _place(lines: list[str], subject: str) -> int:
    wanted = " ".join(subject.split())
    for line in lines:
        number, _, rest = line.partition(". ")
        if number.isdecimal() and rest.strip() == wanted:
            return int(number)
    return 0
