"""Cards of the end of a committee: asked, confirmed, done, what stands open. Nothing is judged or written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.db.closures import Closure
from bot.db.notice import Button, Card
from bot.db.people import Committee
from bot.kit.ask import day_digits
from bot.kit.card import page_of, to_home
from bot.kit.ending import Standing
from bot.kit.seconding_cards import Asked
from bot.rendering import Rendering, initial
from bot.values.action import Action, action

PAGE = 20
"""Things that stand open, on one page."""
NAMED = 3
"""Of each kind so many are named in a message; a button leads to all."""

Groups = list[tuple[str, list[str], int]]


def groups(open_: Sequence[Standing], most: int = NAMED) -> Groups:
    """By kind: the first titles, and how many more there are."""
    found = [
        (kind, [each.title for each in every]) for kind, every in groupby(open_, lambda e: e.kind)
    ]
    return [(kind, titles[:most], len(titles[most:])) for kind, titles in found]


def wish(
    say: Rendering, since: date, successor: str, open_: Sequence[Standing], committee: int
) -> Asked:
    """The end that is asked for, in words."""
    view = {"since": since, "successor": successor, "open": groups(open_), "count": len(open_)}
    more = action("close_open", committee) if open_ else None
    title = say.label("close.wish", day=say.date(since))
    return Asked("close_wish", view, title, seats=False, since=since, more=more)


def asks_day(
    say: Rendering, committee: Committee, open_: Sequence[Standing], days: Sequence[date]
) -> Card:
    """Asks from which day on; what stands open is told at once."""
    rows = [
        (Button(initial(say.day(each)), action("close_committee", committee.id, day_digits(each))),)
        for each in days
    ]
    text = say.text("close_day", committee=committee.name, open=groups(open_), count=len(open_))
    more = ((_more(say, action("close_open", committee.id)),),) if open_ else ()
    return Card(text, (*rows, *more, to_home(say)))


def asks_successor(say: Rendering, committee: str, args: tuple[str, ...]) -> Card:
    """Asks who goes on; a button answers that nobody does."""
    day = day_digits(date.fromisoformat(args[1]))
    none = Button(say.label("close_button.nobody"), action("close_committee", args[0], day, ""))
    return Card(say.text("close_successor", committee=committee), ((none,), to_home(say)))


def asks_decision(say: Rendering, committee: str) -> Card:
    """Asks for number and day of the decision."""
    return Card(say.text("close_decision", committee=committee), (to_home(say),))


def closed(
    say: Rendering,
    committee: str,
    closure: Closure,
    open_: Sequence[Standing],
    *,
    gone: bool = False,
    office: bool = False,
) -> Card:
    """Tells everybody that it has ended and what became of what stood open; the office how its archive is made.

    `gone`: the successor has ended itself meanwhile, and takes nothing over.
    """
    text = say.text(
        "close_done",
        committee=committee,
        closure=closure,
        open=groups(open_),
        gone=gone,
        office=office,
    )
    return Card(text, (to_home(say),))


def all_open(say: Rendering, committee: Committee, open_: Sequence[Standing], number: int) -> Card:
    """A page of all that stands open, with what becomes of each."""
    page = page_of(open_, number, PAGE)
    text = say.text(
        "close_open",
        committee=committee.name,
        open=groups(page.entries, PAGE),
        page=page.number + 1,
        pages=page.count,
    )
    turns = page.turns(say, lambda to: action("close_open", committee.id, to))
    return Card(text, (*turns, to_home(say)))


def _more(say: Rendering, way: Action) -> Button:
    return Button(say.label("close_button.open"), way)
