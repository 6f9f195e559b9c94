"""Cards about a meeting before it is called, and the office's own word after that. Words live in templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.calling import is_late, papers_due
from bot.domain.card import Button, Card
from bot.domain.meeting import Invitee, Meeting, MeetingActKind, MeetingStage
from bot.domain.press import press
from bot.rendering import Rendering
from bot.services.cards.meetings import invitation
from bot.services.cards.meetings.invitation import Around
from bot.services.meetings.floor import By

ANYBODY = Invitee(0, "", "")
"""Whom a preview is addressed to."""


def card(
    say: Rendering, meeting: Meeting, around: Around, clerk: str, now: datetime, *, head: bool
) -> Card:
    """The whole meeting as members will read it; the head approves or declines, the clerk may take it back."""
    text = say.text(
        "calling_asked",
        meeting=meeting,
        stage=meeting.stage.value,
        recalled=meeting.stage is MeetingStage.CANCELLED and meeting.called_at is None,
        reason=_reason(meeting),
        clerk=clerk,
        head=head,
        preview=invitation.text(say, meeting, around, ANYBODY, now),
        late=is_late(meeting.rules, meeting.starts_at, now),
        due=papers_due(meeting.rules, meeting.starts_at),
        papers=len(around.papers),
    )
    return Card(text, (*_rows(say, meeting, around, head=head), _home(say)))


def _reason(meeting: Meeting) -> str:
    act = meeting.act(MeetingActKind.DECLINE) or meeting.act(MeetingActKind.CANCEL)
    return act.reason if act else ""


def _rows(
    say: Rendering, meeting: Meeting, around: Around, *, head: bool
) -> list[tuple[Button, ...]]:
    one = meeting.id
    if meeting.stage is not MeetingStage.SUBMITTED:
        again = Button(say.label("calling_button.again"), press("magain", one))
        return [] if head or meeting.called_at else [(again,)]
    papers = [(Button(say.label("button.open_text"), press("mtext", one)),)]
    rows: list[tuple[Button, ...]] = list(papers) if around.papers else []
    if not head:
        take_back = say.label("calling_button.recall")
        return [*rows, (Button(take_back, press("mrecall", one), style="danger"),)]
    approve = Button(say.label("calling_button.approve"), press("mapprove", one), style="success")
    decline = Button(say.label("calling_button.decline"), press("mdecline", one), style="danger")
    return [*rows, (approve,), (decline,)]


def declined(say: Rendering, meeting: Meeting, by: By, reason: str) -> Card:
    """To whoever prepared it: what the head said; it can be prepared anew."""
    text = say.text("calling_declined", meeting=meeting, by=by, reason=reason)
    again = Button(say.label("calling_button.again"), press("magain", meeting.id))
    return Card(text, ((again,), _home(say)))


def called(
    say: Rendering,
    meeting: Meeting,
    by: By,
    *,
    unreached: Sequence[str],
    newcomers: Sequence[str],
    dropped: Sequence[str],
) -> Card:
    """To the office: that the invitations are out, whom none reached, which guests are new."""
    text = say.text(
        "calling_called",
        meeting=meeting,
        by=by,
        unreached=unreached,
        newcomers=newcomers,
        dropped=dropped,
    )
    return Card(text, ((invitation.open_button(say, meeting),),))


def reason_asked(say: Rendering, meeting: Meeting, act: str) -> Card:
    """A reason is needed; nothing is done until it comes."""
    back = Button(say.label("button.back"), press("mshow", meeting.id))
    return Card(say.text("calling_reason", meeting=meeting, act=act), ((back,),))


def done(say: Rendering, meeting: Meeting, act: str) -> Card:
    """What was done, in one line, with the way to the meeting."""
    text = say.text("calling_done", meeting=meeting, act=act)
    return Card(text, ((invitation.open_button(say, meeting),), _home(say)))


def _home(say: Rendering) -> tuple[Button, ...]:
    return (Button(say.label("button.home"), press("home")),)
