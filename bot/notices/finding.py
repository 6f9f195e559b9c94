"""Notices among what a search finds, for whoever may see them. Nothing is changed here."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.db import people, rulebooks
from bot.kit import access
from bot.kit.search import Found, Hit, Hits, Query, searched
from bot.kit.unit import UnitOfWork
from bot.notices import store as notices
from bot.values.action import action


@searched("notice")
async def _found(work: UnitOfWork, query: Query, most: int) -> Hits:
    """Notices by subject, year, sender and, for the office, whom they were sent to."""
    person = query.person
    committee = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    staff = await access.staff(work, person.committee)
    heads = [body.id for body in regulation.bodies if staff.acting(person, body)]
    total, rows = await notices.found(work.tx, query, heads, most)
    return Hits(total, [Hit(row[0], partial(_read, work, *row)) for row in rows])


async def _read(
    work: UnitOfWork,
    sent_at: datetime,
    notice: int,
    subject: str,
    office: bool,
) -> Found:
    way = action("nboard" if office else "notice", notice)
    return Found("notice", subject, None, work.say.label("found_state.sent"), sent_at, way)
