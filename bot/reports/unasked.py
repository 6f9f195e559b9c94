"""A report sent unasked: who owes such reports starts one, when something happens that the text calls «đột xuất»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.db.notice import Button, Card
from bot.kit.act import act
from bot.kit.ask import NOTHING, File, Given, Handed, Words
from bot.kit.card import to_home
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.people.face import is_agency
from bot.people.rules.people import Person
from bot.regulations.rules.duties import Duty, PartyKind
from bot.rendering import Rendering
from bot.reports import generate
from bot.reports import store as reports
from bot.reports.access import may_send, member
from bot.reports.ad_hoc import occasion
from bot.reports.generate import Ledger, today
from bot.reports.papers import fit_to_show, mark_of, number_and_date
from bot.reports.rules.owing import Debtor
from bot.reports.rules.report import Report, ReportAct, ReportActKind
from bot.reports.store import AdHoc, NewReport
from bot.values.action import action
from bot.values.limits import AD_HOC_WORDS_LIMIT
from bot.values.refusal import Refusal, refuse
from bot.values.words import refuse_secret


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody of the committee before what he may send unasked, each duty with whom he answers for."""

    person: Person
    book: Ledger
    may: tuple[tuple[Duty, Debtor], ...]

    def of(self, duty_id: str) -> tuple[Duty, Debtor]:
        """The duty of that id, with its debtor; refused where it is not among those."""
        found = next((each for each in self.may if each[0].id == duty_id), None)
        return found or refuse("report_not_unasked")


async def _find(work: UnitOfWork, account: int, committee: int) -> Sender:
    person, book = await member(work, account, committee)
    return Sender(person, book, may_send(book, person))


def _refuse_duty(found: Sender, duty_id: str, _at: datetime) -> Refusal | None:
    if any(duty.id == duty_id for duty, _ in found.may):
        return None
    duty = found.book.duty(duty_id)
    return Refusal("report_not_unasked", duty.article if duty else None)


async def _ask_words(work: UnitOfWork, found: Sender, args: tuple[str, ...], _page: int) -> Screen:
    return Screen(asks(work.say, found, args[1], "words"), as_new_message=True)


async def _ask_file(work: UnitOfWork, found: Sender, args: tuple[str, ...], _page: int) -> Screen:
    return Screen(asks(work.say, found, args[1], "file", (*args, NOTHING)), as_new_message=True)


def _anything(_found: Sender, _handed: Handed, _at: datetime) -> Refusal | None:
    return None


def _refuse_words(_found: Sender, words: str, _at: datetime) -> Refusal | None:
    return refuse_secret(words)


@act(
    "report_unasked",
    find=_find,
    needs=(
        Given(_refuse_duty),
        File(_ask_file, number_and_date, _anything),
        Words(_ask_words, AD_HOC_WORDS_LIMIT, _refuse_words),
    ),
)
async def send(
    work: UnitOfWork, found: Sender, at: datetime, duty_id: str, handed: str, words: str
) -> Screen:
    """It stands as delivered at once, under its duty; those to whom it goes are told, with the file."""
    duty, debtor = found.of(duty_id)
    paper = Handed.of(handed)
    mark = mark_of(paper.words, at)
    report = await _enter(work, found, duty, debtor, words)
    done = ReportAct(
        ReportActKind.DELIVER,
        at,
        found.person.id,
        number=mark.number,
        paper_on=mark.day,
        file=fit_to_show(paper.file) if paper.file else None,
    )
    detail = {
        "duty": duty.id,
        "period": report.period,
        "debtor": report.debtor_name,
        "number": done.number,
        "paper_on": done.paper_on.isoformat() if done.paper_on else None,
        "file": done.file.sha256 if done.file else None,
    }
    named = reference("report", report.id)
    line = Line(report.committee, found.person, "report_deliver", named, detail)
    await work.write(reports.add_acts([(report.id, done)]), line)
    sent = replace(report, acts=(done,))
    await _tell(work, found, duty, sent, words)
    return Screen(shown_to_sender(work.say, duty, sent, words))


