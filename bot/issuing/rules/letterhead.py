"""How a body heads, signs and numbers its papers, as facts. What stands in a paper is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.regulations.rules.regulation import Body


class Paper(StrEnum):
    """The kinds of paper, each with a symbol and a row of numbers of its own through the term."""

    SLIP = "slip"
    TABLE = "opinion_table"
    COUNT = "counting_minutes"
    RESULT = "result_notice"
    DIFFERING = "differing_opinions"
    INVITATION = "invitation"
    MINUTES = "meeting_minutes"
    CONCLUSION = "conclusion"
    RESOLUTION = "resolution"
    FIGURES = "period_figures"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs a paper: in which capacity ("T/M", "T/L", "TM.", "KT.", "TL.", or "" ), by which post and name."""

    capacity: str = ""
    post: str = ""
    name: str = ""
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What heads and ends every paper of a body; what is not known is "" and left to be filled in by hand."""

    superior: str
    """The superior body (cơ quan cấp trên)."""
    issuer: str
    """The issuing body (cơ quan ban hành)."""
    place: str
    """Địa danh."""
    symbols: Mapping[Paper, str]
    """Ký hiệu of each kind of paper, such as "BB/ĐU"."""
    recipients: Mapping[Paper, tuple[str, ...]]
    """Nơi nhận."""
    signing: Mapping[Paper, Signing]
    profile: str
    """The layout that it follows: "dang-05-2026" or "nd30-2020"."""


@dataclass(frozen=True, slots=True)
class Number:
    """The number that a paper was given, through the term of its body."""

    number: int
    symbol: str
    on: date

    def __str__(self) -> str:
        """As papers write it: "05-BB/ĐU"."""
        return f"{self.number:02d}-{self.symbol}"


PARTY, STATE = "dang-05-2026", "nd30-2020"
"""The layouts there are."""
KIND_SYMBOLS = {
    Paper.COUNT: "BB",
    Paper.RESULT: "TB",
    Paper.DIFFERING: "BC",
    Paper.MINUTES: "BB",
    Paper.CONCLUSION: "TB",
    Paper.RESOLUTION: "NQ",
    Paper.FIGURES: "BC",
}
"""What the symbol of each numbered kind of paper begins with."""


def usual(body: Body, signer: Signing, abbreviation: str = "") -> Letterhead:
    """What stands on the papers of a body as long as its office has set nothing else."""
    short = abbreviation or "".join(word[0] for word in body.name.split()).upper()
    return Letterhead(
        superior="",
        issuer=body.name,
        place="",
        symbols={paper: f"{kind}/{short}" for paper, kind in KIND_SYMBOLS.items()},
        recipients={},
        signing=dict.fromkeys(Paper, signer),
        profile=STATE if body.of_agencies else PARTY,
    )
