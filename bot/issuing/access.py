"""Who stands before how a body issues its papers, looked up in the transaction that writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.db import terms
from bot.issuing import reading, store
from bot.issuing.rules.letterhead import Letterhead, Paper
from bot.issuing.rules.numbers import kind_of
from bot.issuing.store import TermRow
from bot.kit import access
from bot.kit.notify import reference
from bot.kit.taps import MalformedPressError
from bot.kit.unit import UnitOfWork
from bot.people import face as people
from bot.people.face import Office
from bot.regulations.rules.regulation import Body
from bot.values.refusal import NO_RIGHT, Refused


@dataclass(frozen=True)
class Desk(access.Access):
    """A clerk, or who acts as the head of a body, before how that body issues its papers."""

    office: Office
    body: Body
    chosen: Mapping[str, Any]
    """What the body has set, by field."""

    @property
    def reference(self) -> str:
        """How the register names the body."""
        return reference("body", self.body.id)

    @property
    def committee(self) -> int:
        """The committee of the body."""
        return self.office.committee.id

    @cached_property
    def letterhead(self) -> Letterhead:
        """How the body issues its papers now."""
        name, everybody = self.office.committee.name, self.office.everybody
        words = self.office.regulation.vocabulary
        return reading.of_settings(name, self.body, everybody, self.chosen, words)

    def symbol(self, paper: Paper) -> str:
        """The symbol of a paper now."""
        return self.letterhead.symbols[paper]

    def first(self, paper: Paper) -> int:
        """The number with which the row of a paper goes on in this bot."""
        return int(self.chosen.get(f"next.{kind_of(self.symbol(paper))}", 1))


async def desk(work: UnitOfWork, account: int, committee: int, body: str) -> Desk:
    """The papers of a body before a clerk or who acts as its head; others are refused and learn nothing."""
    return await desk_for(work, await people.office_of(work, account, committee), body)


async def desk_for(work: UnitOfWork, office: Office, body: str) -> Desk:
    """As `desk`, of an office that is known already."""
    found = next((each for each in office.regulation.bodies if each.id == body), None)
    if found is None:
        raise MalformedPressError
    return await at_desk(work, office, found)


async def at_desk(work: UnitOfWork, office: Office, body: Body) -> Desk:
    """As `desk`, of a body that is known, too."""
    acting = office.staff.acting(office.actor, body)
    if acting is None and not office.actor.is_clerk:
        raise Refused(NO_RIGHT)
    chosen = await store.settings(work.tx, office.committee.id, body.id)
    return Desk(office.actor, office, body, chosen, acting=acting)


async def row_of(work: UnitOfWork, committee: int, body: str, symbol: str) -> TermRow:
    """The row in which the numbers of a symbol stand: that of its type, in this term."""
    since = await terms.begins(work.tx, committee)
    return TermRow(committee, body, kind_of(symbol), since)
