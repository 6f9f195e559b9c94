"""Cards of requests that a second person confirms: waiting, settled, why not. Nothing is judged or written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.db.approvals import Request
from bot.db.notice import Button, Card, Row, Rows
from bot.kit.card import to_home
from bot.people.rules.seconding import Seconds
from bot.rendering import Rendering
from bot.values.action import Action, action


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks, in words: a template of its subject with its view, and a short name for buttons.

    `decides_on`: whether it rests on a decision, whose number and day are then told. `seats`: whether it is about who
    sits where, which the whole roll is told of. `since`: the day from which it counts once it is confirmed.
    `more` leads to all of it, where its words are only the beginning.
    """

    template: str
    view: Mapping[str, object]
    title: str
    decides_on: bool = True
    seats: bool = True
    since: date | None = None
    more: Action | None = None


@dataclass(frozen=True, slots=True)
class Moments:
    """Until when who is asked first may be silent, and until when the request waits at all."""

    silent: datetime
    over: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A request before the one who looks at it; `names` of all whom it speaks of, `back` the way of who asked."""

    committee: str
    request: Request
    asked: Asked
    seconds: Seconds
    moments: Moments
    names: Mapping[int, str]
    back: Action
    asker: bool = False
    decides: bool = False


def waiting(say: Rendering, seen: Seen) -> Card:
    """The request that waits: with both buttons for whoever may decide, with one for who asked."""
    number = seen.request.id
    rows: list[Row] = [*more_rows(say, seen.asked)]
    if seen.decides:
        yes, no = (say.label(f"approval_button.{each}") for each in ("yes", "no"))
        rows.append((Button(yes, action("approval_yes", number), style="success"),))
        rows.append((Button(no, action("approval_no", number), style="danger"),))
    if seen.asker:
        label = say.label("approval_button.back")
        rows.append((Button(label, action("approval_back", number), style="danger"),))
        rows.append((Button(say.label("button.back"), seen.back),))
    else:
        rows.append(to_home(say))
    return Card(_text(say, "approval_asked", seen), tuple(rows))


def settled(say: Rendering, seen: Seen) -> Card:
    """What became of the request."""
    return Card(_text(say, "approval_settled", seen), (*more_rows(say, seen.asked), to_home(say)))


def more_rows(say: Rendering, asked: Asked) -> Rows:
    """The way to all that is asked."""
    return ((Button(say.label("approval_button.more"), asked.more),),) if asked.more else ()


def asks_reason(say: Rendering, asked: Asked, request: int) -> Card:
    """Asks why it is not agreed to."""
    back = Button(say.label("button.back"), action("approval", request))
    return Card(say.text("approval_reason", asked=asked), ((back,),))


def _text(say: Rendering, template: str, seen: Seen) -> str:
    names, seconds = seen.names, seen.seconds
    return say.text(
        template,
        committee=seen.committee,
        asked=seen.asked,
        request=seen.request,
        asked_by=names.get(seen.request.asked_by, ""),
        rank=seconds.rank.value,
        alone=[names[each] for each in sorted(seconds.alone)],
        together=[names[each] for each in sorted(seconds.together)],
        voices=[(names.get(v.person or 0, ""), v) for v in seen.request.voices],
        moments=seen.moments,
        asker=seen.asker,
        decides=seen.decides,
    )
