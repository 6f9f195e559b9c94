"""Who stands behind a change besides who asks for it: the second persons, in their order. No one is told here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.people.rules.acting import Acting, Staff
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.regulation import Body

SILENT_DAYS = 3
"""Working days of silence after which a request passes on to the next in rank."""
TOGETHER = 2
"""So many decide where nobody in rank can."""


class Rank(StrEnum):
    """How far down their order the second person is looked for."""

    HEAD = "head"
    """The head, or who stands in for the head."""
    NEXT = "next"
    """The next in rank who has joined; for agencies another officer."""
    TWO = "two"
    """Two who have joined: members, for agencies clerks."""
    MACHINE = "machine"
    """Nobody who could has joined: who runs the machine, by the command line."""


@dataclass(frozen=True, slots=True)
class Seconds:
    """Who may decide now: each of `alone` by one word, with as whom they act; those `together` by two words."""

    rank: Rank
    alone: Mapping[int, Acting | None] = field(default_factory=dict)
    together: frozenset[int] = frozenset()

    @property
    def everyone(self) -> frozenset[int]:
        """All of them."""
        return frozenset(self.alone) | self.together

    def verdict(self, yes: Collection[int], no: Collection[int]) -> bool | None:
        """Whether it is confirmed or refused by those who said so; None while another word is needed.

        It takes as many to refuse as to confirm; where all were heard and are divided, it is refused.
        """
        if not self.alone.keys().isdisjoint(yes):
            return True
        if not self.alone.keys().isdisjoint(no):
            return False
        agree, differ = self.together.intersection(yes), self.together.intersection(no)
        if len(agree) >= TOGETHER:
            return True
        heard = self.together and agree | differ == self.together
        return False if len(differ) >= TOGETHER or heard else None


def seconds_for(
    staff: Staff, body: Body, asker: int, concerned: Collection[int], *, silent: bool
) -> Seconds:
    """Who may confirm what `asker` asks about those concerned; never the asker, never one of them.

    First the head, or who stands in with all that the head does, save about the own seat or the head's. Where
    the head is concerned, has not joined or was `silent` for three working days, the next in rank who has
    joined; where there is none, two who have joined. Who was asked before may still answer.
    """
    barred = {asker, *concerned}
    first = _first(staff, body, barred)
    if first and not silent:
        return Seconds(Rank.HEAD, first)
    free = [p for p in staff.everybody if p.joined and p.id not in barred and p.id not in first]
    # Never the head, who is among the first, is barred or has not joined.
    following = next(iter(ranked(free, body)), None)
    if following is not None:
        return Seconds(Rank.NEXT, {**first, following.id: None})
    several = frozenset(person.id for person in _several(free, body))
    if len(several) >= TOGETHER:
        return Seconds(Rank.TWO, first, several)
    return Seconds(Rank.HEAD, first) if first else Seconds(Rank.MACHINE)


def _first(staff: Staff, body: Body, barred: Collection[int]) -> dict[int, Acting | None]:
    """The head and who stands in, as far as they may decide; a delegate never where the head may not."""
    return {
        acting.person.id: acting
        for acting in staff.chairs(body)
        if acting.person.joined
        and acting.person.id not in barred
        and acting.head.id not in barred
        and acting.whole
    }


def _several(free: Iterable[Person], body: Body) -> list[Person]:
    """Of whom two decide together."""
    if body.of_agencies:
        return [person for person in free if person.is_clerk]
    return members_of(list(free), body.id)


def ranked(people: Sequence[Person], body: Body) -> list[Person]:
    """Those who could head the body, in their rank: officers before agencies, else by its offices."""
    officers = [person for person in people if person.officer_of(body.id)]
    if officers or body.of_agencies:
        return officers
    ranks = {office: rank for rank, office in enumerate(body.heads)}
    held = [(person, person.seat_in(body.id)) for person in members_of(people, body.id)]
    found = [(ranks[seat.office], person) for person, seat in held if seat and seat.office in ranks]
    return [person for _, person in sorted(found, key=lambda pair: pair[0])]
