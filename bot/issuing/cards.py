"""Cards of the numbers of papers: offered, taken, skipped, listed. Nothing is judged or written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.db.notice import Button, Card, Row
from bot.issuing.access import Desk
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Entry, Number, kind_of, told
from bot.issuing.subjects import Issued
from bot.kit.card import in_rows, page_of, to_home
from bot.rendering import Rendering
from bot.values.action import Action, action

PAGE = 8
"""Numbers, or people, on one page."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A paper for which a number may be taken."""

    subject: str
    title: str
    paper: Paper
    symbol: str
    by_hand: bool
    """Whether the office alone draws it up; no file of it is made here."""


def number_button(say: Rendering, subject: str, paper: Paper, taken: Number | None) -> Button:
    """The button of a paper's number on the card of its papers: to take it, or to see the one taken."""
    named = say.label(f"paper.{paper}")
    label = say.label("number_button.take", paper=named)
    if taken is not None:
        label = say.label("number_button.shows", number=taken.text)
    return Button(label, action("number", *subject.split(":"), paper.value))


def asks_number(say: Rendering, offered: Offered, number: int, passed: int) -> Card:
    """Asks whether the number that comes next is taken; `passed` was offered before and is gone."""
    text = say.text(
        "number_ask",
        offered=offered,
        number=told(number, offered.symbol),
        passed=told(passed, offered.symbol) if passed else "",
    )
    code = action("number_take", *offered.subject.split(":"), offered.paper.value, number)
    label = say.label("number_button.yes", number=told(number, offered.symbol))
    return Card(text, ((Button(label, code, style="primary"),), to_home(say)))


def number(say: Rendering, entry: Entry, issued: Issued | None) -> Card:
    """One number: what bears it and who draws that up, or why nothing does; `issued` is what it is about."""
    text = say.text(
        "number_one",
        entry=entry,
        number=told(entry.number, entry.symbol),
        drafted=issued is not None and entry.paper in issued.drafted,
        by_hand=issued is not None and entry.paper in issued.by_hand,
    )
    rows: list[Row] = []
    if entry.stands and issued is not None:
        rows.append((Button(say.label("button.papers"), issued.way),))
    if entry.paper is not None:
        of = (entry.committee, entry.body, entry.paper.value)
        rows.append((Button(say.label("number_button.book"), action("number_row", *of)),))
    if entry.stands:
        drop = Button(say.label("number_button.drop"), action("number_drop", entry.id))
        rows.append((drop,))
    return Card(text, (*rows, to_home(say)))


def asks_drop(say: Rendering, entry: Entry) -> Card:
    """Asks why the paper that bears the number is dropped."""
    text = say.text("number_drop", entry=entry, number=told(entry.number, entry.symbol))
    return Card(text, (back(say, action("number_one", entry.id)),))


def asks_skip(say: Rendering, desk: Desk, paper: Paper, number: int) -> Card:
    """Asks why the next number of a row is skipped."""
    text = say.text("number_skip", number=told(number, desk.symbol(paper)))
    return Card(text, (back(say, to_row(desk, paper)),))


@dataclass(frozen=True, slots=True)
class Book:
    """The numbers of one type through the term, from the first, and which comes next."""

    paper: Paper
    since: date
    entries: Sequence[Entry]
    following: int


def row(say: Rendering, desk: Desk, book: Book, number: int) -> Card:
    """A page of the numbers of one type through the term, the newest first."""
    page, symbol = page_of(book.entries[::-1], number, PAGE), desk.symbol(book.paper)
    text = say.text(
        "number_row",
        committee=desk.office.committee.name,
        body=desk.body,
        kind=kind_of(symbol),
        since=book.since,
        lines=[(told(each.number, each.symbol), each) for each in page.entries],
        following=told(book.following, symbol),
        page=page.number + 1,
        pages=page.count,
    )
    shown = [
        Button(told(each.number, each.symbol), action("number_one", each.id))
        for each in page.entries
    ]
    of = (desk.committee, desk.body.id, book.paper.value)
    skip = Button(say.label("number_button.skip"), action("number_skip", *of))
    back = Button(say.label("button.back"), action("heading_paper", *of))
    turns = page.turns(say, lambda to: action("number_row", *of, to))
    return Card(text, (*in_rows(shown), *turns, (skip,), (back,)))


def to_row(desk: Desk, paper: Paper) -> Action:
    """Leads to the numbers of a paper's type."""
    return action("number_row", desk.committee, desk.body.id, paper.value)


def back(say: Rendering, to: Action) -> Row:
    """The row that leads back."""
    return (Button(say.label("button.back"), to),)
