"""What a committee is founded from, and everything that can be wrong with it. Nothing is read or kept here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace

from bot.issuing.rules.fields import given
from bot.people.rules.codes import is_number
from bot.people.rules.people import (
    BESIDE,
    CLERKS_PART,
    OFFICES,
    Person,
    Role,
    SeatHeld,
    head_of,
    members_of,
)
from bot.people.rules.rolls import beyond, sizes
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.limits import COMMITTEE_NAME_LIMIT, PERSON_NAME_LIMIT
from bot.values.names import plain, same
from bot.values.refusal import Refusal
from bot.values.texts import TextFault, clean_line

AGENCY = "agency"
"""The office of a seat that is an agency, not a person."""


@dataclass(frozen=True, slots=True)
class SeatWanted:
    """A seat to be given: a body and an office in it."""

    body: str
    office: str
    place: int | None = None
    """Where on the roll of that body, if not where its line stands in the roster."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One line of a roster. Those beside a roll have no seats; an officer's seat with body "" heads every body."""

    name: str
    role: Role = Role.MEMBER
    seats: tuple[SeatWanted, ...] = ()
    full_time: bool = True
    row: int = 0
    """Where it stands in the file it came from; 0 when it came from none."""
    part_time_vice_president: bool = False
    unit: str = ""
    """Where the person works, as the roster has it; two of one name are called by it, too."""
    post: str = ""
    """Words beside the office, such as a post of the State; nothing follows from them."""
    code: str = ""
    """The office's own code of the person, or the number by which the bot handed the roster out."""
    clerk: bool = False
    """Whether somebody of a roll, or who heads an agency, has the office's part besides."""

    @property
    def in_office(self) -> bool:
        """Whether the person is a clerk, with or without other seats."""
        return self.clerk or self.role is Role.CLERK

    def held(self, place: int) -> tuple[SeatHeld, ...]:
        """The seats as they are kept, at that place of every roll that gives them no other."""
        if self.role in BESIDE:
            return (SeatHeld(self.role, "", self.role.value, self.full_time, place),)
        part = (replace(CLERKS_PART, place=place),) if self.clerk else ()
        return (*self._seated(place), *part)

    def _seated(self, place: int) -> tuple[SeatHeld, ...]:
        return tuple(
            SeatHeld(
                self.role,
                seat.body,
                seat.office,
                self.full_time,
                place if seat.place is None else seat.place,
                self.part_time_vice_president,
            )
            for seat in self.seats
        )


