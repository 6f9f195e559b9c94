"""Differing opinions that come to a meeting with an item, word for word, from writing or from an earlier sitting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Consultation, Position, Reply
from bot.consultations.rules.dating import answers
from bot.consultations.rules.tally import differs
from bot.kit.unit import UnitOfWork
from bot.meetings.agenda import store as agenda
from bot.meetings.rules.meeting import TO_BE_HEARD, AgendaItem, Meeting


@dataclass(frozen=True, slots=True)
class Opinions:
    """What differed on one item before it came here."""

    written: tuple[tuple[str, Reply], ...] = ()
    """Answers in writing in the order of the roll; of secret slips without names, sorted by text."""
    first: tuple[tuple[str, Reply], ...] = ()
    """Where that was a second round, those of the first in the same way."""
    spoken: str = ""
    """Of an earlier vote: one opinion a line, with its name."""

    def __bool__(self) -> bool:
        return bool(self.written or self.first or self.spoken)

    def shown(self, *, whole: bool) -> Mapping[str, object]:
        """As a template reads it: reserved words are for the office, others learn how many (BK 9.2, HU 17.2)."""
        every = (*self.first, *self.written)
        hidden = [] if whole else [reply for _, reply in every if reply.reserved]
        first, written = (
            [(name, reply) for name, reply in those if reply not in hidden]
            for those in (self.first, self.written)
        )
        return {
            "first": first,
            "written": written,
            "spoken": self.spoken,
            "reserved": len(hidden),
        }


NONE = Opinions()


async def of_meeting(work: UnitOfWork, meeting: Meeting) -> dict[int, Opinions]:
    """The opinions on each item of a meeting, by the item's id; items without any are left out."""
    found = await of_items(work, meeting.items)
    return {item.id: each for item, each in zip(meeting.items, found, strict=True) if each}


async def of_items(work: UnitOfWork, items: Sequence[AgendaItem]) -> list[Opinions]:
    """The opinions on these items, in their order. What is only to be heard brings none."""
    waited = await agenda.some(work.tx, [item.waiting_id for item in items if item.waiting_id])
    found = []
    for item in items:
        if item.reason in TO_BE_HEARD:
            found.append(NONE)
            continue
        before = waited.get(item.waiting_id or 0)
        spoken = before.words if before and before.proposed_by is None else ""
        found.append(replace(await _written(work, item), spoken=spoken))
    return found


async def _written(work: UnitOfWork, item: AgendaItem) -> Opinions:
    found = item.consultation_id and await consultations.get(work.tx, item.consultation_id)
    if not found or found.consultation is None:
        return NONE
    asked, first = found.consultation, found.first
    written = _differing(asked, answers(asked))
    before = [*_differing(asked, first.replies), *first.struck] if first else []
    if asked.rules.secret_slips:
        return Opinions(_unnamed(written), _unnamed(before))
    return Opinions(tuple(written), tuple(before))


def _differing(consultation: Consultation, counted: Mapping[int, Reply]) -> list[tuple[str, Reply]]:
    told = differs(consultation.rules)
    return [
        (seat.name, counted[seat.person])
        for seat in consultation.roll
        if seat.person in counted and Position(counted[seat.person].choice.value) in told
    ]


def _unnamed(those: Sequence[tuple[str, Reply]]) -> tuple[tuple[str, Reply], ...]:
    return tuple(("", reply) for _, reply in sorted(those, key=lambda each: each[1].words))
