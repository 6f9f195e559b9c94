"""The rules of meetings as values: rhythm, quorum, papers, votes. No meeting lives here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from bot.regulations.rules.terms import Base, Matter, Recusal, Ruling, Threshold

REMIND_DAYS = (30, 14, 7, 1)
"""Where a regulation sets no other days."""
ANSWER_DAYS = 5
"""Working days for an answer, where a regulation written before says none."""

VICE_PRESIDENT = "part_time_vice_president"
"""A mark on seats; in a body that does not use it whoever is part-time stands for it."""


class Unit(StrEnum):
    """What a rhythm is counted in."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class QuorumReading(StrEnum):
    """How a special condition stands to the share that must attend."""

    IN_ADDITION = "in_addition"
    INSTEAD = "instead"


class ConfidenceLevel(StrEnum):
    """The three answers of a confidence vote."""

    HIGH = "high"
    CONFIDENCE = "confidence"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """At least `times` meetings in each period of `every` units, counted from the new year on."""

    id: str
    times: int
    every: int
    unit: Unit
    article: str
    assumption: bool = False
    remind_days: tuple[int, ...] = REMIND_DAYS
    """Days before the period ends when the head is told that no meeting is set."""
    from_last: bool = False
    """Its months run from the last meeting that was held, not from the new year."""


@dataclass(frozen=True, slots=True)
class QuorumCondition:
    """When one of `when_absent` is away, all of `must_attend` must be present."""

    id: str
    when_absent: tuple[str, ...]
    """Seats whose absence brings the condition about: "part_time", the mark VICE_PRESIDENT, or offices."""
    must_attend: tuple[str, ...]
    """Seats of which everyone must then attend: "full_time", or offices."""
    reading: QuorumReading
    article: str
    assumption: bool = False


@dataclass(frozen=True, slots=True)
class QuorumGroup:
    """Members of whom at least one must attend, however many others do."""

    name: str
    seats: tuple[str, ...]
    """"full_time", "part_time", the mark VICE_PRESIDENT, or offices."""
    article: str


@dataclass(frozen=True, slots=True)
class Quorum:
    """The share of all members that must attend before anything is voted on."""

    id: str
    share: Threshold
    condition: QuorumCondition | None = None
    groups: tuple[QuorumGroup, ...] = ()

    @property
    def article(self) -> str:
        """The article that sets the share."""
        return self.share.article


@dataclass(frozen=True, slots=True)
class VoteRule:
    """How a meeting decides: the share of all members that must vote for, and secrecy."""

    id: str
    threshold: Threshold
    secret_matters: frozenset[Matter] = frozenset()
    secret_article: str | None = None
    form_is_free: bool = False
    """The body chooses between an open and a secret vote."""
    abstain: str | None = None
    """The article by which members may abstain in an open vote; None where the text has no such answer."""
    least_ballots: int = 5
    """A secret vote of fewer ballots is not published."""
    divided: Ruling | None = None
    """Where it goes when it fails and opinions differ; None: it is not adopted, and that is all."""
    divided_again: Ruling | None = None
    """The same once opinions had differed before, in writing or in another sitting; None: as the first time."""
    thresholds: Mapping[Matter, Threshold] = field(default_factory=dict)
    """Thresholds of their own of some matters."""
    recusal: Recusal | None = None
    """A member whose own interest is at stake takes no part; None where the text says nothing of it."""

    def on(self, matter: Matter) -> VoteRule:
        """The rule as it holds for a matter: with the threshold of its own, where it has one."""
        return replace(self, threshold=self.thresholds.get(matter, self.threshold))

    def secret_by(self, matter: Matter) -> str | None:
        """The article by which this matter is voted on by secret ballot alone; None where the text asks for none."""
        return (self.secret_article or self.article) if matter in self.secret_matters else None

    @property
    def of_present(self) -> bool:
        """Whether the share is of the members present, not of all."""
        return self.threshold.base is Base.PRESENT

    def base_of(self, roll: int, present: int, counted: int | None) -> int:
        """Of how many agreements were needed; `counted` are those for or against, where the share is of these."""
        if counted is not None:
            return counted
        return present if self.of_present else roll

    @property
    def article(self) -> str:
        """The article that sets the share."""
        return self.threshold.article


@dataclass(frozen=True, slots=True)
class PaperLead:
    """Days before a meeting by which its papers are with the members, and with the office."""

    id: str
    to_members: int
    article: str
    to_office: int | None = None
    extraordinary_exempt: bool = True
    with_invitation: bool = False
    """The invitation itself must be out by then, not the papers alone."""
    assumption: bool = False
    by_dates: bool = False
    """A day before is the day of the calendar before, and not 24 hours."""


@dataclass(frozen=True, slots=True)
class Extended:
    """Conferences with others beside the body: extended ones, and those of key cadres, which are no meeting of it."""

    id: str
    counts: bool
    """An extended one counts for the rhythm, with the quorum of the body."""
    article: str


