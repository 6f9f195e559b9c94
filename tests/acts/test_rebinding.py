from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.clock import MovableClock
from bot.db import register
from bot.db.register import Verified
from bot.db.schema import outbox
from bot.db.schema import register as lines_of
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
from tests.acts.phone import Phone, adds


async def test_another_account_needs_clerk_and_head(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await (await van.opens("people", committee)).presses(BINH)
    await van.presses("Đổi tài khoản Telegram")
    assert f"xin đồng ý: {AN}" in van.text
    await van.presses("Gửi đề nghị")
    assert "đang chờ người có thẩm quyền đồng ý" in van.text
    assert f"Đồng chí {VAN} đề nghị cho đồng chí {BINH}" in (await house.heard(HEAD))[-1]
    for account in (CLERK, DEPUTY, STRANGER):
        phone = Phone(context, account)
        await phone.opens("people_rebind_ok", 1)
        assert phone.refused == "no_right"

    head = Phone(context, HEAD)
    await head.opens("people_rebind_ok", 1)

    assert "Đã đồng ý đổi tài khoản" in head.text
    binh = await house.person(BINH, committee)
    assert binh is not None
    assert not binh.joined
    assert "đã được đổi" in (await house.heard(DEPUTY))[-1]
    token = await house.last_link(CLERK)
    assert isinstance(await join(context, NEW_PHONE, token, context.clock.now()), Joined)
    acts = [(actor, act) for actor, act, _ in await house.acts(committee)]
    assert (VAN, "rebinding_asked") in acts
    assert (AN, "rebinding_approved") in acts
    await head.opens("people_rebind_ok", 1)
    assert head.refused == "rebinding_settled"


async def test_a_declined_wish_leaves_the_account_as_it_is(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await Phone(context, HEAD).opens("people_rebind_no", 1)

    binh = await house.person(BINH, committee)
    assert binh is not None
    assert binh.account == DEPUTY
    assert "không đồng ý đổi tài khoản" in (await house.heard(CLERK))[-1]
    await Phone(context, HEAD).opens("people_rebind_ok", 1)
    assert (await house.person(BINH, committee) or binh).account == DEPUTY


async def test_a_wish_asked_again_replaces_the_one_that_waits(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await van.opens("people_rebind", house.ids[BINH], "yes")
    head = Phone(context, HEAD)
    await head.opens("people_rebind_ok", 1)
    assert head.refused == "rebinding_settled"
    await head.opens("people_rebind_ok", 2)
    assert head.refused is None


async def test_a_head_who_lost_the_account_is_vouched_for_by_the_next_in_rank(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[AN], "yes")
    deputy = Phone(context, DEPUTY)
    await deputy.opens("people_rebind_ok", 1)

    assert deputy.refused is None
    token = await house.last_link(CLERK)
    assert isinstance(await join(context, NEW_PHONE, token, context.clock.now()), Joined)


async def test_the_link_of_the_only_clerk_goes_to_the_head(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[VAN], "yes")
    await Phone(context, HEAD).opens("people_rebind_ok", 1)

    token = await house.last_link(HEAD)
    assert isinstance(await join(context, NEW_PHONE, token, context.clock.now()), Joined)
    await Phone(context, NEW_PHONE).opens("people", committee)


async def test_who_has_not_joined_has_no_account_to_change(
    van: Phone, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[CUONG])
    assert van.refused == "not_joined"


async def test_without_a_head_who_has_joined_no_account_is_changed(
    context: Context, house: House
) -> None:
    await house.found(founding())
    await house.joins(CUONG, CUONGS)
    await house.joins(VAN, CLERK)
    phone = Phone(context, CLERK)
    await phone.opens("people_rebind", house.ids[CUONG], "yes")
    assert phone.refused == "approver_absent"
    assert AN in phone.text


async def test_a_right_lost_between_screen_and_press_is_lost(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await van.opens("people_office", house.ids[AN], "dang_doan", "member")
    head = Phone(context, HEAD)
    await head.opens("people_rebind_ok", 1)
    assert head.refused == "no_right"


async def test_nothing_that_waits_reaches_an_account_that_was_freed(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await Phone(context, HEAD).opens("people_rebind_ok", 1)
    async with context.look() as work:
        rows = select(outbox.c.kind).where(outbox.c.chat_id == DEPUTY, outbox.c.state == "pending")
        assert list((await work.tx.execute(rows)).scalars()) == ["freed"]


async def test_the_register_of_staffing_holds(
    van: Phone, context: Context, house: House, committee: int, clock: MovableClock
) -> None:
    await adds(van, committee, MAI)
    clock.advance(timedelta(minutes=1))
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await Phone(context, HEAD).opens("people_rebind_no", 1)
    await van.opens("people_retire", house.ids[DUNG], "yes")
    async with context.look() as work:
        assert isinstance(await register.verify(work.tx, committee), Verified)


async def test_who_stands_in_agrees_for_the_head_but_never_about_the_own_account(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    head, deputy = Phone(context, HEAD), Phone(context, DEPUTY)
    await head.opens("deleg_new", committee, "dang_doan", house.ids[BINH], "0")
    await head.types("20/12")
    await van.opens("people_rebind", house.ids[BINH], "yes")
    await deputy.opens("people_rebind_ok", 1)
    assert deputy.refused == "acting_own_seat"

    await house.joins(CUONG, CUONGS)
    await van.opens("people_rebind", house.ids[CUONG], "yes")
    assert f"Đồng chí {VAN} đề nghị cho đồng chí {CUONG}" in (await house.heard(DEPUTY))[-1]
    await deputy.opens("people_rebind_ok", 2)

    assert "Đã đồng ý đổi tài khoản" in deputy.text
    line = await _last_line(context, committee, "rebinding_approved")
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
