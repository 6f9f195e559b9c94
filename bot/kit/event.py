"""What a subject lets others follow: they act in the same transaction, and it knows none of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.kit.unit import UnitOfWork

T = TypeVar("T")
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
