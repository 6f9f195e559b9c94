"""Outcomes and what follows them, with the article that says so. Nothing is counted here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a consultation or a vote comes to."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    TO_MEETING = "to_meeting"
    TO_SUPERIOR = "to_superior"
    TO_STANDING_COMMITTEE = "to_standing_committee"
    AGREED = "agreed"
    COLLATED = "collated"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    NOT_PUBLISHED = "not_published"
    """A secret vote of too few ballots: it decides nothing."""


class Next(StrEnum):
    """What follows an outcome."""

    NONE = "none"
    REPORT_BACK = "report_back"
    TO_MEETING = "to_meeting"
    UPWARD_REPORT = "upward_report"
    STANDING_COMMITTEE = "standing_committee"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One row of the outcome table."""

    outcome: Outcome
    next: Next
    article: str
    offers_meeting: bool = False
    """The officer is offered to bring the matter to a meeting."""
