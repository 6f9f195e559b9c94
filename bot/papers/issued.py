"""Of which papers of a consultation a number may be taken: those there are, and a resolution, drawn up by hand."""

from __future__ import annotations

from bot.consultations import face as consultations
from bot.issuing.face import Issued, issues
from bot.issuing.rules.letterhead import Paper
from bot.kit.unit import UnitOfWork
from bot.papers.drawing_up import result_of
from bot.papers.rules.which import papers_of


@issues("consultation")
async def issued(work: UnitOfWork, consultation_id: int) -> Issued | None:
    """Slips from the opening on, all that tells the result from the close on."""
    found = await consultations.get(work.tx, consultation_id)
    if found is None:
        return None
    papers = frozenset(papers_of(found, result_of(work, found)))
    if Paper.COUNT in papers:
        papers |= {Paper.RESOLUTION}
    return Issued(found.committee, found.body.id, found.subject, papers)
