"""What is done about a debt: looked at, settled by a paper that went out, answered in writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db import people
from bot.db.notice import Card
from bot.kit.act import act, press
from bot.kit.ask import Words
from bot.kit.live import live_card
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import Waiting, waits
from bot.owed import access, cards, owing
from bot.owed.access import Access
from bot.owed.rules import rights
from bot.owed.store import Settlement
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.limits import REASON_LIMIT, SUBJECT_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal
from bot.values.typed_days import PaperFault, PaperMark, paper_mark
from bot.values.words import refuse_secret
from bot.values.working_days import WorkingCalendar

MIDNIGHT = 24
"""The hour at which a last day is over."""


@press("debt")
async def show(context: Context, tap: Tap) -> Screen:
    """One debt as it stands."""
    async with context.look() as work:
        found = await access.find(work, tap.account, tap.number(0))
    return _shown(found)


@live_card("debt")
async def _card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await access.find(work, chat_id, ids[0])
    if found.debt.is_undecided:
        return cards.concern(work.say, found)
    let_go = await owing.may_be_let_go.ask(work, found.debt)
    return cards.one(work.say, found, work.now, let_go=let_go)


def _shown(found: Access, toast: str = "") -> Screen:
    debt = found.debt.id
    return Screen(live=owing.shown(debt), toast=toast, about=reference("debt", debt))


@waits(6)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Every open debt for which the person answers, by its last day."""
    return [
        Waiting(
            f"owed_{debt.kind.value}",
            debt.subject,
            WorkingCalendar.end_of_day(debt.due_on, MIDNIGHT),
            committee,
            action("debt", debt.id),
            WorkingCalendar.end_of_day(debt.due_on, MIDNIGHT - 1),
        )
        for debt in await access.answered_by(work, person)
    ]


# --- a paper that went out ---------------------------------------------------------------------


def _may_settle(found: Access, _at: datetime) -> Refusal | None:
    return rights.may_settle_by_paper(found.debt, found.rights)


async def _ask_paper(work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.asks_paper(work.say, found), about=reference("debt", found.debt.id))


def _refuse_paper(found: Access, line: str, at: datetime) -> Refusal | None:
    mark = paper_mark(line, in_viet_nam(at).date())
    if isinstance(mark, PaperFault):
        return Refusal("day_impossible", values={"part": mark.part})
    return rights.may_date(found.debt, mark.number, mark.day, at)


@act(
    "settle_paper",
    find=access.find,
    may=_may_settle,
    needs=(Words(_ask_paper, SUBJECT_LIMIT, _refuse_paper, line=True),),
)
async def settle_by_paper(work: UnitOfWork, found: Access, at: datetime, line: str) -> Screen:
    """Head or clerk note number and date of the paper that went out; whoever answers for it is told on the card."""
    mark = paper_mark(line, in_viet_nam(at).date())
    if not isinstance(mark, PaperMark):
        raise TypeError(line)
    how = Settlement(at, found.person.id, mark.number, mark.day)
    await owing.settle(work, found.debt, found.person, how, found.acting)
    return _shown(found, work.say.label("toast.debt_settled"))


# --- an answer in writing ----------------------------------------------------------------------


def _may_answer(found: Access, _at: datetime) -> Refusal | None:
    return rights.may_answer(found.debt, found.rights)


def _refuse_answer(_found: Access, words: str, _at: datetime) -> Refusal | None:
    """It goes out to whoever asked."""
    return refuse_secret(words)


async def _ask_answer(
    work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int
) -> Screen:
    return Screen(cards.asks_answer(work.say, found), about=reference("debt", found.debt.id))


@act(
    "answer",
    find=access.of_committee,
    may=_may_answer,
    needs=(Words(_ask_answer, REASON_LIMIT, _refuse_answer),),
)
async def answer(work: UnitOfWork, found: Access, at: datetime, words: str) -> Screen:
    """The one asked answers in writing; whoever asked reads it in full, and so does the office."""
    how = Settlement(at, found.person.id, words=words)
    debt = await owing.settle(work, found.debt, found.person, how, found.acting)
    everybody = await people.of_committee(work.tx, debt.committee)
    office = [each for each in everybody if each.is_clerk]
    to = [*([found.asker] if found.asker else []), *office]
    card = cards.answered(work.say, debt, found.by)
    others = [each for each in to if each.id != found.person.id]
    await notify(work, others, card, f"answered:{debt.id}", about=reference("debt", debt.id))
    return _shown(found, work.say.label("toast.answered"))
