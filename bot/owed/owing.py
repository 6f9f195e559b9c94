"""To owe something, and how a debt ends: by its owner's act, by an event, or because nobody owes it any more.

A subject owes by one call within its unit of work, and follows `settled` where the settlement is its affair.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.calendar import face as calendar
from bot.db import live_cards, people, rulebooks
from bot.db.fact import Fact
from bot.kit import access
from bot.kit.access import acted_for
from bot.kit.due import arranged
from bot.kit.event import Event, Question
from bot.kit.notify import notify, reference
from bot.kit.unit import Line, UnitOfWork
from bot.owed import store
from bot.owed.rules.debt import Debt, DebtKind, answerable, day_for
from bot.owed.store import Settlement
from bot.people.face import staff_changed
from bot.people.rules.acting import Acting
from bot.people.rules.people import Person
from bot.values.moments import in_viet_nam
from bot.values.working_days import WorkingCalendar

Earliest = Callable[[UnitOfWork, Debt], Awaitable[date | None]]
_EARLIEST: dict[DebtKind, Earliest] = {}

settled: Event[Debt] = Event()
"""A debt has been settled; as it is now."""
changed: Event[int] = Event()
"""What a committee owes, or when, is not what it was; its number."""
may_be_let_go: Question[Debt, bool] = Question()
"""Whether the head may decide that what a debt asks for is not done, since others sit in the body by now."""


def never_before(kind: DebtKind) -> Callable[[Earliest], Earliest]:
    """A subject says until which day, at the earliest, what it owes of that kind may be done; None for any."""

    def enter(earliest: Earliest) -> Earliest:
        _EARLIEST[kind] = earliest
        return earliest

    return enter


async def _day(work: UnitOfWork, debt: Debt, days: WorkingCalendar) -> date:
    """The last day of an open debt by the facts of now; that of a task was named."""
    if debt.kind is DebtKind.TASK:
        return debt.due_on
    by_days, earliest = day_for(debt.since, debt.days, days), _EARLIEST.get(debt.kind)
    at_least = await earliest(work, debt) if earliest else None
    return max(by_days, at_least) if at_least else by_days


def shown(debt_id: int) -> str:
    """The live name of a debt's card."""
    return f"debt:{debt_id}"


async def owe(work: UnitOfWork, debt: Debt, by: Person | None, *, tell: bool = True) -> int:
    """Enter a debt with its line, reckon its last day, and tell whoever answers for it; gives its id.

    The last day of a task was named. With `tell` false the subject tells it in its own words.
    """
    days = await calendar.working_calendar(work.tx, debt.committee)
    is_named = debt.kind is DebtKind.TASK
    owed = debt if is_named else replace(debt, due_on=day_for(debt.since, debt.days, days))
    detail = {
        **_of(owed),
        "body": owed.body,
        "person": owed.person,
        "days": owed.days,
        "due_on": owed.due_on.isoformat(),
    }
    entered = await work.write(
        store.enter(owed),
        lambda id_: Line(debt.committee, by, "owe", reference("debt", id_), detail),
    )
    if tell:
        to = await _answering(work, owed)
        await notify(work, to, shown(entered), f"owed:{entered}", about=reference("debt", entered))
    await changed.happened(work, debt.committee)
    return entered


async def _answering(work: UnitOfWork, debt: Debt) -> Sequence[Person]:
    staff = await access.staff(work, debt.committee)
    rulebook = (await people.committee(work.tx, debt.committee)).rulebook
    return answerable(debt, staff, await rulebooks.regulation(work.tx, rulebook))


# --- how it ends -------------------------------------------------------------------------------


async def settle(
    work: UnitOfWork,
    debt: Debt,
    by: Person | None,
    how: Settlement,
    acting: Acting | None = None,
) -> Debt:
    """It is done: the fact with its line, every card of it, and whoever follows; gives it as it is now.

    With `acting` the line names the head for whom it was done, too.
    """
    detail = {
        **_of(debt),
        "number": how.number,
        "paper_on": how.paper_on.isoformat() if how.paper_on else None,
        "words": how.words,
        **acted_for(acting),
    }
    await _write(work, debt, by, "debt_settled", detail, store.settle(debt.id, how))
    now = replace(
        debt,
        settled_at=how.at,
        settled_by=how.by,
        number=how.number,
        paper_on=how.paper_on,
        words=how.words,
    )
    await settled.happened(work, now)
    return now


