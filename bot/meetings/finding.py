"""Meetings among what a search finds, for whoever may see them. Nothing is changed here."""

from __future__ import annotations

from functools import partial

from bot.db import people, rulebooks
from bot.db.notice import Row
from bot.kit import access
from bot.kit.search import Found, Hit, Hits, Query, button, searched
from bot.kit.unit import UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.listing import store as listing
from bot.meetings.listing.store import Seen
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body
from bot.values.action import action
from bot.values.sought import begins, searchable


@searched("meeting")
async def _found(work: UnitOfWork, query: Query, most: int) -> Hits:
    """Meetings by an item, the body, number, year, and whoever is invited: clerks all, a head the body's."""
    seen, bodies = await seen_by(work, query.person)
    words = query.sought.words
    named = [body.id for body in bodies if words and begins(searchable(body.name), words)]
    total, rows = await listing.found(work.tx, seen, query.sought, query.persons, named, most)
    return Hits(total, [Hit(at, partial(_read, work, meeting)) for at, meeting in rows])


async def seen_by(work: UnitOfWork, person: Person) -> tuple[Seen, tuple[Body, ...]]:
    """Which meetings somebody sees, of the bodies of the committee."""
    committee = await people.committee(work.tx, person.committee)
    bodies = (await rulebooks.regulation(work.tx, committee.rulebook)).bodies
    staff = await access.staff(work, person.committee)
    heads = frozenset(body.id for body in bodies if staff.acting(person, body))
    return Seen(person.committee, person.id, everything=person.is_clerk, bodies=heads), bodies


async def list_rows(work: UnitOfWork, person: Person) -> list[Row]:
    """The way from the list of meetings to the search."""
    return [await button(work, person)]


async def _read(work: UnitOfWork, meeting_id: int) -> Found:
    meeting = await meetings.there(work.tx, meeting_id)
    say, starts = work.say, meeting.starts_at
    subject = say.label("sitting_button.one", day=say.day(starts), body=meeting.body.name)
    stage = say.label(f"meeting_stage.{meeting.stage.value}")
    way = action("mshow", meeting.id)
    return Found("meeting", subject, meeting.number, stage, None, way)
