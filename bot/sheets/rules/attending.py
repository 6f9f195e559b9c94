"""How everybody invited attended a meeting, from its marks alone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.meetings.rules.meeting import Invitee, Mark, Meeting


class Attended(StrEnum):
    """How one person attended."""

    PRESENT = "present"
    LEFT = "left"
    """Came, and went before the end."""
    EXCUSED = "excused"
    """A member who never came, with the head's consent."""
    ABSENT = "absent"
    """A member who never came, without it."""
    AWAY = "away"
    """A guest who never came: nobody consents to that."""


def attended(meeting: Meeting, each: Invitee) -> Attended:
    """How somebody invited attended so far."""
    if came_at(meeting, each.person) is not None:
        return Attended.PRESENT if meeting.is_present(each.person) else Attended.LEFT
    if each.guest:
        return Attended.AWAY
    return Attended.EXCUSED if each in meeting.absent_with_consent else Attended.ABSENT


def came_at(meeting: Meeting, person: int) -> datetime | None:
    """When the person first came; None for who never did."""
    arrivals = (n.at for n in meeting.notes if n.person == person and n.mark is Mark.CHECK_IN)
    return min(arrivals, default=None)


def left_at(meeting: Meeting, person: int) -> datetime | None:
    """When the person went and did not come back."""
    last = meeting.last(person, Mark.CHECK_IN, Mark.LEAVE)
    return last.at if last is not None and last.mark is Mark.LEAVE else None
