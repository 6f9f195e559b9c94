"""An expected "no" as a value: what, why, the article, what would be allowed. Its words live in templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.values.action import Action
from bot.values.texts import TextFault
from bot.values.typed import MomentFault


@dataclass(frozen=True, slots=True)
class Refusal:
    """A final, polite "no".

    `kind` names the sentence in templates/messages/refusal.j2; `because` is the regulation's own
    reason where it gives one; `instead` names what can be done, with `button` leading there; `back`
    leads to the question that still stands.
    """

    kind: str
    article: str | None = None
    because: str | None = None
    instead: str | None = None
    button: Action | None = None
    back: Action | None = None
    values: Mapping[str, object] = field(default_factory=dict)


NO_RIGHT = Refusal("no_right")


def faulty(fault: TextFault) -> Refusal:
    """A text that cannot be taken, with the limit."""
    return Refusal(f"text_{fault.kind}", values={"length": fault.length, "limit": fault.limit})


def unclear(fault: MomentFault) -> Refusal:
    """A typed moment that cannot be meant, with the piece in question."""
    return Refusal(f"moment_{fault.kind}", values={"part": fault.part})
