"""Who owes which report to whom and when; exchanges with another party."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WrapValidator, model_validator
from pydantic_core import PydanticCustomError

from bot.regulations.cells import (
    Article,
    Cell,
    Name,
    Part,
    SpanKeys,
    Words,
    plain_or_cell,
)
from bot.regulations.rules.duties import Happens, Period
from bot.regulations.schema.meetings import UnitId

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_LEAP_YEAR = 2024

PeriodId = Annotated[Period, Field(strict=False)]


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


class DuePart(SpanKeys):
    """When a report is due, where the text or the nature of the report says so."""

    before: DayText | None = None
    latest: DayText | None = None
    rule: Literal["before_period", "by_hand"] | None = None
    after: Annotated[Happens, Field(strict=False)] | None = None
    body: Name | None = None
    article: Article | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = (self.before, self.latest, self.rule, self.after)
        if sum(each is not None for each in said) != 1:
            raise PydanticCustomError("due_form", "")
        if (self.after is None) != (self.span is None) or (self.span and self.span.in_hours):
            raise PydanticCustomError("due_after_form", "")
        return self

    @model_validator(mode="after")
    def _names_a_body_of_an_event(self) -> Self:
        """Whose event it is, is said of days after an event alone."""
        if self.after is None and self.body:
            raise PydanticCustomError("due_after_form", "")
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
    periods: Periods | None = None
    article: Article
    unasked: bool = False
    due: Annotated[DuePart, BeforeValidator(_rule_table)] | None = None
    through: Words | None = None
    note: Words | None = None

    @property
    def every(self) -> frozenset[Period]:
        """The periods that the file names; none where it is due after an event."""
        return frozenset(self.periods.value if self.periods else ())


class SessionPart(Part):
    """A recurring exchange with another party."""

    host: Words
    party: Words
    what: Words
    every: Annotated[int, Field(ge=1, le=60)]
    unit: UnitId
    article: Article
