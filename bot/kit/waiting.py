"""The first screen: what is under way, what waits, and the ways to the subjects. Each subject enters its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.values.action import Action


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person; the earliest `at` comes first on the list, after what is wanted `now`.

    `kind` names its words in the labels ("task", "waiting"); `press` leads there; `due` is the moment
    told beside it, where there is one to tell. What is wanted `now` has a button of its own on the first screen.
    """

    kind: str
    subject: str
    at: datetime
    committee: str
    press: Action
    due: datetime | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What goes on at this moment and the person is of: a body that sits, and on what it is voting."""

    subject: str
    since: datetime
    voted_on: tuple[str, ...]
    committee: str
    press: Action


Source = Callable[[UnitOfWork, Person, str], Awaitable[list[Waiting]]]
"""What waits for this person in a committee of that name."""
S = TypeVar("S", bound=Source)
Goings = Callable[[UnitOfWork, Person, str], Awaitable[list[UnderWay]]]
"""What this person is of that goes on now, in a committee of that name."""
G = TypeVar("G", bound=Goings)
Shown = Callable[[UnitOfWork, Person], Awaitable[bool]]
"""Whether a row of the first screen is there for a person."""
W = TypeVar("W", bound=Shown)


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A way from the first screen to a subject, under the label `button.<name>`.

    It leads to its subject in one committee, and stands there for each; with `once` to that of all.
    One that is not `first` stands on the second screen, «Việc khác». One that only `reads` stays when the committee
    has ended.
    """

    place: int
    name: str
    action: str
    once: bool
    first: bool
    shown: Shown
    reads: bool = False


SOURCES: list[tuple[int, Source]] = []
"""What finds what waits, by its place among what falls due at one moment."""
UNDER_WAY: list[Goings] = []
"""What finds what goes on now."""
HOME_ROWS: list[HomeRow] = []
"""The rows of the first screen from top to bottom. All are filled while the subjects are imported."""


def waits(place: int) -> Callable[[S], S]:
    """What a subject says that waits for a person."""

    def enter(source: S) -> S:
        SOURCES.append((place, source))
        SOURCES.sort(key=lambda each: each[0])
        return source

    return enter


def under_way(goings: G) -> G:
    """What a subject says that goes on now."""
    UNDER_WAY.append(goings)
    return goings


def home_row(
    place: int,
    name: str,
    *,
    action: str = "",
    once: bool = False,
    first: bool = False,
    reads: bool = False,
) -> Callable[[W], W]:
    """A row of the first screen, for whom the function decorated says so; lower places stand above."""

    def enter(shown: W) -> W:
        HOME_ROWS.append(HomeRow(place, name, action or name, once, first, shown, reads))
        HOME_ROWS.sort(key=lambda row: row.place)
        return shown

    return enter


async def for_clerks(_work: UnitOfWork, person: Person) -> bool:
    """Whether a row stands there that is the clerks' alone."""
    return person.is_clerk
