"""What falls due, declared: the kind, whom it concerns, what lets it drop, what the quiet hours do to it.

A moment is a row (`bot/db/dues.py`); subjects enter here what is then done, and `bot/run_due.py` runs it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from bot.db import dues
from bot.db.dues import DueMoment
from bot.kit.unit import Context, UnitOfWork
from bot.values.quiet_hours import first_awake

A = TypeVar("A")
Found = Callable[[UnitOfWork, DueMoment], Awaitable[A | None]]
"""Looks up what a moment concerns and asks its guard again: None when it was answered, struck or ended."""
DueAct = Callable[[UnitOfWork, DueMoment], Awaitable[None]]
"""What is done when a moment falls due; it is checked anew, in the transaction that writes."""
Apart = Callable[[Context], Awaitable[bool]]
"""What cannot be done within a transaction; False to try it again later."""
Arranged = Callable[[UnitOfWork, int], Awaitable[None]]
"""Puts in order what recurs in a committee; safe to repeat."""
AtStart = Callable[[Context], Awaitable[None]]
"""Done once at every start, after all is arranged."""
D = TypeVar("D", bound=Callable[..., Awaitable[None]])
P = TypeVar("P", bound=Apart)
R = TypeVar("R", bound=Arranged)
B = TypeVar("B", bound=AtStart)


class Quiet(StrEnum):
    """What comes of a moment that is found due in hours in which nobody is reminded."""

    SEND = "send"
    """It is acted on all the same."""
    WAIT = "wait"
    """It is put off to the first moment after them."""


@dataclass(slots=True)
class DueTable:
    """Everything that can fall due, by kind. Filled while the subjects are imported."""

    acts: dict[str, DueAct] = field(default_factory=dict)
    apart: dict[str, Apart] = field(default_factory=dict)
    arranged: list[tuple[int, Arranged]] = field(default_factory=list)
    at_start: list[AtStart] = field(default_factory=list)

    def enter(self, kind: str, by_kind: dict[str, Any], act: Any) -> None:
        """Enter what is done at that kind of moment; there is one for each."""
        if kind in self.acts or kind in self.apart:
            raise ValueError(f"two things fall due as {kind!r}")
        by_kind[kind] = act


DUE = DueTable()


def _as_it_is(_found: object, now: datetime) -> datetime:
    return first_awake(now)


def due(
    kind: str,
    *,
    on: Found[A],
    quiet: Quiet = Quiet.SEND,
    merged_with: str = "",
    awake: Callable[[A, datetime], datetime] = _as_it_is,
) -> Callable[[D], D]:
    """Declare what falls due under that kind: `act(work, subject, moment)`, once `on` has found the subject.

    With `quiet` WAIT the moment waits for the first one that `awake` allows (by default the end of the
    quiet hours): as itself, or, with `merged_with`, as one moment of that kind about the same subject,
    so that several that waited are acted on once.
    """

    def declare(act: D) -> D:
        async def fall_due(work: UnitOfWork, moment: DueMoment) -> None:
            found = await on(work, moment)
            if found is None:
                return
            when = work.now if quiet is Quiet.SEND else awake(found, work.now)
            if when <= work.now:
                await act(work, found, moment)
            else:
                await _wait(work, moment, when, merged_with)

        DUE.enter(kind, DUE.acts, fall_due)
        return act

    return declare


async def _wait(work: UnitOfWork, moment: DueMoment, when: datetime, merged_with: str) -> None:
    if merged_with and moment.about:
        await once_at(work, merged_with, moment.about, when)
        return
    work.context.moments.wake()
    await dues.put(
        work.tx,
        moment.key,
        moment.kind,
        when,
        consultation_id=moment.consultation_id,
        person_id=moment.person_id,
        about=moment.about,
        rearm=True,
    )


async def once_at(work: UnitOfWork, kind: str, about: str, when: datetime) -> None:
    """Let one moment of that kind fall due about something; asked for twice it is one."""
    work.context.moments.wake()
    key = f"{kind}:{about.partition(':')[2]}:{int(when.timestamp())}"
    await dues.put(work.tx, key, kind, when, about=about, rearm=True)


def due_apart(kind: str) -> Callable[[P], P]:
    """Declare what falls due and cannot be done within a transaction."""

    def declare(act: P) -> P:
        DUE.enter(kind, DUE.apart, act)
        return act

    return declare


def arranged(place: int) -> Callable[[R], R]:
    """Declare what is put in order for a committee when it is founded and at every start, lower places first.

    What falls due at one moment is acted on in the order in which it was put.
    """

    def declare(arrange: R) -> R:
        DUE.arranged.append((place, arrange))
        DUE.arranged.sort(key=lambda each: each[0])
        return arrange

    return declare


async def arrange_all(work: UnitOfWork, committee: int) -> None:
    """Put everything in order for a committee that has just been founded."""
    for _, arrange in DUE.arranged:
        await arrange(work, committee)


def at_start(act: B) -> B:
    """Declare what is done at every start, once what recurs has been arranged."""
    DUE.at_start.append(act)
    return act
