"""One line of a roster as a newcomer, or the first thing wrong with it. How the lines are found is not known here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.people.roster_words import (
    Addressed,
    aliases,
    first_words,
    is_heading,
    is_signature,
    meant,
    without_address,
    wordings,
)
from bot.people.rules.founding import AGENCY, Newcomer, SeatWanted, bodies_for
from bot.people.rules.people import BESIDE, OFFICES, Role
from bot.regulations.rules.regulation import Regulation
from bot.values.limits import CELL_LIMIT
from bot.values.names import folded
from bot.values.texts import TextFault, clean_line

_SEVERAL = re.compile(r"[;,\n]|\s\+\s")
_POSTS = re.compile(r"[;,\n]|\s[+–-]\s|\s+kiêm\s+(?!nhiệm)", re.IGNORECASE)
_LOST = re.compile("[?\ufffd¨©®µ¸¹§¬»¼½¾]")
"""What stands where letters were lost, or where an old font (TCVN3) was used instead of Unicode."""
_FONT = re.compile("[äåæçëïöøûÄÅÆÇËÏÖØÛÜ]")
"""Letters of the old fonts that no language of Việt Nam writes."""
_ERROR = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
TOGETHER = 2
"""So many parts one person has at most: a seat, and the office's besides."""
_LEVELS = (
    "tinh uy",
    "huyen uy",
    "thanh uy",
    "thi uy",
    "quan uy",
    "dang bo",
    "dang uy",
    "khoa",
    "nhiem ky",
)
"""What may follow the name of a body without making it another one, folded."""


