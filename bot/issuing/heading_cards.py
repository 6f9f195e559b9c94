"""Cards of how a body heads, signs and sends its papers, and of a change asked for. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.db.notice import Button, Card, Row, Rows
from bot.issuing.access import Desk
from bot.issuing.cards import PAGE, back, to_row
from bot.issuing.rules.fields import (
    CHOSEN,
    MAY_BE_EMPTY,
    OF_A_PAPER,
    OF_THE_BODY,
    Field,
    Setting,
)
from bot.issuing.rules.letterhead import CAPACITIES, Letterhead, Paper
from bot.issuing.rules.numbers import told
from bot.kit.card import in_rows, page_of, to_home
from bot.kit.seconding_cards import Asked
from bot.people.face import House, Office
from bot.people.rules.people import sits
from bot.regulations.rules.regulation import Body
from bot.regulations.rules.terms import Profile
from bot.rendering import Rendering
from bot.values.action import Action, action

PROFILES = {Profile.PARTY: "paper_profile.party", Profile.STATE: "paper_profile.state"}
"""The label of each layout."""


def profile_words(say: Rendering, profile: str) -> str:
    """A layout by its name."""
    return say.label(PROFILES[Profile(profile)])


def said(say: Rendering, head: Letterhead, of: Setting) -> str:
    """What a letterhead has for a setting, in words on one line; "" where it has nothing, or keeps it elsewhere."""
    if of.paper is not None:
        return _said_of_paper(head, of.field, of.paper)
    return {
        Field.SUPERIOR: head.superior,
        Field.ISSUER: head.issuer,
        Field.PLACE: head.place,
        Field.PROFILE: profile_words(say, head.profile),
    }[of.field]


def _said_of_paper(head: Letterhead, field: Field, paper: Paper) -> str:
    signing = head.signing[paper]
    return {
        Field.SYMBOL: head.symbols[paper],
        Field.RECIPIENTS: "; ".join(head.recipients[paper]),
        Field.SIGNER: " ".join(filter(None, (signing.capacity, signing.name))),
        Field.POST: signing.post,
    }.get(field, "")


def wish(
    say: Rendering, body: Body, of: Setting, was: Letterhead, now: Letterhead, value: object
) -> Asked:
    """A change that is asked for, in words, and its name on a button."""
    next_ = of.field is Field.NEXT
    view = {
        "body": body,
        "field": of.field.value,
        "paper": of.paper.value if of.paper else "",
        "was": "" if next_ else said(say, was, of),
        "now": str(value) if next_ else said(say, now, of),
    }
    title = say.label("heading_button.wish", field=say.label(f"heading_field.{of.field}"))
    return Asked("heading_wish", view, title, decides_on=False, seats=False)


def changed(say: Rendering, house: House, body: Body, asked: Asked, by: str) -> Card:
    """Tells the office that something was set otherwise."""
    text = say.text("heading_changed", committee=house.committee.name, asked=asked, by=by)
    way = action("heading_body", house.committee.id, body.id)
    return Card(text, ((Button(say.label("button.heading"), way),), to_home(say)))


def bodies(say: Rendering, office: Office, several: Sequence[Body]) -> Card:
    """Whose papers they are."""
    text = say.text("heading_bodies", committee=office.committee.name)
    buttons = [
        Button(each.name, action("heading_body", office.committee.id, each.id)) for each in several
    ]
    return Card(text, (*in_rows(buttons), to_home(say)))


def heading(say: Rendering, desk: Desk, waiting: int) -> Card:
    """How a body heads its papers, with what may be set for all of them."""
    text = say.text(
        "heading_body",
        committee=desk.office.committee.name,
        body=desk.body,
        head=desk.letterhead,
        profile=profile_words(say, desk.letterhead.profile),
        waiting=waiting,
        direct=desk.head,
    )
    fields = [_field(say, desk, Setting(each)) for each in OF_THE_BODY]
    way = action("heading_papers", desk.committee, desk.body.id)
    types = Button(say.label("heading_button.papers"), way, style="primary")
    return Card(text, ((types,), *in_rows(fields), to_home(say)))


def _field(say: Rendering, desk: Desk, of: Setting) -> Button:
    act = "heading_pick" if of.field in CHOSEN else "heading_set"
    return Button(say.label(f"heading_field.{of.field}"), _to(act, desk, of.name))


def _to(act: str, desk: Desk, *args: str | int) -> Action:
    return action(act, desk.committee, desk.body.id, *args)


def papers(say: Rendering, desk: Desk) -> Card:
    """Every type of paper with its symbol; each leads to its own."""
    text = say.text(
        "heading_papers",
        committee=desk.office.committee.name,
        body=desk.body,
        symbols=[(each.value, desk.symbol(each)) for each in Paper],
    )
    types = [
        Button(say.label(f"paper.{each}"), _to("heading_paper", desk, each.value)) for each in Paper
    ]
    return Card(text, (*in_rows(types), back(say, _to("heading_body", desk))))


def paper(say: Rendering, desk: Desk, of: Paper, following: int, *, begun: bool) -> Card:
    """One type of paper: its symbol, who signs, to whom it goes, which number comes next."""
    symbol = desk.symbol(of)
    text = say.text(
        "heading_paper",
        committee=desk.office.committee.name,
        body=desk.body,
        paper=of.value,
        symbol=symbol,
        signing=desk.letterhead.signing[of],
        recipients=desk.letterhead.recipients[of],
        following=told(following, symbol) if symbol else "",
    )
    settable = [f for f in OF_A_PAPER if f is not Field.NEXT or (symbol and not begun)]
    fields = [_field(say, desk, Setting(each, of)) for each in settable]
    book = Button(say.label("number_button.book"), to_row(desk, of))
    rows = in_rows([*fields, *([book] if symbol else [])])
    return Card(text, (*rows, back(say, _to("heading_papers", desk))))


def _back_from(say: Rendering, desk: Desk, of: Setting) -> Row:
    if of.paper is None:
        return back(say, _to("heading_body", desk))
    return back(say, _to("heading_paper", desk, of.paper.value))


def asks_words(say: Rendering, desk: Desk, of: Setting) -> Card:
    """Asks what shall stand there; what may be empty is emptied by a button."""
    text = say.text(
        "heading_ask",
        body=desk.body,
        field=of.field.value,
        paper=of.paper.value if of.paper else "",
        now=said(say, desk.letterhead, of),
        direct=desk.head,
    )
    rows: Rows = ()
    if of.field in MAY_BE_EMPTY:
        none = Button(say.label("heading_button.none"), _to("heading_set", desk, of.name, ""))
        rows = ((none,),)
    return Card(text, (*rows, _back_from(say, desk, of)))


def profiles(say: Rendering, desk: Desk, of: Setting) -> Card:
    """By which layout papers are drawn up."""
    text = say.text(
        "heading_profile", body=desk.body, now=profile_words(say, desk.letterhead.profile)
    )
    rows = tuple(
        (Button(profile_words(say, p), _to("heading_choose", desk, of.name, p.value)),)
        for p in Profile
    )
    return Card(text, (*rows, _back_from(say, desk, of)))


def signers(say: Rendering, desk: Desk, of: Setting, number: int) -> Card:
    """Who may sign: members, officers and the office."""
    page = page_of([p for p in desk.office.everybody if sits(p)], number, PAGE)
    text = say.text("heading_signer", body=desk.body, paper=of.paper, chosen="")
    rows = tuple(
        (Button(each.name, _to("heading_pick", desk, of.name, each.id)),) for each in page.entries
    )
    turns = page.turns(say, lambda to: _to("heading_signers", desk, of.name, to))
    return Card(text, (*rows, *turns, _back_from(say, desk, of)))


def capacities(say: Rendering, desk: Desk, of: Setting, person: int) -> Card:
    """As what the one picked signs."""
    name = next((each.name for each in desk.office.everybody if each.id == person), "")
    text = say.text("heading_signer", body=desk.body, paper=of.paper, chosen=name)
    rows = tuple(
        (Button(_capacity(say, each), _to("heading_choose", desk, of.name, person, each)),)
        for each in CAPACITIES[Profile(desk.letterhead.profile)]
    )
    return Card(text, (*rows, _back_from(say, desk, of)))


def _capacity(say: Rendering, capacity: str) -> str:
    return capacity or say.label("heading_button.own_name")
