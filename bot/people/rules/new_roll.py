"""A roster against the people of today: who is the same, who comes, who goes, and why it may not be. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.people.rules.codes import bearers, is_number, twice
from bot.people.rules.founding import Newcomer
from bot.people.rules.people import Person, Role, SeatHeld, head_of, members_of, sits
from bot.people.rules.rolls import refuse_beyond
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.names import folded, plain, same
from bot.values.refusal import Refusal

NOBODY = 0
"""The answer that a line is somebody new."""


# --- the same person -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """Which of these people the line of that number is, or none of them; only who knows them can tell."""

    line: int
    name: str
    unit: str
    candidates: tuple[int, ...]
    code: str = ""


Pairs = Mapping[int, int]
"""Who each line of a roster is, by its place; those who come are left out, or `NOBODY` where it was answered."""


def paired(
    lines: Sequence[Newcomer], today: Sequence[Person], answers: Pairs
) -> dict[int, int] | Question:
    """Who each line is, or the first question that must be answered before that is known.

    The same person is one of the same code, however the name is spelt; else one of the same name and unit, where
    nobody else bears that name on either side. A unit or code that one side leaves empty speaks against nobody.
    Whatever else may be the same person is asked, never guessed.
    """
    found = _by_code(lines, today, answers)
    if isinstance(found, Question):
        return found
    for place, line in enumerate(lines):
        if place in found:
            continue
        taken = set(found.values())
        like = [each for each in today if _called_alike(each.name, each.unit, line)]
        one = _surely(line, like, lines)
        if one is not None and one.id not in taken and not _of_another_code(one, line):
            found[place] = one.id
        elif free := tuple(each.id for each in like if each.id not in taken):
            return _asked(place, line, free)
    return found


def _by_code(
    lines: Sequence[Newcomer], today: Sequence[Person], answers: Pairs
) -> dict[int, int] | Question:
    """Who is known by the code, before any name is looked at; asked where the name is that of somebody else."""
    found, known = dict(answers), bearers(today)
    for place, line in enumerate(lines):
        bearer = known.get(plain(line.code))
        if place in found or bearer is None or bearer.id in found.values():
            continue
        like = [each for each in today if _called_alike(each.name, each.unit, line)]
        if like and bearer not in like:
            taken = set(found.values())
            return _asked(place, line, tuple(e.id for e in (bearer, *like) if e.id not in taken))
        found[place] = bearer.id
    return found


def _of_another_code(person: Person, line: Newcomer) -> bool:
    return bool(person.code and line.code) and not same(person.code, line.code)


def _asked(place: int, line: Newcomer, candidates: tuple[int, ...]) -> Question:
    return Question(place, line.name, line.unit, candidates, line.code)


def of_nobody(lines: Sequence[Newcomer], today: Sequence[Person]) -> tuple[Newcomer, ...]:
    """Lines with a number of ours that nobody bears today: of another committee, or of somebody who has left."""
    known = bearers(today)
    return tuple(each for each in lines if is_number(each.code) and each.code not in known)


def _surely(line: Newcomer, like: Sequence[Person], lines: Sequence[Newcomer]) -> Person | None:
    """The one person whom the line can only be."""
    exactly = [each for each in like if _bare(each.name, each.unit) == _bare(line.name, line.unit)]
    there = [each for each in exactly if line.unit and folded(each.unit) == folded(line.unit)]
    if len(there) == 1:
        return there[0]
    same = [each for each in lines if _called_alike(each.name, each.unit, line)]
    alone = len(like) == len(same) == len(exactly) == 1
    return like[0] if alone and not (like[0].unit and line.unit) else None


def _called_alike(name: str, unit: str, line: Newcomer) -> bool:
    """Whether the names are the same but for capitals and marks, without the units behind them."""
    return folded(_bare(name, unit)) == folded(_bare(line.name, line.unit))


def _bare(name: str, unit: str) -> str:
    """A name without the unit by which two of one name are told apart."""
    return plain(name.removesuffix(f" ({unit})"))


# --- what it makes of the committee ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody as a roster has it; `person` is None for who comes."""

    person: int | None
    name: str
    seats: tuple[SeatHeld, ...]
    unit: str = ""
    post: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class NewRoll:
    """Everybody a roster lists, in its order, and who goes because it does not; `was` is everybody when it was read."""

    listed: tuple[Listed, ...]
    goes: tuple[int, ...] = ()
    was: tuple[Person, ...] = ()

    def after(self, today: Sequence[Person]) -> list[Person]:
        """Everybody as it will be; those who come have negative numbers, guests and units stay as they are."""
        listed = {each.person: each for each in self.listed if each.person is not None}
        stay = [
            _as_listed(each, listed[each.id]) if each.id in listed else each
            for each in today
            if each.id not in self.goes
        ]
        come = [each for each in self.listed if each.person is None]
        committee = today[0].committee if today else 0
        return [
            *stay,
            *(
                _as_listed(Person(-n, committee, "", None, ()), each)
                for n, each in enumerate(come, 1)
            ),
        ]

    def kept(self) -> dict[str, Any]:
        """As a request keeps it."""
        return {
            "people": [_one(each.person, each) for each in self.listed],
            "goes": list(self.goes),
            "was": [_one(each.id, each) for each in self.was],
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> NewRoll:
        """As a request kept it."""
        was = [_listed(each) for each in kept["was"]]
        return cls(
            tuple(map(_listed, kept["people"])),
            tuple(kept["goes"]),
            tuple(_as_listed(Person(each.person or 0, 0, "", None, ()), each) for each in was),
        )


def _as_listed(person: Person, listed: Listed) -> Person:
    """The person with what the roster says; what it leaves empty stays."""
    return replace(
        person,
        name=listed.name,
        seats=listed.seats,
        unit=listed.unit or person.unit,
        post=listed.post or person.post,
        code=listed.code or person.code,
    )


def _one(person: int | None, each: Listed | Person) -> list[Any]:
    seats = [_kept(seat) for seat in each.seats]
    return [person, each.name, each.unit, each.post, seats, each.code]


def _listed(kept: Sequence[Any]) -> Listed:
    person, name, unit, post, seats, *code = kept  # what was asked before codes were known has none
    return Listed(person, name, tuple(map(_seat, seats)), unit, post, *code)


def _kept(seat: SeatHeld) -> list[Any]:
    marks = [seat.full_time, seat.part_time_vice_president]
    return [seat.role.value, seat.body, seat.office, *marks, seat.place]


def _seat(kept: Sequence[Any]) -> SeatHeld:
    role, body, office, full_time, vice_president, place = kept
    return SeatHeld(Role(role), body, office, full_time, place, vice_president)


def new_roll(lines: Sequence[Newcomer], today: Sequence[Person], pairs: Pairs) -> NewRoll:
    """What the roster makes of the people of today, once it is known who is who.

    Whoever sits today and is not listed goes. Guests and units stand on no roll, and stay unless they are listed.
    """
    named = {each.id: each for each in today}
    listed = tuple(
        Listed(
            pairs.get(place, NOBODY) or None,
            _name(line, named.get(pairs.get(place, NOBODY))),
            line.held(place),
            line.unit,
            line.post,
            _code(line, named.get(pairs.get(place, NOBODY))),
        )
        for place, line in enumerate(lines)
    )
    stay = {each.person for each in listed}
    goes = tuple(each.id for each in today if sits(each) and each.id not in stay)
    return NewRoll(listed, goes, tuple(today))


def _name(line: Newcomer, person: Person | None) -> str:
    """The name by which somebody is known stays, where the roster's is the same without the unit behind it."""
    same = person is not None and _bare(person.name, person.unit) == _bare(line.name, line.unit)
    return person.name if person is not None and same else line.name


def _code(line: Newcomer, person: Person | None) -> str:
    """The office's own code, as it was spelt first; a number of ours is nobody's code."""
    if person is not None and same(person.code, line.code):
        return person.code
    return "" if is_number(line.code) else line.code


# --- the difference --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of one person: as it was (None for who comes) and as it will be (None for who goes)."""

    was: Person | None
    now: Person | None


def turns(roll: NewRoll) -> Iterator[Turn]:
    """Everybody of whom something changes but the place on a roll: who comes, who is otherwise, who goes."""
    was = {each.id: each for each in roll.was}
    after = roll.after(roll.was)
    yield from (Turn(None, each) for each in after if each.id not in was)
    for each in after:
        before = was.get(each.id)
        if before is not None and _said(before) != _said(each):
            yield Turn(before, each)
    yield from (Turn(was[each], None) for each in roll.goes if each in was)


def _said(person: Person) -> tuple[object, ...]:
    seats = frozenset(replace(seat, place=0) for seat in person.seats)
    return person.name, person.unit, person.post, person.code, seats


def concerned(roll: NewRoll, bodies: Sequence[Body]) -> frozenset[int]:
    """Who does not confirm it: who goes, and a head who has other offices afterwards.

    A roster is about everybody; so whoever stays may confirm it in the order of second persons, and with them the
    next in rank where the head goes, whatever office that one gets by the same decision.
    """
    after = {each.id: _offices(each) for each in roll.after(roll.was)}
    heads = [head for body in bodies if (head := head_of(roll.was, body)) is not None]
    return frozenset({*roll.goes, *(h.id for h in heads if after.get(h.id) != _offices(h))})


def _offices(person: Person) -> frozenset[tuple[str, str]]:
    return frozenset((seat.body, seat.office) for seat in person.seats)


# --- may it be -------------------------------------------------------------------------------


def refuse_moved(roll: NewRoll, today: Sequence[Person]) -> Refusal | None:
    """Everybody is still as when the roster was read, so that what is shown of it is what becomes."""
    was = {each.id: (each.name, frozenset(each.seats)) for each in roll.was}
    now = {each.id: (each.name, frozenset(each.seats)) for each in today}
    return Refusal("roster_moved") if was != now else None


def refuse_roll(roll: NewRoll, today: Sequence[Person], regulation: Regulation) -> Refusal | None:
    """Every listed person is still there, the office keeps a clerk, and every body its members and their head.

    Two of one name or one code cannot be told apart.
    """
    known = {each.id for each in today}
    if any(each.person not in known for each in roll.listed if each.person is not None):
        return Refusal("roster_moved")
    after = roll.after(today)
    return _alike(after) or _lacking(after, today, regulation) or refuse_beyond(after, regulation)


def _alike(after: Sequence[Person]) -> Refusal | None:
    """No two are called alike, no two have one code."""
    names = [each.name.casefold() for each in after]
    named_twice = sorted({each.name for each in after if names.count(each.name.casefold()) > 1})
    if named_twice:
        return Refusal("roster_name_twice", values={"names": named_twice})
    if alike := twice([each.code for each in after]):
        bearing = [each.name for each in after if plain(each.code) in alike]
        return Refusal("roster_code_twice", values={"names": bearing})
    return None


def _lacking(
    after: Sequence[Person], today: Sequence[Person], regulation: Regulation
) -> Refusal | None:
    """The office keeps a clerk, every body its members and their head."""
    if not any(each.is_clerk for each in after):
        return Refusal("roster_last_clerk", values={"names": _clerks(today)})
    empty = [body for body in regulation.bodies if _emptied(body, today, after)]
    if empty and not _moves(today, after, regulation):
        return Refusal("roster_empty_body", values={"bodies": [body.name for body in empty]})
    headless = [
        body
        for body in regulation.bodies
        if members_of(after, body.id) and head_of(after, body) is None
    ]
    if headless:
        first = headless[0]
        values = {"bodies": [body.name for body in headless], "heads": first.heads}
        return Refusal("roster_headless", first.head_article, values=values)
    return None


def _clerks(today: Sequence[Person]) -> list[str]:
    return [each.name for each in today if each.is_clerk]


def _moves(today: Sequence[Person], after: Sequence[Person], regulation: Regulation) -> bool:
    """Whether a body gets its first members: one that is left empty beside it has passed its work on to that."""
    return any(_emptied(body, after, today) for body in regulation.bodies)


def _emptied(body: Body, today: Sequence[Person], after: Sequence[Person]) -> bool:
    return bool(members_of(today, body.id)) and not members_of(after, body.id)
