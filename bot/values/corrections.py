"""What of something that waits for approval was otherwise before: as it is kept and compared. No subject lives here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.values.files import FileRef
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal

Changed = tuple[str, str, str]
"""What it was (a question of its form), what stood there before, what stands there after; as they are kept."""


def as_told(change: Changed) -> dict[str, str]:
    """A change as the register and what is kept of an act tell it."""
    what, before, after = change
    return {"what": what, "before": before, "after": after}


@dataclass(frozen=True, slots=True)
class Correction:
    """What was otherwise before: by whom and when it was corrected; both as they are kept.

    `what` names a question of the form. Of a file the names stand; one that took no other's place
    has no `before`.
    """

    what: str
    before: str
    after: str
    at: datetime
    by: str
    acting_for: str = ""
    """The head, where another stood in."""


def refuse_unchanged(before: object, after: object) -> Refusal | None:
    """A correction that corrects nothing."""
    return Refusal("nothing_changed") if before == after else None


def differing(compared: Iterable[Changed]) -> Iterator[Changed]:
    """Those that are otherwise now, in their order."""
    return ((what, was, is_now) for what, was, is_now in compared if was != is_now)


def files_differing(before: Sequence[FileRef], now: Sequence[FileRef]) -> Iterator[Changed]:
    """Which files were left out and which have come, by their content; told by their names."""
    kept, sent = {file.sha256 for file in before}, {file.sha256 for file in now}
    yield from (("file", file.name, "") for file in before if file.sha256 not in sent)
    yield from (("file", "", file.name) for file in now if file.sha256 not in kept)


def kept_moment(value: datetime | None) -> str:
    """A moment as corrections keep it, by the hour of Viet Nam."""
    return in_viet_nam(value).isoformat() if value else ""


def kept_day(value: date | None) -> str:
    """A day as corrections keep it."""
    return value.isoformat() if value else ""


def kept_yes(value: bool) -> str:
    """A tick as corrections keep it."""
    return "yes" if value else "no"
