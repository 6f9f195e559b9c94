"""A search as a condition: kept subjects, numbers, years, people. What is searched is not known here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, true

from bot.values.moments import bounds_of_year
from bot.values.sought import Sought, may_be_year

MOST_PERSONS = 500
"""So many people of one name are looked for at most; a name that fits more of them says nothing."""


def holds_words(kept: ColumnElement[str], sought: Sought) -> ColumnElement[bool]:
    """Whether each word begins a word of a text that was made searchable."""
    return and_(true(), *(kept.contains(f" {word}", autoescape=True) for word in sought.words))


def holds_number(kept: ColumnElement[str], number: int) -> ColumnElement[bool]:
    """Whether a number stands in a text that was made searchable, not only begins one there."""
    return (kept + " ").contains(f" {number} ")


def is_number(
    number: ColumnElement[int | None], at: ColumnElement[datetime], sought: int
) -> ColumnElement[bool]:
    """Whether a number looked for is the thing's own, or its year."""
    return or_(number == sought, in_year(at, sought))


def in_year(at: ColumnElement[datetime], year: int) -> ColumnElement[bool]:
    """Whether a moment lies in a year, where the number may be one."""
    if not may_be_year(year):
        return false()
    start, end = bounds_of_year(year)
    return and_(at >= start, at < end)


def among(person: ColumnElement[int], persons: Collection[int]) -> ColumnElement[bool]:
    """Whether it is one of these people."""
    return person.in_(sorted(persons)) if 0 < len(persons) <= MOST_PERSONS else false()
