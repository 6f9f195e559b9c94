"""What commands, dossiers and the rehearsal may use of papers; all else of it is its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.consultations import face as consultations
from bot.consultations.rules.dossier import Dossier
from bot.kit import speaking as words
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.papers import period_figures
from bot.papers.consultations import Facts, view
from bot.papers.drawing_up import (
    Draft,
    Made,
    all_written,
    draft,
    draft_of_meeting,
    result_of,
)
from bot.papers.meetings import MeetingFacts, meeting_view
from bot.papers.rules.which import papers_of, papers_of_meeting
from bot.rendering import Rendering
from bot.reports import face as reports

__all__ = [
    "Draft",
    "Facts",
    "Made",
    "MeetingFacts",
    "all_of_matter",
    "all_of_meeting",
    "all_of_report",
    "all_written",
    "into_folder",
    "meeting_view",
    "view",
]


async def all_of_matter(
    context: Context, consultation_id: int, say: Rendering | None = None
) -> list[Draft]:
    """Every paper that a consultation gives rise to now, in its committee's words or those of `say`.

    None of one that is gone.
    """
    async with context.look() as work:
        dossier: Dossier | None = await consultations.get(work.tx, consultation_id)
        if dossier is None:
            return []
        speaking = await _speaking(work, dossier.committee, say)
        told = (dossier, *dossier.several)
        return [
            await draft(speaking, each, paper)
            for each in told
            for paper in papers_of(each, result_of(speaking, each))
        ]


async def all_of_meeting(
    context: Context, meeting_id: int, say: Rendering | None = None
) -> list[Draft]:
    """As `all_of_matter`, of a meeting."""
    async with context.look() as work:
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is None:
            return []
        speaking = await _speaking(work, meeting.committee, say)
        papers = papers_of_meeting(meeting)
        return [await draft_of_meeting(speaking, meeting, each) for each in papers]


async def _speaking(work: UnitOfWork, committee: int, say: Rendering | None) -> UnitOfWork:
    if say is None:
        return await words.of_committee(work, committee)
    return replace(work, context=replace(work.context, say=say))


async def all_of_report(context: Context, report_id: int) -> list[Draft]:
    """The paper of a period's figures, in its committee's words; none before its day, nor of what a person owes."""
    async with context.look() as work:
        report = await reports.get(work.tx, report_id)
        if report is None:
            return []
        speaking = await words.of_committee(work, report.committee)
        return await period_figures.all_of_report(speaking, report)


async def into_folder(drafts: Sequence[Draft], folder: Path) -> list[Path]:
    """Write papers into a folder, which is made; nothing that lies there is written over. Gives where they lie.

    Refused where a template of the office does not allow one; then none is written.
    """
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    paths = []
    for made in await all_written(drafts):
        path = await asyncio.to_thread(_free, folder, made.name)
        await asyncio.to_thread(path.write_bytes, made.content)
        paths.append(path)
    return paths


def _free(folder: Path, name: str) -> Path:
    """A place that no file has yet."""
    stem, dot, ending = name.rpartition(".")
    names = [name, *(f"{stem} ({number}){dot}{ending}" for number in range(2, 1_000))]
    return next(folder / each for each in names if not (folder / each).exists())
