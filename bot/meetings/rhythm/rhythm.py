"""The clock of every rhythm: who is told that a period lacks a meeting; and meetings entered by hand afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.calendar import acts as calendar_acts
from bot.calendar import store as calendar
from bot.db import drafts, dues, outbox, people, rulebooks
from bot.db.dues import DueMoment
from bot.db.notice import REMINDER, Button, Notice
from bot.kit import access
from bot.kit.due import Quiet, arranged, due
from bot.kit.notify import number_of
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.rhythm import cards
from bot.meetings.rhythm import store as counted
from bot.meetings.rhythm import store as rhythm
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
from bot.people.rules.people import Person, head_of, members_of
from bot.regulations.rules.periods import CalendarPeriod
from bot.regulations.rules.regulation import Regulation
from bot.values.action import action
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.quiet_hours import MORNING, QUIET_FROM, QUIET_UNTIL
from bot.values.refusal import NO_RIGHT, Refusal
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
    everybody: Sequence[Person]
    calendar: WorkingCalendar
    founded: date

    def minds(self, person: Person, cadence: Cadence) -> bool:
        """Clerks mind every rhythm, a head those of the own body."""
        head = head_of(self.everybody, cadence.body)
        return person.is_clerk or (head is not None and head.id == person.id)


async def watch(work: UnitOfWork, committee: int) -> Watch:
    """The rhythms of a committee as they are now."""
    rulebook = (await people.committee(work.tx, committee)).rulebook
    regulation = await rulebooks.regulation(work.tx, rulebook)
    everybody = await people.of_committee(work.tx, committee)
    return Watch(
        committee,
        regulation,
        tuple(c for c in cadences(regulation) if members_of(everybody, c.body.id)),
        everybody,
        await calendar.working_calendar(work.tx, committee),
        _day(await rhythm.founded_at(work.tx, committee)),
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
    about = f"committee:{over.committee}"
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
        key = f"{RHYTHM}:{over.committee}:{today.isoformat()}:{person.id}"
        card = cards.reminder(work.say, over.committee, concerned, today)
        told.append(
            Notice(
                key=key,
                chat_id=person.account,
                kind=RHYTHM,
                card=card,
                priority=REMINDER,
                legal=False,
                person_id=person.id,
            )
        )
    await outbox.put_many(work.tx, told, work.now)
    lines = [[each.cadence.body.id, each.cadence.rule.id, each.period.id] for each in lacking]
    detail = {"lines": lines, "persons": [notice.person_id for notice in told]}
    await work.record(over.committee, None, "rhythm", f"committee:{over.committee}", detail)


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
    met = await rhythm.met(work.tx, committee, start, end)
    return standing(cadence, period, met, today)


def any_counts(cadence: Cadence, met: Sequence[Met], period: CalendarPeriod) -> bool:
    """Whether one of these meetings counts for the period."""
    return any(counts(cadence, each, period) for each in met)


FARTHEST_BACK = timedelta(days=400)
"""A day longer ago is taken for a slip."""
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


async def _watcher(work: UnitOfWork, account: int, committee: int) -> Watcher | Refusal:
    person = await access.in_committee(work, account, committee)
    if person is None:
        return NO_RIGHT
    found = Watcher(person, await watch(work, committee))
    known = any(found.minds(cadence) for cadence in found.over.cadences)
    return found if known or person.is_clerk else NO_RIGHT


async def list_rows(work: UnitOfWork, person: Person) -> list[tuple[Button, ...]]:
    """The way to the rhythms from the list of meetings, for clerks and heads."""
    over = await watch(work, person.committee)
    if not any(over.minds(person, cadence) for cadence in over.cadences):
        return []
    label = work.say.label("rhythm_button.overview")
    return [(Button(label, action("rhythm", person.committee)),)]


async def overview(context: Context, account: int, committee: int) -> Screen | Refusal:
    """How the rhythms stand that concern this person."""
    async with context.look() as work:
        found = await _watcher(work, account, committee)
        if isinstance(found, Refusal):
            return found
        stands = await current(work, found.over)
        name = (await people.committee(work.tx, committee)).name
    mine = [lack for lack in stands if found.minds(lack.cadence)]
    return Screen(cards.overview(context.say, committee, name, mine, _today(work)))


async def ask_day(context: Context, account: int, committee: int, code: str) -> Screen | Refusal:
    """Ask on which day it was held."""
    async with context.work() as work:
        found = await _cadence(work, account, committee, code)
        if isinstance(found, Refusal):
            return found
        _, cadence = found
        ref = {"committee": committee, "code": code}
        await drafts.await_words(work.tx, account, "held", ref, work.now)
        today = _today(work)
        lack = await stands_in(work, committee, cadence, cadence.period(today), today)
    return Screen(cards.ask_day(context.say, committee, lack))


async def _cadence(
    work: UnitOfWork, account: int, committee: int, code: str
) -> tuple[Watcher, Cadence] | Refusal:
    found = await _watcher(work, account, committee)
    if isinstance(found, Refusal):
        return found
    every = cadences(found.over.regulation)
    cadence = next((c for c in every if c.code == code and found.minds(c)), None)
    return (found, cadence) if cadence else Refusal("old_button")


async def record(
    context: Context, account: int, committee: int, code: str, text: str
) -> Screen | Refusal:
    """Enter it as held on the day typed; it counts for its rhythm at once."""
    async with context.work() as work:
        found = await _cadence(work, account, committee, code)
        if isinstance(found, Refusal):
            return found
        watcher, cadence = found
        day = _day_meant(text, _today(work))
        if isinstance(day, Refusal):
            return day
        period, today = cadence.period(day), _today(work)
        if await _is_known(work, committee, cadence, day):
            return Refusal("rhythm_already", values={"day": day})
        meeting_id = await _enter(work, watcher, cadence, day)
        await drafts.answered(work.tx, account)
        lack = await stands_in(work, committee, cadence, period, today)
    return Screen(cards.recorded(context.say, committee, meeting_id, lack, day))


def _day_meant(text: str, today: date) -> date | Refusal:
    """The day of a meeting that was held: a day without its year is the last one of that name."""
    typed = parse_days(text, today.year)
    if isinstance(typed, TypedDays) and typed.first > today:
        earlier = parse_days(text, today.year - 1)
        if isinstance(earlier, TypedDays) and earlier.first < typed.first:
            typed = earlier
    if isinstance(typed, DayFault) or typed.first != typed.last:
        return Refusal("rhythm_unclear")
    if typed.first > today:
        return Refusal("rhythm_ahead", values={"day": typed.first})
    if typed.first < today - FARTHEST_BACK:
        return Refusal("rhythm_long_ago", values={"day": typed.first})
    return typed.first


async def _is_known(work: UnitOfWork, committee: int, cadence: Cadence, day: date) -> bool:
    start = datetime.combine(day, time(), VIET_NAM)
    period = cadence.period(day)
    met = await counted.met(work.tx, committee, start, start + timedelta(days=1))
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
    meeting_id = await meetings.add(work.tx, values)
    act = MeetingAct(MeetingActKind.RECORD, work.now, by=watcher.person.id)
    await meetings.add_act(work.tx, meeting_id, act)
    detail = {"body": cadence.body.id, "rule": cadence.rule.id, "day": day.isoformat()}
    await work.record(committee, watcher.person, "meeting_held", f"meeting:{meeting_id}", detail)
    return meeting_id


async def take_back(context: Context, account: int, meeting_id: int) -> Screen | Refusal:
    """A slip: what was entered by hand counts no more. It stays in the register."""
    async with context.work() as work:
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is None or not meeting.by_hand:
            return Refusal("rhythm_gone")
        found = await _watcher(work, account, meeting.committee)
        if isinstance(found, Refusal):
            return found
        cadence = _cadence_of(found, meeting)
        if cadence is None or not found.minds(cadence):
            return NO_RIGHT
        if meeting.act(MeetingActKind.CANCEL) is None:
            act = MeetingAct(MeetingActKind.CANCEL, work.now, by=found.person.id)
            await meetings.add_act(work.tx, meeting_id, act)
            subject = f"meeting:{meeting_id}"
            await work.record(meeting.committee, found.person, "meeting_not_held", subject, {})
        day = in_viet_nam(meeting.starts_at).date()
        period = cadence.period(day)
        lack = await stands_in(work, meeting.committee, cadence, period, _today(work))
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


def _today(work: UnitOfWork) -> date:
    return in_viet_nam(work.now).date()


calendar_acts.changed.follow(arrange)
