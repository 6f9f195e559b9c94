"""The clock of every rhythm: who is told that a period lacks a meeting; and meetings entered by hand afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.calendar import face as calendar
from bot.db import drafts, dues, people
from bot.db.dues import DueMoment
from bot.db.notice import REMINDER, Button, Row
from bot.kit.act import press, words
from bot.kit.due import Quiet, arranged, due
from bot.kit.notify import notify, number_of, reference
from bot.kit.occasions import Occurred, occurred
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.agenda import store as agenda
from bot.meetings.rhythm import cards, dealt, store
from bot.meetings.rhythm.access import FARTHEST_BACK, Watch, Watcher, entered, watch, watcher_of
from bot.meetings.rules.closing import counts_on
from bot.meetings.rules.meeting import MeetingAct, MeetingActKind
from bot.meetings.rules.rhythm import (
    Cadence,
    Lack,
    Met,
    counts,
    next_day,
    standing,
    to_say,
)
from bot.people.rules.people import Person
from bot.regulations.rules.duties import Happens
from bot.regulations.rules.periods import CalendarPeriod
from bot.values.action import action
from bot.values.moments import VIET_NAM, begins, in_viet_nam
from bot.values.quiet_hours import MORNING, QUIET_FROM, QUIET_UNTIL, morning_of
from bot.values.refusal import Refusal, Refused, refuse
from bot.values.typed_days import DayFault, TypedDays, parse_days
from bot.values.working_days import ONE_DAY, WorkingCalendar

RHYTHM = "rhythm"


# --- arranging -------------------------------------------------------------------------------


@arranged(2)
async def arrange(work: UnitOfWork, committee: int) -> None:
    """Let the next morning fall due on which something may be said; safe to repeat."""
    today = _day(work.now)
    before_morning = in_viet_nam(work.now).time() < MORNING
    since = today if before_morning else today + ONE_DAY
    await _put_next(work, await watch(work, committee), since)


async def _put_next(work: UnitOfWork, over: Watch, since: date) -> None:
    day = next_day(over.cadences, over.founded, over.calendar, since)
    if day is None:
        return
    work.context.moments.wake()
    about = reference("committee", over.committee)
    key = f"{RHYTHM}:{over.committee}:{day.isoformat()}"
    await dues.put(work.tx, key, RHYTHM, morning_of(day), about=about)


# --- when a morning has come -----------------------------------------------------------------


async def _watched(work: UnitOfWork, moment: DueMoment) -> Watch:
    return await watch(work, number_of(moment.about))


def _awake(over: Watch, now: datetime) -> datetime:
    """Now, or at night and on days off the next working morning."""
    return now if _may_disturb(now, over.calendar) else _next_morning(now, over.calendar)


@due(RHYTHM, on=_watched, quiet=Quiet.WAIT, awake=_awake)
async def _fall_due(work: UnitOfWork, over: Watch, moment: DueMoment) -> None:
    """Say what lacks since the morning of this row."""
    since = moment.key.split(":")[2]
    today = _day(work.now)
    lacking = await _lacking(work, over, date.fromisoformat(since), today)
    if lacking:
        await _tell(work, over, lacking, today)
    await dues.cancel_about(work.tx, moment.about, (RHYTHM,))
    await _put_next(work, over, today + ONE_DAY)


async def _lacking(work: UnitOfWork, over: Watch, since: date, today: date) -> list[Lack]:
    found = [
        await stands_in(work, over.committee, cadence, period, today)
        for cadence in over.cadences
        for period in to_say(cadence, over.founded, over.calendar, since, today)
    ]
    return [lack for lack in found if lack.missing]


async def _tell(work: UnitOfWork, over: Watch, lacking: Sequence[Lack], today: date) -> None:
    told = []
    for person in over.everybody:
        concerned = [lack for lack in lacking if over.minds(person, lack.cadence)]
        if person.account is None or not concerned:
            continue
        card = cards.reminder(work.say, over.committee, concerned, today)
        key = f"{RHYTHM}:{over.committee}:{today.isoformat()}"
        await notify(work, [person], card, key, priority=REMINDER)
        told.append(person.id)
    lines = [[each.cadence.body.id, each.cadence.rule.id, each.period.id] for each in lacking]
    detail = {"lines": lines, "persons": told}
    await work.record(
        over.committee, None, "rhythm", reference("committee", over.committee), detail
    )


def _may_disturb(moment: datetime, working: WorkingCalendar) -> bool:
    here = in_viet_nam(moment)
    return working.is_working(here.date()) and QUIET_UNTIL <= here.time() < QUIET_FROM


def _next_morning(moment: datetime, working: WorkingCalendar) -> datetime:
    here = in_viet_nam(moment)
    if here.time() < MORNING and working.is_working(here.date()):
        return morning_of(here.date())
    return morning_of(working.next_working_day(here.date()))


def _day(moment: datetime) -> date:
    return in_viet_nam(moment).date()


# --- how it stands now -----------------------------------------------------------------------


async def current(work: UnitOfWork, over: Watch) -> list[Lack]:
    """Every rhythm in its period of today."""
    today = _day(work.now)
    return [
        await stands_in(work, over.committee, cadence, cadence.period(today), today)
        for cadence in over.cadences
        if cadence.holds(cadence.period(today))
    ]


async def stands_in(
    work: UnitOfWork, committee: int, cadence: Cadence, period: CalendarPeriod, today: date
) -> Lack:
    """What a period of a rhythm has and lacks."""
    start, end = morning_of(period.first - ONE_DAY), morning_of(period.last + 2 * ONE_DAY)
    met = await _met(work, committee, cadence, period, start, end)
    return standing(cadence, period, met, today)


async def _met(
    work: UnitOfWork,
    committee: int,
    cadence: Cadence,
    period: CalendarPeriod,
    start: datetime,
    end: datetime,
) -> list[Met]:
    """The meetings of a period that start within these moments and count: those that sat, or are still ahead."""
    found = []
    for met in await store.met(work.tx, committee, start, end):
        if counts(cadence, met, period):
            meeting = await meetings.there(work.tx, met.id)
            if counts_on(meeting, _day(work.now)):
                found.append(met)
    return found


NOON = time(12, 0)
"""The hour is not known; noon lies in the same day in every zone near."""


async def list_rows(work: UnitOfWork, person: Person) -> list[Row]:
    """The way to the rhythms from the list of meetings, for clerks and heads."""
    over = await watch(work, person.committee)
    if not any(over.minds(person, cadence) for cadence in over.cadences):
        return []
    label = work.say.label("rhythm_button.overview")
    return [(Button(label, action("rhythm", person.committee)),)]


@press("rhythm")
async def overview(context: Context, tap: Tap) -> Screen:
    """How the rhythms stand that concern this person."""
    committee = tap.number(0)
    async with context.look() as work:
        found = await watcher_of(work, tap.account, committee)
        stands = await current(work, found.over)
        name = (await people.committee(work.tx, committee)).name
    mine = [lack for lack in stands if found.minds(lack.cadence)]
    return Screen(cards.overview(context.say, committee, name, mine, _day(work.now)))


@press("held")
async def ask_day(context: Context, tap: Tap) -> Screen:
    """The press "Đã họp rồi": on which day it was held is asked."""
    committee, code = tap.number(0), tap.word(1)
    async with context.work() as work:
        watcher, cadence = await _cadence(work, tap.account, committee, code)
        ref = {"committee": committee, "code": code}
        await drafts.await_words(work.tx, tap.account, "held", ref, work.now)
        today = _day(work.now)
        cadence = watcher.over.going_by(cadence, today)
        lack = await stands_in(work, committee, cadence, cadence.period(today), today)
    return Screen(cards.ask_day(context.say, committee, lack))


async def _cadence(
    work: UnitOfWork, account: int, committee: int, code: str
) -> tuple[Watcher, Cadence]:
    found = await watcher_of(work, account, committee)
    for cadence in found.over.cadences:
        if cadence.code == code and found.minds(cadence):
            return found, cadence
    raise Refused(Refusal("old_button"))


@words("held")
async def record(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """A meeting is entered as held on the day typed; it counts for its rhythm at once."""
    committee = int(ref["committee"])
    async with context.work() as work:
        watcher, cadence = await _cadence(work, sent.account, committee, ref["code"])
        day = _day_meant(sent.text, _day(work.now))
        cadence = watcher.over.going_by(cadence, day)
        period, today = cadence.period(day), _day(work.now)
        if await _is_known(work, committee, cadence, day):
            refuse("rhythm_already", day=day)
        meeting_id = await _enter(work, watcher, cadence, day)
        await drafts.answered(work.tx, sent.account)
        lack = await stands_in(work, committee, cadence, period, today)
        waiting = await dealt.rows(work, await meetings.there(work.tx, meeting_id))
    return Screen(cards.recorded(context.say, committee, meeting_id, lack, day, waiting))


def _day_meant(text: str, today: date) -> date:
    """The day of a meeting that was held: a day without its year is the last one of that name."""
    typed = parse_days(text, today.year)
    if isinstance(typed, TypedDays) and typed.first > today:
        earlier = parse_days(text, today.year - 1)
        if isinstance(earlier, TypedDays) and earlier.first < typed.first:
            typed = earlier
    if isinstance(typed, DayFault) or typed.first != typed.last:
        refuse("rhythm_unclear")
    if typed.first > today:
        refuse("rhythm_ahead", day=typed.first)
    if typed.first < today - FARTHEST_BACK:
        refuse("rhythm_long_ago", day=typed.first)
    return typed.first


async def _is_known(work: UnitOfWork, committee: int, cadence: Cadence, day: date) -> bool:
    start = begins(day)
    end = start + timedelta(days=1)
    return bool(await _met(work, committee, cadence, cadence.period(day), start, end))


async def _enter(work: UnitOfWork, watcher: Watcher, cadence: Cadence, day: date) -> int:
    committee = watcher.over.committee
    stamp = int(work.now.timestamp() * 1_000_000)
    values = {
        "committee_id": committee,
        "rulebook": watcher.over.regulation.digest,
        "body": cadence.body.id,
        "kind": cadence.kind.value,
        "session": cadence.session,
        "starts_at": datetime.combine(day, NOON, VIET_NAM),
        "place": "",
        "uid": f"held-{committee}-{cadence.code}-{stamp}",
        "sequence": 0,
        "prepared_by": watcher.person.id,
        "submitted_at": work.now,
    }
    act = MeetingAct(MeetingActKind.RECORD, work.now, by=watcher.person.id)
    detail = {"body": cadence.body.id, "rule": cadence.rule.id, "day": day.isoformat()}

    def line(entered: int) -> Line:
        about = reference("meeting", entered)
        return Line(committee, watcher.person, "meeting_held", about, detail)

    entered = await work.write(meetings.record(values, act), line)
    await occurred.happened(work, Occurred(committee, Happens.MEETING))
    return entered


@press("unheld")
async def take_back(context: Context, tap: Tap) -> Screen:
    """The press "Bỏ ghi nhận", for a typo: it counts no more, what it dealt with waits again; the register keeps it."""
    async with context.work() as work:
        watcher, meeting = await entered(work, tap.account, tap.number(0))
        day = in_viet_nam(meeting.starts_at).date()
        cadence = watcher.over.going_by(watcher.of(meeting), day)
        if meeting.act(MeetingActKind.CANCEL) is None:
            act = MeetingAct(MeetingActKind.CANCEL, work.now, by=watcher.person.id)
            about = reference("meeting", meeting.id)
            line = Line(meeting.committee, watcher.person, "meeting_not_held", about, {})
            again = [item.waiting_id for item in meeting.items if item.waiting_id]
            await work.write(meetings.add_act(meeting.id, act), line, agenda.take(again, None))
            await dealt.take_back(work, watcher, meeting)
            await occurred.happened(work, Occurred(meeting.committee, Happens.MEETING))
        period = cadence.period(day)
        lack = await stands_in(work, meeting.committee, cadence, period, _day(work.now))
        await arrange(work, meeting.committee)
    return Screen(cards.taken_back(context.say, meeting.committee, lack, day))


calendar.changed.follow(arrange)
