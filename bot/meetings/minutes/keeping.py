"""Keeping the minutes: naming who does, reading them, and writing the course of the discussion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.db import drafts, people
from bot.db.notice import Card
from bot.kit.access import By
from bot.kit.act import act, press
from bot.kit.act import page as page_at
from bot.kit.ask import Given, Pick, Words
from bot.kit.card import page_of
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.live import about
from bot.meetings.minutes import cards, store
from bot.meetings.rules.meeting import AgendaItem, MeetingActKind, MeetingStage
from bot.meetings.rules.minutes import (
    Keeper,
    Minutes,
    Piece,
    may_add,
    may_name_keeper,
    may_read,
    may_write,
)
from bot.people.rules.people import Person
from bot.values.limits import OPINION_LIMIT
from bot.values.names import sort_key
from bot.values.refusal import Refusal, refuse, require
from bot.values.words import refuse_secret

ANEW = {"add": False, "anew": True}
PAGE = 12


@dataclass(frozen=True, slots=True)
class Before:
    """Somebody before the minutes of a meeting, and who could keep them."""

    found: Access
    minutes: Minutes
    persons: tuple[Person, ...]

    @property
    def about(self) -> str:
        """The meeting."""
        return about(self.found.meeting.id)

    def name(self, person: int | None) -> str:
        """Of somebody who could keep them; empty for nobody."""
        return next((each.name for each in self.persons if each.id == person), "")


async def find(work: UnitOfWork, account: int, meeting_id: int) -> Before:
    """The minutes before the office or whoever keeps them; nobody else learns anything."""
    found = await access.find(work, account, meeting_id)
    minutes = await store.of_meeting(work.tx, meeting_id)
    require(may_read(found.meeting, minutes, found.standing))
    everybody = await people.of_committee(work.tx, found.meeting.committee)
    body = found.meeting.body.id
    could = [each for each in everybody if each.is_clerk or each.seat_in(body)]
    return Before(found, minutes, tuple(sorted(could, key=lambda each: sort_key(each.name))))


Item = tuple[Before, AgendaItem]
"""Somebody before the minutes of an item."""


async def find_item(work: UnitOfWork, account: int, item_id: int) -> Item:
    """The same, of one item."""
    meeting_id = await meetings.of_item(work.tx, item_id)
    if meeting_id is None:
        refuse("meeting_gone")
    before = await find(work, account, meeting_id)
    item = before.found.meeting.item(item_id)
    if item is None:
        refuse("sitting_item_gone", body=before.found.meeting.body.name)
    return before, item


# --- reading -----------------------------------------------------------------------------------


@press("minutes")
async def show(context: Context, tap: Tap) -> Screen:
    """Who keeps the minutes, and the items."""
    async with context.look() as work:
        before = await find(work, tap.account, tap.number(0))
        return Screen(await _overview(work, before), about=before.about)


async def _overview(work: UnitOfWork, before: Before) -> Card:
    found, minutes = before.found, before.minutes
    return cards.overview(
        work.say,
        found.meeting,
        minutes,
        found.standing,
        keeper=before.name(minutes.keeper),
        opened=await _author(work, found, MeetingActKind.OPEN),
        closed=await _author(work, found, MeetingActKind.CLOSE),
    )


async def _author(work: UnitOfWork, found: Access, kind: MeetingActKind) -> By | None:
    act_ = found.meeting.act(kind)
    return await access.author(work, act_.by, act_.acting_for) if act_ and act_.by else None


@press("minutes_item")
async def show_item(context: Context, tap: Tap) -> Screen:
    """What was written of one item."""
    async with context.look() as work:
        before, item = await find_item(work, tap.account, tap.number(0))
        return Screen(await _item(work, before, item), about=before.about)


async def _item(
    work: UnitOfWork, before: Before, item: AgendaItem, *, writes: bool = False
) -> Card:
    found, minutes = before.found, before.minutes
    late = minutes.after_close(found.meeting, item.id)
    by = await people.persons(work.tx, [each.by for each in late])
    authors = [by[each.by].name for each in late]
    return cards.item(
        work.say, found.meeting, minutes, found.standing, item, writes=writes, authors=authors
    )


# --- who keeps them ----------------------------------------------------------------------------


def _may_name(before: Before, _at: datetime) -> Refusal | None:
    return may_name_keeper(before.found.meeting, before.found.standing)


async def _ask_keeper(
    work: UnitOfWork, before: Before, args: tuple[str, ...], number: int
) -> Screen:
    shown = page_of(before.persons, number, PAGE)
    turns = shown.turns(work.say, lambda to: page_at("minutes_keeper", args, to))
    card = cards.asks_keeper(work.say, before.found.meeting, shown.entries, turns)
    return Screen(card, about=before.about)


def _refuse_keeper(before: Before, answer: str, _at: datetime) -> Refusal | None:
    known = answer in {str(each.id) for each in before.persons}
    return None if known else Refusal("stale_question")


@act("minutes_keeper", find=find, may=_may_name, needs=(Pick(_ask_keeper, _refuse_keeper),))
async def name_keeper(work: UnitOfWork, before: Before, at: datetime, of: str) -> Screen:
    """From now on this person alone writes; who is named is told, whom it was before loses nothing written."""
    found, person = before.found, int(of)
    keeper = Keeper(person, at, found.person.id, found.acting_for)
    line = found.line("keep_minutes", {"of": person, "acting_for": found.acting_for})
    await work.write(store.name_keeper(found.meeting.id, keeper), line)
    to = [each for each in before.persons if each.id == person and each.id != found.person.id]
    key = f"minutes_named:{found.meeting.id}:{stamp(work)}"
    await notify(work, to, cards.named(work.say, found.meeting, found.by), key, about=before.about)
    await live.refresh(work, found.meeting)
    account = found.person.account or 0
    card = await _overview(work, await find(work, account, found.meeting.id))
    return Screen(card, toast=work.say.label("minutes_toast.named"), about=before.about)


# --- the course of the discussion --------------------------------------------------------------


def _may_write(before: Item, _at: datetime) -> Refusal | None:
    found = before[0].found
    return may_write(found.meeting, before[0].minutes, found.standing)


def _known(_before: Item, how: str, _at: datetime) -> Refusal | None:
    if how not in ANEW:
        raise MalformedPressError
    return None


async def _ask_words(work: UnitOfWork, before: Item, args: tuple[str, ...], _page: int) -> Screen:
    card = cards.asks_words(work.say, before[1], anew=ANEW[args[1]])
    return Screen(card, about=before[0].about)


def _refuse_words(_before: Item, words: str, _at: datetime) -> Refusal | None:
    return refuse_secret(words)


@act(
    "minutes_write",
    find=find_item,
    may=_may_write,
    needs=(Given(_known), Words(_ask_words, OPINION_LIMIT, _refuse_words)),
)
async def write(work: UnitOfWork, before: Item, at: datetime, how: str, words: str) -> Screen:
    """The words stand from now on, after those before or in their place; the next message goes on with them."""
    (of, item), anew = before, ANEW[how]
    found = of.found
    require(may_add(of.minutes, item, words, anew=anew))
    over = found.meeting.stage is MeetingStage.CLOSED
    detail = {"item": item.id, "subject": item.subject, "anew": anew, "words": words, "over": over}
    piece = Piece(item.id, words, at, found.person.id, anew)
    await work.write(store.write(piece), found.line("write_minutes", detail))
    account = found.person.account or 0
    await drafts.await_words(
        work.tx, account, "minutes_write", {"of": item.id, "answers": ["add"]}, work.now
    )
    card = await _item(work, (await find_item(work, account, item.id))[0], item, writes=True)
    return Screen(card, toast=work.say.label("minutes_toast.written"), about=of.about)
