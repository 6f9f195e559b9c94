"""What every paper has: its head, the day, who signs and to whom it goes, as words for a template."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.issuing.rules.letterhead import Letterhead, Paper, Signing
from bot.issuing.rules.numbers import Number
from bot.rendering import Rendering
from bot.typesetting.profile import profile
from bot.values.moments import as_papers_write

BLANK = "      "
"""Where a number is still to be written by hand."""
UNNUMBERED = frozenset({Paper.SLIP, Paper.TABLE, Paper.INVITATION})
"""Administrative papers, which the rules of layout number by no kind."""


def headed(
    say: Rendering, head: Letterhead, paper: Paper, number: Number | None, day: date
) -> dict[str, Any]:
    """The fields that every template may name: `heading`, `recipients`, `signing`."""
    signing = head.signing.get(paper)
    return {
        "heading": {
            "superior": head.superior.upper(),
            "issuer": head.issuer.upper(),
            "number": ""
            if paper in UNNUMBERED and number is None
            else _number(head, paper, number),
            "place_and_day": place_and_day(say, head.place, number.on if number else day),
            "address": say.label("paper_words.address"),
        },
        "recipients": _ended(head.recipients.get(paper, ())),
        "signing": {
            "capacity": _capacity(signing) if signing else "",
            "post": signing.post.upper() if signing else "",
            "name": signing.name if signing else "",
        },
    }


def _capacity(signing: Signing) -> str:
    """As what it is signed, with for whom: "T/M ĐẢNG ĐOÀN"."""
    return " ".join(filter(None, (signing.capacity, signing.behalf.upper())))


def office_words(say: Rendering, office: str) -> str:
    """What somebody is, in words; an office that the regulation names itself stands as it is."""
    key = f"office.{office}"
    return say.label(key) if say.has_label(key) else office


def place_and_day(say: Rendering, place: str, day: date) -> str:
    """Where and when, "Quảng Ngãi, ngày 05 tháng 3 năm 2026"; without a place the day alone."""
    digits, month, year = as_papers_write(day).split("/")
    key = "paper_words.place_and_day" if place else "paper_words.day"
    return say.label(key, place=place, day=digits, month=month, year=year)


def _number(head: Letterhead, paper: Paper, number: Number | None) -> str:
    symbol = number.symbol if number else head.symbols.get(paper, "")
    digits = f"{number.number:02d}" if number else BLANK
    return profile(head.profile).head.number.value.format(number=digits, symbol=symbol)


def _ended(recipients: tuple[str, ...]) -> list[str]:
    """Each ends with a semicolon, the last with a full stop."""
    bare = [each.rstrip(" .;,") for each in recipients]
    return [f"{each}{';' if place < len(bare) else '.'}" for place, each in enumerate(bare, 1)]
