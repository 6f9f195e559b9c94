"""What an office prepares and a head approves: who hears of each step, and how it comes before the head again.

A kind of this sort stands before both on one live card. Its facts, its words and its form are its subject's.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from bot.db import drafts, people
from bot.db.fact import Fact
from bot.db.notice import Card
from bot.kit.access import Access
from bot.kit.act import press
from bot.kit.approval import Kind, Step, Taken
from bot.kit.form import Form, View
from bot.kit.notify import notify
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people.rules.people import Person
from bot.values.files import FileRef
from bot.values.refusal import require

A = TypeVar("A", bound=Access)
V = TypeVar("V", bound=View)
REMARK = "remark"
"""Where a reopened draft keeps what the head remarked."""


class Prepared(Protocol):
    """What an office prepared for its head."""

    @property
    def id(self) -> int:
        """By which its buttons and live cards name it."""
        ...

    @property
    def prepared_by(self) -> int:
        """The person who prepared it."""
        ...

    @property
    def revision(self) -> int:
        """A correction, a remark and a submission each make another one."""
        ...


P = TypeVar("P", bound=Prepared)


class ForHead(Kind[A], Generic[A, P]):
    """A kind that one office prepares and the head, or who stands in, approves alone."""

    asks: str
    """The first word of the key of what asks the head for approval."""
    notices: str = ""
    """What the keys of the other notices begin with."""

    @abstractmethod
    def prepared(self, before: A) -> P:
        """What the person stands before."""

    @abstractmethod
    async def anew(self, work: UnitOfWork, before: A) -> A:
        """The same person before what it is now."""

    @abstractmethod
    def written(
        self, work: UnitOfWork, before: A, taken: Taken
    ) -> tuple[Sequence[Fact[Any]], Line]:
        """The facts of a step that is no approval, with their line."""

    @abstractmethod
    async def approve(self, work: UnitOfWork, before: A) -> A:
        """Carry it out: the fact with its line, all that it fixes, and whom it concerns."""

    @abstractmethod
    async def heads(self, work: UnitOfWork, what: P) -> Sequence[Person]:
        """Who may approve it now, the head first."""

    @abstractmethod
    async def files(self, work: UnitOfWork, what: P) -> tuple[FileRef, ...]:
        """The files that come with it."""

    @abstractmethod
    async def word(self, work: UnitOfWork, after: A, taken: Taken) -> Card:
        """To who prepared it: it was declined, sent back, or corrected by another."""

    @abstractmethod
    def live(self, of: int) -> str:
        """The live name of the head's card that asks for approval."""

    @abstractmethod
    def attached(self, of: int) -> Mapping[str, Any]:
        """What its notices are about, as `notify` takes it."""

    @abstractmethod
    async def refresh(self, work: UnitOfWork, what: P, step: Step) -> None:
        """Have the cards on which it stands say what became of it."""

    # --- as a kind ---

    def revision(self, before: A) -> int:
        """That of what was prepared."""
        return self.prepared(before).revision

    async def keep(self, work: UnitOfWork, before: A, taken: Taken) -> A:
        """An approval carries it out; every other step is an act upon it."""
        if taken.step is Step.APPROVED:
            return await self.approve(work, before)
        facts, line = self.written(work, before, taken)
        await work.write(facts[0], line, *facts[1:], *taken.facts)
        return await self.anew(work, before)

    async def tell(self, work: UnitOfWork, after: A, taken: Taken) -> None:
        """The head is asked again, who prepared it learns what another did; the card shows it in place."""
        what = self.prepared(after)
        match taken.step:
            case Step.APPROVED:
                return  # whom it concerns has been told
            case Step.SUBMITTED_AGAIN:
                await ask(self, work, what, await self.heads(work, what))
            case Step.CORRECTED:
                await self._tell_correction(work, after, taken)
            case Step.DECLINED | Step.SENT_BACK:
                await self._tell_author(work, after, taken)
        await self.refresh(work, what, taken.step)

    async def _tell_author(self, work: UnitOfWork, after: A, taken: Taken) -> None:
        what = self.prepared(after)
        author = await people.person(work.tx, what.prepared_by)
        key = f"{self.notices}{taken.step}:{what.id}"
        if taken.step is not Step.DECLINED:  # that happens once
            key = f"{key}:{what.revision}"
        card = await self.word(work, after, taken)
        await notify(work, [author] if author else [], card, key, **self.attached(what.id))

    async def _tell_correction(self, work: UnitOfWork, after: A, taken: Taken) -> None:
        """A new file is sent to the head, for it cannot be read on the card; its author hears of another's."""
        what = self.prepared(after)
        key = f"{self.notices}{taken.step}:{what.id}:{what.revision}"
        if taken.file is not None:
            heads = [each for each in await self.heads(work, what) if each.id != after.person.id]
            files, shown = (taken.file,), self.live(what.id)
            await notify(work, heads, shown, key, files=files, **self.attached(what.id))
        if what.prepared_by != after.person.id:
            await self._tell_author(work, after, taken)


async def ask(kind: ForHead[A, P], work: UnitOfWork, what: P, heads: Iterable[Person]) -> None:
    """The card with approve and decline, and all its files, to those who may approve; anew when it comes again."""
    again = f":{what.revision}" if what.revision else ""
    key, files = f"{kind.asks}:{what.id}{again}", await kind.files(work, what)
    await notify(work, heads, kind.live(what.id), key, files=files, **kind.attached(what.id))


# --- sent back, opened again -----------------------------------------------------------------

Again = Callable[[UnitOfWork, A], Awaitable[tuple[Mapping[str, Any], Sequence[FileRef]]]]
"""The answers of what was sent back, all of them, and files that its form keeps apart."""


def reopens(kind: ForHead[A, P], name: str, form: Form[V], again: Again[A]) -> None:
    """Enter the press that opens what was sent back as its form, complete, with the remark on top."""

    async def reopen(context: Context, tap: Tap) -> Screen:
        async with context.work() as work:
            before = await kind.find_author(work, tap.account, tap.number(0))
            require(kind.may(Step.SUBMITTED_AGAIN, before, work.now))
            what = kind.prepared(before)
            turn = {"of": what.id, "turn": what.revision}
            answers, files = await again(work, before)
            return await _reopened(work, form, before.person, turn, answers, files)

    press(name)(reopen)


async def _reopened(
    work: UnitOfWork,
    form: Form[V],
    person: Person,
    turn: Mapping[str, int],
    answers: Mapping[str, Any],
    files: Sequence[FileRef],
) -> Screen:
    """Any answer may be taken up alone. Another form left unfinished is not lost by it.

    `turn` names what was sent back ("of") and which time ("turn"): pressed once more, the same draft goes on.
    """
    draft = await drafts.about(work.tx, person.id, form.kind, dict(turn))
    if draft is None:
        fields = {**answers, **turn}
        draft = await drafts.add(work.tx, person.committee, person.id, form.kind, fields, work.now)
        for file in files:
            await drafts.attach(work.tx, draft.id, file, person.id)
    return await form.shown(work, await form.own(work, person.account or 0, draft.id))
