"""How a body is asked in writing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, WrapValidator, model_validator
from pydantic_core import PydanticCustomError

from bot.regulations.cells import (
    Article,
    Cell,
    Days,
    GroundId,
    MatterId,
    Name,
    Needed,
    NextId,
    OutcomeId,
    Part,
    Share,
    Sourced,
    SpanKeys,
    Words,
    plain_or_cell,
)
from bot.regulations.positions import KeyPath
from bot.regulations.rules.regulation import Provision
from bot.regulations.schema.common import Hour, Receipt, RecusalPart


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


class NeededOn(Needed):
    """The threshold of some matters on some grounds, in place of the one for all; named none means every one."""

    matters: list[MatterId] = Field(default_factory=list)
    grounds: list[GroundId] = Field(default_factory=list)


Means = Annotated[
    Cell[Literal["consent", "not_counted", "abstention"]], WrapValidator(plain_or_cell)
]
"""What no answer means: bare, or as a cell where a committee chooses it."""


class OwnSilencePart(Part):
    """What no answer means for some matters, in place of what it means for all."""

    matters: list[MatterId] = Field(min_length=1)
    means: Means
    article: Article


class SilencePart(Part):
    """What no answer by the due moment means."""

    means: Means
    article: Article
    note: Words | None = None
    receipt: Cell[Receipt] | None = None
    covers: dict[GroundId, Cell[bool]] = Field(default_factory=dict)
    asks: dict[MatterId, Cell[bool]] = Field(default_factory=dict)
    asks_together: AsksPart | None = None
    shares_responsibility: bool = False
    own: list[OwnSilencePart] = Field(default_factory=list)


class ObjectionPart(Part):
    """One differing opinion ends the matter: so many minutes after it, unless it is taken back before."""

    article: Article
    minutes: Cell[Annotated[int, Field(ge=0, le=1440)]]


class LeastWindowPart(SpanKeys):
    """How near a deadline may be at most."""

    article: Article | None = None


class WindowPart(SpanKeys):
    """How long members have."""

    clock: Literal["deadline", "recipient"]
    article: Article | None = None
    suggested_days: Cell[Days] | None = None
    suggested: SpanKeys | None = None
    least_days: Cell[Days] | None = None
    least: LeastWindowPart | None = None
    day_ends_at: Cell[Hour] | None = None
    acknowledge_within: Cell[Days] | None = None
    recipient_due: Cell[Literal["later", "stated"]] | None = None
    note: Words | None = None


class RowPart(Part):
    """One outcome with what follows."""

    outcome: OutcomeId
    next: NextId
    article: Article
    offers_meeting: bool = False
    body: Name | None = None
    note: Words | None = None


class RulingPart(RowPart):
    """A row that a committee may choose: where the setting `applies` does not hold, `otherwise` is the row."""

    applies: Cell[bool] | None = None
    otherwise: RowPart | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if (self.applies is None) != (self.otherwise is None):
            raise PydanticCustomError("ruling_half", "")
        return self

    @property
    def chosen(self) -> RowPart:
        """The row as the committee reads it."""
        holds = self.applies is None or self.applies.value
        return self if holds or self.otherwise is None else self.otherwise

    @property
    def either(self) -> tuple[tuple[KeyPath, RowPart], ...]:
        """The row, and the one that may be chosen instead, each by where it stands in this table."""
        return (((), self), *([(("otherwise",), self.otherwise)] if self.otherwise else []))


class BecausePart(Part):
    """Why a matter is discussed once more, and which; named none means every one."""

    article: Article
    matters: list[MatterId] = Field(default_factory=list)


class OpposedPart(BecausePart):
    """It is, because so large a share is against it."""

    share: Share


class NotEnoughPart(BecausePart):
    """It is, because too few are for it, though at least this share."""

    share: Share | None = None


class CausesPart(Part):
    """Why a matter is discussed once more, whatever the outcome table says of it."""

    few_answers: BecausePart | None = None
    opposed: OpposedPart | None = None
    tie: BecausePart | None = None
    not_enough: NotEnoughPart | None = None


class SecondRoundPart(Part):
    """A matter is brought up once more: why, who is asked, by when, how much is needed, where it goes after it."""

    asks: Literal["all", "differing"]
    article: Article
    divided: RulingPart | None = None
    failed: RulingPart | None = None
    because: CausesPart = Field(default_factory=CausesPart)
    threshold: Needed | None = None
    within: Cell[Days] | None = None
    answer_days: Cell[Days] | None = None
    note: Words | None = None


class RulingsPart(Part):
    """Which outcome follows which count; where opinions are only collated, nothing fails."""

    enough: RulingPart
    enough_with_differing: RulingPart
    failed_with_differing: RulingPart | None = None
    failed: RulingPart | None = None

    @property
    def rows(self) -> Iterator[tuple[KeyPath, RowPart]]:
        """Every row, and every one that may be chosen in its place, by where it stands in this table."""
        for name in type(self).model_fields:
            row: RulingPart | None = getattr(self, name)
            yield from (((name, *where), each) for where, each in (row.either if row else ()))

    @property
    def on_differing(self) -> Iterator[RowPart]:
        """What may follow where opinions differ."""
        for row in (self.enough_with_differing, self.failed_with_differing):
            yield from (each for _, each in (row.either if row else ()))


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
    threshold: Needed | None = None
    own_threshold: list[NeededOn] = Field(default_factory=list)
    silence: SilencePart | None = None
    window: WindowPart | None = None
    rulings: RulingsPart | None = None
    objection: ObjectionPart | None = None
    recusal: RecusalPart | None = None
    reserve_article: Article | None = None
    meeting_article: Article | None = None
    more_time: MoreTimePart | None = None
    lead_time: LeadTimePart | None = None
    secret_slips: Cell[bool] | None = None
    abstain: Cell[bool] | None = None
    division_in_writing: Cell[Literal["superior", "meeting"]] | None = None
    no_election: NoElectionPart | None = None
    second_round: SecondRoundPart | None = None