async def drop(work: UnitOfWork, debt: Debt, by: Person | None, because: str) -> None:
    """Nobody owes it any more, such as when its question was taken back; what is over stays as it is."""
    if not debt.is_over:
        detail = {**_of(debt), "because": because}
        await _write(work, debt, by, "debt_dropped", detail, store.drop(debt.id, work.now))


async def owe_after_all(work: UnitOfWork, debt: Debt, by: Person) -> None:
    """What the office was asked about is owed from now on; whoever answers for it is told."""
    days = await calendar.working_calendar(work.tx, debt.committee)
    due_on = day_for(work.now, debt.days, days)
    detail = {**_of(debt), "due_on": due_on.isoformat()}
    await _write(work, debt, by, "owe", detail, store.begin(debt.id, work.now, due_on))
    to = [each for each in await _answering(work, debt) if each.id != by.id]
    await notify(work, to, shown(debt.id), f"owed:{debt.id}", about=reference("debt", debt.id))


async def put_off(
    work: UnitOfWork, debt: Debt, by: Person, day: date, acting: Acting | None
) -> None:
    """The head gives more time for a task: its last day is another one."""
    detail = {
        **_of(debt),
        "was_due_on": debt.due_on.isoformat(),
        "due_on": day.isoformat(),
        **acted_for(acting),
    }
    await _write(work, debt, by, "task_put_off", detail, store.move(debt.id, day))


async def rest(work: UnitOfWork, debt: Debt, by: Person | None) -> None:
    """Nothing is asked for while a second round runs (HU 15.2, HD 2.2)."""
    await _write(work, debt, by, "debt_rests", _of(debt), store.rest(debt.id, work.now))


async def resume(work: UnitOfWork, debt: Debt, by: Person | None) -> None:
    """What rested, or was taken for done, is owed again with its days anew: what had ended it was taken back."""
    days = await calendar.working_calendar(work.tx, debt.committee)
    due_on = day_for(work.now, debt.days, days)
    detail = {**_of(debt), "due_on": due_on.isoformat()}
    await _write(work, debt, by, "debt_again", detail, store.begin(debt.id, work.now, due_on))


def _of(debt: Debt) -> dict[str, object]:
    """What every line of a debt says of it."""
    return {"kind": debt.kind.value, "of": debt.of, "article": debt.article}


async def _write(
    work: UnitOfWork,
    debt: Debt,
    by: Person | None,
    act: str,
    detail: Mapping[str, object],
    fact: Fact[None],
) -> None:
    named = reference("debt", debt.id)
    await work.write(fact, Line(debt.committee, by, act, named, detail))
    await live_cards.refresh(work.tx, shown(debt.id), work.now, about=named)
    await changed.happened(work, debt.committee)


async def open_for(work: UnitOfWork, committee: int, of: str, kind: DebtKind) -> Debt | None:
    """The debt of that kind that follows from something and is not over, if there is one."""
    found = await store.of_subject(work.tx, committee, of, kind)
    return next((debt for debt in found if not debt.is_over), None)


# --- what changes under what is open -----------------------------------------------------------


@calendar.changed.follow_at(-1)
@staff_changed.follow_at(-1)
@arranged(0)
async def follow(work: UnitOfWork, committee: int) -> None:
    """The calendar or the people have changed: days move while they have not passed, and whoever left owes no more."""
    days = await calendar.working_calendar(work.tx, committee)
    there = {person.id for person in await people.of_committee(work.tx, committee)}
    today = in_viet_nam(work.now).date()
    for debt in await store.open_of(work.tx, committee):
        if debt.person is not None and debt.person not in there:
            await drop(work, debt, None, "departed")
            continue
        day = max(await _day(work, debt, days), today)
        if day != debt.due_on and debt.due_on >= today:
            detail = {**_of(debt), "due_on": day.isoformat()}
            await _write(work, debt, None, "debt_moved", detail, store.move(debt.id, day))
