"""Ids that a rule book names itself, beside those known everywhere. How they are called stands with its words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Any, Self, TypeVar

E = TypeVar("E", bound=StrEnum)

OWN_ID = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""No longer than a button carries beside what it does."""


class OpenEnum(StrEnum):
    """Ids of a kind, which are its members and those that a rule book names itself.

    One of its own is the same wherever it is read, also in a copy, and never a member. Whether a rule book names it is
    asked of the rule book; what has not the form of an id is refused as by any enum.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str) or not OWN_ID.fullmatch(value):
            return None
        own: Self = _of(cls, value)
        return own

    def __reduce_ex__(self, _protocol: object) -> tuple[Any, ...]:
        """Kept by its value; Python 3.11 keeps the name, by which only a member is found again."""
        return type(self), (self.value,)


@cache
def _of(kind: type[E], value: str) -> E:
    own: E = str.__new__(kind, value)
    own._name_, own._value_ = value.upper(), value
    return own
