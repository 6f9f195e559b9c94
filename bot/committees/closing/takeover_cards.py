"""Cards of what a successor may take over: offered, proposed, decided. Nothing is judged or written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.committees.rules.takeover import Left, Offer, Stands
from bot.db.approvals import Request
from bot.db.closures import Closure
from bot.db.notice import Button, Card, Row
from bot.db.people import Committee
from bot.kit.card import page_of, to_home
from bot.kit.seconding_cards import Asked
from bot.people.face import Office
from bot.rendering import Rendering
from bot.values.action import Action, action

PAGE = 8
"""Things left, on one page."""


def announced(
    say: Rendering, successor: Committee, name: str, closure: Closure, count: int
) -> Card:
    """Tells the office of the successor that a committee has ended and what it may take over."""
    text = say.text(
        "takeover_offered", committee=successor.name, name=name, closure=closure, count=count
    )
    way = Button(say.label("button.takeover"), action("takeover", successor.id), style="primary")
    return Card(text, (((way,),) if count else ()) + (to_home(say),))


def listed(
    say: Rendering,
    office: Office,
    from_: Mapping[int, str],
    left: Sequence[tuple[Offer, Stands]],
    number: int,
) -> Card:
    """A page of what was left, what is open first, chosen by its number: on a phone reports all begin alike."""
    in_order = sorted(left, key=lambda each: each[1] is not Stands.OPEN)
    page, of = page_of(in_order, number, PAGE), office.committee.id
    lines = list(enumerate(page.entries, page.number * PAGE + 1))
    text = say.text(
        "takeover",
        committee=office.committee.name,
        names=list(from_.values()),
        lines=lines,
        open=sum(stands is Stands.OPEN for _, stands in left),
        page=page.number + 1,
        pages=page.count,
    )
    rows = [
        (Button(say.label("takeover.row", number=place, title=offer.title), _way(of, offer)),)
        for place, (offer, stands) in lines
        if stands is Stands.OPEN
    ]
    turns = page.turns(say, lambda to: action("takeover", of, to))
    return Card(text, (*rows, *turns, to_home(say)))


def _way(successor: int, offer: Offer) -> Action:
    return action("takeover_one", successor, *offer.key)


def one(say: Rendering, office: Office, name: str, offer: Offer, stands: Stands) -> Card:
    """One thing; a clerk proposes what becomes of it while it is open."""
    of = office.committee.id
    rows: list[Row] = []
    if stands is Stands.OPEN and office.actor.is_clerk:
        takes = action("takeover_take", of, *offer.key)
        if offer.kind is Left.PERSON:
            takes = action("takeover_person", of, offer.of, offer.id)
        label = say.label(f"takeover_button.{'person' if offer.kind is Left.PERSON else 'take'}")
        leaves = action("takeover_leave", of, *offer.key)
        rows = [
            (Button(label, takes, style="success"),),
            (Button(say.label("takeover_button.leave"), leaves),),
        ]
    text = say.text("takeover_one", name=name, offer=offer, stands=stands)
    return Card(text, (*rows, (_back(say, of),)))


def asks_why(say: Rendering, office: Office, name: str, offer: Offer) -> Card:
    """Asks why it is not taken over."""
    text = say.text("takeover_leave", name=name, offer=offer)
    return Card(text, ((_back(say, office.committee.id),),))


def wish(say: Rendering, request: Request, name: str) -> Asked:
    """What is proposed, in words."""
    kind = "takes" if request.content["take"] else "leaves"
    title = say.label(f"takeover.{kind}", title=request.content["title"])
    view = {"content": request.content, "name": name}
    return Asked("takeover_wish", view, title, decides_on=False, seats=False)


def decided(say: Rendering, committee: str, request: Request, name: str) -> Card:
    """Tells who proposed it that it is so."""
    text = say.text("takeover_decided", committee=committee, content=request.content, name=name)
    return Card(text, ((_back(say, request.committee),), to_home(say)))


def _back(say: Rendering, committee: int) -> Button:
    return Button(say.label("takeover_button.list"), action("takeover", committee))
