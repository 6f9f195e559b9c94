"""Whether what is stored still holds: registers, tables, results, frozen papers. Nothing is changed here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import Consultation, Position
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Result, states
from bot.db import chain, drafts, register, replay
from bot.db.engine import store_refuses
from bot.db.register import BEFORE_ALL, Head, HeadGiven
from bot.db.replay import Difference, Replay, Seen
from bot.kit.unit import Context, UnitOfWork
from bot.proofs import store as evidence
from bot.regulations.faults import RegulationFaults
from bot.values.files import sha256_of
from bot.votes import overview as votes_overview

UNREADABLE = (*replay.UNREADABLE, RegulationFaults)
"""What computing anew raises where a row holds what none of ours can hold."""


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that does not hold: its kind, and the number of the line, consultation or meeting."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A committee as it was found: its head, how many results were computed again, what is broken.

    `told_from` is the first line that tells rows; of those before it only the chain was checked. None where
    no line tells any.
    """

    id: int
    committee: str
    head: Head
    told_from: int | None
    results: int
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """All committees; rows that are not as the registers tell them; heads given out that stand in none any more."""

    checked: tuple[Checked, ...]
    differences: tuple[Difference, ...]
    lost: tuple[HeadGiven, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is broken."""
        broken = any(each.breaks for each in self.checked)
        return not (self.lost or self.differences or broken)

    @property
    def beyond(self) -> tuple[HeadGiven, ...]:
        """Heads of lines later than the last: these were cut off, or are not in a copy made before them."""
        return tuple(
            head
            for head in self.lost
            if not any(
                head.number <= each.head.number
                for each in self.checked
                if head.committee in (None, each.id)
            )
        )


async def verify(
    context: Context,
    given: Sequence[HeadGiven] = (),
    seen: Seen = lambda _kind, _done, _total: None,
) -> Verification:
    """Play every register anew, compare the tables with it, and compute every stored result again."""
    async with context.look() as work:
        with replay.replay() as played:
            found, checked = set[HeadGiven](), []
            for id_, name in await evidence.committees_named(work.tx):
                checked.append(await _checked(work, id_, name, played, given, found, seen))
            differences = [each async for each in played.compare(work.tx, seen)]
    lost = tuple(each for each in given if each not in found)
    return Verification(tuple(checked), tuple(differences), lost)


async def _checked(  # noqa: PLR0917 - what is looked at, then what it is told to and by whom
    work: UnitOfWork,
    committee: int,
    name: str,
    played: Replay,
    given: Sequence[HeadGiven],
    found: set[HeadGiven],
    seen: Seen,
) -> Checked:
    breaks, told_from, head = list[Break](), None, Head(0, BEFORE_ALL)
    last = (await register.head(work.tx, committee)).number
    async for line in chain.lines(work.tx, committee):
        if line.number % chain.AT_ONCE == 0:
            seen("lines", line.number, last)
        if not line.holds:
            breaks.append(Break("register", line.number))
        if played.play(committee, line) and told_from is None:
            told_from = line.number
        head = Head(line.number, line.digest)
        found.update(each for each in given if each.is_of(committee, head))
    results = 0
    for consultation_id in await evidence.consultation_ids(work.tx, committee):
        faults, computed = await _consultation(work, consultation_id)
        breaks += faults
        results += computed
    for meeting_id in await evidence.meeting_ids(work.tx, committee):
        faults, computed = await _meeting(work, meeting_id)
        breaks += faults
        results += computed
    return Checked(committee, name, head, told_from, results, tuple(breaks))


async def _consultation(work: UnitOfWork, consultation_id: int) -> tuple[list[Break], int]:
    """What of a consultation does not hold, and how many results of it were computed again."""
    try:
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier is None:
            return [Break("consultation", consultation_id)], 0
        faults = [Break(kind, dossier.id) async for kind in _faults(work, dossier)]
    except UNREADABLE as error:
        if store_refuses(error):
            raise
        return [Break("consultation", consultation_id)], 0
    return faults, int(dossier.consultation is not None and dossier.closed_at is not None)


async def _meeting(work: UnitOfWork, meeting_id: int) -> tuple[list[Break], int]:
    """Whether the votes of a meeting hold, and how many of their results were computed again."""
    try:
        held = await votes_overview.held(work, meeting_id)
    except UNREADABLE as error:
        if store_refuses(error):
            raise
        return [Break("meeting", meeting_id)], 0
    return [Break("vote", vote) for vote, holds in held.items() if not holds], len(held)


async def _faults(work: UnitOfWork, dossier: Dossier) -> AsyncIterator[str]:
    """What of one consultation does not hold."""
    if sha256_of(dossier.text.encode()) != dossier.text_sha256:
        yield "text"
    for file in dossier.files:
        content = await drafts.blob(work.tx, file.sha256)
        if content is None or sha256_of(content) != file.sha256:
            yield "file"
    if dossier.consultation is None:
        return
    found = [each.result for each in states(dossier.consultation, work.now)]
    results = [result for result in found if result is not None]
    if not all(_adds_up(dossier.consultation, result) for result in results):
        yield "positions"
    if dossier.closed_at is not None:
        stored = await consultations.result_written(work.tx, dossier.id)
        if not (results and stored and consultations.agrees(stored, results)):
            yield "result"


def _adds_up(running: Consultation, result: Result) -> bool:
    """The positions add up to the roll fixed at the opening, those struck off beside it (I2).

    So are those who take no part, where the rule book takes them out of the base.
    """
    rule = running.rules.recusal
    out = result.tally[Position.RECUSED] if rule and rule.out_of_base else 0
    return (
        sum(result.tally.counts.values()) == result.roll_at_opening == len(running.roll)
        and result.roll + result.tally[Position.STRUCK] + out == result.roll_at_opening
        and set(result.positions) == {seat.person for seat in running.roll}
    )