@dataclass(frozen=True, slots=True)
class Founding:
    """Everything a committee starts with. `regulation_name` is what its faults call the text."""

    name: str
    regulation_name: str
    regulation_text: str
    people: tuple[Newcomer, ...]
    settings: Mapping[str, object] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    """Assumptions and blanks taken as the file gives them, each confirmed by name."""
    papers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By body, how it heads, signs and numbers its papers, where that is not as it follows from the rest."""


@dataclass(frozen=True, slots=True)
class FoundingFault:
    """One thing wrong: its kind, where it was given, the words it is told with."""

    kind: str
    place: str
    values: Mapping[str, object] = field(default_factory=dict)
    row: int = 0


Faults = Iterator[FoundingFault]


def faults_of(founding: Founding, regulation: Regulation) -> tuple[FoundingFault, ...]:
    """Everything wrong with a founding, in the order in which it was given."""
    return (
        *_name(founding.name),
        *_settings(founding, regulation),
        *_papers(founding, regulation),
        *_roster(founding.people),
        *(fault for each in founding.people for fault in _newcomer(each, regulation)),
        *_offices_filled(founding.people, regulation),
        *_least_reached(founding.people, regulation),
    )


def _name(name: str) -> Faults:
    taken = clean_line(name, COMMITTEE_NAME_LIMIT)
    if isinstance(taken, TextFault):
        yield FoundingFault(f"name_{taken.kind}", "name", {"limit": taken.limit})
    elif taken != name:
        yield FoundingFault("name_unclean", "name", {"name": name})


def _settings(founding: Founding, regulation: Regulation) -> Faults:
    for setting in regulation.settings:
        if {setting.name, setting.key} & (founding.confirmed | founding.settings.keys()):
            continue
        kind = "blank_unfilled" if setting.blank else "assumption_unconfirmed"
        values = {"name": setting.name, "value": setting.value, "note": setting.note}
        yield FoundingFault(kind, f"settings.{setting.name}", values)
    names = [setting.name for setting in regulation.settings]
    known = {*names, *(setting.key for setting in regulation.settings)}
    for name in sorted(founding.confirmed - known):
        allowed = ", ".join(names)
        yield FoundingFault("setting_unknown", f"confirmed.{name}", {"allowed": allowed})


def _papers(founding: Founding, regulation: Regulation) -> Faults:
    """Bodies that there are not, settings that there are not, values that cannot be read."""
    bodies = [body.id for body in regulation.bodies]
    for body, values in founding.papers.items():
        if body not in bodies:
            yield FoundingFault("paper_body", f"papers.{body}", {"allowed": ", ".join(bodies)})
            continue
        for name, value in values.items():
            found = given(name, value)
            if found is None or isinstance(found, Refusal):
                kind = "paper_field" if found is None else "paper_value"
                yield FoundingFault(kind, f"papers.{body}.{name}")


def _roster(people: tuple[Newcomer, ...]) -> Faults:
    if not people:
        yield FoundingFault("roster_empty", "people")
        return
    if not any(each.in_office for each in people):
        yield FoundingFault("no_clerk", "people")
    if all(each.role is not Role.MEMBER for each in people):
        yield FoundingFault("no_member", "people")
    counts = Counter(plain(each.name) for each in people)
    for each in people:
        if counts[plain(each.name)] > 1 and each.name.strip():
            values = {"name": each.name, "rows": [o.row for o in people if _alike(o, each)]}
            yield FoundingFault("name_twice", "people.name", values, each.row)


def _alike(one: Newcomer, other: Newcomer) -> bool:
    return same(one.name, other.name)


def _newcomer(each: Newcomer, regulation: Regulation) -> Faults:
    taken = clean_line(each.name, PERSON_NAME_LIMIT)
    if isinstance(taken, TextFault):
        yield FoundingFault(f"person_{taken.kind}", "people.name", {"limit": taken.limit}, each.row)
    elif taken != each.name:
        yield FoundingFault("name_unclean", "people.name", {"name": each.name}, each.row)
    if is_number(each.code):
        yield FoundingFault("code_of_nobody", "people.code", {"code": each.code}, each.row)
    yield from _seats(each, regulation)


def _seats(each: Newcomer, regulation: Regulation) -> Faults:
    if each.role in BESIDE:
        if each.seats:
            yield FoundingFault("clerk_seated", "people.body", {"name": each.name}, each.row)
        return
    if not each.seats:
        allowed = ", ".join(body.id for body in regulation.bodies)
        values = {"name": each.name, "allowed": allowed}
        yield FoundingFault("seat_missing", "people.body", values, each.row)
    seen: set[str] = set()
    for seat in each.seats:
        if seat.body in seen:
            values = {"name": each.name, "found": seat.body}
            yield FoundingFault("body_twice", "people.body", values, each.row)
        seen.add(seat.body)
        yield from _seat(each, seat, regulation)


def _seat(each: Newcomer, seat: SeatWanted, regulation: Regulation) -> Faults:
    bodies = bodies_for(regulation, each.role)
    if seat.body not in bodies:
        values = {"name": each.name, "found": seat.body, "allowed": ", ".join(filter(None, bodies))}
        kind = "officer_needless" if each.role is Role.OFFICER and not bodies else "body_unknown"
        yield FoundingFault(kind, "people.body", values, each.row)
        return
    offices = offices_for(regulation, each.role, seat.body)
    if seat.office not in offices:
        values = {"name": each.name, "found": seat.office, "allowed": ", ".join(offices)}
        yield FoundingFault("office_unknown", "people.office", values, each.row)


def bodies_for(regulation: Regulation, role: Role) -> tuple[str, ...]:
    """Where somebody of that role may sit; "" is an officer before every body of agencies."""
    if role in BESIDE:
        return ()
    if role is Role.MEMBER:
        return tuple(body.id for body in regulation.bodies)
    asked = tuple(body.id for body in regulation.bodies if body.of_agencies)
    return ("", *asked) if asked else ()


def offices_for(regulation: Regulation, role: Role, body: str) -> tuple[str, ...]:
    """The offices somebody of that role may hold there, those the regulation describes first.

    An agency is not an office of a person; a body of agencies may also seat their heads by office.
    """
    agencies = role is Role.MEMBER and regulation.body(body).of_agencies
    known = dict.fromkeys((*regulation.offices, *OFFICES))
    return tuple(office for office in known if agencies or office != AGENCY)


def _least_reached(people: tuple[Newcomer, ...], regulation: Regulation) -> Faults:
    """Every body has as many members as its least numbers ask for."""
    for found in beyond(regulation, sizes(as_persons(people), regulation)):
        yield FoundingFault("least_beyond", "people", asdict(found))


def _offices_filled(people: tuple[Newcomer, ...], regulation: Regulation) -> Faults:
    persons = as_persons(people)
    for body in regulation.bodies:
        if members_of(persons, body.id) and head_of(persons, body) is None:
            yield _headless(body, regulation)


def _headless(body: Body, regulation: Regulation) -> FoundingFault:
    values = {
        "body": body.name,
        "of_agencies": body.of_agencies,
        "heads": body.heads,
        "vocabulary": regulation.vocabulary,
        "article": body.head_article,
    }
    return FoundingFault("no_head", "people.office", values)


def as_persons(people: tuple[Newcomer, ...]) -> list[Person]:
    """A roster as the people it would make, numbered by their places."""
    return [
        Person(place, 0, each.name, None, each.held(place)) for place, each in enumerate(people)
    ]
