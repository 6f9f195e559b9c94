"""What a body may set for its papers, and how what is typed is read. Nothing is kept here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.issuing.rules.letterhead import CAPACITIES, Paper
from bot.issuing.rules.numbers import HIGHEST, kind_of
from bot.regulations.rules.terms import Profile
from bot.values.limits import COMMITTEE_NAME_LIMIT, REASON_LIMIT
from bot.values.refusal import Refusal, faulty
from bot.values.texts import TextFault, clean, clean_line

SYMBOL_LIMIT = 30
"""Characters of a symbol."""
MOST_RECIPIENTS = 20
"""Lines under "Nơi nhận"."""
_SYMBOL = re.compile(r"[^\W\d_]+(?:[/-][^\W\d_]+)*")
"""Letters in parts that a stroke or a hyphen joins: "BB/ĐU", "TB-VP/ĐU"."""


class Field(StrEnum):
    """What may be set."""

    SUPERIOR = "superior"
    ISSUER = "issuer"
    PLACE = "place"
    PROFILE = "profile"
    SYMBOL = "symbol"
    RECIPIENTS = "to"
    SIGNER = "signer"
    POST = "post"
    NEXT = "next"
    """The number with which a row goes on that was begun outside the bot."""


OF_THE_BODY = (Field.SUPERIOR, Field.ISSUER, Field.PLACE, Field.PROFILE)
OF_A_PAPER = (Field.SYMBOL, Field.SIGNER, Field.POST, Field.RECIPIENTS, Field.NEXT)
CHOSEN = frozenset({Field.PROFILE, Field.SIGNER})
"""What is chosen by a button; everything else is typed."""
MAY_BE_EMPTY = frozenset({Field.SUPERIOR, Field.PLACE, Field.SYMBOL, Field.POST, Field.RECIPIENTS})


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that may be set: for the whole body, or for one paper."""

    field: Field
    paper: Paper | None = None

    @property
    def name(self) -> str:
        """As buttons and requests name it: "place", "symbol.conclusion"."""
        return f"{self.field}.{self.paper}" if self.paper else self.field.value

    def key(self, symbol: str) -> str:
        """Under which it is kept; where a row goes on is kept for its type, which the paper's symbol tells."""
        return f"{self.field}.{kind_of(symbol)}" if self.field is Field.NEXT else self.name


Value = str | int | list[str] | dict[str, Any]
"""A setting as it is kept."""


def setting(name: str) -> Setting | None:
    """The setting of that name; None for what is none."""
    field, _, paper = name.partition(".")
    if field in set(OF_THE_BODY) and not paper:
        return Setting(Field(field))
    if field in set(OF_A_PAPER) and paper in set(Paper):
        return Setting(Field(field), Paper(paper))
    return None


def read(of: Setting, text: str, people: Collection[int], profile: str) -> Value | Refusal:
    """What is typed or chosen, as it is kept; `people` may sign, `profile` says as what."""
    if not text.strip():
        return _nothing(of)
    if of.field is Field.SIGNER:
        return _signer(text, people, profile)
    return _READS.get(of.field, _line)(text)


TYPED_AT_FOUNDING = frozenset(Field) - {Field.SIGNER}
"""What a committee may be founded with: who signs is a person that there is not yet."""


def given(name: str, value: object) -> Value | Refusal | None:
    """What a founding gives for a setting, as it is kept; None where a founding sets no such thing."""
    of = setting(name)
    if of is None or of.field not in TYPED_AT_FOUNDING:
        return None
    lines = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(line, str) or type(line) is int for line in lines):
        return Refusal("issuing_value_unknown")
    return read(of, "\n".join(str(line) for line in lines), (), Profile.PARTY)


def _nothing(of: Setting) -> str | list[str] | Refusal:
    if of.field not in MAY_BE_EMPTY:
        return Refusal("reason_needed")
    return [] if of.field is Field.RECIPIENTS else ""


def _signer(text: str, people: Collection[int], profile: str) -> dict[str, Any] | Refusal:
    by, _, capacity = text.partition(" ")
    known = by.isdecimal() and int(by) in people and capacity in CAPACITIES[Profile(profile)]
    return {"by": int(by), "capacity": capacity} if known else Refusal("issuing_signer_gone")


def _number(text: str) -> int | Refusal:
    digits = text.strip()
    if digits.isascii() and digits.isdecimal() and len(digits) <= len(str(HIGHEST)) and int(digits):
        return int(digits)
    return Refusal("issuing_number_unreadable", values={"most": HIGHEST})


def _symbol(text: str) -> str | Refusal:
    symbol = clean_line(text, SYMBOL_LIMIT)
    if isinstance(symbol, TextFault):
        return faulty(symbol)
    return symbol if _SYMBOL.fullmatch(symbol) else Refusal("issuing_symbol_unreadable")


def _lines(text: str) -> list[str] | Refusal:
    """One a line; the ";" and "." that end lines on paper are the paper's."""
    cleaned = clean(text, REASON_LIMIT)
    if isinstance(cleaned, TextFault):
        return faulty(cleaned)
    lines = [" ".join(line.split()).rstrip(";.").lstrip("-– ") for line in cleaned.split("\n")]
    kept = [line for line in lines if line]
    if len(kept) > MOST_RECIPIENTS:
        return Refusal("issuing_too_many_recipients", values={"most": MOST_RECIPIENTS})
    return kept


def _line(text: str) -> str | Refusal:
    line = clean_line(text, COMMITTEE_NAME_LIMIT)
    return faulty(line) if isinstance(line, TextFault) else line


def _profile(text: str) -> str | Refusal:
    return text if text in set(Profile) else Refusal("issuing_value_unknown")


_READS: Mapping[Field, Callable[[str], Value | Refusal]] = {
    Field.PROFILE: _profile,
    Field.NEXT: _number,
    Field.RECIPIENTS: _lines,
    Field.SYMBOL: _symbol,
}
"""How each is read; any other is one line."""
