"""«Tra cứu»: one search over what the subjects keep, by word, number, year and person. No subject is named here.

Each subject enters what finds its own, and shows only what its reader may see; results come from all of
them, the latest first, a page at a time.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.db import drafts, people, rulebooks
from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Row
from bot.kit import access
from bot.kit.act import press, words
from bot.kit.card import Page, to_home
from bot.kit.screen import Screen
from bot.kit.sent_sheets import Named, send
from bot.kit.spreadsheet import Column, Sheet, Value
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.rendering import Rendering, initial
from bot.values.action import Action, action
from bot.values.limits import SOUGHT_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, Refused, faulty, refuse
from bot.values.sought import Sought, begins, searchable
from bot.values.texts import TextFault, clean_line

SIZE = 8
"""Results on one page."""
FETCHED = 300
"""Results that go into a spreadsheet at most."""
KIND = "search"
"""The kind of the draft that keeps what was typed last, for the buttons that turn its pages."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, by whom; `persons` are those whose name begins with all its words."""

    person: Person
    sought: Sought
    persons: Collection[int]


@dataclass(frozen=True, slots=True)
class Found:
    """One result: what it is (its words: the labels `found`), how it stands, the day told with it, the way to it."""

    kind: str
    subject: str
    number: int | None
    state: str
    day: datetime | None
    press: Action


@dataclass(frozen=True, slots=True)
class Hit:
    """One result before it is shown: only those of the page that is looked at are read whole."""

    at: datetime
    read: Callable[[], Awaitable[Found]]


@dataclass(frozen=True, slots=True)
class Hits:
    """How many there are, and the latest of them, latest first."""

    total: int
    latest: Sequence[Hit]


Finds = Callable[[UnitOfWork, Query, int], Awaitable[Hits]]
"""What a subject finds that its reader may see: all counted, so many of the latest given."""
F = TypeVar("F", bound=Finds)
SEARCHED: dict[str, Finds] = {}
"""By what is found. Filled while the subjects are imported."""


def searched(kind: str) -> Callable[[F], F]:
    """What finds the things of a subject."""

    def enter(finds: F) -> F:
        SEARCHED[kind] = finds
        return finds

    return enter


@press("search")
async def ask(context: Context, tap: Tap) -> Screen:
    """The press "Tra cứu": asks what to look for; nothing else is awaited then."""
    async with context.work(reads=True) as work:
        person = await _reader(work, tap.account, tap.number(0))
        await _await(work, person)
    return Screen(Card(context.say.text("search"), (to_home(work.say),)))


