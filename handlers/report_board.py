"""The board of reports on the phones of clerk and head. No rule lives here."""

from __future__ import annotations

from bot.db.notice import Card
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Pressed, Tap
from bot.kit.unit import Context
from bot.reports.board import board, exports
from bot.reports.figures import figures
from bot.values.refusal import Refusal

FAR = 9999
"""A year in four digits."""


def _shown(card: Card | Refusal) -> Screen | Refusal:
    return card if isinstance(card, Refusal) else Screen(card)


def _page(tap: Tap, place: int) -> int:
    return tap.number(place) if len(tap.args) > place else 0


def _year(tap: Tap) -> int:
    year = tap.number(1)
    if not 1 < year < FAR:
        raise MalformedPressError
    return year


async def overview(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Bảng báo cáo": one year by duty."""
    year = _year(tap) if len(tap.args) > 1 else None
    return _shown(await board.overview(context, tap.account, tap.number(0), year, _page(tap, 2)))


async def debtors(context: Context, tap: Tap) -> Screen | Refusal:
    """One year by debtor."""
    return _shown(
        await board.debtors(context, tap.account, tap.number(0), _year(tap), _page(tap, 2))
    )


async def duty(context: Context, tap: Tap) -> Screen | Refusal:
    """One duty by period."""
    return _shown(await board.duty(context, tap.account, tap.number(0), _page(tap, 1)))


async def period(context: Context, tap: Tap) -> Screen | Refusal:
    """One duty and period: every debtor."""
    return _shown(await board.period(context, tap.account, tap.number(0), _page(tap, 1)))


async def debtor(context: Context, tap: Tap) -> Screen | Refusal:
    """One debtor: every report of the year."""
    return _shown(await board.debtor(context, tap.account, tap.number(0), _page(tap, 1)))


async def sheet(context: Context, tap: Tap) -> Screen | Refusal:
    """The board as a spreadsheet."""
    return await exports.sheet(context, tap.account, tap.number(0))


async def collate(context: Context, tap: Tap) -> Screen | Refusal:
    """The delivered files of one period together."""
    return await exports.collate(context, tap.account, tap.number(0))


async def numbers(context: Context, tap: Tap) -> Screen | Refusal:
    """The figures of the period, to start a report from."""
    return await figures.show(context, tap.account, tap.number(0))


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
