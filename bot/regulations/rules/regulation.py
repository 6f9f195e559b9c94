"""A regulation as values: bodies, writing, thresholds, silence. Reading files lives elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import TypeVar

from bot.regulations.rules.duties import Duty
from bot.regulations.rules.meetings import MeetingRules, WorkingSession
from bot.regulations.rules.own_ids import OpenEnum
from bot.regulations.rules.terms import (
    Least,
    Matter,
    Next,
    Outcome,
    Profile,
    Recusal,
    Ruling,
    Threshold,
)
from bot.regulations.rules.vocabulary import COMMON, Vocabulary
from bot.values.spans import Span

T = TypeVar("T")

__all__ = [
    "Asks",
    "Body",
    "Cause",
    "Clock",
    "DifferingIs",
    "Exclusion",
    "Ground",
    "LeadTime",
    "LeastWindow",
    "Matter",
    "MoreTime",
    "Next",
    "NoElection",
    "Objection",
    "Outcome",
    "Provision",
    "Recusal",
    "Regulation",
    "Renewal",
    "Row",
    "Ruling",
    "Rulings",
    "SecondRoundRule",
    "Setting",
    "Silence",
    "SilencePolicy",
    "Strength",
    "Threshold",
    "ThresholdOn",
    "Window",
    "WrittenRules",
]


UPWARD_REPORT_DAYS = 5
"""Working days for an upward report, where a regulation written before says none."""
SECOND_ROUND_DAYS = 5
"""Working days in which a divided matter is discussed again, where a regulation says none."""


class Ground(OpenEnum):
    """Why there is writing and no meeting (căn cứ): those known everywhere, and those that a rule book names."""

    SUPERIOR_DIRECTION = "superior_direction"
    URGENT_NO_MEETING = "urgent_no_meeting"
    CANNOT_MEET = "cannot_meet"
    NOT_COMPLEX = "not_complex"
    COORDINATION = "coordination"
    APPRAISAL = "appraisal"


class SilencePolicy(StrEnum):
    """What no answer by the due moment means."""

    CONSENT = "consent"
    NOT_COUNTED = "not_counted"
    ABSTENTION = "abstention"
    """Who is silent is noted as one who abstains: for nothing, against nothing, and no answer."""


class OutagePresses(StrEnum):
    """What is done with answers that may have been pressed in time or late, because the bot was away."""

    HOLD = "hold"
    COUNT = "count"
    LEAVE_OUT = "leave_out"


class Strength(IntEnum):
    """How well it is proven that the text reached a member, weakest first."""

    DELIVERED = 1
    ACKNOWLEDGED = 2
    RECORDED = 3


class Clock(StrEnum):
    """Whose clock runs: one deadline for all, or each recipient's own from receipt."""

    DEADLINE = "deadline"
    RECIPIENT = "recipient"


class DifferingIs(StrEnum):
    """Which answers are differing opinions, where the text leaves it open."""

    REJECT_DIFFER = "reject_differ"
    WITH_COMMENTS = "with_comments"


class ReservedWords(StrEnum):
    """Whom the words of a reserved opinion reach within the committee; nobody outside ever."""

    OFFICE = "office"
    """Head and clerk; other members learn how many there are."""
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Reserve:
    """The right of whoever differs to have the opinion reserved (BK 9.2, HU 17.2)."""

    article: str
    days: int = 5
    """Working days after the result, until whose end the mark is added or withdrawn."""
    words: ReservedWords = ReservedWords.OFFICE


class Row(StrEnum):
    """The rows of the outcome table: enough agreement or not, somebody differing or nobody."""

    ENOUGH = "enough"
    ENOUGH_WITH_DIFFERING = "enough_with_differing"
    FAILED_WITH_DIFFERING = "failed_with_differing"
    FAILED = "failed"

    @classmethod
    def of(cls, *, enough: bool, differing: bool) -> Row:
        """The row that a count stands in."""
        if enough:
            return cls.ENOUGH_WITH_DIFFERING if differing else cls.ENOUGH
        return cls.FAILED_WITH_DIFFERING if differing else cls.FAILED


