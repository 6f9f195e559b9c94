"""Cards about documents of a meeting: which to send, which are missing, who got which. Words live in templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db.notice import Button, Card
from bot.meetings.documents.store import Paper
from bot.meetings.inviting.cards import documents_by_item, open_button
from bot.meetings.rules.calling import papers_due, prepared_by
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.rendering import Rendering
from bot.values.action import action

SHORT = 44
Rows = list[tuple[Button, ...]]


def context(
    say: Rendering, meeting: Meeting, kept: Sequence[Paper], where: int | None, now: datetime
) -> Card:
    """Where further documents are taken in: for an item, or for the whole meeting; and the way to send them."""
    ready = [each for each in kept if each.sent_at is None]
    text = say.text(
        "meeting_papers_desk",
        meeting=meeting,
        where=meeting.item(where) if where else None,
        groups=documents_by_item(ready, meeting.items),
        due=papers_due(meeting.rules, meeting.starts_at),
        papers=meeting.rules.papers,
        now=now,
    )
    return Card(text, (*_rows(say, meeting, ready, where),))


def _rows(say: Rendering, meeting: Meeting, ready: Sequence[Paper], where: int | None) -> Rows:
    rows: Rows = []
    if ready:
        send = action("mpsend", meeting.id)
        label = say.label("calling_button.papers_send", count=len(ready))
        rows.append((Button(label, send, style="success"),))
        away = Button(say.label("calling_button.papers_away"), action("mpaway", meeting.id))
        rows.append((away,))
    rows += [
        (
            Button(
                say.label("calling_button.papers_for", subject=_short(item)),
                action("mpapers", meeting.id, item.id),
            ),
        )
        for item in meeting.items
        if item.id != where
    ]
    if where:
        whole = Button(say.label("calling_button.papers_whole"), action("mpapers", meeting.id))
        rows.append((whole,))
    return [*rows, (open_button(say, meeting),)]


def _short(item: AgendaItem) -> str:
    subject = item.subject
    return subject if len(subject) <= SHORT else subject[: SHORT - 2].rstrip() + " …"


def reminder(say: Rendering, meeting: Meeting, items: Sequence[AgendaItem], now: datetime) -> Card:
    """To whoever answers for items whose documents are not there yet: until when, and the way to send them."""
    text = say.text(
        "meeting_papers_due",
        meeting=meeting,
        items=items,
        due=prepared_by(meeting.rules, meeting.starts_at),
        papers=meeting.rules.papers,
        preparation=meeting.rules.preparation,
        now=now,
    )
    rows: Rows = [
        (
            Button(
                say.label("calling_button.bring", subject=_short(item)),
                action("mbring", item.id),
                style="primary",
            ),
        )
        for item in items
    ]
    return Card(text, (*rows, (open_button(say, meeting),)))


def asks(say: Rendering, meeting: Meeting, item: AgendaItem) -> Card:
    """A document is awaited from whoever answers for the item."""
    text = say.text("meeting_bring", meeting=meeting, item=item, brought="")
    return Card(text, ((open_button(say, meeting),),))


def thanks(say: Rendering, meeting: Meeting, item: AgendaItem, name: str) -> Card:
    """The document is with the office."""
    text = say.text("meeting_bring", meeting=meeting, item=item, brought=name)
    return Card(text, ((open_button(say, meeting),),))


def brought(say: Rendering, meeting: Meeting, item: AgendaItem, by: str, name: str) -> Card:
    """To the office: a document has come in for an item, and the way to send it on."""
    text = say.text("meeting_brought", meeting=meeting, item=item, by=by, name=name)
    send = Button(
        say.label("calling_button.papers"), action("mpapers", meeting.id), style="primary"
    )
    return Card(text, ((send,), (open_button(say, meeting),)))


def sent(say: Rendering, meeting: Meeting, count: int) -> Card:
    """The documents are on their way."""
    text = say.text("meeting_papers_sent", meeting=meeting, count=count)
    return Card(text, ((open_button(say, meeting),),))
