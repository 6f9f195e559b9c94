"""Presses that wait for all that came before them: in order, in no place, and never for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from telegram import Bot, Update

from bot.clock import MovableClock
from bot.db.engine import Database
from bot.db.faults import StoreFault
from scheduler.handling import SIDE_BY_SIDE, Handling, Order, Received
from tests.scheduler.conftest import LAN, MINH, NOON, THU, time_passes_until, until

CROWD = range(1000, 1000 + SIDE_BY_SIDE)


class House:
    """Notes what was handled, in order. "close:…" waits for all before it, save for those without the right."""

    def __init__(self, bot: Bot, db: Database, clock: MovableClock) -> None:
        self.pressed: list[str] = []
        self.asked: list[str] = []
        self.without_right: set[int] = set()
        self.also: Callable[[str], Awaitable[None]] | None = None
        self.question_fails = False
        self.handling = Handling(bot, bot.id, db, clock, self.handle, Order(self.must_wait))
        self._next = 1

    async def handle(self, update: Update, received_at: datetime, earliest_at: datetime) -> None:
        data = _data(update)
        if self.also is not None:
            await self.also(data)
        self.pressed.append(data)

    async def must_wait(self, update: Update) -> bool:
        if not _data(update).startswith("close"):
            return False
        self.asked.append(_data(update))
        if self.question_fails:
            raise StoreFault("unreachable", "disk", "full")
        user = update.effective_user
        return user is not None and user.id not in self.without_right

    def take(self, *presses: tuple[int, str]) -> None:
        """Presses of these accounts, in this order."""
        self.handling.take([self._received(who, data) for who, data in presses])

    def _received(self, who: int, data: str) -> Received:
        number, self._next = self._next, self._next + 1
        chat = {"id": who, "type": "private"}
        message = {"message_id": 7, "date": 1, "chat": chat}
        person = {"id": who, "is_bot": False, "first_name": "Người"}
        query = {"id": str(number), "from": person, "chat_instance": "1", "data": data}
        content = {"update_id": number, "callback_query": query | {"message": message}}
        return Received(number, content, NOON, NOON)


def _data(update: Update) -> str:
    return (update.callback_query.data if update.callback_query else None) or "?"


@pytest.fixture
def house(bot: Bot, db: Database, clock: MovableClock) -> House:
    return House(bot, db, clock)


async def test_as_many_waiting_closes_as_there_are_places_leave_every_place_to_others(
    house: House,
) -> None:
    held = asyncio.Event()

    async def hold(data: str) -> None:
        if data == "slow":
            await held.wait()

    house.also = hold
    house.take((LAN, "slow"), *((who, f"close:{who}") for who in CROWD), (MINH, "answer"))
    await until(lambda: house.pressed)
    assert house.pressed == ["answer"]
    held.set()
    await house.handling.settled()
    assert house.pressed == ["answer", "slow", *(f"close:{who}" for who in CROWD)]


async def test_who_has_no_right_is_served_at_once_however_many_come(house: House) -> None:
    held = asyncio.Event()

    async def hold(data: str) -> None:
        if data == "slow":
            await held.wait()

    house.also = hold
    house.without_right = set(CROWD)
    house.take((LAN, "slow"), *((who, f"close:{who}") for who in CROWD), (MINH, "answer"))
    await until(lambda: "answer" in house.pressed)
    await until(lambda: len(house.pressed) == SIDE_BY_SIDE + 1)
    assert "slow" not in house.pressed
    held.set()
    await house.handling.settled()


async def test_closes_behind_one_another_in_one_chat_and_across_chats_come_in_the_order_of_their_coming(
    house: House,
) -> None:
    wanted = [
        (LAN, "close:1"), (MINH, "close:2"), (LAN, "a"), (LAN, "close:3"), (THU, "close:4"), (MINH, "close:5"),
    ]  # fmt: skip
    house.take(*wanted)
    await house.handling.settled()
    assert [each for each in house.pressed if each != "a"] == [
        "close:1", "close:2", "close:3", "close:4", "close:5",
    ]  # fmt: skip
    assert house.pressed.index("a") < house.pressed.index("close:3")


async def test_a_close_waits_for_an_answer_that_the_store_refuses_for_a_while(
    house: House, clock: MovableClock
) -> None:
    refusals = [StoreFault("unreachable", "disk", "full")] * 3

    async def refuse(data: str) -> None:
        if data == "answer" and refusals:
            raise refusals.pop()

    house.also = refuse
    house.take((MINH, "answer"), (LAN, "close"), (THU, "later"))
    await time_passes_until(lambda: len(house.pressed) == 3, clock)
    assert house.pressed == ["later", "answer", "close"]


async def test_a_close_whose_right_cannot_be_asked_now_waits_like_any_other(house: House) -> None:
    held = asyncio.Event()

    async def hold(data: str) -> None:
        if data == "slow":
            await held.wait()

    house.also, house.question_fails = hold, True
    house.take((LAN, "slow"), (MINH, "close"), (THU, "later"))
    await until(lambda: house.asked and house.pressed)
    assert house.pressed == ["later"]
    held.set()
    await house.handling.settled()
    assert house.pressed == ["later", "slow", "close"]


async def test_when_the_house_closes_a_waiting_press_is_left_to_the_next_start(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "scheduler.handling.LAST_WORDS", None
    )  # however long who is under way takes
    held = asyncio.Event()

    async def hold(data: str) -> None:
        if data == "slow":
            await held.wait()

    house.also = hold
    house.take((LAN, "slow"), (MINH, "close"))
    await until(lambda: house.asked)
    stopping = asyncio.create_task(house.handling.stop())
    await asyncio.sleep(0)
    held.set()
    await stopping
    assert house.pressed == ["slow"]
