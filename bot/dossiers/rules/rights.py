"""Of what a dossier may be had in the chat. Who may have it is found by the subject that it is of."""

from __future__ import annotations

from bot.consultations.rules.dossier import Dossier
from bot.meetings.rules.meeting import Meeting, MeetingStage
from bot.values.refusal import Refusal

LARGEST = 45 * 1024 * 1024
"""Bytes of a file that is sent; Telegram takes 50 MB."""


def may_have_dossier(dossier: Dossier) -> Refusal | None:
    """Only after the close, since it says how everybody stands (I10); of slips without names never."""
    if dossier.closed_at is None:
        return Refusal("dossier_not_closed", dossier.body.written.article)
    return may_be_proven(dossier)


def may_be_proven(dossier: Dossier) -> Refusal | None:
    """Not where slips stay without their names: what proves a count says whose each of them is."""
    if dossier.body.written.secret_slips:
        return Refusal("dossier_secret_slips", values={"number": dossier.number})
    return None


def may_have_dossier_of_meeting(meeting: Meeting) -> Refusal | None:
    """Once it is closed."""
    return None if meeting.stage is MeetingStage.CLOSED else Refusal("dossier_meeting_open")


def may_fit(size: int) -> Refusal | None:
    """What is too large to be sent is written by the command line."""
    return Refusal("dossier_too_large") if size > LARGEST else None
