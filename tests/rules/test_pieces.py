from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.values.texts import CUT_FROM, TOGETHER, cut, goes_on, joined

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
FULL = 4096


def pieces(text: str) -> list[str]:
    """As a phone cuts a text that no space divides at the limit."""
    return [text[start : start + FULL] for start in range(0, len(text), FULL)]


def together(parts: list[str]) -> str:
    whole, where = parts[0].strip(), cut(parts[0], NOON)
    for part in parts[1:]:
        assert where is not None
        both = joined(whole, part, where, 100_000)
        assert isinstance(both, str)
        whole, where = both, cut(part, NOON)
    return whole


@given(st.text(alphabet="ă b", min_size=1, max_size=40), st.integers(200, 700))
def test_a_text_cut_anywhere_is_whole_again(words: str, times: int) -> None:
    text = " ".join((f"đ{words}đ" * times).split())
    assert together(pieces(text)) == text


def test_a_text_cut_between_words_is_whole_again() -> None:
    assert together(["a" * CUT_FROM, "b"]) == "a" * CUT_FROM + " b"


def test_a_short_message_goes_on_nowhere() -> None:
    assert cut("a" * (CUT_FROM - 1), NOON) is None


def test_letters_of_two_units_count_twice() -> None:
    assert cut("😀" * (CUT_FROM // 2), NOON) is not None


def test_what_is_sent_later_is_no_piece() -> None:
    where = cut("a" * FULL, NOON)
    assert where is not None
    assert goes_on(where, NOON + TOGETHER)
    assert not goes_on(where, NOON + TOGETHER + timedelta(microseconds=1))


def test_a_text_grown_too_long_is_a_fault() -> None:
    where = cut("a" * FULL, NOON)
    assert where is not None
    assert not isinstance(joined("a" * FULL, "b" * FULL, where, 5000), str)
