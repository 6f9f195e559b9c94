"""The end of a committee asked at the machine: the same act as on the phone, entered for a clerk, confirmed there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.committees import machine
from bot.committees.closing import asking
from bot.committees.machine import Entered, Given
from bot.kit import ending
from bot.kit.unit import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Given):
    """What is asked, as typed: who goes on, "" where nobody does."""

    successor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending(Entered):
    """What was entered, with who goes on and what stands open."""

    successor: str
    open: tuple[tuple[str, str, str], ...]
    """What each is, its title, and what becomes of it."""


async def ask(work: UnitOfWork, wanted: Wanted) -> Ending:
    """Enter it for the clerk, who may take it back; see `asking`."""
    entered = await machine.asking(work, wanted)
    house, say = entered.house, work.say
    request = await asking.ask(
        work, entered.clerk, entered.since, wanted.successor, entered.decision, entered.by
    )
    return Ending(
        request=request.id,
        since=entered.since,
        seconds=await machine.second_names(work, asking.CLOSES, house, request),
        successor=asking.Closing.of(request.content).successor,
        open=tuple(
            (say.label(f"ending.{each.kind}"), each.title, say.label(f"ending_how.{each.kind}"))
            for each in await ending.standing(work, house.committee.id)
        ),
    )
