"""Every chat as it went: messages, edits in place and pressed buttons, in the order in which they happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from simulator.json_types import Json
from simulator.messages import Message
from simulator.world import World

Kind = Literal["bot", "edited", "said", "pressed"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chat: what the bot wrote or edited, what the person said or pressed."""

    at: datetime
    kind: Kind
    text: str


def written_down(
    world: World, events: Iterable[Json], pressed: Mapping[int, Sequence[str]], start: datetime
) -> dict[int, tuple[Line, ...]]:
    """The chat of each account, from what the world told since `start` and how the buttons pressed read."""
    chats: defaultdict[int, list[Line]] = defaultdict(list)
    labels = {account: iter(texts) for account, texts in pressed.items()}
    shown: Counter[tuple[int, int]] = Counter()
    now = start
    for event in events:
        facts: dict[str, Any] = dict(event)
        if facts["kind"] == "clock":
            now = datetime.fromisoformat(facts["now"])
        elif facts["kind"] == "press":
            account = facts["user_id"]
            chats[account].append(Line(now, "pressed", next(labels[account])))
        elif facts["kind"] in ("message", "edit"):
            place = facts["chat_id"], facts["message_id"]
            message = next(m for m in world.chat(place[0]).messages if m.message_id == place[1])
            texts = (*message.versions, message.text)
            version = shown[place]
            shown[place] += 1
            if not version or texts[version] != texts[version - 1]:
                chats[place[0]].append(Line(now, _kind(message, version), texts[version]))
    return {account: tuple(lines) for account, lines in chats.items()}


def _kind(message: Message, version: int) -> Kind:
    if not message.from_bot:
        return "said"
    return "edited" if version else "bot"
