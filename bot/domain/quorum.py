"""Whether enough members attend, in whole numbers, with the special condition where a text has one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.meetings import Quorum, QuorumCondition, QuorumReading

PART_TIME, FULL_TIME = "part_time", "full_time"


class Seated(Protocol):
    """A member of the roll, as far as attendance asks."""

    @property
    def person(self) -> int:
        """Who it is."""
        ...

    @property
    def office(self) -> str:
        """The office held."""
        ...

    @property
    def full_time(self) -> bool:
        """Chuyên trách, or not."""
        ...


@dataclass(frozen=True, slots=True)
class QuorumFound:
    """How attendance stands to the rule. `required` is 0 where the text asks for no quorum."""

    holds: bool
    required: int
    present: int
    roll: int
    condition_applies: bool = False
    """Somebody whose absence brings the special condition about is away."""
    missing: tuple[int, ...] = ()
    """Persons who must be present under the condition and are not."""
    articles: tuple[str, ...] = ()


def quorum(rule: Quorum | None, roll: Sequence[Seated], present: Collection[int]) -> QuorumFound:
    """How those present stand to the rule; without a rule any attendance will do."""
    here = [seat for seat in roll if seat.person in present]
    if rule is None:
        return QuorumFound(True, 0, len(here), len(roll))
    required = rule.share.required(len(roll))
    enough = rule.share.met(len(here), len(roll))
    condition = rule.condition
    applies = condition is not None and _applies(condition, roll, present)
    missing = _missing(condition, roll, present) if condition and applies else ()
    instead = condition is not None and applies and condition.reading is QuorumReading.INSTEAD
    articles = [rule.article, *([condition.article] if condition and applies else [])]
    return QuorumFound(
        holds=(enough or instead) and not missing,
        required=required,
        present=len(here),
        roll=len(roll),
        condition_applies=applies,
        missing=missing,
        articles=tuple(dict.fromkeys(articles)),
    )


def _applies(condition: QuorumCondition, roll: Sequence[Seated], present: Collection[int]) -> bool:
    return any(
        seat.person not in present and _is_one_of(seat, condition.when_absent) for seat in roll
    )


def _missing(
    condition: QuorumCondition, roll: Sequence[Seated], present: Collection[int]
) -> tuple[int, ...]:
    return tuple(
        seat.person
        for seat in roll
        if seat.person not in present and _is_one_of(seat, condition.must_attend)
    )


def _is_one_of(seat: Seated, kinds: Collection[str]) -> bool:
    full = FULL_TIME if seat.full_time else PART_TIME
    return full in kinds or seat.office in kinds
