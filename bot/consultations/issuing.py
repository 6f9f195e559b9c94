"""Which papers there are of a written consultation, for whoever issues them. Nothing is written here."""

from __future__ import annotations

from bot.consultations import store
from bot.issuing.face import Issued, issues
from bot.issuing.rules.letterhead import Paper
from bot.kit.unit import UnitOfWork

RUNNING = frozenset({Paper.SLIP})
OVER = RUNNING | {Paper.TABLE, Paper.COUNT, Paper.RESULT, Paper.DIFFERING, Paper.RESOLUTION}


@issues("consultation")
async def issued(work: UnitOfWork, consultation_id: int) -> Issued | None:
    """Slips from the opening on, all that tells the result from the close on."""
    found = await store.get(work.tx, consultation_id)
    if found is None:
        return None
    papers = OVER if found.closed_at else RUNNING if found.opened_at else frozenset[Paper]()
    return Issued(found.committee, found.body.id, found.subject, papers)
