"""Who owes a report and who answers for it, from the people of a committee. When it is due is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, Role, members_of
from bot.regulations.rules.duties import Duty, Party, PartyKind
from bot.regulations.rules.regulation import Regulation
from bot.values.names import folded, same

_CLASS = re.compile(r"^Các\b|\bcác\b")
"""A class is told by "các"; in a proper name, "Đoàn Các cơ quan tỉnh", it is written with a capital."""
_OFFICE = re.compile(r"van phong\b")

BODY, OFFICE, PERSON, CLERKS = "body", "office", "person", "clerks"


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who owes: `key` is "person:12", "body:dang_doan", "office:secretary" or "clerks:"."""

    key: str
    name: str
    person: int | None = None


def debtors(duty: Duty, people: Sequence[Person], regulation: Regulation) -> tuple[Debtor, ...]:
    """Everybody who owes it now, each once, in the order of the regulation and of the roll.

    A body owes through its officer in charge, an office through who holds it. A unit is found by its
    name; a class of units ("Các chi, đảng bộ cơ sở") is every unit that the rule book does not name by
    itself; one meant by its very name owes only where there is one of that name. Where the office
    ("Văn phòng …") alone owes and has no seat of its name, its clerks answer for it. One unit without a
    seat of its name is the only unit there is, or nobody. A superior never owes.
    """
    found = (each for party in duty.debtors for each in _of_party(duty, party, people, regulation))
    return tuple({each.key: each for each in found}.values())


def _of_party(
    duty: Duty, party: Party, people: Sequence[Person], regulation: Regulation
) -> Iterator[Debtor]:
    match party.kind:
        case PartyKind.BODY if members_of(people, party.ref or ""):
            yield Debtor(f"{BODY}:{party.ref}", party.name)
        case PartyKind.EACH_MEMBER:
            yield from map(in_person, members_of(people, party.ref or ""))
        case PartyKind.OFFICE if _holders(people, party.ref or ""):
            yield Debtor(f"{OFFICE}:{party.ref}", party.ref or "")
        case PartyKind.UNIT:
            yield from _units(duty, party, people, regulation)
        case _:
            return


def in_person(person: Person) -> Debtor:
    """Somebody who owes in person."""
    return Debtor(f"{PERSON}:{person.id}", person.name, person.id)


def _units(
    duty: Duty, party: Party, people: Sequence[Person], regulation: Regulation
) -> Iterator[Debtor]:
    named = _named(people, party.name)
    if named is not None:
        yield in_person(named)
        return
    units = [p for p in people if is_unit(p)]
    if party.by_name:
        return
    if _is_class(party.name):
        singles = _singles(regulation)
        yield from (in_person(p) for p in units if not any(_near(p.name, one) for one in singles))
    elif _stands_for_itself(duty, party, units):
        yield Debtor(f"{CLERKS}:", party.name)
    elif len(units) == 1:
        yield in_person(units[0])


def _stands_for_itself(duty: Duty, party: Party, units: Sequence[Person]) -> bool:
    """The committee's own office, where it alone owes; and what the committee itself sends to a superior."""
    if _OFFICE.match(folded(party.name)):
        return len(duty.debtors) == 1
    return not units and all(to.kind is PartyKind.SUPERIOR for to in duty.to)


def _named(people: Sequence[Person], name: str) -> Person | None:
    """The unit of that name, or of a shorter or longer form of it; an agency on a roll may be meant, too."""
    wanted = folded(name)
    written_so = [p for p in people if same(p.name, name)]
    alike = written_so or [p for p in people if folded(p.name) == wanted]
    near = [p for p in people if is_unit(p) and not _is_class(name) and _near(p.name, wanted)]
    return next(iter([*(p for p in alike if is_unit(p)), *alike, *near]), None)


def _near(name: str, wanted: str) -> bool:
    """Whether one name holds the other, word by word from its beginning."""
    return f"{wanted} ".startswith(f"{folded(name)} ") or folded(name).startswith(f"{wanted} ")


def is_unit(person: Person) -> bool:
    """Whether somebody stands for a unit that reports."""
    return any(seat.role is Role.UNIT for seat in person.seats)


def _is_class(name: str) -> bool:
    return bool(_CLASS.search(name))


def _singles(regulation: Regulation) -> frozenset[str]:
    """Units that the rule book names one by one: they owe what is asked of them by name."""
    return frozenset(
        folded(party.name)
        for duty in regulation.duties
        for party in duty.debtors
        if party.kind is PartyKind.UNIT and not _is_class(party.name)
    )


def _holders(people: Sequence[Person], office: str) -> list[Person]:
    return [p for p in people if any(seat.office == office for seat in p.seats)]


# --- who answers for it ------------------------------------------------------------------------


def answerable(debtor: str, staff: Staff, regulation: Regulation) -> tuple[Person, ...]:
    """Who is reminded and may deliver: the person; the head of a body, who stands in and the clerks; an office."""
    people, (kind, _, ref) = staff.everybody, debtor.partition(":")
    clerks = [p for p in people if p.is_clerk]
    if kind == BODY:
        body = next((b for b in regulation.bodies if b.id == ref), None)
        found = [*(staff.heads(body) if body else []), *clerks]
    elif kind == OFFICE:
        found = _holders(people, ref)
    elif kind == CLERKS:
        found = clerks
    else:
        found = [p for p in people if str(p.id) == ref]
    return tuple({p.id: p for p in found}.values())


def keys_of(person: Person, staff: Staff, regulation: Regulation) -> tuple[str, ...]:
    """Every debtor for whom this person answers, the own duties first."""
    bodies = [f"{BODY}:{body.id}" for body in regulation.bodies]
    offices = sorted({f"{OFFICE}:{seat.office}" for seat in person.seats})
    keys = [f"{PERSON}:{person.id}", *bodies, *offices, f"{CLERKS}:"]
    return tuple(
        key for key in keys if person.id in {p.id for p in answerable(key, staff, regulation)}
    )
