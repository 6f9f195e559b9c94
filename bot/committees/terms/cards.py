"""Cards of a new roll, a new term: asked, confirmed, in force, not possible any more. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.committees.terms.store import Wanted
from bot.db.approvals import Request
from bot.db.notice import Button, Card
from bot.kit.card import card as refusal_card
from bot.kit.card import page_of, to_home
from bot.kit.seconding_cards import Asked, more_rows
from bot.people import face
from bot.people.face import House
from bot.people.rules.new_roll import turns
from bot.people.rules.people import Person
from bot.people.rules.rolls import SeveralHeads, several_heads
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.refusal import Refusal

PAGE = 12
"""People of whom one message tells what becomes of them; the others have pages of their own."""


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one person, in words: "comes", "goes" or "changes", the seats before and after."""

    kind: str
    name: str
    agency: bool
    renamed: str
    code: str
    """The code of the office, where it is new or by it somebody renamed is known."""
    was: tuple[object, ...]
    now: tuple[object, ...]


def told(say: Rendering, house: House, wanted: Wanted) -> tuple[Told, ...]:
    """The difference between the people of today and what is wanted, person by person."""
    every = turns(wanted.roll) if wanted.roll else ()
    return tuple(_told(say, house, each.was, each.now) for each in every)


def _told(say: Rendering, house: House, was: Person | None, now: Person | None) -> Told:
    person = was or now
    if person is None:
        raise ValueError("a change of nobody")
    return Told(
        "comes" if was is None else "goes" if now is None else "changes",
        person.name,
        face.is_agency(person),
        now.name if was and now and was.name != now.name else "",
        now.code if now and (was is None or (was.name, was.code) != (now.name, now.code)) else "",
        face.seats(say, was, house.regulation) if was else (),
        face.seats(say, now, house.regulation) if now else (),
    )


def several_heads_of(house: House, wanted: Wanted) -> tuple[SeveralHeads, ...]:
    """Bodies of which the roster has several heads."""
    roll = wanted.roll
    return several_heads(roll.after(roll.was), house.regulation) if roll else ()


def wish(say: Rendering, house: House, wanted: Wanted, request: int) -> Asked:
    """What is asked for, in words: its first changes, and how many there are."""
    every = told(say, house, wanted)
    listed = len(wanted.roll.listed) if wanted.roll else 0
    view = {
        "since": wanted.since,
        "term": wanted.term,
        "roster": wanted.roll is not None,
        "turns": every[:PAGE],
        "more": len(every[PAGE:]),
        "listed": listed,
        "several_heads": several_heads_of(house, wanted),
    }
    more = action("roster_lines", request) if every[PAGE:] else None
    title = say.label("roster.term" if wanted.term else "roster.wish", day=say.date(wanted.since))
    seats = wanted.roll is not None
    return Asked("roster_wish", view, title, seats=seats, since=wanted.since, more=more)


def in_force(say: Rendering, committee: str, asked: Asked, request: Request) -> Card:
    """Tells the roll as it is from now on."""
    text = say.text("roster_in_force", committee=committee, asked=asked, request=request)
    return Card(text, (*more_rows(say, asked), to_home(say)))


def not_possible(say: Rendering, committee: str, request: Request, why: Refusal) -> Card:
    """Tells the office and the heads that what was confirmed could not be done on its day, and why."""
    reason = refusal_card(say, why).text
    wanted = Wanted.of(request.content)
    text = say.text("roster_not_possible", committee=committee, since=wanted.since, reason=reason)
    return Card(text, (to_home(say),))


def all_lines(
    say: Rendering, every: Sequence[Told], request: int, back: Action, number: int
) -> Card:
    """A page of all that changes, and the way back from it."""
    page = page_of(every, number, PAGE)
    text = say.text("roster_lines", turns=page.entries, page=page.number + 1, pages=page.count)
    turned = page.turns(say, lambda to: action("roster_lines", request, to))
    return Card(text, (*turned, (Button(say.label("button.back"), back),)))
