from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select
from telegram import Bot

from bot.clock import MovableClock
from bot.db import dues, liveness
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.db.inbox import Counts
from bot.db.liveness import Outage
from bot.db.schema import prompts
from bot.values.moments import INSTANT
from scheduler.polling import Polling
from simulator.world import World
from tests.scheduler.conftest import (
    LAN,
    MINH,
    NOON,
    Ears,
    Start,
    counts,
    outages,
    time_passes_until,
    until,
)

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def intake(bot: Bot, db: Database, clock: MovableClock, ears: Ears) -> Polling:
    return Polling(bot, db, clock, ears.handle)


async def quiet(world: World, intake: Polling) -> None:
    """Nothing is left at Telegram, and nothing here."""
    await until(lambda: world.unconfirmed == 0)
    await intake.settled()


async def test_what_is_said_is_kept_handled_and_marked(
    world: World, db: Database, bot: Bot, intake: Polling, ears: Ears, start: Start
) -> None:
    world.say(LAN, "một")
    start(intake.run())
    await quiet(world, intake)
    world.say(LAN, "hai")
    await quiet(world, intake)
    assert ears.heard == ["một", "hai"]
    assert await counts(db, bot) == Counts(waiting=0, handled=2, faulty=0)
    assert ears.moments == [(NOON, NOON)] * 2


async def test_one_person_is_heard_in_order_and_another_does_not_wait(
    world: World, intake: Polling, ears: Ears, start: Start
) -> None:
    held = asyncio.Event()

    async def hold(words: str) -> None:
        if words == "Lan 0":
            await held.wait()

    ears.also = hold
    for number in range(3):
        world.say(LAN, f"Lan {number}")
        world.say(MINH, f"Minh {number}")
    start(intake.run())
    await until(lambda: len(ears.heard) == 3)
    assert ears.heard == ["Minh 0", "Minh 1", "Minh 2"]
    held.set()
    await quiet(world, intake)
    assert ears.heard[3:] == ["Lan 0", "Lan 1", "Lan 2"]


async def test_an_update_that_comes_twice_is_handled_once(
    world: World, intake: Polling, ears: Ears, start: Start
) -> None:
    world.faults.fail("duplicate_update", times=3)
    for number in range(3):
        world.say(LAN, f"{number}")
    start(intake.run())
    await quiet(world, intake)
    await until(lambda: world.calls["getupdates"] >= 3)
    assert ears.heard == ["0", "1", "2"]


async def test_an_answer_lost_on_its_way_loses_no_update(
    world: World, clock: MovableClock, intake: Polling, ears: Ears, start: Start
) -> None:
    world.say(LAN, "một")
    world.faults.fail("drop_after", methods="getUpdates", times=1)
    start(intake.run())
    await until(lambda: intake.rests)
    clock.advance(SECOND)
    await quiet(world, intake)
    assert ears.heard == ["một"]


@pytest.mark.parametrize("fault", [500, "timeout", "empty", 429])
async def test_polling_goes_on_after_any_failure(
    world: World, clock: MovableClock, intake: Polling, ears: Ears, start: Start, fault: object
) -> None:
    world.faults.fail(fault, methods="getUpdates", times=4)  # type: ignore[arg-type]
    world.say(LAN, "một")
    start(intake.run())
    await time_passes_until(lambda: ears.heard, clock)
    await quiet(world, intake)
    assert ears.heard == ["một"]


async def test_a_second_poller_does_not_end_the_loop(
    world: World, bot: Bot, clock: MovableClock, intake: Polling, ears: Ears, start: Start
) -> None:
    start(intake.run())
    await world.updates.until_polled()
    await bot.get_updates(timeout=0)
    await until(lambda: intake.rests)
    clock.advance(SECOND)
    world.say(LAN, "một")
    await quiet(world, intake)
    assert ears.heard == ["một"]


async def test_malformed_updates_are_kept_with_their_fault_and_passed_over(
    world: World, db: Database, bot: Bot, intake: Polling, ears: Ears, start: Start
) -> None:
    world.inject("message", {"message_id": "x", "chat": 5})
    world.inject("message", {})
    world.inject("callback_query", {"id": None, "from": {"id": "y"}})
    world.say(LAN, "một")
    start(intake.run())
    await quiet(world, intake)
    assert ears.heard[-1] == "một"
    found = await counts(db, bot)
    assert (found.waiting, found.handled + found.faulty) == (0, 4)
    assert found.faulty >= 2


