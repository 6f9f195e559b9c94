from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.clock import MovableClock
from bot.db import dues
from bot.db.engine import Database
from bot.values.moments import INSTANT
from scheduler.heartbeat import Heartbeat
from tests.scheduler.conftest import NOON, until

HOUR = timedelta(hours=1)


class Beats:
    """A use case that notes when it was asked; it fails as often as told."""

    def __init__(self) -> None:
        self.at: list[datetime] = []
        self.failures = 0

    async def __call__(self, now: datetime) -> None:
        self.at.append(now)
        if self.failures:
            self.failures -= 1
            raise ZeroDivisionError


@pytest.fixture
def beats() -> Beats:
    return Beats()


@pytest.fixture
async def heartbeat(clock: MovableClock, db: Database, beats: Beats) -> AsyncIterator[Heartbeat]:
    heart = Heartbeat(clock, db, beats)
    heart.start()
    await heart.settled()
    yield heart
    await heart.stop()


async def test_it_beats_at_the_start_and_whenever_the_clock_is_moved(
    clock: MovableClock, heartbeat: Heartbeat, beats: Beats
) -> None:
    clock.advance(HOUR)
    await heartbeat.settled()
    assert beats.at == [NOON, NOON + HOUR]


async def test_a_beat_that_fails_does_not_end_it(
    clock: MovableClock, heartbeat: Heartbeat, beats: Beats
) -> None:
    beats.failures = 1
    clock.advance(HOUR)
    await heartbeat.settled()
    clock.advance(HOUR)
    await heartbeat.settled()
    assert len(beats.at) == 3


async def test_it_wakes_by_itself_at_the_next_due_moment(db: Database, beats: Beats) -> None:
    clock = MovableClock(NOON, running=True)
    due = clock.now() + timedelta(milliseconds=300)
    async with db.write() as tx:
        await dues.put(tx, "close:1", "close", due)
    heart = Heartbeat(clock, db, beats)
    heart.start()
    await until(lambda: len(beats.at) >= 2)
    await heart.stop()
    assert due <= beats.at[1] < due + timedelta(milliseconds=200)


async def test_a_due_moment_that_stays_undone_does_not_make_it_race(
    clock: MovableClock, db: Database, heartbeat: Heartbeat, beats: Beats
) -> None:
    async with db.write() as tx:
        await dues.put(tx, "close:1", "close", NOON - HOUR)
    heartbeat.wake()
    await heartbeat.settled()
    for _ in range(10):
        async with db.read() as tx:
            await dues.next_moment(tx)
    await heartbeat.settled()
    assert len(beats.at) == 2
    assert heartbeat.next_wake == NOON - HOUR + INSTANT


async def test_woken_often_while_it_runs_it_runs_once_more(
    heartbeat: Heartbeat, beats: Beats
) -> None:
    for _ in range(5):
        heartbeat.wake()
    await heartbeat.settled()
    assert len(beats.at) == 2