class CellError(Exception):
    """Carries what is wrong with one cell to whoever reads the lines."""

    def __init__(self, kind: str, column: str, **values: object) -> None:
        super().__init__(kind, column)
        self.kind, self.column, self.values = kind, column, values


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one line by column, as they were written; a name may be in pieces."""

    number: int
    cells: Mapping[str, str]
    name: tuple[str, ...]
    faulty: Mapping[str, str] = field(default_factory=dict)
    """Columns whose cell holds no value, with the reason."""
    as_typed: bool = False
    """Whether the name is taken as it stands: from a description, not from a list of an office."""

    def addressed(self) -> Addressed:
        """The name without a form of address."""
        pieces = [" ".join(piece.split()) for piece in self.name if piece.strip()]
        if len(pieces) > 1 and pieces[-2].casefold().endswith(f" {pieces[-1].casefold()}"):
            pieces.pop()  # the whole name stands in one column and its last word in another
        joined = " ".join(pieces)
        return Addressed(joined) if self.as_typed else without_address(joined)


def newcomer(line: Line, regulation: Regulation) -> Newcomer:
    """The person or agency of a line; raises CellError."""
    return _Reading(line, regulation).newcomer()


class _Reading:
    def __init__(self, line: Line, regulation: Regulation) -> None:
        self._line = line
        self._regulation = regulation

    def newcomer(self) -> Newcomer:
        line = self._line
        role, clerk = self._roles()
        name, full_time = self._name(), self._full_time()
        unit, post, code = self._cell("unit"), self._cell("post"), self._cell("code")
        if role in BESIDE:
            return Newcomer(name, role, (), full_time, line.number, unit=unit, post=post, code=code)
        bodies = self._bodies(role)
        parts, besides = self._parts()
        offices, rest = self._offices(role, bodies, parts)
        if (clerk or besides) and AGENCY in offices:
            raise CellError("clerk_of_agency", "role" if clerk else "office", found=name)
        marked = self._vice_president()
        return Newcomer(
            name,
            role,
            tuple(map(SeatWanted, bodies, offices)),
            full_time and not marked,
            line.number,
            marked,
            unit=unit,
            post="; ".join(filter(None, (*rest, post))),
            code=code,
            clerk=clerk or besides,
        )

    def _cell(self, column: str) -> str:
        if column in self._line.faulty:
            raise CellError(self._line.faulty[column], column)
        return _checked(self._line.cells.get(column, "").replace("\n", "; "), column)

    def _name(self) -> str:
        if "name" in self._line.faulty:
            raise CellError(self._line.faulty["name"], "name")
        name = _checked(self._line.addressed().name, "name")
        if not name:
            raise CellError("name_missing", "name")
        if not self._line.as_typed and _FONT.search(name):
            raise CellError("lost_letters", "name", found=name)
        if not self._line.as_typed and is_signature(name):
            raise CellError("name_no_person", "name", found=name)
        if _ERROR.match(name):
            raise CellError("error_cell", "name")
        if len(self._line.name) > 1 and any(map(is_heading, self._line.name)):
            raise CellError("name_no_person", "name", found=name)
        if _DAY.match(name) or not any(map(str.isalpha, name)) or _is_other_word(name):
            raise CellError("name_no_person", "name", found=name)
        return name

    def _roles(self) -> tuple[Role, bool]:
        """What the person is, and whether with the office's part besides, as "Ủy viên; văn phòng" has it."""
        cell = self._cell("role")
        if not cell:
            office = self._cell("office")
            own = folded(office) in offices_called(self._regulation)
            found = None if own else meant("role", office)
            return Role(found) if found in BESIDE else Role.MEMBER, False
        if (whole := _role_meant(cell)) is not None:
            return whole, False
        roles = {_role_meant(part) for part in _parts(cell, _POSTS)}
        others = roles - {Role.CLERK}
        role = next(iter(others)) if len(roles) == len(others) + 1 == TOGETHER else None
        if role is None or role in BESIDE:
            raise CellError("role_unknown", "role", found=cell, allowed=first_words("role"))
        return role, True

    def _bodies(self, role: Role) -> list[str]:
        allowed = bodies_for(self._regulation, role)
        cell = self._cell("body")
        if not cell:
            if role is Role.OFFICER:
                return [""]
            if len(allowed) == 1:
                return list(allowed)
            raise CellError("body_missing", "body", allowed=self._body_names())
        return [self._body(part) for part in _parts(cell, _SEVERAL)]

    def _body(self, part: str) -> str:
        body = bodies_called(self._regulation).get(folded(part))
        if body is None:
            raise CellError("body_unknown", "body", found=part, allowed=self._body_names())
        return body

    def _body_names(self) -> str:
        return "; ".join(body.name for body in self._regulation.bodies)

    def _parts(self) -> tuple[list[_Part], bool]:
        """What the cell of the office says; whether with the office's part besides, as in "Phó Bí thư; văn phòng"."""
        parts = [self._part(part) for part in _parts(self._cell("office"), _POSTS)]
        others = [part for part in parts if part.office or meant("role", part.words) != Role.CLERK]
        if not others:
            return parts, False
        return others, len(others) < len(parts)

    def _offices(
        self, role: Role, bodies: list[str], parts: list[_Part]
    ) -> tuple[list[str], list[str]]:
        """The office in each body, and what else the cell says, such as "Chủ tịch HĐND tỉnh"."""
        if not parts:
            if role is Role.OFFICER:
                raise CellError("office_missing", "office", allowed=first_words("office"))
            return [self._usual_office(body) for body in bodies], []
        named = {part.body for part in parts if part.body in bodies}
        if named:
            return self._by_body(bodies, parts)
        offices = [part for part in parts if part.office]
        rest = [part.words for part in parts if not part.office]
        if not offices or (len(bodies) > 1 and rest and len(parts) == len(bodies)):
            allowed = first_words("office")
            raise CellError("office_unknown", "office", found=rest[0], allowed=allowed)
        if len(offices) == 1:
            return [offices[0].office] * len(bodies), rest
        if len(offices) != len(bodies):
            raise CellError("offices_count", "office", offices=len(offices), bodies=len(bodies))
        return [part.office for part in offices], rest

    def _by_body(self, bodies: list[str], parts: list[_Part]) -> tuple[list[str], list[str]]:
        """Each body its own office where the cell names it; the one office named is that of the others, too."""
        by_body: dict[str, str] = {}
        for part in parts:
            if part.body not in bodies:
                continue
            if by_body.setdefault(part.body, part.office) != part.office:
                raise CellError("offices_count", "office", offices=2, bodies=1)
        rest = [part.words for part in parts if part.body not in bodies]
        others = {body for body in bodies if body not in by_body}
        if others and len(by_body) > 1:
            raise CellError("offices_count", "office", offices=len(by_body), bodies=len(bodies))
        usual = next(iter(by_body.values()))
        return [by_body.get(body, usual) for body in bodies], rest

    def _part(self, words: str) -> _Part:
        """One part of an office cell: "Bí thư", "Bí thư Đảng đoàn", or what is no office of this regulation."""
        called, text = offices_called(self._regulation), folded(words)
        known = words in OFFICES or words in self._regulation.offices
        whole = words if known else called.get(text)
        for wording in sorted(called, key=len, reverse=True):
            if text.startswith(f"{wording} "):
                body = self._body_at(text[len(wording) + 1 :])
                if body:
                    return _Part(words, whole or called[wording], body)
        return _Part(words, whole or "")

    def _body_at(self, text: str) -> str:
        """The body that a text begins with; what follows may name its level, not another organisation's body."""
        called = bodies_called(self._regulation)
        for wording in sorted(called, key=len, reverse=True):
            if text == wording:
                return called[wording]
            after = text.removeprefix(f"{wording} ")
            if after != text and (after.startswith(_LEVELS) or called[wording] == "dang_doan"):
                return called[wording]
        return ""

    def _usual_office(self, body: str) -> str:
        return AGENCY if self._regulation.body(body).of_agencies else "member"

    def _full_time(self) -> bool:
        """Full-time unless one of the two columns says otherwise; both at once is refused."""
        full = self._yes("full_time", "full_time")
        part = self._yes("part_time", "part_time")
        if full and part:
            found = self._cell("part_time")
            allowed = first_words("full_time")
            raise CellError("service_unknown", "part_time", found=found, allowed=allowed)
        if part is not None and full is None:
            return not part
        return full is not False

    def _vice_president(self) -> bool:
        """The mark of a part-time vice president; an empty cell is none."""
        return self._yes("part_time_vice_president", "part_time_vice_president") is True

    def _yes(self, column: str, table: str) -> bool | None:
        """What a cell says; None when it is empty."""
        cell = self._cell(column)
        if not cell:
            return None
        found = meant(table, cell)
        if found is None:
            raise CellError("service_unknown", column, found=cell, allowed=first_words(table))
        return found == "yes"


