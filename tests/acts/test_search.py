"""What a search finds among meetings and notices, for whom, and how its pages turn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.kit.unit import Context
from bot.meetings.rules.meeting import AgendaItem
from bot.people.rules.founding import Newcomer
from bot.people.rules.people import Role
from tests.acts.called import STARTS, called
from tests.acts.committees import (
    AN,
    CLERK,
    CUONG,
    CUONGS,
    FIVE,
    HEAD,
    STRANGER,
    VAN,
    House,
    founding,
)
from tests.acts.phone import Phone

KHACH, KHACHS = "Lý Văn Khách", 106


@pytest.fixture
async def committee(house: House) -> int:
    """The committee of five with a guest; head, Cường, clerk and guest have joined."""
    founded = await house.found(founding([*FIVE, Newcomer(KHACH, Role.GUEST)]))
    for name, account in ((AN, HEAD), (CUONG, CUONGS), (VAN, CLERK), (KHACH, KHACHS)):
        await house.joins(name, account)
    return founded.committee


async def search(context: Context, account: int, committee: int, typed: str) -> Phone:
    phone = await Phone(context, account).opens("search", committee)
    return await phone.types(typed)


CLOSED = AgendaItem(0, 1, "Nhân sự tháng tư", closed=True)


async def test_a_meeting_is_found_by_an_item_a_body_a_year_and_who_is_invited(
    house: House, context: Context, committee: int
) -> None:
    await called(house, committee, "Kế hoạch quý II")
    for typed in ("ke hoach", "Đảng đoàn quý", "khách"):
        found = (await search(context, CLERK, committee, typed)).text
        assert ("1 cuộc họp" in found) == (typed != "Đảng đoàn quý"), typed
    assert "1 cuộc họp" in (await search(context, CLERK, committee, "dang doan")).text
    assert "cuộc họp." in (await search(context, CLERK, committee, "số 1/2026")).text


async def test_a_guest_finds_nothing_by_a_closed_item_or_by_who_else_is_invited(
    house: House, context: Context, committee: int
) -> None:
    await called(house, committee, "Kế hoạch quý II", items=[CLOSED])
    for typed, finds in (("ke hoach", True), ("nhân sự", False), ("Cường", False)):
        assert ("1 cuộc họp" in (await search(context, KHACHS, committee, typed)).text) == finds
        assert "1 cuộc họp" in (await search(context, CUONGS, committee, typed)).text


async def test_pages_turn_and_stay_the_reader_s_own(
    house: House, context: Context, committee: int
) -> None:
    for day in range(10):
        await called(house, committee, "Kế hoạch quý II", starts=STARTS + timedelta(days=day))
    phone = await search(context, CLERK, committee, "ke hoach")
    assert "10 cuộc họp" in phone.text
    assert "trang 1/2" in phone.text
    turned = next(b.press for row in phone.card.rows for b in row if b.label == "Trang sau »")
    assert turned is not None
    await phone.presses("Trang sau »")
    assert "trang 2/2" in phone.text
    assert "9. <b>" in phone.text
    other = await Phone(context, CUONGS).opens(turned.action, *turned.args)
    assert other.refused == "no_right"


async def test_a_stranger_finds_nothing_and_nothing_to_find_is_said(
    context: Context, committee: int
) -> None:
    stranger = await Phone(context, STRANGER).opens("search", committee)
    assert stranger.refused == "no_right"
    assert (await search(context, CLERK, committee, "…")).refused == "nothing_sought"
    assert "Không tìm thấy" in (await search(context, CLERK, committee, "khong co gi")).text


async def test_what_was_looked_for_is_no_form_left_unfinished(
    context: Context, committee: int
) -> None:
    assert "Không tìm thấy" in (await search(context, CLERK, committee, "khong co gi")).text

    home = await Phone(context, CLERK).opens("home")
    assert "Tra cứu" not in home.text
    assert [label for label in home.buttons if "Bản nháp" in label] == []
