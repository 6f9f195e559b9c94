"""The digest of a morning: what is brought to mind, what is overdue, who hears of it. It may run twice.

It arranges the next one itself. Only office and head learn of another's delay. What else somebody owes
stands in the same messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.calendar import face as calendar_face
from bot.db import dues, outbox, people, rulebooks
from bot.db import live_cards as places
from bot.db.dues import DueMoment
from bot.db.notice import NOTICE, REMINDER, Card, Notice
from bot.kit import speaking
from bot.kit.closed import refuse_closed
from bot.kit.due import Quiet, arranged, due
from bot.kit.live import Delivered, delivered, live_card
from bot.kit.notify import notify, number_of, reference
from bot.kit.occasions import Occurred, occurred
from bot.kit.unit import UnitOfWork
from bot.owed import face as owed_face
from bot.owed.rules.debt import Debt, Morning
from bot.people.face import staff_changed
from bot.people.rules.people import Person
from bot.reports import debts, digest_cards, generate
from bot.reports import store as reports
from bot.reports.generate import Ledger, today
from bot.reports.rules.owing import BODY, CLERKS, answerable, keys_of
from bot.reports.rules.report import (
    USUAL_DAYS,
    Report,
    ReportAct,
    ReportActKind,
    Standing,
    next_morning,
    overdue_morning,
    reminders,
    standing,
)
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.quiet_hours import MORNING, QUIET_FROM, morning_of
from bot.values.working_days import ONE_DAY

ROUND = "report_round"
DIGEST = "report_morning"
"""The kind of the morning's word to a debtor; its key is the name of its live card, too."""
SHOWN = {ReportActKind.REMIND: "reminded", ReportActKind.LIST: "overdue"}


def _key(committee: int) -> str:
    return f"reports:{committee}"


@calendar_face.changed.follow
@staff_changed.follow
@arranged(1)
async def again(work: UnitOfWork, committee: int) -> None:
    """The bot starts, a committee is founded, or its people, calendar or due days have changed: what is open follows.

    What is newly owed is made, and the next morning arranged; offices are called as the committee calls them,
    wherever the change came from.
    """
    work = await speaking.of_committee(work, committee)
    book = await generate.ledger(work, committee)
    open_ = await generate.excuse_departed(work, book, await reports.open_of(work.tx, committee))
    events = await generate.happened(work, book)
    open_ = await generate.follow_events(work, book, open_, events)
    open_ = await generate.renew(work, book, open_)
    await generate.move(work, book, open_)
    await generate.make(work, book, events)
    await arrange(work, book)


@occurred.follow
async def _something_occurred(work: UnitOfWork, happened: Occurred) -> None:
    """What is due because of something that happened, was put off or called off follows it."""
    committee = happened.committee
    book = await rulebooks.regulation(
        work.tx, (await people.committee(work.tx, committee)).rulebook
    )
    concerned = any(each.event is happened.what for each in book.duties)
    if concerned and await refuse_closed(work.tx, committee) is None:
        await again(work, committee)


async def arrange(work: UnitOfWork, book: Ledger) -> None:
    """Put the next morning where the facts now say."""
    open_ = await reports.open_of(work.tx, book.committee.id)
    await _arrange(work, book, open_, await _through(work, book))


@owed_face.changed.follow
async def _owed_otherwise(work: UnitOfWork, committee: int) -> None:
    """Something came to be owed, ended, or moved."""
    await arrange(work, await generate.ledger(work, committee))


async def _through(work: UnitOfWork, book: Ledger) -> date:
    """The last morning done; a committee that has none yet begins with the next one to come."""
    known = await reports.through(work.tx, book.committee.id)
    if known is not None:
        return known
    now = in_viet_nam(work.now)
    begun = now.date() if now.time() > MORNING else now.date() - ONE_DAY
    await reports.set_through(work.tx, book.committee.id, begun)
    return begun


async def _arrange(work: UnitOfWork, book: Ledger, open_: Sequence[Report], through: date) -> None:
    days = await _days(work, book, open_)
    mornings = [
        morning
        for report in open_
        if (morning := next_morning(report, days[report.id], book.calendar, through))
    ]
    mornings += await debts.mornings(work, book, through)
    at = morning_of(min([*mornings, _next_making(book, through)]))
    await _put(work, book, max(at, work.now))


async def _put(work: UnitOfWork, book: Ledger, at: datetime) -> None:
    work.context.moments.wake()
    committee = book.committee.id
    about = reference("committee", committee)
    await dues.put(work.tx, _key(committee), ROUND, at, about=about, rearm=True)


