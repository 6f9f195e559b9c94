"""An expected "no": what, why, the article, what would be allowed; as a value, and raised. Words are templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NoReturn

from bot.values.action import Action
from bot.values.texts import TextFault
from bot.values.typed import MomentFault


@dataclass(frozen=True, slots=True)
class Refusal:
    """A final, polite "no".

    `kind` names the sentence in templates/messages/refusal.j2; `because` is the regulation's own
    reason where it gives one; `instead` names what can be done, with `button` leading there; `back`
    leads to the question that still stands. Of a kind that tells what stands already, `repeats` is whether that is
    what was asked for: else it is in the way.
    """

    kind: str
    article: str | None = None
    because: str | None = None
    instead: str | None = None
    button: Action | None = None
    back: Action | None = None
    repeats: bool = True
    values: Mapping[str, object] = field(default_factory=dict)


NO_RIGHT = Refusal("no_right")


def faulty(fault: TextFault) -> Refusal:
    """A text that cannot be taken, with the limit."""
    return Refusal(f"text_{fault.kind}", values={"length": fault.length, "limit": fault.limit})


def unclear(fault: MomentFault) -> Refusal:
    """A typed moment that cannot be meant, with the piece in question."""
    return Refusal(f"moment_{fault.kind}", values={"part": fault.part, "weekdays": fault.weekdays})


class Refused(Exception):  # noqa: N818 - an expected "no" is no error
    """An act is refused; nothing of its transaction stays. Both doors catch it, once."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.kind)
        self.refusal = refusal


def require(refusal: Refusal | None) -> None:
    """Go on only where a predicate `may_…` has nothing against it; raises `Refused` with its reason."""
    if refusal is not None:
        raise Refused(refusal)


def refuse(kind: str, article: str | None = None, **values: object) -> NoReturn:
    """Raise `Refused` with a reason that no predicate gives."""
    raise Refused(Refusal(kind, article, values=values))


@contextmanager
def leading_back(way: Action) -> Iterator[None]:
    """Whatever is refused within leads back there: the question still stands."""
    try:
        yield
    except Refused as no:
        raise Refused(replace(no.refusal, back=way)) from no
