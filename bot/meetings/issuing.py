"""Which papers there are of a meeting, for whoever issues them. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.db.notice import Button
from bot.issuing.face import Issued, issues
from bot.issuing.rules.letterhead import Paper
from bot.kit.unit import UnitOfWork
from bot.meetings import store
from bot.meetings.access import Access
from bot.meetings.rules.meeting import MeetingStage
from bot.meetings.sitting.showing import DASH_ROWS
from bot.values.action import action
from bot.values.moments import in_digits, in_viet_nam

INVITED = frozenset({Paper.INVITATION})
HELD = INVITED | {Paper.MINUTES, Paper.COUNT, Paper.CONCLUSION, Paper.RESOLUTION, Paper.DIFFERING}

PAPERS: Mapping[MeetingStage, frozenset[Paper]] = {
    MeetingStage.SUBMITTED: INVITED,
    MeetingStage.SENT_BACK: INVITED,
    MeetingStage.CALLED: INVITED,
    MeetingStage.OPEN: INVITED,
    MeetingStage.CLOSED: HELD,
}
"""By where the meeting stands; of one that was not held there are none."""


@issues("meeting")
async def issued(work: UnitOfWork, meeting_id: int) -> Issued | None:
    """The invitation while it is prepared and called, all that tells of it once it is closed."""
    found = await store.get(work.tx, meeting_id)
    if found is None:
        return None
    day = in_digits(in_viet_nam(found.starts_at).date())
    title = work.say.label("paper_about.meeting", day=day)
    papers = PAPERS.get(found.stage, frozenset())
    return Issued(found.committee, found.body.id, title, papers)


def _rows(work: UnitOfWork, found: Access) -> Sequence[tuple[Button, ...]]:
    """The way to their numbers, on the dashboard of a meeting that has papers."""
    if found.meeting.stage not in PAPERS:
        return ()
    way = action("numbers", "meeting", found.meeting.id)
    return ((Button(work.say.label("number_button.numbers"), way),),)


DASH_ROWS.append(_rows)
