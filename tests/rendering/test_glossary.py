"""One word for one thing, and whole sentences, over every message as people read it.

A row forbids what reads badly and names what is written instead; whoever breaks one reads the right word.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.places import templates_dir

GOLDEN = Path(__file__).parents[1] / "golden"
TOLD = {path.stem: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.txt")}
TAG = re.compile(r"</?(?:b|i|blockquote)(?: expandable)?>")
WEEKDAY = r"(?:thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật)"

WRITTEN_INSTEAD = {
    # the draft, and what is done with it
    r"Bỏ phiếu này|ĐÃ BỎ(?! GHI NHẬN)|đang (?:lập|viết) không còn|Bỏ, không": "Hủy, Hủy bản nháp, ĐÃ HỦY BẢN NHÁP",
    # one chooses a button, enters words, sends a file
    r"\b[Bb]ấm\b": "chọn (một nút)",
    r"\bgõ\b|[Vv]iết .*tin nhắn|[Gg]ửi (?:lại )?(?:tại đây )?(?:một )?tin nhắn (?:ghi|nêu)": "nhập",
    # the slip is what a member answers; the whole is a consultation
    r"[Pp]hiếu (?:đang chạy|mở sau|chưa kết thúc)|[Pp]hiếu mời": "đợt xin ý kiến; lời mời",
    # people and bodies
    r"[Kk]hách mời": "đại biểu mời",
    r"[Nn]ơi (?:chưa )?(?:gửi|nộp)\b|[Nn]hững nơi": "đơn vị, cá nhân báo cáo",
    r"[Tt]hôi tham gia": "kết thúc tham gia",
    r"[Tt]hôi giữ vị trí": "thôi giữ chức vụ",
    r"[Tt]hôi họp riêng": "chuyển về nội dung chung",
    r"\b[Bb]ạn\b|\b[Vv]ui lòng\b": "đồng chí, đề nghị",
    r"không có quyền": "việc này do … thực hiện",
    # time
    r"giờ Việt Nam": "một lần, trong «Hướng dẫn»",
    rf"\bhết {WEEKDAY}": "hết ngày 31/3/2026 (thứ Ba)",
    rf"(?<!\d\d, ){WEEKDAY}, \d\d/": "31/3/2026 (thứ Ba)",
    # counts
    r"\d trên \d": "5/7",
    r"\b(?:Cần|Có) \d+(?: tán thành|:)|tán thành \d+[;.]": "Số cần đạt: 5/7 … Đạt 5/7, gồm: 3 tán thành",
    r"Không (?:biểu quyết|bỏ phiếu) \d": "Vắng mặt, không biểu quyết: 2",
    r"(?:Nội dung|Phiếu) chưa có kết luận: \d": "Còn 2/2 nội dung chưa có kết luận",
    r"Không công bố\.": "Không công bố kết quả.",
    # questions in telegram style
    r"lúc nào\?|ở đâu\?|tập thể nào\?|loại nào\?|Hạn trả lời\?|Hạn gửi\?": "Thời gian họp, Địa điểm họp, …",
    r"\bthì hiểu là\b|\bMuốn\b": "nếu …, …",
    r"[a-zà-ỹ] nên (?:chưa|không|có)\b": "vì vậy",
    r"điều của quy chế": "điều khoản của quy chế",
    r"[Đđ]iều thay đổi|\d điều\b": "thay đổi; điều is an article",
    r"Giới hạn cần biết": "Lưu ý, và «Hướng dẫn»",
}
"""What is never read, as a pattern, and what stands in its place."""
EXCEPT = {
    ("help", r"giờ Việt Nam"),
    # The word of whoever set the committee up, out of the note of its rule book.
    ("edition", r"\b[Bb]ấm\b"),
}
SPELLING = {
    "a space before a mark": r" [,;:!?)»]| \.(?!\w)",
    "a space after an opening mark": r"[(«] ",
    "no space after a mark": r"[,;](?=[^\s\d»”\)])",
    "a mark twice": r"[,;:]{2}|(?<!\.)\.\.(?!\.)|\. \.|,\.",
    "nested brackets": r"\([^()]*\([^()]*\([^()]*\)",
}
ENDED = re.compile(r"(?:[.:;?…»]|\)|———)$")


def sentences(told: str) -> Iterator[str]:
    """The lines of a message without its tags and its buttons."""
    for line in html.unescape(TAG.sub("", told)).split("\n"):
        if line and not line.startswith("["):
            yield line


@pytest.mark.parametrize("pattern", WRITTEN_INSTEAD, ids=WRITTEN_INSTEAD.values())
def test_nothing_is_called_by_a_second_name(pattern: str) -> None:
    found = {
        name: match.group()
        for name, told in TOLD.items()
        if (match := re.search(pattern, told)) and (name, pattern) not in EXCEPT
    }
    assert found == {}, f"write instead: {WRITTEN_INSTEAD[pattern]}"


def test_every_exception_is_still_one() -> None:
    assert [each for each in EXCEPT if not re.search(each[1], TOLD[each[0]])] == []


@pytest.mark.parametrize("fault", SPELLING)
def test_messages_are_spelled_as_prose_is(fault: str) -> None:
    broken = {
        name: line
        for name, told in TOLD.items()
        for line in sentences(told)
        if re.search(SPELLING[fault], line)
    }
    assert broken == {}


def test_a_line_of_several_sentences_ends_as_a_sentence_does() -> None:
    """A heading, a name or a button may stand without a mark; what says two things may not."""
    open_ended = {
        name: line
        for name, told in TOLD.items()
        for line in sentences(told)
        if re.search(r"[a-zà-ỹ)]\. [A-ZÀ-Ỹ]", line) and not ENDED.search(line)
        if not re.search(r"https://\S+$", line)
    }
    assert open_ended == {}


def labels(table: Mapping[str, object]) -> Iterator[str]:
    for words in table.values():
        if isinstance(words, Mapping):
            yield from labels(words)
        else:
            yield str(words)


def test_a_button_named_in_a_sentence_has_the_words_of_the_button() -> None:
    read = tomllib.loads((templates_dir() / "labels.toml").read_text(encoding="utf-8"))
    known = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(words)) for words in labels(read)]
    named = {
        (path.name, words)
        for path in templates_dir().glob("messages/**/*.j2")
        for words in re.findall(r"«([^«»{}]+)»", path.read_text(encoding="utf-8"))
    }
    assert [
        each for each in sorted(named) if not any(re.fullmatch(k, each[1]) for k in known)
    ] == []


def test_no_button_ends_as_a_sentence_does() -> None:
    ended = {line for told in TOLD.values() for line in told.split("\n") if line.startswith("[")}
    assert [line for line in sorted(ended) if re.search(r"[.;:]\]$", line)] == []
