"""Cards of what is called off before its day: what is coming, asked, done. Nothing is judged or written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.db.approvals import Request
from bot.db.notice import Button, Card
from bot.db.people import Committee
from bot.kit.card import to_home
from bot.kit.seconding_cards import Asked
from bot.rendering import Rendering
from bot.values.action import action


def wish(say: Rendering, of: Asked, request: Request, since: date) -> Asked:
    """What would not be done, in the words in which it was asked."""
    view = {"of": of, "request": request, "since": since}
    title = say.label("call_off.wish", day=say.date(since))
    return Asked("call_off_wish", view, title, seats=False, more=of.more)


def listed(say: Rendering, committee: str, coming: Sequence[tuple[int, Asked]]) -> Card:
    """What is confirmed for a day to come, each under its number with the way to call it off."""
    rows = [
        (
            Button(
                say.label(
                    "call_off.button",
                    number=number,
                    day=say.date(asked.since) if asked.since else "",
                ),
                action("call_off", of),
            ),
        )
        for number, (of, asked) in enumerate(coming, 1)
    ]
    titles = [asked.title for _, asked in coming]
    return Card(say.text("coming", committee=committee, titles=titles), (*rows, to_home(say)))


def asks_decision(say: Rendering, committee: Committee, asked: Asked) -> Card:
    """Asks by which decision it is called off; what it is stands above."""
    text = say.text("call_off_decision", committee=committee.name, asked=asked)
    back = Button(say.label("button.back"), action("coming", committee.id))
    return Card(text, ((back,),))


def done(
    say: Rendering, committee: str, asked: Asked, request: Request, names: Sequence[str]
) -> Card:
    """Tells everybody that it will not be, by which decision, and who confirmed that."""
    text = say.text("called_off", committee=committee, asked=asked, request=request, names=names)
    return Card(text, (to_home(say),))
