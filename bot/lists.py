"""The lists «Đã trả lời» and «Theo dõi», a page at a time: how each matter stands, and the way to it."""

from __future__ import annotations

from bot.consultations import face as consultations
from bot.consultations import overview
from bot.db import people, rulebooks
from bot.db.notice import Button, Card, Row
from bot.kit import access, search
from bot.kit.act import press
from bot.kit.card import Page, page_of, to_home
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import home_row
from bot.meetings import face as meetings
from bot.people.rules.people import Person, sits
from bot.sheets import face as sheets
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refused

LISTED = 10
"""Matters on one page."""
ANSWERED = 500
"""So many matters that a person answered are gone through; older ones are found by searching."""


@home_row(20, "answered", once=True, first=True, reads=True)
async def _answers(_work: UnitOfWork, person: Person) -> bool:
    return sits(person)


@home_row(43, "watch", first=True, reads=True)
async def _watches(_work: UnitOfWork, person: Person) -> bool:
    return person.is_clerk or sits(person)


@press("answered")
async def answered(context: Context, tap: Tap) -> Screen:
    """What this person answered: running matters first, then the closed ones with what they came to."""
    say, rows = context.say, list[Row]()
    async with context.look() as work:
        mine = await _answered_by(work, tap.account)
        page = page_of(mine, tap.page(0), LISTED)
        lines = []
        for person, of in page.entries:
            dossier = await consultations.get(work.tx, of)
            if dossier is not None and dossier.consultation is not None:
                lines.append((dossier, person, await overview.outcome_words(work, dossier)))
                rows.append((Button(dossier.subject, action("form", of)),))
        persons = await people.of_account(work.tx, tap.account)
        rows += page.turns(say, lambda to: action("answered", to))
        rows += [await search.button(work, each) for each in persons]
    text = say.text(
        "answered", lines=lines, first=page.number * LISTED, page=page.number + 1, pages=page.count
    )
    return Screen(Card(text, (*rows, to_home(context.say))))


async def _answered_by(work: UnitOfWork, account: int) -> list[tuple[Person, int]]:
    found = []
    for person in await people.of_account(work.tx, account):
        running = await overview.open_for(work, person)
        found += [(person, d.id) for d in running if person.id in d.running.first_replies]
    for person in await people.of_account(work.tx, account):
        closed = await consultations.closed_ids_for(work.tx, person.id, ANSWERED)
        found += [(person, of) for of in closed]
    return found


@press("watch")
async def watch(context: Context, tap: Tap) -> Screen:
    """The committee's matters, for members with what concerns them, for the office whole; running ones first."""
    committee, number = tap.number(0), tap.page(1)
    async with context.look() as work:
        person = await access.in_committee(work, tap.account, committee)
        if person is None:
            raise Refused(NO_RIGHT)
        seen = await overview.seen_by(work, person)
        total, listed = await overview.listed(work, seen, LISTED, number * LISTED)
        last = max(0, -(-total // LISTED) - 1)
        if number > last:
            number = last
            total, listed = await overview.listed(work, seen, LISTED, number * LISTED)
        lines = [(each, await overview.line_of(work, each)) for each in listed]
        waiting = await meetings.waiting(work.tx, committee) if number == 0 else []
        office = seen.everything or bool(seen.bodies)
        items = [item for item in waiting if office or item.proposed_by == person.id]
        rulebook = (await people.committee(work.tx, committee)).rulebook
        bodies = {b.id: b.name for b in (await rulebooks.regulation(work.tx, rulebook)).bodies}
        find = await search.button(work, person)
        years = await sheets.sees_years(work, person)
    page = Page(lines, number, last + 1)
    text = context.say.text(
        "watch",
        lines=lines,
        first=number * LISTED,
        page=number + 1,
        pages=page.count,
        items=items,
        bodies=bodies,
        office=office,
    )
    rows: list[Row] = [(Button(each.subject, overview.way_to(each, seen)),) for each in listed]
    rows += page.turns(context.say, lambda to: action("watch", committee, to))
    if years:
        rows.append((Button(context.say.label("sheet_button.year"), action("year", committee)),))
    return Screen(Card(text, (*rows, find, to_home(context.say))))
