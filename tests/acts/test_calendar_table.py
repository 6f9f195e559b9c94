from __future__ import annotations

from datetime import date

import pytest

from bot.calendar import store as calendar
from bot.consultations import store as consultations
from bot.kit.unit import Context
from tests.acts.committees import (
    CUONG,
    DEPUTY,
    HEAD,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone
from tests.acts.running import opened
from tests.registers import broken_lines


async def is_working(house: House, committee: int, day: date) -> bool:
    async with house.context.look() as work:
        return (await calendar.working_calendar(work.tx, committee)).is_working(day)


async def test_the_year_is_listed_with_its_public_holidays(van: Phone, committee: int) -> None:
    await van.opens("calendar", committee)
    assert "LỊCH LÀM VIỆC 2026" in van.text
    assert "01/01/2026" in van.text
    assert "Ngày 10/01/2026 (thứ Bảy): Ngày làm bù" in van.text
    assert "đợt xin ý kiến đang mở giữ nguyên hạn" in van.text
    await van.presses("Trang sau »")
    assert "02/9/2026" in van.text
    await van.presses("Năm 2027")
    assert "LỊCH LÀM VIỆC 2027" in van.text


async def test_a_day_off_is_added_by_a_message(van: Phone, house: House, committee: int) -> None:
    day = date(2026, 10, 15)
    assert await is_working(house, committee, day)
    await (await van.opens("calendar", committee)).presses("Thêm ngày nghỉ")
    await van.types("15/10 Nghỉ do bão")

    assert "Đã ghi: 15/10/2026 (thứ Năm)" in van.text
    assert not await is_working(house, committee, day)
    assert (VAN, "calendar_added", "calendar") in await house.acts(committee)


async def test_many_days_are_added_at_once(van: Phone, house: House, committee: int) -> None:
    await van.opens("calendar_add", committee, "off", 2027)
    await van.types("01/02 - 14/02 Nghỉ Tết")
    assert "LỊCH LÀM VIỆC 2027" in van.text
    for day in (1, 14):
        assert not await is_working(house, committee, date(2027, 2, day))


async def test_a_working_saturday_is_added(van: Phone, house: House, committee: int) -> None:
    day = date(2026, 10, 17)
    await (await van.opens("calendar", committee)).presses("Thêm ngày làm bù")
    await van.types("17/10/2026")
    assert await is_working(house, committee, day)


async def test_a_day_is_taken_out_again(van: Phone, house: House, committee: int) -> None:
    await van.opens("calendar_day", committee, "20260902")
    assert "Nguồn: holidays" in van.text
    await van.presses("Bỏ khỏi lịch")
    assert van.toast == "Đã bỏ khỏi lịch."
    assert await is_working(house, committee, date(2026, 9, 2))
    await van.opens("calendar_remove", committee, "20260902")
    assert van.refused == "day_not_listed"
    await van.opens("calendar_day", committee, "20260902")
    assert van.refused == "day_not_listed"


async def test_a_running_matter_keeps_the_calendar_it_opened_with(
    van: Phone, house: House, committee: int
) -> None:
    running = await opened(house, committee)
    async with house.context.look() as work:
        before = await consultations.get(work.tx, running)
    await van.opens("calendar_add", committee, "off", 2026)
    await van.types("04/03/2026 Nghỉ đột xuất")

    async with house.context.look() as work:
        after = await consultations.get(work.tx, running)
    assert before is not None
    assert after is not None
    assert after.running.calendar == before.running.calendar
    assert after.running.calendar.is_working(date(2026, 3, 4))
    assert not await is_working(house, committee, date(2026, 3, 4))


@pytest.mark.parametrize(
    ("kind", "text", "refused"),
    [
        ("off", "Quốc khánh", "day_unreadable"),
        ("off", "30/02/2026", "day_impossible"),
        ("off", "01/01/2040", "day_out_of_range"),
        ("off", "01/01/2024", "day_out_of_range"),
        ("off", "01/01/2026 - 01/03/2026", "days_too_many"),
        ("working", "15/10/2026", "day_works_anyway"),
        ("working", "17/10/2026 - 19/10/2026", "day_works_anyway"),
    ],
)
async def test_what_cannot_be_entered_is_refused_and_changes_nothing(
    van: Phone, house: House, committee: int, kind: str, text: str, refused: str
) -> None:
    before = await house.acts(committee)
    await van.opens("calendar_add", committee, kind, 2026)
    await van.types(text)
    assert van.refused == refused
    assert await house.acts(committee) == before


async def test_the_head_reads_and_does_not_write(context: Context, committee: int) -> None:
    head = Phone(context, HEAD)
    await head.opens("calendar", committee)
    assert "Thêm ngày nghỉ" not in head.buttons
    await head.presses(head.buttons[0])
    assert head.buttons == ["« Quay lại"]
    for action, args in (("calendar_add", ("off", 2026)), ("calendar_remove", ("20260902",))):
        await head.opens(action, committee, *args)
        assert head.refused == "no_right"


@pytest.mark.parametrize("account", [DEPUTY, 205, 999])
async def test_others_learn_nothing(
    context: Context, house: House, committee: int, account: int
) -> None:
    await house.found(founding((member(CUONG, "secretary"), clerk("Ngô Thị Phương")), name="Hai"))
    await house.joins("Ngô Thị Phương", 205)
    phone = Phone(context, account)
    presses: tuple[tuple[str, tuple[str | int, ...]], ...] = (
        ("calendar", ()),
        ("calendar_day", ("20260902",)),
        ("calendar_add", ("off", 2026)),
        ("calendar_remove", ("20260902",)),
    )
    for action, args in presses:
        await phone.opens(action, committee, *args)
        assert phone.refused == "no_right"


async def test_cut_and_forged_presses_are_old_buttons(van: Phone, committee: int) -> None:
    presses: tuple[tuple[str, tuple[str | int, ...]], ...] = (
        ("calendar", (committee, "x")),
        ("calendar", (committee, 0)),
        ("calendar", (committee, 99999)),
        ("calendar_day", (committee, "20261399")),
        ("calendar_add", (committee, "feast", 2026)),
        ("calendar_remove", (committee,)),
    )
    for action, args in presses:
        await van.opens(action, *args)
        assert van.refused == "old_button"


async def test_the_register_of_the_calendar_holds(van: Phone, house: House, committee: int) -> None:
    await van.opens("calendar_add", committee, "off", 2026)
    await van.types("15/10")
    await van.opens("calendar_remove", committee, "20261015")
    async with house.context.look() as work:
        assert await broken_lines(work.tx, committee) == []
