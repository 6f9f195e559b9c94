"""The shape of a regulation file: head, bodies, writing. What it means is not known here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.regulations.cells import (
    Article,
    Cell,
    Days,
    GroundId,
    MatterId,
    Name,
    NextId,
    Office,
    OutcomeId,
    Part,
    RowId,
    Share,
    Sourced,
    Words,
)
from bot.regulations.duty_schema import DueDay, DutyPart, SessionPart
from bot.regulations.meeting_schema import MeetingsPart

Hour = Annotated[int, Field(ge=1, le=23)]
Receipt = Literal["delivered", "acknowledged", "recorded"]


class Common(Part):
    """Values that hold for every body of the regulation unless the body says otherwise."""

    receipt: Cell[Receipt]
    suggested_days: Cell[Days]
    day_ends_at: Cell[Hour]
    threshold: Share | None = None
    papers_to_office: Cell[Days] | None = None
    rhythm_reminders: Cell[list[Days]] | None = None
    least_ballots: Cell[Annotated[int, Field(ge=3, le=99)]] | None = None
    duty_reminders: Cell[list[Annotated[int, Field(ge=0, le=366)]]] | None = None
    report_due: Cell[DueDay] | None = None


class GroundPart(Sourced):
    """A ground on which a body may be asked in writing; `value = false` takes it away."""

    value: bool = True


class Excluded(Part):
    """Matters that may not be asked in writing, with why and what can be done instead."""

    matters: list[MatterId]
    article: Article
    because: Words
    instead: Words


class Forbidden(Part):
    """Why a body is never asked in writing."""

    article: Article
    because: Words
    instead: Words


class SilencePart(Part):
    """What no answer by the due moment means."""

    means: Literal["consent", "not_counted"]
    article: Article
    note: Words | None = None
    receipt: Cell[Receipt] | None = None
    covers: dict[GroundId, Cell[bool]] = Field(default_factory=dict)
    asks: dict[MatterId, Cell[bool]] = Field(default_factory=dict)
    shares_responsibility: bool = False


class WindowPart(Part):
    """How long members have."""

    clock: Literal["deadline", "recipient"]
    article: Article | None = None
    working_days: Days | None = None
    suggested_days: Cell[Days] | None = None
    day_ends_at: Cell[Hour] | None = None
    acknowledge_within: Cell[Days] | None = None
    note: Words | None = None


class RulingPart(Part):
    """One outcome with what follows."""

    outcome: OutcomeId
    next: NextId
    article: Article
    offers_meeting: bool = False
    note: Words | None = None


class RulingsPart(Part):
    """Which outcome follows which count."""

    enough: RulingPart
    enough_with_differing: RulingPart
    failed_with_differing: RulingPart
    failed: RulingPart


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


class BodyPart(Part):
    """A body with its rules."""

    name: Words
    of_agencies: bool = False
    heads: list[Office] = Field(min_length=1)
    head_article: Article
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
