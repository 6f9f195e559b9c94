"""Consultations when their committee ends: what runs is withdrawn, what waits for an approval is taken back."""

from __future__ import annotations

from bot.consultations import announcements, closing
from bot.consultations import store as consultations
from bot.consultations.launching import live
from bot.consultations.listing import store as listing
from bot.consultations.rules.consultation import Act, ActKind
from bot.consultations.rules.dossier import Dossier
from bot.db import live_cards
from bot.kit.ending import Ending, Standing, ends, stands
from bot.kit.unit import Line, UnitOfWork


async def _open(work: UnitOfWork, committee: int) -> list[Dossier]:
    ids = await listing.not_ended(work.tx, committee)
    return [await consultations.there(work.tx, each) for each in ids]


@stands(0)
async def standing(work: UnitOfWork, committee: int) -> list[Standing]:
    """Those that run, and those that were asked for and have not opened."""
    return [
        Standing("matter_asked" if each.consultation is None else "matter", each.subject)
        for each in await _open(work, committee)
    ]


@ends(0)
async def end(work: UnitOfWork, ending: Ending) -> None:
    """Nothing is counted of what runs, and its roll is told why; what never opened is taken back."""
    for dossier in await _open(work, ending.committee):
        act = Act(ActKind.WITHDRAW, work.now, reason=ending.reason)  # by nobody: it ends with all
        if dossier.consultation is not None:
            await closing.end(work, dossier, act)
            continue
        line = Line(ending.committee, None, "recall", dossier.reference, {"reason": ending.reason})
        ended = consultations.close_it(dossier.id, work.now, {"outcome": "withdrawn"})
        await work.write(consultations.add_act(dossier.id, act), line, ended)
        shown = (live(dossier.id), announcements.dash(dossier.id))
        await live_cards.refresh(work.tx, shown, work.now)
