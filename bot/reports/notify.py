"""Who is told what about reports, in the transaction of the act. Only office and head learn of another's delay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.db import live_cards as places
from bot.db import outbox, people
from bot.db.notice import NOTICE, REMINDER, Card, Notice
from bot.kit.live import Delivered, delivered, live_card
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person, head_of
from bot.reports import store as reports
from bot.reports.duties import cards, generate
from bot.reports.duties.generate import Ledger, today
from bot.reports.rules.owing import BODY, CLERKS, answerable, keys_of
from bot.reports.rules.report import Report, ReportActKind

MORNING = "report_morning"
"""The kind of the morning's word to a debtor; its key is the name of its live card, too."""
SHOWN = {ReportActKind.REMIND: "reminded", ReportActKind.LIST: "overdue"}


async def morning(
    work: UnitOfWork, book: Ledger, reminded: Sequence[Report], overdue: Sequence[Report]
) -> None:
    """One message to each who owes, one list to the office, a short one to the heads."""
    if not reminded and not overdue:
        return
    notices = [*_to_debtors(work, book, reminded, overdue)]
    if overdue:
        notices += [*_to_office(work, book, overdue), *_to_heads(work, book, overdue)]
    await outbox.put_many(work.tx, notices, work.now)
    detail = {
        "reminded": [report.id for report in reminded],
        "overdue": [report.id for report in overdue],
    }
    committee = book.committee.id
    await work.record(committee, None, "reports_told", f"committee:{committee}", detail)


# --- to those who owe --------------------------------------------------------------------------


def _to_debtors(
    work: UnitOfWork, book: Ledger, reminded: Sequence[Report], overdue: Sequence[Report]
) -> Iterable[Notice]:
    ahead, late = _by_person(book, reminded), _by_person(book, _not_listed(overdue))
    day = f"{today(work):%Y%m%d}"
    for person in book.everybody:
        mine, past = ahead.get(person.id, []), late.get(person.id, [])
        if person.account is None or not (mine or past):
            continue
        card = cards.reminder(work.say, person, mine, past, book.calendar, work.now)
        yield Notice(
            key=f"{MORNING}:{person.id}:{day}",
            chat_id=person.account,
            kind=MORNING,
            card=card,
            priority=NOTICE if past else REMINDER,
            legal=bool(past),
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
            answering[report.debtor] = answerable(report.debtor, book.everybody, book.regulation)
        for person in answering[report.debtor]:
            found.setdefault(person.id, []).append(report)
    return found


async def morning_card(work: UnitOfWork, person: Person, day: int) -> Card | None:
    """The morning's word to a person as it stands now: what was delivered since shows as delivered."""
    book = await generate.ledger(work, person.committee)
    keys = keys_of(person, book.everybody, book.regulation)
    said: dict[str, list[Report]] = {"reminded": [], "overdue": []}
    for report in await reports.of_debtors(work.tx, person.committee, keys):
        for act in report.acts:
            if act.kind in SHOWN and act.day and f"{act.day:%Y%m%d}" == str(day):
                said[SHOWN[act.kind]].append(report)
    late = _not_listed(said["overdue"])
    if not said["reminded"] and not late:
        return None
    return cards.reminder(work.say, person, said["reminded"], late, book.calendar, work.now)


@live_card(MORNING)
async def _live_morning(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    person = await people.person(work.tx, ids[0])
    if person is None or person.account != chat_id or not ids[1:]:
        return None
    return await morning_card(work, person, ids[1])


@delivered.follow
async def _placed(work: UnitOfWork, sent: Delivered) -> None:
    """The morning's word keeps its place, so that it can show what is delivered since."""
    row = sent.row
    if row.kind == MORNING:
        await places.place(work.tx, row.chat_id, sent.message_id, row.key, work.now)


async def refresh(work: UnitOfWork, report: Report) -> None:
    """Have the last morning's word about it show how it stands now."""
    told = report.last(*SHOWN)
    if told is None or told.day is None:
        return
    everybody = await people.of_committee(work.tx, report.committee)
    book = await generate.ledger(work, report.committee)
    for person in answerable(report.debtor, everybody, book.regulation):
        await places.refresh(work.tx, f"{MORNING}:{person.id}:{told.day:%Y%m%d}", work.now)


# --- to office and heads -----------------------------------------------------------------------


def _to_office(work: UnitOfWork, book: Ledger, overdue: Sequence[Report]) -> Iterable[Notice]:
    card = cards.overdue_list(
        work.say, book.committee.id, book.committee.name, overdue, today(work)
    )
    clerks = [person for person in book.everybody if person.is_clerk]
    yield from _notices(work, book, clerks, card, "report_overdue")


def _to_heads(work: UnitOfWork, book: Ledger, overdue: Sequence[Report]) -> Iterable[Notice]:
    of_head: dict[int, list[Report]] = {}
    heads: dict[int, Person] = {}
    for report in overdue:
        for head in _heads(book, report):
            heads[head.id] = head
            of_head.setdefault(head.id, []).append(report)
    for id_, several in of_head.items():
        names = tuple(dict.fromkeys(report.debtor_name for report in several))
        card = cards.overdue_short(work.say, book.committee.name, several, names, today(work))
        if not heads[id_].is_clerk:
            yield from _notices(work, book, [heads[id_]], card, "report_overdue_head")


def _heads(book: Ledger, report: Report) -> list[Person]:
    """The head of the body to which it is owed or which owes it, else of the committee's first body."""
    duty = book.duty(report.duty)
    refs = [report.debtor.partition(":")[2] if report.debtor.startswith(f"{BODY}:") else ""]
    refs += [party.ref or "" for party in duty.to] if duty else []
    found = {body.id: head_of(book.everybody, body) for body in book.regulation.bodies}
    named = [head for ref in refs if (head := found.get(ref)) is not None]
    anyone = [head for head in found.values() if head is not None][:1]
    return list({head.id: head for head in named or anyone}.values())


def _notices(
    work: UnitOfWork, book: Ledger, to: Iterable[Person], card: Card, kind: str
) -> Iterable[Notice]:
    for person in to:
        if person.account is not None:
            yield Notice(
                key=f"{kind}:{book.committee.id}:{person.id}:{today(work):%Y%m%d}",
                chat_id=person.account,
                kind=kind,
                card=card,
                person_id=person.id,
            )


async def tell(work: UnitOfWork, to: Iterable[Person], card: Card, key: str, kind: str) -> None:
    """The same card to several persons who can be reached, once each under the key."""
    notices = [
        Notice(f"{key}:{person.id}", person.account, kind, card, person_id=person.id)
        for person in to
        if person.account is not None
    ]
    await outbox.put_many(work.tx, notices, work.now)
