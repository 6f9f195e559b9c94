"""Verbs of the board of reports as what people do on their phones: buttons only."""

from __future__ import annotations

from bot.reports import overview
from bot.values.moments import in_viet_nam
from simulator.hands import Hands
from simulator.story import Step
from simulator.verbs.cast import Cast, Refusal, Verb


async def open_board(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Open "Bảng báo cáo": of a duty and period every debtor, else the year by duty."""
    refusal, _ = await _walk(cast, hands, step)
    return refusal


async def _walk(cast: Cast, hands: Hands, step: Step) -> tuple[Refusal, int]:
    """From the first screen to the board, its year, the duty, the period; gives the report it stands for."""
    if hands.shows("rboard", cast.committee) is None:
        await hands.say("/start")
    refusal = (await hands.press("rboard", cast.committee)).refusal
    if refusal is not None or not step.duty:
        return refusal, 0
    async with cast.stage.context() as context:
        way = await overview.way_to(context, cast.committee, step.duty, step.period)
    if way.year != in_viet_nam(step.at).year:
        await hands.press("rboard", cast.committee, way.year)
    await hands.press("rduty", way.duty)
    return (await hands.press("rperiod", way.period)).refusal, way.period


async def fetch_sheet(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Have the board sent as a spreadsheet."""
    refusal = await open_board(cast, hands, step)
    return refusal or (await hands.press("rxlsx", cast.committee)).refusal


async def collate_reports(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Have the delivered files of a duty and period sent together."""
    refusal, report = await _walk(cast, hands, step)
    return refusal or (await hands.press("rzip", report)).refusal


async def fetch_figures(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Have the figures of a period told, to start a body's own report from."""
    async with cast.stage.context() as context:
        way = await overview.way_to(context, cast.committee, step.duty, step.period)
    return (await hands.press("rstats", way.own)).refusal


VERBS: dict[str, Verb] = {
    "open_board": open_board,
    "fetch_sheet": fetch_sheet,
    "collate_reports": collate_reports,
    "fetch_figures": fetch_figures,
}
