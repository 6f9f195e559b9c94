"""The terms of every rule: kinds of matters, outcomes and what follows them, thresholds in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Matter(StrEnum):
    """Kind of content (loại nội dung)."""

    GENERAL = "general"
    PERSONNEL = "personnel"
    INSPECTION = "inspection"
    IMPORTANT = "important"
    POLITICAL_STANDARDS = "political_standards"
    CADRE_COMMENT = "cadre_comment"
    COORDINATION = "coordination"
    APPRAISAL = "appraisal"


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
    DISCUSS_AGAIN = "discuss_again"
    """Opinions differed for the first time: the body discusses it once more."""
    NOT_PUBLISHED = "not_published"
    """A secret vote of too few ballots: it decides nothing."""


class Next(StrEnum):
    """What follows an outcome."""

    NONE = "none"
    REPORT_BACK = "report_back"
    TO_MEETING = "to_meeting"
    UPWARD_REPORT = "upward_report"
    STANDING_COMMITTEE = "standing_committee"
    SECOND_ROUND = "second_round"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One row of the outcome table."""

    outcome: Outcome
    next: Next
    article: str
    offers_meeting: bool = False
    """The officer is offered to bring the matter to a meeting."""
    body: str | None = None
    """The body on whose agenda the matter comes; None is the body that was asked."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much agreement is needed, compared in whole numbers."""

    fraction: Fraction
    inclusive: bool
    article: str
    assumption: bool = False

    def required(self, total: int) -> int:
        """The least number of agreements that carries, of `total`."""
        reached, rest = divmod(self.fraction.numerator * total, self.fraction.denominator)
        if not self.inclusive:
            return reached + 1
        return reached + (1 if rest else 0)

    def met(self, count: int, total: int) -> bool:
        """Whether `count` of `total` carries."""
        left = self.fraction.denominator * count
        right = self.fraction.numerator * total
        return left >= right if self.inclusive else left > right
