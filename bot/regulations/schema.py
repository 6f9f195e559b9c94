"""The shape of a regulation file: head, bodies, writing, meetings, duties. What it means is not known here."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WrapValidator, model_validator
from pydantic_core import PydanticCustomError

from bot.regulations.cells import (
    Article,
    Cell,
    Count,
    Days,
    GroundId,
    MatterId,
    Name,
    NextId,
    NoticeDays,
    Office,
    OutcomeId,
    Part,
    RowId,
    Share,
    Sourced,
    Words,
    plain_or_cell,
)
from bot.regulations.rules.duties import Period
from bot.regulations.rules.meetings import Unit
from bot.regulations.rules.regulation import Provision

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_LEAP_YEAR = 2024

PeriodId = Annotated[Period, Field(strict=False)]
UnitId = Annotated[Unit, Field(strict=False)]
DueDay = Literal["last_working_day", "last_day", "by_hand"]


def day_and_month(text: str) -> tuple[int, int]:
    """Read "15/11"; raises ValueError when no year has that day, or only leap years have it."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day, month = int(match[1]), int(match[2])
    if (day, month) == (29, 2):
        raise ValueError(text)
    date(_LEAP_YEAR, month, day)
    return day, month


def _possible_day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise PydanticCustomError("day_form", "")
    try:
        day_and_month(text)
    except ValueError as error:
        raise PydanticCustomError("day_impossible", "") from error
    return text


DayText = Annotated[str, AfterValidator(_possible_day)]


class DuePart(Part):
    """When a report is due, where the text or the nature of the report says so."""

    before: DayText | None = None
    latest: DayText | None = None
    rule: Literal["before_period", "by_hand"] | None = None
    article: Article | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(each is not None for each in (self.before, self.latest, self.rule)) != 1:
            raise PydanticCustomError("due_form", "")
        return self


def _rule_table(value: Any) -> Any:
    """Take a bare word as the rule by that name."""
    return {"rule": value} if isinstance(value, str) else value


class PartyPart(Part):
    """One side of a duty: a body, each of its members, an office, a unit, or a superior."""

    body: Name | None = None
    each_member_of: Name | None = None
    office: Name | None = None
    unit: Words | None = None
    superior: Words | None = None
    by_name: bool = False

    @model_validator(mode="after")
    def _is_one_party(self) -> Self:
        named = (self.body, self.each_member_of, self.office, self.unit, self.superior)
        if sum(value is not None for value in named) != 1:
            raise PydanticCustomError("party_form", "")
        return self


Periods = Annotated[
    Cell[Annotated[list[PeriodId], Field(min_length=1)]], WrapValidator(plain_or_cell)
]
"""Periods that may stand bare (then the article of the duty covers them) or as a cell."""


class DutyPart(Part):
    """Who owes which report to whom, and when."""

    debtors: list[PartyPart] = Field(min_length=1)
    to: list[PartyPart] = Field(min_length=1)
    what: Words
    periods: Periods
    article: Article
    unasked: bool = False
    due: Annotated[DuePart, BeforeValidator(_rule_table)] | None = None
    through: Words | None = None
    note: Words | None = None


class SessionPart(Part):
    """A recurring exchange with another party."""

    host: Words
    party: Words
    what: Words
    every: Annotated[int, Field(ge=1, le=60)]
    unit: UnitId
    article: Article


class RhythmPart(Part):
    """How often a body meets."""

    times: Count
    every: Annotated[int, Field(ge=1, le=60)]
    unit: UnitId
    article: Article
    note: Words | None = None


class QuorumConditionPart(Part):
    """Who must all be present when others are away."""

    id: RowId
    when_absent: list[Name] = Field(min_length=1)
    must_attend: list[Name] = Field(min_length=1)
    article: Article
    reading: Cell[Literal["in_addition", "instead"]]


class QuorumPart(Part):
    """The share of all members that must attend."""

    id: RowId
    share: Share
    condition: QuorumConditionPart | None = None


class DividedPart(Part):
    """Where a vote goes that fails while opinions differ."""

    outcome: OutcomeId
    next: NextId
    article: Article
    body: Name | None = None


class VotePart(Part):
    """How a meeting decides; without a threshold that of [common] holds."""

    id: RowId
    threshold: Share | None = None
    secret_matters: list[MatterId] = Field(default_factory=list)
    secret_article: Article | None = None
    form_is_free: bool = False
    abstain: Cell[bool] | None = None
    divided: DividedPart | None = None
    divided_again: DividedPart | None = None


class PapersPart(Part):
    """Days before a meeting by which papers are sent."""

    id: RowId
    to_members: Count
    through_office: bool = False
    with_invitation: bool = False
    extraordinary_exempt: bool
    article: Article


