"""What a meeting learns of a consultation that comes to it: what differed word for word, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Consultation, Position, Reply
from bot.consultations.rules.dating import answers
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import state
from bot.consultations.rules.tally import differs
from bot.kit.unit import UnitOfWork
from bot.meetings.face import NO_OPINIONS, Opinions, in_writing, outcome_in_writing


@outcome_in_writing.told_by
async def outcome(work: UnitOfWork, asked: tuple[int, int | None]) -> str:
    """The outcome's id, "" while the consultation has none."""
    found = await _found(work, asked)
    result = state(found.consultation, work.now).result if found and found.consultation else None
    return result.outcome.value if result else ""


@in_writing.told_by
async def opinions(work: UnitOfWork, about: tuple[int, int | None]) -> Opinions:
    """What differed, of a second round the first as well; of secret slips without names, sorted by text."""
    found = await _found(work, about)
    if not found or found.consultation is None:
        return NO_OPINIONS
    asked, first = found.consultation, found.first
    written = _differing(asked, answers(asked))
    before = [*_differing(asked, first.replies), *first.struck] if first else []
    to_members = asked.body.members_read_reserved
    if asked.rules.secret_slips:
        return Opinions(_unnamed(written), first=_unnamed(before), to_members=to_members)
    return Opinions(tuple(written), first=tuple(before), to_members=to_members)


async def _found(work: UnitOfWork, asked: tuple[int, int | None]) -> Dossier | None:
    """The consultation, of a slip with several contents the one that is meant."""
    found = await consultations.get(work.tx, asked[0])
    return found and found.at(asked[1] or 0)


def _differing(consultation: Consultation, counted: Mapping[int, Reply]) -> list[tuple[str, Reply]]:
    told = differs(consultation.rules)
    return [
        (seat.name, counted[seat.person])
        for seat in consultation.roll
        if seat.person in counted and Position(counted[seat.person].choice.value) in told
    ]


def _unnamed(those: Sequence[tuple[str, Reply]]) -> tuple[tuple[str, Reply], ...]:
    return tuple(("", reply) for _, reply in sorted(those, key=lambda each: each[1].words))
