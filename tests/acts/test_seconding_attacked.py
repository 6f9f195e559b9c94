"""Requests that a second person confirms, attacked: forged presses, presses at once, rights lost meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.db import approvals
from bot.db.approvals import State
from bot.kit.unit import Context
from bot.people.joining import Joined
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    DUNG,
    HEAD,
    NEW_PHONE,
    STRANGER,
    VAN,
    House,
    founding,
    join,
    member,
    state,
)
from tests.acts.phone import DECISION, Phone
from tests.registers import broken_lines

DUNGS = 104
PRESSES = ("approval", "approval_yes", "approval_no", "approval_back")


async def asks_end(van: Phone, house: House, name: str) -> int:
    """The office asks to end a person's part; gives the request."""
    await van.opens("people_retire", house.ids[name], "yes")
    await van.types(DECISION)
    async with van.context.look() as work:
        return (await approvals.of_kind(work.tx, "people"))[-1].id


async def done(house: House, committee: int, act: str) -> int:
    return sum(each == act for _, each, _ in await house.acts(committee))


async def other_committee(house: House) -> None:
    """A second committee in the same house, whose head and clerk have joined."""
    plan = founding()
    people = (
        member("Lý Văn Khoa", "secretary"),
        member("Tô Thị Liên"),
        replace(plan.people[-1], name="Cao Thị Nga"),
    )
    await house.found(replace(plan, name="Đảng đoàn Hội khác", people=people))
    await house.joins("Lý Văn Khoa", 201)
    await house.joins("Cao Thị Nga", 202)


@pytest.mark.parametrize("press", PRESSES)
async def test_nobody_of_another_committee_learns_or_changes_anything(
    van: Phone, context: Context, house: House, committee: int, press: str
) -> None:
    request = await asks_end(van, house, BINH)
    await other_committee(house)
    for account in (201, 202, STRANGER):
        phone = await Phone(context, account).opens(press, request)
        assert phone.refused == "no_right"
        assert BINH not in phone.text
    assert await state(context, request) is State.ASKED


async def test_the_office_of_another_committee_asks_nothing_about_a_person_here(
    context: Context, house: House, committee: int
) -> None:
    await other_committee(house)
    before = await house.acts(committee)
    for act in ("people_one", "people_retire", "people_rebind", "people_rename"):
        for args in ((house.ids[BINH],), (house.ids[BINH], "yes")):
            phone = await Phone(context, 202).opens(act, *args)
            assert phone.refused == "no_right"
            assert BINH not in phone.text
    assert await house.acts(committee) == before


@pytest.mark.parametrize("how_often", [2, 20])
async def test_presses_at_once_carry_it_out_once(
    van: Phone, context: Context, house: House, committee: int, how_often: int
) -> None:
    request = await asks_end(van, house, BINH)
    phones = [Phone(context, HEAD) for _ in range(how_often)]
    await asyncio.gather(*(phone.opens("approval_yes", request) for phone in phones))
    assert sum(phone.refused is None for phone in phones) == 1
    assert await done(house, committee, "approval_confirmed") == 1
    assert await done(house, committee, "retired") == 1


async def test_yes_and_no_at_once_by_two_who_may_decide_end_it_one_way(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await house.joins(CUONG, CUONGS)
    await house.joins(DUNG, DUNGS)
    request = await asks_end(van, house, AN)
    deputies = [Phone(context, DEPUTY) for _ in range(2)]
    await deputies[1].opens("approval_no", request)
    await asyncio.gather(
        deputies[0].opens("approval_yes", request), deputies[1].types("Không có quyết định này")
    )
    assert sum(phone.refused is None for phone in deputies) == 1
    ended = [await done(house, committee, f"approval_{each}") for each in ("confirmed", "refused")]
    assert sorted(ended) == [0, 1]


async def test_a_refused_request_is_confirmed_by_nobody_and_taken_back_by_nobody(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    request = await asks_end(van, house, BINH)
    head = await Phone(context, HEAD).opens("approval_no", request)
    await head.types("Chưa có quyết định")
    for account, press in ((HEAD, "approval_yes"), (CLERK, "approval_back"), (HEAD, "approval_no")):
        assert (await Phone(context, account).opens(press, request)).refused == "approval_settled"
    assert await done(house, committee, "retired") == 0


async def test_a_reason_typed_after_it_was_settled_settles_nothing(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    request = await asks_end(van, house, BINH)
    head = await Phone(context, HEAD).opens("approval_no", request)
    await van.opens("approval_back", request)
    await head.types("Chưa có quyết định")
    assert head.refused == "approval_settled"
    assert await state(context, request) is State.TAKEN_BACK


async def test_who_lost_the_seat_meanwhile_confirms_nothing(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    """The head sees a request, loses the seat, and presses."""
    waiting = await asks_end(van, house, CUONG)
    of_head = await asks_end(van, house, AN)
    await Phone(context, DEPUTY).opens("approval_yes", of_head)
    assert (await Phone(context, HEAD).opens("approval_yes", waiting)).refused == "no_right"
    assert await state(context, waiting) is State.ASKED
    assert (await Phone(context, DEPUTY).opens("approval_yes", waiting)).refused is None


async def test_the_asker_under_another_account_still_does_not_confirm(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    waiting = await asks_end(van, house, CUONG)
    await van.opens("people_rebind", house.ids[VAN], "yes")
    async with context.look() as work:
        rebinding = (await approvals.of_kind(work.tx, "people"))[-1].id
    assert (await Phone(context, HEAD).opens("approval_yes", rebinding)).refused is None
    token = await house.last_link(HEAD)
    assert isinstance(await join(context, NEW_PHONE, token, context.clock.now()), Joined)
    assert (
        await Phone(context, NEW_PHONE).opens("approval_yes", waiting)
    ).refused == "approval_own"
    assert (await Phone(context, CLERK).opens("approval_back", waiting)).refused == "no_right"


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "999", str(2**63)])
async def test_a_forged_number_finds_no_request(
    van: Phone, context: Context, house: House, committee: int, number: str
) -> None:
    await asks_end(van, house, BINH)
    for press in PRESSES:
        assert (await Phone(context, HEAD).opens(press, number)).refused in {
            "no_right",
            "old_button",
        }
    assert await done(house, committee, "retired") == 0


async def test_the_register_holds_after_all_that(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await asks_end(van, house, BINH)
    await asks_end(van, house, AN)
    await asyncio.gather(*(Phone(context, HEAD).opens("approval_yes", 1) for _ in range(3)))
    await asyncio.gather(*(Phone(context, DEPUTY).opens("approval_yes", 2) for _ in range(3)))
    async with context.look() as work:
        assert await broken_lines(work.tx, committee) == []
