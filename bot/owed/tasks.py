"""What becomes of a task: it is done, or the head gives more time. How a conclusion gives one is not here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.calendar import face as calendar
from bot.db import people
from bot.db.notice import Card
from bot.kit.act import act
from bot.kit.ask import Day, Words
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.owed import access, cards, owing
from bot.owed.access import Access
from bot.owed.rules import rights
from bot.owed.store import Settlement
from bot.people.rules.people import Person
from bot.values.limits import REASON_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal
from bot.values.words import refuse_secret
from bot.values.working_days import WorkingCalendar

OFFERED_DAYS = (1, 3, 5, 10)
"""Working days after the day that stands, or after today where that has passed, which are offered."""


def _shown(work: UnitOfWork, found: Access, toast: str) -> Screen:
    live = owing.shown(found.debt.id)
    return Screen(live=live, toast=work.say.label(toast), about=found.reference)


async def _tell(work: UnitOfWork, found: Access, card: Card, key: str) -> None:
    """Whoever owes it, whoever gave it and the clerks hear of it, except who did it."""
    everybody = await people.of_committee(work.tx, found.debt.committee)
    concerned: list[Person] = [each for each in (found.owner, found.asker) if each is not None]
    to = {each.id: each for each in (*concerned, *(p for p in everybody if p.is_clerk))}
    others = [each for each in to.values() if each.id != found.person.id]
    await notify(work, others, card, key, about=found.reference)


# --- done --------------------------------------------------------------------------------------


def _may_settle(found: Access, _at: datetime) -> Refusal | None:
    return rights.may_settle_task(found.debt, found.rights)


async def _ask_done(work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.asks_done(work.say, found.debt), about=found.reference)


def _refuse_words(_found: Access, words: str, _at: datetime) -> Refusal | None:
    """They go out to whoever gave the task."""
    return refuse_secret(words)


@act(
    "task_done",
    find=access.find,
    may=_may_settle,
    needs=(Words(_ask_done, REASON_LIMIT, _refuse_words, optional=True),),
)
async def settle(work: UnitOfWork, found: Access, at: datetime, words: str) -> Screen:
    """The task is done, with words on what was done or without; nobody is reminded of it any more."""
    how = Settlement(at, found.person.id, words=words)
    acting = None if found.rights.owes else found.acting
    done = await owing.settle(work, found.debt, found.person, how, acting)
    owner = found.owner.name if found.owner else ""
    card = cards.told_done(work.say, done, owner, found.by)
    await _tell(work, found, card, f"task_done:{done.id}")
    return _shown(work, found, "toast.task_done")


# --- more time ---------------------------------------------------------------------------------


Dated = tuple[Access, WorkingCalendar]
"""Somebody before a task, and the working days by which another day is meant."""


async def _find_dated(work: UnitOfWork, account: int, debt_id: int) -> Dated:
    found = await access.find(work, account, debt_id)
    return found, await calendar.working_calendar(work.tx, found.debt.committee)


def _may_put_off(before: Dated, _at: datetime) -> Refusal | None:
    return rights.may_put_off(before[0].debt, before[0].rights)


def _refuse_day(before: Dated, day: date, at: datetime) -> Refusal | None:
    return rights.may_put_off_to(before[0].debt, before[0].rights, day, at)


async def _ask_day(work: UnitOfWork, before: Dated, _args: tuple[str, ...], _page: int) -> Screen:
    found, days = before
    since = max(found.debt.due_on, in_viet_nam(work.now).date())
    offered = [days.add_working_days(since, count) for count in OFFERED_DAYS]
    return Screen(cards.asks_day(work.say, found.debt, offered), about=found.reference)


def _calendar(before: Dated) -> WorkingCalendar:
    return before[1]


@act(
    "task_put_off",
    find=_find_dated,
    may=_may_put_off,
    needs=(Day(_ask_day, _calendar, _refuse_day),),
)
async def put_off(work: UnitOfWork, before: Dated, _at: datetime, until: str) -> Screen:
    """The head gives more time; whoever owes the task is told, and is reminded by the new day."""
    found, _ = before
    debt, day = found.debt, date.fromisoformat(until)
    await owing.put_off(work, debt, found.person, day, found.acting)
    owner = found.owner.name if found.owner else ""
    card = cards.told_put_off(work.say, replace(debt, due_on=day), debt.due_on, owner, found.by)
    await _tell(work, found, card, f"task_put_off:{debt.id}:{stamp(work)}")
    return _shown(work, found, "toast.task_put_off")
