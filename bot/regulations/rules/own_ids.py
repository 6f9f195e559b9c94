"""Ids that a rule book names itself, beside those known everywhere. How they are called stands with its words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)

OWN_ID = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""No longer than a button carries beside what it does."""


def own_id(kind: type[E], value: object) -> E | None:
    """An id of that kind that a rule book names itself: always the same one, and none of its members.

    None for what has not the form of an id. Whether a rule book names it is asked of the rule book.
    """
    if not isinstance(value, str) or not OWN_ID.fullmatch(value):
        return None
    own: E = _of(kind, value)
    return own


@cache
def _of(kind: type[E], value: str) -> E:
    own: E = str.__new__(kind, value)
    own._name_, own._value_ = value.upper(), value
    return own