def _next_making(book: Ledger, through: date) -> date:
    """The first working morning of the next month: what begins then must be owed by then."""
    after = date(through.year + through.month // 12, through.month % 12 + 1, 1)
    return book.calendar.next_working_day(after - ONE_DAY)


async def _days(
    work: UnitOfWork, book: Ledger, open_: Sequence[Report]
) -> dict[int, tuple[int, ...]]:
    """How many days before its due day each is brought to mind, by the rule book it was made under."""
    known: dict[tuple[str, str], tuple[int, ...]] = {}
    for report in open_:
        place = (report.rulebook, report.duty)
        if place not in known:
            known[place] = await _days_of(work, book, report)
    return {report.id: known[report.rulebook, report.duty] for report in open_}


async def _days_of(work: UnitOfWork, book: Ledger, report: Report) -> tuple[int, ...]:
    own = book.settings.remind_days.get(report.duty)
    if own is not None:
        return own
    then = await rulebooks.regulation(work.tx, report.rulebook)
    duty = then.duty(report.duty)
    return duty.remind_days if duty else USUAL_DAYS


# --- the morning -------------------------------------------------------------------------------


async def _of(work: UnitOfWork, moment: DueMoment) -> Ledger:
    return await generate.ledger(work, number_of(moment.about))


def _awake(book: Ledger, now: datetime) -> datetime:
    """Now, on a working day between eight and the evening; else the next such morning."""
    here = in_viet_nam(now)
    if book.calendar.is_working(here.date()) and here.time() < QUIET_FROM:
        return max(morning_of(here.date()), now)
    return morning_of(book.calendar.next_working_day(here.date()))


@due(ROUND, on=_of, quiet=Quiet.WAIT, awake=_awake)
async def _round(work: UnitOfWork, book: Ledger, _moment: DueMoment) -> None:
    """All that belongs to the mornings since the last round. After an outage nobody is reminded of a day past."""
    through = await _through(work, book)
    if through.month != today(work).month:
        await generate.make(work, book, await generate.happened(work, book))
    open_ = await reports.open_of(work.tx, book.committee.id)
    days = await _days(work, book, open_)
    reminded, overdue = [], []
    for report in open_:
        if standing(report, work.now) is Standing.MISSING:
            if through < overdue_morning(report, book.calendar) <= today(work):
                overdue.append(report)
        elif _falls(reminders(report, days[report.id], book.calendar), through, today(work)):
            reminded.append(report)
    await _noted(work, reminded, overdue)
    await _tell(work, book, reminded, overdue, await debts.due_now(work, book, through))
    await reports.set_through(work.tx, book.committee.id, max(through, today(work)))
    await _arrange(work, book, open_, max(through, today(work)))


def _falls(mornings: Sequence[date], through: date, until: date) -> bool:
    return any(through < each <= until for each in mornings)


async def _noted(work: UnitOfWork, reminded: Sequence[Report], overdue: Sequence[Report]) -> None:
    """That each was brought to mind or listed this morning; it shows later who was told what."""
    kinds = ((ReportActKind.REMIND, reminded), (ReportActKind.LIST, overdue))
    noted = [
        (report.id, ReportAct(kind, work.now, day=today(work)))
        for kind, several in kinds
        for report in several
    ]
    await reports.note(work.tx, noted)


async def _tell(
    work: UnitOfWork,
    book: Ledger,
    reminded: Sequence[Report],
    overdue: Sequence[Report],
    owed: Morning,
) -> None:
    """One message to each who owes, one list to the office, a short one to the heads."""
    if not (reminded or overdue or owed.several):
        return
    await outbox.put_many(work.tx, [*_to_debtors(work, book, reminded, overdue, owed)], work.now)
    if overdue or owed.late:
        await _to_office(work, book, overdue, owed.late)
        await _to_heads(work, book, overdue, owed.late)
    detail = {
        "reminded": [report.id for report in reminded],
        "overdue": [report.id for report in overdue],
        "debts": [debt.id for debt in owed.several],
    }
    committee = book.committee.id
    about = reference("committee", committee)
    await work.record(committee, None, "reports_told", about, detail)


# --- who hears of it: those who owe ------------------------------------------------------------


def _to_debtors(
    work: UnitOfWork,
    book: Ledger,
    reminded: Sequence[Report],
    overdue: Sequence[Report],
    owed: Morning,
) -> Iterable[Notice]:
    ahead, late = _by_person(book, reminded), _by_person(book, _not_listed(overdue))
    day = f"{today(work):%Y%m%d}"
    for person in book.everybody:
        mine, past = ahead.get(person.id, []), late.get(person.id, [])
        owes = debts.of_person(book, owed, person)
        if person.account is None or not (mine or past or owes.several):
            continue
        card = digest_cards.reminder(
            work.say,
            person,
            mine,
            past,
            book.calendar,
            work.now,
            owed=debts.listed(work.say, book, owes, today(work)),
        )
        yield Notice(
            key=f"{DIGEST}:{person.id}:{day}",
            chat_id=person.account,
            kind=DIGEST,
            card=card,
            priority=NOTICE if past or owes.late else REMINDER,
            legal=bool(past or owes.late),
            person_id=person.id,
        )


def _not_listed(overdue: Sequence[Report]) -> list[Report]:
    """What a body or the office itself owes stands on the lists of those who answer for it."""
    return [each for each in overdue if each.debtor.partition(":")[0] not in (BODY, CLERKS)]


def _by_person(book: Ledger, several: Sequence[Report]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = {}
    answering: dict[str, tuple[Person, ...]] = {}
    for report in several:
        if report.debtor not in answering:
            answering[report.debtor] = answerable(report.debtor, book.staff, book.regulation)
        for person in answering[report.debtor]:
            found.setdefault(person.id, []).append(report)
    return found


@live_card(DIGEST)
async def _morning_card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """The morning's word to a person as it stands now: what was delivered since shows as delivered."""
    person = await people.person(work.tx, ids[0])
    if person is None or person.account != chat_id or not ids[1:]:
        return None
    book = await generate.ledger(work, person.committee)
    keys = keys_of(person, book.staff, book.regulation)
    said: dict[str, list[Report]] = {"reminded": [], "overdue": []}
    for report in await reports.of_debtors(work.tx, person.committee, keys):
        for act in report.acts:
            if act.kind in SHOWN and act.day and f"{act.day:%Y%m%d}" == str(ids[1]):
                said[SHOWN[act.kind]].append(report)
    late = _not_listed(said["overdue"])
    day = datetime.strptime(str(ids[1]), "%Y%m%d").replace(tzinfo=VIET_NAM).date()
    owes = debts.of_person(book, await debts.said_on(work, book, day), person)
    if not (said["reminded"] or late or owes.several):
        return None
    owed = debts.listed(work.say, book, owes, today(work))
    return digest_cards.reminder(
        work.say, person, said["reminded"], late, book.calendar, work.now, owed=owed
    )


@delivered.follow
async def _placed(work: UnitOfWork, sent: Delivered) -> None:
    """The morning's word keeps its place, so that it can show what is delivered since."""
    row = sent.row
    if row.kind == DIGEST:
        await places.place(work.tx, row.chat_id, sent.message_id, row.key, work.now)


async def refresh(work: UnitOfWork, book: Ledger, report: Report) -> None:
    """Have the last morning's word about it show how it stands now."""
    told = report.last(*SHOWN)
    if told is None or told.day is None:
        return
    for person in answerable(report.debtor, book.staff, book.regulation):
        await places.refresh(work.tx, f"{DIGEST}:{person.id}:{told.day:%Y%m%d}", work.now)


@owed_face.settled.follow
async def _refresh_owed(work: UnitOfWork, debt: Debt) -> None:
    """The last morning's word about a debt shows that it is settled."""
    day = await owed_face.last_morning(work.tx, debt.id)
    if day is None:
        return
    book = await generate.ledger(work, debt.committee)
    for person in debts.answering(book, debt):
        await places.refresh(work.tx, f"{DIGEST}:{person.id}:{day:%Y%m%d}", work.now)


# --- who hears of it: office and heads ---------------------------------------------------------


async def _to_office(
    work: UnitOfWork, book: Ledger, overdue: Sequence[Report], late: Sequence[Debt]
) -> None:
    owed = debts.listed(work.say, book, Morning(late=tuple(late)), today(work))
    committee = book.committee
    card = digest_cards.overdue_list(
        work.say, committee.id, committee.name, overdue, today(work), owed=owed
    )
    clerks = (person for person in book.everybody if person.is_clerk)
    await notify(work, clerks, card, f"report_overdue:{_this_morning(work, book)}")


def _this_morning(work: UnitOfWork, book: Ledger) -> str:
    return f"{book.committee.id}:{today(work):%Y%m%d}"


async def _to_heads(
    work: UnitOfWork, book: Ledger, overdue: Sequence[Report], late: Sequence[Debt]
) -> None:
    of_head: dict[int, list[Report]] = {}
    owed: dict[int, list[Debt]] = {}
    heads: dict[int, Person] = {}
    for report in overdue:
        for head in _heads(book, report):
            heads[head.id] = head
            of_head.setdefault(head.id, []).append(report)
    for debt in late:
        for head in debts.heads(book, debt):
            heads[head.id] = head
            owed.setdefault(head.id, []).append(debt)

    def shown(head: Person) -> Card:
        several = of_head.get(head.id, [])
        names = tuple(dict.fromkeys(report.debtor_name for report in several))
        late_here = Morning(late=tuple(owed.get(head.id, [])))
        listed = debts.listed(work.say, book, late_here, today(work))
        return digest_cards.overdue_short(
            work.say, book.committee.name, several, names, today(work), owed=listed
        )

    others = (head for head in heads.values() if not head.is_clerk)
    await notify(work, others, shown, f"report_overdue_head:{_this_morning(work, book)}")


def _heads(book: Ledger, report: Report) -> list[Person]:
    """The head, and who stands in, of the body that is owed it or owes it, else of the committee's first body."""
    duty = book.duty(report.duty)
    refs = [report.debtor.partition(":")[2] if report.debtor.startswith(f"{BODY}:") else ""]
    refs += [party.ref or "" for party in duty.to] if duty else []
    return book.heads(*refs)
