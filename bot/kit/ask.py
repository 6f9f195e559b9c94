"""What an act may still need of its person: a reason, a moment, a choice; each asked and read in one way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bot.kit.screen import Screen
from bot.kit.taps import Sent
from bot.kit.unit import UnitOfWork
from bot.values.moments import VIET_NAM
from bot.values.refusal import Refusal, Refused, faulty, refuse, unclear
from bot.values.texts import TextFault, clean
from bot.values.typed import MomentFault, parse_moment
from bot.values.working_days import WorkingCalendar

A_contra = TypeVar("A_contra", contravariant=True)
A = TypeVar("A")
Asked = Callable[[UnitOfWork, A, tuple[str, ...], int], Awaitable[Screen]]
"""The question as a screen: before whom, the arguments of its buttons so far, the page."""
MINUTE_DIGITS = 9
"""Digits of a moment on a button, in minutes; more lie beyond every calendar."""


class Need(Protocol[A_contra]):
    """One thing that is asked for. Its answer is kept as one word or text."""

    @property
    def awaits(self) -> bool:
        """Whether it may be answered by a message."""
        ...

    @property
    def files(self) -> bool:
        """Whether a file may come instead of words, or with them."""
        ...

    async def ask(
        self, work: UnitOfWork, before: A_contra, args: tuple[str, ...], page: int
    ) -> Screen:
        """The question; a button that answers it presses the act's name with `args` and the answer."""
        ...

    def read(self, before: A_contra, sent: Sent, /) -> str:
        """The answer in a message; raises `Refused` when it holds none."""
        ...

    def refuse(self, before: A_contra, answer: str, at: datetime) -> Refusal | None:
        """Why this answer is not taken; asked again in the transaction that writes."""
        ...


def _nothing(_before: object, _answer: str, _at: datetime) -> Refusal | None:
    return None


@dataclass(frozen=True, slots=True)
class Words(Generic[A]):
    """Words of at most `limit` characters, such as a reason; with `files` a file may do without them.

    `optional`: a button may answer with none.
    """

    card: Asked[A]
    limit: int
    against: Callable[[A, str, datetime], Refusal | None] = _nothing
    optional: bool = False
    files: bool = False
    awaits: bool = True

    async def ask(self, work: UnitOfWork, before: A, args: tuple[str, ...], page: int) -> Screen:
        """The question."""
        return await self.card(work, before, args, page)

    def read(self, _before: A, sent: Sent, /) -> str:
        """The words, cleaned."""
        if sent.file is not None and not self.files:
            refuse("words_not_file")
        if sent.file is not None and not sent.text:
            return ""
        cleaned = clean(sent.text, self.limit)
        if isinstance(cleaned, TextFault):
            raise Refused(faulty(cleaned))
        return cleaned

    def refuse(self, before: A, answer: str, at: datetime) -> Refusal | None:
        """Empty words are none, unless a file may do without them."""
        if not answer and not self.files and not self.optional:
            return Refusal("reason_needed")
        return self.against(before, answer, at)


@dataclass(frozen=True, slots=True)
class Moment(Generic[A]):
    """A moment, offered by buttons (in minutes since 1970) or typed (kept to the second).

    `calendar` gives the working days and the hour at which a day given without one ends.
    """

    card: Asked[A]
    calendar: Callable[[A], tuple[WorkingCalendar, int]]
    against: Callable[[A, datetime, datetime], Refusal | None]
    files: bool = False
    awaits: bool = True

    async def ask(self, work: UnitOfWork, before: A, args: tuple[str, ...], page: int) -> Screen:
        """The moments offered."""
        return await self.card(work, before, args, page)

    def read(self, before: A, sent: Sent, /) -> str:
        """The moment as an official types it."""
        days, ends = self.calendar(before)
        moment = parse_moment(sent.text, sent.at, days, ends)
        if isinstance(moment, MomentFault):
            raise Refused(unclear(moment))
        return moment.isoformat()

    def refuse(self, before: A, answer: str, at: datetime) -> Refusal | None:
        """What is no moment, and what the subject has against one."""
        moment = moment_of(answer)
        return self.against(before, moment, at) if moment else Refusal("stale_question")


@dataclass(frozen=True, slots=True)
class Pick(Generic[A]):
    """One of several, by a button."""

    card: Asked[A]
    against: Callable[[A, str, datetime], Refusal | None] = _nothing
    files: bool = False
    awaits: bool = False

    async def ask(self, work: UnitOfWork, before: A, args: tuple[str, ...], page: int) -> Screen:
        """What there is to choose from, at a page."""
        return await self.card(work, before, args, page)

    def read(self, _before: A, _sent: Sent, /) -> str:
        """A choice is not typed."""
        raise Refused(Refusal("press_a_button"))

    def refuse(self, before: A, answer: str, at: datetime) -> Refusal | None:
        """What the subject has against this choice."""
        return self.against(before, answer, at)


def minutes(moment: datetime) -> str:
    """A moment as buttons carry it: whole minutes since 1970."""
    return str(int(moment.timestamp()) // 60)


def moment_of(answer: str) -> datetime | None:
    """The moment that a button carries, or that was typed; None when it is neither."""
    if answer.isdecimal():
        return (
            datetime.fromtimestamp(int(answer) * 60, VIET_NAM)
            if len(answer) <= MINUTE_DIGITS
            else None
        )
    try:
        moment = datetime.fromisoformat(answer)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
