"""Which differences of two rule books follow from an assumption: none of them is told as the words of an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.committees.amending.compared import Compared, compared
from bot.committees.amending.words import told
from bot.db.rulebooks import Kept
from bot.places import models_dir, regulations_dir
from bot.regulations.loader import parse
from bot.rendering import shared_rendering

SAY = shared_rendering()
BOOKS = sorted([*regulations_dir().glob("*.toml"), *models_dir().glob("*.toml")])


def beside(name: str, settings: dict[str, object], *replaced: str) -> Compared:
    """The shipped rule book, and the same with these values and these words replaced."""
    text = (regulations_dir() / f"{name}.toml").read_text(encoding="utf-8")
    other = text
    if replaced:
        was, now = replaced
        assert other.count(was) >= 1
        other = other.replace(was, now)
    kept = Kept(name, other, settings)
    return compared(parse(text, name), parse(other, name, settings), kept)


def marks(books: Compared) -> list[tuple[str, str, str, bool]]:
    return [(each.was, each.now, each.article, each.assumed) for each in told(SAY, books)]


def test_an_amended_assumption_is_none_of_the_words_of_its_article() -> None:
    """Quảng Ngãi suggests no days to answer within: the committee chose three, and five now."""
    assert marks(beside("quang_ngai", {"suggested_days": 5})) == [("3", "5", "8.2.1", True)]
    assert marks(beside("quang_ngai", {"common.suggested_days": 5})) == [("3", "5", "8.2.1", True)]


def test_what_the_text_says_otherwise_is_told_by_its_article() -> None:
    books = beside("quang_ngai", {}, 'head_article = "4.5"', 'head_article = "4.6"')
    assert [each.assumed for each in told(SAY, books)] == [False]


def test_both_in_one_amendment_are_told_apart() -> None:
    books = beside(
        "quang_ngai", {"suggested_days": 5}, 'head_article = "4.5"', 'head_article = "4.6"'
    )
    assert sorted(each.assumed for each in told(SAY, books)) == [False, True]


def test_a_blank_is_filled_in_where_the_text_asks_for_it() -> None:
    """19.3 of the model text leaves the days open to be filled in."""
    assert {each[2:] for each in marks(beside("cap_huyen", {"btv_papers_days": 4}))} == {
        ("19.3", False)
    }


@pytest.mark.parametrize("book", BOOKS, ids=lambda each: each.stem)
def test_the_value_that_stands_can_be_chosen_again(book: Path) -> None:
    """So that what was before is found in the text of now."""
    text = book.read_text(encoding="utf-8")
    stands = parse(text, book.name)
    for each in stands.settings:
        again = parse(text, book.name, {each.name: each.value})
        assert not compared(stands, again, Kept(book.name, text, {})).differences, each.name
