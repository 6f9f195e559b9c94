"""Meetings as what something may be due after: those held, and those called, reckoned with on their day."""

from __future__ import annotations

from datetime import date

from bot.kit.occasions import happens
from bot.kit.unit import UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.rules.closing import sat
from bot.meetings.rules.meeting import NO_BODY_MEETING, Meeting, MeetingActKind, MeetingStage
from bot.regulations.rules.duties import Happens
from bot.regulations.rules.occasions import Occasion
from bot.values.moments import begins, in_viet_nam

AHEAD = (MeetingStage.CALLED, MeetingStage.OPEN)


@happens(Happens.MEETING)
async def since(work: UnitOfWork, committee: int, day: date) -> list[Occasion]:
    """Meetings of a body from that day on; one that was put off stands on its new day, one called off nowhere."""
    ids = await meetings.since(work.tx, committee, begins(day))
    found = [await meetings.there(work.tx, each) for each in ids]
    return [
        Occasion(Happens.MEETING, each.id, _day(each), each.number, each.body.id)
        for each in found
        if _counts(each)
    ]


def _counts(meeting: Meeting) -> bool:
    """Ahead of it nobody knows whether it will have its quorum; closed without one it was no meeting."""
    if meeting.kind in NO_BODY_MEETING:
        return False
    return meeting.stage in AHEAD or (meeting.stage is MeetingStage.CLOSED and sat(meeting))


def _day(meeting: Meeting) -> date:
    """The day of its close; until then, and of one entered afterwards, the day on which it began."""
    closed = meeting.act(MeetingActKind.CLOSE)
    return in_viet_nam(closed.at if closed else meeting.starts_at).date()
