"""What a subject lets others follow, and lets one of them tell it: in the same transaction, knowing none of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.kit.unit import UnitOfWork

T = TypeVar("T")
R = TypeVar("R")
Follower = Callable[[UnitOfWork, T], Awaitable[None]]
F = TypeVar("F", bound=Callable[..., Awaitable[None]])


class Event(Generic[T]):
    """Something that happens to one subject. Followers are entered while the subjects are imported."""

    def __init__(self) -> None:
        self._followers: list[tuple[int, Follower[T]]] = []

    def follow(self, follower: F) -> F:
        """Have this done, too, whenever it happens; in the order in which followers were entered."""
        return self.follow_at(0)(follower)

    def follow_at(self, place: int) -> Callable[[F], F]:
        """As `follow`, where people see in which order it is done: lower places come first."""

        def enter(follower: F) -> F:
            self._followers.append((place, follower))
            self._followers.sort(key=lambda each: each[0])
            return follower

        return enter

    async def happened(self, work: UnitOfWork, what: T) -> None:
        """It has happened in this transaction; what a follower refuses undoes all of it."""
        for _, follower in self._followers:
            await follower(work, what)


class Question(Generic[T, R]):
    """What a subject must know and another subject tells, which stands above it; entered as followers are."""

    def __init__(self) -> None:
        self._teller: Callable[[UnitOfWork, T], Awaitable[R]] | None = None

    def told_by(
        self, teller: Callable[[UnitOfWork, T], Awaitable[R]]
    ) -> Callable[[UnitOfWork, T], Awaitable[R]]:
        """Enter who tells it: one only."""
        if self._teller is not None:
            raise ValueError(
                f"{teller.__module__}.{teller.__name__}: another subject tells this already"
            )
        self._teller = teller
        return teller

    async def ask(self, work: UnitOfWork, of: T) -> R:
        """What that subject tells of this, read in this transaction."""
        if self._teller is None:
            raise LookupError("no subject tells this; import bot.subjects first")
        return await self._teller(work, of)
