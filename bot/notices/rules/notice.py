"""A notice that the head sends to members, and who has acknowledged it. How it is sent is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.values.files import FileRef
from bot.values.refusal import NO_RIGHT, Refusal


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member to whom a notice was sent, as the roll stood then."""

    person: int
    name: str
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    on_paper: bool = False
    """The office recorded that it was handed over on paper."""


@dataclass(frozen=True, slots=True)
class MemberNotice:
    """A notice with its recipients. `duty` is the id of the duty that it fulfils, or ""."""

    id: int
    committee: int
    body: str
    duty: str
    subject: str
    text: str
    sent_by: int
    acting_for: int | None
    sent_at: datetime
    files: tuple[FileRef, ...] = ()
    recipients: tuple[Recipient, ...] = ()

    def recipient(self, person: int) -> Recipient | None:
        """The one it was sent to as this person."""
        return next((one for one in self.recipients if one.person == person), None)

    @property
    def waiting(self) -> tuple[Recipient, ...]:
        """Those who have not acknowledged it."""
        return tuple(one for one in self.recipients if one.acknowledged_at is None)

    @property
    def acknowledged(self) -> int:
        """How many have acknowledged it."""
        return len(self.recipients) - len(self.waiting)


def may_read(notice: MemberNotice, person: int) -> Refusal | None:
    """Only those to whom it was sent (and the office, by its own card) read a notice."""
    return None if notice.recipient(person) else NO_RIGHT


def may_record_paper(notice: MemberNotice, person: int) -> Refusal | None:
    """A notice handed over on paper is recorded for a recipient who has not acknowledged it."""
    of = notice.recipient(person)
    if of is None:
        return Refusal("notice_not_to")
    if of.acknowledged_at is not None:
        return Refusal("notice_acknowledged", values={"name": of.name, "at": of.acknowledged_at})
    return None
