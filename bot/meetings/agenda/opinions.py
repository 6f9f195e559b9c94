"""Differing opinions that come to a meeting with an item, word for word, from writing or from an earlier sitting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    spoken: str = ""
    """Of an earlier vote: one opinion a line, with its name."""

    def __bool__(self) -> bool:
        return bool(self.written or self.spoken)

    def shown(self, *, whole: bool) -> Mapping[str, object]:
        """As a template reads it: reserved words are for the office, others learn how many (BK 9.2, HU 17.2)."""
        hidden = [] if whole else [reply for _, reply in self.written if reply.reserved]
        seen = [(name, reply) for name, reply in self.written if reply not in hidden]
        return {"written": seen, "spoken": self.spoken, "reserved": len(hidden)}


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
        found.append(Opinions(await _written(work, item), spoken))
    return found


async def _written(work: UnitOfWork, item: AgendaItem) -> tuple[tuple[str, Reply], ...]:
    if item.consultation_id is None:
        return ()
    dossier = await consultations.get(work.tx, item.consultation_id)
    if dossier is None or dossier.consultation is None:
        return ()
    differing = _differing(dossier.consultation)
    if dossier.body.written.secret_slips:
        return tuple(("", reply) for _, reply in sorted(differing, key=lambda each: each[1].words))
    return tuple(differing)


def _differing(consultation: Consultation) -> list[tuple[str, Reply]]:
    counted, told = answers(consultation), differs(consultation.rules)
    return [
        (seat.name, counted[seat.person])
        for seat in consultation.roll
        if seat.person in counted and Position(counted[seat.person].choice.value) in told
    ]
