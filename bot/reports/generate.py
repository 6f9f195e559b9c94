"""What is owed becomes rows, ahead of time and each once; what moved in the calendar moves here. Nobody is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.calendar import face as calendar
from bot.db import people, rulebooks
from bot.db.people import Committee
from bot.db.rulebooks import InForce
from bot.kit import access, occasions
from bot.kit.notify import reference
from bot.kit.unit import Line, UnitOfWork
from bot.people.rules.acting import Staff
from bot.people.rules.people import Person
from bot.regulations.rules.duties import Duty
from bot.regulations.rules.occasions import (
    Occasion,
    occasion_of,
    period_after,
    same_whatever_the_day,
)
from bot.regulations.rules.periods import CalendarPeriod
from bot.regulations.rules.regulation import Regulation
from bot.reports import store as reports
from bot.reports.rules.due_days import (
    after_events,
    due_day,
    events_of,
    is_term,
    own_rule,
    period_of,
    reaches_back,
    stands_for,
    upcoming,
)
from bot.reports.rules.owing import OFFICE, Debtor, debtors
from bot.reports.rules.report import Report, ReportAct, ReportActKind
from bot.reports.store import NewReport, Settings
from bot.values.moments import in_viet_nam
from bot.values.working_days import ONE_DAY, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that decides what a committee owes: people, rule book, calendar, its own due days."""

    committee: Committee
    regulation: Regulation
    staff: Staff
    calendar: WorkingCalendar
    settings: Settings
    books: tuple[InForce, ...]
    """Every rule book that it went by; each period goes by the one that stood on its first day."""

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Everybody of the committee."""
        return self.staff.everybody

    def duty(self, duty_id: str) -> Duty | None:
        """The duty of that id in the rule book of now."""
        return self.regulation.duty(duty_id)

    def on(self, day: date) -> Regulation:
        """The rule book that stood on a day."""
        return rulebooks.on(self.books, day)

    def day_of(self, duty: Duty, period: CalendarPeriod) -> date | None:
        """The last acceptable day: the committee's own for the period, its own rule, the regulation's."""
        fixed = self.settings.days.get((duty.id, period.id))
        own = own_rule(self.settings.rules.get(duty.id, ""))
        return fixed or due_day(duty.due, period, self.calendar, own)

    def heads(self, *refs: str) -> list[Person]:
        """Who heads the bodies of those ids, and who stands in, each once; else of the first body that has a head."""
        found = {body.id: self.staff.heads(body) for body in self.regulation.bodies}
        named = [head for ref in refs for head in found.get(ref, ())]
        anyone = next((heads for heads in found.values() if heads), [])
        return list({head.id: head for head in named or anyone}.values())

    def debtors(self, duty: Duty, under: Regulation | None = None) -> tuple[Debtor, ...]:
        """Everybody who owes the duty now, `under` the rule book that it is a duty of."""
        return debtors(duty, self.everybody, under or self.regulation)


async def ledger(work: UnitOfWork, committee: int) -> Ledger:
    """The committee as it is now."""
    kept = await people.committee(work.tx, committee)
    return Ledger(
        kept,
        await rulebooks.regulation(work.tx, kept.rulebook),
        await access.staff(work, committee),
        await calendar.working_calendar(work.tx, committee),
        await reports.settings(work.tx, committee),
        await rulebooks.over_time(work.tx, committee, kept.rulebook),
    )


def today(work: UnitOfWork) -> date:
    """The day it is in Viet Nam."""
    return in_viet_nam(work.now).date()


# --- making ------------------------------------------------------------------------------------


async def make(work: UnitOfWork, book: Ledger, events: Sequence[Occasion]) -> None:
    """Enter what is owed from today on; who joins in the middle of a period owes it, too.

    What is due after one of the `events` that `happened` is owed by those who owed it on its day; who joins later
    begins with the next one.
    """
    known = await reports.known(work.tx, book.committee.id)
    entered = {(duty, same_whatever_the_day(period), of) for duty, period, of in known}
    begun = {(duty, period) for duty, period, _ in entered}
    wanted = []
    for new in _owed(work, book, events):
        period = same_whatever_the_day(new.period)
        event = occasion_of(new.period)
        is_over = event is not None and event.day < today(work)
        there = begun if is_over else entered
        place = (new.duty, period) if is_over else (new.duty, period, new.debtor)
        if place not in there and new.due_on >= today(work):
            wanted.append(new)
    await enter(work, book.committee.id, wanted)


async def happened(work: UnitOfWork, book: Ledger) -> tuple[Occasion, ...]:
    """What has happened of late, or is arranged, because of which the rule book of now has something due."""
    wanted = events_of(book.regulation.duties)
    if not wanted:
        return ()
    return await occasions.since(work, book.committee.id, _known_from(work, book), wanted)


def _known_from(work: UnitOfWork, book: Ledger) -> date:
    """From which day on it is asked what has happened."""
    return today(work) - reaches_back(book.regulation.duties)


async def enter(work: UnitOfWork, committee: int, owed: Sequence[NewReport]) -> None:
    """Enter what is owed, with the line that tells it; nothing is told where all of it was entered before."""
    line = Line(committee, None, "reports_owed", reference("committee", committee), {})
    await work.write(
        reports.make(committee, owed, work.now), lambda entered: line if entered else None
    )


def _owed(work: UnitOfWork, book: Ledger, events: Sequence[Occasion]) -> Iterator[NewReport]:
    for standing in book.regulation.duties:
        begun: dict[str, list[CalendarPeriod]] = {}
        for period in _periods(work, book, standing, events):
            begun.setdefault(book.on(period.first).digest, []).append(period)
        for periods in begun.values():
            yield from _owed_by(work, book, standing, periods)


def _owed_by(
    work: UnitOfWork, book: Ledger, standing: Duty, periods: Sequence[CalendarPeriod]
) -> Iterator[NewReport]:
    """What is owed for periods that began under one rule book, by the duty as it stood there.

    One that it did not have begins with its own first period, unless the committee fixed a day itself.
    """
    under = book.on(periods[0].first)
    duty = under.duty(standing.id)
    if duty is None:
        under, duty = book.regulation, standing
        periods = [each for each in periods if (duty.id, each.id) in book.settings.days]
    due = {each: book.day_of(duty, each) for each in periods if period_of(duty, each.id)}
    if not any(due.values()):
        return
    for debtor in book.debtors(duty, under):
        for period, day in due.items():
            if day is not None:
                on = max(day, today(work)) if _begins_now(work, duty, period) else day
                new = new_report(work, book, duty, period, debtor, on)
                yield replace(new, rulebook=under.digest)


def _begins_now(work: UnitOfWork, duty: Duty, period: CalendarPeriod) -> bool:
    """Whether a term is owed for whose turn is today or ahead: known so late, it is due at once."""
    is_event = occasion_of(period.id) is not None and duty.due.after is None
    return is_event and period.last >= today(work) - ONE_DAY


def _periods(
    work: UnitOfWork, book: Ledger, duty: Duty, events: Sequence[Occasion]
) -> tuple[CalendarPeriod, ...]:
    """Those of the calendar, those of an event, and those for which the committee fixed a day itself, such as a term.

    What is due after an event is due after those that have happened or are arranged, and after no other. A term
    for which a person fixed a day is due on that day.
    """
    after = after_events(duty, events)
    if duty.due.after is not None:
        return tuple(after)
    fixed = (
        period_of(duty, period_id)
        for (duty_id, period_id) in book.settings.days
        if duty_id == duty.id
    )
    by_hand = [each for each in fixed if each is not None and occasion_of(each.id) is None]
    terms = [book.settings.days[duty.id, each.id] for each in by_hand if is_term(each.id)]
    known = [each for each in after if not any(stands_for(day, each.last) for day in terms)]
    return tuple(dict.fromkeys((*upcoming(duty, today(work)), *known, *by_hand)))


def new_report(
    work: UnitOfWork, book: Ledger, duty: Duty, period: CalendarPeriod, debtor: Debtor, day: date
) -> NewReport:
    """What one debtor owes for one period, under the rule book of now."""
    return NewReport(
        duty=duty.id,
        period=period.id,
        debtor=debtor.key,
        debtor_name=name_of(work, debtor),
        rulebook=book.committee.rulebook,
        what=duty.what,
        article=duty.article,
        first_day=period.first,
        due_on=day,
        person=debtor.person,
    )


def name_of(work: UnitOfWork, debtor: Debtor) -> str:
    """A debtor as people call it; an office by its title."""
    kind, _, ref = debtor.key.partition(":")
    return work.say.label(f"office.{ref}") if kind == OFFICE else debtor.name


# --- what changes under what is open -----------------------------------------------------------


async def excuse_departed(work: UnitOfWork, book: Ledger, open_: list[Report]) -> list[Report]:
    """What somebody owed who owes it no more lapses with the reason, unless its day has passed."""
    still = []
    for report in open_:
        why = None if report.last_day < today(work) else _lapsed(book, report)
        if why is None:
            still.append(report)
        else:
            await _excuse(work, book, report, f"report.{why}")
    return still


async def _excuse(work: UnitOfWork, book: Ledger, report: Report, why: str) -> None:
    excused = ReportAct(ReportActKind.EXCUSE, work.now, words=work.say.label(why))
    detail = {"duty": report.duty, "period": report.period, "debtor": report.debtor_name}
    about = reference("report", report.id)
    await work.write(
        reports.add_acts([(report.id, excused)]),
        Line(book.committee.id, None, "report_excused", about, detail),
    )


def _lapsed(book: Ledger, report: Report) -> str | None:
    """Why a report is owed no more: who owed it has gone, or the rule book does not ask it of them.

    Of whom it is asked, the rule book says that stood when its period began; that it is asked at all, that of now.
    """
    there = report.person is None or any(p.id == report.person for p in book.everybody)
    if not there:
        return "departed"
    if report.hand_id is not None:
        return None
    then = book.on(report.first_day)
    duty = then.duty(report.duty) if book.duty(report.duty) else None
    owing = book.debtors(duty, then) if duty else ()
    if any(each.key == report.debtor for each in owing):
        return None
    pinned = report.rulebook == book.committee.rulebook
    return "departed" if pinned else "not_asked"


async def follow_events(
    work: UnitOfWork, book: Ledger, open_: list[Report], events: Sequence[Occasion]
) -> list[Report]:
    """An event put off takes what is due after it along; where it does not take place, nothing is due after it.

    What should have come by now was owed, and stays so.
    """
    day, told = _known_from(work, book), events_of(book.regulation.duties)
    found = {each.key: each for each in events}
    still, moved, ended = [], [], []
    for report in open_:
        was = occasion_of(report.period)
        is_late = report.last_day < today(work)
        if was is None or was.what not in told or was.day < day or is_late:
            still.append(report)
        elif (now := found.get(was.key)) is None:
            ended.append((report, was.what))
        else:
            still.append(_on_its_day(book, report, now))
            if still[-1] is not report:
                moved.append(still[-1])
    for report, what in ended:
        await _excuse(work, book, report, f"report.not_held_{what.value}")
    await _write_renewed(work, book, moved)
    return still


def _on_its_day(book: Ledger, report: Report, event: Occasion) -> Report:
    """What is due after an event, as the day says on which it now is."""
    then = book.on(event.day)
    duty, period = then.duty(report.duty), period_after(event)
    day = book.day_of(duty, period) if duty else None
    if duty is None or day is None or report.period == period.id:
        return report
    return replace(report, period=period.id, first_day=period.first, due_on=day)


async def renew(work: UnitOfWork, book: Ledger, open_: list[Report]) -> list[Report]:
    """What was made ahead for a period that begins under a rule book amended since goes by that one."""
    renewed = {}
    for report in open_:
        begins = book.on(report.first_day)
        duty, made = begins.duty(report.duty), in_viet_nam(report.made_at).date()
        early = any(each.since and made < each.since <= report.first_day for each in book.books)
        period = period_of(duty, report.period) if duty and early else None
        if duty is None or period is None or report.rulebook == begins.digest:
            continue
        day = book.day_of(duty, period) or report.due_on
        renewed[report.id] = replace(
            report, rulebook=begins.digest, what=duty.what, article=duty.article, due_on=day
        )
    await _write_renewed(work, book, list(renewed.values()))
    return [renewed.get(each.id, each) for each in open_]


async def _write_renewed(work: UnitOfWork, book: Ledger, renewed: Sequence[Report]) -> None:
    if renewed:
        committee = book.committee.id
        line = Line(committee, None, "reports_renewed", reference("committee", committee), {})
        await work.write(reports.renew(renewed), line)


async def move(work: UnitOfWork, book: Ledger, open_: list[Report]) -> list[Report]:
    """Due days follow a changed calendar while they have not passed; a day fixed by hand stays."""
    moved, acts = [], []
    for report in open_:
        day = await _day_now(work, book, report)
        if day is None or max(day, today(work)) == report.stated_day:
            moved.append(report)
            continue
        act = ReportAct(ReportActKind.MOVE, work.now, day=max(day, today(work)))
        acts.append((report.id, act))
        moved.append(replace(report, acts=(*report.acts, act)))
    if acts:
        committee = book.committee.id
        line = Line(committee, None, "reports_moved", reference("committee", committee), {})
        await work.write(reports.add_acts(acts), line)
    return moved


async def _day_now(work: UnitOfWork, book: Ledger, report: Report) -> date | None:
    """The due day by the calendar of now; None where it does not follow from a calendar any more."""
    edited = report.last(ReportActKind.EDIT) is not None
    if report.hand_id is not None or edited or report.stated_day < today(work):
        return None
    then = await rulebooks.regulation(work.tx, report.rulebook)
    duty = then.duty(report.duty)
    period = period_of(duty, report.period) if duty else None
    return book.day_of(duty, period) if duty and period else None
