"""The first screen: at most six rows, what waits first, and nothing lost that stands under «Việc khác»."""

from __future__ import annotations

import pytest

from bot.clock import MovableClock
from bot.kit.form import FORMS
from bot.kit.unit import Context
from bot.kit.waiting import HOME_ROWS
from bot.meetings.rules.meeting import AgendaItem
from bot.people.rules.founding import Newcomer
from bot.people.rules.people import Role
from bot.regulations.rules.terms import Matter
from bot.rendering import shared_rendering
from bot.values.labels import room
from tests.acts.called import STARTS, again, called
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    FIVE,
    HEAD,
    KHACH,
    KHACHS,
    STRANGER,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone

pytestmark = pytest.mark.usefixtures("committee")

OF_A_CLERK = [
    ["Việc của tôi (0)"],
    ["Lịch họp", "Đã trả lời"],
    ["Lập phiếu xin ý kiến"],
    ["Mời họp", "Theo dõi"],
    ["Báo cáo của tôi", "Việc khác"],
]


async def rows(context: Context, account: int, act: str = "home") -> list[list[str]]:
    phone = await Phone(context, account).opens(act)
    return [[button.label for button in row] for row in phone.card.rows]


async def test_a_clerk_finds_what_is_done_most_on_the_first_screen(context: Context) -> None:
    assert await rows(context, CLERK) == OF_A_CLERK


async def test_the_other_ways_stand_on_the_second_screen(context: Context) -> None:
    assert await rows(context, CLERK, "others") == [
        ["Ủy quyền, vắng mặt"],
        ["Thông báo", "Bảng báo cáo"],
        ["Thêm báo cáo đột xuất"],
        ["Nhân sự", "Thêm người"],
        ["Danh sách mới, nhiệm kỳ mới"],
        ["Lịch làm việc", "Thể thức văn bản"],
        ["Sửa quy chế, giả định"],
        ["Kết thúc hoạt động"],
        ["Hướng dẫn"],
        ["Về trang chính"],
    ]


async def test_a_member_has_no_seventh_row_either(context: Context) -> None:
    first = await rows(context, HEAD)
    assert first[0] == ["Việc của tôi (0)"]
    assert len(first) <= 6
    assert all(len(label) <= room(2) for row in first if len(row) > 1 for label in row)


async def test_a_form_left_unfinished_is_taken_up_again_where_it_stood(
    context: Context, committee: int
) -> None:
    asked = (await Phone(context, CLERK).opens("launch", committee)).text
    first = await rows(context, CLERK)
    assert "Bản nháp đang lập" in [label for row in first for label in row]
    assert len(first) <= 6
    phone = await Phone(context, CLERK).opens("drafts")
    assert phone.buttons == ["Phiếu xin ý kiến", "Về trang chính"]
    assert (await phone.presses("Phiếu xin ý kiến")).text == asked
    assert [label for row in await rows(context, HEAD) for label in row if "nháp" in label] == []


async def test_every_kind_of_form_has_a_name_in_that_list() -> None:
    assert [kind for kind in FORMS if not shared_rendering().has_label(f"draft.{kind}")] == []


async def test_who_serves_two_committees_loses_no_way(house: House, context: Context) -> None:
    await house.found(
        founding((member("Hồ Văn Hai", "secretary"), clerk()), "Đảng đoàn Hội thứ hai")
    )
    await house.joins(VAN, CLERK)
    first, second = await rows(context, CLERK), await rows(context, CLERK, "others")
    assert len(first) <= 6
    shown = [label for row in (*first, *second) for label in row]
    assert len(shown) == len(set(shown)), "each way stands once"
    for way in ("Mời họp", "Nhân sự", "Lịch làm việc"):
        assert sum(label.startswith(way) for label in shown) == 2, "one for each committee"
    assert {row.name for row in HOME_ROWS if row.first} >= {"meetings", "launch", "watch"}


# --- what goes on now ------------------------------------------------------------------------


async def sits(
    house: House, context: Context, clock: MovableClock, committee: int, *others: int
) -> int:
    """A meeting with one item kept among members and one for all, opened at its hour; a quorum has come."""
    meeting = await called(
        house,
        committee,
        "Kế hoạch kiểm tra năm 2026",
        items=[AgendaItem(0, 1, "Công tác cán bộ", Matter.GENERAL, closed=True)],
    )
    clock.move_to(STARTS)
    for account in (HEAD, DEPUTY, *others):
        assert (await Phone(context, account).opens("checkin", meeting)).refused is None
    assert (await Phone(context, HEAD).opens("mopen", meeting)).refused is None
    return meeting