async def _enter(work: UnitOfWork, found: Sender, duty: Duty, debtor: Debtor, words: str) -> Report:
    """What happened, kept as what is asked for by hand is, by who sends it."""
    committee, day = found.book.committee.id, today(work)
    kept = AdHoc(
        committee=committee,
        duty=duty.id,
        name=work.say.label("hand.unasked"),
        words=words,
        to_whom=", ".join(party.name for party in duty.to),
        article=duty.article,
        due_on=day,
        due_at=None,
        asked_by=found.person.id,
        asked_at=work.now,
    )
    detail = {"duty": duty.id, "debtor": debtor.key, "words": words}

    def line(given: int) -> Line:
        return Line(committee, found.person, "send_ad_hoc", reference("hand_duty", given), detail)

    hand_id = await work.write(reports.add_ad_hoc(kept), line)
    period = await occasion(work, kept)
    new = NewReport(
        duty=duty.id,
        period=period,
        debtor=debtor.key,
        debtor_name=generate.name_of(work, debtor),
        rulebook=found.book.committee.rulebook,
        what=kept.name,
        article=duty.article,
        first_day=day,
        due_on=day,
        person=debtor.person,
        hand_id=hand_id,
    )
    await generate.enter(work, committee, [new])
    (report,) = await reports.of_period(work.tx, committee, duty.id, period)
    return report


async def _tell(work: UnitOfWork, found: Sender, duty: Duty, sent: Report, words: str) -> None:
    """The heads of the bodies to which it goes, and the office, which collates; who sent it knows."""
    bodies = [b for b in found.book.regulation.bodies if _goes_to(duty, b.id)]
    heads = [head for body in bodies for head in found.book.staff.heads(body)]
    clerks = [person for person in found.book.everybody if person.is_clerk]

    def shown(person: Person) -> Card:
        return told(work.say, duty, sent, words, person)

    to = [person for person in (*heads, *clerks) if person.id != found.person.id]
    files = tuple(each.file for each in sent.acts if each.file)
    await notify(work, to, shown, f"hand_unasked:{sent.id}", files=files)


def _goes_to(duty: Duty, body: str) -> bool:
    return any(party.kind is PartyKind.BODY and party.ref == body for party in duty.to)


# --- how it looks ----------------------------------------------------------------------------


def asks(
    say: Rendering, found: Sender, duty_id: str, question: str, plain: tuple[str, ...] = ()
) -> Card:
    """Asks for the file, which may be none, then what has happened."""
    duty, debtor = found.of(duty_id)
    text = say.text(
        "report_unasked_ask",
        duty=duty,
        debtor=debtor,
        own=debtor.person == found.person.id,
        question=question,
        of_agencies=is_agency(found.person),
    )
    rows = [(Button(say.label("report_button.unasked_plain"), action("report_unasked", *plain)),)]
    back = Button(say.label("button.back"), action("reports", found.book.committee.id))
    return Card(text, (*(rows if plain else ()), (back,)))


def told(say: Rendering, duty: Duty, sent: Report, words: str, person: Person) -> Card:
    """To who gets it, or collates it."""
    text = say.text(
        "hand_unasked",
        duty=duty,
        sent=sent,
        words=words,
        act=sent.acts[-1],
        name=person.name,
        of_agencies=is_agency(person),
        received=True,
    )
    return Card(text, ((_see(say, sent),), to_home(say)))


def shown_to_sender(say: Rendering, duty: Duty, sent: Report, words: str) -> Card:
    """To who sent it: it is out, and to whom."""
    text = say.text(
        "hand_unasked", duty=duty, sent=sent, words=words, act=sent.acts[-1], received=False
    )
    return Card(text, ((_see(say, sent),), to_home(say)))


def _see(say: Rendering, sent: Report) -> Button:
    return Button(say.label("report_button.see"), action("report", sent.id))
