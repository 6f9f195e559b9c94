"""How a body meets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.regulations.cells import (
    Article,
    Cell,
    Count,
    Days,
    MatterId,
    Name,
    Needed,
    NextId,
    OutcomeId,
    Part,
    RowId,
    Share,
    Words,
)
from bot.regulations.rules.meetings import Unit
from bot.regulations.schema.common import RecusalPart

UnitId = Annotated[Unit, Field(strict=False)]


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


class QuorumGroupPart(Part):
    """Members of whom at least one must attend, by their seats."""

    name: Words
    seats: list[Name] = Field(min_length=1)
    article: Article


class QuorumPart(Part):
    """The share of all members that must attend, and the groups of which somebody must."""

    id: RowId
    share: Share
    groups: list[QuorumGroupPart] = Field(default_factory=list)
    condition: QuorumConditionPart | None = None


class DividedPart(Part):
    """Where a vote goes that fails while opinions differ."""

    outcome: OutcomeId
    next: NextId
    article: Article
    body: Name | None = None


class VoteNeededOn(Needed):
    """The threshold of votes on some matters, in place of the one for all."""

    matters: list[MatterId] = Field(min_length=1)


class VotePart(Part):
    """How a meeting decides; without a threshold that of [common] holds."""

    id: RowId
    threshold: Needed | None = None
    own_threshold: list[VoteNeededOn] = Field(default_factory=list)
    secret_matters: list[MatterId] = Field(default_factory=list)
    secret_article: Article | None = None
    form_is_free: bool = False
    abstain: Cell[bool] | None = None
    divided: DividedPart | None = None
    divided_again: DividedPart | None = None
    recusal: RecusalPart | None = None


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
    """Who can ask for an extraordinary meeting: a share of the members, or the holder of an office alone."""

    id: RowId
    share: Share
    decided_by: Name | None = None
    alone: list[Name] = Field(default_factory=list)


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
