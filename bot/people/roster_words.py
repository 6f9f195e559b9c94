"""How offices write a roster: headings, offices, roles, rows that are no people. The words lie in roster.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.places import templates_dir
from bot.values.names import folded, plain

COUNTED = re.compile(r"\d+")

_PLACED_AND_DATED = re.compile(r"(?:.{0,60},\s*)?ngày\s*[\d.…]+\s*tháng\s*[\d.…]+")
_TOTAL_GOES_ON = re.compile(r"$|[\s(]*[\d:：=]|.*\d\s*(?:đồng chí|người|đ/c)")
_NUMBERED = re.compile(r"^\d{1,3}\s*[.)/-]\s*(?=\D)")

Words = Mapping[str, Mapping[str, list[str]]]


def meant(table: str, cell: str) -> str | None:
    """The id whose words a cell holds, without regard to marks and capitals."""
    return _ids(table).get(folded(cell)) if cell.strip() else None


def aliases(table: str) -> Mapping[str, str]:
    """Every wording of a table, folded, with the id it means."""
    return _ids(table)


def wordings(table: str, name: str) -> list[str]:
    """The wordings of one id."""
    return _words()[table].get(name, [])


def first_words(table: str) -> str:
    """The first wording of each id, for a sentence that says what may be written."""
    return "; ".join(each[0] for each in _words()[table].values())


def title(column: str) -> str:
    """A column as people call it."""
    return str(_words()["title"].get(column, column))


# --- names -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Addressed:
    """A name without its number and form of address."""

    name: str
    unsure: bool = False
    """Whether it begins with "Ông", which may be a form of address or the family's name."""


def without_address(cell: str) -> Addressed:
    """The name in a cell: "1. Đ/c Nguyễn Văn An" is Nguyễn Văn An; "Ông" is kept where no known family follows."""
    name = _NUMBERED.sub("", " ".join(cell.split()), count=1)
    for address in _stock("addresses"):
        if (rest := _after(name, address)) is not None:
            return without_address(rest)
    rest = _after(name, "ông")
    if rest is None:
        return Addressed(name)
    family = plain(rest.split()[0])
    return Addressed(rest) if family in _stock("families") else Addressed(name, unsure=True)


def _after(name: str, address: str) -> str | None:
    """What follows a form of address, where something does."""
    head, rest = plain(name[: len(address)]), name[len(address) :]
    if head != address or not rest or rest[0].isalpha():
        return None
    return rest.lstrip(" .:-") or None


# --- rows that are no people -------------------------------------------------------------------


def is_total(cell: str) -> bool:
    """Whether a cell adds up: "Tổng số: 03 đồng chí", and not somebody named Tổng."""
    text = plain(cell)
    return text.startswith(_stock("lists")) or any(
        text.startswith(word) and _TOTAL_GOES_ON.match(text[len(word) :]) is not None
        for word in _stock("totals")
    )


def is_signature(cell: str) -> bool:
    """Whether a cell begins the lines under a list: who made it, who signs it, where it goes, its date."""
    text = plain(cell)
    return text.startswith(_stock("signatures")) or _PLACED_AND_DATED.match(text) is not None


def is_heading(cell: str) -> bool:
    """Whether a cell is a heading with its marks: "Họ", and not the family Hồ."""
    return plain(cell) in _headings()


def is_note(cell: str) -> bool:
    """Whether a cell is a remark about the list."""
    return plain(cell).startswith(_stock("notes"))


@cache
def _stock(name: str) -> tuple[str, ...]:
    return tuple(each.casefold() for each in _words()["words"][name])


@cache
def _headings() -> frozenset[str]:
    return frozenset(plain(each) for words in _words()["header"].values() for each in words)


@cache
def _ids(table: str) -> Mapping[str, str]:
    ids: dict[str, str] = {}
    for name, known in _words()[table].items():
        for wording in (name, *known):
            ids.setdefault(folded(wording), name)
    return ids


@cache
def _words() -> Words:
    text = (templates_dir() / "cli" / "roster.toml").read_text(encoding="utf-8")
    words: Words = tomllib.loads(text)
    return words
