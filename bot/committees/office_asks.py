"""What a clerk asks for the committee as a whole: the head of its first body confirms it, as with every request."""

from __future__ import annotations

from collections.abc import Sequence

from bot.db.approvals import Request
from bot.kit import seconding
from bot.kit.seconding_cards import Moments
from bot.kit.unit import UnitOfWork
from bot.people import face
from bot.people.rules.changes import judging_body
from bot.people.rules.people import Person
from bot.people.rules.seconding import Seconds, seconds_for
from bot.values.action import Action, action
from bot.values.refusal import NO_RIGHT, Refusal


class OfficeAsks(seconding.Kind):
    """A request of a clerk about the committee; a kind of it says what is asked and what is then done."""

    async def seconds(self, work: UnitOfWork, request: Request) -> Seconds:
        """The head of the first body that has members."""
        house = await face.house_of(work, request.committee)
        body = judging_body((), house.staff.everybody, house.regulation)
        silent = request.passed_on_at is not None
        return seconds_for(house.staff, body, request.asked_by, (), silent=silent)

    async def moments(self, work: UnitOfWork, request: Request) -> Moments:
        """As every request waits."""
        return await face.request_moments(work, request)

    async def told_of(self, _work: UnitOfWork, _request: Request) -> Sequence[Person]:
        """Nobody beside those who are asked."""
        return ()

    async def refuse_person(self, _work: UnitOfWork, _request: Request, _person: Person) -> Refusal:
        """Others learn nothing until it is confirmed."""
        return NO_RIGHT

    def back(self, _request: Request) -> Action:
        """To the first screen."""
        return action("home")
