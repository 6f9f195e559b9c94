"""Differing opinions that come to a meeting with an item, word for word, from writing or from an earlier sitting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Consultation, Dossier, Position, Reply
from bot.consultations.rules.dating import answers
from bot.consultations.rules.tally import differs
from bot.kit.unit import UnitOfWork
from bot.meetings.agenda import store as agenda
from bot.meetings.rules.meeting import TO_BE_HEARD, AgendaItem, Meeting
from bot.regulations.rules.regulation import ReservedWords


@dataclass(frozen=True, slots=True)
class Opinions:
    """What differed on one item before it came here."""

    written: tuple[tuple[str, Reply], ...] = ()
    """Answers in writing in the order of the roll; of secret slips without names, sorted by text."""
    spoken: str = ""
    """Of an earlier vote: one opinion a line, with its name."""
    to_members: bool = False
    """Whether members read reserved words in full."""

    def __bool__(self) -> bool:
        return bool(self.written or self.spoken)

    def shown(self, *, whole: bool) -> Mapping[str, object]:
        """As a template reads it: `whole` for the office, members read reserved words as is set (BK 9.2, HU 17.2)."""
        seen = [each for each in self.written if whole or self.to_members or not each[1].reserved]
        hidden = len(self.written) - len(seen)
        return {"written": seen, "spoken": self.spoken, "reserved": hidden}


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
        of = item.consultation_id
        dossier = await consultations.get(work.tx, of) if of is not None else None
        written = _written(dossier) if dossier else ()
        found.append(Opinions(written, spoken, dossier is not None and _to_members(dossier)))
    return found


def _to_members(dossier: Dossier) -> bool:
    reserve = dossier.body.reserve
    return reserve is not None and reserve.words is ReservedWords.MEMBERS


def _written(dossier: Dossier) -> tuple[tuple[str, Reply], ...]:
    if dossier.consultation is None:
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
