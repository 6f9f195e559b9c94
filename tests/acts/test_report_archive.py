"""Names in an archive and its parts; what stands in it is tested on the board."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest

from bot.reports.exports import Entry, archive, parts, safe_name
from bot.values.moments import VIET_NAM

AT = datetime(2026, 3, 30, 9, tzinfo=VIET_NAM)
MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../x", "01 - A - x"),
        ("C:\\Windows\\system.ini", "01 - A - C Windows system.ini"),
        ("=cmd().xlsx", "01 - A - =cmd().xlsx"),
        ("bc\u202excod.exe", "01 - A - bcxcod.exe"),
        ("...", "01 - A - tep"),
        ("", "01 - A - tep"),
        ("\x00\x07.pdf", "01 - A - pdf"),
        ("tệp   nhiều  khoảng.pdf", "01 - A - tệp nhiều khoảng.pdf"),
        ("không đuôi", "01 - A - không đuôi"),
    ],
)
def test_a_name_stays_readable_and_becomes_harmless(name: str, safe: str) -> None:
    assert safe_name("01", "A", name, set()) == safe


def test_a_long_name_keeps_its_ending_and_fits_every_file_system() -> None:
    name = safe_name("01", "Chi bộ " + "ủ" * 300, "ắ" * 300 + ".docx", set())
    assert name.endswith(".docx")
    assert len(name.encode()) <= 200


def test_equal_names_are_numbered_whatever_their_capitals() -> None:
    taken: set[str] = set()
    names = [safe_name("01", "A", name, taken) for name in ("bc.pdf", "BC.PDF", "bc.pdf")]
    assert names == ["01 - A - bc.pdf", "01 - A - BC (2).PDF", "01 - A - bc (3).pdf"]


def entry(number: int, size: int) -> Entry:
    return Entry(number, f"{number}.pdf", "0" * 64, size, AT)


@pytest.mark.parametrize(
    ("sizes", "split"),
    [
        ([20], [1]),
        ([20, 20, 5], [3]),
        ([20, 20, 5, 1], [3, 1]),
        ([20, 20, 20], [2, 1]),
        ([5, 20, 20, 20, 20, 20], [3, 2, 1]),
    ],
)
def test_parts_hold_at_most_45_megabytes_in_order(sizes: list[int], split: list[int]) -> None:
    found = parts([entry(n, size * MEGABYTE) for n, size in enumerate(sizes)])
    assert [len(part) for part in found] == split
    assert [each.report for part in found for each in part] == list(range(len(sizes)))


def test_the_same_files_make_the_same_bytes() -> None:
    made = [archive("Danh mục.xlsx", b"list", [entry(1, 3)], [b"abc"]) for _ in range(2)]
    assert made[0] == made[1]
    whole = zipfile.ZipFile(io.BytesIO(made[0]))
    assert whole.testzip() is None
    assert whole.getinfo("1.pdf").date_time == (2026, 3, 30, 9, 0, 0)