@dataclass(frozen=True, slots=True)
class Silence:
    """The effect of no answer, where it applies, and since which proof of receipt."""

    policy: SilencePolicy
    article: str
    receipt: Strength
    grounds: frozenset[Ground]
    """Grounds under which silence consents (all accepted grounds by default)."""
    asks_confirmation: frozenset[Matter] = frozenset()
    """Matters for which silence consents only if the requester confirms it at launch."""
    shares_responsibility: bool = False
    """Whoever is deemed to agree answers for it with the others."""
    own: Mapping[Matter, tuple[SilencePolicy, str]] = field(default_factory=dict)
    """What it means for some matters in place of that, with the article."""

    def on(self, matter: Matter) -> Silence:
        """What it means for a matter."""
        if matter not in self.own:
            return self
        policy, article = self.own[matter]
        return replace(self, policy=policy, article=article)


@dataclass(frozen=True, slots=True)
class LeastWindow:
    """A stated deadline leaves at least this time after the sending."""

    span: Span
    article: str


@dataclass(frozen=True, slots=True)
class Window:
    """How long members have. Days count from the day after, to `day_ends_at` o'clock; hours from the moment."""

    clock: Clock
    own: Span | None
    """What the text gives from receipt; None where it gives nothing."""
    suggested_days: int
    """Working days suggested at launch."""
    article: str | None
    day_ends_at: int = 17
    acknowledge_within: int | None = None
    """Working days after sending when the clerk is told who has not acknowledged."""
    least_notice: int = 1
    """Working days that whom the text reaches late has at least, before the deadline (0 to 5)."""
    notice_after_deadline: int = 1
    """The same for whom it reaches after the deadline: never none."""
    stated_alone: bool = False
    """A deadline that is stated binds alone; the own time runs only where none is."""
    least: LeastWindow | None = None
    """None where the text lets a deadline be as near as the requester wants."""
    suggested: Span | None = None
    """What is suggested in place of `suggested_days`."""

    @property
    def usual(self) -> Span:
        """What the text gives, or what is suggested."""
        return self.own or self.suggested or Span(self.suggested_days)


@dataclass(frozen=True, slots=True)
class MoreTime:
    """A recipient may fix a later moment, at most `most_days` days beyond its due moment."""

    most_days: int
    article: str


@dataclass(frozen=True, slots=True)
class LeadTime:
    """A text must be sent at least `days` days before the day of submission."""

    days: int
    article: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """Which outcome follows: enough agreement or not, with or without a differing opinion."""

    enough: Ruling
    enough_with_differing: Ruling
    failed_with_differing: Ruling
    failed: Ruling
    held_article: str | None = None

    def __getitem__(self, row: Row) -> Ruling:
        """The ruling of a row."""
        found: Ruling = getattr(self, row.value)
        return found


class Provision(StrEnum):
    """What the text itself does about something that is not done."""

    FORBIDS = "forbids"
    NOTHING = "nothing"
    """The text provides nothing for it; it forbids nothing either."""
    ASSUMED = "assumed"
    """The text is silent, and the committee confirmed at set-up how it reads that."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a matter may not be asked in writing, and what can be done instead.

    `article` forbids it, or is the one that gives the writing and does not speak of this matter.
    """

    article: str
    because: str
    instead: str
    says: Provision | None = None
    """None where the file does not tell."""
    offers_meeting: bool = False
    """Who was refused is offered to have it wait for the body's next meeting."""


class Asks(StrEnum):
    """Who is asked again where opinions differed."""

    ALL = "all"
    """The whole body."""
    DIFFERING = "differing"
    """Those who differed, and nobody else."""


