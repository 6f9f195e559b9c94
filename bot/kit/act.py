"""The table of acts: what a person can press or say, and the one function that answers it.

Subjects register here; what an act does is theirs. An act that still needs something of its person (a
reason, a moment, a choice) asks for one thing after the other and is carried out when it has all of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from bot.db import drafts
from bot.kit.ask import YES, Confirm, File, Given, Need
from bot.kit.files import refuse_file
from bot.kit.screen import Screen
from bot.kit.taps import HasRight, MalformedPressError, Sent, Tap, whole_number
from bot.kit.unit import Context, UnitOfWork
from bot.values.action import Action, action
from bot.values.refusal import Refusal, refuse, require

Pressed = Callable[[Context, Tap], Awaitable[Screen]]
"""Answers a press; raises `Refused`, or `MalformedPressError` for arguments that do not fit."""
Typed = Callable[[Context, Sent, Mapping[str, Any]], Awaitable[Screen]]
"""Answers awaited words or a file, with what they were awaited for; raises `Refused`."""
Changing = Callable[[Mapping[str, Any]], Action]
"""Leads to where words can be changed, given what they were awaited for."""
P = TypeVar("P", bound=Pressed)
T = TypeVar("T", bound=Typed)
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Verb:
    """How a story has an act done: its verb, upon which subject, and the keys that answer what it needs.

    The keys stand in the order of the needs. One that ends in "?" may be left out: then the rehearsal
    says something of its own.
    """

    name: str
    on: str
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """Everything that can be pressed or said, by name. Filled while the subjects are imported."""

    presses: dict[str, Pressed] = field(default_factory=dict)
    words: dict[str, Typed] = field(default_factory=dict)
    goes_on: set[str] = field(default_factory=set)
    """Of the words those that only go on with a message cut in two: nobody was asked for them."""
    keeps: set[str] = field(default_factory=set)
    """Of the words those after which the screen keeps its buttons, since it shows what earlier ones found."""
    changes: dict[str, Changing] = field(default_factory=dict)
    """Where words once taken can be changed, by what they were awaited for."""
    verbs: dict[str, tuple[Verb, Act[Any]]] = field(default_factory=dict)
    """How stories have acts done, by the verb."""
    private: set[str] = field(default_factory=set)
    """Presses that carry a secret choice: nothing of them is kept, and they are answered at once."""
    after_all: dict[str, HasRight] = field(default_factory=dict)
    """Presses that must not overtake anything that was pressed before them, in whatever chat, each with
    the question whether somebody has the right to it."""

    def is_private(self, data: str) -> bool:
        """Whether the data of a button belong to a press that is kept nowhere, also in a broken form."""
        return any(word in self.private for word in data.split(":")[:2])


TABLE = Table()


def press(
    name: str, *, private: bool = False, after_all: HasRight | None = None
) -> Callable[[P], P]:
    """What answers the buttons of that name; `private` and `after_all` as the table keeps them."""

    def enter(answer: P) -> P:
        _enter(TABLE.presses, name, answer)
        if private:
            TABLE.private.add(name)
        if after_all is not None:
            TABLE.after_all[name] = after_all
        return answer

    return enter


def words(
    name: str, *, changed: Changing | None = None, goes_on: bool = False, keeps: bool = False
) -> Callable[[T], T]:
    """What answers words awaited under that name; `changed`, `goes_on` and `keeps` as the table keeps them."""

    def enter(answer: T) -> T:
        _enter(TABLE.words, name, answer)
        if changed is not None:
            TABLE.changes[name] = changed
        if goes_on:
            TABLE.goes_on.add(name)
        if keeps:
            TABLE.keeps.add(name)
        return answer

    return enter


def _enter(table: dict[str, Any], name: str, answer: Any) -> None:
    if name in table:
        raise ValueError(f"two acts are named {name!r}")
    table[name] = answer


@dataclass(frozen=True, slots=True)
class Act(Generic[A]):
    """One act upon one subject, such as withdrawing a consultation.

    `find` looks up who stands before what, within the transaction, and refuses those who have no right to
    see it. `may` is the predicate that also shows the button. `do` is carried out once every need is
    answered; it gets the moment of the press and the answers in order, as they are kept: words. Where the
    last need takes files, the bytes of the one sent follow, or None.
    """

    name: str
    find: Callable[[UnitOfWork, int, int], Awaitable[A]]
    may: Callable[[A, datetime], Refusal | None]
    needs: tuple[Need[A], ...]
    do: Callable[..., Awaitable[Screen]]

    @property
    def _awaits_words(self) -> bool:
        return any(need.awaits for need in self.needs)

    async def pressed(self, context: Context, tap: Tap) -> Screen:
        """Begin, or go on with an answer pressed: the arguments are the subject and the answers so far."""
        args, number = list(tap.args), 0
        if len(args) > 1 and args[-1].startswith(PAGE_MARK):
            number = whole_number(args.pop().removeprefix(PAGE_MARK))
        of, given = tap.number(0), args[1:]
        if len(given) > len(self.needs):
            raise MalformedPressError
        for need in self.needs[len(given) :]:
            if not isinstance(need, Given) or need.default is None:
                break
            given.append(need.default)
        answers = [need.pressed(each) for need, each in zip(self.needs, given, strict=False)]
        return await self._go_on(context, tap.account, of, answers, tap.at, page=number)

    async def said(self, context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
        """Go on with an answer typed or sent."""
        if "answers" not in ref:
            refuse("stale_question")  # asked by an older bot
        of, answers = int(ref["of"]), list(ref["answers"])
        if len(answers) >= len(self.needs):
            refuse("stale_question")  # asked by a bot that needed more
        need, content = self.needs[len(answers)], None
        file = sent.file if need.files else None
        async with context.look() as work:
            before = await self.find(work, sent.account, of)
            require(self.may(before, sent.at))
            if file is not None:
                require(refuse_file(file.name, file.size, 0))
            answer = need.read(before, sent)
        if file is not None:
            content = await file.fetch()
            require(refuse_file(file.name, len(content), 0))
            if isinstance(need, File):
                answer = need.fetched(answer, sent, content)
        answers.append(answer)
        return await self._go_on(context, sent.account, of, answers, sent.at, content=content)

    async def _go_on(
        self,
        context: Context,
        account: int,
        of: int,
        answers: Sequence[str],
        at: datetime,
        *,
        page: int = 0,
        content: bytes | None = None,
    ) -> Screen:
        async with context.work() as work:
            before = await self.find(work, account, of)
            require(self.may(before, at))
            for need, answer in zip(self.needs, answers, strict=False):
                require(need.refuse(before, answer, at))
            if content is not None:
                await drafts.keep_blob(work.tx, content)
            answers = [*answers, *self._unasked(before, answers, at)]
            if len(answers) == len(self.needs):
                if self._awaits_words:
                    await drafts.answered(work.tx, account)
                last = self.needs[-1] if self.needs else None
                files = (content,) if last and last.files and not isinstance(last, File) else ()
                return await self.do(work, before, at, *answers, *files)
            need = self.needs[len(answers)]
            if need.awaits:
                ref = {"of": of, "answers": list(answers)}
                await drafts.await_words(work.tx, account, self.name, ref, work.now)
            elif self._awaits_words:  # an earlier question may have
                await drafts.answered(work.tx, account)
            return await need.ask(work, before, (str(of), *answers), page)

    def _unasked(self, before: A, answers: Sequence[str], at: datetime) -> list[str]:
        """The answer to a confirmation that comes next and is not asked for now."""
        need = self.needs[len(answers)] if len(answers) < len(self.needs) else None
        return [YES] if isinstance(need, Confirm) and not need.only(before, at) else []


PAGE_MARK = "~"
"""Begins an argument that is no answer but a page of the question."""


def page(name: str, args: tuple[str, ...], number: int) -> Action:
    """The press that turns to a page of the question asked under these arguments."""
    return action(name, *args, f"{PAGE_MARK}{number}")


def _nothing(_before: object, _at: datetime) -> None:
    return None


def act(
    name: str,
    *,
    find: Callable[[UnitOfWork, int, int], Awaitable[A]],
    may: Callable[[A, datetime], Refusal | None] = _nothing,
    needs: tuple[Need[A], ...] = (),
    verb: Verb | None = None,
) -> Callable[[Callable[..., Awaitable[Screen]]], Callable[..., Awaitable[Screen]]]:
    """Enter an act: its button's press, where it needs words what is typed, and its verb in stories."""

    def enter(do: Callable[..., Awaitable[Screen]]) -> Callable[..., Awaitable[Screen]]:
        made = Act(name, find, may, needs, do)
        _enter(TABLE.presses, name, made.pressed)
        if any(need.awaits for need in needs):
            _enter(TABLE.words, name, made.said)
        if verb is not None:
            _enter(TABLE.verbs, verb.name, (verb, made))
        return do

    return enter
