"""Asked by one, confirmed by a second: the mechanism upon a kind of request that no subject has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.db import approvals
from bot.db.approvals import Request, State
from bot.kit import seconding
from bot.kit.seconding import Wanted
from bot.kit.seconding_cards import Asked, Moments
from bot.kit.seconding_kinds import KINDS, Decided, Kind, kind
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.people.rules.seconding import Rank, Seconds
from bot.values.action import Action, action
from bot.values.refusal import NO_RIGHT, Refusal, Refused
from tests.acts.beating import beat
from tests.acts.committees import BINH, CLERK, DEPUTY, HEAD, MAI, VAN, House, state
from tests.acts.phone import Phone

DAY = timedelta(days=1)


class Invented(Kind):
    """The deputy confirms, after a day of silence the head, too; what is done is written down here."""

    name = "invented"

    def __init__(self, house: House) -> None:
        self.house = house
        self.done: list[tuple[str, list[str]]] = []
        self.stale: Refusal | None = None

    async def seconds(self, _work: UnitOfWork, request: Request) -> Seconds:
        first = {self.house.ids[BINH]: None}
        if request.passed_on_at is None:
            return Seconds(Rank.HEAD, first)
        return Seconds(Rank.NEXT, {**first, 1: None})

    async def refuse(self, _work: UnitOfWork, _request: Request) -> Refusal | None:
        return self.stale

    async def carry_out(self, _work: UnitOfWork, request: Request, decided: Decided) -> str:
        self.done.append((str(request.content["what"]), [by.name for by in decided.by]))
        return ""

    async def asked(self, _work: UnitOfWork, request: Request) -> Asked:
        return Asked("stranger", {}, str(request.content["what"]))

    async def moments(self, _work: UnitOfWork, request: Request) -> Moments:
        return Moments(request.asked_at + DAY, request.asked_at + 3 * DAY)

    async def told_of(self, _work: UnitOfWork, _request: Request) -> Sequence[Person]:
        return ()

    async def refuse_person(self, _work: UnitOfWork, _request: Request, _person: Person) -> Refusal:
        return NO_RIGHT

    def back(self, _request: Request) -> Action:
        return action("home")


@pytest.fixture
async def invented(house: House, committee: int) -> AsyncIterator[Invented]:
    made = Invented(house)
    kind(made)
    yield made
    del KINDS["invented"]


async def asks(context: Context, house: House, committee: int) -> int:
    async with context.work() as work:
        van = await house.person(VAN, committee)
        assert van is not None
    async with context.work() as work:
        wanted = Wanted("invented", {"what": MAI})
        return (await seconding.ask(work, van, wanted)).id


async def passes(context: Context, clock: MovableClock, time: timedelta) -> None:
    """So much time passes, everything sent until then has been heard, and what fell due is acted on."""
    clock.advance(time + timedelta(seconds=1))
    await beat(context)


async def test_nothing_is_done_before_the_second_word_and_once_after_it(
    context: Context, house: House, committee: int, invented: Invented
) -> None:
    request = await asks(context, house, committee)
    for account, why in ((CLERK, "approval_own"), (HEAD, "no_right")):
        phone = await Phone(context, account).opens("approval_yes", request)
        assert phone.refused == why
    assert invented.done == []
    deputy = await Phone(context, DEPUTY).opens("approval_yes", request)
    assert invented.done == [(MAI, [BINH])]
    assert (await deputy.opens("approval_yes", request)).refused == "approval_settled"
    assert (await deputy.opens("approval_no", request)).refused == "approval_settled"
    assert len(invented.done) == 1


async def test_what_cannot_be_done_any_more_is_not_done_and_lapses_where_its_subject_says_so(
    context: Context, house: House, committee: int, invented: Invented
) -> None:
    request = await asks(context, house, committee)
    invented.stale = Refusal("person_gone")
    deputy = await Phone(context, DEPUTY).opens("approval_yes", request)
    assert deputy.refused == "person_gone"
    assert (invented.done, await state(context, request)) == ([], State.ASKED)
    async with context.work() as work:
        await seconding.lapse_stale(work, committee)
    assert await state(context, request) is State.LAPSED


async def test_what_could_not_be_done_is_not_even_asked(
    context: Context, house: House, committee: int, invented: Invented
) -> None:
    invented.stale = Refusal("person_gone")
    with pytest.raises(Refused):
        await asks(context, house, committee)
    async with context.look() as work:
        assert await approvals.waiting(work.tx, committee) == []


async def test_silence_passes_it_on_and_at_last_it_lapses(
    context: Context, house: House, committee: int, invented: Invented, clock: MovableClock
) -> None:
    request = await asks(context, house, committee)
    await passes(context, clock, DAY)
    head = await Phone(context, HEAD).opens("approval", request)
    assert "Xác nhận" in head.buttons
    await passes(context, clock, 2 * DAY)
    assert await state(context, request) is State.LAPSED
    assert (await head.opens("approval_yes", request)).refused == "approval_settled"
    acts = [act for _, act, _ in await house.acts(committee) if act.startswith("approval")]
    assert acts == ["approval_asked", "approval_passed_on", "approval_lapsed"]
