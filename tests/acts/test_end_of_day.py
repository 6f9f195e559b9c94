"""Where a committee ends its days at 16 o'clock, every moment offered does too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.consultations import overview
from bot.kit.unit import Context
from bot.people.rules.founding import Newcomer as Person
from bot.people.rules.founding import SeatWanted as Seat
from bot.people.rules.people import Role
from tests.acts.committees import AN, BINH, CLERK, DEPUTY, HEAD, VAN, House, clerk, founding
from tests.acts.phone import Phone

AGENCIES = (
    Person(AN, Role.OFFICER, (Seat("", "secretary"),)),
    Person(BINH, Role.MEMBER, (Seat("co_quan", "agency"),)),
    clerk(),
)


@pytest.fixture
async def of_agencies(house: House) -> int:
    """A requester with one agency, all joined; its days end at 16 o'clock."""
    plan = founding(AGENCIES, regulation="hai_duong")
    plan = replace(plan, settings={"day_ends_at": 16}, confirmed=plan.confirmed - {"day_ends_at"})
    founded = await house.found(plan)
    for name, account in ((AN, HEAD), (BINH, DEPUTY), (VAN, CLERK)):
        await house.joins(name, account)
    return founded.committee


async def asked_for_a_deadline(context: Context, committee: int) -> Phone:
    phone = await Phone(context, CLERK).opens("launch", committee)
    await phone.presses("Đề nghị phối hợp")
    await phone.presses("Phối hợp")
    await phone.types("Quy chế phối hợp")
    return await phone.types("Dự thảo")


async def opened(context: Context, committee: int, typed: str) -> int:
    phone = await asked_for_a_deadline(context, committee)
    await phone.types(typed)
    await phone.presses("Không thuộc bí mật nhà nước")
    await phone.presses("Trình duyệt")
    matter = await overview.newest(context)
    assert matter is not None
    await Phone(context, HEAD).opens("approve", matter)
    return matter


async def test_the_deadlines_on_buttons_name_the_hour_they_mean(
    context: Context, of_agencies: int
) -> None:
    shown = (await asked_for_a_deadline(context, of_agencies)).buttons
    assert "02/3, thứ Hai, 16 giờ (hôm nay)" in shown
    assert "03/3, thứ Ba, 16 giờ" in shown
    assert "06/3, thứ Sáu, 16 giờ" in shown


async def test_a_deadline_typed_without_an_hour_ends_with_the_day(
    context: Context, of_agencies: int
) -> None:
    phone = await asked_for_a_deadline(context, of_agencies)
    await phone.types("27/3")
    assert "Hạn trả lời: 16 giờ 00, thứ Sáu, 27/03/2026 (còn" in phone.text


async def test_moments_offered_to_who_asks_for_time_end_with_the_day(
    context: Context, of_agencies: int
) -> None:
    matter = await opened(context, of_agencies, "6/3")
    phone = await Phone(context, DEPUTY).opens("more", matter)
    # Chưa xác nhận đã nhận thì tính từ hạn nêu trong phiếu: 06/03, thứ Sáu.
    assert phone.buttons[:2] == [
        "09/3, thứ Hai, 16 giờ",
        "10/3, thứ Ba, 16 giờ",
    ]


async def test_a_day_of_the_month_grid_ends_at_that_hour(
    context: Context, of_agencies: int
) -> None:
    phone = await asked_for_a_deadline(context, of_agencies)
    await phone.presses("Chọn trên lịch")
    day = next(b for row in phone.card.rows for b in row if b.label == f"{date(2026, 3, 27).day}")
    assert day.press is not None
    # 16 giờ ngày 27/03/2026 ở Việt Nam, tính bằng phút từ 01/01/1970.
    assert day.press.args[-1] == str((20539 * 24 + 9) * 60)
