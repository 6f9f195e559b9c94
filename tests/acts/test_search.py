"""What a search finds among meetings and notices, for whom, and how its pages turn."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from bot.db import drafts
from bot.kit.unit import Context
from bot.meetings.rules.meeting import AgendaItem
from tests.acts.called import STARTS, called
from tests.acts.committees import (
    CLERK,
    CUONGS,
    KHACHS,
    STRANGER,
    House,
)
from tests.acts.phone import Phone


@pytest.fixture
async def committee(with_guest: int) -> int:
    return with_guest


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


# --- as a spreadsheet ------------------------------------------------------------------------


async def rows_of(house: House, phone: Phone) -> list[list[object]]:
    (file,) = phone.files
    async with house.context.look() as work:
        content = await drafts.blob(work.tx, file.sha256)
    assert content is not None
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]


async def test_what_is_found_is_fetched_whole_latest_first(
    house: House, context: Context, committee: int
) -> None:
    for day in range(10):
        await called(house, committee, "Kế hoạch quý II", starts=STARTS + timedelta(days=day))
    phone = await search(context, CLERK, committee, "ke hoach")
    await phone.presses("Tải kết quả .xlsx")
    assert [file.name for file in phone.files] == ["Ket qua tra cuu 2026-03-02.xlsx"]
    assert phone.files[0].open
    rows = await rows_of(house, phone)
    assert [row[1] for row in rows] == [*["Cuộc họp"] * 10, "Báo cáo"]
    last, first = "14/3/2026 (thứ Bảy) · Đảng đoàn", "05/3/2026 (thứ Năm) · Đảng đoàn"
    assert rows[0] == [1, "Cuộc họp", 10, last, "Đã mời họp", None]
    assert rows[9] == [10, "Cuộc họp", 1, first, "Đã mời họp", None]


async def test_a_guest_fetches_what_a_guest_finds_and_may_not_pass_it_on(
    house: House, context: Context, committee: int
) -> None:
    await called(house, committee, "Kế hoạch quý II", items=[CLOSED])
    await called(house, committee, items=[CLOSED], starts=STARTS + timedelta(days=1))
    phone = await search(context, KHACHS, committee, "quy ii")
    await phone.presses("Tải kết quả .xlsx")
    assert [row[3] for row in await rows_of(house, phone)] == ["05/3/2026 (thứ Năm) · Đảng đoàn"]
    assert not phone.files[0].open


async def test_nobody_fetches_what_another_has_looked_for_and_nothing_is_no_file(
    house: House, context: Context, committee: int
) -> None:
    await called(house, committee, "Kế hoạch quý II")
    phone = await search(context, CLERK, committee, "ke hoach")
    label = "Tải kết quả .xlsx"
    press = next(b.press for row in phone.card.rows for b in row if b.label == label)
    assert press is not None
    other = await Phone(context, CUONGS).opens(press.action, *press.args)
    assert (other.refused, other.files) == ("no_right", ())
    nothing = await search(context, CLERK, committee, "khong co gi")
    assert label not in nothing.buttons
    theirs = int(press.args[0]) + 1
    assert (await nothing.opens(press.action, theirs)).refused == "sheet_nothing_found"
    assert (await nothing.opens(press.action, *press.args)).refused == "old_button"
