"""The guides speak of what is on the screen and in the rule books: buttons, articles, assumptions."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.places import regulations_dir, templates_dir
from bot.regulations.loader import parse
from tests.docs import pages

REGULATIONS = sorted(path.stem for path in regulations_dir().glob("*.toml"))
OFFICE = "docs/huong-dan-van-phong.md"
RUNNING = "docs/van-hanh.md"
SUMMARY = ("README.md", "README.vi.md", OFFICE)
LARGEST_PAGE, IN_A_PALETTE = 40_000, 3
"""Bytes of a picture of a page; the kind of colours that a PNG names in its byte 25."""
_ARTICLES = re.compile(r"(?:Điều|Article|Articles) (\d+(?:\.\d+)*[a-z]?(?:, \d+(?:\.\d+)*[a-z]?)*)")
_QUOTED = re.compile(r"«([^»]+)»")
_FILLED_IN = re.compile(r"\\\{\w+\\\}")


@cache
def articles_of(regulation: str) -> frozenset[str]:
    """Every article that a rule book cites."""
    text = (regulations_dir() / f"{regulation}.toml").read_text(encoding="utf-8")
    return frozenset(_cited(tomllib.loads(text)))


def _cited(part: Any) -> set[str]:
    if isinstance(part, list):
        return {article for each in part for article in _cited(each)}
    if not isinstance(part, dict):
        return set()
    found = {article for each in part.values() for article in _cited(each)}
    for key, value in part.items():
        if isinstance(value, str) and (
            key.endswith("article") or re.fullmatch(r"[\d., a-z]+", value)
        ):
            found |= set(value.split(", "))
    return found


def _articles_in(words: str) -> set[str]:
    return {article for found in _ARTICLES.findall(words) for article in found.split(", ")}


@pytest.mark.parametrize("page", [*SUMMARY, pages.GUIDES[1], RUNNING])
def test_every_article_cited_stands_in_a_rule_book(page: str) -> None:
    known = frozenset[str]().union(*(articles_of(each) for each in REGULATIONS))

    assert _articles_in(pages.prose(page)) - known == set()


@pytest.mark.parametrize("page", SUMMARY)
def test_a_row_about_one_regulation_cites_that_regulation(page: str) -> None:
    about = [
        (regulation, cells)
        for cells in pages.rows(page)
        for regulation in REGULATIONS
        if f"`{regulation}`" in cells[0]
    ]

    assert {regulation for regulation, _ in about} == set(REGULATIONS)
    for regulation, cells in about:
        assert _articles_in(" ".join(cells)) - articles_of(regulation) == set(), cells


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_the_office_guide_lists_every_assumption_to_confirm(regulation: str) -> None:
    path = regulations_dir() / f"{regulation}.toml"
    settings = parse(path.read_text(encoding="utf-8"), path.name).settings
    own = " ".join(
        cells[1] for cells in pages.rows(OFFICE) if len(cells) > 1 and f"`{regulation}`" in cells[0]
    )
    common = " ".join(cells[0] for cells in pages.rows(OFFICE) if cells[0].startswith("`"))

    listed = set(re.findall(r"`(\w+)`", f"{own} {common}"))
    assert {setting.name for setting in settings} - listed == set()


def test_the_office_guide_names_no_assumption_that_is_none() -> None:
    known = {
        setting.name
        for regulation in REGULATIONS
        for setting in _settings(regulations_dir() / f"{regulation}.toml")
    }
    section = pages.prose(OFFICE).partition("## Giả định cần Bí thư xác nhận")[2]
    named = set(re.findall(r"`(\w+)`", section)) - set(REGULATIONS)

    assert named - known == set()


def _settings(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8"), path.name).settings


@cache
def labels() -> frozenset[str]:
    """Every word that stands on a button or in a menu, with what is filled in left open."""
    tables = tomllib.loads((templates_dir() / "labels.toml").read_text(encoding="utf-8"))
    return frozenset(word for table in tables.values() for word in table.values())


def _is_on_screen(word: str) -> bool:
    if any(_fits(label, word) for label in labels()):
        return True
    return any(word in said for said in _messages())


def _fits(label: str, word: str) -> bool:
    pattern = _FILLED_IN.sub(".+", re.escape(label))
    return bool(re.fullmatch(pattern, word, re.I)) or label.partition(" ({")[0] == word


@cache
def _messages() -> tuple[str, ...]:
    shown = [
        *(pages.ROOT / "tests" / "golden").glob("*.txt"),
        *(templates_dir() / "cli" / "vi").glob("*.j2"),
    ]
    return tuple(path.read_text(encoding="utf-8") for path in shown)


@pytest.mark.parametrize("page", [*pages.GUIDES, RUNNING])
def test_every_word_quoted_from_the_screen_is_on_the_screen(page: str) -> None:
    quoted = {" ".join(word.split()) for word in _QUOTED.findall(pages.prose(page))}

    assert quoted
    assert sorted(word for word in quoted if not _is_on_screen(word)) == []


def test_every_line_to_watch_for_is_a_line_of_the_log() -> None:
    section = pages.prose(RUNNING).partition("## Cần để mắt tới")[2].partition("\n## ")[0]
    lines = re.findall(
        r"`([a-z ]+)`", "".join(re.findall(r"^\| (`.*?`) \|", section, re.MULTILINE))
    )
    bot = pages.ROOT / "bot"
    places = [
        *(pages.ROOT / "scheduler").glob("*.py"),
        bot / "app.py",
        bot / "run_due.py",
        bot / "sheets" / "drawing.py",
    ]
    sources = [path.read_text(encoding="utf-8") for path in places]

    assert lines
    assert [line for line in lines if not any(f'"{line}"' in source for source in sources)] == []


def test_every_template_of_a_paper_has_its_row_with_a_small_picture_of_a_page() -> None:
    shown = {
        row[0].strip("`"): pages.ROOT / "docs" / link
        for row in pages.rows(OFFICE)
        for link in pages.links_in(row[-1])
        if Path(link).name.startswith("paper-")
    }
    templates = {path.stem for path in (templates_dir() / "papers").glob("*.txt")}

    assert shown == {
        name: pages.ROOT / "docs" / "pictures" / f"paper-{name}.png" for name in templates
    }
    assert [name for name, path in shown.items() if path.stat().st_size > LARGEST_PAGE] == []
    assert [name for name, path in shown.items() if path.read_bytes()[25] != IN_A_PALETTE] == []
