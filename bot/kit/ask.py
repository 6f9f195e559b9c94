"""What an act may still need of its person: a reason, a moment, a choice; each asked and read in one way."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Generic, Protocol, TypeVar

from bot.kit.files import refuse_macros
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Sent
from bot.kit.unit import UnitOfWork
from bot.values.files import FileRef, sha256_of
from bot.values.moments import INSTANT, VIET_NAM, begins, in_viet_nam
from bot.values.refusal import Refusal, Refused, faulty, refuse, require, unclear
from bot.values.texts import TextFault, clean, clean_line
from bot.values.typed import MomentFault, parse_moment
from bot.values.typed_days import TypedDays, parse_days
from bot.values.working_days import WorkingCalendar

A_contra = TypeVar("A_contra", contravariant=True)
A = TypeVar("A")
Asked = Callable[[UnitOfWork, A, tuple[str, ...], int], Awaitable[Screen]]
"""The question as a screen: before whom, the arguments of its buttons so far, the page."""
MINUTE_DIGITS = 9
"""Digits of a moment on a button, in minutes; more lie beyond every calendar."""
DAY_DIGITS = 8
"""Digits of a day on a button."""


class Need(Protocol[A_contra]):
    """One thing that is asked for. Its answer is kept as one word or text."""

    @property
    def awaits(self) -> bool:
        """Whether it may be answered by a message."""
        ...

    @property
    def files(self) -> bool:
        """Whether a file may come instead of words, or with them; too large or secret, it is not fetched."""
        ...

    async def ask(
        self, work: UnitOfWork, before: A_contra, args: tuple[str, ...], page: int
    ) -> Screen:
        """The question; a button that answers it presses the act's name with `args` and the answer."""
        ...

    def pressed(self, answer: str, /) -> str:
        """The answer on a button; raises `MalformedPressError` for what no button of this question carries."""
        ...

    def read(self, before: A_contra, sent: Sent, /) -> str:
        """The answer in a message; raises `Refused` when it holds none."""
        ...

    def refuse(self, before: A_contra, answer: str, at: datetime) -> Refusal | None:
        """Why this answer is not taken; asked again in the transaction that writes."""
        ...


def _nothing(_before: object, _answer: str, _at: datetime) -> Refusal | None:
    return None


def _always(_before: object, _at: datetime) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _OnCard(Generic[A]):
    """What is asked on a card."""

    card: Asked[A]

    async def ask(self, work: UnitOfWork, before: A, args: tuple[str, ...], page: int) -> Screen:
        """The question, at a page of what it offers."""
        return await self.card(work, before, args, page)


class _ByButton:
    """What a button alone answers."""

    __slots__ = ()
    awaits: ClassVar[bool] = False
    files: ClassVar[bool] = False

    def read(self, _before: object, _sent: Sent, /) -> str:
        """It is not typed."""
        raise Refused(Refusal("press_a_button"))


@dataclass(frozen=True, slots=True)
class Words(_OnCard[A]):
    """Words of at most `limit` characters, such as a reason.

    With `line` whatever is typed becomes one line; with `files` a file may do without them, and its bytes
    are handed over; `optional`: a button may answer with none.
    """

    awaits: ClassVar[bool] = True
    limit: int
    against: Callable[[A, str, datetime], Refusal | None] = _nothing
    files: bool = False
    optional: bool = False
    line: bool = False

    def pressed(self, answer: str, /) -> str:
        """Words that a button offers are clean ones."""
        if answer and clean(answer, self.limit) != answer:
            raise MalformedPressError
        return answer

    def read(self, _before: A, sent: Sent, /) -> str:
        """The words sent, cleaned; refuses a file where none is asked for, and what is too long or no words."""
        if sent.file is not None and not self.files:
            refuse("words_not_file")
        if sent.file is not None and not sent.text:
            return ""
        cleaned = (clean_line if self.line else clean)(sent.text, self.limit)
        if isinstance(cleaned, TextFault):
            raise Refused(faulty(cleaned))
        return cleaned

    def refuse(self, before: A, answer: str, at: datetime) -> Refusal | None:
        """Empty words are none, unless a file or a button may do without them."""
        if not answer and not (self.files or self.optional):
            return Refusal("reason_needed")
        return self.against(before, answer, at)


@dataclass(frozen=True, slots=True)
class Moment(_OnCard[A]):
    """A moment, offered by buttons (in minutes since 1970) or typed (kept to the second).

    `calendar` gives the working days and the hour at which a day given without one ends.
    """

    calendar: Callable[[A], tuple[WorkingCalendar, int]]
    against: Callable[[A, datetime, datetime], Refusal | None]
    files: ClassVar[bool] = False
    awaits: ClassVar[bool] = True

    def pressed(self, answer: str, /) -> str:
        """A moment in minutes; other forms are typed."""
        if not _in_digits(answer):
            raise MalformedPressError
        return answer

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
class Pick(_ByButton, _OnCard[A]):
    """One of several, by a button."""

    against: Callable[[A, str, datetime], Refusal | None] = _nothing

    def pressed(self, answer: str, /) -> str:
        """Whether it is one of them is asked where it is judged."""
        return answer

    def refuse(self, before: A, answer: str, at: datetime) -> Refusal | None:
        """What the subject has against this choice."""
        return self.against(before, answer, at)


YES = "yes"
"""The answer of the button that carries an act out."""


