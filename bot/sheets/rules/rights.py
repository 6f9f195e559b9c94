"""What may be had as a table. Who may have it is found by the subject that it is of."""

from __future__ import annotations

from bot.consultations.rules.consultation import ActKind
from bot.consultations.rules.dossier import Dossier
from bot.meetings.rules.meeting import Meeting, MeetingStage
from bot.values.refusal import Refusal


def may_have_tally(dossier: Dossier) -> Refusal | None:
    """Only after the close: before it nobody learns how anybody stands; what was withdrawn is never tallied (I10)."""
    article = dossier.body.written.article
    if dossier.consultation is None or dossier.closed_at is None:
        return Refusal("sheet_not_closed", article)
    end = dossier.consultation.end
    if end is not None and end.kind in (ActKind.WITHDRAW, ActKind.DECLINE):
        return Refusal("sheet_withdrawn", article)
    return None


def may_have_attendance(meeting: Meeting) -> Refusal | None:
    """Once it was opened; of one entered by hand nobody knows who came."""
    if meeting.by_hand:
        return Refusal("sheet_by_hand")
    if meeting.stage not in (MeetingStage.OPEN, MeetingStage.CLOSED):
        return Refusal("sheet_not_opened")
    return None
