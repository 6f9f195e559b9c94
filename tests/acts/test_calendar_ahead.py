"""The years ahead: entered in time, computed until a clerk has compared them, told where a deadline rests on them."""

from __future__ import annotations

from datetime import date, datetime

from bot.calendar import store as calendar
from bot.clock import MovableClock
from bot.kit.unit import Context
from bot.values.moments import VIET_NAM
from tests.acts.beating import beat
from tests.acts.committees import CLERK, HEAD, House
from tests.acts.phone import Phone

SOURCE = "Thông báo số 123/TB-BNV ngày 16/10/2026 của Bộ Nội vụ"
ASKED = "ĐỐI CHIẾU LỊCH NGHỈ NĂM"


async def comes(context: Context, clock: MovableClock, year: int, month: int, day: int) -> None:
    """The clock comes to half past eight of a day, and what fell due until then is acted on."""
    clock.move_to(datetime(year, month, day, 8, 30, tzinfo=VIET_NAM))
    await beat(context, times=2)


async def years(house: House, committee: int) -> dict[int, str | None]:
    async with house.context.look() as work:
        return await calendar.years(work.tx, committee)


async def asked(house: House, account: int) -> list[str]:
    return [text for text in await house.heard(account) if ASKED in text]


async def test_a_committee_begins_with_three_years_ahead(house: House, committee: int) -> None:
    known = await years(house, committee)
    assert list(known) == [2025, 2026, 2027, 2028, 2029]
    assert known[2026] is not None, "the year shipped was compared with what was announced"
    assert [year for year, source in known.items() if source is None] == [2027, 2028, 2029]


async def test_each_new_year_brings_another_one(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await comes(context, clock, 2027, 1, 1)
    assert list(await years(house, committee)) == [2025, 2026, 2027, 2028, 2029, 2030]
    async with context.look() as work:
        days = await calendar.working_calendar(work.tx, committee)
    assert not days.is_working(date(2030, 2, 4)), "the third day of Tết 2030, a Monday"
    assert days.last_year == 2030
    assert [act for _, act, _ in await house.acts(committee)].count("calendar_made") == 1


async def test_a_day_entered_before_its_year_was_made_stays(
    context: Context, clock: MovableClock, house: House, committee: int, van: Phone
) -> None:
    await van.opens("calendar_add", committee, "working", 2030)
    await van.types("02/02/2030 Làm bù")
    await comes(context, clock, 2027, 1, 1)
    async with context.look() as work:
        days = await calendar.working_calendar(work.tx, committee)
    assert days.is_working(date(2030, 2, 2)), "the first day of Tết, a Saturday, declared worked"
    assert not days.is_working(date(2030, 2, 4))


async def test_the_clerk_is_asked_twice_and_no_more_once_it_is_done(
    context: Context, clock: MovableClock, house: House, committee: int, van: Phone
) -> None:
    await comes(context, clock, 2026, 9, 30)
    assert await asked(house, CLERK) == []
    await comes(context, clock, 2026, 10, 1)
    assert len(await asked(house, CLERK)) == 1
    assert await asked(house, HEAD) == []
    await comes(context, clock, 2026, 12, 15)
    assert len(await asked(house, CLERK)) == 2
    await van.opens("tasks")
    await van.presses("Đối chiếu lịch nghỉ 2027")
    assert "Các ngày nghỉ năm 2027 mới là dự tính" in van.text

    await van.presses("Đã đối chiếu với thông báo")
    await van.types(SOURCE)
    assert f"Lịch năm 2027 được ghi là đã so với: {SOURCE}" in van.text
    assert (await years(house, committee))[2027] == SOURCE
    await van.opens("calendar", committee, 2027)
    assert f"Đã đối chiếu với: {SOURCE}" in van.text
    assert "Đã đối chiếu với thông báo" not in van.buttons
    await van.opens("tasks")
    assert "Đối chiếu lịch nghỉ 2027" not in van.buttons
    await comes(context, clock, 2027, 1, 1)
    assert len(await asked(house, CLERK)) == 2


async def test_every_day_of_a_compared_year_is_an_announced_one(
    house: House, committee: int, van: Phone
) -> None:
    await van.opens("calendar_day", committee, "20270902")
    assert "(dự tính, chưa đối chiếu với thông báo)" in van.text
    await van.opens("calendar_compare", committee, 2027)
    await van.types(SOURCE)
    await van.opens("calendar_day", committee, "20270902")
    assert f"Nguồn: {SOURCE}." in van.text


async def test_a_year_is_compared_by_the_clerk_once(
    context: Context, house: House, committee: int, van: Phone
) -> None:
    for year, refused in ((2026, "calendar_compared"), (2031, "calendar_no_year")):
        await van.opens("calendar_compare", committee, year)
        assert van.refused == refused
    await van.opens("calendar_compare", committee, "nam")
    assert van.refused == "calendar_no_year"
    before = await house.acts(committee)
    for account in (HEAD, 999):
        phone = Phone(context, account)
        await phone.opens("calendar_compare", committee, 2027)
        assert phone.refused == "no_right"
    assert await house.acts(committee) == before
