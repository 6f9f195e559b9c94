"""What a clerk asks for the committee from a day on: confirmed by a second person, done at 00:00 of that day.

The roll is told once it is confirmed; what its kind does on the day tells the roll again. A day that has begun when
it is confirmed is told once, since it is done at once.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.db import approvals, dues
from bot.db.approvals import Request, State
from bot.db.dues import DueMoment
from bot.db.notice import Card
from bot.kit import access, seconding, seconding_kinds
from bot.kit.card import to_home
from bot.kit.due import arranged, due
from bot.kit.notify import Shown, notify, number_of, reference
from bot.kit.seconding_cards import Asked, more_rows
from bot.kit.seconding_kinds import Decided
from bot.kit.unit import UnitOfWork
from bot.people import face
from bot.people.face import House
from bot.people.rules.people import Person, sits
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.moments import begins
from bot.values.quiet_hours import first_awake
from bot.values.refusal import Refusal, refuse


class FromADay(face.OfficeAsks):
    """Requests that count from a day on; a kind of it says which day, and what is then done."""

    falls: str
    """What falls due at 00:00 of the day."""
    read_by_roll: bool = True
    """Whether the roll may page through all of it once it is confirmed, not the office alone."""

    @abstractmethod
    def since(self, request: Request) -> date:
        """From which day on."""

    @abstractmethod
    async def ahead(self, work: UnitOfWork, committee: int) -> Sequence[Request]:
        """What is confirmed and has not been done yet, in the order in which it will be."""

    @abstractmethod
    async def take(self, work: UnitOfWork, request: Request) -> None:
        """Do it, and tell everybody whom it concerns."""

    async def refuse_calling_off(self, _work: UnitOfWork, _request: Request) -> Refusal | None:
        """Why it stays, though its day has not come: something else goes out from it."""
        return None

    async def confirmed_ahead(self, work: UnitOfWork, request: Request) -> None:
        """It will be done on its day: whatever reckons with it is put right."""

    async def called_off(self, work: UnitOfWork, request: Request) -> None:
        """It will not be done: whatever reckoned with it is put right."""

    def heading(self, _request: Request) -> str:
        """Which label heads the message that it is confirmed."""
        return self.name

    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """It is done on its day, at once where that has begun; else the roll is told that it will be."""
        if begins(self.since(request)) <= work.now:
            await _do(work, self, request)
            return ""
        await _arm(work, self, request)
        house = await face.house_of(work, request.committee)
        names = [each.name for each in decided.persons]
        asked = await self.asked(work, request)
        if not self.read_by_roll:
            asked = replace(asked, more=None)
        shown = confirmed(
            work.say, self.heading(request), house.committee.name, asked, request, names
        )
        key = f"{self.name}_confirmed:{request.id}"
        await tell_roll(work, house, shown, key, but=decided.persons)
        return ""


def enter(kind: FromADay, place: int) -> None:
    """Enter a kind with what falls due by it; `place` is where among what is arranged for a committee."""
    seconding_kinds.kind(kind)

    @arranged(place)
    async def _arrange(work: UnitOfWork, committee: int) -> None:
        for request in await kind.ahead(work, committee):
            await _arm(work, kind, request)

    async def _ahead(work: UnitOfWork, moment: DueMoment) -> Request | None:
        request = await approvals.request(work.tx, number_of(moment.about))
        if request is None:
            return None
        still = await kind.ahead(work, request.committee)
        return request if any(each.id == request.id for each in still) else None

    @due(kind.falls, on=_ahead)
    async def _fall_due(work: UnitOfWork, request: Request, _moment: DueMoment) -> None:
        await _do(work, kind, request)


async def _arm(work: UnitOfWork, kind: FromADay, request: Request) -> None:
    """Let it fall due on its day; asked for twice it is one."""
    about = reference("approval", request.id)
    at = begins(kind.since(request))
    await dues.put(work.tx, f"{kind.falls}:{request.id}", kind.falls, at, about=about)
    work.context.moments.wake()
    await kind.confirmed_ahead(work, request)


async def _do(work: UnitOfWork, kind: FromADay, request: Request) -> None:
    """At 00:00 it is done, and told when people are awake."""
    await kind.take(replace(work, tells_from=first_awake(work.now)), request)


def seated(house: House) -> list[Person]:
    """Everybody whom a change of the whole committee concerns."""
    return [each for each in house.staff.everybody if sits(each)]


async def tell_roll(
    work: UnitOfWork,
    house: House,
    shown: Shown | Callable[[Person], Shown],
    key: str,
    *,
    but: Sequence[Person] = (),
) -> None:
    """Tell everybody whom it concerns; but those who have it on their screens, having pressed."""
    pressed = {each.id for each in but}
    to = [each for each in seated(house) if each.id not in pressed]
    await notify(work, to, shown, key)


def agreed(house: House, request: Request) -> tuple[Person, ...]:
    """Who confirmed it, of those who are still there."""
    said = [each.person for each in request.voices if each.agrees and each.person]
    return tuple(each for number in said if (each := house.person(number)) is not None)


async def readable(
    work: UnitOfWork, account: int, request_id: int, kind: FromADay
) -> tuple[Request, Action]:
    """A request for whoever has it to decide, and for the whole roll once it is confirmed; with the way back.

    What was called off since has been told to the roll, too, and stays to be read.
    """
    request = await approvals.request(work.tx, request_id)
    if request is None or request.kind != kind.name:
        refuse("gone")
    person = await access.in_committee(work, account, request.committee)
    if person is not None and sits(person) and request.state in (State.CONFIRMED, State.CALLED_OFF):
        return request, action("home")
    await seconding.before(work, account, request.id)
    return request, action("approval", request.id)


def confirmed(
    say: Rendering,
    heading: str,
    committee: str,
    asked: Asked,
    request: Request,
    names: Sequence[str],
) -> Card:
    """Tells the roll what will be otherwise, from when on, and who confirmed it."""
    text = say.text(
        "from_a_day_confirmed",
        heading=heading,
        committee=committee,
        asked=asked,
        request=request,
        names=names,
    )
    return Card(text, (*more_rows(say, asked), to_home(say)))
