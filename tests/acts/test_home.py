"""The first screen: at most six rows, what waits first, and nothing lost that stands under «Việc khác»."""

from __future__ import annotations

import pytest

from bot.kit.form import FORMS
from bot.kit.unit import Context
from bot.kit.waiting import HOME_ROWS
from bot.rendering import shared_rendering
from bot.values.labels import room
from tests.acts.committees import CLERK, HEAD, VAN, House, clerk, founding, member
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
