"""What people are told about a consultation that runs: what was done, who is not reached. Words live in templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.consultations import opinion_card
from bot.consultations.rules.consultation import Reply
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import Moved, falls_on_day_off
from bot.consultations.ways import to_dashboard
from bot.db.notice import Button, Card, Row
from bot.kit.access import By
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.working_days import WorkingCalendar


def calendar_moved(
    say: Rendering, dossier: Dossier, moved: Sequence[Moved], now_is: WorkingCalendar
) -> Card:
    """Which due moments would be later by the calendar of now, with the way to extend."""
    running = dossier.running
    text = say.text(
        "calendar_moved",
        dossier=dossier,
        moved=[(key, list(those)) for key, those in groupby(moved, lambda m: (m.due, m.later))],
        falls_on_day_off=falls_on_day_off(running, now_is),
        due=running.stated_deadline,
    )
    return Card(text, (to_dashboard(say, dossier),))


def unreached(say: Rendering, dossier: Dossier, members: Sequence[Person]) -> Card:
    """To the office: who has not joined the bot, so that the text did not reach them."""
    names = [member.name for member in members]
    text = say.text("unreached", dossier=dossier, members=names)
    return Card(text, (to_dashboard(say, dossier),))


def unreachable(say: Rendering, dossier: Dossier, member: Person, reason: str) -> Card:
    """To the office: a member whom Telegram does not reach."""
    text = say.text("unreachable", dossier=dossier, member=member.name, reason=reason)
    return Card(text, (to_dashboard(say, dossier),))


def unacknowledged(say: Rendering, dossier: Dossier, names: Sequence[str]) -> Card:
    """To the office: who has not confirmed receipt one working day after sending."""
    return Card(
        say.text("unacknowledged", dossier=dossier, members=names), (to_dashboard(say, dossier),)
    )


def nobody_answered(say: Rendering, dossier: Dossier, now: datetime) -> Card:
    """To the office, before the close: not one answer has come yet."""
    due = dossier.running.stated_deadline
    text = say.text("nobody_answered", dossier=dossier, due=due, now=now)
    return Card(text, (to_dashboard(say, dossier),))


def more_time(
    say: Rendering, dossier: Dossier, member: Person, until: datetime, now: datetime
) -> Card:
    """To the requester: until when a recipient will answer."""
    article = dossier.body.written.more_time
    text = say.text(
        "more_time",
        dossier=dossier,
        member=member.name,
        until=until,
        now=now,
        article=article.article if article else None,
    )
    return Card(text, (to_dashboard(say, dossier),))


def takes_part(say: Rendering, dossier: Dossier, member: Person) -> Card:
    """To the office: who had said to take no part and takes that back."""
    text = say.text(
        "takes_part",
        dossier=dossier,
        member=member.name,
        rule=dossier.body.written.recusal,
        of_agencies=dossier.body.of_agencies,
    )
    return Card(text, (to_dashboard(say, dossier),))


def recused(
    say: Rendering,
    dossier: Dossier,
    member: Person,
    reason: str,
    *,
    by: Person | None = None,
    mine: bool = False,
) -> Card:
    """To the office: who takes no part, and why; `by` entered it from a paper. `mine`: to that member."""
    text = say.text(
        "recused",
        dossier=dossier,
        member=member.name,
        reason=reason,
        by=by.name if by else "",
        mine=mine,
        rule=dossier.body.written.recusal,
        of_agencies=dossier.body.of_agencies,
    )
    way = opinion_card.open_button(say, dossier) if mine else None
    return Card(text, ((way,) if way else to_dashboard(say, dossier),))


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody who is told of an act stands to it."""

    waits: bool
    """An answer is still awaited."""
    due: datetime | None
    mine: bool
    """It is about the reader, who is struck off or was handed the paper: told in the second person."""
    person: int = 0


def act_done(
    say: Rendering,
    dossier: Dossier,
    kind: str,
    *,
    by: By,
    reason: str,
    of: Person | None,
    reader: Reader,
    now: datetime,
) -> Card:
    """To the roll: an act that touches the count, and to whoever has not answered, what silence means."""
    running = dossier.running
    text = say.text(
        "act_done",
        dossier=dossier,
        kind=kind,
        by=by,
        reason=reason,
        of=of.name if of else None,
        mine=reader.mine,
        due=reader.due,
        now=now,
        waits=reader.waits,
        roll=len(running.standing_on_slip),
        roll_at_opening=len(running.roll),
        silence=opinion_card.silence_view(
            dossier, confirmed=running.silence_confirmed, reader=reader.person
        ),
    )
    return Card(text, ((opinion_card.open_button(say, dossier),),) if reader.waits else ())


def file_added(
    say: Rendering,
    dossier: Dossier,
    *,
    by: By,
    due: datetime | None,
    now: datetime,
    answered: bool,
    may_extend: bool,
    more_time: bool,
    reader: int = 0,
) -> Card:
    """To the roll and the office: the paper that was added, and what its reader can do about it now.

    `due` is the reader's own moment, for whoever is to answer.
    """
    text = say.text(
        "file_added",
        dossier=dossier,
        added=dossier.added[-1],
        by=by,
        due=due,
        now=now,
        answered=answered,
        may_extend=may_extend,
        more_time=more_time,
        silence=opinion_card.silence_view(
            dossier, confirmed=dossier.running.silence_confirmed, reader=reader
        ),
    )
    rows: list[Row] = []
    if due is not None:
        rows.append((opinion_card.open_button(say, dossier),))
    if may_extend:
        rows.append((Button(say.label("button.extend"), action("extend", dossier.id)),))
    return Card(text, tuple(rows))


def paper_reply(
    say: Rendering,
    dossier: Dossier,
    member: Person,
    by: Person,
    reply: Reply | None,
    *,
    due: datetime | None,
    now: datetime,
    waits: bool,
    reader: int = 0,
) -> Card:
    """That a paper reply was entered; with the reply itself only for those entitled to it.

    Whose paper it is may open the form to correct it, and so may whoever has still to answer.
    """
    confirmed = dossier.running.silence_confirmed
    silence = opinion_card.silence_view(dossier, confirmed=confirmed, reader=reader)
    text = say.text(
        "paper_reply",
        dossier=dossier,
        member=member.name,
        by=by.name,
        reply=reply,
        due=due,
        now=now,
        waits=waits,
        mine=reader == member.id,
        silence=silence,
    )
    opens = waits or reader == member.id
    return Card(text, ((opinion_card.open_button(say, dossier),),) if opens else ())


def invalid_slip(
    say: Rendering,
    dossier: Dossier,
    member: Person,
    by: Person,
    reason: str,
    *,
    reader: Reader,
    stands: bool,
    now: datetime,
) -> Card:
    """That a paper slip is no answer; the reason only for those entitled to it, and whether an answer stands."""
    confirmed = dossier.running.silence_confirmed
    text = say.text(
        "invalid_slip",
        dossier=dossier,
        member=member.name,
        by=by.name,
        reason=reason,
        due=reader.due,
        now=now,
        waits=reader.waits,
        mine=reader.mine,
        stands=stands,
        silence=opinion_card.silence_view(dossier, confirmed=confirmed, reader=reader.person),
    )
    return Card(text, ((opinion_card.open_button(say, dossier),),) if reader.waits else ())
