"""What is different about a meeting since it was called. Words live in templates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.calling import is_late, items_for
from bot.domain.card import Card
from bot.domain.meeting import AgendaItem, Invitee, Meeting, MeetingKind
from bot.rendering import Rendering
from bot.services.cards.meetings.invitation import documents_by_item, open_button
from bot.services.meetings.floor import By
from bot.store.papers import Paper


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
