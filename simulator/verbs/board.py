"""Verbs of the board of reports as what people do on their phones: buttons only."""

from __future__ import annotations

from bot.services.reports import told
from simulator.hands import Hands
from simulator.story import Step
from simulator.verbs.cast import Cast, Refusal, Verb


async def open_board(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Open "Bảng báo cáo": of a duty and period every debtor, else the year by duty."""
    if not step.duty:
        return (await hands.press("rboard", cast.committee)).refusal
    async with cast.stage.desk() as desk:
        found = await told.any_of(desk, cast.committee, step.duty, step.period)
    return (await hands.press("rperiod", found)).refusal


async def fetch_sheet(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Have the board sent as a spreadsheet."""
    return (await hands.press("rxlsx", cast.committee)).refusal


async def collate_reports(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Have the delivered files of a duty and period sent together."""
    async with cast.stage.desk() as desk:
        found = await told.any_of(desk, cast.committee, step.duty, step.period)
    return (await hands.press("rzip", found)).refusal


async def fetch_figures(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Have the figures of a period told, to start a body's own report from."""
    async with cast.stage.desk() as desk:
        found = await told.any_of(desk, cast.committee, step.duty, step.period)
    return (await hands.press("rstats", found)).refusal


VERBS: dict[str, Verb] = {
    "open_board": open_board,
    "fetch_sheet": fetch_sheet,
    "collate_reports": collate_reports,
    "fetch_figures": fetch_figures,
}
