"""What a period came to in writing: each content of a slip by its own end. When it ended the subject itself says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.consultations import overview as consultations
from bot.consultations.face import Listed
from bot.kit.unit import UnitOfWork
from bot.reports.figures.store import Span


@dataclass(frozen=True, slots=True)
class Asked:
    """A slip by its number, whole; of one with several contents by the places of those that are meant."""

    number: int | None
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Consulted:
    """Slips sent in the span, by number; what those and their contents came to that ended in it."""

    opened: Sequence[int | None]
    closed: Mapping[str, Sequence[Asked]]
    """By outcome."""
    running: Sequence[Asked]
    """Slips sent before the span ended and not over by then; of one that is over in part the contents that go on."""


@dataclass(frozen=True, slots=True)
class _Slip:
    """A slip with the end of each of its contents; of one with a single content with its own, at place 0."""

    number: int | None
    ends: tuple[tuple[int, datetime | None, str], ...]

    def ended(self, span: Span) -> Iterator[tuple[str, Asked]]:
        """What of it came to which outcome in the span."""
        places: dict[str, list[int]] = {}
        for place, at, outcome in self.ends:
            if at is not None and span.since <= at < span.until:
                places.setdefault(outcome, []).append(place)
        for outcome, found in places.items():
            yield outcome, Asked(self.number, tuple(filter(None, found)))

    def running(self, span: Span) -> Asked | None:
        """What of it was not over when the span ended."""
        going = [place for place, at, _ in self.ends if at is None or at >= span.until]
        if not going:
            return None
        whole = len(going) == len(self.ends)
        return Asked(self.number, () if whole else tuple(going))


async def consulted(work: UnitOfWork, span: Span) -> Consulted:
    """Consultations of the span; one declined before it opened is none."""
    found = await consultations.of_span(work, span.committee, span.bodies, span.since, span.until)
    opened = [each.number for each in found if each.opened_at and each.opened_at >= span.since]
    slips = [await _slip(work, each) for each in found]
    closed: dict[str, list[Asked]] = {}
    for slip in slips:
        for outcome, asked in slip.ended(span):
            closed.setdefault(outcome, []).append(asked)
    running = [going for slip in slips if (going := slip.running(span)) is not None]
    return Consulted(opened, closed, running)


async def _slip(work: UnitOfWork, each: Listed) -> _Slip:
    contents = await consultations.contents_of(work, each)
    if contents:
        return _Slip(each.number, tuple((one.place, one.closed_at, one.stage) for one in contents))
    return _Slip(each.number, ((0, each.closed_at, each.outcome or ""),))
