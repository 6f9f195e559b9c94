"""Whatever people of a committee press, say and let pass, in whatever order: what must never break holds.

A state machine lives in one committee. It presses any button that a screen of somebody shows, says what is asked for,
lets hours and days pass, starts the bot again, and lets a stranger press what is shown to others. So it comes to
consultations, meetings, votes, reports and changes of people by itself, and what breaks is shrunk to few steps.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.db.schema import dues, inbox
from simulator.messages import Message
from tests.faults.committee import CLERK, DAY, HOUR, STRANGER, Committee, committee
from tests.faults.invariants import invariants
from tests.faults.legal import legal
from tests.rounds import Tried

T = TypeVar("T")
SIZE = 4
SHORT, LONG = 3, 10
"""Lives of a round."""
STEPS = 30
EVERY = 10
"""Steps between two looks at everything that must hold."""
LATEST = 3
"""Messages of a chat that are still looked at."""
SAID = (
    "Chương trình công tác",
    "10/03/2026",
    "17 giờ 00 05/03/2026",
    "12",
    "Lý do: chưa rõ nguồn",
    "/start",
)
PASSES = (timedelta(minutes=5), HOUR, 9 * HOUR, DAY, 4 * DAY, 20 * DAY)
anybody = st.integers(0, SIZE)
place = st.integers(0, 200)


class Life(RuleBasedStateMachine):
    """One committee with its head, members and clerk, each with a phone."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self._folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self._steps = 0

    def _do(self, act: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(act)

    @initialize()
    def begins(self) -> None:
        """A matter is open, and everybody has seen the first screen."""
        house = committee(Path(self._folder), SIZE)
        self.house: Committee = self._do(self._stack.enter_async_context(house))
        self._do(self.house.opens("Nội dung thứ nhất"))
        for account in (*self._accounts, STRANGER):
            self._do(self.house.hands(account).try_say("/start"))

    @property
    def _accounts(self) -> tuple[int, ...]:
        return (*self.house.accounts, CLERK)

    @rule(who=anybody, which=place)
    def presses(self, who: int, which: int) -> None:
        """A button of one of the last messages."""
        account = self._accounts[who]
        offered = self._offered(account)
        if offered:
            message, data = offered[which % len(offered)]
            self._do(self._pressed(account, message, data))

    @rule(who=anybody, words=st.sampled_from(SAID))
    def says(self, who: int, words: str) -> None:
        """Words, asked for or not."""
        self._do(self.house.hands(self._accounts[who]).try_say(words))

    @rule(by=st.sampled_from(PASSES))
    def passes(self, by: timedelta) -> None:
        """Time; what falls due in it is acted on."""
        self._do(self.house.stage.move_to(self.house.stage.clock.now() + by))

    @rule()
    def starts_again(self) -> None:
        """The bot, on what it has kept."""
        self._do(self._started_again())

    @rule(whose=anybody, which=place)
    def a_stranger_presses(self, whose: int, which: int) -> None:
        """What somebody else is shown: nothing of the law changes by it (I10)."""
        offered = self._offered(self._accounts[whose])
        if offered:
            before = legal(self.house.stage.path)
            _, data = offered[which % len(offered)]
            own = self.house.stage.world.chat(STRANGER).messages[-1]
            self._do(self._pressed(STRANGER, own, data))
            assert legal(self.house.stage.path) == before

    @invariant()
    def all_holds(self) -> None:
        """I1–I11, from time to time."""
        self._steps += 1
        if self._steps % EVERY == 0:
            self._look()

    def teardown(self) -> None:
        """At the end, too."""
        try:
            if hasattr(self, "house"):
                self._look()
        finally:
            self._do(self._stack.aclose())
            self._loop.close()

    def _look(self) -> None:
        stage = self.house.stage
        assert self._do(invariants(stage.path, stage.clock)) == []
        assert self._do(self._set_aside()) == []

    async def _set_aside(self) -> list[object]:
        """Updates and due moments that failed: there is no reason for any."""
        async with self.house.stage.bot.db.read() as tx:
            failed = select(inbox.c.fault).where(inbox.c.fault.is_not(None))
            late = select(dues.c.fault).where(dues.c.fault.is_not(None))
            return [fault for asked in (failed, late) for (fault,) in await tx.execute(asked)]

    def _offered(self, account: int) -> list[tuple[Message, str]]:
        return [
            (message, key.data)
            for message in self.house.hands(account).messages[-LATEST:]
            if message.from_bot
            for row in message.rows
            for key in row
            if key.data
        ]

    async def _pressed(self, account: int, message: Message, data: str) -> None:
        stage = self.house.stage
        stage.world.press(account, message.message_id, data)
        await stage.settle()

    async def _started_again(self) -> None:
        stage = self.house.stage
        await stage.stop_bot()
        await stage.start_bot()
        await stage.settle()


@pytest.mark.timeout(3600)
@pytest.mark.rounds(short=1, long=30)
def test_in_any_life_what_must_never_break_holds(seed: int, long: bool, tried: Tried) -> None:
    lives = LONG if long else SHORT
    run_state_machine_as_test(
        hypothesis.seed(seed)(Life),
        settings=settings(
            max_examples=lives,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    tried("lives", lives)