class GuestPart(Part):
    """Those invited beside the members."""

    who: Words
    when: Words | None = None
    not_to_closed_items: bool = False
    article: Article


class AbsencePart(Part):
    """Whose consent an absent member asks."""

    id: RowId
    consent_by: Name
    article: Article


class DelegationPart(Part):
    """Who may act in whose place."""

    of: Name
    to: list[Name] = Field(min_length=1)
    what: Words
    article: Article
    away_article: Article | None = None
    decided_by: Name | None = None
    scope: Cell[Literal["all", "chair_and_sign"]] | None = None


class PreparationPart(Part):
    """Who prepares the programme and the items."""

    id: RowId
    programme_by: Name
    items_by: Words
    article: Article


class ConvenerPart(Part):
    """Who calls a meeting."""

    id: RowId
    by: Name
    article: Article


class RequestsPart(Part):
    """The share of members who can ask for an extraordinary meeting."""

    id: RowId
    share: Share
    decided_by: Name


class MinutesPart(Part):
    """Minutes are kept."""

    id: RowId
    kept_by: Name | None = None
    article: Article


class QuestionsPart(Part):
    """Members' questions get a place on the agenda; whoever is asked owes an answer."""

    id: RowId
    article: Article
    answer_article: Article | None = None
    answer_days: Cell[Days] | None = None


class PassOnPart(Part):
    """To whom decisions that concern its tasks are passed on."""

    id: RowId
    to: Words
    article: Article


class ConfidencePart(Part):
    """A confidence vote on the members of a body."""

    id: RowId
    of_body: Name
    article: Article


class UrgentPart(Part):
    """Urgent matters of other bodies that this body may settle."""

    id: RowId
    instead_of: list[Name] = Field(min_length=1)
    excluded: list[MatterId]
    article: Article


class AnnouncementPart(Part):
    """What lands on the next agenda by itself."""

    what: Words
    from_body: Name
    article: Article
    gathers: bool = False


class ExtendedPart(Part):
    """Conferences with others beside the body."""

    id: RowId
    counts: Cell[bool]
    article: Article


class MeetingsPart(Part):
    """How a body meets."""

    rhythm: dict[RowId, RhythmPart] = Field(default_factory=dict)
    quorum: QuorumPart | None = None
    vote: VotePart | None = None
    papers: PapersPart | None = None
    minutes: MinutesPart | None = None
    convener: ConvenerPart | None = None
    preparation: PreparationPart | None = None
    absence: AbsencePart | None = None
    requests: RequestsPart | None = None
    questions: QuestionsPart | None = None
    pass_on: PassOnPart | None = None
    confidence: ConfidencePart | None = None
    urgent: UrgentPart | None = None
    extended: ExtendedPart | None = None
    guest: dict[RowId, GuestPart] = Field(default_factory=dict)
    delegation: dict[RowId, DelegationPart] = Field(default_factory=dict)
    announcement: dict[RowId, AnnouncementPart] = Field(default_factory=dict)


Hour = Annotated[int, Field(ge=1, le=23)]
Receipt = Literal["delivered", "acknowledged", "recorded"]


class ReservePart(Part):
    """Reserving a differing opinion: until when, and whom its words reach."""

    article: Article
    days: Cell[Days]
    words: Cell[Literal["office", "members"]]


class Common(Part):
    """Values that hold for every body of the regulation unless the body says otherwise."""

    receipt: Cell[Receipt]
    suggested_days: Cell[Days]
    day_ends_at: Cell[Hour]
    outage_presses: Cell[Literal["hold", "count", "leave_out"]] | None = None
    least_notice: Cell[NoticeDays] | None = None
    differing_is: Cell[Literal["reject_differ", "with_comments"]] | None = None
    reserve: ReservePart | None = None
    threshold: Share | None = None
    papers_to_office: Cell[Days] | None = None
    rhythm_reminders: Cell[list[Days]] | None = None
    least_ballots: Cell[Annotated[int, Field(ge=3, le=99)]] | None = None
    rhythm_reading: Cell[Literal["calendar", "from_last"]] | None = None
    days_before: Cell[Literal["hours", "dates"]] | None = None
    duty_reminders: Cell[list[Annotated[int, Field(ge=0, le=366)]]] | None = None
    report_due: Cell[DueDay] | None = None
    debtor_day: Cell[Annotated[int, Field(ge=0, le=31)]] | None = None
    upward_report_days: Cell[Days] | None = None
    second_round_days: Cell[Days] | None = None