@dataclass(frozen=True, slots=True)
class GuestRule:
    """Those invited beside the members. A guest may speak and never votes."""

    id: str
    who: str
    article: str
    when: str | None = None
    """The occasion, in words; None where they are always invited."""
    not_to_closed_items: bool = False
    """Closed items (nội dung cần họp riêng) are hidden from them."""


@dataclass(frozen=True, slots=True)
class AbsenceRule:
    """An absent member reports it to an officer, whose consent is recorded."""

    id: str
    consent_by: str
    article: str


class Scope(StrEnum):
    """How far it reaches to stand in for a head."""

    ALL = "all"
    """Everything that the head does, save about the own seat and the head's."""
    CHAIR_AND_SIGN = "chair_and_sign"
    """To approve, to call and chair meetings and to sign; the rest stays the head's."""


@dataclass(frozen=True, slots=True)
class DelegationRule:
    """Who may act in whose place; with a start and an end when it is used."""

    id: str
    of: str
    """The office or body in whose place another acts."""
    to: tuple[str, ...]
    what: str
    article: str
    away_article: str | None = None
    """By which they act also without a delegation, where the head is away; None: only by delegation."""
    decided_by: str | None = None
    """The body whose decision it takes: only for that body's own matters, and only while `of` is away."""
    scope: Scope = Scope.ALL


@dataclass(frozen=True, slots=True)
class Preparation:
    """Who prepares the programme and the items."""

    id: str
    programme_by: str
    items_by: str
    article: str


@dataclass(frozen=True, slots=True)
class Convener:
    """Who calls a meeting, chairs and concludes it."""

    id: str
    by: str
    """An office, or the id of the body that convenes."""
    article: str


@dataclass(frozen=True, slots=True)
class ExtraordinaryRequest:
    """The share of members who can ask for an extraordinary meeting."""

    id: str
    share: Threshold
    decided_by: str | None = None
    """The body that decides upon it; None where the meeting must then be called."""
    alone: tuple[str, ...] = ()
    """Offices whose holder asks as if the share did."""

    @property
    def article(self) -> str:
        """The article that sets the share."""
        return self.share.article


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes are kept and a conclusion or resolution follows."""

    id: str
    article: str
    kept_by: str | None = None


@dataclass(frozen=True, slots=True)
class Questioning:
    """Members' questions (chất vấn) get a place on the agenda; whoever is asked owes an answer."""

    id: str
    article: str
    answer_article: str | None = None
    """Where the text obliges whoever is asked to answer, if it does."""
    answer_days: int = ANSWER_DAYS
    """Working days for an answer in writing."""

    @property
    def owed_by(self) -> str:
        """The articles by which an answer is owed."""
        return ", ".join(filter(None, (self.article, self.answer_article)))


@dataclass(frozen=True, slots=True)
class PassOn:
    """Decisions of this body that concern the tasks of `to` are passed on to it (QN 13.3)."""

    id: str
    to: str
    article: str


@dataclass(frozen=True, slots=True)
class ConfidenceVote:
    """A secret ballot on persons with three levels (lấy phiếu tín nhiệm)."""

    id: str
    of_body: str
    article: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """What lands on this body's next agenda by itself.

    With `gathers` all that the other body settles between two sessions is one item, closed to guests.
    """

    id: str
    what: str
    from_body: str
    article: str
    gathers: bool = False


@dataclass(frozen=True, slots=True)
class UrgentDecision:
    """This body may settle urgent matters of others, save some, and reports to their meeting."""

    id: str
    instead_of: tuple[str, ...]
    excluded: frozenset[Matter]
    article: str


@dataclass(frozen=True, slots=True)
class WorkingSession:
    """A recurring exchange with another party."""

    id: str
    host: str
    party: str
    what: str
    every: int
    unit: Unit
    article: str
    remind_days: tuple[int, ...] = REMIND_DAYS
    """As those of a rhythm."""


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """How a body meets. None or an empty tuple: the text says nothing on it."""

    rhythms: tuple[Rhythm, ...] = ()
    quorum: Quorum | None = None
    vote: VoteRule | None = None
    papers: PaperLead | None = None
    minutes: Minutes | None = None
    convener: Convener | None = None
    preparation: Preparation | None = None
    absence: AbsenceRule | None = None
    requests: ExtraordinaryRequest | None = None
    questions: Questioning | None = None
    pass_on: PassOn | None = None
    confidence: ConfidenceVote | None = None
    urgent: UrgentDecision | None = None
    extended: Extended | None = None
    guests: tuple[GuestRule, ...] = ()
    delegations: tuple[DelegationRule, ...] = ()
    announcements: tuple[Announcement, ...] = ()

    def cited(self) -> Iterator[tuple[str, str]]:
        """Every rule by its id with its article."""
        for each in fields(self):
            found = getattr(self, each.name)
            for rule in found if isinstance(found, tuple) else (found,):
                if rule is not None:
                    yield rule.id, rule.article
        if self.quorum and self.quorum.condition:
            yield self.quorum.condition.id, self.quorum.condition.article
