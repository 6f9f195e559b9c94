"""Whether what is stored still holds: registers, results, counts, frozen papers. Nothing is changed here."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import Consultation, Dossier, Position
from bot.consultations.rules.outcome import Result, state
from bot.db import drafts, people, register
from bot.db.people import Committee
from bot.db.register import Broken, Head, Line
from bot.kit.notify import reference
from bot.kit.unit import Context, UnitOfWork
from bot.proofs import store as evidence
from bot.votes import overview as votes_overview


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that does not hold: its kind, and the number of the line, consultation or vote."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A committee as it was found: its head, how many results were computed again, what is broken."""

    committee: str
    head: Head
    results: int
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """All committees, and the heads given out earlier that stand in no register any more."""

    checked: tuple[Checked, ...]
    lost: tuple[Head, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is broken."""
        return not self.lost and not any(each.breaks for each in self.checked)


async def verify(context: Context, given: Sequence[Head] = ()) -> Verification:
    """Recompute every register and every stored result, and look for heads given out earlier."""
    async with context.look() as work:
        committees = await people.all_committees(work.tx)
        checked = [await _checked(work, committee) for committee in committees]
        lost = [head for head in given if not await _stands(work, committees, head)]
    return Verification(tuple(checked), tuple(lost))


async def _stands(work: UnitOfWork, committees: Sequence[Committee], head: Head) -> bool:
    return any([await register.stands(work.tx, each.id, head) for each in committees])


async def _checked(work: UnitOfWork, committee: Committee) -> Checked:
    verified = await register.verify(work.tx, committee.id)
    breaks = [Break("register", verified.number)] if isinstance(verified, Broken) else []
    recorded = defaultdict(list)
    for line in await register.after(work.tx, committee.id, 0):
        recorded[line.subject].append(line)
    results = 0
    for consultation_id in await evidence.consultation_ids(work.tx, committee.id):
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier is None:
            continue
        lines = recorded[dossier.reference]
        breaks += [Break(kind, dossier.id) async for kind in _faults(work, dossier, lines)]
        results += dossier.consultation is not None and dossier.closed_at is not None
    async for meeting, vote in votes_overview.closed_votes(work, committee.id):
        results += 1
        marks = await evidence.reservations_written(work.tx, vote=vote.id)
        marked = _marked(marks, recorded[reference("vote", vote.id)])
        if not (marked and votes_overview.holds(meeting, vote, recorded)):
            breaks.append(Break("vote", vote.id))
    head = await register.head(work.tx, committee.id)
    return Checked(committee.name, head, results, tuple(breaks))


async def _faults(work: UnitOfWork, dossier: Dossier, lines: Sequence[Line]) -> AsyncIterator[str]:
    """What of one consultation does not hold."""
    if _digest(dossier.text.encode()) != dossier.text_sha256:
        yield "text"
    if not await _files_hold(work, dossier, lines):
        yield "file"
    if await evidence.corrections_written(work.tx, dossier.id) != _corrected(lines):
        yield "corrections"
    if dossier.consultation is None:
        return
    if await evidence.replies_written(work.tx, dossier.id) != _answers(lines):
        yield "replies"
    marks = await evidence.reservations_written(work.tx, consultation=dossier.id)
    if not _marked(marks, lines):
        yield "replies"
    result = state(dossier.consultation, work.now).result
    if result is not None and not _adds_up(dossier.consultation, result):
        yield "positions"
    if dossier.closed_at is not None:
        stored = await evidence.result_written(work.tx, dossier.id)
        told = [line.detail["result"] for line in lines if "result" in line.detail]
        if not (result and stored and consultations.agrees(stored, result)) or told != [stored]:
            yield "result"


async def _files_hold(work: UnitOfWork, dossier: Dossier, lines: Sequence[Line]) -> bool:
    """Whether every file is as it was sent, and those added later are those that the register tells of."""
    told = [line.detail["file"]["sha256"] for line in lines if line.act == "add_file"]
    if [each.file.sha256 for each in dossier.added] != told:
        return False
    contents = [(file, await drafts.blob(work.tx, file.sha256)) for file in dossier.files]
    return all(content and _digest(content) == file.sha256 for file, content in contents)


def _corrected(lines: Sequence[Line]) -> list[tuple[str, str, str]]:
    """What was corrected before the opening, as the register tells it; of a text only that it was."""
    told = [
        each
        for line in lines
        for each in ([line.detail] if line.act == "correct" else line.detail.get("changed", ()))
    ]
    return [(each["what"], each.get("before", ""), each.get("after", "")) for each in told]


def _answers(lines: Sequence[Line]) -> list[tuple[str, str]]:
    answers = [line.detail for line in lines if line.act in ("reply", "late_reply", "paper_reply")]
    return [(detail["choice"], detail["words"]) for detail in answers]


def _marked(written: Sequence[bool], lines: Sequence[Line]) -> bool:
    """Whether every mark has its line; those that stood in an answer before there were marks come first."""
    told = [line.detail["reserved"] for line in lines if line.act == "reserve"]
    before = len(written) - len(told)
    return before >= 0 and list(written[before:]) == told and all(written[:before])


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _adds_up(running: Consultation, result: Result) -> bool:
    """The positions add up to the roll fixed at the opening, those struck off beside it (I2)."""
    return (
        sum(result.tally.counts.values()) == result.roll_at_opening == len(running.roll)
        and result.roll + result.tally[Position.STRUCK] == result.roll_at_opening
        and set(result.positions) == {seat.person for seat in running.roll}
    )
