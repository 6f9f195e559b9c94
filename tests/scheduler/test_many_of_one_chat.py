"""However much one chat sends: one place, few in memory, and members before strangers where places are scarce."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime

import pytest
from telegram import Bot, Update

from bot.clock import MovableClock
from bot.db import inbox
from bot.db.engine import Database
from scheduler.handling import AT_HAND, SIDE_BY_SIDE, Handling, Order, Received
from scheduler.places import Places
from tests.scheduler.conftest import LAN, MINH, NOON

CROWD = range(2000, 2000 + SIDE_BY_SIDE)


class House:
    """Notes what was said, by whom, in order; whoever speaks waits until the house `goes_on`."""

    def __init__(self, bot: Bot, db: Database, clock: MovableClock) -> None:
        self.said: list[tuple[int, str]] = []
        self.members: set[int] = set()
        self.goes_on = asyncio.Event()
        self.handling = Handling(
            bot, bot.id, db, clock, self.handle, Order(self.waits, self.is_member)
        )
        self.db, self._bot_id = db, bot.id
        self._next = 1

    async def handle(self, update: Update, received_at: datetime, earliest_at: datetime) -> None:
        await self.goes_on.wait()
        assert update.message is not None
        self.said.append((update.message.chat.id, update.message.text or ""))

    async def is_member(self, account: int) -> bool:
        return account in self.members

    async def waits(self, update: Update) -> bool:
        return update.message is not None and update.message.text == "đóng"

    async def take(self, *said: tuple[int, str], kept: bool = True) -> None:
        """What these accounts said, in this order; as the intake does, kept first."""
        taken = [self._received(who, words, kept) for who, words in said]
        if kept:
            async with self.db.write() as tx:
                rows = [(each.update_id, json.dumps(each.content)) for each in taken]
                await inbox.add(tx, self._bot_id, rows, NOON, NOON)
        self.handling.take(taken)

    def _received(self, who: int, words: str, kept: bool) -> Received:
        number, self._next = self._next, self._next + 1
        chat = {"id": who, "type": "private"}
        person = {"id": who, "is_bot": False, "first_name": "Người"}
        message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": words}
        return Received(number, {"update_id": number, "message": message}, NOON, NOON, kept=kept)


@pytest.fixture
def house(bot: Bot, db: Database, clock: MovableClock) -> House:
    return House(bot, db, clock)


def flood(who: int, number: int = 600) -> list[tuple[int, str]]:
    return [(who, f"lần {n}") for n in range(number)]


async def test_of_one_chat_few_are_held_and_counted_and_all_are_handled_in_order(
    house: House,
) -> None:
    await house.take(*flood(LAN))
    assert house.handling.waiting == 600
    await house.handling.room_for_more(AT_HAND)  # the intake is not held up
    house.goes_on.set()
    await house.handling.settled()
    assert house.said == flood(LAN)
    async with house.db.read() as tx:
        assert (await inbox.counts(tx)).waiting == 0


async def test_what_is_not_kept_comes_before_a_flood_of_its_own_chat_in_its_own_order(
    house: House,
) -> None:
    await house.take(*flood(LAN, 100))
    await house.take((LAN, "kín 1"), (LAN, "kín 2"), kept=False)
    await house.take(*flood(LAN, 1))
    house.goes_on.set()
    await house.handling.settled()
    first = [words for _, words in house.said[AT_HAND : AT_HAND + 3]]
    assert first == ["kín 1", "kín 2", f"lần {AT_HAND}"]
    assert len(house.said) == 103


async def test_what_is_not_kept_waits_for_no_other(house: House) -> None:
    await house.take(*flood(LAN, 50))
    await house.take((LAN, "đóng"), kept=False)
    house.goes_on.set()
    await house.handling.settled()
    assert house.said.index((LAN, "đóng")) == AT_HAND


async def test_where_places_are_scarce_a_member_comes_before_strangers(house: House) -> None:
    house.members.add(MINH)
    for account in CROWD:  # every place is taken
        await house.take(*flood(account, 3))
    strangers = range(5000, 5000 + SIDE_BY_SIDE)
    for account in strangers:
        await house.take((account, "alô"))
    await house.take((MINH, "đồng ý"))
    for _ in range(20):
        await asyncio.sleep(0)
    house.goes_on.set()
    await house.handling.settled()
    order = [who for who, _ in house.said]
    assert order.index(MINH) < min(order.index(account) for account in strangers)
    assert len(order) == 3 * SIDE_BY_SIDE + SIDE_BY_SIDE + 1


async def test_a_place_handed_to_whoever_gave_up_waiting_goes_to_the_next() -> None:
    places, order = Places(1), []

    async def nobody() -> bool:
        return False

    async def work(name: str) -> None:
        async with places.taken(nobody):
            order.append(name)
            await asyncio.sleep(0)

    async with places.taken(nobody):
        waiting = [asyncio.create_task(work(name)) for name in ("a", "b", "c")]
        await asyncio.sleep(0)
        waiting[0].cancel()
    waiting[1].cancel()  # the place may have been handed to it already
    await asyncio.gather(*waiting, return_exceptions=True)
    await work("d")
    assert order == ["c", "d"]
