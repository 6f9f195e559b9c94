"""What the clocks promise to those who wait for them; no due time of the committee is tested here."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import MovableClock, SystemClock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_frozen_clock_shows_the_moment_it_was_moved_to() -> None:
    clock = MovableClock(NOON)
    clock.advance(HOUR)
    assert clock.now() == datetime(2026, 3, 2, 13, 0, tzinfo=UTC)


def test_moments_are_shown_in_utc_whatever_zone_they_came_in() -> None:
    clock = MovableClock(datetime(2026, 3, 2, 19, 0, tzinfo=timezone(timedelta(hours=7))))
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC
    assert SystemClock().now().tzinfo is UTC


def test_the_clock_does_not_go_back_unless_asked_to() -> None:
    clock = MovableClock(NOON)
    with pytest.raises(ValueError, match="does not go back"):
        clock.move_to(NOON - HOUR)
    clock.move_to(NOON - HOUR, allow_back=True)
    assert clock.now() == NOON - HOUR


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        MovableClock(NOON.replace(tzinfo=None))


def test_listeners_hear_every_move_until_they_leave() -> None:
    clock, heard = MovableClock(NOON), list[datetime]()
    leave = clock.on_move(heard.append)
    clock.advance(HOUR)
    leave()
    leave()
    clock.advance(HOUR)
    assert heard == [NOON + HOUR]


def test_a_running_clock_flows_from_where_it_was_set() -> None:
    clock = MovableClock(NOON, running=True)
    assert clock.running
    assert NOON <= clock.now() < NOON + timedelta(minutes=1)


async def test_waiting_ends_when_the_clock_is_moved_past_the_moment_and_not_before() -> None:
    clock = MovableClock(NOON)
    waiting = asyncio.create_task(clock.wait_until(NOON + HOUR))
    await settle()
    clock.advance(HOUR / 2)
    await settle()
    assert not waiting.done()
    clock.advance(HOUR)
    await asyncio.wait_for(waiting, 1)


@pytest.mark.parametrize(
    "clock", [SystemClock(), MovableClock(NOON), MovableClock(NOON, running=True)]
)
async def test_a_moment_already_past_is_not_waited_for(clock: SystemClock | MovableClock) -> None:
    await asyncio.wait_for(clock.wait_until(clock.now() - HOUR), 1)


@pytest.mark.parametrize("clock", [SystemClock(), MovableClock(NOON, running=True)])
async def test_flowing_time_ends_a_wait_by_itself(clock: SystemClock | MovableClock) -> None:
    moment = clock.now() + timedelta(milliseconds=20)
    await asyncio.wait_for(clock.wait_until(moment), 5)
    assert clock.now() >= moment


async def test_a_wait_given_up_leaves_nothing_behind() -> None:
    clock = MovableClock(NOON)
    waiting = asyncio.create_task(clock.wait_until(NOON + HOUR))
    await settle()
    waiting.cancel()
    await settle()
    clock.advance(2 * HOUR)
    assert waiting.cancelled()
