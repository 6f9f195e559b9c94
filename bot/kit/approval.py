"""One workflow for what one prepares and another approves, whatever the subject; none is known here.

It is approved as its reader saw it, declined with a reason, sent back with a remark and submitted again, corrected
while it waits, taken back. Each of these is a `Step`: whether it may be taken is asked, it is kept as a fact with its
line, told to whom it concerns, and shown to who took it. A subject enters its `Kind`, which answers these questions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Generic, TypeVar

from bot.db.fact import Fact
from bot.kit.act import Verb, act
from bot.kit.ask import Given, Need, Words
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.values.action import Action, action
from bot.values.corrections import Changed
from bot.values.files import FileRef
from bot.values.refusal import Refusal, require

B = TypeVar("B")
"""Who stands before what waits for approval: the `Access` of its subject."""


class Step(StrEnum):
    """What happens to what waits for approval."""

    AGREED = "agreed"
    """One of several who decide agrees, and others are still to be heard."""
    OBJECTED = "objected"
    """One of several who decide does not agree, and others are still to be heard."""
    APPROVED = "approved"
    DECLINED = "declined"
    SENT_BACK = "sent_back"
    SUBMITTED_AGAIN = "submitted_again"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"
    """By who prepared it, or by who could approve it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it is taken: with which words, and what it makes otherwise.

    `agrees` is what who decides has said, None where nothing was to be decided. `changes` tell what is otherwise
    as it is kept, `values` are columns and `facts` what else is written; `detail` is what the line tells beside it,
    `file` a file that came.
    """

    step: Step
    words: str = ""
    agrees: bool | None = None
    changes: tuple[Changed, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[Fact[Any], ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)
    file: FileRef | None = None


Finds = Callable[[UnitOfWork, int, int], Awaitable[B]]
"""Looks up who stands before what, by an account and an id, in the transaction that acts."""
Written = tuple[Sequence[Fact[Any]], Line]
"""Facts that are still to be written, and the line that tells them."""


def _alone(_before: object, agrees: bool) -> Step:
    """One decides alone."""
    return Step.APPROVED if agrees else Step.DECLINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[B]):
    """What waits for approval, as its subject answers for it; every question is asked in the transaction that acts."""

    presses: Mapping[Step, str]
    """What the buttons of its steps are called; messages of before carry them, so that they never change."""
    verbs: Mapping[Step, Verb] = field(default_factory=dict)
    """How stories have its steps taken, where that follows from the press alone."""
    find: Finds[B]
    """Who stands before it to decide; others are refused, and learn nothing."""
    find_author: Finds[B]
    """Who stands before it to take it back or to submit it again; others are refused, and learn nothing."""
    may: Callable[[Step, B], Refusal | None]
    """Whether that person may take the step now."""
    why: Callable[[str], Words[B]]
    """The question for the words of a step, by its press."""
    refuse: Callable[[UnitOfWork, B], Awaitable[Refusal | None]]
    """Why it cannot be carried out (any more): the state may have moved since it was submitted."""
    revision: Callable[[B], int]
    """How often what is to be approved has changed; a button carries the one that its reader saw."""
    verdict: Callable[[B, bool], Step] = _alone
    """What the word of this person comes to, who agrees or not."""
    approve: Callable[[UnitOfWork, B], Awaitable[B]] | None = None
    """Carry it out: the fact with its line, all that it fixes, and whom it concerns; None where that is `written`."""
    written: Callable[[UnitOfWork, B, Taken], Written]
    """The facts of any other step, with their line."""
    anew: Callable[[UnitOfWork, B], Awaitable[B]]
    """The same person before what it is now."""
    tell: Callable[[UnitOfWork, B, Taken], Awaitable[None]]
    """Tell whom the step concerns."""
    shown: Callable[[UnitOfWork, B, Step], Awaitable[Screen]]
    """What who took the step then sees."""

    def refusal(self, step: Step, before: B) -> Refusal | None:
        """Why that person may not take the step now; it repeats only where what stands is what this step comes to."""
        refusal = self.may(step, before)
        return refusal and replace(refusal, repeats=refusal.kind in _COMES_TO.get(step, ()))


_COMES_TO = {
    Step.APPROVED: ("approved_already", "meeting_called_already"),
    Step.DECLINED: ("declined_already", "meeting_declined_already"),
    Step.SENT_BACK: ("sent_back_already", "meeting_sent_back_already"),
    Step.SUBMITTED_AGAIN: ("submitted_again", "meeting_submitted_already"),
    Step.TAKEN_BACK: ("recalled_already", "meeting_recalled_already"),
}
"""How it is refused what a step has led to before: pressed twice, or by somebody else."""


async def take(kind: Kind[B], work: UnitOfWork, before: B, taken: Taken) -> B:
    """Take a step that may be taken; gives how the person then stands before it."""
    if taken.step is Step.APPROVED and kind.approve is not None:
        return await kind.approve(work, before)
    facts, line = kind.written(work, before, taken)
    await work.write(facts[0], line, *facts[1:], *taken.facts)
    after = await kind.anew(work, before)
    await kind.tell(work, after, taken)
    return after


async def take_and_show(kind: Kind[B], work: UnitOfWork, before: B, taken: Taken) -> Screen:
    """As `take`; gives what who took the step then sees."""
    return await kind.shown(work, await take(kind, work, before, taken), taken.step)


# --- the acts --------------------------------------------------------------------------------

SEEN: Given[Any] = Given(default="0")
"""What an approval needs: the revision that its reader saw; a button from before any correction names none."""


def approves(name: str, of: int, revision: int) -> Action:
    """The press that approves what stands on its card, and nothing that came after it."""
    return action(name, of, *((revision,) if revision else ()))


def enter(kind: Kind[B]) -> Kind[B]:
    """Enter the acts of a kind: one for each of its presses."""
    for step, name in kind.presses.items():
        find = kind.find_author if step is Step.TAKEN_BACK else kind.find
        needs, verb = _needs(kind, step), kind.verbs.get(step)
        may = partial(_may, kind, step)
        act(name, find=find, may=may, needs=needs, verb=verb)(partial(_ACTS[step], kind))
    return kind


def _needs(kind: Kind[B], step: Step) -> tuple[Need[B], ...]:
    if step is Step.APPROVED:
        return (SEEN,)
    return () if step is Step.TAKEN_BACK else (kind.why(kind.presses[step]),)


def _may(kind: Kind[B], step: Step, before: B, _at: datetime) -> Refusal | None:
    return kind.refusal(step, before)


async def _approve(kind: Kind[B], work: UnitOfWork, before: B, _at: datetime, seen: str) -> Screen:
    """Approve what was `seen`; corrected since, it is shown again, and nothing is carried out yet."""
    if seen != str(kind.revision(before)):
        now_is = await kind.shown(work, before, Step.CORRECTED)
        return replace(now_is, toast=work.say.label("toast.corrected_since"))
    require(await kind.refuse(work, before))
    return await _decide(kind, work, before, agrees=True)


async def _decline(kind: Kind[B], work: UnitOfWork, before: B, _at: datetime, why: str) -> Screen:
    """Decline with a reason; nothing changes."""
    return await _decide(kind, work, before, agrees=False, why=why)


async def _decide(
    kind: Kind[B], work: UnitOfWork, before: B, *, agrees: bool, why: str = ""
) -> Screen:
    taken = Taken(kind.verdict(before, agrees), why, agrees)
    return await take_and_show(kind, work, before, taken)


async def _send_back(
    kind: Kind[B], work: UnitOfWork, before: B, _at: datetime, remark: str
) -> Screen:
    """Send it back with a remark: nothing goes out, and who prepared it takes it up again."""
    return await take_and_show(kind, work, before, Taken(Step.SENT_BACK, remark))


async def _take_back(kind: Kind[B], work: UnitOfWork, before: B, _at: datetime) -> Screen:
    """Take it back before it is approved."""
    return await take_and_show(kind, work, before, Taken(Step.TAKEN_BACK))


_ACTS: Mapping[Step, Callable[..., Awaitable[Screen]]] = {
    Step.APPROVED: _approve,
    Step.DECLINED: _decline,
    Step.SENT_BACK: _send_back,
    Step.TAKEN_BACK: _take_back,
}
"""The steps that need nothing but words; the others are taken by a form or a question of their subject."""
