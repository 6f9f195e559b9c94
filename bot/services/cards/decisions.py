"""Cards about acts: approval, decline, extension, strike, delivery, paper replies. Words live in templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.card import Button, Card
from bot.domain.consultation import Reply
from bot.domain.dossier import Dossier
from bot.domain.people import Person
from bot.domain.press import press
from bot.rendering import Rendering
from bot.services.cards import opinion_form


def asks_approval(
    say: Rendering, dossier: Dossier, clerk: str, now: datetime, due: datetime
) -> Card:
    """The head's card: the whole request exactly as members will see it, approve or decline."""
    preview = opinion_form.preview(say, dossier, now, due)
    text = say.text("approval", dossier=dossier, clerk=clerk, preview=preview)
    waiting = dossier.opened_at is None and not dossier.declined and not dossier.recalled
    rows: tuple[tuple[Button, ...], ...] = (
        (
            Button(
                say.label("button.approve_launch"), press("approve", dossier.id), style="success"
            ),
        ),
        (Button(say.label("button.decline_launch"), press("decline", dossier.id), style="danger"),),
    )
    if len(dossier.text) > opinion_form.EXCERPT:
        whole = Button(say.label("button.open_text"), press("asked_text", dossier.id))
        rows = ((whole,), *rows)
    return Card(text, rows if waiting else ())


def declined(say: Rendering, dossier: Dossier, by: Person, reason: str) -> Card:
    """To the clerk: what the head said; the request can be prepared anew."""
    text = say.text("declined", dossier=dossier, by=by.name, reason=reason)
    return Card(text, ((Button(say.label("button.launch_again"), press("again", dossier.id)),),))


def unreached(say: Rendering, dossier: Dossier, members: Sequence[Person]) -> Card:
    """To the office: who has not joined the bot, so that the text did not reach them."""
    names = [member.name for member in members]
    text = say.text("unreached", dossier=dossier, members=names)
    return Card(text, (_dash(say, dossier),))


def unreachable(say: Rendering, dossier: Dossier, member: Person, reason: str) -> Card:
    """To the office: a member whom Telegram does not reach."""
    text = say.text("unreachable", dossier=dossier, member=member.name, reason=reason)
    return Card(text, (_dash(say, dossier),))


def unacknowledged(say: Rendering, dossier: Dossier, names: Sequence[str]) -> Card:
    """To the office: who has not confirmed receipt one working day after sending."""
    return Card(say.text("unacknowledged", dossier=dossier, members=names), (_dash(say, dossier),))


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
    return Card(text, (_dash(say, dossier),))


def act_done(
    say: Rendering,
    dossier: Dossier,
    kind: str,
    *,
    by: Person,
    reason: str,
    of: Person | None,
    due: datetime | None,
    now: datetime,
    waits: bool,
) -> Card:
    """To the roll: an act that touches the count, and to whoever has not answered, what silence means."""
    running = dossier.running
    text = say.text(
        "act_done",
        dossier=dossier,
        kind=kind,
        by=by.name,
        reason=reason,
        of=of.name if of else None,
        due=due,
        now=now,
        waits=waits,
        roll=len(running.standing),
        roll_at_opening=len(running.roll),
        silence=opinion_form.silence_view(dossier, confirmed=running.silence_confirmed),
    )
    return Card(text, ((opinion_form.open_button(say, dossier),),) if waits else ())


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
) -> Card:
    """That a paper reply was entered; with the reply itself only for those entitled to it."""
    silence = opinion_form.silence_view(dossier, confirmed=dossier.running.silence_confirmed)
    text = say.text(
        "paper_reply",
        dossier=dossier,
        member=member.name,
        by=by.name,
        reply=reply,
        due=due,
        now=now,
        waits=waits,
        silence=silence,
    )
    return Card(text, ((opinion_form.open_button(say, dossier),),) if waits else ())


def _dash(say: Rendering, dossier: Dossier) -> tuple[Button, ...]:
    return (Button(say.label("button.dashboard"), press("dash", dossier.id, 0)),)
