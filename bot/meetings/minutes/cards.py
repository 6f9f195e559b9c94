"""Minutes as their keeper and the office see them: who keeps them, the items, what was written of one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.db.notice import Button, Card, Row
from bot.kit.access import By
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingAct, MeetingActKind
from bot.meetings.rules.minutes import Minutes, may_name_keeper, may_write
from bot.people.rules.acting import Standing
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import action


def overview(
    say: Rendering,
    meeting: Meeting,
    minutes: Minutes,
    standing: Standing,
    *,
    keeper: str,
    opened: By | None,
    closed: By | None,
) -> Card:
    """Who keeps the minutes, who opened and closed the meeting, and what was written of which item."""
    text = say.text(
        "minutes",
        meeting=meeting,
        keeper=keeper,
        opened=_said(meeting.act(MeetingActKind.OPEN), opened),
        closed=_said(meeting.act(MeetingActKind.CLOSE), closed),
        lines=[(item, len(minutes.text(item.id))) for item in meeting.items],
    )
    rows: list[Row] = [
        (_button(say, "item", "minutes_item", item.id, place=place, subject=item.subject),)
        for place, item in enumerate(meeting.items, 1)
    ]
    if may_name_keeper(meeting, standing) is None:
        rows.append((_button(say, "name", "minutes_keeper", meeting.id),))
    return Card(text, (*rows, (_button(say, "meeting", "mshow", meeting.id),)))


def _said(act: MeetingAct | None, by: By | None) -> tuple[MeetingAct, By] | None:
    return (act, by) if act and by else None


def item(
    say: Rendering,
    meeting: Meeting,
    minutes: Minutes,
    standing: Standing,
    one: AgendaItem,
    *,
    writes: bool = False,
    authors: Sequence[str] = (),
) -> Card:
    """The course of one item as it stands; `writes`: what is typed next is added to it.

    `authors` are those who wrote after the close, one for each piece.
    """
    late = minutes.after_close(meeting, one.id)
    text = say.text(
        "minutes_item",
        item=one,
        place=meeting.items.index(one) + 1,
        words=minutes.text(one.id),
        late=list(zip(late, authors, strict=True)),
        writes=writes,
    )
    rows: list[Row] = []
    if may_write(meeting, minutes, standing) is None:
        begun = bool(minutes.of(one.id))
        rows.append((_button(say, "more" if begun else "write", "minutes_write", one.id, "add"),))
        if begun:
            rows.append((_button(say, "anew", "minutes_write", one.id, "anew"),))
    return Card(text, (*rows, (_button(say, "minutes", "minutes", meeting.id),)))


def asks_words(say: Rendering, one: AgendaItem, *, anew: bool) -> Card:
    """The course of the discussion, in one message or several."""
    text = say.text("minutes_ask_words", item=one, anew=anew)
    return Card(text, ((Button(say.label("button.back"), action("minutes_item", one.id)),),))


def asks_keeper(
    say: Rendering, meeting: Meeting, persons: Sequence[Person], turns: Sequence[Row]
) -> Card:
    """Who is to keep the minutes."""
    named = [
        (Button(each.name, action("minutes_keeper", meeting.id, each.id)),) for each in persons
    ]
    back = _button(say, "minutes", "minutes", meeting.id)
    return Card(say.text("minutes_ask_keeper", meeting=meeting), (*named, *turns, (back,)))


def named(say: Rendering, meeting: Meeting, by: By) -> Card:
    """To whoever keeps the minutes from now on."""
    text = say.text("minutes_named", meeting=meeting, by=by)
    return Card(text, ((_button(say, "minutes", "minutes", meeting.id),),))


def way(say: Rendering, meeting: Meeting) -> Row:
    """The way to the minutes of a meeting."""
    return (_button(say, "minutes", "minutes", meeting.id),)


def _button(say: Rendering, label: str, act: str, *args: int | str, **values: object) -> Button:
    return Button(say.label(f"minutes_button.{label}", **values), action(act, *args))
