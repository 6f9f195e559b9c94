"""Of which papers of a consultation or a meeting a number may be taken: also of those drawn up by hand."""

from __future__ import annotations

from bot.consultations import face as consultations
from bot.issuing.face import Issued, issues
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.papers.drawing_up import result_of
from bot.papers.rules.which import (
    by_hand_of_meeting,
    numbered_of_meeting,
    numbered_of_slip,
    papers_of,
    papers_of_meeting,
)
from bot.values.action import action
from bot.values.moments import in_digits, in_viet_nam


@issues("consultation")
async def of_consultation(work: UnitOfWork, consultation_id: int) -> Issued | None:
    """Slips from the opening on, all that tells the result from the close on."""
    found = await consultations.get(work.tx, consultation_id)
    if found is None:
        return None
    told = (found, *found.several)
    results = [(each, result_of(work, each)) for each in told]
    numbered = numbered_of_slip(results)
    drafted = frozenset(paper for each, result in results for paper in papers_of(each, result))
    return Issued(
        found.committee,
        found.body.id,
        found.subject,
        numbered,
        drafted,
        numbered - drafted,
        action("papers", found.id),
    )


@issues("meeting")
async def of_meeting(work: UnitOfWork, meeting_id: int) -> Issued | None:
    """The invitation while it is prepared and called, all that tells of it once it is closed."""
    found = await meetings.get(work.tx, meeting_id)
    if found is None:
        return None
    day = in_digits(in_viet_nam(found.starts_at).date())
    title = work.say.label("paper_about.meeting", day=day)
    return Issued(
        found.committee,
        found.body.id,
        title,
        numbered_of_meeting(found),
        frozenset(papers_of_meeting(found)),
        by_hand_of_meeting(found),
        action("meeting_files", found.id),
    )
