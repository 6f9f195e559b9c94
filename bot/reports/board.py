"""The board of reports for clerk and head: by duty, by debtor, by period, as cards that page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bot.db.notice import Button, Card, Row
from bot.kit.act import press
from bot.kit.card import Page, page_of, to_home
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Rendering, initial
from bot.reports import store as reports
from bot.reports.access import office
from bot.reports.generate import Ledger, today
from bot.reports.lines import period_name
from bot.reports.rules.owing import PERSON
from bot.reports.rules.report import Cell, Report, Standing, cells, grouped, of_year, tally, years
from bot.values.action import Action, action
from bot.values.refusal import refuse

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Board:
    """Everything ever owed in a committee as it stands now, before somebody of the office."""

    actor: Person
    book: Ledger
    cells: tuple[Cell, ...]
    this_year: int

    @property
    def years(self) -> list[int]:
        """The years that have anything, and this one."""
        return sorted({*years(self.cells), self.this_year})

    def of_year(self, year: int) -> list[Cell]:
        """What was or is due in one year."""
        return of_year(self.cells, year)

    def like(self, report: Report) -> tuple[Cell, ...]:
        """What everybody owes for the duty and period of a report."""
        place = report.duty, report.period
        return tuple(c for c in self.cells if (c.report.duty, c.report.period) == place)


async def board_of(work: UnitOfWork, account: int, committee: int) -> Board:
    """The board, for clerks and heads of the committee; others learn nothing (I10)."""
    actor, book = await office(work, account, committee)
    found = await reports.of_committee(work.tx, committee)
    in_order = sorted(found, key=_place(book.regulation))
    every = cells(in_order, book.calendar, work.now)
    return Board(actor, book, tuple(every), today(work).year)


def _place(regulation: Regulation) -> Callable[[Report], tuple[object, ...]]:
    """By duty as the rule book lists them, what was asked for by hand last; then by day."""
    known = {duty.id: place for place, duty in enumerate(regulation.duties)}

    def place(report: Report) -> tuple[object, ...]:
        asked = report.hand_id is not None
        return (known.get(report.duty, len(known)), asked, report.last_day, report.id)

    return place


async def around(work: UnitOfWork, account: int, report_id: int) -> tuple[Board, Report]:
    """The board around one report, which stands for its duty, its period, its debtor, its year."""
    report = await reports.get(work.tx, report_id)
    if report is None:
        refuse("gone")
    return await board_of(work, account, report.committee), report


# --- what is pressed ---------------------------------------------------------------------------


@press("rboard")
async def overview(context: Context, tap: Tap) -> Screen:
    """The press "Bảng báo cáo": one year by duty, this one where none is named."""
    year = tap.year(1) if len(tap.args) > 1 else None
    async with context.look() as work:
        board = await board_of(work, tap.account, tap.number(0))
    return Screen(by_duty(context.say, board, year or board.this_year, tap.page(2)))


@press("rdebtors")
async def debtors(context: Context, tap: Tap) -> Screen:
    """One year by debtor."""
    year = tap.year(1)
    async with context.look() as work:
        board = await board_of(work, tap.account, tap.number(0))
    return Screen(by_debtor(context.say, board, year, tap.page(2)))


Drawn = Callable[[Rendering, Board, Report, int], Card]


async def _around_report(context: Context, tap: Tap, drawn: Drawn) -> Screen:
    async with context.look() as work:
        board, report = await around(work, tap.account, tap.number(0))
    return Screen(drawn(context.say, board, report, tap.page(1)))


@press("rduty")
async def duty(context: Context, tap: Tap) -> Screen:
    """One duty in one year, by period."""
    return await _around_report(context, tap, by_period)


@press("rperiod")
async def period(context: Context, tap: Tap) -> Screen:
    """One duty and period: every debtor with how it stands."""
    return await _around_report(context, tap, of_period)


@press("rdebtor")
async def debtor(context: Context, tap: Tap) -> Screen:
    """One debtor in one year: every report with how it stands."""
    return await _around_report(context, tap, of_debtor)


# --- how it reads ------------------------------------------------------------------------------

GROUPS = 8
"""Groups on one page; each is a button too."""
LEAVES = 15


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that belong together: what they have in common, and how many stand where."""

    name: str
    article: str
    due: date | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One report on the board; `late` counts working days past its last acceptable day."""

    name: str
    standing: str
    late: int
    due: date
    delivered_on: date | None
    number: str
    paper_on: date | None
    files: int
    why: str


def counts(several: Sequence[Cell]) -> dict[str, int]:
    """How many stand where, by the id of the standing; what nobody stands as is left out."""
    return {each.value: count for each, count in tally(several).items() if count}


# --- groups ----------------------------------------------------------------------------------


def by_duty(say: Rendering, board: Board, year: int, page: int) -> Card:
    """One year of the committee, by duty."""
    several = board.of_year(year)
    groups = [
        (
            _group(same[0].report.what, same[0].report.article, None, same),
            action("rduty", same[0].report.id),
        )
        for same in grouped(several, lambda cell: cell.report.duty).values()
    ]
    committee = board.book.committee.id
    acts = [*_turn_years(say, board, year), *_ways_on(say, board, year, several)]
    turn = _Turn("rboard", (committee, year), page)
    shown = _Groups("year", "", "", year, several, groups, turn, [*acts, to_home(say)])
    return _groups(say, board, shown)


def by_debtor(say: Rendering, board: Board, year: int, page: int) -> Card:
    """One year of the committee, by debtor, in the order of the people."""
    several = board.of_year(year)
    groups = [
        (_group(same[0].report.debtor_name, "", None, same), action("rdebtor", same[0].report.id))
        for same in grouped(several, lambda cell: cell.report.debtor).values()
    ]
    committee = board.book.committee.id
    turn = _Turn("rdebtors", (committee, year), page)
    back = _back(say, action("rboard", committee, year))
    return _groups(say, board, _Groups("debtors", "", "", year, several, groups, turn, [back]))


def by_period(say: Rendering, board: Board, report: Report, page: int) -> Card:
    """One duty in one year, by period."""
    year = report.last_day.year
    several = [cell for cell in board.of_year(year) if cell.report.duty == report.duty]
    groups = [
        (
            _group(_period(say, same[0].report), "", _one_day(same), same),
            action("rperiod", same[0].report.id),
        )
        for same in grouped(several, lambda cell: cell.report.period).values()
    ]
    turn = _Turn("rduty", (report.id,), page)
    back = _back(say, action("rboard", report.committee, year))
    title, article = report.what, report.article
    shown = _Groups("duty", title, article, year, several, groups, turn, [back])
    return _groups(say, board, shown)


def _group(name: str, article: str, due: date | None, several: Sequence[Cell]) -> Group:
    return Group(name, article, due, counts(several))


def _one_day(several: Sequence[Cell]) -> date | None:
    """The day on which all of them are due, where it is one."""
    days = {cell.report.stated_day for cell in several}
    return days.pop() if len(days) == 1 else None


def _one_hour(several: Sequence[Cell]) -> datetime | None:
    """The moment a person fixed for all of them, where it is one."""
    hours = {cell.report.due_at for cell in several}
    return hours.pop() if len(hours) == 1 else None


def _period(say: Rendering, report: Report) -> str:
    """The period by its name; a single occasion by its day."""
    return period_name(say, report.period) or say.day(report.stated_day)


@dataclass(frozen=True, slots=True)
class _Turn:
    """How a card is paged: its action, the arguments before the page, the page asked for."""

    action: str
    args: tuple[int, ...]
    page: int


@dataclass(frozen=True, slots=True)
class _Groups:
    """What one card of groups shows: the whole it sums up, the groups with where each leads, the ways on."""

    kind: str
    title: str
    article: str
    year: int
    several: Sequence[Cell]
    groups: Sequence[tuple[Group, Action]]
    turn: _Turn
    ways: list[Row]


def _groups(say: Rendering, board: Board, shown: _Groups) -> Card:
    page = page_of(shown.groups, shown.turn.page, GROUPS)
    text = say.text(
        "report_board",
        kind=shown.kind,
        title=shown.title,
        article=shown.article,
        committee=board.book.committee.name,
        year=shown.year,
        counts=counts(shown.several),
        groups=[group for group, _ in page.entries],
        page=page.number + 1,
        pages=page.count,
    )
    rows: list[Row] = [(Button(initial(group.name), way),) for group, way in page.entries]
    return Card(text, (*rows, *_turns(say, shown.turn, page), *shown.ways))


def _turn_years(say: Rendering, board: Board, year: int) -> list[Row]:
    committee = board.book.committee.id
    turns = [each for each in (year - 1, year + 1) if each in board.years]
    row = tuple(
        Button(say.label("report_board_button.year", year=each), action("rboard", committee, each))
        for each in turns
    )
    return [row] if row else []


def _ways_on(say: Rendering, board: Board, year: int, several: Sequence[Cell]) -> list[Row]:
    committee = board.book.committee.id
    rows: list[Row] = []
    if several:
        by = say.label("report_board_button.debtors")
        rows.append((Button(by, action("rdebtors", committee, year)),))
    if board.cells:
        rows.append((Button(say.label("report_board_button.sheet"), action("rxlsx", committee)),))
    add = Button(say.label("report_board_button.add"), action("rhand", committee))
    rows.append((add,))
    return rows


# --- single reports --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above single reports: of what, for when, under which article, due when where all are."""

    title: str
    period: str
    article: str = ""
    due: date | None = None
    hour: datetime | None = None


