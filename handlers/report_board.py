"""The board of reports on the phones of clerk and head. No rule lives here."""

from __future__ import annotations

from bot.domain.card import Answer, Card
from bot.domain.refusal import Refusal
from bot.services.desk import Desk
from bot.services.reports import board, figures, outlets
from handlers.taps import MalformedPressError, Pressed, Tap

FAR = 9999
"""A year in four digits."""


def _shown(card: Card | Refusal) -> Answer | Refusal:
    return card if isinstance(card, Refusal) else Answer(card)


def _page(tap: Tap, place: int) -> int:
    return tap.number(place) if len(tap.args) > place else 0


def _year(tap: Tap) -> int:
    year = tap.number(1)
    if not 1 < year < FAR:
        raise MalformedPressError
    return year


async def overview(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "Bảng báo cáo": one year by duty."""
    year = _year(tap) if len(tap.args) > 1 else None
    return _shown(await board.overview(desk, tap.account, tap.number(0), year, _page(tap, 2)))


async def debtors(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One year by debtor."""
    return _shown(await board.debtors(desk, tap.account, tap.number(0), _year(tap), _page(tap, 2)))


async def duty(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One duty by period."""
    return _shown(await board.duty(desk, tap.account, tap.number(0), _page(tap, 1)))


async def period(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One duty and period: every debtor."""
    return _shown(await board.period(desk, tap.account, tap.number(0), _page(tap, 1)))


async def debtor(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One debtor: every report of the year."""
    return _shown(await board.debtor(desk, tap.account, tap.number(0), _page(tap, 1)))


async def sheet(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The board as a spreadsheet."""
    return await outlets.sheet(desk, tap.account, tap.number(0))


async def collate(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The delivered files of one period together."""
    return await outlets.collate(desk, tap.account, tap.number(0))


async def numbers(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The figures of the period, to start a report from."""
    return await figures.show(desk, tap.account, tap.number(0))


PRESSES: dict[str, Pressed] = {
    "rboard": overview,
    "rdebtors": debtors,
    "rduty": duty,
    "rperiod": period,
    "rdebtor": debtor,
    "rxlsx": sheet,
    "rzip": collate,
    "rstats": numbers,
}
