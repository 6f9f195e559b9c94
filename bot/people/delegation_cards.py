"""Cards about who stands in for a body's head. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db.notice import Button, Card
from bot.people.rules.people import Person
from bot.people.store import Delegation
from bot.regulations.rules.meetings import DelegationRule
from bot.regulations.rules.regulation import Body
from bot.rendering import Rendering
from bot.values.action import action

AT_ONCE = "0"
"""The moment of the button "from now on": one that has passed means that."""


def listed(
    say: Rendering,
    committee: int,
    bodies: Sequence[tuple[Body, bool]],
    given: Sequence[tuple[Delegation, Person, Body]],
    now: datetime,
) -> Card:
    """Delegations that run or will, with the ways to end them and to give another."""
    text = say.text("delegations", given=given, bodies=bodies, now=now)
    ends = [
        (
            Button(
                say.label("delegation_button.end", name=person.name),
                action("deleg_end", committee, body.id, person.id),
                style="danger",
            ),
        )
        for _, person, body in given
    ]
    several = len(bodies) > 1
    news = [
        (
            Button(
                say.label(
                    "delegation_button.new_of" if several else "delegation_button.new",
                    body=body.name,
                ),
                action("deleg_new", committee, body.id),
            ),
        )
        for body, ruled in bodies
        if ruled
    ]
    return Card(text, (*ends, *news, _list(say)))


def pick(
    say: Rendering,
    committee: int,
    body: Body,
    rules: Sequence[DelegationRule],
    allowed: Sequence[Person],
) -> Card:
    """Those whose office the rule names."""
    rows = [
        (Button(person.name, action("deleg_new", committee, body.id, person.id)),)
        for person in allowed
    ]
    text = say.text("delegation_pick", body=body, rules=rules, somebody=bool(allowed))
    return Card(text, (*rows, _back(say, committee)))


def ask_start(say: Rendering, committee: int, body: Body, person: Person) -> Card:
    """From when; a button for at once."""
    at_once = action("deleg_new", committee, body.id, person.id, AT_ONCE)
    now = Button(say.label("delegation_button.now"), at_once)
    text = say.text("delegation_moment", body=body, name=person.name, starts_at=None)
    return Card(text, ((now,), _back(say, committee)))


def ask_end(
    say: Rendering, committee: int, body: Body, person: Person, starts_at: datetime
) -> Card:
    """Until when."""
    text = say.text("delegation_moment", body=body, name=person.name, starts_at=starts_at)
    return Card(text, (_back(say, committee),))


def given(say: Rendering, body: Body, head: Person, to: Person, one: Delegation) -> Card:
    """To the delegate and the clerks: who stands in, from when to when, under which article."""
    text = say.text("delegation_given", body=body, head=head.name, to=to.name, given=one)
    return Card(text, (_list(say),))


def confirmed(say: Rendering, committee: int, body: Body, to: Person, one: Delegation) -> Card:
    """To the head: that it is entered."""
    text = say.text("delegation_given", body=body, head="", to=to.name, given=one)
    return Card(text, (_back(say, committee),))


def withdrawn(
    say: Rendering, body: Body, head: Person, to: Person, one: Delegation, now: datetime
) -> Card:
    """To the delegate and the clerks: that it has ended."""
    text = say.text("delegation_ended", body=body, head=head.name, to=to.name, given=one, now=now)
    return Card(text, (_list(say),))


def ended(say: Rendering, committee: int, body: Body, to: Person) -> Card:
    """To the head: that it has ended."""
    text = say.text("delegation_ended", body=body, head="", to=to.name, given=None, now=None)
    return Card(text, (_back(say, committee),))


def _back(say: Rendering, committee: int) -> tuple[Button, ...]:
    return (Button(say.label("button.back"), action("deleg", committee)),)


def _list(say: Rendering) -> tuple[Button, ...]:
    return (Button(say.label("button.meetings"), action("mlist")),)