class Cause(StrEnum):
    """Why a rule book has a matter discussed once more, whatever its outcome table says; the first that applies."""

    FEW_ANSWERS = "few_answers"
    """Fewer answered than must."""
    OPPOSED = "opposed"
    """So large a share is against it, be there enough for it or not."""
    TIE = "tie"
    """Just half is for it, and that is not enough."""
    NOT_ENOUGH = "not_enough"
    """Too few are for it."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """Matters that a cause has discussed once more."""

    article: str
    matters: frozenset[Matter]
    share: Threshold | None = None
    """Of those against it, or though not enough of those for it; None where any number does."""


@dataclass(frozen=True, slots=True)
class SecondRoundRule:
    """A matter is brought up once more before it goes elsewhere: a divided one, or for a cause (HU 15.2, HD 2.2)."""

    asks: Asks
    article: str
    divided: Ruling | None
    """Where it goes when opinions differ in the second round; None where that is counted as in the first."""
    failed: Ruling | None = None
    """Where it goes when too few agree in the second round; None as before."""
    causes: Mapping[Cause, Renewal] = field(default_factory=dict)
    """In the order in which they are looked for."""
    threshold: Threshold | None = None
    """How much agreement the second round needs; None where as much as the first."""
    within: int | None = None
    """Working days in which it is brought up; None where as many as the body has for all."""
    within_article: str | None = None
    """What gives these days; None where the committee assumes them."""
    answer_days: int | None = None
    """Working days to answer it; None where whoever opens it names the deadline."""
    answer_days_article: str | None = None
    """What gives these days; None where the committee assumes them."""

    def rulings(self, first: Rulings) -> Rulings:
        """What follows a count of the second round, beside what followed one of the first."""
        return replace(
            first,
            enough_with_differing=self.divided or first.enough_with_differing,
            failed_with_differing=self.divided or self.failed or first.failed_with_differing,
            failed=self.failed or first.failed,
        )


@dataclass(frozen=True, slots=True)
class Objection:
    """One differing opinion fails the matter, and ends it before its time."""

    article: str
    minutes: int
    """How long after it; taken back before, it ends nothing."""


@dataclass(frozen=True, slots=True)
class NoElection:
    """Matters of which the requester confirms at launch that they are no election: it has rules of its own."""

    matters: frozenset[Matter]
    article: str


@dataclass(frozen=True, slots=True)
class ThresholdOn:
    """The threshold of some matters on some grounds, in place of the one for all."""

    matters: frozenset[Matter]
    grounds: frozenset[Ground]
    threshold: Threshold


@dataclass(frozen=True, slots=True)
class WrittenRules:
    """How a body is consulted in writing. Without grounds it is not consulted so at all."""

    article: str
    grounds: Mapping[Ground, str]
    """Accepted grounds with their article."""
    matters: frozenset[Matter]
    exclusions: Mapping[Matter, Exclusion]
    """A reason for every matter that is not accepted, whatever the ground."""
    forbidden: Exclusion | None
    """Set where the body is never consulted in writing."""
    threshold: Threshold | None
    """None where opinions are only collated."""
    silence: Silence
    window: Window
    rulings: Rulings
    more_time: MoreTime | None = None
    lead_time: LeadTime | None = None
    meeting_article: str | None = None
    """Set where the officer may at any time bring the matter to a meeting instead."""
    outage_presses: OutagePresses = OutagePresses.HOLD
    """Held where they decide; else counted, or left out, whatever they decide."""
    secret_slips: bool = False
    """Slips are named (phiếu ghi tên) unless the body chose otherwise."""
    abstain: str | None = None
    """The article by which to abstain (không biểu quyết) is an answer; None where the text has no such box."""
    differing_is: DifferingIs = DifferingIs.REJECT_DIFFER
    """Whether agreement with comments is a differing opinion, too."""
    strike_erases: bool = False
    """True in a rule book kept from when an opinion went with who was struck off."""
    exclusions_on: Mapping[tuple[Matter, Ground], Exclusion | None] = field(default_factory=dict)
    """What holds on one ground alone goes before what holds on all; None where the matter is taken."""
    no_election: NoElection | None = None
    second_round: SecondRoundRule | None = None
    thresholds: tuple[ThresholdOn, ...] = ()
    """Thresholds of their own of some matters and grounds; no two of the same."""
    objection: Objection | None = None
    """Set where one differing opinion is enough to end the matter (im lặng là đồng ý)."""
    recusal: Recusal | None = None
    """Set where a member may take no part because its own interest is at stake."""

    def threshold_of(
        self, matter: Matter, ground: Ground, *, again: bool = False
    ) -> Threshold | None:
        """How much agreement a matter needs that is asked on that ground; None where opinions are collated.

        `again`: it is asked a second time.
        """
        if again and self.second_round and self.second_round.threshold:
            return self.second_round.threshold
        own = (
            each.threshold
            for each in self.thresholds
            if matter in each.matters and ground in each.grounds
        )
        return next(own, self.threshold)

    def exclusion(self, matter: Matter, ground: Ground | None) -> Exclusion | None:
        """Why the matter is not asked in writing on that ground; without one, why on none at all."""
        on_all = self.exclusions.get(matter)
        if ground is not None:
            return self.exclusions_on.get((matter, ground), on_all)
        on_each = [self.exclusions_on.get((matter, each), on_all) for each in self.grounds]
        return on_all or (on_each[0] if on_each and all(on_each) else None)


@dataclass(frozen=True, slots=True)
class Body:
    """Those who decide together, or the agencies consulted together."""

    id: str
    name: str
    of_agencies: bool
    heads: tuple[str, ...]
    """Offices entitled to approve and to act, the first one filled is the head."""
    head_article: str
    written: WrittenRules
    meetings: MeetingRules | None = None
    reserve: Reserve | None = None
    """None where the text does not speak of reserving an opinion."""
    upward_words: str | None = None
    """The report to the superior in the text's own words: what goes up, and to whom."""
    upward_report_days: int = UPWARD_REPORT_DAYS
    """Working days for the papers that a decision leaves owed: all opinions to the superior, a notice to others."""
    own_matters: tuple[Matter, ...] = ()
    """Kinds of content that its rule book names itself, in their order there."""
    second_round_days: int = SECOND_ROUND_DAYS
    """Working days in which the head has a divided matter discussed again."""
    layout: Profile = Profile.PARTY
    """By which rules its papers are laid out, where its committee has not chosen otherwise."""

    def head_among(self, seats: Iterable[tuple[str, T]]) -> T | None:
        """Whoever holds the first office that is filled, of those who sit by office, in their order (ADR 25)."""
        first: dict[str, T] = {}
        for office, holder in seats:
            first.setdefault(office, holder)
        return next((first[office] for office in self.heads if office in first), None)

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Every kind of content under its rule book, may it be asked in writing or not."""
        return (*Matter, *self.own_matters)

    def matter(self, id_: str) -> Matter | None:
        """The kind of content of that id; None where its rule book knows none."""
        return next((each for each in self.matters if each == id_), None)

    @property
    def least_numbers(self) -> tuple[Least, ...]:
        """Every number that must agree or answer at least, in writing or in a vote, whatever the roll."""
        written, vote = self.written, self.meetings.vote if self.meetings else None
        every = [written.threshold, *(each.threshold for each in written.thresholds)]
        every.append(written.second_round.threshold if written.second_round else None)
        every += [vote.threshold, *vote.thresholds.values()] if vote else []
        several = [each for t in every if t for each in (t.in_favour, t.answers)]
        return tuple(each for each in several if each and each.number)

    @property
    def days_to_discuss_again(self) -> int:
        """Working days in which what is asked in writing is brought up once more."""
        rule = self.written.second_round
        return (rule and rule.within) or self.second_round_days

    @property
    def members_read_reserved(self) -> bool:
        """Whether every member of the body reads reserved words, and not head and clerk alone."""
        return self.reserve is not None and self.reserve.words is ReservedWords.MEMBERS


@dataclass(frozen=True, slots=True)
class Setting:
    """A blank of the model text or an assumption, which the secretary confirms at set-up."""

    name: str
    key: str
    """Where it stands in the file, dotted."""
    value: object
    note: str
    article: str | None
    blank: bool


@dataclass(frozen=True, slots=True)
class Regulation:
    """A rule book. `digest` is the SHA-256 of the text and the settings it was read with."""

    id: str
    title: str
    digest: str
    bodies: tuple[Body, ...]
    settings: tuple[Setting, ...] = ()
    duties: tuple[Duty, ...] = ()
    working_sessions: tuple[WorkingSession, ...] = ()
    offices: Mapping[str, str] = field(default_factory=dict)
    """Offices that exist under it, with their article."""
    vocabulary: Vocabulary = COMMON
    belongs_to: str = ""
    """Which body and time the text is of, in words; empty where the file does not say."""
    model: bool = False
    """Whether it is to be copied and compared first, and so no committee decides by it."""

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Every kind of content under it, the same for all its bodies."""
        return self.bodies[0].matters

    def matter(self, id_: str) -> Matter | None:
        """The kind of content of that id; None where it knows none."""
        return self.bodies[0].matter(id_)

    def duty(self, id_: str) -> Duty | None:
        """The duty of that id; None where it has none."""
        return next((each for each in self.duties if each.id == id_), None)

    def body(self, body_id: str) -> Body:
        """The body of that id; raises KeyError for another."""
        for body in self.bodies:
            if body.id == body_id:
                return body
        raise KeyError(body_id)
