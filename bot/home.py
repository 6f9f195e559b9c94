"""The first screen and its lists: what goes on now, what waits for me, and the ways to all else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.db import closures, people
from bot.db.closures import Closure
from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Rows
from bot.kit import form
from bot.kit.act import press
from bot.kit.card import in_rows, to_home
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import HOME_ROWS, SOURCES, UNDER_WAY, HomeRow, UnderWay, Waiting, home_row
from bot.people import face
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refused

MOST_ROWS = 6
"""Rows of the first screen."""
LISTED = 20
"""Matters on one list."""
NAMED = 2
"""Meetings that sit, and things wanted now, that the first screen has a button for."""
NAMES = ("subject", "what", "name", "place")
"""The answers of a form that say what it is about."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """What a person is and what waits, over all committees."""

    persons: tuple[Person, ...]
    committees: dict[int, str]
    under_way: tuple[UnderWay, ...]
    """What goes on now, what began last first."""
    waiting: tuple[Waiting, ...]
    ways: tuple[tuple[HomeRow, Person], ...]
    """The rows there are for each of them, in their order; a row that is for all stands once."""
    ended: dict[int, Closure]
    """Of the committees those that have ended; nothing waits in them, and what is there is read."""
    follows: dict[int, list[str]]
    """Which committees that have ended each goes on with, by name."""


async def card(context: Context, account: int) -> Card:
    """The first screen; a stranger gets a polite word without content."""
    async with context.look() as work:
        found = await _desktop(work, account)
        open_to = [each for each in found.persons if each.committee not in found.ended]
        presiding = {each.committee: await face.presiding(work, each) for each in open_to}
    if not found.persons:
        return Card(context.say.text("stranger"))
    text = context.say.text(
        "home",
        persons=found.persons,
        committees=found.committees,
        under_way=found.under_way[:NAMED],
        others=len(found.under_way[NAMED:]),
        count=len(found.waiting),
        next=found.waiting[0] if found.waiting else None,
        now=work.now,
        ended=found.ended,
        follows=found.follows,
        presiding=presiding,
    )
    return Card(text, _rows(context, found))


def _rows(context: Context, found: Desktop) -> Rows:
    """What goes on and waits first, then the ways most used; what would make a seventh row stands with the others."""
    say, count = context.say, len(found.waiting)
    tasks = Button(say.label("button.tasks", count=count), action("tasks"), style="primary")
    top = (*_now(say, found), (tasks,))
    first, others = _ways_of(context, found)
    if not others and len(rows := in_rows([*first, _help(say)])) + len(top) <= MOST_ROWS:
        return (*top, *rows)
    more = Button(say.label("button.others"), action("others"))
    while len(rows := in_rows([*first, more])) + len(top) > MOST_ROWS:
        first = first[:-1]
    return (*top, *rows)


def _now(say: Rendering, found: Desktop) -> Rows:
    """The ways to what goes on, and to what is wanted there of this person."""
    sits = [
        Button(say.label("button.sits", subject=each.subject), each.press, style="primary")
        for each in found.under_way[:NAMED]
    ]
    wanted = [
        Button(say.label(f"task.{each.kind}", subject=each.subject), each.press, style="primary")
        for each in found.waiting[:NAMED]
        if each.now
    ]
    return tuple((button,) for button in (*sits, *wanted))


def _others(context: Context, found: Desktop) -> Rows:
    """The ways that the first screen has no room for."""
    shown = {button.press for row in _rows(context, found) for button in row}
    first, others = _ways_of(context, found)
    return in_rows([*(way for way in first if way.press not in shown), *others, _help(context.say)])


def _ways_of(context: Context, found: Desktop) -> tuple[list[Button], list[Button]]:
    """The ways for the first screen, and those for the second; named by committee where one has several."""
    say, first, others = context.say, list[Button](), list[Button]()
    clerk_of_several = sum(person.is_clerk for person in found.persons) > 1
    times = Counter(row.name for row, _ in found.ways)
    for row, person in found.ways:
        label, way = say.label(f"button.{row.name}"), action(row.action)
        if not row.once:
            way = action(row.action, person.committee)
            if clerk_of_several or times[row.name] > 1:
                label += say.label("button.of", name=found.committees[person.committee])
        (first if row.first else others).append(Button(label, way))
    return first, others


def _help(say: Rendering) -> Button:
    return Button(say.label("button.help"), action("help"))


async def _desktop(work: UnitOfWork, account: int) -> Desktop:
    persons = await people.of_account(work.tx, account)
    names = {c.id: c.name for c in await people.all_committees(work.tx)}
    committees = {p.committee: names[p.committee] for p in persons}
    every = await closures.every(work.tx)
    ended = {each.committee: each for each in every if each.committee in committees}
    going: list[UnderWay] = []
    waiting: list[Waiting] = []
    for person in persons:
        if person.committee in ended:
            continue
        for goings in UNDER_WAY:
            going += await goings(work, person, committees[person.committee])
        for _, source in SOURCES:
            waiting += await source(work, person, committees[person.committee])
    return Desktop(
        persons=tuple(persons),
        committees=committees,
        under_way=tuple(sorted(going, key=lambda each: each.since, reverse=True)),
        waiting=tuple(sorted(waiting, key=lambda each: (not each.now, each.at))),
        ways=await _ways(work, persons, ended),
        ended=ended,
        follows={
            of: [names[each.committee] for each in every if each.successor_id == of]
            for of in committees
        },
    )


async def _ways(
    work: UnitOfWork, persons: Sequence[Person], ended: Collection[int]
) -> tuple[tuple[HomeRow, Person], ...]:
    """First the rows that are for all committees together, then those of each; of one that has ended what reads it."""

    async def shown(row: HomeRow, person: Person) -> bool:
        return (row.reads or person.committee not in ended) and await row.shown(work, person)

    for_all = [
        (row, found[0])
        for row in HOME_ROWS
        if row.once and (found := [p for p in persons if await shown(row, p)])
    ]
    for_each = [
        (row, person)
        for person in persons
        for row in HOME_ROWS
        if not row.once and await shown(row, person)
    ]
    return (*for_all, *for_each)


@press("home")
async def show_home(context: Context, tap: Tap) -> Screen:
    """The first screen in place."""
    return Screen(await card(context, tap.account))


@press("others")
async def show_others(context: Context, tap: Tap) -> Screen:
    """The ways that the first screen has no room for, "Việc khác"."""
    async with context.look() as work:
        found = await _desktop(work, tap.account)
    if not found.persons:
        raise Refused(NO_RIGHT)
    text = context.say.text("home_others")
    return Screen(Card(text, (*_others(context, found), to_home(context.say))))


@press("help")
async def show_help(context: Context, _tap: Tap) -> Screen:
    """Help in place."""
    return Screen(help_card(context))


@press("tasks")
async def tasks(context: Context, tap: Tap) -> Screen:
    """The list "Việc của tôi": what waits for this person, by due moment."""
    async with context.look() as work:
        found = await _desktop(work, tap.account)
    shown = found.waiting[:LISTED]
    rows = [
        (
            Button(
                context.say.label(f"task.{w.kind}", subject=w.subject),
                w.press,
            ),
        )
        for w in shown
    ]
    several = len(found.committees) > 1
    text = context.say.text(
        "tasks", waiting=shown, total=len(found.waiting), now=work.now, several=several
    )
    return Screen(Card(text, (*rows, to_home(context.say))))


@home_row(15, "drafts", once=True, first=True)
async def _has_drafts(work: UnitOfWork, person: Person) -> bool:
    return bool(await form.unfinished(work, person.id))


@press("drafts")
async def unfinished(context: Context, tap: Tap) -> Screen:
    """The forms left unfinished, the last one touched first; each goes on at the question that stands."""
    async with context.look() as work:
        left = [
            draft
            for person in await people.of_account(work.tx, tap.account)
            for draft in await form.unfinished(work, person.id)
        ]
    rows = [
        (Button(_named(context.say, draft), action("form_show", draft.id)),)
        for draft in left[:LISTED]
    ]
    text = context.say.text("drafts", count=len(left), shown=len(rows))
    return Screen(Card(text, (*rows, to_home(context.say))))


def _named(say: Rendering, draft: Draft) -> str:
    """A draft by what it is about, where that has been said, and its kind."""
    kind = say.label(f"draft.{draft.kind}")
    about = next((draft.fields[key] for key in NAMES if draft.fields.get(key)), "")
    return f"{about} · {kind}" if about else kind


async def stray(context: Context, account: int, what: str = "words") -> Card:
    """To what nobody asked for ("words", a "file", a "command"): that it was not taken, and the first screen."""
    screen = await card(context, account)
    if not screen.rows:  # a stranger has no buttons to be sent to
        return screen
    ways = {button.press for row in screen.rows for button in row}
    answered = action("answered") in ways
    text = context.say.text("stray", what=what, screen=screen.text, answered=answered)
    return Card(text, screen.rows)


def help_card(context: Context) -> Card:
    """How the bot is used, in a few lines."""
    return Card(context.say.text("help"), (to_home(context.say),))