@words("search", keeps=True)
async def look(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """What the words find, the first page; other words may follow."""
    if sent.file is not None:
        refuse("words_not_file")
    text = clean_line(sent.text, SOUGHT_LIMIT)
    if isinstance(text, TextFault):
        raise Refused(faulty(text))
    if Sought.of(text).is_empty:
        raise Refused(Refusal("nothing_sought"))
    async with context.work(reads=True) as work:
        person = await _reader(work, sent.account, int(ref["committee"]))
        earlier = await drafts.latest(work.tx, person.id, KIND)
        if earlier is not None:
            await drafts.end(work.tx, earlier.id, work.now)
        kept = {"text": text}
        draft = await drafts.add(work.tx, person.committee, person.id, KIND, kept, work.now)
        await _await(work, person)
        return await _results(work, person, draft.id, text, 0)


@press("found")
async def turn(context: Context, tap: Tap) -> Screen:
    """Another page of what was looked for before, as it stands now."""
    page = tap.page(1)
    async with context.work(reads=True) as work:
        person, draft = await _own(work, tap)
        await _await(work, person)
        return await _results(work, person, draft.id, str(draft.fields["text"]), page)


@dataclass(frozen=True, slots=True)
class _Searching(access.Access):
    """Somebody with what was looked for last, in the own draft."""

    text: str
    office: bool
    """A clerk, or who acts as head of a body: what they fetch they may pass on."""

    @property
    def reference(self) -> str:
        """How the register names where it was looked for."""
        return about(self.person.committee)


@press("found_sheet")
async def fetch(context: Context, tap: Tap) -> Screen:
    """What was looked for as a spreadsheet, as it stands now and as far as its reader sees it: the latest of it."""

    async def find(work: UnitOfWork) -> _Searching:
        person, draft = await _own(work, tap)
        rulebook = (await people.committee(work.tx, person.committee)).rulebook
        bodies = (await rulebooks.regulation(work.tx, rulebook)).bodies
        staff = await access.staff(work, person.committee)
        office = person.is_clerk or any(staff.acting(person, body) for body in bodies)
        return _Searching(person, str(draft.fields["text"]), office)

    async with context.look() as work:
        before = await find(work)
        hits = await _hits(work, before.person, before.text, FETCHED)
        found = [await hit.read() for hit in _latest(hits)[:FETCHED]]
        total = sum(each.total for each in hits.values())
    if not found:
        refuse("sheet_nothing_found")
    day = f"{in_viet_nam(context.clock.now()):%Y-%m-%d}"
    named = Named(
        "search_sheet", context.say.label("sheet_file.search", day=day), f"«{before.text}»"
    )
    sheet = _sheet(context.say, before.text, found, total)
    return await send(
        context, find, named, [sheet], kept_by="" if before.office else before.reference
    )


WIDTHS = {"place": 6, "kind": 20, "number": 10, "subject": 70, "state": 34, "day": 14}


def _sheet(say: Rendering, text: str, found: Sequence[Found], total: int) -> Sheet:
    rows: list[list[Value]] = [
        [
            place,
            initial(say.label(f"found.{one.kind}")),
            one.number,
            one.subject,
            initial(one.state),
            in_viet_nam(one.day).date() if one.day else None,
        ]
        for place, one in enumerate(found, 1)
    ]
    columns = [Column(say.label(f"search_sheet.{each}"), WIDTHS[each]) for each in WIDTHS]
    title = say.label("sheet.search", text=text)
    more = [say.label("sheet.not_all", shown=len(found), total=total)] if total > len(found) else []
    return Sheet(say.label("sheet.found"), title, columns, rows, notes=more)


async def _own(work: UnitOfWork, tap: Tap) -> tuple[Person, Draft]:
    """Who looked for something, and what; a draft of somebody else is nobody's."""
    draft = await drafts.get(work.tx, tap.number(0))
    if draft is None or draft.kind != KIND:
        refuse("old_button")
    person = await _reader(work, tap.account, draft.committee)
    if person.id != draft.person:
        raise Refused(NO_RIGHT)
    return person, draft


async def _reader(work: UnitOfWork, account: int, committee: int) -> Person:
    person = await access.in_committee(work, account, committee)
    if person is None:
        raise Refused(NO_RIGHT)
    return person


async def _await(work: UnitOfWork, person: Person) -> None:
    if person.account is not None:
        ref = {"committee": person.committee}
        await drafts.await_words(work.tx, person.account, "search", ref, work.now)


async def _results(work: UnitOfWork, person: Person, draft: int, text: str, number: int) -> Screen:
    """One page over all subjects; each gives as many of its latest as can stand up to there."""
    most = (number + 1) * SIZE
    hits = await _hits(work, person, text, most)
    total = sum(each.total for each in hits.values())
    page, pages = number, max(1, -(-total // SIZE))
    if number >= pages:
        return await _results(work, person, draft, text, pages - 1)
    shown = [await hit.read() for hit in _latest(hits)[page * SIZE : most]]
    say = work.say
    told = say.text(
        "search_results",
        text=text,
        total=total,
        counts={kind: each.total for kind, each in hits.items() if each.total},
        found=shown,
        first=page * SIZE + 1,
        page=page + 1,
        pages=pages,
    )
    rows = [
        (Button(f"{n}. {one.subject}", one.press),) for n, one in enumerate(shown, page * SIZE + 1)
    ]
    turns = Page(shown, page, pages).turns(say, lambda to: action("found", draft, to))
    fetches = (Button(say.label("sheet_button.search"), action("found_sheet", draft)),)
    ways = [*turns, *([fetches] if shown else []), to_home(say)]
    return Screen(Card(told, (*rows, *ways)), about=about(person.committee))


async def _hits(work: UnitOfWork, person: Person, text: str, most: int) -> dict[str, Hits]:
    """What each subject finds for a person: all counted, so many of the latest given."""
    sought = Sought.of(text)
    query = Query(person, sought, await _named(work, person.committee, sought))
    return {kind: await finds(work, query, most) for kind, finds in SEARCHED.items()}


def _latest(hits: Mapping[str, Hits]) -> list[Hit]:
    """The hits of all subjects, latest first."""
    every = (hit for each in hits.values() for hit in each.latest)
    return sorted(every, key=lambda hit: hit.at, reverse=True)


def about(committee: int) -> str:
    """What the screens are about: they must not be forwarded."""
    return f"committee:{committee}"


async def _named(work: UnitOfWork, committee: int, sought: Sought) -> frozenset[int]:
    """Everybody who is or was of the committee, with a name that holds every word."""
    if not sought.words:
        return frozenset()
    names = await people.names_of_committee(work.tx, committee)
    return frozenset(of for of, name in names if begins(searchable(name), sought.words))


async def button(work: UnitOfWork, person: Person) -> Row:
    """The way from a list to the search; who is in several committees reads in which."""
    label = work.say.label("button.search")
    if person.account is not None and len(await people.of_account(work.tx, person.account)) > 1:
        name = (await people.committee(work.tx, person.committee)).name
        label += work.say.label("button.of", name=name)
    return (Button(label, action("search", person.committee)),)
