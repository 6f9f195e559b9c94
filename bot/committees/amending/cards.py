"""Cards of an amendment: asked, confirmed, in force, all that it changes page by page. Nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.committees.amending.compared import Compared
from bot.committees.amending.store import Amendment
from bot.committees.amending.words import told
from bot.db.approvals import Request
from bot.db.notice import Button, Card
from bot.kit.card import page_of, to_home
from bot.kit.seconding_cards import Asked, more_rows
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.refusal import Refusal

PAGE = 8
"""Differences on one page; a message tells the first of them, with the way to the others."""


def wish(say: Rendering, of: Compared, wanted: Amendment, request: int) -> Asked:
    """An amendment that is asked for, in words: its first differences, and how many there are."""
    lines, before, now = told(say, of), of.before, of.now
    duties = [{each.id for each in book.duties} for book in (before, now)]
    view = {
        "before": before,
        "now": now,
        "replaced": bool(wanted.file),
        "other": before.id != now.id,
        "since": wanted.since,
        "lines": lines[:PAGE],
        "more": len(lines[PAGE:]),
        "duties_end": bool(duties[0] - duties[1]),
        "duties_begin": bool(duties[1] - duties[0]),
    }
    more = action("amend_lines", request) if lines[PAGE:] else None
    title = say.label("amend.wish", day=say.date(wanted.since))
    return Asked("amend_wish", view, title, seats=False, since=wanted.since, more=more)


def in_force(
    say: Rendering,
    committee: str,
    asked: Asked,
    request: Request,
    lost: Refusal | None,
) -> Card:
    """Tells the roll that it stands otherwise from now on, and the office what does not fit it."""
    text = say.text(
        "amend_in_force",
        committee=committee,
        asked=asked,
        request=request,
        seats=lost.values.get("seats", ()) if lost else (),
    )
    return Card(text, (*more_rows(say, asked), to_home(say)))


@dataclass(frozen=True, slots=True)
class Lines:
    """All that an amendment changes, and the way back from it."""

    books: Compared
    request: int
    back: Action


def all_lines(say: Rendering, of: Lines, number: int) -> Card:
    """A page of all that an amendment changes."""
    page = page_of(told(say, of.books), number, PAGE)
    text = say.text(
        "amend_lines", now=of.books.now, lines=page.entries, page=page.number + 1, pages=page.count
    )
    turns = page.turns(say, lambda to: action("amend_lines", of.request, to))
    return Card(text, (*turns, (Button(say.label("button.back"), of.back),)))
