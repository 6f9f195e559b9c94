"""What a rule book asks of a roll as a whole: its least numbers can be reached, one heads a body. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.people.rules.people import Person, head_of, members_of
from bot.regulations.rules.regulation import Regulation
from bot.values.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Beyond:
    """A body of so many of whom more are asked at least: nothing could ever be adopted."""

    body: str
    roll: int
    number: int
    article: str


def beyond(regulation: Regulation, rolls: Mapping[str, int]) -> Iterator[Beyond]:
    """Every such number, by the sizes of rolls; a body in which nobody sits decides nothing."""
    for body in regulation.bodies:
        roll = rolls.get(body.id, 0)
        for least in body.least_numbers:
            if 0 < roll < least.number:
                yield Beyond(body.name, roll, least.number, least.article)


def sizes(everybody: Sequence[Person], regulation: Regulation) -> dict[str, int]:
    """How many sit in each body."""
    return {body.id: len(members_of(everybody, body.id)) for body in regulation.bodies}


def refuse_beyond(everybody: Sequence[Person], regulation: Regulation) -> Refusal | None:
    """A roll that is smaller than a least number."""
    found = next(beyond(regulation, sizes(everybody, regulation)), None)
    return Refusal("least_beyond", found.article, values={"of": found}) if found else None


@dataclass(frozen=True, slots=True)
class SeveralHeads:
    """An office of which the texts know one holder in a body, and who holds it, in the order of the roll.

    The first of them is taken for the head.
    """

    body: str
    office: str
    names: tuple[str, ...]


def several_heads(everybody: Sequence[Person], regulation: Regulation) -> tuple[SeveralHeads, ...]:
    """Bodies whose head is one of several with that office: said before it is confirmed, refused by no text."""
    found = []
    for body in regulation.bodies:
        head = head_of(everybody, body)
        held = head.seat_in(body.id) if head and not head.officer_of(body.id) else None
        if held is None:
            continue
        holders = [
            each.name
            for each in members_of(everybody, body.id)
            if (seat := each.seat_in(body.id)) is not None and seat.office == held.office
        ]
        if len(holders) > 1:
            found.append(SeveralHeads(body.name, held.office, tuple(holders)))
    return tuple(found)