async def test_a_handler_that_fails_is_asked_three_times_and_then_the_update_is_set_aside(
    world: World, db: Database, bot: Bot, intake: Polling, ears: Ears, start: Start
) -> None:
    asked: list[str] = []

    async def fail(words: str) -> None:
        asked.append(words)
        if words == "một":
            raise LookupError(words)

    ears.also = fail
    world.say(LAN, "một")
    world.say(LAN, "hai")
    start(intake.run())
    await quiet(world, intake)
    assert asked == ["một", "một", "một", "hai"]
    assert await counts(db, bot) == Counts(waiting=0, handled=1, faulty=1)


async def test_a_handler_that_fails_after_its_fact_was_written_is_not_asked_again(
    world: World, db: Database, bot: Bot, intake: Polling, ears: Ears, start: Start
) -> None:
    asked: list[str] = []

    async def write_then_fail(words: str) -> None:
        asked.append(words)
        async with db.write() as tx:
            row = {"account_id": len(asked), "kind": "words", "ref": {}, "asked_at": NOON}
            await tx.execute(insert(prompts), row)
        raise LookupError(words)

    ears.also = write_then_fail
    world.say(LAN, "một")
    start(intake.run())
    await quiet(world, intake)
    assert asked == ["một"]
    assert await counts(db, bot) == Counts(waiting=0, handled=1, faulty=0)


async def test_while_the_store_refuses_an_update_waits_and_is_not_given_up(
    world: World, clock: MovableClock, intake: Polling, ears: Ears, start: Start
) -> None:
    asked: list[str] = []

    async def refuse(words: str) -> None:
        asked.append(words)
        if len(asked) <= 5:
            raise StoreFault("unreachable", "disk", "full")

    ears.also = refuse
    world.say(LAN, "một")
    start(intake.run())
    await time_passes_until(lambda: ears.heard, clock)
    assert asked == ["một"] * 6


