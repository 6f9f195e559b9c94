"""Cards about a head's absence: entered, taken on, over. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db.notice import Button, Card
from bot.kit.card import to_home
from bot.people.desk import Desk
from bot.people.rules.acting import StandIn
from bot.people.rules.delegating import away_articles, away_rules, duty_rules
from bot.people.rules.people import Person, is_only_clerk
from bot.people.span import AT_ONCE
from bot.people.store import Absence
from bot.regulations.rules.meetings import DelegationRule
from bot.regulations.rules.regulation import Body
from bot.rendering import Rendering
from bot.values.action import action

Row = tuple[Button, ...]


# --- what is asked ---------------------------------------------------------------------------


def ask_who(say: Rendering, committee: int, heads: Sequence[Person]) -> Card:
    """Which head is away."""
    rows = [(Button(each.name, action("absence_new", committee, each.id)),) for each in heads]
    return Card(say.text("absence_ask", what="who", name=""), (*rows, _back(say, committee)))


def ask_body(say: Rendering, committee: int, bodies: Sequence[Body]) -> Card:
    """Which body put somebody on duty."""
    rows = [(Button(body.name, action("duty_new", committee, body.id)),) for body in bodies]
    return Card(say.text("absence_ask", what="body", name=""), (*rows, _back(say, committee)))


def ask_whom(
    say: Rendering,
    args: tuple[str, ...],
    body: Body,
    rule: DelegationRule,
    allowed: Sequence[Person],
) -> Card:
    """Which of its members."""
    rows = [(Button(each.name, action("duty_new", *args, each.id)),) for each in allowed]
    text = say.text("delegation_pick", body=body, rules=[rule], somebody=bool(allowed))
    return Card(text, (*rows, _back(say, int(args[0]))))


def ask_start(say: Rendering, asked: tuple[str, ...], who: Person, committee: int) -> Card:
    """From when; a button for at once."""
    now = Button(say.label("delegation_button.now"), action(*asked, AT_ONCE))
    text = say.text("absence_ask", what="start", name=who.name)
    return Card(text, ((now,), _back(say, committee)))


def ask_end(say: Rendering, who: Person, starts_at: datetime, committee: int) -> Card:
    """Until when."""
    text = say.text("absence_ask", what="end", name=who.name, starts_at=starts_at)
    return Card(text, (_back(say, committee),))


def ask_decision(say: Rendering, body: Body, committee: int) -> Card:
    """Number and day of the body's decision."""
    text = say.text("absence_ask", what="decision", name=body.name)
    return Card(text, (_back(say, committee),))


# --- what is told ----------------------------------------------------------------------------


def entered(say: Rendering, desk: Desk, absence: Absence, takers: Sequence[Person]) -> Card:
    """To the clerk who entered it."""
    return Card(_entered(say, desk, absence, takers), (_back(say, absence.committee),))


def told_of(
    say: Rendering,
    desk: Desk,
    absence: Absence,
    takers: Sequence[Person],
    to: Person,
    *,
    takes: bool,
) -> Card:
    """To roll, head and clerks: who is away, and who may act; whoever may has the button."""
    rows: list[Row] = []
    if takes:
        label = say.label("absence_button.take_on")
        rows.append((Button(label, action("take_on", absence.id), style="success"),))
    if to.id == absence.of:
        label = say.label("absence_button.back")
        rows.append((Button(label, action("back", absence.id)),))
    return Card(_entered(say, desk, absence, takers, takes=takes), tuple(rows))


def _entered(
    say: Rendering,
    desk: Desk,
    absence: Absence,
    takers: Sequence[Person],
    *,
    takes: bool = False,
) -> str:
    """With `takes` it speaks to one of those who may take it on."""
    rules = desk.rules_of(absence.of)
    among = duty_rules(rules) if absence.body else away_rules(rules)
    return say.text(
        "absence_entered",
        absence=absence,
        takes=takes,
        head=desk.name(absence.of),
        body=_body(desk, absence),
        away=_away(say, desk, absence),
        takers=[each.name for each in takers],
        alone=_alone(desk, absence),
        by=desk.name(absence.entered_by),
        article=away_articles(among),
    )


def taken(
    say: Rendering, desk: Desk, absence: Absence, given: Sequence[StandIn], to: Person
) -> Card:
    """To everybody concerned: who acts for the head, for which bodies, from when to when, by which article."""
    names = {body.id: body.name for body in desk.regulation.bodies}
    text = say.text(
        "absence_taken",
        absence=absence,
        away=_away(say, desk, absence),
        head=desk.name(absence.of),
        acts=desk.name(given[0].to),
        own=to.id == given[0].to,
        bodies=[names[each.body] for each in given],
        given=given[0],
        alone=_alone(desk, absence),
    )
    rows: list[Row] = []
    if to.id in (absence.of, given[0].to):
        label = "back" if to.id == absence.of else "end"
        rows.append((Button(say.label(f"absence_button.{label}"), action("back", absence.id)),))
    if to.id == given[0].to:
        rows.insert(0, (Button(say.label("absence_button.tasks"), action("tasks")),))
    return Card(text, tuple(rows))


def over(say: Rendering, desk: Desk, absence: Absence, acted: str, now: datetime) -> Card:
    """To everybody concerned: nobody acts for the head by this absence any more."""
    text = say.text(
        "absence_over",
        head=desk.name(absence.of),
        body=_body(desk, absence),
        acted=acted,
        by=desk.person.name if desk.person.id != absence.of else "",
        now=now,
    )
    return Card(text, (to_home(say),))


def _away(say: Rendering, desk: Desk, absence: Absence) -> str:
    """In whose place somebody is on duty: the body, or the office, that the rule book names; "" where none is."""
    found = desk.duty(absence.body)
    if found is None:
        return ""
    names = {body.id: body.name for body in desk.regulation.bodies}
    of = found[1].of
    return names[of] if of in names else say.label(f"office.{of}")


def _alone(desk: Desk, absence: Absence) -> bool:
    """Whether who is away is the only clerk, too: that part is nobody's meanwhile."""
    everybody = desk.staff.everybody
    return any(p.id == absence.of and is_only_clerk(p, everybody) for p in everybody)


def _body(desk: Desk, absence: Absence) -> str:
    return next((b.name for b in desk.regulation.bodies if b.id == absence.body), "")


def _back(say: Rendering, committee: int) -> Row:
    return (Button(say.label("button.back"), action("deleg", committee)),)
