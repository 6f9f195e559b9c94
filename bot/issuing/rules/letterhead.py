"""How a body issues its papers: the head of each, its symbol, who signs, to whom it goes. Nothing is read here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.regulations.rules.regulation import Body
from bot.regulations.rules.terms import Profile


class Paper(StrEnum):
    """The papers that an office draws up."""

    SLIP = "slip"
    TABLE = "opinion_table"
    COUNT = "counting_minutes"
    RESULT = "result_notice"
    DIFFERING = "differing_opinions"
    INVITATION = "invitation"
    MINUTES = "meeting_minutes"
    BALLOTS = "ballot_minutes"
    CONCLUSION = "conclusion"
    RESOLUTION = "resolution"
    FIGURES = "period_figures"


CAPACITIES: Mapping[Profile, tuple[str, ...]] = {
    Profile.PARTY: ("T/M", "T/L", ""),
    Profile.STATE: ("TM.", "KT.", "TL.", ""),
}
"""As what somebody signs, by profile, the usual one first; "" is in the own name."""


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, as what, and with which words above the name; `by` is None where nobody is known.

    `behalf` is for whom, as it stands after the capacity: the body after T/M, the head's post after KT.
    """

    by: int | None = None
    capacity: str = ""
    post: str = ""
    name: str = ""
    behalf: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How one body issues its papers; a superior or a place that nobody has set is ""."""

    superior: str
    """Cơ quan cấp trên."""
    issuer: str
    """Cơ quan ban hành."""
    place: str
    """Địa danh."""
    symbols: Mapping[Paper, str]
    """Ký hiệu, such as "BB/ĐU"; "" for a paper that bears no number."""
    recipients: Mapping[Paper, tuple[str, ...]]
    """Nơi nhận."""
    signing: Mapping[Paper, Signing]
    profile: str


FOR_THE_HEAD = "KT."
"""Who signs so signs in the place of the head, whose post stands beside it."""
SIGNED_FOR_THE_BODY = frozenset(
    {
        Paper.RESULT,
        Paper.DIFFERING,
        Paper.INVITATION,
        Paper.CONCLUSION,
        Paper.RESOLUTION,
        Paper.FIGURES,
    }
)
"""Papers that are signed for the body; the others bear the names of those who were there."""

_WORDS = {"Ban": 3, "Ủy": 4}
"""How many words an abbreviation takes, by the first: "Ban Thường vụ" three, "Ủy ban nhân dân" four, others two."""
_TONES = str.maketrans("ÁÀẢÃẠÉÈẺẼẸÍÌỈĨỊÓÒỎÕỌÚÙỦŨỤÝỲỶỸỴ", "AAAAAEEEEEIIIIIOOOOOUUUUUYYYYY")


def names_of(committee: str, body: Body) -> tuple[str, str]:
    """The superior and the issuing body, where nobody has said how they read on paper.

    A body that the committee is called by, or that only answers what the committee asks, issues as the committee;
    any other issues under its own name, with the committee above.
    """
    alone = body.of_agencies or committee.casefold().startswith(body.name.casefold())
    return ("", committee) if alone else (committee, body.name)


def abbreviation(issuer: str) -> str:
    """The letters that stand for the issuing body in a symbol: "Đảng ủy" is ĐU, "Ban Thường vụ" BTV."""
    words = re.findall(r"\w+", issuer)
    taken = words[: _WORDS.get(words[0], 2)] if words else []
    return "".join(word[0] for word in taken).upper().translate(_TONES)


def symbol_of(kind: str, letters: str, profile: str) -> str:
    """The symbol of a paper of a type, with the issuing body's letters: "BB/ĐU", by the State's layout "BB-UBND".

    One that is of no numbered type has none.
    """
    between = "/" if profile == Profile.PARTY else "-"
    return f"{kind}{between}{letters}" if kind else ""


def profile_of(body: Body) -> Profile:
    """By which layout a body's papers are drawn up, where its committee has not said so: as its rule book says."""
    return body.layout


def capacity_of(paper: Paper, profile: str) -> str:
    """As what a paper is signed, where nobody has said so."""
    return CAPACITIES[Profile(profile)][0] if paper in SIGNED_FOR_THE_BODY else ""
