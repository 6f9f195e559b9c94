"""A meeting as those invited see it: the invitation, what changed, that it is cancelled. Words live in templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.notice import Button, Card
from bot.meetings.access import By
from bot.meetings.attendance.cards import own_rows
from bot.meetings.documents.store import Paper
from bot.meetings.rules.calling import guest_rule, is_late, items_for, papers_due
from bot.meetings.rules.meeting import (
    AgendaItem,
    GuestWanted,
    Invitee,
    Meeting,
    MeetingKind,
    MeetingStage,
)
from bot.regulations.rules.meetings import WorkingSession
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.files import FileRef

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An item as it is shown: who answers for it, how many documents belong to it."""

    item: AgendaItem
    responsible: str
    papers: int


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a meeting when it is shown."""

    names: dict[int, str]
    """Persons who answer for items."""
    papers: tuple[Paper, ...] = ()
    session: WorkingSession | None = None
    convener: By | None = None
    """Who approved it, and for whom a delegate did."""


def papers_for(
    meeting: Meeting, papers: Sequence[Paper], invited: Invitee | GuestWanted
) -> tuple[Paper, ...]:
    """The documents that somebody invited may have: of the whole meeting, and of items to be seen."""
    seen = {item.id for item in items_for(meeting, invited)}
    return tuple(each for each in papers if each.item is None or each.item in seen)


def text(
    say: Rendering,
    meeting: Meeting,
    around: Around,
    invited: Invitee | GuestWanted,
    now: datetime,
) -> str:
    """The invitation as this person reads it."""
    papers = papers_for(meeting, around.papers, invited)
    guest = isinstance(invited, GuestWanted) or invited.guest
    return say.text(
        "meeting_invitation",
        meeting=meeting,
        stage=meeting.stage.value,
        name=invited.name,
        guest=guest,
        rule=guest_rule(meeting.rules, invited.category) if guest else None,
        agency=not guest and meeting.body.of_agencies,
        lines=_lines(meeting, around, papers, invited),
        whole=sum(each.item is None for each in papers),
        session=around.session,
        convener=around.convener,
        late=any(_late(meeting, each, now) for each in papers),
        due=papers_due(meeting.rules, meeting.starts_at),
        answer=meeting.answer(invited.person) if invited.person else None,
        consent=meeting.consent(invited.person) if invited.person else None,
        here=invited.person is not None and meeting.is_present(invited.person),
        now=now,
    )


def _late(meeting: Meeting, paper: Paper, now: datetime) -> bool:
    if meeting.kind is MeetingKind.WORKING_SESSION:
        return False
    return is_late(meeting.rules, meeting.starts_at, paper.sent_at or now)


def _lines(
    meeting: Meeting,
    around: Around,
    papers: Sequence[Paper],
    invited: Invitee | GuestWanted,
) -> list[Line]:
    return [
        Line(
            item,
            around.names.get(item.responsible or 0, ""),
            sum(each.item == item.id for each in papers),
        )
        for item in items_for(meeting, invited)
    ]


def card(say: Rendering, meeting: Meeting, around: Around, invited: Invitee, now: datetime) -> Card:
    """The invitation with its answers, as long as an answer is taken."""
    return Card(text(say, meeting, around, invited, now), _rows(say, meeting, around, invited, now))


def _rows(
    say: Rendering, meeting: Meeting, around: Around, invited: Invitee, now: datetime
) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if meeting.stage is MeetingStage.CALLED and now <= meeting.starts_at:
        rows += _answers(say, meeting, invited.person)
    rows += own_rows(say, meeting, invited.person, now)
    if papers_for(meeting, around.papers, invited):
        rows.append((Button(say.label("button.open_text"), action("mtext", meeting.id)),))
    return tuple(rows)


def _answers(say: Rendering, meeting: Meeting, person: int) -> Rows:
    """What has not been said yet; nothing more from whoever is there already."""
    said = meeting.answer(person)
    return tuple(
        (_answer(say, meeting, each),)
        for each in ("attend", "absent")
        if not meeting.is_present(person) and (said is None or said.mark.value != each)
    )


def _answer(say: Rendering, meeting: Meeting, answer: str) -> Button:
    return Button(
        say.label(f"sitting_button.{answer}"),
        action(answer, meeting.id),
        style="success" if answer == "attend" else None,
    )


def open_button(say: Rendering, meeting: Meeting) -> Button:
    """The way from a notice to the meeting."""
    return Button(say.label("calling_button.show"), action("mshow", meeting.id), style="primary")


def documents(
    say: Rendering, meeting: Meeting, papers: Sequence[Paper], items: Sequence[AgendaItem]
) -> Card:
    """What stands above the documents: which of them belong to which item."""
    groups = documents_by_item(papers, items)
    return Card(say.text("meeting_papers", meeting=meeting, groups=groups, more=False, late=False))


def documents_by_item(
    papers: Sequence[Paper], items: Sequence[AgendaItem]
) -> list[tuple[AgendaItem | None, list[FileRef]]]:
    """Documents of the whole meeting first, then those of each item in the order of the agenda."""
    groups = [(None, _files(papers, None)), *((each, _files(papers, each.id)) for each in items)]
    return [(item, files) for item, files in groups if files]


def _files(papers: Sequence[Paper], item: int | None) -> list[FileRef]:
    return [each.file for each in papers if each.item == item]