class GroundPart(Sourced):
    """A ground on which a body may be asked in writing; `value = false` takes it away."""

    value: bool = True


Says = Annotated[Provision, Field(strict=False)]


class Excluded(Part):
    """Matters that may not be asked in writing, on these grounds or on all: why, and what can be done instead.

    `applies` and `lifted` are settings: the matters are taken where the exclusion does not apply, or is lifted.
    """

    matters: list[MatterId]
    grounds: list[GroundId] = Field(default_factory=list)
    article: Article
    says: Says | None = None
    because: Words
    instead: Words
    offers_meeting: bool = False
    applies: Cell[bool] | None = None
    lifted: Cell[bool] | None = None

    @property
    def stands(self) -> bool:
        """Whether the matters are refused as the committee reads it."""
        applies = self.applies is None or self.applies.value
        return applies and not (self.lifted is not None and self.lifted.value)


class Forbidden(Part):
    """Why a body is never asked in writing."""

    article: Article
    says: Says | None = None
    because: Words
    instead: Words


class NoElectionPart(Part):
    """Matters that must be confirmed to be no election."""

    matters: list[MatterId] = Field(min_length=1)
    article: Article


class AsksPart(Cell[bool]):
    """Matters under one setting for which silence counts only where the requester confirms it at launch."""

    matters: list[MatterId] = Field(min_length=1)


class SilencePart(Part):
    """What no answer by the due moment means."""

    means: Literal["consent", "not_counted"]
    article: Article
    note: Words | None = None
    receipt: Cell[Receipt] | None = None
    covers: dict[GroundId, Cell[bool]] = Field(default_factory=dict)
    asks: dict[MatterId, Cell[bool]] = Field(default_factory=dict)
    asks_together: AsksPart | None = None
    shares_responsibility: bool = False


class WindowPart(Part):
    """How long members have."""

    clock: Literal["deadline", "recipient"]
    article: Article | None = None
    working_days: Days | None = None
    suggested_days: Cell[Days] | None = None
    day_ends_at: Cell[Hour] | None = None
    acknowledge_within: Cell[Days] | None = None
    recipient_due: Cell[Literal["later", "stated"]] | None = None
    note: Words | None = None


class RulingPart(Part):
    """One outcome with what follows."""

    outcome: OutcomeId
    next: NextId
    article: Article
    offers_meeting: bool = False
    body: Name | None = None
    note: Words | None = None


class SecondRoundPart(Part):
    """A divided matter is brought up once more: who is asked, where it goes when opinions differ again."""

    asks: Literal["all", "differing"]
    article: Article
    divided: RulingPart
    note: Words | None = None


class RulingsPart(Part):
    """Which outcome follows which count; where opinions are only collated, nothing fails."""

    enough: RulingPart
    enough_with_differing: RulingPart
    failed_with_differing: RulingPart | None = None
    failed: RulingPart | None = None


class MoreTimePart(Part):
    """A recipient may ask for a later moment."""

    article: Article
    most_days: Cell[Days]


class LeadTimePart(Part):
    """A text must be sent so many days before it is submitted."""

    article: Article
    days: Days


class WrittenPart(Part):
    """How a body is asked in writing."""

    article: Article
    note: Words | None = None
    grounds: dict[GroundId, GroundPart] = Field(default_factory=dict)
    matters: list[MatterId] = Field(default_factory=list)
    excluded: list[Excluded] = Field(default_factory=list)
    forbidden: Forbidden | None = None
    collates: bool = False
    threshold: Share | None = None
    silence: SilencePart | None = None
    window: WindowPart | None = None
    rulings: RulingsPart | None = None
    reserve_article: Article | None = None
    meeting_article: Article | None = None
    more_time: MoreTimePart | None = None
    lead_time: LeadTimePart | None = None
    secret_slips: Cell[bool] | None = None
    abstain: Cell[bool] | None = None
    division_in_writing: Cell[Literal["superior", "meeting"]] | None = None
    no_election: NoElectionPart | None = None
    second_round: SecondRoundPart | None = None


class BodyPart(Part):
    """A body with its rules."""

    name: Words
    of_agencies: bool = False
    heads: list[Office] = Field(min_length=1)
    head_article: Article
    upward_words: Words | None = None
    written: WrittenPart
    meetings: MeetingsPart | None = None


class Document(Part):
    """A whole regulation file."""

    id: Name
    title: Words
    note: Words | None = None
    offices: dict[Office, Article] = Field(min_length=1)
    common: Common
    body: dict[Name, BodyPart] = Field(min_length=1)
    working_session: dict[RowId, SessionPart] = Field(default_factory=dict)
    duty: dict[RowId, DutyPart] = Field(default_factory=dict)
