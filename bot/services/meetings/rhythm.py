"""The clock of every rhythm: who is told, and when, that a period lacks a meeting. No meeting is called here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.moments import VIET_NAM, in_viet_nam
from bot.domain.notice import REMINDER, Notice
from bot.domain.people import Person, head_of, members_of
from bot.domain.periods import CalendarPeriod
from bot.domain.regulation import Regulation
from bot.domain.rhythm import (
    MORNING,
    Cadence,
    Lack,
    Met,
    cadences,
    counts,
    next_day,
    standing,
    to_say,
)
from bot.domain.workdays import WorkingCalendar
from bot.services.cards.meetings import rhythm as cards
from bot.services.desk import DueAct, Work
from bot.services.schedule import QUIET_FROM, QUIET_UNTIL
from bot.store import calendar, dues, outbox, people, rhythm, rulebooks
from bot.store.dues import DueMoment

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


async def watch(work: Work, committee: int) -> Watch:
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


async def arrange(work: Work, committee: int) -> None:
    """Let the next morning fall due on which something may be said; safe to repeat."""
    today = _day(work.now)
    before_morning = in_viet_nam(work.now).time() < MORNING
    since = today if before_morning else today + ONE_DAY
    await _put_next(work, await watch(work, committee), since)


async def _put_next(work: Work, over: Watch, since: date) -> None:
    day = next_day(over.cadences, over.founded, over.calendar, since)
    if day is None:
        return
    work.desk.moments.stir()
    about = f"committee:{over.committee}"
    key = f"{RHYTHM}:{over.committee}:{day.isoformat()}"
    await dues.put(work.tx, key, RHYTHM, _morning(day), about=about)


# --- when a morning has come -----------------------------------------------------------------


async def _fall_due(work: Work, due: DueMoment) -> None:
    """Say what lacks since the morning of this row; at night and on days off wait for the next one."""
    _, committee, since = due.key.split(":")
    over = await watch(work, int(committee))
    if not _may_disturb(work.now, over.calendar):
        at = _next_morning(work.now, over.calendar)
        work.desk.moments.stir()
        await dues.put(work.tx, due.key, RHYTHM, at, about=due.about, rearm=True)
        return
    today = _day(work.now)
    lacking = await _lacking(work, over, date.fromisoformat(since), today)
    if lacking:
        await _tell(work, over, lacking, today)
    await dues.cancel_about(work.tx, due.about, (RHYTHM,))
    await _put_next(work, over, today + ONE_DAY)


async def _lacking(work: Work, over: Watch, since: date, today: date) -> list[Lack]:
    found = [
        await stands_in(work, over.committee, cadence, period, today)
        for cadence in over.cadences
        for period in to_say(cadence, over.founded, over.calendar, since, today)
    ]
    return [lack for lack in found if lack.missing]


async def _tell(work: Work, over: Watch, lacking: Sequence[Lack], today: date) -> None:
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


DUE_ACTS: Mapping[str, DueAct] = {RHYTHM: _fall_due}
"""What is done when a morning of a committee's rhythms has come."""


# --- how it stands now -----------------------------------------------------------------------


async def current(work: Work, over: Watch) -> list[Lack]:
    """Every rhythm in its period of today."""
    today = _day(work.now)
    return [
        await stands_in(work, over.committee, cadence, cadence.period(today), today)
        for cadence in over.cadences
    ]


async def stands_in(
    work: Work, committee: int, cadence: Cadence, period: CalendarPeriod, today: date
) -> Lack:
    """What a period of a rhythm has and lacks."""
    start, end = _morning(period.first - ONE_DAY), _morning(period.last + 2 * ONE_DAY)
    met = await rhythm.met(work.tx, committee, start, end)
    return standing(cadence, period, met, today)


def any_counts(cadence: Cadence, met: Sequence[Met], period: CalendarPeriod) -> bool:
    """Whether one of these meetings counts for the period."""
    return any(counts(cadence, each, period) for each in met)
