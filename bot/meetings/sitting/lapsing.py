"""A meeting whose day passed and that nobody opened: it is no meeting, and what it had taken waits again."""

from __future__ import annotations

from bot.db.dues import DueMoment
from bot.db.notice import Button, Card
from bot.kit.due import arranged, due, once_at
from bot.kit.notify import notify, number_of
from bot.kit.occasions import Occurred, occurred
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.agenda import discussing_again
from bot.meetings.agenda.returning import left_behind
from bot.meetings.attendance.awaiting import LAPSE, arrange_lapse
from bot.meetings.live import about
from bot.meetings.rules.closing import has_lapsed
from bot.meetings.rules.meeting import Meeting, MeetingAct, MeetingActKind, MeetingStage
from bot.regulations.rules.duties import Happens
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.quiet_hours import first_awake

LAPSED = "meeting_lapsed"


@arranged(3)
async def arrange(work: UnitOfWork, committee: int) -> None:
    """Every meeting that is called has the end of its day as a moment; safe to repeat."""
    for meeting_id in await meetings.ids_called(work.tx, committee):
        await arrange_lapse(work, await meetings.there(work.tx, meeting_id))


async def _unopened(work: UnitOfWork, moment: DueMoment) -> Meeting | None:
    """The meeting of a moment, if its day has passed and nobody opened or moved it."""
    meeting = await meetings.get(work.tx, number_of(moment.about))
    today = in_viet_nam(work.now).date()
    return meeting if meeting and has_lapsed(meeting, today) else None


@due(LAPSE, on=_unopened)
async def lapse(work: UnitOfWork, meeting: Meeting, _moment: DueMoment) -> None:
    """At the end of the day: the register says so, its items wait again, the office is told in the morning."""
    ended = MeetingAct(MeetingActKind.LAPSE, work.now)
    line = Line(meeting.committee, None, "meeting_lapse", about(meeting.id), {})
    leaves = await left_behind(work, meeting, work.now)
    await work.write(meetings.add_act(meeting.id, ended), line, *leaves)
    await live.refresh(work, meeting)
    await discussing_again.items_moved(work, meeting)
    await occurred.happened(work, Occurred(meeting.committee, Happens.MEETING))
    await once_at(work, LAPSED, about(meeting.id), first_awake(work.now))


async def _lapsed(work: UnitOfWork, moment: DueMoment) -> Meeting | None:
    meeting = await meetings.get(work.tx, number_of(moment.about))
    return meeting if meeting and meeting.stage is MeetingStage.LAPSED else None


@due(LAPSED, on=_lapsed)
async def _tell(work: UnitOfWork, meeting: Meeting, moment: DueMoment) -> None:
    """Clerk and head hear what was not opened, and how a meeting held without the bot is entered."""
    card = told(work.say, meeting)
    await notify(work, await access.office(work, meeting), card, moment.key, about=moment.about)


def told(say: Rendering, meeting: Meeting) -> Card:
    """To the office: not opened on its day; calling another one, or entering it as held."""
    rows = (
        (Button(say.label("button.invite"), action("invite", meeting.committee), style="primary"),),
        (Button(say.label("rhythm_button.overview"), action("rhythm", meeting.committee)),),
        (Button(say.label("sitting_button.show"), action("mshow", meeting.id)),),
    )
    return Card(say.text("meeting_lapsed", meeting=meeting), rows)
