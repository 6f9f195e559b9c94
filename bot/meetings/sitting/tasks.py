"""A task from a conclusion: who does what by which day. What becomes of it is the affair of what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.calendar import face as calendar
from bot.db import people
from bot.db.notice import Button, Card, Row
from bot.kit.act import act
from bot.kit.act import page as page_at
from bot.kit.ask import Day, Pick, Words
from bot.kit.card import day_rows, page_of
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.meetings import live
from bot.meetings.access import Access
from bot.meetings.live import about
from bot.meetings.rules.meeting import AgendaItem
from bot.meetings.rules.rights import may_give_task
from bot.meetings.sitting.sitting import find_item
from bot.owed import face as owed
from bot.owed.rules.debt import Debt, DebtKind
from bot.people.rules.people import Person, sits
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.limits import SUBJECT_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.names import sort_key
from bot.values.refusal import Refusal
from bot.values.words import refuse_secret
from bot.values.working_days import WorkingCalendar

PAGE = 12
OFFERED_DAYS = (5, 10, 15, 20)
"""Working days ahead that are offered as the last day."""


@dataclass(frozen=True, slots=True)
class BeforeItem:
    """Somebody of the office before an item, with whom a task may be given to and the days of the committee."""

    office: Access
    item: AgendaItem
    persons: tuple[Person, ...]
    calendar: WorkingCalendar

    def person(self, answer: str) -> Person | None:
        """Whom a button names."""
        return next((each for each in self.persons if str(each.id) == answer), None)


async def _find(work: UnitOfWork, account: int, item_id: int) -> BeforeItem:
    office, item = await find_item(work, account, item_id)
    committee = office.meeting.committee
    everybody = [each for each in await people.of_committee(work.tx, committee) if sits(each)]
    persons = tuple(sorted(everybody, key=lambda each: sort_key(each.name)))
    return BeforeItem(office, item, persons, await calendar.working_calendar(work.tx, committee))


def _may_give(before: BeforeItem, _at: datetime) -> Refusal | None:
    return may_give_task(before.office.meeting, before.office.standing, before.item)


# --- who ---------------------------------------------------------------------------------------


async def _ask_who(
    work: UnitOfWork, before: BeforeItem, args: tuple[str, ...], number: int
) -> Screen:
    shown = page_of(before.persons, number, PAGE)
    turns = shown.turns(work.say, lambda to: page_at("task_give", args, to))
    card = asks_who(work.say, before.item, shown.entries, turns)
    return Screen(card, about=about(before.office.meeting.id))


def _refuse_person(before: BeforeItem, answer: str, _at: datetime) -> Refusal | None:
    return None if before.person(answer) else Refusal("stale_question")


# --- until when --------------------------------------------------------------------------------


async def _ask_day(
    work: UnitOfWork, before: BeforeItem, args: tuple[str, ...], _page: int
) -> Screen:
    today = in_viet_nam(work.now).date()
    offered = [before.calendar.add_working_days(today, count) for count in OFFERED_DAYS]
    card = asks_day(work.say, before.item, _name(before, args), args, offered)
    return Screen(card, about=about(before.office.meeting.id))


def _refuse_day(_before: BeforeItem, day: date, at: datetime) -> Refusal | None:
    return owed.may_name_day(day, at)


# --- what --------------------------------------------------------------------------------------


async def _ask_words(
    work: UnitOfWork, before: BeforeItem, args: tuple[str, ...], _page: int
) -> Screen:
    day = date.fromisoformat(args[2])
    card = asks_words(work.say, before.item, _name(before, args), day)
    return Screen(card, about=about(before.office.meeting.id))


def _refuse_words(_before: BeforeItem, words: str, _at: datetime) -> Refusal | None:
    """They go out to whoever is to do it."""
    return refuse_secret(words)


def _name(before: BeforeItem, args: tuple[str, ...]) -> str:
    owner = before.person(args[1])
    return owner.name if owner else ""


@act(
    "task_give",
    find=_find,
    may=_may_give,
    needs=(
        Pick(_ask_who, _refuse_person),
        Day(_ask_day, lambda before: before.calendar, _refuse_day),
        Words(_ask_words, SUBJECT_LIMIT, _refuse_words, line=True),
    ),
)
async def give(
    work: UnitOfWork, before: BeforeItem, at: datetime, to: str, by: str, words: str
) -> Screen:
    """The task is owed from now on; who is to do it is told at once, and reminded before its day."""
    office, item = before.office, before.item
    meeting = office.meeting
    task = Debt(
        DebtKind.TASK,
        reference("item", item.id),
        words,
        "",
        since=at,
        days=0,
        committee=meeting.committee,
        due_on=date.fromisoformat(by),
        body=meeting.body.id,
        person=int(to),
        asked_by=office.person.id,
    )
    await owed.owe(work, task, office.person)
    await live.refresh(work, meeting)
    shown, toast = live.item(meeting.id, item.id), work.say.label("toast.task_given")
    return Screen(live=shown, toast=toast, about=about(meeting.id))


# --- how it looks ------------------------------------------------------------------------------


async def rows(work: UnitOfWork, office: Access, item: AgendaItem) -> list[Row]:
    """The ways to the tasks of an item, and to giving another one."""
    say, meeting = work.say, office.meeting
    kind, of = DebtKind.TASK, reference("item", item.id)
    given = await owed.of_subject(work.tx, meeting.committee, of, kind)
    found: list[Row] = [
        (Button(say.label("sitting_button.task", subject=each.subject), action("debt", each.id)),)
        for each in given
    ]
    if may_give_task(meeting, office.standing, item) is None:
        found.append((Button(say.label("sitting_button.give_task"), action("task_give", item.id)),))
    return found


def asks_who(
    say: Rendering, item: AgendaItem, persons: Sequence[Person], turns: Sequence[Row]
) -> Card:
    """Who is to carry the task out."""
    named = [(Button(each.name, action("task_give", item.id, each.id)),) for each in persons]
    return Card(say.text("task_ask_who", item=item), (*named, *turns, _back(say, item)))


def asks_day(
    say: Rendering, item: AgendaItem, owner: str, args: tuple[str, ...], offered: Sequence[date]
) -> Card:
    """The last day of the task, offered or typed."""
    days = day_rows(say, "task_give", args, offered)
    return Card(say.text("task_ask_by", item=item, owner=owner), (*days, _back(say, item)))


def asks_words(say: Rendering, item: AgendaItem, owner: str, day: date) -> Card:
    """What is to be done, in one line."""
    text = say.text("task_ask_words", item=item, owner=owner, day=day)
    return Card(text, (_back(say, item),))


def _back(say: Rendering, item: AgendaItem) -> Row:
    return (Button(say.label("button.back"), action("mitem", item.id)),)
