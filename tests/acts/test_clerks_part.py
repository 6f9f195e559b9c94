"""The office's part beside another seat: who gives it and ends it, who confirms, and that there is always a clerk."""

from __future__ import annotations

import pytest

from bot.committees.terms import machine
from bot.db import approvals
from bot.db.approvals import Request, State
from bot.kit import seconding
from bot.kit.unit import Context
from bot.people.rules.people import Role
from bot.values.refusal import Refused
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    DEPUTY,
    DUNG,
    HEAD,
    MAI,
    STRANGER,
    VAN,
    House,
    founding,
)
from tests.acts.phone import DECISION, Phone, adds, changes, confirms

NONE = "Chưa có số quyết định"
TAKES, GIVES, ENDS = (
    "Tôi kiêm cán bộ văn phòng",
    "Giao kiêm cán bộ văn phòng",
    "Thôi kiêm cán bộ văn phòng",
)


async def roles(house: House, name: str, committee: int) -> list[Role]:
    person = await house.person(name, committee)
    return [seat.role for seat in person.seats] if person else []


async def asked(context: Context) -> list[Request]:
    async with context.look() as work:
        return await approvals.of_kind(work.tx, "people")


@pytest.fixture
async def both(context: Context, house: House, committee: int) -> Phone:
    """The phone of the head, who has taken the part besides."""
    head = await Phone(context, HEAD).opens("people_clerk", house.ids[AN], "")
    assert (await confirms(head, DEPUTY)).refused is None
    return head


async def test_the_head_takes_the_part_and_the_next_in_rank_confirms(
    context: Context, house: House, committee: int
) -> None:
    head = await Phone(context, HEAD).opens("people_add", committee)
    await head.presses(TAKES)
    assert f"Giao <b>{AN}</b> kiêm cán bộ văn phòng" in head.text
    await head.presses(NONE)
    assert f"Người xác nhận: đồng chí {BINH}" in head.text
    assert await roles(house, AN, committee) == [Role.MEMBER]
    assert f"Giao <b>{AN}</b> kiêm cán bộ văn phòng" in (await house.heard(CLERK))[-1]

    for nobody in (HEAD, CLERK, STRANGER):
        assert (await confirms(head, nobody)).refused is not None
    assert await roles(house, AN, committee) == [Role.MEMBER]
    deputy = await confirms(head, DEPUTY)

    assert "giữ nguyên (Bí thư, Đảng đoàn)." in deputy.text
    assert await roles(house, AN, committee) == [Role.MEMBER, Role.CLERK]
    assert f"<b>{AN}</b> kiêm cán bộ văn phòng" in (await house.heard(CLERK))[-1]
    assert "danh sách biểu quyết không đổi" in (await house.heard(CLERK))[-1]
    (told,) = await house.details("seat_added")
    assert (told["role"], told["body"], told["office"]) == ("clerk", "", "clerk")


async def test_a_member_is_named_from_the_list(
    context: Context, house: House, committee: int
) -> None:
    head = await Phone(context, HEAD).opens("people_add", committee)
    await head.types(CUONG)
    assert head.refused == "clerk_is_there"
    assert f"«{GIVES}»" in head.text
    await head.opens("people_add", committee)
    await head.presses("Chọn trong danh sách nhân sự")
    await head.presses(CUONG)
    await head.presses(GIVES)
    await head.presses(NONE)
    await confirms(head, DEPUTY)
    assert await roles(house, CUONG, committee) == [Role.MEMBER, Role.CLERK]


async def test_a_clerk_names_a_member_and_the_head_confirms(
    van: Phone, house: House, committee: int
) -> None:
    await (await van.opens("people_one", house.ids[DUNG])).presses(GIVES)
    await van.presses(NONE)
    await confirms(van, HEAD)
    assert await roles(house, DUNG, committee) == [Role.MEMBER, Role.CLERK]


async def test_the_same_part_is_not_asked_for_twice_at_a_time(
    context: Context, house: House, committee: int
) -> None:
    head = await Phone(context, HEAD).opens("people_clerk", house.ids[AN], "")
    await head.opens("people_clerk", house.ids[AN], "")
    assert head.refused == "approval_waiting"


@pytest.mark.parametrize("account", [DEPUTY, STRANGER])
@pytest.mark.parametrize("act", ["people_clerk", "people_clerk_no"])
async def test_nobody_else_gives_or_ends_it(
    context: Context, house: House, both: Phone, account: int, act: str
) -> None:
    phone = Phone(context, account)
    for args in ((), ("",)):
        await phone.opens(act, house.ids[AN], *args)
        assert phone.refused == "no_right"


