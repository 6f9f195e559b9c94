"""The papers of one written consultation: what is asked and by whom, beside the facts that are judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.consultation import Consultation
from bot.domain.files import FileRef
from bot.domain.regulation import Body, Ground, Matter


@dataclass(frozen=True, slots=True)
class Dossier:
    """A consultation from its submission on; `number`, `opened_at` and `consultation` come with the opening."""

    id: int
    committee: int
    asker: str
    """The committee's name: in whose name it is asked."""
    rulebook: str
    body: Body
    matter: Matter
    ground: Ground
    subject: str
    text: str
    text_sha256: str
    deadline: datetime | None
    submission_date: date | None
    special_reason: str
    silence_confirmed: bool
    prepared_by: int
    submitted_at: datetime
    files: tuple[FileRef, ...] = ()
    number: int | None = None
    approved_by: int | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    declined: bool = False
    recalled: bool = False
    """Taken back before it opened."""
    consultation: Consultation | None = None
    late: tuple[int, ...] = ()
    """Persons who answered after the close; kept, never counted."""

    @property
    def running(self) -> Consultation:
        """The facts since the opening; only asked of what has opened."""
        if self.consultation is None:
            raise LookupError(f"consultation {self.id} has not opened")
        return self.consultation
