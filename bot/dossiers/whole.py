"""The archive of a committee: everything of it in one file. How a dossier is packed is not known here."""

from __future__ import annotations

from bot.consultations import overview as consultations
from bot.dossiers.packing import Contents, Wanted, contents, packed, with_papers, with_pictures
from bot.kit import speaking
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import overview as meetings
from bot.meetings.face import founded_at
from bot.reports import overview as reports
from bot.values.moments import in_viet_nam


async def archived(context: Context, committee: int, *, papers: bool) -> bytes:
    """Everything of a committee, in the words of its own rule book; it may be going on or have ended.

    With `papers` every paper that its matters and meetings give rise to is drawn up, too, and its years as pictures.
    """
    own = await speaking.for_committee(context, committee)
    told = await everything(own, committee)
    return packed(await with_pictures(await with_papers(own, told)) if papers else told)


async def everything(own: Context, committee: int) -> Contents:
    """The same before its papers are drawn up and it is packed; `own` speaks the words of the committee."""
    async with own.look() as work:
        wanted = Wanted(
            tuple(await consultations.opened(work.tx, committee)),
            tuple(await meetings.held(work.tx, committee)),
            tuple(await reports.ids_of(work.tx, committee, None)),
            await _years(work, committee),
        )
    return await contents(own, committee, wanted, whole=True)


async def _years(work: UnitOfWork, committee: int) -> tuple[int, ...]:
    """From the one in which it was founded to this one."""
    founded = await founded_at(work.tx, committee)
    first, last = in_viet_nam(founded).year, in_viet_nam(work.now).year
    return tuple(range(first, last + 1))
