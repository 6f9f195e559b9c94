"""The list of a committee's people, the search in it, and one person, as screens. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.db import drafts
from bot.kit.act import press, words
from bot.kit.screen import Screen
from bot.kit.seconding_cards import Asked
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import for_clerks, home_row
from bot.people import cards, change_cards, changing, store
from bot.people.access import Found, clerk_of, house_of, in_order, look_at, office_of
from bot.people.rules.changes import Change
from bot.values.limits import SOUGHT_NAME_LIMIT
from bot.values.names import folded
from bot.values.refusal import Refused, faulty
from bot.values.texts import TextFault, clean_line

home_row(70, "people", reads=True)(for_clerks)


@press("people")
async def page(context: Context, tap: Tap) -> Screen:
    """One page of everybody, or of those who have not joined yet."""
    waiting = tap.args[2:] == ("waiting",)
    number = tap.page(1)
    async with context.look() as work:
        office = await office_of(work, tap.account, tap.number(0))
        requested = len(await changing.waiting(work, office.committee.id))
    shown = [p for p in in_order(office.everybody) if not (waiting and p.joined)]
    card = cards.listed(context.say, office, shown, number, waiting=waiting, requested=requested)
    return Screen(card)


@press("people_requests")
async def requests(context: Context, tap: Tap) -> Screen:
    """What the office has asked about people and nobody has decided yet."""
    async with context.look() as work:
        office = await clerk_of(work, tap.account, tap.number(0))
        waiting = await _waiting(work, office.committee.id)
    return Screen(change_cards.requests(context.say, office, waiting))


async def _waiting(
    work: UnitOfWork, committee: int, person: int | None = None
) -> list[tuple[int, Asked]]:
    house = await house_of(work, committee)
    found = await changing.waiting(work, committee, person)
    return [(r.id, change_cards.wish(work.say, house, Change.of(r.content))) for r in found]


@press("people_find")
async def ask_query(context: Context, tap: Tap) -> Screen:
    """The press "Tìm theo tên": asks for a name, or a part of one."""
    async with context.work(reads=True) as work:
        office = await office_of(work, tap.account, tap.number(0))
        await _await_query(work, tap.account, office.committee.id)
    return Screen(cards.asks_query(context.say, office))


@words("people_find", keeps=True)
async def search(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """Everybody whose name holds every word typed, with or without marks; another name may follow."""
    query = clean_line(sent.text, SOUGHT_NAME_LIMIT)
    if isinstance(query, TextFault):
        raise Refused(faulty(query))
    async with context.work(reads=True) as work:
        office = await office_of(work, sent.account, ref["committee"])
        await _await_query(work, sent.account, office.committee.id)
    wanted = folded(query).split()
    hits = [p for p in in_order(office.everybody) if _holds(folded(p.name).split(), wanted)]
    return Screen(cards.hits(context.say, office, query, hits))


async def _await_query(work: UnitOfWork, account: int, committee: int) -> None:
    ref = {"committee": committee}
    await drafts.await_words(work.tx, account, "people_find", ref, work.now)


def _holds(name: list[str], wanted: list[str]) -> bool:
    """Whether each word wanted begins a word of the name."""
    return all(any(part.startswith(word) for part in name) for word in wanted)


@press("people_one")
async def one(context: Context, tap: Tap) -> Screen:
    """One person, with what the clerk can do about it."""
    async with context.look() as work:
        return await person_shown(work, await look_at(work, tap.account, tap.number(0)))


async def person_shown(work: UnitOfWork, found: Found, toast: str = "") -> Screen:
    """One person as it is now, with the word on the button that says what was done."""
    until = await store.open_invitation(work.tx, found.person.id)
    waiting = await _waiting(work, found.person.committee, found.person.id)
    card = cards.card(work.say, found, work.now, invited_until=until, waiting=waiting)
    return Screen(card, toast=work.say.label(f"people_toast.{toast}") if toast else "")
