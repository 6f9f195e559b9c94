"""The end of a committee asked at the machine: the same act as on the phone, entered for a clerk, confirmed there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.committees import machine
from bot.committees.closing import asking
from bot.committees.closing.cards import groups
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
    open: tuple[tuple[str, list[str], int, str], ...]
    """Of each kind what it is, the first titles, how many more there are, and what becomes of them."""


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
            (say.label(f"ending.{kind}"), titles, more, say.label(f"ending_how.{kind}"))
            for kind, titles, more in groups(await ending.standing(work, house.committee.id))
        ),
    )
