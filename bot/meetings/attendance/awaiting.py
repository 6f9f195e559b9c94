"""Before a meeting: its dashboard, reminders to those who have not answered, the morning of the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.db import dues
from bot.db.dues import DueMoment
from bot.db.notice import NOTICE, REMINDER
from bot.kit.act import Verb, act
from bot.kit.due import Quiet, due, once_at
from bot.kit.notify import notify, number_of, stamp
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.attendance import cards
from bot.meetings.live import about
from bot.meetings.rules.meeting import Mark, Meeting, MeetingStage
from bot.meetings.rules.quorum import unanswered
from bot.meetings.rules.rights import day_of, may_remind
from bot.people.rules.people import Person
from bot.values.moments import begins
from bot.values.quiet_hours import first_awake, reminders_before
from bot.values.refusal import Refusal, refuse

REMIND = "meeting_remind"
REMIND_NOW = "meeting_remind_now"
THE_DAY = "meeting_morning"
ON_THE_DAY = "meeting_day"
LAPSE = "meeting_lapse"
KINDS = (REMIND, REMIND_NOW, THE_DAY, ON_THE_DAY, LAPSE)
"""What falls due before a meeting, and when its day has passed."""
ARRIVAL = timedelta(minutes=30)
"""How long before the start those who come are shown the button to check in."""


async def begin(work: UnitOfWork, meeting: Meeting, by: Person) -> None:
    """A meeting was called: clerk, head and delegate get its dashboard, the reminders are arranged.

    Who called it has the dashboard already, in place of the request.
    """
    board = live.dash(meeting.id)
    office = [each for each in await access.office(work, meeting) if each.id != by.id]
    await notify(work, office, board, board, about=about(meeting.id))
    await arrange(work, meeting)


async def arrange(work: UnitOfWork, meeting: Meeting) -> None:
    """Let the reminders and the morning of the day fall due where the start now says; safe to repeat."""
    await dues.cancel_about(work.tx, about(meeting.id), KINDS)
    if meeting.stage is not MeetingStage.CALLED:
        await live.refresh(work, meeting)
        return
    work.context.moments.wake()
    wanted = [(REMIND, at) for at in reminders_before(meeting.starts_at)]
    arrival = first_awake(meeting.starts_at - ARRIVAL)
    morning = begins(day_of(meeting))
    for kind, at in (*wanted, (THE_DAY, morning), (ON_THE_DAY, arrival)):
        if work.now < at <= meeting.starts_at:
            key = f"{kind}:{meeting.id}:{int(at.timestamp())}"
            await dues.put(work.tx, key, kind, at, about=about(meeting.id), rearm=True)
    await arrange_lapse(work, meeting)
    await live.refresh(work, meeting)


async def arrange_lapse(work: UnitOfWork, meeting: Meeting) -> None:
    """Let the end of the meeting's day fall due; what nobody opened by then is no meeting."""
    work.context.moments.wake()
    at = begins(day_of(meeting) + timedelta(days=1))
    key = f"{LAPSE}:{meeting.id}:{int(at.timestamp())}"
    await dues.put(work.tx, key, LAPSE, at, about=about(meeting.id), rearm=True)


def _may_remind(found: Access, at: datetime) -> Refusal | None:
    return may_remind(found.meeting, found.standing, at)


@act("mremind", find=access.find, may=_may_remind, verb=Verb("remind_meeting", "meeting"))
async def remind(work: UnitOfWork, found: Access, _at: datetime) -> Screen:
    """Clerk or head remind those who have not answered; at night not before the morning."""
    meeting = found.meeting
    members = await _to_remind(work, meeting)
    if not members:
        refuse("sitting_nobody_to_remind")
    when = first_awake(work.now)
    later = work.now < when < meeting.starts_at
    if later:
        await once_at(work, REMIND_NOW, about(meeting.id), when)
    else:
        await _remind(work, meeting, members, f"{stamp(work)}", NOTICE)
    told_at = when if later else work.now
    detail = {"persons": [each.id for each in members], "at": told_at.isoformat()}
    subject = about(meeting.id)
    await work.record(meeting.committee, found.person, "remind_meeting", subject, detail)
    if later:
        at = work.say.moment(when)
        return Screen(toast=work.say.label("toast.reminded_later", at=at))
    return Screen(toast=work.say.label("toast.reminded", count=len(members)))


async def _to_remind(work: UnitOfWork, meeting: Meeting) -> list[Person]:
    """Those without an answer who have joined and are still of the committee."""
    silent = {each.person for each in unanswered(meeting)}
    invited = await live.invited(work, meeting, guests=True)
    return [person for person in invited if person.id in silent and person.joined]


async def _remind(
    work: UnitOfWork, meeting: Meeting, to: list[Person], mark: str, priority: int
) -> None:
    for person in to:
        card = cards.reminder(work.say, meeting, person, work.now)
        key = f"meeting_reminder:{meeting.id}:{mark}"
        await notify(work, [person], card, key, about=about(meeting.id), priority=priority)


async def still_called(work: UnitOfWork, moment: DueMoment) -> Meeting | None:
    """The meeting of a moment, while it is called and nothing else has come of it."""
    meeting = await meetings.get(work.tx, number_of(moment.about))
    return meeting if meeting and meeting.stage is MeetingStage.CALLED else None


async def _ahead(work: UnitOfWork, moment: DueMoment) -> Meeting | None:
    """The same, until it starts."""
    meeting = await still_called(work, moment)
    return meeting if meeting and work.now <= meeting.starts_at else None


@due(REMIND, on=_ahead, quiet=Quiet.WAIT, merged_with=REMIND_NOW)
@due(REMIND_NOW, on=_ahead, quiet=Quiet.WAIT, merged_with=REMIND_NOW)
async def _remind_due(work: UnitOfWork, meeting: Meeting, _moment: DueMoment) -> None:
    """What an outage kept until the night waits for the morning; two kept until now are said once."""
    members = await _to_remind(work, meeting)
    if not members:
        return
    await _remind(work, meeting, members, f"{int(work.now.timestamp()) // 60}", REMINDER)
    detail = {"persons": [each.id for each in members]}
    await work.record(meeting.committee, None, "remind_meeting", about(meeting.id), detail)


@due(THE_DAY, on=still_called)
async def _day_due(work: UnitOfWork, meeting: Meeting, _moment: DueMoment) -> None:
    """The day has come: the cards show the button to check in, and nobody is woken by it."""
    await live.refresh(work, meeting)


@due(ON_THE_DAY, on=still_called)
async def _arrivals_due(work: UnitOfWork, meeting: Meeting, moment: DueMoment) -> None:
    """Shortly before the start those who come get the button to check in, and the cards show it."""
    await live.refresh(work, meeting)
    if work.now > meeting.starts_at or first_awake(work.now) > work.now:
        return
    coming = [
        person
        for person in await live.invited(work, meeting, guests=True)
        if (answer := meeting.answer(person.id)) is not None
        and answer.mark is Mark.ATTEND
        and not meeting.is_present(person.id)
    ]
    for person in coming:
        card = cards.arrival(work.say, meeting, person)
        key = f"meeting_arrival:{moment.key}"
        await notify(work, [person], card, key, about=about(meeting.id), priority=REMINDER)
