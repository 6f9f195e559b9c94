"""Calling off asked at the machine: the same act as on the phone, entered for a clerk, confirmed there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.committees import machine
from bot.committees.calling_off import asking
from bot.committees.calling_off.asking import Coming
from bot.committees.machine import Entered, Given
from bot.kit.unit import UnitOfWork
from bot.values.refusal import refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Given):
    """What is asked, as typed: `since` is the day for which it is confirmed; `of` its number, where several are."""

    of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOff(Entered):
    """What was entered, and what would not be done, by its title."""

    title: str


async def ask(work: UnitOfWork, wanted: Wanted) -> CalledOff:
    """Enter it for the clerk, who may take it back; refused where nothing, or several things, are meant."""
    entered = await machine.asking(work, wanted)
    committee = entered.house.committee.id
    every = await asking.coming(work, committee)
    meant = [
        each
        for each in every
        if each.kind.since(each.request) == entered.since and wanted.of in (None, each.request.id)
    ]
    if len(meant) != 1:
        refuse("call_off_which", known=[await _named(work, each) for each in every])
    one = meant[0]
    request = await asking.ask(work, entered.clerk, one.request.id, entered.decision, entered.by)
    return CalledOff(
        request=request.id,
        since=entered.since,
        seconds=await machine.second_names(work, asking.CALLING_OFF, entered.house, request),
        title=(await one.kind.asked(work, one.request)).title,
    )


async def _named(work: UnitOfWork, each: Coming) -> tuple[int, str]:
    return each.request.id, (await each.kind.asked(work, each.request)).title
