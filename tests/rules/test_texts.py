"""Texts are kept as meant and made harmless; messages are cut where a reader would cut them."""

import re
import unicodedata
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.values.texts import (
    TextFault,
    clean,
    clean_line,
    listed,
    shortened,
    split_for_telegram,
    utf16_length,
)

TAGS = re.compile(r"<[^>]*>")


def visible(html: str) -> str:
    return unescape(TAGS.sub("", html))


def solid(text: str) -> str:
    return "".join(text.split())


def test_decomposed_vietnamese_becomes_composed() -> None:
    assert clean(unicodedata.normalize("NFD", "Đề nghị thẩm định"), 100) == "Đề nghị thẩm định"


def test_control_and_bidi_characters_disappear() -> None:
    assert clean("a\x00b\x07c\u202ed\u2066e\u200ff\ufeff", 100) == "abcdef"


def test_lone_surrogates_and_noncharacters_disappear() -> None:
    assert clean("a\ud800b\uffffc\ufdd0d", 100) == "abcd"


def test_every_kind_of_newline_is_one() -> None:
    assert clean("a\r\nb\rc\u2028d\x0be", 100) == "a\nb\nc\nd\ne"


def test_markup_and_formulas_are_kept_as_typed() -> None:
    assert clean("<b>1 & 2</b> {{7*7}} =1+1", 100) == "<b>1 & 2</b> {{7*7}} =1+1"


def test_a_family_of_emoji_stays_together() -> None:
    assert clean("👨‍👩‍👧 ❤️", 100) == "👨‍👩‍👧 ❤️"


def test_sixty_thousand_marks_on_one_letter_become_two() -> None:
    cleaned = clean("e" + "\u0301\u0323" * 30_000, 100)
    assert isinstance(cleaned, str)
    assert len(unicodedata.normalize("NFD", cleaned)) == 3


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\u200b", "\u0301", "\u202e\u202e"])
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert clean(text, 100) == TextFault("empty", 0, 100)
    assert clean_line(text, 100) == TextFault("empty", 0, 100)


def test_a_text_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert clean("ệ" * 100, 100) == "ệ" * 100
    assert clean("ệ" * 101, 100) == TextFault("too_long", 101, 100)


def test_the_limit_counts_what_is_kept() -> None:
    assert clean("  " + unicodedata.normalize("NFD", "ệ" * 100) + "\x00", 100) == "ệ" * 100


def test_a_subject_stands_on_one_line() -> None:
    assert clean_line(" Chương trình\r\n  công tác\tquý II ", 100) == "Chương trình công tác quý II"
    assert clean_line("a b", 2) == TextFault("too_long", 3, 2)


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text, 10_000)
    if isinstance(once, str):
        assert clean(once, 10_000) == once
        assert once.encode("utf-8")


@pytest.mark.parametrize(("text", "length"), [("", 0), ("ệ", 1), ("👍", 2), ("a👍b", 4)])
def test_telegram_counts_utf16_units(text: str, length: int) -> None:
    assert utf16_length(text) == length


def test_a_short_message_is_left_as_it_is() -> None:
    assert split_for_telegram("<b>Kính gửi</b>\n\n5 &amp; 6") == ("<b>Kính gửi</b>\n\n5 &amp; 6",)


def test_nothing_to_read_is_no_message() -> None:
    assert split_for_telegram("") == ()
    assert split_for_telegram("<b> \n</b>") == ()


def test_a_message_is_cut_at_a_line() -> None:
    assert split_for_telegram("aaa bbb\nccc ddd", 10) == ("aaa bbb", "ccc ddd")


def test_a_long_line_is_cut_between_words() -> None:
    assert split_for_telegram("aaaa bbbb cccc", 10) == ("aaaa bbbb", "cccc")


def test_a_long_word_is_cut_where_it_must() -> None:
    assert split_for_telegram("abcdefghij", 4) == ("abcd", "efgh", "ij")


def test_tags_open_at_a_cut_are_closed_and_opened_again() -> None:
    html = '<blockquote expandable><i>aaa bbb\nccc ddd</i></blockquote> <a href="x">eee</a>'
    assert split_for_telegram(html, 10) == (
        "<blockquote expandable><i>aaa bbb</i></blockquote>",
        "<blockquote expandable><i>ccc ddd</i></blockquote>",
        '<a href="x">eee</a>',
    )


def test_a_closing_tag_too_many_opens_nothing() -> None:
    assert split_for_telegram("aaa</b>\nbbb ccc", 6) == ("aaa</b>", "bbb", "ccc")


def test_markup_and_entities_do_not_count_as_their_letters() -> None:
    assert len(split_for_telegram("<b>" + "&amp;" * 4096 + "</b>")) == 1


def test_a_wide_sign_is_never_cut_in_two() -> None:
    assert split_for_telegram("👍👍👍", 5) == ("👍👍", "👍")


