"""What the pictures of a year say, row by row; how they look was looked at, and one is kept in docs/pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.sheets.picture import PAGE, pages_of
from bot.sheets.rules.pages import Row, height
from bot.sheets.rules.year import Year
from tests.rendering.scenes import SAY
from tests.rendering.years import EMPTY, FULL, SHORT


def said(year: Year) -> list[str]:
    """Every row in words, in its order."""
    return [words for page in pages_of(SAY, year) for row in page for words in _words(row)]


def _words(row: Row) -> Iterator[str]:
    drawn = json.loads(json.dumps(row))
    if drawn["kind"] == "text":
        yield drawn["text"]
    elif drawn["kind"] == "bar":
        yield f"{drawn['name']} | {drawn['text']}".removeprefix(" | ")
    elif drawn["kind"] == "boxes":
        yield "; ".join(f"{each['name']} {each['mark']}".strip() for each in drawn["boxes"])
    else:
        yield "; ".join(each["text"] for each in drawn["parts"])


def test_a_short_year_is_told_whole_on_its_pages() -> None:
    assert said(SHORT) == [
        *("NĂM 2026", "Đảng đoàn Liên hiệp Hội", "Số liệu đến ngày 20/9/2026"),
        "Báo cáo theo tháng đến hạn",
        *("Đ: đúng hạn; M: muộn", "T: thiếu, chưa gửi; C: chưa đến hạn"),
        *(f"Tháng {month} | Đ4 M1" for month in range(1, 10)),
        *(f"Tháng {month} | C5" for month in range(10, 13)),
        "Họp theo định kỳ",
        *("✓ đã họp đủ; ✗ họp chưa đủ", "… đang diễn ra; kỳ sắp tới"),
        "Đảng đoàn (Điều 8.2.1)",
        "Quý 1 ✓; Quý 2 ✓; Quý 3 …; Quý 4",
        "Xin ý kiến bằng văn bản",
        *("thông qua, thống nhất; không thông qua, rút", "còn xem xét tiếp; chưa kết thúc"),
        *("1. Chương trình công tác quý II/2026", "Thông qua, 3 ngày"),
        *("2. =1+1 $x^2$ & <b>", "Báo cáo cấp trên, trong ngày"),
        *("3. Kế hoạch quý IV", "Đang xin ý kiến, 5 ngày"),
        *("Kế hoạch chưa được duyệt", "Chờ duyệt"),
        # 72 + 328 + 144 + 256: trang đầu vừa đủ 800
        *("NĂM 2026", "Đảng đoàn Liên hiệp Hội", "Số liệu đến ngày 20/9/2026"),
        "Dự họp",
        *("có mặt; P: vắng, được đồng ý", "K: vắng, chưa đồng ý"),
        *("Nguyễn Văn An | 2/2", "Trần Thị Bình | 1/2 P1"),
    ]


def test_a_part_that_has_nothing_is_left_out() -> None:
    assert pages_of(SAY, EMPTY) == []


@pytest.mark.parametrize("year", [SHORT, FULL])
def test_every_page_fits_a_phone_and_every_row_stands_on_one(year: Year) -> None:
    pages = pages_of(SAY, year)
    assert all(height(page) <= PAGE for page in pages)
    told = said(year)
    assert sum(row.startswith("Tháng ") for row in told) == 12
    assert sum(row["kind"] == "bar" and row["named"] == 0 for page in pages for row in page) == len(
        year.matters
    )
    assert sum(
        any(row.startswith(f"{each.name} |") for each in year.members) for row in told
    ) == len(year.members)
