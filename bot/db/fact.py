"""A legal fact still to be written: only the unit of work writes one, and only with its line in the register."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

from bot.db.transaction import Transaction

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """What a store would write, and what it then gives back. `into` is the unit of work's alone."""

    into: Callable[[Transaction], Awaitable[T]]


def fact(write: Callable[Concatenate[Transaction, P], Awaitable[T]]) -> Callable[P, Fact[T]]:
    """Have a store's function give a fact to be written, in place of writing it."""

    @wraps(write)
    def to_be_written(*args: P.args, **kwargs: P.kwargs) -> Fact[T]:
        return Fact(lambda tx: write(tx, *args, **kwargs))

    return to_be_written