async def test_a_meeting_that_sits_stands_first_for_whoever_is_of_it(
    house: House, context: Context, clock: MovableClock, committee: int
) -> None:
    before = await Phone(context, DEPUTY).opens("home")
    assert "Đang họp" not in before.text

    meeting = await sits(house, context, clock, committee)

    told = "Đang họp: <b>Đảng đoàn</b>, khai mạc lúc 08 giờ 00, thứ Năm, 05/03/2026."
    for account, leads in ((DEPUTY, "GIẤY MỜI HỌP"), (HEAD, "CUỘC HỌP"), (CLERK, "CUỘC HỌP")):
        home = await Phone(context, account).opens("home")
        assert home.text.splitlines()[2] == told
        assert "biểu quyết" not in home.text
        assert home.buttons[0] == "Đang họp: Đảng đoàn"
        assert len(home.card.rows) <= 6
        assert leads in (await home.presses("Đang họp: Đảng đoàn")).text
    assert "Đang họp" not in (await Phone(context, STRANGER).opens("home")).text

    assert (await Phone(context, HEAD).opens("mclose", meeting, "yes")).refused is None
    assert "Đang họp" not in (await Phone(context, DEPUTY).opens("home")).text


async def test_a_vote_that_runs_is_told_above_and_comes_before_what_else_waits(
    house: House, context: Context, clock: MovableClock, committee: int
) -> None:
    await house.joins(CUONG, CUONGS)
    meeting = await sits(house, context, clock, committee, CUONGS)
    closed, item = (await again(house, meeting)).items
    head = await Phone(context, HEAD).opens("vote_open", item.id, "general", "approve", "open")
    assert head.refused is None

    home = await Phone(context, DEPUTY).opens("home")
    assert "Đang biểu quyết: <b>Kế hoạch kiểm tra năm 2026</b>." in home.text
    vote = "Biểu quyết: Kế hoạch kiểm tra năm 2026"
    assert home.buttons[:3] == ["Đang họp: Đảng đoàn", vote, "Việc của tôi (1)"]
    assert len(home.card.rows) <= 6
    await (await home.presses(vote)).presses("Tán thành")
    assert vote not in (await Phone(context, DEPUTY).opens("home")).buttons
    clerk = await Phone(context, CLERK).opens("home")
    assert "Đang biểu quyết" in clerk.text
    assert vote not in clerk.buttons, "the clerk is no member and has nothing to answer"
    assert closed.subject not in clerk.text


async def test_a_guest_reads_of_no_vote_on_what_members_keep_among_themselves(
    house: House, context: Context, clock: MovableClock
) -> None:
    founded = await house.found(
        founding([*FIVE, Newcomer(KHACH, Role.GUEST)], "Đảng đoàn Hội thứ hai")
    )
    for name, account in (
        (AN, HEAD),
        (BINH, DEPUTY),
        (CUONG, CUONGS),
        (VAN, CLERK),
        (KHACH, KHACHS),
    ):
        await house.joins(name, account)
    meeting = await sits(house, context, clock, founded.committee, CUONGS)
    closed, item = (await again(house, meeting)).items
    head = await Phone(context, HEAD).opens("vote_open", closed.id, "general", "approve", "open")
    assert head.refused is None
    assert (
        "Đang biểu quyết: <b>Công tác cán bộ</b>."
        in (await Phone(context, CLERK).opens("home")).text
    )

    guest = await Phone(context, KHACHS).opens("home")
    assert "Đang họp: <b>Đảng đoàn</b>" in guest.text
    assert "biểu quyết" not in guest.text
    assert closed.subject not in guest.text

    await Phone(context, HEAD).opens("vote_open", item.id, "general", "approve", "open")
    guest = await Phone(context, KHACHS).opens("home")
    assert "Đang biểu quyết: <b>Kế hoạch kiểm tra năm 2026</b>." in guest.text
    assert closed.subject not in guest.text


# --- who is away -----------------------------------------------------------------------------


async def test_a_head_finds_who_stands_in_on_the_first_screen_and_comes_back(
    context: Context, committee: int
) -> None:
    phone = await Phone(context, HEAD).opens("home")
    assert "Ủy quyền, vắng mặt" in phone.buttons
    assert len(phone.card.rows) <= 6
    home = phone.text
    await phone.presses("Ủy quyền, vắng mặt")
    assert "ỦY QUYỀN, VẮNG MẶT" in phone.text
    assert phone.buttons[-2:] == ["Lịch họp", "Về trang chính"]
    assert (await phone.presses("Về trang chính")).text == home
    deputy = [
        label
        for act in ("home", "others")
        for row in await rows(context, DEPUTY, act)
        for label in row
    ]
    assert "Ủy quyền, vắng mặt" not in deputy, "who heads nothing has nothing to give"
