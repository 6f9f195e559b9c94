"""The kinds of what one asks and a second confirms: what a subject answers for each. The way they go: `seconding`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from bot.db.approvals import Request
from bot.kit.access import By
from bot.kit.seconding_cards import Asked, Moments
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.people.rules.seconding import Seconds
from bot.values.action import Action
from bot.values.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Decided:
    """By whom a request was confirmed: persons, and as whom they acted; none where the machine's keeper did."""

    persons: tuple[Person, ...] = ()
    by: tuple[By, ...] = ()


class Kind(ABC):
    """One kind of request, as its subject answers for it; every question is asked in the transaction that acts."""

    name: str

    @abstractmethod
    async def seconds(self, work: UnitOfWork, request: Request) -> Seconds:
        """Who may confirm or refuse it now."""

    @abstractmethod
    async def refuse(self, work: UnitOfWork, request: Request) -> Refusal | None:
        """Why it cannot be carried out (any more): the state may have moved since it was asked."""

    @abstractmethod
    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """Do it and tell whom it concerns; gives what only who confirms is handed, such as a link, or ""."""

    @abstractmethod
    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """What it asks, in words."""

    @abstractmethod
    async def moments(self, work: UnitOfWork, request: Request) -> Moments:
        """How long it waits."""

    @abstractmethod
    async def told_of(self, work: UnitOfWork, request: Request) -> Sequence[Person]:
        """Who hears of the request itself beside those who are asked; nobody where only its outcome is told."""

    @abstractmethod
    async def refuse_person(self, work: UnitOfWork, request: Request, person: Person) -> Refusal:
        """Why this person may not decide it."""

    @abstractmethod
    def back(self, request: Request) -> Action:
        """Where who asked goes back to."""

    async def is_about_the_end(self, _work: UnitOfWork, _request: Request) -> bool:
        """Whether it is about the end of the committee: then it is none of what that end finds open."""
        return False


KINDS: dict[str, Kind] = {}
"""Every kind by its name. Filled while the subjects are imported."""


def kind(entered: Kind) -> Kind:
    """Enter a kind of request under its name; ValueError where the name is taken."""
    if entered.name in KINDS:
        raise ValueError(f"two kinds of request are named {entered.name!r}")
    KINDS[entered.name] = entered
    return entered


def kind_of(request: Request) -> Kind:
    """The kind that a request is of."""
    return KINDS[request.kind]