def _role_meant(words: str) -> Role | None:
    """What the words of a role say; those of an office say that somebody is on a roll."""
    role = meant("role", words) or ("member" if meant("office", words) else None)
    return Role(role) if role else None


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of an office cell; `office` is empty where it names none."""

    words: str
    office: str = ""
    body: str = ""


def offices_called(regulation: Regulation) -> dict[str, str]:
    """Every office by its wordings, folded: those of the rule book go before those that are known."""
    own = {
        folded(words): key.removeprefix("office.")
        for key, words in regulation.vocabulary.labels
        if key.startswith("office.")
    }
    return {**aliases("office"), **own}


def bodies_called(regulation: Regulation) -> dict[str, str]:
    """Every wording of every body of a regulation, folded, with the body."""
    called: dict[str, str] = {}
    for body in regulation.bodies:
        for wording in (body.id, body.name, *wordings("body", body.id)):
            called.setdefault(folded(wording), body.id)
    return called


def _is_other_word(name: str) -> bool:
    """Whether a name is a heading or begins with one, is a kind of service, or begins with an office.

    It stands there from a column beside its own, or is the heading once more.
    """
    text = folded(name)
    headings = (
        each for each, meaning in aliases("header").items() if meaning == "name" and " " in each
    )
    offices = (
        each for each, office in aliases("office").items() if office != AGENCY and " " in each
    )
    return any(meant(table, name) for table in ("header", "office", "full_time")) or any(
        text.startswith(f"{words} ") for words in (*offices, *headings)
    )


def _checked(raw: str, column: str) -> str:
    if _LOST.search(raw):
        raise CellError("lost_letters", column, found=raw[:CELL_LIMIT].strip())
    cell = clean_line(raw, CELL_LIMIT)
    if isinstance(cell, TextFault):
        if cell.kind == "empty":
            return ""
        raise CellError("cell_too_long", column, limit=cell.limit)
    return cell


def _parts(cell: str, between: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in between.split(cell) if part and part.strip()]