def test_a_hundred_thousand_letters_arrive_whole() -> None:
    text = "\n".join(f"Dòng {number}: " + "ý kiến " * 20 for number in range(700))
    parts = split_for_telegram(text)
    assert all(utf16_length(part) <= 4096 for part in parts)
    assert solid("".join(parts)) == solid(text)


PIECES = st.lists(
    st.sampled_from(["<b>", "</b>", "ab ", "c\n", "&lt;", "👍", "ệệệ", "\n\n", "x" * 30]),
    max_size=60,
)


@given(PIECES, st.integers(10, 50))
def test_parts_fit_are_balanced_and_lose_nothing(pieces: list[str], limit: int) -> None:
    html = "".join(pieces)
    parts = split_for_telegram(_balanced(html), limit)
    assert solid("".join(visible(part) for part in parts)) == solid(visible(html))
    for part in parts:
        assert 0 < utf16_length(visible(part)) <= limit
        assert part.count("<b>") == part.count("</b>")


def _balanced(html: str) -> str:
    """The same letters with bold either on or off."""
    bold, kept = False, ""
    for piece in re.split(r"(</?b>)", html):
        if piece in {"<b>", "</b>"}:
            wanted = piece == "<b>"
            kept += piece if wanted != bold else ""
            bold = wanted
        else:
            kept += piece
    return kept + ("</b>" if bold else "")


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Hỗ trợ khắc phục mưa lũ", 40, "Hỗ trợ khắc phục mưa lũ"),
        ("Hỗ trợ khắc phục mưa lũ", 23, "Hỗ trợ khắc phục mưa lũ"),
        ("Hỗ trợ khắc phục\nmưa lũ", 40, "Hỗ trợ khắc phục …"),
        ("Hỗ trợ khắc phục mưa lũ", 20, "Hỗ trợ khắc phục …"),
        ("Hỗtrợkhắcphụcmưalũ", 10, "Hỗtrợkhắ …"),
    ],
)
def test_a_text_is_shortened_to_its_first_line_and_between_words(
    text: str, limit: int, expected: str
) -> None:
    assert shortened(text, limit) == expected
    assert len(shortened(text, limit)) <= limit


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1. Kế hoạch quý II", "Kế hoạch quý II"),
        ("  2) Nhân sự", "Nhân sự"),
        ("3.Việc khác", "Việc khác"),
        ("12. Báo cáo", "Báo cáo"),
        ("- Dự toán", "Dự toán"),
        ("• Dự toán", "Dự toán"),
        ("1/ Kế hoạch quý II", "Kế hoạch quý II"),
        ("(1) Kế hoạch quý II", "Kế hoạch quý II"),
        ("1.- Kế hoạch quý II", "Kế hoạch quý II"),
        ("1.\N{NO-BREAK SPACE}Kế hoạch quý II", "Kế hoạch quý II"),
        ("\ufeff1.\tKế hoạch quý II", "Kế hoạch quý II"),
        ("a) Nhân sự", "Nhân sự"),
        ("\N{MIDDLE DOT} Dự toán", "Dự toán"),
        ("\uf0b7\tDự toán", "Dự toán"),
        ("\N{MINUS SIGN} Dự toán", "Dự toán"),
        ("12/QĐ-TU ngày 10/3/2026", "12/QĐ-TU ngày 10/3/2026"),
        ("2/9: tổ chức lễ", "2/9: tổ chức lễ"),
        ("24/7 trực cơ quan", "24/7 trực cơ quan"),
        ("3.000 đồng mỗi suất", "3.000 đồng mỗi suất"),
        ("5 triệu đồng", "5 triệu đồng"),
        ("An (Sở Y tế)", "An (Sở Y tế)"),
        ("V. I. Lênin: 156 năm ngày sinh", "V. I. Lênin: 156 năm ngày sinh"),
        ("30 năm thành lập Hội", "30 năm thành lập Hội"),
        ("1.5 tỷ đồng cho hội thảo", "1.5 tỷ đồng cho hội thảo"),
        ("2026. Chương trình", "2026. Chương trình"),
        ("Phương án A - B", "Phương án A - B"),
    ],
)
def test_a_line_of_a_pasted_list_loses_its_number_or_dash(line: str, kept: str) -> None:
    assert listed(line) == [kept]


def test_lines_with_nothing_on_them_are_none_of_a_list() -> None:
    assert listed("1. Một\n\n  \n- \n2. Hai\n") == ["Một", "Hai"]
    assert listed("\u200b\n1.\n1/\n–\n") == []
    assert listed("=====\nMột\n-----\n30/4\n***") == ["Một", "30/4"]


@pytest.mark.parametrize(
    "text", ["-", "–", "1.", "12", "1.\n2)\n3", "1.1.", "---\n•", "\u200b", ""]
)
def test_numbers_and_signs_alone_name_nothing(text: str) -> None:
    assert listed(text) == []
