"""The list of a committee's people, the search in it, and one person, as cards. Nothing is changed here."""

from __future__ import annotations

from bot.db import drafts
from bot.db.notice import Card
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import home_row
from bot.people import cards
from bot.people.access import in_order, look_at, office_of
from bot.people.rules.people import Person
from bot.values.names import folded
from bot.values.refusal import Refusal, faulty
from bot.values.texts import TextFault, clean_line

QUERY_LIMIT = 100
"""Characters of a name looked for."""


@home_row(70, "people")
async def _on_home(_work: UnitOfWork, person: Person) -> bool:
    return person.is_clerk


async def page(
    context: Context, account: int, committee: int, number: int = 0, *, waiting: bool = False
) -> Card | Refusal:
    """One page of everybody, or of those who have not joined yet."""
    async with context.look() as work:
        office = await office_of(work, account, committee)
    if isinstance(office, Refusal):
        return office
    shown = [p for p in in_order(office.everybody) if not (waiting and p.joined)]
    return cards.listed(context.say, office, shown, number, waiting=waiting)


async def ask_name(context: Context, account: int, committee: int) -> Card | Refusal:
    """Ask for a name, or a part of one, to look for."""
    async with context.work() as work:
        office = await office_of(work, account, committee)
        if isinstance(office, Refusal):
            return office
        ref = {"committee": committee}
        await drafts.await_words(work.tx, account, "people_find", ref, work.now)
    return cards.asks_query(context.say, office)


async def search(context: Context, account: int, committee: int, text: str) -> Card | Refusal:
    """Everybody whose name holds every word typed, with or without marks."""
    query = clean_line(text, QUERY_LIMIT)
    if isinstance(query, TextFault):
        return faulty(query)
    async with context.work() as work:
        office = await office_of(work, account, committee)
        if isinstance(office, Refusal):
            return office
        ref = {"committee": committee}
        await drafts.await_words(work.tx, account, "people_find", ref, work.now)
    words = folded(query).split()
    hits = [p for p in in_order(office.everybody) if _holds(folded(p.name).split(), words)]
    return cards.hits(context.say, office, query, hits)


def _holds(name: list[str], words: list[str]) -> bool:
    """Whether each word begins a word of the name."""
    return all(any(part.startswith(word) for part in name) for word in words)


async def person_card(context: Context, account: int, person_id: int) -> Card | Refusal:
    """One person, with what the clerk can do about it."""
    async with context.look() as work:
        found = await look_at(work, account, person_id)
        return found if isinstance(found, Refusal) else cards.card(context.say, found, work.now)


async def person_shown(work: UnitOfWork, account: int, person_id: int) -> Card | Refusal:
    """The same inside a transaction already begun."""
    found = await look_at(work, account, person_id)
    return found if isinstance(found, Refusal) else cards.card(work.say, found, work.now)
