"""What every form kept as a draft shares: whose it is, its answers, its steps, its end. No question lives here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from bot.db import drafts
from bot.db.drafts import Draft
from bot.kit import access
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal

Taken = dict[str, Any] | Refusal
"""The fields an answer fills in, or why it is not taken."""


async def begun(
    work: UnitOfWork, person: Person, kind: str, fields: dict[str, Any], *, anew: bool = False
) -> Draft:
    """The form of that kind this person left unfinished, or a new one; `anew` drops the old one."""
    draft = await drafts.latest(work.tx, person.id, kind)
    if draft is not None and not anew:
        return draft
    if draft is not None:
        await drafts.end(work.tx, draft.id, work.now)
    new = await drafts.add(work.tx, person.committee, person.id, kind, fields, work.now)
    return await _there(work, new)


async def own(
    work: UnitOfWork, account: int, draft_id: int, *kinds: str
) -> tuple[Person, Draft] | Refusal:
    """The form, and whose it is; nobody else opens it, and one sent or dropped is gone."""
    draft = await drafts.get(work.tx, draft_id)
    if draft is None or draft.kind not in kinds:
        return Refusal("draft_gone")
    person = await access.in_committee(work, account, draft.committee)
    if person is None or person.id != draft.person:
        return NO_RIGHT
    return person, draft


async def kept(work: UnitOfWork, draft: Draft, fields: dict[str, Any]) -> Draft:
    """The form with these answers from now on."""
    await drafts.fill(work.tx, draft, fields, work.now)
    return await _there(work, draft.id)


async def ended(work: UnitOfWork, account: int, draft_id: int) -> None:
    """The form is sent or put aside; nothing more is awaited for it."""
    await drafts.end(work.tx, draft_id, work.now)
    await drafts.answered(work.tx, account)


async def _there(work: UnitOfWork, draft_id: int) -> Draft:
    draft = await drafts.get(work.tx, draft_id)
    if draft is None:
        raise LookupError(f"draft {draft_id} is gone")
    return draft


# --- steps -----------------------------------------------------------------------------------


class Asking(Protocol):
    """A form whose next question is its first empty field."""

    @property
    def draft(self) -> Draft:
        """The answers so far."""
        ...

    @property
    def field(self) -> str:
        """The question that stands."""
        ...

    @property
    def answered(self) -> list[str]:
        """The questions that were asked and have an answer, in order."""
        ...


F = TypeVar("F", bound=Asking)


@dataclass(frozen=True, slots=True)
class Steps(Generic[F]):
    """The steps of one form: `own` opens it for its person, `keep` gives it these answers from now on.

    What is typed next is awaited under `words`; `way_back` is the press that leads to the question.
    """

    own: Callable[[UnitOfWork, int, int], Awaitable[F | Refusal]]
    keep: Callable[[UnitOfWork, F, dict[str, Any]], Awaitable[F]]
    words: str
    way_back: str
    stands_under: Mapping[str, str] = field(default_factory=dict)
    """Answers that belong to the question of another name."""

    async def resume(self, context: Context, account: int, draft_id: int) -> F | Refusal:
        """The form as it stands, for its own person only."""
        async with context.work() as work:
            form = await self.own(work, account, draft_id)
            return form if isinstance(form, Refusal) else await self.asking(work, account, form)

    async def drop(self, context: Context, account: int, draft_id: int) -> F | Refusal:
        """Put the form aside for good."""
        async with context.work() as work:
            form = await self.own(work, account, draft_id)
            if not isinstance(form, Refusal):
                await ended(work, account, draft_id)
            return form

    async def back(self, context: Context, account: int, draft_id: int) -> F | Refusal:
        """One question back: the last answer given is asked again."""
        async with context.work() as work:
            form = await self.own(work, account, draft_id)
            if isinstance(form, Refusal):
                return form
            if form.answered:
                last = form.answered[-1]
                fields = {key: each for key, each in form.draft.fields.items() if key != last}
                form = await self.keep(work, form, fields)
            return await self.asking(work, account, form)

    async def take(
        self,
        context: Context,
        account: int,
        draft_id: int,
        answer: Callable[[F], Taken],
        asked: str | None = None,
    ) -> F | Refusal:
        """Fill in what an answer gives, to the question `asked` or to the one that stands.

        What is refused leaves the question standing: the refusal leads back to it.
        """
        async with context.work() as work:
            form = await self.own(work, account, draft_id)
            if isinstance(form, Refusal):
                return form
            taken = answer(form)
            if isinstance(taken, Refusal):
                return replace(taken, back=action(self.way_back, draft_id))
            if asked is not None and form.field not in (asked, self.stands_under.get(asked)):
                return Refusal("stale_question")
            form = await self.keep(work, form, {**form.draft.fields, **taken})
            return await self.asking(work, account, form)

    async def asking(self, work: UnitOfWork, account: int, form: F) -> F:
        """The form, with what is typed next awaited for it."""
        await drafts.await_words(work.tx, account, self.words, {"draft": form.draft.id}, work.now)
        return form
