"""The verbs of a story as what people do on their phones: buttons and messages only. No inside is called."""

from simulator.verbs import (
    accounts,
    attendance,
    board,
    consultations,
    hand_duties,
    meetings,
    member_requests,
    notices,
    reports,
    urgent,
    votes,
)
from simulator.verbs.cast import Cast, Verb

__all__ = ["VERBS", "Cast"]

VERBS: dict[str, Verb] = {
    **consultations.VERBS,
    **notices.VERBS,
    **reports.VERBS,
    **board.VERBS,
    **hand_duties.VERBS,
    **urgent.VERBS,
    **meetings.VERBS,
    **attendance.VERBS,
    **votes.VERBS,
    **member_requests.VERBS,
    **accounts.VERBS,
}
