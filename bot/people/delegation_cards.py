"""Cards about who stands in for a body's head. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db.notice import Button, Card
from bot.kit.card import to_home
from bot.people.desk import Desk
from bot.people.rules.acting import StandIn
from bot.people.rules.delegating import rule_for
from bot.people.rules.people import Person
from bot.people.span import AT_ONCE
from bot.people.store import Absence
from bot.regulations.rules.meetings import DelegationRule
from bot.regulations.rules.regulation import Body
from bot.rendering import Rendering
from bot.values.action import Action, action


def listed(say: Rendering, desk: Desk, bodies: Sequence[tuple[Body, bool]]) -> Card:
    """Who stands in or will, and who is away; with the ways to end it and to enter more.

    `bodies` are those that the person heads, each with whether the regulation lets it be given. A head sees
    the own bodies, who stands in the own time, a clerk all.
    """
    person, committee = desk.person, desk.person.committee
    by_id = {body.id: body for body in desk.regulation.bodies}
    seen = [
        given
        for given in desk.not_over
        if desk.name(given.to) and (person.is_clerk or person.id in (given.of, given.to))
    ]
    waiting = [
        absence
        for absence in desk.absences
        if all(given.absence != absence.id for given in desk.not_over)
        and (person.is_clerk or person.id == absence.of)
    ]
    text = say.text(
        "delegations",
        given=[(each, desk.name(each.to), by_id[each.body]) for each in seen],
        waiting=[(each, desk.name(each.of)) for each in waiting],
        bodies=bodies,
        now=desk.now,
    )
    rows = [
        *_ends(say, desk, seen),
        *(_back_at_work(say, each, person) for each in waiting),
        *_news(say, committee, bodies),
    ]
    if person.is_clerk and desk.may_be_away:
        rows.append(_way(say, "absence_button.new", action("absence_new", committee)))
    if person.is_clerk and desk.on_duty:
        rows.append(_way(say, "absence_button.duty", action("duty_new", committee)))
    return Card(text, (*rows, (*_list(say), *to_home(say))))


def _ends(say: Rendering, desk: Desk, given: Sequence[StandIn]) -> list[tuple[Button, ...]]:
    """The head ends each; an absence also who acts by it and who entered it."""
    rows: dict[str, tuple[Button, ...]] = {}
    for each in given:
        if each.absence is not None:
            absence = next(a for a in desk.absences if a.id == each.absence)
            if desk.person.id in (each.of, each.to, absence.entered_by):
                rows[f"absence:{absence.id}"] = _back_at_work(say, absence, desk.person)
        elif each.of == desk.person.id:
            label = say.label("delegation_button.end", name=desk.name(each.to))
            end = action("deleg_end", desk.person.committee, each.body, each.to)
            rows[f"{each.body}:{each.to}"] = (Button(label, end, style="danger"),)
    return list(rows.values())


def _back_at_work(say: Rendering, absence: Absence, person: Person) -> tuple[Button, ...]:
    label = "back" if person.id == absence.of else "end"
    return (
        Button(say.label(f"absence_button.{label}"), action("back", absence.id), style="danger"),
    )


def _news(
    say: Rendering, committee: int, bodies: Sequence[tuple[Body, bool]]
) -> list[tuple[Button, ...]]:
    label = "delegation_button.new_of" if len(bodies) > 1 else "delegation_button.new"
    return [
        _way(say, label, action("deleg_new", committee, body.id), body=body.name)
        for body, ruled in bodies
        if ruled
    ]


def _way(say: Rendering, label: str, press: Action, **names: str) -> tuple[Button, ...]:
    return (Button(say.label(label, **names), press),)


def pick(
    say: Rendering,
    committee: int,
    body: Body,
    rules: Sequence[DelegationRule],
    allowed: Sequence[Person],
) -> Card:
    """Those whose office the rule names; who is put on duty by a decision is asked for that."""

    def way(person: Person) -> Action:
        rule = rule_for(rules, body.id, person)
        name = "duty_new" if rule is not None and rule.decided_by else "deleg_new"
        return action(name, committee, body.id, person.id)

    rows = [(Button(person.name, way(person)),) for person in allowed]
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


def given(
    say: Rendering, body: Body, head: Person, to: Person, one: StandIn, *, alone: bool = False
) -> Card:
    """To the delegate and the clerks: who stands in, from when to when, under which article.

    `alone`: the head is the only clerk, too, and that part is nobody's meanwhile.
    """
    view = {"body": body, "head": head.name, "to": to.name, "given": one, "alone": alone}
    text = say.text("delegation_given", **view)
    return Card(text, (_list(say),))


def confirmed(
    say: Rendering, committee: int, body: Body, to: Person, one: StandIn, *, alone: bool = False
) -> Card:
    """To the head: that it is entered; `alone` as of `given`."""
    text = say.text("delegation_given", body=body, head="", to=to.name, given=one, alone=alone)
    return Card(text, (_back(say, committee),))


def withdrawn(
    say: Rendering, body: Body, head: Person, to: Person, one: StandIn, now: datetime
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
