"""An assumption is shown in words, with what else may be chosen; ids are for whoever writes a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.commands.check import check
from bot.kit.assumptions import ALTERNATIVES, alternatives, assumption
from bot.places import regulations_dir
from bot.regulations import schema
from bot.regulations.loader import load, parse
from bot.regulations.rules.regulation import Setting
from bot.regulations.schema.common import DueDay, Receipt
from bot.rendering import Terminal
from bot.values.language import Language
from tests.rendering.scenes import SAY

BOOKS = sorted(regulations_dir().glob("*.toml"))
SETTINGS = [
    pytest.param(book, each, id=f"{book.stem} {each.name}")
    for book in BOOKS
    for each in load(book).settings
]
AN_ID = re.compile(r"\b[a-z]+_[a-z_]+\b|\b(?:hours|dates|office|members|hold|true|false|null)\b")


@pytest.mark.parametrize(("book", "setting"), SETTINGS)
def test_a_setting_reads_without_ids(book: Path, setting: Setting) -> None:
    told = assumption(SAY, setting)
    for words in (told.value, told.note, *told.allowed):
        assert not AN_ID.search(words), words
    if told.allowed:
        assert told.value in told.allowed
        assert len(set(told.allowed)) == len(told.allowed)


@pytest.mark.parametrize(("book", "setting"), SETTINGS)
def test_every_value_that_is_offered_is_taken(book: Path, setting: Setting) -> None:
    text = book.read_text(encoding="utf-8-sig")
    for value in alternatives(setting.value):
        parse(text, "book.toml", {setting.name: value})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("in_addition", "thêm vào tỷ lệ dự họp"),
        ("delivered", "Telegram đã chuyển là đủ"),
        (True, "có"),
        (False, "không"),
        (17, "17"),
        ([7, 3, 1, 0], "7, 3, 1, 0"),
        (["quarter", "ad_hoc"], "hằng quý, khi có yêu cầu"),
        ("> 1/2", "quá 1/2"),
        (">= 2/3", "từ 2/3 trở lên"),
    ],
)
def test_values_in_words(value: object, words: str) -> None:
    assert SAY.setting_value(value) == words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("secret_slips", False, "phiếu ghi tên"),
        ("least_notice", 1, "1 ngày làm việc"),
        ("day_ends_at", 17, "17 giờ"),
        ("rhythm_reminders", [30, 14], "30, 14 ngày"),
        ("a_name_of_another_book", 3, "3"),
    ],
)
def test_a_setting_says_its_own_words_and_units(name: str, value: object, words: str) -> None:
    assert SAY.setting_value(value, name) == words


OPEN = [
    ("quang_ngai", "suggested_days", "từ 1 đến 366 ngày làm việc", "1 to 366 working day(s)"),
    ("quang_ngai", "least_notice", "từ 0 đến 5 ngày làm việc", "0 to 5 working day(s)"),
    ("quang_ngai", "day_ends_at", "từ 1 đến 23 giờ", "1 to 23 o'clock"),
    ("quang_ngai", "duty_reminders", "một hoặc nhiều số, mỗi số từ 0 đến 366 ngày",
     "one or several numbers, each 0 to 366 day(s)"),
    ("bac_kan", "threshold", "một tỷ lệ khác, viết như >= 2/3 (từ 2/3 trở lên) hoặc > 1/2 (quá 1/2)",
     "another share, written as >= 2/3 (at least 2/3) or > 1/2 (more than 1/2)"),
    ("cap_huyen", "hdnd_report_periods",
     "một hoặc nhiều kỳ: hằng tuần, hằng tháng, hằng quý, 6 tháng, 9 tháng, hằng năm, nhiệm kỳ, khi có yêu cầu",
     "one or several periods: weekly, monthly, quarterly, half-yearly, nine months, yearly, of the term, "
     "when asked for"),
]  # fmt: skip


@pytest.mark.parametrize(("book", "name", "vietnamese", "english"), OPEN)
def test_where_not_every_value_can_be_named_its_bounds_are(
    book: str, name: str, vietnamese: str, english: str
) -> None:
    settings = {each.name: each for each in load(regulations_dir() / f"{book}.toml").settings}

    assert assumption(SAY, settings[name]).open_to == vietnamese
    assert assumption(Terminal(Language.ENGLISH), settings[name]).open_to == english


@pytest.mark.parametrize(("book", "setting"), SETTINGS)
def test_of_every_setting_it_is_said_what_may_be_chosen(book: Path, setting: Setting) -> None:
    told = assumption(SAY, setting)

    assert bool(told.allowed) != bool(told.open_to)


def test_acknowledging_is_said_as_what_one_does() -> None:
    assert SAY.setting_value("acknowledged").startswith("phải chọn «Đã nhận»")


def test_the_alternatives_are_those_of_the_file() -> None:
    written = {
        tuple(re.findall(r'"(\w+)"', each))
        for each in re.findall(r"Cell\[Literal\[([^\]]+)\]\]", _schema())
    }
    named = {get_args(Receipt), get_args(DueDay)}
    assert set(ALTERNATIVES) - {(True, False)} == written | named


def test_the_check_of_a_rule_book_never_says_an_id() -> None:
    told, code = check(Language.VIETNAMESE, [regulations_dir() / "quang_ngai.toml"])
    assert code == 0
    assert "in_addition" not in told
    assert "receipt: Telegram đã chuyển là đủ\n" in told
    assert "chọn được: thêm vào tỷ lệ dự họp; thay cho tỷ lệ dự họp\n" in told


def _schema() -> str:
    [folder] = schema.__path__
    return "".join(each.read_text(encoding="utf-8") for each in sorted(Path(folder).glob("*.py")))
