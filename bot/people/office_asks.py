"""What a clerk asks for the committee as a whole: a head confirms it, as with every request."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from bot.db.approvals import Request
from bot.kit.seconding_cards import Moments
from bot.kit.seconding_kinds import Kind
from bot.kit.unit import UnitOfWork
from bot.people.access import House, house_of
from bot.people.changing import moments_of
from bot.people.rules.changes import judging_body
from bot.people.rules.people import Person
from bot.people.rules.seconding import Seconds, seconds_for
from bot.regulations.rules.regulation import Body
from bot.values.action import Action, action
from bot.values.refusal import NO_RIGHT, Refusal


class OfficeAsks(Kind):
    """A request of a clerk about the committee; a kind of it says what is asked and what is then done."""

    @abstractmethod
    async def refuse_now(self, work: UnitOfWork, house: House, request: Request) -> Refusal | None:
        """Why it cannot be carried out, where who asked is still of the office."""

    async def refuse(self, work: UnitOfWork, request: Request) -> Refusal | None:
        """Who asked is still of the office, and what is asked can still be done."""
        house = await house_of(work, request.committee)
        asker = house.person(request.asked_by)
        if asker is None or not asker.is_clerk:
            return Refusal("approval_asker_gone")
        return await self.refuse_now(work, house, request)

    def body(self, house: House, _request: Request) -> Body:
        """Whose head confirms it: the first body that has members."""
        return judging_body((), house.staff.everybody, house.regulation)

    def barred(self, _house: House, _request: Request) -> frozenset[int]:
        """Who may not confirm it, since it is about them."""
        return frozenset()

    async def seconds(self, work: UnitOfWork, request: Request) -> Seconds:
        """The head of the body, then whoever follows in the order of second persons."""
        house = await house_of(work, request.committee)
        body, barred = self.body(house, request), self.barred(house, request)
        silent = request.passed_on_at is not None
        return seconds_for(house.staff, body, request.asked_by, barred, silent=silent)

    async def moments(self, work: UnitOfWork, request: Request) -> Moments:
        """As every request waits."""
        return await moments_of(work, request)

    async def told_of(self, _work: UnitOfWork, _request: Request) -> Sequence[Person]:
        """Nobody beside those who are asked."""
        return ()

    async def refuse_person(self, _work: UnitOfWork, _request: Request, _person: Person) -> Refusal:
        """Others learn nothing until it is confirmed."""
        return NO_RIGHT

    def back(self, _request: Request) -> Action:
        """To the first screen."""
        return action("home")
