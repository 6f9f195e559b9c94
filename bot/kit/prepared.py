"""What an office prepares and a head approves: who hears of each step, and how it comes before the head again.

A kind of this sort stands before both on one live card. Its facts, its words and its form are its subject's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from bot.db import drafts, people
from bot.db.notice import Card
from bot.kit.access import Access
from bot.kit.act import press
from bot.kit.approval import Kind, Step, Taken
from bot.kit.form import Form, View
from bot.kit.notify import notify
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices(Generic[A, P]):
    """Who hears of what an office prepares and a head approves alone; both have it before them on one live card."""

    asks: str
    """The first word of the key of what asks the head for approval."""
    others: str = ""
    """What the keys of the other notices begin with."""
    what: Callable[[A], P]
    """What the person stands before."""
    heads: Callable[[UnitOfWork, P], Awaitable[Sequence[Person]]]
    """Who may approve it now, the head first."""
    files: Callable[[UnitOfWork, P], Awaitable[tuple[FileRef, ...]]]
    """The files that come with it."""
    word: Callable[[UnitOfWork, A, Taken], Awaitable[Card]]
    """To who prepared it: it was declined, sent back, or corrected by another."""
    live: Callable[[int], str]
    """The live name of the head's card."""
    about: Callable[[int], Mapping[str, Any]]
    """What its notices are about, as `notify` takes it."""
    refresh: Callable[[UnitOfWork, P, Step], Awaitable[None]]
    """Have the cards on which it stands say what became of it."""

    async def ask(self, work: UnitOfWork, what: P, heads: Iterable[Person] | None = None) -> None:
        """The card with approve and decline, and all its files, to those who may approve; anew when it comes again."""
        again = f":{what.revision}" if what.revision else ""
        key, files = f"{self.asks}:{what.id}{again}", await self.files(work, what)
        to = await self.heads(work, what) if heads is None else heads
        await notify(work, to, self.live(what.id), key, files=files, **self.about(what.id))

    async def tell(self, work: UnitOfWork, after: A, taken: Taken) -> None:
        """The head is asked again, who prepared it learns what another did; the card shows it in place."""
        what = self.what(after)
        match taken.step:
            case Step.SUBMITTED_AGAIN:
                await self.ask(work, what)
            case Step.CORRECTED:
                await self._tell_correction(work, after, taken)
            case Step.DECLINED | Step.SENT_BACK:
                await self._tell_author(work, after, taken)
        await self.refresh(work, what, taken.step)

    async def _tell_author(self, work: UnitOfWork, after: A, taken: Taken) -> None:
        what, card = self.what(after), await self.word(work, after, taken)
        author = await people.person(work.tx, what.prepared_by)
        key = f"{self.others}{taken.step}:{what.id}"
        if taken.step is not Step.DECLINED:  # that happens once
            key = f"{key}:{what.revision}"
        await notify(work, [author] if author else [], card, key, **self.about(what.id))

    async def _tell_correction(self, work: UnitOfWork, after: A, taken: Taken) -> None:
        """A new file is sent to the head, for it cannot be read on the card; its author hears of another's."""
        what, who = self.what(after), after.person.id
        if taken.file is not None:
            heads = [each for each in await self.heads(work, what) if each.id != who]
            key, files = f"{self.others}{taken.step}:{what.id}:{what.revision}", (taken.file,)
            await notify(work, heads, self.live(what.id), key, files=files, **self.about(what.id))
        if what.prepared_by != who:
            await self._tell_author(work, after, taken)


# --- sent back, opened again -----------------------------------------------------------------

Again = Callable[[UnitOfWork, A], Awaitable[tuple[Mapping[str, Any], Sequence[FileRef]]]]
"""The answers of what was sent back, all of them, and files that its form keeps apart."""


def reopens(kind: Kind[A], name: str, form: Form[V], again: Again[A]) -> None:
    """Enter the press that opens what was sent back as its form, complete, with the remark on top."""

    async def reopen(context: Context, tap: Tap) -> Screen:
        async with context.work() as work:
            of = tap.number(0)
            before = await kind.find_author(work, tap.account, of)
            require(kind.refusal(Step.SUBMITTED_AGAIN, before))
            turn = {"of": of, "turn": kind.revision(before)}
            return await reopened(work, form, before.person, turn, *await again(work, before))

    press(name)(reopen)


async def reopened(
    work: UnitOfWork,
    form: Form[V],
    person: Person,
    turn: Mapping[str, int],
    answers: Mapping[str, Any],
    files: Sequence[FileRef],
) -> Screen:
    """What was there before, as its form. Any answer may be taken up alone; another form left unfinished stays.

    `turn` names what it is of, as what was sent back ("of") and which time ("turn"): pressed once more, the same
    draft goes on.
    """
    draft = await drafts.about(work.tx, person.id, form.kind, dict(turn))
    if draft is None:
        fields = {**answers, **turn}
        draft = await drafts.add(work.tx, person.committee, person.id, form.kind, fields, work.now)
        for file in files:
            await drafts.attach(work.tx, draft.id, file, person.id)
    return await form.shown(work, await form.own(work, person.account or 0, draft.id))
