"""Cards about a meeting before it is called, and what is different about it since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.db.notice import Button, Card
from bot.meetings.access import By
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import cards
from bot.meetings.inviting.cards import Around, documents_by_item, open_button
from bot.meetings.rules.calling import is_late, items_for, papers_due
from bot.meetings.rules.meeting import (
    AgendaItem,
    Invitee,
    Meeting,
    MeetingActKind,
    MeetingKind,
    MeetingStage,
)
from bot.rendering import Rendering
from bot.values.action import action

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
        preview=cards.text(say, meeting, around, ANYBODY, now),
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
        again = Button(say.label("calling_button.again"), action("magain", one))
        return [] if head or meeting.called_at else [(again,)]
    papers = [(Button(say.label("button.open_text"), action("mtext", one)),)]
    rows: list[tuple[Button, ...]] = list(papers) if around.papers else []
    if not head:
        take_back = say.label("calling_button.recall")
        return [*rows, (Button(take_back, action("mrecall", one), style="danger"),)]
    approve = Button(say.label("calling_button.approve"), action("mapprove", one), style="success")
    decline = Button(say.label("calling_button.decline"), action("mdecline", one), style="danger")
    return [*rows, (approve,), (decline,)]


def declined(say: Rendering, meeting: Meeting, by: By, reason: str) -> Card:
    """To whoever prepared it: what the head said; it can be prepared anew."""
    text = say.text("calling_declined", meeting=meeting, by=by, reason=reason)
    again = Button(say.label("calling_button.again"), action("magain", meeting.id))
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
    return Card(text, ((cards.open_button(say, meeting),),))


def reason_asked(say: Rendering, meeting: Meeting, act: str) -> Card:
    """A reason is needed; nothing is done until it comes."""
    back = Button(say.label("button.back"), action("mshow", meeting.id))
    return Card(say.text("calling_reason", meeting=meeting, act=act), ((back,),))


def done(say: Rendering, meeting: Meeting, act: str) -> Card:
    """What was done, in one line, with the way to the meeting."""
    text = say.text("calling_done", meeting=meeting, act=act)
    return Card(text, ((cards.open_button(say, meeting),), _home(say)))


def _home(say: Rendering) -> tuple[Button, ...]:
    return (Button(say.label("button.home"), action("home")),)


@dataclass(frozen=True, slots=True)
class Difference:
    """A change as it was made: what was before, what is different, why."""

    reason: str
    starts_before: datetime | None = None
    place_before: str = ""
    agenda_before: tuple[AgendaItem, ...] | None = None
    guests: tuple[str, ...] = ()
    """New guests, by name."""
    newcomers: frozenset[int] = frozenset()
    """New guests by id: they get the invitation itself."""
    uninvited: tuple[str, ...] = ()
    """Guests no longer invited, by name."""

    def for_person(self, seen: Collection[AgendaItem], *, closed: bool) -> Difference:
        """As somebody may know of it: a change of closed items alone is none for who does not see them."""
        if self.agenda_before is None:
            return self
        before = [item.subject for item in self.agenda_before if closed or not item.closed]
        same = before == [item.subject for item in seen]
        return replace(self, agenda_before=None) if same else self

    @property
    def needs_calendar(self) -> bool:
        """Whether a calendar would show it."""
        return self.starts_before is not None or bool(self.place_before)

    @property
    def nothing(self) -> bool:
        """Whether nobody need be told: guests come and go without the others."""
        return not self.needs_calendar and self.agenda_before is None


def changed(
    say: Rendering,
    meeting: Meeting,
    by: By,
    difference: Difference,
    invited: Invitee,
    now: datetime,
) -> Card:
    """To somebody invited: what was and what is; an answer given stands."""
    text = say.text(
        "meeting_changed",
        meeting=meeting,
        by=by,
        d=difference,
        items=items_for(meeting, invited),
        answer=meeting.answer(invited.person),
        agency=not invited.guest and meeting.body.of_agencies,
        now=now,
    )
    return Card(text, ((open_button(say, meeting),),))


def uninvited(say: Rendering, meeting: Meeting, by: By) -> Card:
    """To a guest who is not invited any more."""
    return Card(say.text("meeting_uninvited", meeting=meeting, by=by))


def cancelled(say: Rendering, meeting: Meeting, by: By, reason: str, invited: Invitee) -> Card:
    """To somebody invited: the meeting does not take place."""
    agency = not invited.guest and meeting.body.of_agencies
    text = say.text("meeting_cancelled", meeting=meeting, by=by, reason=reason, agency=agency)
    return Card(text)


def papers(
    say: Rendering, meeting: Meeting, sent: Sequence[Paper], invited: Invitee, now: datetime
) -> Card:
    """To somebody invited: further documents, by item; late ones are marked so."""
    late = meeting.kind is not MeetingKind.WORKING_SESSION and is_late(
        meeting.rules, meeting.starts_at, now
    )
    groups = documents_by_item(sent, items_for(meeting, invited))
    text = say.text("meeting_papers", meeting=meeting, groups=groups, more=True, late=late)
    return Card(text, ((open_button(say, meeting),),))


def office_word(
    say: Rendering, meeting: Meeting, by: By, act: str, difference: Difference | None = None
) -> Card:
    """To head or clerks: what the other of them did, with the way to mend it."""
    text = say.text("meeting_office", meeting=meeting, by=by, act=act, d=difference)
    return Card(text, ((open_button(say, meeting),),))
