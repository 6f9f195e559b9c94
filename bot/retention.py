"""What is kept how long, kind by kind: the one place that says it. What removes it is the tidying of each.

Facts are kept with the register that tells them: to remove one would break the proof of all. Whatever else holds
words or names of persons goes after days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.db import drafts, inbox, outbox, set_aside
from bot.people.face import INVITATION_LIFETIME


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of what is kept, by its name in the labels, and how long; None with the archive of the committee."""

    kind: str
    long: timedelta | None


KEPT = (
    Kept("updates", inbox.KEPT),
    Kept("answers", outbox.KEPT),
    Kept("made_files", outbox.KEPT),
    Kept("drafts", drafts.KEPT),
    Kept("set_aside", set_aside.KEPT),
    Kept("invitations", INVITATION_LIFETIME),
    Kept("notices", None),
    Kept("facts", None),
)
