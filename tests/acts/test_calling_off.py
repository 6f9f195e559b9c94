"""What is confirmed for a day to come is called off: nothing falls due by it; what another goes out from stays."""

from __future__ import annotations

from datetime import date

import pytest

from bot.clock import MovableClock
from bot.committees.amending import asking
from bot.committees.amending.proposed import base, with_text
from bot.committees.calling_off import asking as calling_off
from bot.db import people
from bot.db.approvals import State
from bot.kit.unit import Context
from bot.people.rules.people import Person
from bot.values.refusal import Refused
from tests.acts.beating import comes
from tests.acts.committees import AN, BINH, CLERK, DEPUTY, HEAD, STRANGER, VAN, House, member, state
from tests.acts.phone import Phone
from tests.acts.test_amending import (
    BEFORE,
    DAY,
    ON,
    TWO,
    amended,
    asks,
    at,
    confirms,
    means,
    plan,
)

__all__ = ["amended"]


async def van(context: Context, committee: int) -> Person:
    async with context.look() as work:
        return next(p for p in await people.of_committee(work.tx, committee) if p.is_clerk)


async def calls_off(context: Context, committee: int, of: int) -> int:
    clerk = await van(context, committee)
    async with context.work() as work:
        return (await calling_off.ask(work, clerk, of, ON)).id


async def test_what_is_called_off_never_comes_into_force(
    amended: int, context: Context, clock: MovableClock
) -> None:
    before = await means(context, amended)
    await confirms(context)
    request = await calls_off(context, amended, 1)
    assert await state(context, 1) is State.CONFIRMED
    await Phone(context, HEAD).opens("approval_yes", request)
    assert await state(context, 1) is State.CALLED_OFF

    await comes(context, clock, at(15, 6, 0))
    assert await means(context, amended) == before


async def test_it_comes_into_force_while_nobody_confirms_that_it_is_called_off(
    amended: int, context: Context, clock: MovableClock
) -> None:
    """The day comes first: the request to call it off lapses by itself."""
    before = await means(context, amended)
    await confirms(context)
    request = await calls_off(context, amended, 1)
    await comes(context, clock, at(15, 6, 0))
    assert await means(context, amended) != before
    assert await state(context, request) is State.LAPSED
    assert (await Phone(context, CLERK).opens("call_off", 1)).refused == "call_off_over"


async def test_what_began_while_nothing_ran_is_called_off_no_more(
    amended: int, context: Context, clock: MovableClock
) -> None:
    """The press came in the meantime, and is carried out before what fell due at 00:00."""
    await confirms(context)
    request = await calls_off(context, amended, 1)
    clock.move_to(at(15, 6, 0))
    await Phone(context, HEAD).opens("approval_yes", request)
    assert await state(context, 1) is State.CONFIRMED
    assert await state(context, request) is not State.CONFIRMED
    assert (await Phone(context, CLERK).opens("call_off", 1)).refused == "call_off_over"


async def test_the_roll_may_read_on_what_was_called_off(
    house: House, context: Context, clock: MovableClock
) -> None:
    clock.move_to(at(1, 6))
    made = await house.found(plan((*TWO, member(BINH, "member", "chi_uy"))))
    for name, account in ((AN, HEAD), (VAN, CLERK), (BINH, DEPUTY)):
        await house.joins(name, account)
    await asks(context, made.committee)
    await confirms(context)
    request = await calls_off(context, made.committee, 1)
    await Phone(context, HEAD).opens("approval_yes", request)
    assert (await Phone(context, DEPUTY).opens("amend_lines", 1)).refused is None


async def test_an_amendment_from_which_another_goes_out_stays_until_that_is_called_off(
    amended: int, context: Context
) -> None:
    await confirms(context)
    clerk = await van(context, amended)
    async with context.work() as work:
        standing = await base(work, await people.committee(work.tx, amended))
        back = with_text(standing, "truoc.toml", BEFORE, {})
        later = await asking.ask(work, clerk, back, date(2026, 7, 1), ON)
    for _ in ("asked", "confirmed"):
        with pytest.raises(Refused) as no:
            await calls_off(context, amended, 1)
        assert no.value.refusal.kind == "call_off_built_on"
        assert no.value.refusal.values["day"] == date(2026, 7, 1)
        await Phone(context, HEAD).opens("approval_yes", later.id)

    await Phone(context, HEAD).opens("approval_yes", await calls_off(context, amended, later.id))
    await Phone(context, HEAD).opens("approval_yes", await calls_off(context, amended, 1))
    assert [await state(context, each) for each in (1, later.id)] == [State.CALLED_OFF] * 2


async def test_its_day_is_free_again(amended: int, context: Context) -> None:
    await confirms(context)
    await Phone(context, HEAD).opens("approval_yes", await calls_off(context, amended, 1))
    again = await asks(context, amended, DAY)
    assert await state(context, again.id) is State.ASKED


async def test_it_is_asked_by_the_office_and_once(amended: int, context: Context) -> None:
    assert (await Phone(context, CLERK).opens("call_off", 1)).refused == "call_off_over"
    await confirms(context)
    for account in (HEAD, STRANGER):
        assert (await Phone(context, account).opens("call_off", 1)).refused == "no_right"
        assert (await Phone(context, account).opens("coming", amended)).refused == "no_right"
    await calls_off(context, amended, 1)
    with pytest.raises(Refused) as no:
        await calls_off(context, amended, 1)
    assert no.value.refusal.kind == "call_off_waiting"
