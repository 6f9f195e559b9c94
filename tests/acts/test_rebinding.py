from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.clock import MovableClock
from bot.db.schema import outbox
from bot.db.schema import register as lines_of
from bot.kit import seconding
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
    MAI,
    NEW_PHONE,
    STRANGER,
    VAN,
    House,
    founding,
    join,
)
from tests.acts.phone import DECISION, Phone, adds, changes, confirms
from tests.registers import broken_lines


async def test_another_account_needs_clerk_and_head(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await (await van.opens("people", committee)).presses(BINH)
    await van.presses("Đổi tài khoản Telegram")
    assert f"xin xác nhận: {AN}" in van.text
    await van.presses("Gửi đề nghị")
    assert f"Người xác nhận: đồng chí {AN}" in van.text
    assert f"Người đề nghị: đồng chí {VAN}" in (await house.heard(HEAD))[-1]
    for account in (DEPUTY, STRANGER):
        assert (await confirms(van, account)).refused == "no_right"
    assert (await confirms(van, CLERK)).refused == "approval_own"

    head = await confirms(van, HEAD)

    assert "ĐÃ ĐƯỢC XÁC NHẬN" in head.text
    binh = await house.person(BINH, committee)
    assert binh is not None
    assert not binh.joined
    assert "đã được đổi" in (await house.heard(DEPUTY))[-1]
    token = await house.last_link(CLERK)
    assert isinstance(await join(context, NEW_PHONE, token, context.clock.now()), Joined)
    acts = [(actor, act) for actor, act, _ in await house.acts(committee)]
    assert (VAN, "approval_asked") in acts
    assert (AN, "approval_confirmed") in acts
    assert (VAN, "rebound") in acts
    assert (await confirms(van, HEAD)).refused == "approval_settled"


async def test_a_declined_wish_leaves_the_account_as_it_is(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[BINH], "yes")
    head = await Phone(context, HEAD).opens("approval_no", 1)
    await head.types("Chưa đổi máy")

    binh = await house.person(BINH, committee)
    assert binh is not None
    assert binh.account == DEPUTY
    assert "Lý do: Chưa đổi máy" in (await house.heard(CLERK))[-1]
    assert (await confirms(van, HEAD)).refused == "approval_settled"
    assert (await house.person(BINH, committee) or binh).account == DEPUTY


async def test_what_waits_is_not_asked_twice(van: Phone, house: House, committee: int) -> None:
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await van.opens("people_rebind", house.ids[BINH], "yes")
    assert van.refused == "approval_waiting"
    assert (await confirms(van, HEAD)).refused is None


async def test_a_head_who_lost_the_account_is_vouched_for_by_the_next_in_rank(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[AN], "yes")
    assert (await confirms(van, DEPUTY)).refused is None
    token = await house.last_link(CLERK)
    assert token == await house.last_link(DEPUTY)
    assert isinstance(await join(context, NEW_PHONE, token, context.clock.now()), Joined)


async def test_the_link_of_the_only_clerk_goes_to_the_head(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[VAN], "yes")
    await confirms(van, HEAD)

    token = await house.last_link(HEAD)
    assert not any(token in text for text in await house.heard(CLERK))
    assert isinstance(await join(context, NEW_PHONE, token, context.clock.now()), Joined)
    await Phone(context, NEW_PHONE).opens("people", committee)


async def test_who_has_not_joined_has_no_account_to_change(
    van: Phone, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[CUONG])
    assert van.refused == "not_joined"


async def test_where_nobody_else_has_joined_who_runs_the_machine_confirms(
    context: Context, house: House
) -> None:
    founded = await house.found(founding())
    await house.joins(CUONG, CUONGS)
    await house.joins(VAN, CLERK)
    van = Phone(context, CLERK)
    await van.opens("people_rebind", house.ids[CUONG], "yes")
    assert "dongthuan people confirm 1" in van.text
    async with context.work() as work:
        link = await seconding.confirm_by_machine(work, 1)
    assert f"start={await house.last_link(CLERK)}" in link
    assert not any("start=" in text for text in await house.heard(CUONGS))
    told = [text for text in await house.heard(CLERK) if "THAY ĐỔI NHÂN SỰ" in text]
    assert "Người xác nhận: người quản trị máy chủ" in told[-1]
    assert ("Người quản trị máy chủ", "approval_confirmed") in [
        (actor, act) for actor, act, _ in await house.acts(founded.committee)
    ]


async def test_a_right_lost_between_screen_and_press_is_lost(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[CUONG])
    await house.joins(CUONG, CUONGS)
    await van.opens("people_rebind", house.ids[CUONG], "yes")
    await van.opens("people_office", house.ids[AN], "dang_doan", "member")
    await van.types(DECISION)
    await confirms(van, DEPUTY)
    assert (await Phone(context, HEAD).opens("approval_yes", 1)).refused == "no_right"
    assert (await Phone(context, DEPUTY).opens("approval_yes", 1)).refused is None


async def test_nothing_that_waits_reaches_an_account_that_was_freed(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await confirms(van, HEAD)
    async with context.look() as work:
        rows = select(outbox.c.kind).where(outbox.c.chat_id == DEPUTY, outbox.c.state == "pending")
        assert list((await work.tx.execute(rows)).scalars()) == ["freed"]


async def test_the_register_of_staffing_holds(
    van: Phone, context: Context, house: House, committee: int, clock: MovableClock
) -> None:
    await adds(van, committee, MAI)
    clock.advance(timedelta(minutes=1))
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await (await Phone(context, HEAD).opens("approval_no", 2)).types("Chưa rõ")
    await changes(van, HEAD, "people_retire", house.ids[DUNG], "yes")
    async with context.look() as work:
        assert await broken_lines(work.tx, committee) == []


async def test_who_stands_in_agrees_for_the_head_but_never_about_the_own_account(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    head, deputy = Phone(context, HEAD), Phone(context, DEPUTY)
    await head.opens("deleg_new", committee, "dang_doan", house.ids[BINH], "0")
    await head.types("20/12")
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await deputy.opens("approval_yes", 1)
    assert deputy.refused == "acting_own_seat"

    await house.joins(CUONG, CUONGS)
    await van.opens("people_rebind", house.ids[CUONG], "yes")
    assert f"tài khoản Telegram của đồng chí {CUONG}" in (await house.heard(DEPUTY))[-1]
    await deputy.opens("approval_yes", 2)

    assert "ĐÃ ĐƯỢC XÁC NHẬN" in deputy.text
    line = await _last_line(context, committee, "approval_confirmed")
    assert (line["acting_for"], line["acting_for_name"]) == (house.ids[AN], AN)
    assert line["acting_under"] == "4.5, 5.3"


async def _last_line(context: Context, committee: int, act: str) -> dict[str, object]:
    """What the register's last line of that act tells."""
    lines = select(lines_of.c.detail).where(
        lines_of.c.committee_id == committee, lines_of.c.act == act
    )
    async with context.look() as work:
        found = await work.tx.execute(lines.order_by(lines_of.c.number.desc()))
        return dict(next(iter(found.scalars())))
