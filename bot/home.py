"""The first screen and its lists: what waits for me, what I answered, what the office follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.consultations import overview as consultations_overview
from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Dossier
from bot.consultations.rules.outcome import shown_state
from bot.consultations.urgent import may_record
from bot.db import people, rulebooks
from bot.db.notice import Button, Card
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import Source, Waiting
from bot.meetings import agenda
from bot.meetings import overview as meetings_overview
from bot.meetings.calling.view import bodies_of
from bot.notices import lists as notice_lists
from bot.people.rules.people import Person, Role
from bot.reports import screens as reports
from bot.values.action import action
from bot.votes import voting

LISTED = 20
"""Matters on one list."""
SOURCES: tuple[Source, ...] = (
    consultations_overview.waiting_for,
    meetings_overview.waiting_for,
    voting.waiting_for,
    notice_lists.waiting_for,
    reports.waiting_for,
)
"""Each subject says for itself what waits for a person."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """What a person is and what waits, over all committees."""

    persons: tuple[Person, ...]
    committees: dict[int, str]
    urgent: frozenset[int]
    """Committees in which this person records what one body settled as urgent for another."""
    callers: frozenset[int]
    """Committees in which this person may prepare a meeting."""
    waiting: tuple[Waiting, ...]


async def card(context: Context, account: int) -> Card:
    """The first screen; a stranger gets a polite word without content."""
    async with context.look() as work:
        found = await _desktop(work, account)
    if not found.persons:
        return Card(context.say.text("stranger"))
    text = context.say.text(
        "home",
        persons=found.persons,
        committees=found.committees,
        count=len(found.waiting),
        next=found.waiting[0] if found.waiting else None,
        now=work.now,
    )
    return Card(text, _rows(context, found))


def _rows(context: Context, found: Desktop) -> tuple[tuple[Button, ...], ...]:
    say = context.say
    tasks = Button(
        say.label("button.tasks", count=len(found.waiting)), action("tasks"), style="primary"
    )
    rows = [(tasks,), (Button(say.label("button.meetings"), action("mlist")),)]
    if any(_sits(person) for person in found.persons):
        rows.append((Button(say.label("button.answered"), action("answered")),))
    for person in found.persons:
        several = len([p for p in found.persons if p.is_clerk]) > 1
        suffix = say.label("button.of", name=found.committees[person.committee]) if several else ""
        if person.is_clerk:
            rows += _clerk_rows(context, person, suffix, urgent=person.committee in found.urgent)
        elif _sits(person):
            if person.committee in found.callers:
                label = say.label("button.invite") + suffix
                rows.append((Button(label, action("invite", person.committee)),))
            rows.append((_watch(context, person, suffix),))
            if person.committee in found.urgent:
                rows.append((_urgent(context, person, suffix),))
            rows.append((_notices(context, person, suffix),))
        if _may_owe(person):
            label = say.label("button.reports") + suffix
            rows.append((Button(label, action("reports", person.committee)),))
    rows.append((Button(say.label("button.help"), action("help")),))
    return tuple(rows)


def _sits(person: Person) -> bool:
    """Whether consultations concern the person at all: guests and reporting units see none."""
    return any(seat.role not in (Role.GUEST, Role.UNIT) for seat in person.seats)


def _may_owe(person: Person) -> bool:
    """Whether reports concern the person: guests owe none."""
    return any(seat.role is not Role.GUEST for seat in person.seats)


def _watch(context: Context, person: Person, suffix: str) -> Button:
    return Button(context.say.label("button.watch") + suffix, action("watch", person.committee))


def _urgent(context: Context, person: Person, suffix: str) -> Button:
    return Button(context.say.label("button.urgent") + suffix, action("urgent", person.committee))


def _notices(context: Context, person: Person, suffix: str) -> Button:
    label = context.say.label("button.notices") + suffix
    return Button(label, action("notices", person.committee))


def _clerk_rows(
    context: Context, person: Person, suffix: str, *, urgent: bool
) -> list[tuple[Button]]:
    acts = [
        "launch",
        "invite",
        "watch",
        *(["urgent"] if urgent else []),
        "notices",
        "rboard",
        "people",
        "calendar",
    ]
    return [
        (Button(context.say.label(f"button.{act}") + suffix, action(act, person.committee)),)
        for act in acts
    ]


async def _desktop(work: UnitOfWork, account: int) -> Desktop:
    persons = await people.of_account(work.tx, account)
    names = {c.id: c.name for c in await people.all_committees(work.tx)}
    committees = {p.committee: names[p.committee] for p in persons}
    waiting: list[Waiting] = []
    for person in persons:
        for source in SOURCES:
            waiting += await source(work, person, committees[person.committee])
    urgent = [p.committee for p in persons if await may_record(work, p)]
    callers = [p.committee for p in persons if await bodies_of(work, p)]
    in_order = tuple(sorted(waiting, key=lambda w: w.at))
    return Desktop(
        persons=tuple(persons),
        committees=committees,
        urgent=frozenset(urgent),
        callers=frozenset(callers),
        waiting=in_order,
    )


async def tasks(context: Context, account: int) -> Card:
    """The list "Việc của tôi": what waits for this person, by due moment."""
    async with context.look() as work:
        found = await _desktop(work, account)
    shown = found.waiting[:LISTED]
    rows = [
        (
            Button(
                context.say.label(f"task.{w.kind}", subject=short(w.subject)),
                w.press,
            ),
        )
        for w in shown
    ]
    several = len(found.committees) > 1
    text = context.say.text(
        "tasks", waiting=shown, total=len(found.waiting), now=work.now, several=several
    )
    return Card(text, (*rows, _home(context)))


async def answered(context: Context, account: int) -> Card:
    """What this person answered: running matters first, then the last closed ones."""
    rows: list[tuple[Button, ...]] = []
    lines: list[tuple[Dossier, Person]] = []
    async with context.look() as work:
        for person in await people.of_account(work.tx, account):
            running = [
                dossier
                for dossier in await consultations_overview.open_for(work, person)
                if person.id in dossier.running.last_replies
            ]
            closed = [
                await consultations.get(work.tx, one)
                for one in await consultations.closed_ids_for(work.tx, person.id, LISTED)
            ]
            lines += [(d, person) for d in (*running, *closed) if d is not None and d.consultation]
    for dossier, _ in lines[:LISTED]:
        rows.append((Button(short(dossier.subject), action("form", dossier.id)),))
    text = context.say.text("answered", lines=lines[:LISTED], now=work.now)
    return Card(text, (*rows, _home(context)))


async def watch(context: Context, account: int, committee: int) -> Card | None:
    """The list "Theo dõi": the committee's matters, for members with what concerns them, for the office whole."""
    async with context.look() as work:
        persons = await people.of_account(work.tx, account)
        person = next((p for p in persons if p.committee == committee), None)
        if person is None:
            return None
        office = person.is_clerk or await consultations_overview.may_head(work, person)
        lines = []
        for one in await consultations.ids_of_committee(work.tx, committee, LISTED):
            dossier = await consultations.get(work.tx, one)
            if dossier and (office or _concerns(dossier, person)):
                lines.append((dossier, _stage(dossier, work.now)))
        waiting = await agenda.waiting(work.tx, committee)
        items = [item for item in waiting if office or item.proposed_by == person.id]
        rulebook = (await people.committee(work.tx, committee)).rulebook
        bodies = {b.id: b.name for b in (await rulebooks.regulation(work.tx, rulebook)).bodies}
    act = "dash" if office else "form"
    rows = [(Button(short(d.subject), action(act, d.id)),) for d, _ in lines]
    return Card(
        context.say.text(
            "watch", lines=lines, items=items, bodies=bodies, now=work.now, office=office
        ),
        (*rows, _home(context)),
    )


def _concerns(dossier: Dossier, person: Person) -> bool:
    seats = dossier.consultation.roll if dossier.consultation else ()
    return any(seat.person == person.id for seat in seats)


def _stage(dossier: Dossier, now: datetime) -> str:
    if dossier.declined or dossier.recalled:
        return "declined" if dossier.declined else "withdrawn"
    if dossier.consultation is None:
        return "submitted"
    return shown_state(dossier.consultation, now).stage.value


async def stray(context: Context, account: int) -> Card:
    """To words nobody asked for: that they were not understood, and the first screen."""
    screen = await card(context, account)
    if not screen.rows:  # a stranger has no buttons to be sent to
        return screen
    return Card(context.say.text("stray", screen=screen.text), screen.rows)


def help_card(context: Context) -> Card:
    """How the bot is used, in a few lines."""
    return Card(context.say.text("help"), (_home(context),))


def _home(context: Context) -> tuple[Button, ...]:
    return (Button(context.say.label("button.home"), action("home")),)


def short(subject: str, limit: int = 48) -> str:
    """A subject that fits on a button."""
    return subject if len(subject) <= limit else subject[: limit - 2].rstrip() + " …"