def of_period(say: Rendering, board: Board, report: Report, page: int) -> Card:
    """One duty and period: every debtor, those who have not delivered first."""
    same = sorted(board.like(report), key=lambda cell: ORDER.index(cell.standing))
    ways: list[Row] = []
    if any(cell.report.files for cell in same):
        way = action("rzip", report.id)
        ways.append((Button(say.label("report_board_button.collate"), way, style="primary"),))
    bodys = next((c.report for c in same if not c.report.debtor.startswith(f"{PERSON}:")), None)
    if bodys is not None:
        label = say.label("report_board_button.figures")
        ways.append((Button(label, action("rstats", bodys.id)),))
    if report.hand_id is not None and any(cell.report.is_open for cell in same):
        ways.append((Button(say.label("hand_button.end"), action("rhand_end", report.id)),))
    ways.append(_back(say, action("rduty", report.id)))
    leaves = [(_leaf(cell, cell.report.debtor_name), cell.report) for cell in same]
    turn = _Turn("rperiod", (report.id,), page)
    head = _Head(report.what, _period(say, report), report.article, _one_day(same), _one_hour(same))
    return _leaves(say, head, same, leaves, turn, ways)


def of_debtor(say: Rendering, board: Board, report: Report, page: int) -> Card:
    """One debtor in one year: every report by its day."""
    year = report.last_day.year
    same = [cell for cell in board.of_year(year) if cell.report.debtor == report.debtor]
    same.sort(key=lambda cell: (cell.report.last_day, cell.report.id))
    leaves = [(_leaf(cell, _named(say, cell.report)), cell.report) for cell in same]
    turn = _Turn("rdebtor", (report.id,), page)
    ways: list[Row] = [_back(say, action("rdebtors", report.committee, year))]
    head = _Head(report.debtor_name, str(year))
    return _leaves(say, head, same, leaves, turn, ways)


