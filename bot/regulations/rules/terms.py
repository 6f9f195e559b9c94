"""The terms of every rule: kinds of matters, outcomes and what follows them, thresholds in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot.regulations.rules.own_ids import OpenEnum


class Matter(OpenEnum):
    """Kind of content (loại nội dung): those known everywhere, beside which a rule book may name its own."""

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


class Profile(StrEnum):
    """The rules by which a paper is laid out."""

    PARTY = "dang-05-2026"
    STATE = "nd30-2020"


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


class Base(StrEnum):
    """Of what a share is taken."""

    MEMBERS = "members"
    """Of the whole roll."""
    PRESENT = "present"
    """Of those who took part in the sitting."""
    REPLYING = "replying"
    """Of those who are for or against; who abstains or is silent is not among them."""


TEN, HUNDRED = 10, 100


def digits(share: Fraction) -> str:
    """A share in digits: "2/3", and "65%" where only hundredths say it shortly."""
    if share.denominator > TEN and HUNDRED % share.denominator == 0:
        return f"{share.numerator * HUNDRED // share.denominator}%"
    return str(share)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a count has found, or what one member adds to it."""

    agreeing: int = 0
    against: int = 0
    answers: int = 0
    """All answers given, abstaining too; silence is none, whatever it means."""
    head: int = 0
    """1 if the head has said to agree."""

    def __add__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.agreeing + other.agreeing,
            self.against + other.against,
            self.answers + other.answers,
            self.head + other.head,
        )

    def favours(self, other: Numbers) -> bool:
        """Whether a matter carries with these wherever it carries with the other's: no threshold asks for less."""
        return (
            self.agreeing >= other.agreeing
            and self.against <= other.against
            and self.answers >= other.answers
            and self.head >= other.head
        )

    def __mul__(self, times: int) -> Numbers:
        return Numbers(
            self.agreeing * times, self.against * times, self.answers * times, self.head * times
        )


@dataclass(frozen=True, slots=True)
class Least:
    """A least number beside a share: a whole number, or a share of the roll."""

    article: str
    number: int = 0
    fraction: Fraction = Fraction(0)
    inclusive: bool = True

    @property
    def said(self) -> str:
        """The share in digits."""
        return digits(self.fraction)

    def required(self, roll: int) -> int:
        """The number that must be reached, of a roll of so many."""
        return self.number or _reaching(self.fraction, roll, inclusive=self.inclusive)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a threshold says of a count. `required` of `base` must agree."""

    base: int
    required: int
    carries: bool
    by_tie: bool = False
    """It carries by the side that the head took, half of the base being for it."""
    answers_required: int = 0
    """How many must have answered for anything to carry; 0 where the text asks for no number."""
    halved: bool = False
    """Just half of the base agrees, and the text says which side then wins."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much agreement is needed, compared in whole numbers."""

    fraction: Fraction
    inclusive: bool
    article: str
    assumption: bool = False
    base: Base = Base.MEMBERS
    in_favour: Least | None = None
    """How many must agree at least, whatever the share comes to."""
    answers: Least | None = None
    """How many must answer at least before anything carries."""
    tie: str | None = None
    """The article by which just half of the base carries if the head is for it; None where half is too few."""

    @property
    def said(self) -> str:
        """The share in digits."""
        return digits(self.fraction)

    @property
    def plain(self) -> bool:
        """Whether the share of a number known beforehand is all that is asked."""
        return self.base is not Base.REPLYING and self.in_favour is None

    def required(self, total: int) -> int:
        """The least number of agreements that carries, of `total`."""
        return _reaching(self.fraction, total, inclusive=self.inclusive)

    def least(self, base: int, roll: int) -> int:
        """How many must agree of this base: the share, the least number beside it, and never nobody."""
        beside = self.in_favour.required(roll) if self.in_favour else 0
        return max(1, self.required(base), beside)

    def judge(self, numbers: Numbers, roll: int, present: int | None = None) -> Judged:
        """Whether these numbers carry, of a roll of so many; of a vote also of those who took part in it."""
        base = roll
        if self.base is Base.PRESENT and present is not None:
            base = present
        elif self.base is Base.REPLYING:
            base = numbers.agreeing + numbers.against
        required = self.least(base, roll)
        answers = self.answers.required(roll) if self.answers else 0
        answered = numbers.answers >= answers
        halved = self.tie is not None and 0 < numbers.agreeing * 2 == base
        by_tie = (
            halved
            and numbers.head > 0
            and (self.in_favour is None or numbers.agreeing >= self.in_favour.required(roll))
        )
        carries = answered and (by_tie or numbers.agreeing >= required)
        return Judged(base, required, carries, by_tie and answered, answers, halved)

    def met(self, count: int, total: int) -> bool:
        """Whether `count` of `total` carries."""
        left = self.fraction.denominator * count
        right = self.fraction.numerator * total
        return left >= right if self.inclusive else left > right


@dataclass(frozen=True, slots=True)
class Recusal:
    """A member whose own interest is at stake takes no part in a matter or a vote."""

    article: str
    out_of_base: bool
    """Whether the roll is the smaller for it; else the member is one who does not agree."""


def _reaching(fraction: Fraction, total: int, *, inclusive: bool) -> int:
    """The least whole number that reaches the share of `total`, or exceeds it where the share is too few."""
    reached, rest = divmod(fraction.numerator * total, fraction.denominator)
    if not inclusive:
        return reached + 1
    return reached + (1 if rest else 0)
