"""People of a committee and the seats they hold. Telegram accounts are numbers here, names never identify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.regulations.rules.regulation import Body

OFFICES = (
    "secretary",
    "standing_deputy",
    "deputy",
    "standing_member",
    "organisation_member",
    "member",
    "agency",
)
"""Every office a seat may have, in order of rank; a regulation names those it describes."""


class Role(StrEnum):
    """What a seat is: on a roll, or one of those beside it."""

    MEMBER = "member"
    CLERK = "clerk"
    """Văn phòng: prepares, never decides."""
    OFFICER = "officer"
    """The head of a requesting agency."""
    GUEST = "guest"
    """Đại biểu mời: may speak in a meeting, never votes."""
    UNIT = "unit"
    """A unit that owes reports, by its contact."""


BESIDE = frozenset({Role.CLERK, Role.GUEST, Role.UNIT})
"""Roles that sit in no body."""


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """One seat of one person; `body` is empty for those who sit in none."""

    role: Role
    body: str
    office: str
    full_time: bool = True
    place: int = 0
    part_time_vice_president: bool = False
    """A part-time vice president of the organisation that the body leads (8.2.2 in Quảng Ngãi)."""


CLERKS_PART = SeatHeld(Role.CLERK, "", Role.CLERK.value)
"""The office's part beside another seat; whether that is held full time is said of the other."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one committee, bound at most to one Telegram account."""

    id: int
    committee: int
    name: str
    account: int | None
    seats: tuple[SeatHeld, ...]
    reachable: bool = True
    unit: str = ""
    """Where the person works, as the roster had it; "" where it had nothing."""
    post: str = ""
    """Words beside the office, such as a post of the State; no right follows from them."""
    code: str = ""
    """The office's own code of the person, by which a roster knows somebody renamed; "" where it gave none."""

    @property
    def joined(self) -> bool:
        """Whether the person has opened the bot by an invitation."""
        return self.account is not None

    @property
    def is_clerk(self) -> bool:
        """Whether the person sits in the office (văn phòng)."""
        return any(seat.role is Role.CLERK for seat in self.seats)

    def seat_in(self, body: str) -> SeatHeld | None:
        """The member's seat in that body, if there is one."""
        for seat in self.seats:  # asked of everybody in turn: no generator for each
            if seat.role is Role.MEMBER and seat.body == body:
                return seat
        return None

    def officer_of(self, body: str) -> bool:
        """Whether the person heads the agency that consults that body."""
        return any(s.role is Role.OFFICER and s.body in ("", body) for s in self.seats)


def sits(person: Person) -> bool:
    """Whether what a committee decides concerns the person at all: guests and reporting units see none of it."""
    return any(seat.role not in (Role.GUEST, Role.UNIT) for seat in person.seats)


def is_only_clerk(person: Person, everybody: Sequence[Person]) -> bool:
    """Whether nobody else has the office's part."""
    return person.is_clerk and not any(p.is_clerk for p in everybody if p.id != person.id)


def members_of(people: Sequence[Person], body: str) -> list[Person]:
    """Those who sit in the body, in the order of its roll."""
    seated = [(seat.place, person) for person in people if (seat := person.seat_in(body))]
    return [person for _, person in sorted(seated, key=lambda pair: (pair[0], pair[1].id))]


def head_of(people: Sequence[Person], body: Body) -> Person | None:
    """The officer entitled to approve: the requester's head for agencies, else the first office filled."""
    officers = [person for person in people if person.officer_of(body.id)]
    if officers:
        return officers[0]
    filled = [p for p in people if (seat := p.seat_in(body.id)) and seat.office in body.heads]
    seated = ((each, each.seat_in(body.id)) for each in members_of(filled, body.id))
    return body.head_among((seat.office, person) for person, seat in seated if seat is not None)