ORDER = (Standing.MISSING, Standing.NOT_DUE, Standing.LATE, Standing.ON_TIME, Standing.EXCUSED)
"""What still has to come first."""


def _named(say: Rendering, report: Report) -> str:
    period = period_name(say, report.period)
    return f"{initial(period)}: {report.what}" if period else report.what


def _leaf(cell: Cell, name: str) -> Leaf:
    report, sent = cell.report, cell.report.delivered
    return Leaf(
        name=name,
        standing=cell.standing.value,
        late=cell.late,
        due=report.last_day,
        delivered_on=report.delivered_on,
        number=sent.number if sent else "",
        paper_on=sent.paper_on if sent else None,
        files=len(report.files),
        why=report.excused.words if report.excused else "",
    )


def _leaves(
    say: Rendering,
    head: _Head,
    same: Sequence[Cell],
    leaves: Sequence[tuple[Leaf, Report]],
    turn: _Turn,
    ways: list[Row],
) -> Card:
    page = page_of(leaves, turn.page, LEAVES)
    text = say.text(
        "report_board_leaves",
        title=head.title,
        period=head.period,
        article=head.article,
        due=head.due,
        hour=head.hour,
        counts=counts(same),
        leaves=[leaf for leaf, _ in page.entries],
        page=page.number + 1,
        pages=page.count,
    )
    rows: list[Row] = [
        (Button(initial(leaf.name), action("report", of.id)),) for leaf, of in page.entries
    ]
    return Card(text, (*rows, *_turns(say, turn, page), *ways))


# --- ways ------------------------------------------------------------------------------------


def _turns(say: Rendering, turn: _Turn, page: Page[T]) -> list[Row]:
    return [*page.turns(say, lambda number: action(turn.action, *turn.args, number))]


def _back(say: Rendering, way: Action) -> Row:
    return (Button(say.label("button.back"), way),)


def board_button(say: Rendering, committee: int) -> Button:
    """The way to the board."""
    return Button(say.label("report_board_button.board"), action("rboard", committee))


def files_card(say: Rendering, committee: str, made: str, parts: int) -> Card:
    """What stands above files that the bot has made: a table, or the reports of one period."""
    return Card(say.text("report_files_made", committee=committee, made=made, parts=parts))
