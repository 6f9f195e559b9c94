"""The clock of every rhythm: who is told that a period lacks a meeting; and meetings entered by hand afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.calendar import ahead as calendar_ahead
from bot.calendar import store as calendar
from bot.db import drafts, dues, people, rulebooks
from bot.db.dues import DueMoment
from bot.db.notice import REMINDER, Button
from bot.kit import access
from bot.kit import access as kit_access
from bot.kit.act import press, words
from bot.kit.due import Quiet, arranged, due
from bot.kit.notify import notify, number_of, reference
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.rhythm import cards, store
from bot.meetings.rules.meeting import Meeting, MeetingAct, MeetingActKind, MeetingKind
from bot.meetings.rules.rhythm import (
    Cadence,
    Lack,
    Met,
    cadences,
    counts,
    next_day,
    standing,
    to_say,
)
from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.periods import CalendarPeriod
from bot.regulations.rules.regulation import Regulation
from bot.values.action import action
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.quiet_hours import MORNING, QUIET_FROM, QUIET_UNTIL
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse
from bot.values.typed import DayFault, TypedDays, parse_days
from bot.values.working_days import WorkingCalendar

RHYTHM = "rhythm"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is needed to watch over a committee's rhythms: those of bodies in which somebody sits."""

    committee: int
    regulation: Regulation
    cadences: tuple[Cadence, ...]
    staff: Staff
    calendar: WorkingCalendar
    founded: date

    @property
    def everybody(self) -> Sequence[Person]:
        """Everybody of the committee."""
        return self.staff.everybody

    def minds(self, person: Person, cadence: Cadence) -> bool:
        """Clerks mind every rhythm, a head and who stands in those of the own body."""
        return self.staff.standing(person, cadence.body).office


async def watch(work: UnitOfWork, committee: int) -> Watch:
    """The rhythms of a committee as they are now."""
    rulebook = (await people.committee(work.tx, committee)).rulebook
    regulation = await rulebooks.regulation(work.tx, rulebook)
    staff = await kit_access.staff(work, committee)
    return Watch(
        committee,
        regulation,
        tuple(c for c in cadences(regulation) if members_of(staff.everybody, c.body.id)),
        staff,
        await calendar.working_calendar(work.tx, committee),
        _day(await store.founded_at(work.tx, committee)),
    )


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
    await dues.put(work.tx, key, RHYTHM, _morning(day), about=about)


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
        return _morning(here.date())
    return _morning(working.next_working_day(here.date()))


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, VIET_NAM)


def _day(moment: datetime) -> date:
    return in_viet_nam(moment).date()


# --- how it stands now -----------------------------------------------------------------------


async def current(work: UnitOfWork, over: Watch) -> list[Lack]:
    """Every rhythm in its period of today."""
    today = _day(work.now)
    return [
        await stands_in(work, over.committee, cadence, cadence.period(today), today)
        for cadence in over.cadences
    ]


async def stands_in(
    work: UnitOfWork, committee: int, cadence: Cadence, period: CalendarPeriod, today: date
) -> Lack:
    """What a period of a rhythm has and lacks."""
    start, end = _morning(period.first - ONE_DAY), _morning(period.last + 2 * ONE_DAY)
    met = await store.met(work.tx, committee, start, end)
    return standing(cadence, period, met, today)


def any_counts(cadence: Cadence, met: Sequence[Met], period: CalendarPeriod) -> bool:
    """Whether one of these meetings counts for the period."""
    return any(counts(cadence, each, period) for each in met)


FARTHEST_BACK = timedelta(days=400)
"""A day longer ago is taken for a typo."""
NOON = time(12, 0)
"""The hour is not known; noon lies in the same day in every zone near."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Clerk or head before the rhythms of a committee."""

    person: Person
    over: Watch

    def minds(self, cadence: Cadence) -> bool:
        """Whether this rhythm is one of the person's: a clerk's are all."""
        return self.over.minds(self.person, cadence)


async def _watcher(work: UnitOfWork, account: int, committee: int) -> Watcher:
    person = await access.in_committee(work, account, committee)
    if person is None:
        raise Refused(NO_RIGHT)
    found = Watcher(person, await watch(work, committee))
    if not person.is_clerk and not any(found.minds(each) for each in found.over.cadences):
        raise Refused(NO_RIGHT)
    return found


async def list_rows(work: UnitOfWork, person: Person) -> list[tuple[Button, ...]]:
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
        found = await _watcher(work, tap.account, committee)
        stands = await current(work, found.over)
        name = (await people.committee(work.tx, committee)).name
    mine = [lack for lack in stands if found.minds(lack.cadence)]
    return Screen(cards.overview(context.say, committee, name, mine, _day(work.now)))


@press("held")
async def ask_day(context: Context, tap: Tap) -> Screen:
    """The press "Đã họp rồi": on which day it was held is asked."""
    committee, code = tap.number(0), tap.word(1)
    async with context.work() as work:
        _, cadence = await _cadence(work, tap.account, committee, code)
        ref = {"committee": committee, "code": code}
        await drafts.await_words(work.tx, tap.account, "held", ref, work.now)
        today = _day(work.now)
        lack = await stands_in(work, committee, cadence, cadence.period(today), today)
    return Screen(cards.ask_day(context.say, committee, lack))


async def _cadence(
    work: UnitOfWork, account: int, committee: int, code: str
) -> tuple[Watcher, Cadence]:
    found = await _watcher(work, account, committee)
    for cadence in cadences(found.over.regulation):
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
        period, today = cadence.period(day), _day(work.now)
        if await _is_known(work, committee, cadence, day):
            refuse("rhythm_already", day=day)
        meeting_id = await _enter(work, watcher, cadence, day)
        await drafts.answered(work.tx, sent.account)
        lack = await stands_in(work, committee, cadence, period, today)
    return Screen(cards.recorded(context.say, committee, meeting_id, lack, day))


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
    start = datetime.combine(day, time(), VIET_NAM)
    period = cadence.period(day)
    met = await store.met(work.tx, committee, start, start + timedelta(days=1))
    return any_counts(cadence, met, period)


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

    return await work.write(meetings.record(values, act), line)


@press("unheld")
async def take_back(context: Context, tap: Tap) -> Screen:
    """The press "Bỏ ghi nhận", for a typo: the entry counts no more, and stays in the register."""
    meeting_id = tap.number(0)
    async with context.work() as work:
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is None or not meeting.by_hand:
            refuse("rhythm_gone")
        found = await _watcher(work, tap.account, meeting.committee)
        cadence = _cadence_of(found, meeting)
        if cadence is None or not found.minds(cadence):
            raise Refused(NO_RIGHT)
        if meeting.act(MeetingActKind.CANCEL) is None:
            act = MeetingAct(MeetingActKind.CANCEL, work.now, by=found.person.id)
            about = reference("meeting", meeting_id)
            line = Line(meeting.committee, found.person, "meeting_not_held", about, {})
            await work.write(meetings.add_act(meeting_id, act), line)
        day = in_viet_nam(meeting.starts_at).date()
        period = cadence.period(day)
        lack = await stands_in(work, meeting.committee, cadence, period, _day(work.now))
    return Screen(cards.taken_back(context.say, meeting.committee, lack, day))


def _cadence_of(watcher: Watcher, meeting: Meeting) -> Cadence | None:
    own = meeting.kind is MeetingKind.REGULAR
    return next(
        (
            cadence
            for cadence in cadences(watcher.over.regulation)
            if cadence.kind is meeting.kind
            and (cadence.body.id == meeting.body.id if own else cadence.session == meeting.session)
        ),
        None,
    )


calendar_ahead.changed.follow(arrange)
