"""The pages people read, as the tests of them need them: their text, links, headings, tables, examples."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
GUIDES = ("docs/huong-dan-van-phong.md", "docs/huong-dan-thanh-vien.md")
_BUILT = {"build", "dist"}
_FENCE = re.compile(
    r"^(?P<in> *)(?P<fence>```+)(?P<language>\w*)\n(?P<code>.*?)^(?P=in)(?P=fence)$", re.M | re.S
)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


class Example(NamedTuple):
    """A fenced block: where it stands, its language, its content."""

    page: str
    language: str
    code: str


@cache
def pages() -> tuple[str, ...]:
    """Every Markdown page of the project, by its path."""
    return tuple(sorted(page.relative_to(ROOT).as_posix() for page in _below(ROOT)))


def _below(folder: Path) -> Iterator[Path]:
    """The pages in a folder and those within it; what is hidden or built is no part of the project."""
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name in _BUILT:
            continue
        if path.is_dir():
            yield from _below(path)
        elif path.suffix == ".md":
            yield path


@cache
def text(page: str) -> str:
    """A page as it is written."""
    return (ROOT / page).read_text(encoding="utf-8")


@cache
def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", text(page))


def examples(language: str) -> list[Example]:
    """Every fenced block in that language."""
    return [
        Example(page, language, dedent(found["code"]))
        for page in pages()
        for found in _FENCE.finditer(text(page))
        if found["language"] == language
    ]


def links(page: str) -> list[str]:
    """Where the links and pictures of a page lead."""
    return links_in(prose(page))


def links_in(words: str) -> list[str]:
    """Where the links and pictures of a piece of a page lead."""
    return _LINK.findall(words)


def anchors(page: str) -> set[str]:
    """The names by which the headings of a page can be linked to, as GitHub makes them."""
    return {anchor(line.lstrip("# ")) for line in prose(page).splitlines() if line.startswith("#")}


def anchor(heading: str) -> str:
    """Small letters, digits, hyphens; every other sign is dropped, a space becomes a hyphen."""
    small = unicodedata.normalize("NFC", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", small).replace(" ", "-")


def rows(page: str) -> Iterator[list[str]]:
    """The cells of every row of every table."""
    for line in prose(page).splitlines():
        if line.startswith("|") and not set(line) <= set("|-: "):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
