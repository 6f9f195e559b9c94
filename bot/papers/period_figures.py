"""The report of a period's figures: what it tells as words for a template, and the way to it from the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.db.notice import Button, Card
from bot.issuing.face import Issued, issues
from bot.issuing.rules.letterhead import Letterhead, Paper
from bot.issuing.rules.numbers import Number
from bot.kit.act import press
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.papers import drawing_up
from bot.papers.heading import headed
from bot.papers.listing import Numbers, numbers_of, rows_of
from bot.rendering import Rendering
from bot.reports import face as reports
from bot.reports.rules.report import Report
from bot.values.action import Action, action
from bot.values.moments import as_papers_write, in_viet_nam


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """All that the paper is drawn up from."""

    counted: reports.Figures
    head: Letterhead
    number: Number | None
    register_head: str
    now: datetime


def figures_view(say: Rendering, facts: PeriodFacts) -> dict[str, Any]:
    """The fields of the template: words, and lists of words."""
    counted = facts.counted
    until = in_viet_nam(facts.now).date()
    received = ""
    if counted.received:
        received = say.plain("papers/received", received=counted.received)
    return {
        **headed(say, facts.head, Paper.FIGURES, facts.number, until),
        "what": counted.report.what,
        "period": reports.period_name(say, counted.report.period),
        "article": counted.report.article,
        "issuer": facts.head.issuer,
        "first": as_papers_write(counted.first),
        "last": as_papers_write(counted.last if counted.ended else until),
        "bodies": [
            {
                "place": str(place),
                "name": each.body.name,
                "members": _members(say, each),
                "lines": [
                    line.removeprefix("– ")
                    for line in say.plain(
                        "papers/figures", each=each, ended=counted.ended
                    ).splitlines()
                ],
            }
            for place, each in enumerate(counted.bodies, 1)
        ],
        "received": received,
        "register_head": facts.register_head,
    }


def _members(say: Rendering, each: reports.OfBody) -> str:
    """Who sits in it now, which is said: in a period that is over others may have."""
    kind = "agencies" if each.body.of_agencies else "members"
    if not each.members:
        return say.label(f"paper_words.no_{kind}")
    return say.label(f"paper_words.count_{kind}", count=each.members)


@issues("report")
async def of_report(work: UnitOfWork, report_id: int) -> Issued | None:
    """The figures of what a body or the office owes; what one person owes gives rise to no paper of a body."""
    report = await reports.get(work.tx, report_id)
    body = await _body(work, report) if report else ""
    if report is None or not body:
        return None
    drawn = frozenset({Paper.FIGURES})
    way = action("figures_files", report.id)
    return Issued(report.committee, body, report.what, drawn, drawn, frozenset(), way)


async def _body(work: UnitOfWork, report: Report) -> str:
    """The body that issues it: the one that owes it, of an office the first of the committee."""
    kind, _, of = report.debtor.partition(":")
    if kind == reports.BODY:
        return of
    book = await reports.ledger(work, report.committee)
    return "" if kind == reports.PERSON else book.regulation.bodies[0].id


@press("figures_files")
async def papers(context: Context, tap: Tap) -> Screen:
    """The paper of the figures with its number, for whoever may see them."""
    async with context.look() as work:
        before = await reports.find_figures(work, tap.account, tap.number(0))
        issued = await of_report(work, before.report.id)
        numbers = await numbers_of(work, issued, before.reference)
    return Screen(listed(context.say, before.report, numbers))


@press("figures_file")
async def paper(context: Context, tap: Tap) -> Screen:
    """The figures as a file to be opened in Word."""

    async def find(work: UnitOfWork) -> reports.Access:
        return await reports.find_figures(work, tap.account, tap.number(0))

    before, file = await drawing_up.handed_out(context, find, _draft)
    return Screen(files=(file,), files_card=made_card(context.say, before.report))


async def _draft(work: UnitOfWork, before: reports.Access) -> drawing_up.Draft:
    return await draft_of_report(work, before.report)


async def all_of_report(work: UnitOfWork, report: Report) -> list[drawing_up.Draft]:
    """The paper of its figures once its day has come, where a body or the office owes it; else none."""
    if report.last_day > reports.today(work) or not await _body(work, report):
        return []
    return [await draft_of_report(work, report)]


async def draft_of_report(work: UnitOfWork, report: Report) -> drawing_up.Draft:
    """What the paper of a period's figures is made from."""
    body, subject = await _body(work, report), reference("report", report.id)
    issue = await drawing_up.issue(work, report.committee, body, subject, Paper.FIGURES)
    book = await reports.ledger(work, report.committee)
    counted = await reports.figures_of(work, book, report)
    facts = PeriodFacts(counted, issue.head, issue.number, issue.register_head, work.now)
    fields = figures_view(work.say, facts)
    title = work.say.label(f"paper.{Paper.FIGURES.value}")
    beside = len(work.say.label("paper_words.file_of_period", paper=title, of="")) - len(".docx")
    of = reports.in_file_name(work.say, report, whose=True, beside=beside)
    name = work.say.label("paper_words.file_of_period", paper=title, of=of)
    return drawing_up.Draft(Paper.FIGURES, name, issue.head.profile, issue.template, fields)


def listed(say: Rendering, report: Report, numbers: Numbers) -> Card:
    """The paper as a button, and its number."""

    def file(_paper: Paper) -> Action:
        return action("figures_file", report.id)

    rows = rows_of(say, f"report:{report.id}", (Paper.FIGURES,), file, numbers)
    back = Button(say.label("button.back"), action("report", report.id))
    text = say.text("figures_files", report=report, period=reports.period_name(say, report.period))
    return Card(text, (*rows, (back,)))


def made_card(say: Rendering, report: Report) -> Card:
    """What stands above the paper that was drawn up."""
    period = reports.period_name(say, report.period)
    return Card(say.text("figures_file", report=report, period=period))