async def test_a_head_without_it_ends_nobodys(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_clerk", house.ids[DUNG], "")
    await confirms(van, HEAD)
    head = await Phone(context, HEAD).opens("people_one", house.ids[DUNG])
    assert ENDS not in head.buttons
    await head.opens("people_clerk_no", house.ids[DUNG], "")
    assert head.refused == "no_right"


async def test_whoever_is_a_clerk_or_on_no_roll_is_not_given_it(
    van: Phone, house: House, committee: int
) -> None:
    await van.opens("people_clerk", house.ids[VAN], "")
    assert van.refused == "clerk_is_there"
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(MAI)
    await van.presses("Đại biểu mời")
    await van.presses("Thêm và cấp lời mời")
    assert GIVES not in van.buttons
    guest = await house.person(MAI, committee)
    assert guest is not None
    await van.opens("people_clerk", guest.id, "")
    assert van.refused == "clerk_not_of_roll"


async def test_who_is_a_clerk_alone_leaves_the_committee_instead(
    van: Phone, house: House, both: Phone
) -> None:
    await van.opens("people_clerk_no", house.ids[VAN], "")
    assert van.refused == "only_seat"


async def test_the_last_clerk_keeps_it_until_another_has_it(
    house: House, committee: int, both: Phone
) -> None:
    await both.opens("people_retire", house.ids[VAN], "yes", "")
    assert (await confirms(both, HEAD)).refused == "approval_own"
    await confirms(both, DEPUTY)
    assert await house.person(VAN, committee) is None

    await both.opens("people_one", house.ids[AN])
    await both.presses(ENDS)
    assert both.refused == "last_clerk"
    await both.opens("people_retire", house.ids[AN], "yes")
    assert both.refused == "last_clerk"
    await adds(both, committee, MAI, DEPUTY)  # as the office does, and never confirmed by who asks
    assert await house.person(MAI, committee)


async def test_of_two_ends_asked_at_once_the_second_lapses(
    van: Phone, context: Context, house: House, committee: int, both: Phone
) -> None:
    await van.opens("people_retire", house.ids[VAN], "yes", "")
    await both.opens("people_clerk_no", house.ids[AN], "")
    retiring, ending = (await asked(context))[-2:]
    await Phone(context, HEAD).opens("approval_yes", retiring.id)
    assert await house.person(VAN, committee) is None
    states = {request.id: request.state for request in await asked(context)}
    assert states[ending.id] is State.LAPSED
    deputy = await Phone(context, DEPUTY).opens("approval_yes", ending.id)
    assert deputy.refused == "approval_settled"
    assert await roles(house, AN, committee) == [Role.MEMBER, Role.CLERK]


async def test_what_a_clerk_asked_lapses_when_the_part_is_ended(
    van: Phone, context: Context, house: House, committee: int, both: Phone
) -> None:
    await both.opens("people_rename", house.ids[CUONG])
    await both.types("Lê Văn Cương")
    (waiting,) = [each for each in await asked(context) if each.state is State.ASKED]
    await van.opens("people_clerk_no", house.ids[AN], "")
    await confirms(van, DEPUTY)
    assert await roles(house, AN, committee) == [Role.MEMBER]
    states = {request.id: request.state for request in await asked(context)}
    assert states[waiting.id] is State.LAPSED


async def test_leaving_the_roll_leaves_the_part(van: Phone, house: House, committee: int) -> None:
    await van.opens("people_clerk", house.ids[DUNG], "")
    await confirms(van, HEAD)
    await changes(van, HEAD, "people_leave", house.ids[DUNG], "dang_doan", "yes")
    assert await roles(house, DUNG, committee) == [Role.CLERK]


async def test_where_only_the_head_has_joined_the_machine_confirms(
    context: Context, house: House
) -> None:
    founded = await house.found(founding())
    await house.joins(AN, HEAD)
    head = await Phone(context, HEAD).opens("people_clerk", house.ids[AN], "")
    assert head.refused is None
    (request,) = await asked(context)
    async with context.work() as work:
        assert await seconding.confirm_by_machine(work, request.id) == ""
    assert await roles(house, AN, founded.committee) == [Role.MEMBER, Role.CLERK]


async def test_where_the_next_in_rank_can_the_machine_does_not(
    context: Context, house: House, committee: int
) -> None:
    await Phone(context, HEAD).opens("people_clerk", house.ids[AN], "")
    (request,) = await asked(context)
    with pytest.raises(Refused) as no:
        async with context.work() as work:
            await seconding.confirm_by_machine(work, request.id)
    assert no.value.refusal.kind == "approval_not_machine"


async def test_where_the_head_alone_is_the_office_and_is_gone_a_roster_is_asked_at_the_machine(
    context: Context, house: House, committee: int, both: Phone
) -> None:
    await both.opens("people_retire", house.ids[VAN], "yes", "")
    await confirms(both, DEPUTY)
    lines = (
        "Họ và tên,Vai trò,Chức vụ",
        f"{BINH},Ủy viên,Bí thư",
        f"{CUONG},Ủy viên; văn phòng,Phó Bí thư",
        f"{DUNG},Ủy viên,Ủy viên",
    )
    wanted = machine.Wanted(
        since="02/03/2026",
        decision=DECISION,
        file="danh_sach.csv",
        content="\n".join(lines).encode(),
    )
    async with context.work() as work:
        entered = await machine.ask(work, wanted)
    assert entered.seconds == (BINH,)
    await Phone(context, DEPUTY).opens("approval_yes", entered.request)

    assert await house.person(AN, committee) is None
    assert await roles(house, CUONG, committee) == [Role.MEMBER, Role.CLERK]
