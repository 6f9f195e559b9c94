"""Every verb of a story with what people do for it."""

from __future__ import annotations

from simulator.verbs import (
    absences,
    approvals,
    committees,
    consultations,
    declared,
    issuing,
    meetings,
    notices,
    owed,
    people,
    reports,
    sheets,
    sitting,
    takeovers,
)
from simulator.verbs.roster import Verb

VERBS: dict[str, Verb] = {
    **declared.VERBS,
    **consultations.VERBS,
    **approvals.VERBS,
    **notices.VERBS,
    **owed.VERBS,
    **issuing.VERBS,
    **reports.VERBS,
    **sheets.VERBS,
    **meetings.VERBS,
    **sitting.VERBS,
    **absences.VERBS,
    **people.VERBS,
    **committees.VERBS,
    **takeovers.VERBS,
}
