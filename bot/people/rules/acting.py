"""Who acts as the head of a body now, and for whom: the one place that says it. Who may be chosen is said elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.people.rules.people import Person, Role, SeatHeld, head_of, members_of
from bot.regulations.rules.meetings import Scope
from bot.regulations.rules.regulation import Body
from bot.values.refusal import NO_RIGHT, Refusal


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody stands in for a body's head from one moment to another; both belong to it.

    By the head's own delegation, or, with `absence`, by an absence of the head that was entered and taken on.
    """

    id: int
    committee: int
    body: str
    of: int
    to: int
    starts_at: datetime
    ends_at: datetime
    article: str
    scope: Scope = Scope.ALL
    absence: int | None = None
    withdrawn_at: datetime | None = None

    def runs(self, at: datetime) -> bool:
        """Whether it is in force then."""
        return self.withdrawn_at is None and self.starts_at <= at <= self.ends_at


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody acts as the head of a body: the head, or, `standing_in` for the head, another."""

    person: Person
    head: Person
    standing_in: StandIn | None = None

    @property
    def acting_for(self) -> int | None:
        """The head for whom another acts; None for the head."""
        return self.head.id if self.standing_in else None

    @property
    def whole(self) -> bool:
        """Whether it reaches to everything that the head does."""
        return self.standing_in is None or self.standing_in.scope is Scope.ALL


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person is to a body now, as rights are judged."""

    person: int
    clerk: bool = False
    head: bool = False
    """The head, or who stands in for the head."""
    beyond: Refusal | None = None
    """Why who stands in may not do all that the head does; None where all of it is covered."""
    stands_for: Person | None = None
    """The head for whom another acts; None for the head and for everybody else."""

    @property
    def office(self) -> bool:
        """Clerk or head: those who see the dashboard."""
        return self.clerk or self.head

    def refuse_rest(self) -> Refusal | None:
        """Why the person may not do what reaches beyond approving, chairing and signing."""
        return self.beyond if self.head else NO_RIGHT

    def refuse_about(self, person: int) -> Refusal | None:
        """Why who stands in may not decide about that person: about the own seat or the head's."""
        if self.stands_for is None or person not in (self.person, self.stands_for.id):
            return None
        return Refusal("acting_own_seat", values={"head": self.stands_for.name})


def standing_of(person: Person, acting: Acting | None) -> Standing:
    """What the person is to the body as whose head he acts, or does not act."""
    if acting is None or acting.standing_in is None:
        return Standing(person.id, person.is_clerk, acting is not None)
    beyond = None
    if not acting.whole:
        values = {"head": acting.head.name}
        beyond = Refusal("acting_beyond", acting.standing_in.article, values=values)
    return Standing(person.id, person.is_clerk, True, beyond, acting.head)


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody of a committee, and who stands in for whom there at one moment."""

    everybody: tuple[Person, ...]
    standing_in: tuple[StandIn, ...] = ()

    def chairs(self, body: Body) -> tuple[Acting, ...]:
        """Those who may act as the body's head: the head first, then who stands in; nobody where none heads it."""
        head = head_of(self.everybody, body)
        if head is None:
            return ()
        given = {
            each.to: each
            for each in self.standing_in
            if each.body == body.id and each.of == head.id != each.to
        }
        others = (Acting(p, head, given[p.id]) for p in self.everybody if p.id in given)
        return (Acting(head, head), *others)

    def acting(self, person: Person, body: Body) -> Acting | None:
        """As what this person acts as the body's head, if at all."""
        return next((each for each in self.chairs(body) if each.person.id == person.id), None)

    def heads_wholly(self, person: Person, bodies: Sequence[Body]) -> bool:
        """Whether this person acts as the head of one of the bodies in all that a head does."""
        every = (self.acting(person, body) for body in bodies)
        return any(each is not None and each.whole for each in every)

    def standing(self, person: Person, body: Body) -> Standing:
        """What this person is to the body."""
        return standing_of(person, self.acting(person, body))

    def heads(self, body: Body) -> list[Person]:
        """Those who may act as the body's head, the head first: whom what waits for the head reaches."""
        return [each.person for each in self.chairs(body)]

    def office(self, body: Body) -> list[Person]:
        """Clerks, the head and who stands in: those who see the dashboard."""
        heads = {each.id for each in self.heads(body)}
        return [p for p in self.everybody if p.is_clerk or p.id in heads]


def seated_as_before(staff: Staff, body: Body, seats: Collection[tuple[int, str]]) -> Staff:
    """Of a body in which nobody sits any more: as if those on a frozen roll, person and office, still sat there.

    What began before another body took its place is so led to its end by whoever headed it. No text says who does.
    """
    if head_of(staff.everybody, body) is not None or members_of(staff.everybody, body.id):
        return staff
    offices = dict(seats)
    everybody = (
        replace(each, seats=(*each.seats, SeatHeld(Role.MEMBER, body.id, offices[each.id])))
        if each.id in offices
        else each
        for each in staff.everybody
    )
    return replace(staff, everybody=tuple(everybody))


def may_decide_about(acting: Acting, person: int) -> Refusal | None:
    """Nobody decides for the head about the own seat or the head's (an account, an office, an end).

    Nor about anybody's, where it reaches no further than to chair and to sign.
    """
    standing = standing_of(acting.person, acting)
    return standing.refuse_rest() or standing.refuse_about(person)
