"""A year at a glance: its numbers in words, its pictures drawn by a program of its own, and who may have them."""

from __future__ import annotations

import asyncio
import struct
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from bot.clock import MovableClock
from bot.db import drafts
from bot.drawing.page import Page
from bot.kit.unit import Context
from bot.sheets.drawing import draw
from bot.sheets.rules.pages import Row
from bot.values.refusal import Refused
from tests.acts.called import STARTS, called
from tests.acts.committees import DEPUTY, HEAD, HOUR, STRANGER, House
from tests.acts.phone import Phone
from tests.acts.running import opened

ROOT = Path(bot.__file__).parent.parent


@pytest.fixture
async def met(context: Context, clock: MovableClock, house: House, committee: int) -> int:
    """A matter that runs, and a meeting of 5/3/2026 to which An and Bình came; it is eleven o'clock that day."""
    await opened(house, committee)
    meeting = await called(house, committee, "Kế hoạch quý II")
    clock.move_to(STARTS)
    for account in (HEAD, DEPUTY):
        await Phone(context, account).opens("checkin", meeting)
    await Phone(context, HEAD).opens("mopen", meeting)
    clock.move_to(STARTS + 3 * HOUR)
    return committee


async def test_the_office_comes_from_the_list_to_the_year_in_numbers(
    van: Phone, clock: MovableClock, met: int
) -> None:
    clock.move_to(STARTS + 24 * HOUR)
    await (await van.opens("watch", met)).presses("Cả năm")
    assert "<b>NĂM 2026</b>" in van.text
    # 3 trong 4 phải có mặt, chỉ 2 người đến: chưa phải là cuộc họp
    assert "đã họp đủ" not in van.text
    assert "0/1 đợt đã kết thúc." in van.text
    assert "1 cuộc họp đã khai mạc; 2/4 lượt có mặt (50%)" in van.text
    await van.presses("Năm 2025")
    assert "Năm này chưa có báo cáo đến lượt theo dõi" in van.text
    assert "Xem cả năm bằng hình" not in van.buttons
    await van.presses("Năm 2026")
    assert "Năm 2027" not in van.buttons


async def test_the_year_is_sent_as_a_picture_two_pixels_for_each_point_of_a_phone(
    van: Phone, house: House, met: int
) -> None:
    await (await van.opens("year", met)).presses("Xem cả năm bằng hình")
    assert van.refused is None
    assert [file.name for file in van.files] == ["Nam 2026 - 1.png", "Nam 2026 - 2.png"]
    async with house.context.look() as work:
        content = await drafts.blob(work.tx, van.files[0].sha256)
    assert content is not None
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2 * 390
    assert height <= 2 * (800 + 12)
    assert "year_picture" in [act for _, act, _ in await house.acts(met)]


@pytest.mark.parametrize("account", [DEPUTY, STRANGER])
async def test_nobody_but_the_office_has_the_year(
    context: Context, committee: int, account: int
) -> None:
    for act in ("year", "year_picture"):
        assert (await Phone(context, account).opens(act, committee, 2026)).refused == "no_right"
    watch = await Phone(context, DEPUTY).opens("watch", committee)
    assert "Cả năm" not in watch.buttons


async def test_an_empty_year_and_a_year_that_cannot_be_have_no_picture(
    van: Phone, committee: int
) -> None:
    assert (await van.opens("year_picture", committee, 2019)).refused == "sheet_year_empty"
    for year in (0, 9999):
        assert (await van.opens("year_picture", committee, year)).refused == "old_button"
    assert (await van.opens("year", committee, 0)).refused == "old_button"


# --- the program that draws --------------------------------------------------------------------

WORDS: Row = {"kind": "text", "text": "Đảng bộ", "height": 20}


@pytest.mark.parametrize(
    ("rows", "longest"),
    [([WORDS], 0.01), ([{**WORDS, "kind": "no such row"}], 30.0), ([{"kind": "text"}], 30.0)],
)
async def test_what_cannot_be_drawn_or_takes_too_long_is_refused(
    rows: list[Row], longest: float
) -> None:
    with pytest.raises(Refused) as refused:
        await draw([rows], longest=longest)
    assert refused.value.refusal.kind == "sheet_not_drawn"


async def test_the_bot_goes_on_while_a_picture_is_drawn() -> None:
    drawing = asyncio.create_task(draw([[WORDS]]))
    turns = 0
    while not drawing.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 2
    assert [each[:4] for each in drawing.result()] == [b"\x89PNG"]


def test_the_running_bot_holds_nothing_of_the_drawing_library() -> None:
    """Also nothing of the array library, which the spreadsheets would take in where it is installed."""
    held = "import bot.app, sys; print(*{'matplotlib', 'numpy', 'PIL', 'bot.drawing'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", held], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == ""


PAGE = Page(100)


def test_words_are_cut_between_words_to_the_room_they_have() -> None:
    words = "Chương trình công tác toàn khóa của Ban Chấp hành Đảng bộ các cơ quan Đảng tỉnh"
    cut = PAGE.fitted(words, 366)
    assert cut.endswith(" …")
    assert words.startswith(cut.removesuffix(" …") + " ")
    assert PAGE.width(cut) <= 366
    assert PAGE.fitted("Kế hoạch", 366) == "Kế hoạch"
    assert PAGE.width(PAGE.fitted("W" * 200, 366)) <= 366


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("Đặng Thị Thuỳ Phương Quỳnh Như Gia Bảo Linh Chi", "Đặng … Gia Bảo Linh Chi"),
    ],
)
def test_a_long_name_keeps_the_family_and_the_given_name(name: str, shown: str) -> None:
    assert PAGE.fitted_name(name, 170) == shown