async def test_what_an_earlier_run_kept_is_handled_first(
    world: World,
    db: Database,
    bot: Bot,
    clock: MovableClock,
    ears: Ears,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scheduler.handling.LAST_WORDS", 0.01)
    stuck = asyncio.Event()

    async def hang(words: str) -> None:
        stuck.set()
        await asyncio.Event().wait()

    ears.also = hang
    world.say(LAN, "một")
    first = asyncio.create_task(Polling(bot, db, clock, ears.handle).run())
    await stuck.wait()
    await until(lambda: world.unconfirmed == 0)
    clock.advance(MINUTE)
    ears.also = None
    with suppress(asyncio.CancelledError):
        first.cancel()
        await first
    again = Polling(bot, db, clock, ears.handle)
    world.say(LAN, "hai")
    second = asyncio.create_task(again.run())
    await quiet(world, again)
    second.cancel()
    assert ears.heard == ["một", "hai"]
    assert ears.moments == [(NOON, NOON), (NOON + MINUTE, NOON + MINUTE)]


# --- what is covered, and gaps -------------------------------------------------------------------


async def test_a_gap_is_recorded_and_what_comes_after_it_may_be_as_old_as_its_start(
    world: World, db: Database, clock: MovableClock, intake: Polling, ears: Ears, start: Start
) -> None:
    start(intake.run())
    await world.updates.until_polled()
    world.faults.fail("away")
    clock.advance(40 * SECOND)
    await until(lambda: intake.rests)
    world.say(LAN, "một")
    world.faults.clear()
    clock.advance(2 * HOUR)
    await quiet(world, intake)
    world.say(LAN, "hai")
    await quiet(world, intake)
    end = NOON + 2 * HOUR + 40 * SECOND
    [gap] = await outages(db)
    assert gap.end == end
    assert NOON <= gap.start <= NOON + 40 * SECOND
    assert ears.moments == [(end, gap.start), (end, end)]


async def test_a_short_gap_is_not_recorded(
    world: World, db: Database, clock: MovableClock, intake: Polling, ears: Ears, start: Start
) -> None:
    start(intake.run())
    await world.updates.until_polled()
    world.faults.fail("away")
    clock.advance(MINUTE)
    await until(lambda: intake.rests)
    world.faults.clear()
    clock.advance(MINUTE)
    world.say(LAN, "một")
    await quiet(world, intake)
    assert await outages(db) == ()
    assert ears.moments == [(NOON + 2 * MINUTE,) * 2]


async def test_the_time_the_house_was_down_is_a_gap(
    world: World, db: Database, clock: MovableClock, intake: Polling, ears: Ears, start: Start
) -> None:
    async with db.write() as tx:
        await liveness.cover(tx, NOON - HOUR)
    for number in range(120):
        world.say(LAN, f"{number}")
    start(intake.run())
    await quiet(world, intake)
    assert await outages(db) == (Outage(NOON - HOUR, NOON),)
    assert set(ears.moments) == {(NOON, NOON - HOUR)}
    assert len(ears.moments) == 120


async def test_a_clock_moved_by_days_while_a_poll_is_open_is_no_gap(
    world: World, db: Database, clock: MovableClock, intake: Polling, start: Start
) -> None:
    start(intake.run())
    for _ in range(3):
        await world.updates.until_polled()
        clock.advance(24 * HOUR)
        await until(lambda: intake.last_good_poll == clock.now())
    assert await outages(db) == ()


async def test_a_due_moment_is_covered_only_by_a_poll_begun_after_it(
    world: World, db: Database, bot: Bot, clock: MovableClock, ears: Ears, start: Start
) -> None:
    due = NOON + 10 * SECOND
    covered: list[datetime | None] = []
    house: list[Polling] = []

    async def next_due() -> datetime | None:
        async with db.read() as tx:
            return await dues.next_moment(tx)

    async with db.write() as tx:
        await dues.put(tx, "close:1", "close", due)

    def note() -> None:
        covered.append(house[0].covered_until)

    house.append(Polling(bot, db, clock, ears.handle, next_due=next_due, on_cover=note))
    start(house[0].run())
    clock.advance(9 * SECOND)
    world.say(LAN, "một giây trước hạn")
    await quiet(world, house[0])
    assert covered == []
    past = due + INSTANT
    clock.move_to(past)
    await until(lambda: covered)
    assert covered == [past]
    async with db.read() as tx:
        assert await liveness.covered_until(tx) == past
    assert ears.heard == ["một giây trước hạn"]


async def test_what_falls_due_at_once_cuts_off_the_poll_under_way(
    world: World, db: Database, bot: Bot, clock: MovableClock, ears: Ears, start: Start
) -> None:
    told: list[datetime | None] = []

    async def next_due() -> datetime | None:
        async with db.read() as tx:
            return await dues.next_moment(tx)

    def note() -> None:
        told.append(listening.covered_until)

    listening = Polling(bot, db, clock, ears.handle, next_due=next_due, on_cover=note)
    start(listening.run())
    await world.updates.until_polled()
    async with db.write() as tx:
        await dues.put(tx, "close:1", "close", NOON + SECOND / 2)
    clock.advance(SECOND)
    listening.reconsider()
    await until(lambda: told)
    assert told == [NOON + SECOND]


async def test_a_covered_moment_is_told_again_once_what_came_before_it_is_handled(
    world: World, db: Database, bot: Bot, clock: MovableClock, ears: Ears, start: Start
) -> None:
    due, told, held = NOON + 10 * SECOND, [], asyncio.Event()

    async def next_due() -> datetime:
        return due

    async def hold(words: str) -> None:
        await held.wait()

    ears.also = hold
    intake = Polling(
        bot,
        db,
        clock,
        ears.handle,
        next_due=next_due,
        on_cover=lambda: told.append(list(ears.heard)),
    )
    world.say(LAN, "trước hạn")
    start(intake.run())
    await until(lambda: intake.last_good_poll)
    clock.move_to(due)
    await until(lambda: told)
    held.set()
    await until(lambda: len(told) == 2)
    assert told == [[], ["trước hạn"]]


async def test_three_thousand_waiting_updates_are_all_taken_in(
    world: World, db: Database, bot: Bot, intake: Polling, ears: Ears, start: Start
) -> None:
    for number in range(3000):
        world.say(LAN if number % 2 else MINH, f"{number}")
    start(intake.run())
    await quiet(world, intake)
    assert len(ears.heard) == 3000
    assert [int(words) for words in ears.heard if int(words) % 2] == list(range(1, 3000, 2))
    async with db.read() as tx:
        assert (await tx.execute(select(prompts))).first() is None


async def test_a_webhook_of_before_is_ended_and_what_waits_for_it_comes_by_polls(
    world: World, bot: Bot, clock: MovableClock, intake: Polling, ears: Ears, start: Start
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/khong-ai-nghe")
    world.say(LAN, "một")
    start(intake.run())
    await until(lambda: intake.rests)
    clock.advance(SECOND)
    await quiet(world, intake)
    assert ears.heard == ["một"]
    assert world.webhook.url == ""
