"""The board of reports for clerk and head: by duty, by debtor, by period. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.card import Card
from bot.domain.moments import in_viet_nam
from bot.domain.refusal import Refusal
from bot.domain.regulation import Regulation
from bot.domain.report import Report
from bot.domain.report_board import Cell, cells, of_year, years
from bot.services import personnel
from bot.services.cards.reports import board as cards
from bot.services.desk import Desk, Work
from bot.services.personnel import Office
from bot.store import calendar, reports


@dataclass(frozen=True, slots=True)
class Board:
    """Everything ever owed in a committee as it stands now, before somebody of the office."""

    office: Office
    cells: tuple[Cell, ...]
    this_year: int

    @property
    def years(self) -> list[int]:
        """The years that have anything, and this one."""
        return sorted({*years(self.cells), self.this_year})

    def of_year(self, year: int) -> list[Cell]:
        """What was or is due in one year."""
        return of_year(self.cells, year)


async def board_of(work: Work, account: int, committee: int) -> Board | Refusal:
    """The board, for clerks and heads of the committee; others learn nothing (I10)."""
    office = await personnel.office_of(work, account, committee)
    if isinstance(office, Refusal):
        return office
    days = await calendar.working_calendar(work.tx, committee)
    found = await reports.of_committee(work.tx, committee)
    in_order = sorted(found, key=_place(office.regulation))
    year = in_viet_nam(work.now).year
    return Board(office, tuple(cells(in_order, days, work.now)), year)


def _place(regulation: Regulation) -> Callable[[Report], tuple[object, ...]]:
    """By duty as the rule book lists them, what was asked for by hand last; then by day."""
    known = {duty.id: place for place, duty in enumerate(regulation.duties)}

    def place(report: Report) -> tuple[object, ...]:
        asked = report.hand_id is not None
        return (known.get(report.duty, len(known)), asked, report.last_day, report.id)

    return place


async def around(work: Work, account: int, report_id: int) -> tuple[Board, Report] | Refusal:
    """The board around one report, which stands for its duty, its period, its debtor, its year."""
    report = await reports.get(work.tx, report_id)
    if report is None:
        return Refusal("gone")
    board = await board_of(work, account, report.committee)
    return board if isinstance(board, Refusal) else (board, report)


# --- its screens -----------------------------------------------------------------------------


async def overview(
    desk: Desk, account: int, committee: int, year: int | None = None, page: int = 0
) -> Card | Refusal:
    """One year by duty."""
    async with desk.look() as work:
        board = await board_of(work, account, committee)
    if isinstance(board, Refusal):
        return board
    return cards.by_duty(desk.say, board, year or board.this_year, page)


async def debtors(
    desk: Desk, account: int, committee: int, year: int, page: int = 0
) -> Card | Refusal:
    """One year by debtor."""
    async with desk.look() as work:
        board = await board_of(work, account, committee)
    if isinstance(board, Refusal):
        return board
    return cards.by_debtor(desk.say, board, year, page)


async def duty(desk: Desk, account: int, report_id: int, page: int = 0) -> Card | Refusal:
    """One duty in one year, by period."""
    async with desk.look() as work:
        found = await around(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    return cards.by_period(desk.say, *found, page)


async def period(desk: Desk, account: int, report_id: int, page: int = 0) -> Card | Refusal:
    """One duty and period: every debtor with how it stands."""
    async with desk.look() as work:
        found = await around(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    return cards.of_period(desk.say, *found, page)


async def debtor(desk: Desk, account: int, report_id: int, page: int = 0) -> Card | Refusal:
    """One debtor in one year: every report with how it stands."""
    async with desk.look() as work:
        found = await around(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    return cards.of_debtor(desk.say, *found, page)