@dataclass(frozen=True, slots=True)
class Confirm(_ByButton, _OnCard[A]):
    """What an act means, read before it is carried out; its button presses the act with YES.

    With `only` it is asked where that holds at the moment of the press, and else taken as said.
    """

    only: Callable[[A, datetime], bool] = _always

    def pressed(self, answer: str, /) -> str:
        """There is one answer."""
        if answer != YES:
            raise MalformedPressError
        return answer

    def refuse(self, _before: A, _answer: str, _at: datetime) -> Refusal | None:
        """Whether the act may be done is asked of the act."""
        return None


@dataclass(frozen=True, slots=True)
class Given(_ByButton, Generic[A]):
    """What the act's own button names beside its subject, such as a person; it is never asked for.

    With a `default` a button may leave it out.
    """

    against: Callable[[A, str, datetime], Refusal | None] = _nothing
    default: str | None = None

    async def ask(
        self, _work: UnitOfWork, _before: A, _args: tuple[str, ...], _page: int
    ) -> Screen:
        """A button without it is cut."""
        raise MalformedPressError

    def pressed(self, answer: str, /) -> str:
        """Whether it fits is asked where it is judged."""
        return answer

    def refuse(self, before: A, answer: str, at: datetime) -> Refusal | None:
        """What the subject has against it."""
        return self.against(before, answer, at)


@dataclass(frozen=True, slots=True)
class Day(_OnCard[A]):
    """A day, offered by buttons (as 20260407) or typed; today is still one, and so is one years ahead."""

    calendar: Callable[[A], WorkingCalendar]
    against: Callable[[A, date, datetime], Refusal | None]
    awaits: ClassVar[bool] = True
    files: ClassVar[bool] = False

    def pressed(self, answer: str, /) -> str:
        """A day in eight digits."""
        if not _in_digits(answer) or len(answer) != DAY_DIGITS:
            raise MalformedPressError
        try:
            datetime.strptime(answer, "%Y%m%d")  # noqa: DTZ007 - a day has no zone
        except ValueError as error:
            raise MalformedPressError from error
        return answer

    def read(self, before: A, sent: Sent, /) -> str:
        """The day as an official types it."""
        midnight = begins(in_viet_nam(sent.at).date())
        earliest = midnight - INSTANT
        meant = parse_moment(sent.text, sent.at, self.calendar(before), earliest=earliest)
        if not isinstance(meant, MomentFault):
            return in_viet_nam(meant).date().isoformat()
        days = parse_days(sent.text, sent.at.year) if meant.kind == "too_far" else None
        if not isinstance(days, TypedDays):
            raise Refused(unclear(meant))
        return days.first.isoformat()

    def refuse(self, before: A, answer: str, at: datetime) -> Refusal | None:
        """What the subject has against that day."""
        return self.against(before, date.fromisoformat(answer), at)


@dataclass(frozen=True, slots=True)
class Handed:
    """What was sent in answer: words, and the file that they stood beside, if there was one."""

    words: str = ""
    file: FileRef | None = None

    def kept(self) -> str:
        """Words and file as one text, as the answer to a need is kept."""
        file = self.file
        named = [file.name, file.file_id, file.sha256, file.size] if file else []
        return json.dumps([self.words, *named])

    @staticmethod
    def of(answer: str) -> Handed:
        """What was kept so, or answered with nothing."""
        words, *named = json.loads(answer) if answer != NOTHING else [""]
        return Handed(words, FileRef(*named) if named else None)


NOTHING = "none"
"""The answer of a button to a question for a file: neither file nor words."""


@dataclass(frozen=True, slots=True)
class File(_OnCard[A]):
    """A file with words beside it, or words or a button in its place; the answer is read by `Handed.of`.

    `words` reads what is typed, in place of a file or beside it. A file with macros is refused, by its name before it
    is fetched and by its content after. `refuses` judges the whole answer.
    """

    words: Callable[[A, str, datetime], str]
    refuses: Callable[[A, Handed, datetime], Refusal | None]
    awaits: ClassVar[bool] = True
    files: ClassVar[bool] = True

    def pressed(self, answer: str, /) -> str:
        """A button sends nothing."""
        if answer != NOTHING:
            raise MalformedPressError
        return answer

    def read(self, before: A, sent: Sent, /) -> str:
        """The words, where the file announced beside them may be fetched."""
        if sent.file is not None:
            require(refuse_macros(sent.file.name, b""))
        if sent.file is not None and not sent.text.strip():
            return Handed().kept()
        return Handed(self.words(before, sent.text, sent.at)).kept()

    def fetched(self, answer: str, sent: Sent, content: bytes) -> str:
        """The answer with the file as it came; its bytes are kept by the act, under their digest."""
        if sent.file is None:
            return answer
        require(refuse_macros(sent.file.name, content))
        digest = sha256_of(content)
        file = FileRef(sent.file.name, sent.file.file_id, digest, len(content))
        return Handed(Handed.of(answer).words, file).kept()

    def refuse(self, before: A, answer: str, at: datetime) -> Refusal | None:
        """What the subject has against it."""
        return self.refuses(before, Handed.of(answer), at)


def file_alone(ask: Asked[A], refuses: Callable[[A, Handed, datetime], Refusal | None]) -> File[A]:
    """A file without words: what is typed in its place or beside it is said not to be kept, and asked again."""
    return File(ask, _no_words, refuses)


def _no_words(_before: object, text: str, _at: datetime) -> str:
    raise Refused(Refusal("file_alone" if text.strip() else "file_needed"))


def _in_digits(answer: str) -> bool:
    return answer.isascii() and answer.isdecimal()


def minutes(moment: datetime) -> str:
    """A moment as buttons carry it: whole minutes since 1970."""
    return str(int(moment.timestamp()) // 60)


def day_digits(day: date) -> str:
    """A day as buttons carry it: "20260331"."""
    return f"{day:%Y%m%d}"


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
