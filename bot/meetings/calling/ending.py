"""Meetings and their agenda when their committee ends: what was called or prepared does not take place.

One that sits goes on in writing no longer: what was noted of it stands, and it is told that it has no close.
"""

from __future__ import annotations

from datetime import timedelta

from bot.kit.access import By
from bot.kit.ending import Ending, Standing, ends, stands
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import live
from bot.meetings import store as meetings
from bot.meetings.agenda import store as agenda
from bot.meetings.calling.convening import waiting_of
from bot.meetings.inviting import invitations
from bot.meetings.rules.meeting import Meeting, MeetingAct, MeetingActKind, MeetingStage

AHEAD = (MeetingStage.SUBMITTED, MeetingStage.SENT_BACK, MeetingStage.CALLED)
RECENT = timedelta(days=31)
"""A meeting that was to begin longer ago has been closed, or has lapsed."""


async def _of(work: UnitOfWork, committee: int, *stages: MeetingStage) -> list[Meeting]:
    ids = await meetings.since(work.tx, committee, work.now - RECENT)
    found = [await meetings.there(work.tx, each) for each in ids]
    return [each for each in found if each.stage in stages]


@stands(10)
async def standing(work: UnitOfWork, committee: int) -> list[Standing]:
    """Meetings ahead and sitting, and what waits for one."""
    ahead = await _of(work, committee, *AHEAD)
    sitting = await _of(work, committee, MeetingStage.OPEN)
    waiting = await agenda.waiting(work.tx, committee)
    return [
        *(Standing("meeting", work.say.moment(each.starts_at)) for each in ahead),
        *(Standing("meeting_sits", work.say.moment(each.starts_at)) for each in sitting),
        *(Standing("item", each.subject) for each in waiting),
    ]


@ends(10)
async def end(work: UnitOfWork, ending: Ending) -> None:
    """Everybody invited is told; what the agenda had taken stays among what was waiting, to be taken over or kept."""
    for meeting in await _of(work, ending.committee, *AHEAD):
        by = ending.by.id if ending.by else None
        act = MeetingAct(MeetingActKind.CANCEL, work.now, by, ending.reason)
        line = Line(
            ending.committee,
            ending.by,
            "meeting_cancel",
            live.about(meeting.id),
            {"reason": ending.reason},
        )
        await work.write(
            meetings.add_act(meeting.id, act), line, agenda.take(waiting_of(meeting), None)
        )
        if meeting.stage is MeetingStage.CALLED:
            name = ending.by.name if ending.by else work.say.label("register.machine")
            cancelled = await meetings.there(work.tx, meeting.id)
            await invitations.cancelled(work, cancelled, By(name), ending.reason)
