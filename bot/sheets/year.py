"""A year at a glance: its numbers in words, and the ways to them as a picture and as a spreadsheet; for the office."""

from __future__ import annotations

from collections import Counter

from bot.consultations.overview import state_words
from bot.db.notice import Button, Card, Row
from bot.kit.act import press
from bot.kit.card import to_home
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.rendering import Rendering
from bot.sheets import gathering
from bot.sheets.access import office
from bot.sheets.rules.year import Kept, Year
from bot.values.action import action
from bot.values.moments import in_viet_nam

COUNTED = (Kept.KEPT, Kept.LACKING, Kept.RUNNING)
"""Periods that are told: what lies ahead, or before the founding, says nothing."""


@press("year")
async def show(context: Context, tap: Tap) -> Screen:
    """The press "Cả năm": this year where none is named."""
    committee = tap.number(0)
    async with context.look() as work:
        number = tap.year(1) if len(tap.args) > 1 else in_viet_nam(work.now).year
        year = await gathering.year_of(work, await office(work, tap.account, committee), number)
    return Screen(card(context.say, committee, year))


def card(say: Rendering, committee: int, year: Year) -> Card:
    """The year in words; of an empty one nothing is offered but other years."""
    closed = [each for each in year.matters if each.is_closed]
    came, asked = (
        sum(each.came for each in year.members),
        sum(each.asked for each in year.members),
    )
    text = say.text(
        "year",
        year=year,
        owed={each.value: count for each, count in year.owed.items() if count},
        kept={each.value: year.kept[each] for each in COUNTED if year.kept[each]},
        closed=len(closed),
        outcomes=dict(Counter(state_words(say, each.state) for each in closed).most_common()),
        came=came,
        asked=asked,
        share=came * 100 // asked if asked else 0,
    )
    return Card(text, (*_ways(say, committee, year), *_years(say, committee, year), to_home(say)))


def _ways(say: Rendering, committee: int, year: Year) -> list[Row]:
    rows: list[Row] = []
    if not year.is_empty:
        picture = say.label("sheet_button.picture")
        rows.append(
            (Button(picture, action("year_picture", committee, year.number), style="primary"),)
        )
    if year.matters or year.meetings:
        table = say.label("sheet_button.matters", year=year.number)
        rows.append((Button(table, action("matters_sheet", committee, year.number)),))
    return rows


def _years(say: Rendering, committee: int, year: Year) -> list[Row]:
    """The year before, and up to this one the year after; the way back to the list."""
    turns = [each for each in (year.number - 1, year.number + 1) if each <= year.today.year]
    row = tuple(
        Button(say.label("report_board_button.year", year=each), action("year", committee, each))
        for each in turns
    )
    return [row, (Button(say.label("button.back"), action("watch", committee)),)]
