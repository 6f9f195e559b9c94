"""The smallest parts of a regulation file: a value with its source, a share, an article. No rule lives here."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.regulations.rules.own_ids import OWN_ID
from bot.regulations.rules.regulation import Ground, Next, Outcome
from bot.regulations.rules.terms import Matter, Profile
from bot.values.spans import Counts, Span

T = TypeVar("T")

_ARTICLE = re.compile(r"\d+(?:\.\d+)*[a-zđ]?(?:, \d+(?:\.\d+)*[a-zđ]?)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ROW = re.compile(r"[A-Z][A-Z0-9]*-[A-Z][0-9]+[a-z]?")
_SPOKEN = re.compile(r"\S(?:[^\n\r\t<>{}]{0,58}[^\s<>{}])?")
_FRACTION = re.compile(r"([0-9]{1,3})/([0-9]{1,3})")


def _matching(pattern: re.Pattern[str], kind: str) -> AfterValidator:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise PydanticCustomError(kind, "")
        return text

    return AfterValidator(check)


def fraction(text: str) -> str:
    """A share above nothing and up to all, written in whole numbers; refuses 0/1, 3/2 and 0.66."""
    match = _FRACTION.fullmatch(text)
    if match is None:
        raise PydanticCustomError("fraction_form", "")
    upper, lower = int(match[1]), int(match[2])
    if not 0 < upper <= lower:
        raise PydanticCustomError("fraction_impossible", "")
    return text


def below_all(text: str) -> str:
    """A share that somebody can exceed; more than all is nobody's."""
    if Fraction(text) == 1:
        raise PydanticCustomError("fraction_impossible", "")
    return text


Article = Annotated[str, _matching(_ARTICLE, "article_form")]
Name = Annotated[str, _matching(_NAME, "name_form")]
OwnId = Annotated[str, _matching(OWN_ID, "own_id_form")]
RowId = Annotated[str, _matching(_ROW, "row_form")]
FractionText = Annotated[str, AfterValidator(fraction)]
ExceededText = Annotated[FractionText, AfterValidator(below_all)]
Words = Annotated[str, Field(min_length=1)]
Spoken = Annotated[str, _matching(_SPOKEN, "spoken_form")]
"""Words of a rule book for one thing: they stand on a button and within a sentence."""
Days = Annotated[int, Field(ge=1, le=366)]
Hours = Annotated[int, Field(ge=1, le=720)]
NoticeDays = Annotated[int, Field(ge=0, le=5)]
Office = Literal[
    "secretary",
    "standing_deputy",
    "deputy",
    "standing_member",
    "organisation_member",
    "member",
    "agency",
]
"""Offices that are known by themselves; a rule book may name others, with their words."""
MatterId = Annotated[Matter, Field(strict=False)]
GroundId = Annotated[Ground, Field(strict=False)]
OutcomeId = Annotated[Outcome, Field(strict=False)]
NextId = Annotated[Next, Field(strict=False)]
ProfileId = Annotated[Profile, Field(strict=False)]


class Part(BaseModel):
    """Any table of a file: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class SpanKeys(Part):
    """How long something may take, in one of the ways of counting; none where the file does not say."""

    working_days: Days | None = None
    calendar_days: Days | None = None
    calendar_days_exact: Days | None = None
    hours: Hours | None = None
    hours_exact: Hours | None = None

    @model_validator(mode="after")
    def _counts_in_one_way(self) -> Self:
        if sum(getattr(self, each.value) is not None for each in Counts) > 1:
            raise PydanticCustomError("span_form", "")
        return self

    @property
    def span(self) -> Span | None:
        """The one that is given."""
        given = ((each, getattr(self, each.value)) for each in Counts)
        return next((Span(count, each) for each, count in given if count is not None), None)


class Sourced(Part):
    """A value from an article, an assumption, or a blank of a model text that a committee fills."""

    article: Article | None = None
    assumption: bool = False
    blank: bool = False
    setting: Name | None = None
    note: Words | None = None

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if self.assumption or self.blank:
            if self.setting is None or self.note is None:
                raise PydanticCustomError("assumption_unnamed", "")
        elif self.article is None:
            raise PydanticCustomError("citation_missing", "")
        elif self.setting is not None:
            raise PydanticCustomError("setting_of_cited", "")
        return self

    @property
    def given_by(self) -> str | None:
        """The article that gives the value; None of an assumption or a blank, whatever article it stands beside."""
        return None if self.assumption or self.blank else self.article


class Cell(Sourced, Generic[T]):
    """One value with its source."""

    value: T


def plain_or_cell(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """Take a bare value as one that its table's article covers."""
    if isinstance(value, dict):
        return handler(value)
    return handler({"value": value, "article": "0"}).model_copy(update={"article": None})


Count = Annotated[Cell[Days], WrapValidator(plain_or_cell)]
"""A number that may stand bare (then the article of its table covers it) or as a cell."""


class Share(Sourced):
    """A share of all members, of those present or of those who reply: "at_least" (from it on) or "more_than"."""

    at_least: FractionText | None = None
    more_than: ExceededText | None = None
    of: Literal["members", "present", "replying"]

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if (self.at_least is None) == (self.more_than is None):
            raise PydanticCustomError("share_bounds", "")
        return self

    @property
    def fraction(self) -> Fraction:
        """The share as an exact number."""
        return Fraction(self.at_least or self.more_than or "1")


class LeastPart(Part):
    """A least number beside a share: a whole number, or a share of all members."""

    number: Annotated[int, Field(ge=1, le=999)] | None = None
    at_least: FractionText | None = None
    more_than: ExceededText | None = None
    article: Article

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        forms = (self.number, self.at_least, self.more_than)
        if sum(form is not None for form in forms) != 1:
            raise PydanticCustomError("least_form", "")
        return self


class TiePart(Part):
    """Just half of the base is enough if the head is among it."""

    goes_to: Literal["head"]
    article: Article


class Needed(Share):
    """How much agreement a decision needs: a share, least numbers beside it, and what a tie comes to."""

    in_favour: LeastPart | None = None
    answers: LeastPart | None = None
    tie: TiePart | None = None
