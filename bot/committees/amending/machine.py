"""An amendment asked at the machine: the same act as on the phone, entered for a clerk, confirmed on the phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.committees import machine
from bot.committees.amending import asking
from bot.committees.amending.compared import compared
from bot.committees.amending.proposed import Base, Proposed, base, with_settings, with_text
from bot.committees.amending.words import Told, told
from bot.committees.machine import Entered, Given
from bot.committees.rules.amending import refuse_seats
from bot.kit.assumptions import meant
from bot.kit.unit import UnitOfWork
from bot.values.refusal import require


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Given):
    """What is asked, as typed: another file with its text, or values of settings by name."""

    file: str = ""
    text: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended(Entered):
    """What was entered, with all that it changes."""

    lines: tuple[Told, ...]


async def ask(work: UnitOfWork, wanted: Wanted) -> Amended:
    """Enter it for the clerk, who may take it back; see `asking`."""
    entered = await machine.asking(work, wanted)
    house = entered.house
    standing = await base(work, house.committee)
    proposed = _proposed(work, standing, wanted)
    require(refuse_seats(house.staff.everybody, proposed.regulation))
    request = await asking.ask(
        work, entered.clerk, proposed, entered.since, entered.decision, entered.by
    )
    books = compared(standing.regulation, proposed.regulation, proposed.kept)
    return Amended(
        request=request.id,
        since=entered.since,
        seconds=await machine.second_names(work, asking.AMENDING, house, request),
        lines=told(work.say, books),
    )


def _proposed(work: UnitOfWork, standing: Base, wanted: Wanted) -> Proposed:
    if not wanted.text:
        return with_settings(standing, _values(work, standing, wanted.settings))
    bare = with_text(standing, wanted.file, wanted.text, {})
    if not wanted.settings:
        return bare
    anew = Base(bare.regulation, bare.kept)
    values = _values(work, anew, wanted.settings)
    return with_text(standing, wanted.file, wanted.text, values)


def _values(work: UnitOfWork, of: Base, given: Mapping[str, str]) -> dict[str, object]:
    """The values typed, as their settings mean them; an unknown name stays, and is refused where it is read."""
    known = {each.name: each for each in of.regulation.settings}
    return {
        name: meant(work.say, known[name], typed) if name in known else typed
        for name, typed in given.items()
    }
