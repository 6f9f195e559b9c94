"""From when to when somebody stands in for another: how both moments are asked for and read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from bot.kit.ask import Asked, Moment, moment_of
from bot.kit.taps import Sent
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, Refused, unclear
from bot.values.typed import FARTHEST, MomentFault, parse_moment
from bot.values.working_days import WorkingCalendar

AT_ONCE = "0"
"""The moment of the button "from now on": one that has passed means that."""
MIDNIGHT = 24
LAST_SECOND = timedelta(seconds=1)


class HasCalendar(Protocol):
    """Before whom moments are read: by the working days of the committee."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Its working days."""
        ...


A = TypeVar("A", bound=HasCalendar)


def starts(answer: str, now: datetime) -> datetime:
    """From when; a start that has passed means from now on."""
    return max(moment_of(answer) or now, now)


def _any(_before: HasCalendar, _moment: datetime, _at: datetime) -> Refusal | None:
    """Both ends are judged together, once they are known."""
    return None


class FirstMoment(Moment[A], Generic[A]):
    """The moment at which somebody begins to stand in; it may have passed.

    A day without an hour: from its beginning in Viet Nam.
    """

    def __init__(self, card: Asked[A]) -> None:
        super().__init__(card, lambda before: (before.calendar, 0), _any)

    def read(self, before: A, sent: Sent, /) -> str:
        """The moment as an official types it."""
        return max(_typed(before, sent, 0), sent.at).isoformat()


class LastMoment(Moment[A], Generic[A]):
    """The moment until which somebody stands in; it may have passed.

    A day without an hour: that whole day in Viet Nam.
    """

    def __init__(self, card: Asked[A]) -> None:
        super().__init__(card, lambda before: (before.calendar, 0), _any)

    def read(self, before: A, sent: Sent, /) -> str:
        """The moment as an official types it."""
        moment = _typed(before, sent, MIDNIGHT)
        at_midnight = in_viet_nam(moment).hour == in_viet_nam(moment).minute == 0
        return (moment - LAST_SECOND if at_midnight else moment).isoformat()


def _typed(before: HasCalendar, sent: Sent, hour: int) -> datetime:
    earliest = sent.at - FARTHEST
    moment = parse_moment(sent.text, sent.at, before.calendar, hour, earliest=earliest)
    if isinstance(moment, MomentFault):
        raise Refused(unclear(moment))
    return moment
