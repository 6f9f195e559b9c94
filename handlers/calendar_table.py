"""The working calendar on the phone of the clerk. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.calendar import acts
from bot.calendar.acts import Kind
from bot.db.notice import Card
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.values.refusal import Refusal

KINDS: dict[str, Kind] = {"off": "off", "working": "working"}
FAR = 9999
"""A year in four digits."""


def _shown(context: Context, card: Card | Refusal, toast: str = "") -> Screen | Refusal:
    if isinstance(card, Refusal):
        return card
    return Screen(card, toast=context.say.label(f"calendar_toast.{toast}") if toast else "")


def _year(tap: Tap, place: int) -> int:
    year = tap.number(place)
    if not 1 < year < FAR:
        raise MalformedPressError
    return year


def _day(tap: Tap) -> date:
    try:
        return date.fromisoformat(tap.word(1))
    except ValueError as error:
        raise MalformedPressError from error


async def calendar(context: Context, tap: Tap) -> Screen | Refusal:
    """A year of the calendar, or one page of it."""
    year = _year(tap, 1) if len(tap.args) > 1 else None
    page = tap.number(2) if len(tap.args) > 2 else 0  # noqa: PLR2004 - committee, year, page
    return _shown(context, await acts.page(context, tap.account, tap.number(0), year, page))


async def one_day(context: Context, tap: Tap) -> Screen | Refusal:
    """One day of the table."""
    return _shown(context, await acts.one_day(context, tap.account, tap.number(0), _day(tap)))


async def ask_days(context: Context, tap: Tap) -> Screen | Refusal:
    """The presses "Thêm ngày nghỉ" and "Thêm ngày làm bù"."""
    if tap.word(1) not in KINDS:
        raise MalformedPressError
    kind, year = KINDS[tap.word(1)], _year(tap, 2)
    return _shown(context, await acts.ask_days(context, tap.account, tap.number(0), kind, year))


async def add(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The days, typed."""
    kind, year = KINDS[ref["kind"]], ref["year"]
    card = await acts.add(context, sent.account, ref["committee"], kind, year, sent.text)
    return _shown(context, card)


async def remove(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Bỏ khỏi lịch"."""
    card = await acts.remove(context, tap.account, tap.number(0), _day(tap))
    return _shown(context, card, "removed")


PRESSES: dict[str, Pressed] = {
    "calendar": calendar,
    "calendar_day": one_day,
    "calendar_add": ask_days,
    "calendar_remove": remove,
}
WORDS: dict[str, Typed] = {"calendar_add": add}
