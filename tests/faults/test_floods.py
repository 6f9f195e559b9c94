"""What one account may send, however much it is, without holding up anybody else: shown on the real process.

Nothing is said of seconds: a chat is written to once a second, so that what came meanwhile to the chat of
whoever floods counts them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.values.action import action, encode
from simulator.messages import Message
from tests.faults.committee import STRANGER, Committee, committee
from tests.faults.machine import count, living_again, nothing_waits, until
from tests.faults.sitting import sitting

MEMBERS, FLOOD, TAPS = 30, 600, 120
WITHIN_TWO_SECONDS = 3
"""Messages to one chat: one at once, and one for each second."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    """On a clock that flows, with the limits of the platform."""
    async with committee(tmp_path, MEMBERS, real_time=True) as made:
        made.stage.world.limits.seconds = asyncio.get_running_loop().time
        yield made


def forms_of(house: Committee, subject: str) -> int:
    return sum(
        "Kính gửi đồng chí" in each.text and subject in each.text
        for each in house.stage.world.deliveries
    )


async def test_600_messages_of_a_stranger_hold_back_no_members_card_and_no_form(
    house: Committee,
) -> None:
    stage, member = house.stage, house.accounts[7]
    running = await house.opens("Nội dung đang xin ý kiến")
    new = await house.asks("Nội dung mới")
    approve = house.hands(house.head).shows("approve", new)
    await stage.stop_bot()
    stage.world.enforce_limits = True
    for number in range(FLOOD):
        stage.world.say(STRANGER, "/start" if number % 3 else f"Alô lần thứ {number}")

    def to_the_stranger() -> int:
        return stage.world.deliveries_to(STRANGER)

    with living_again(stage) as bot:
        await until(lambda: to_the_stranger() > 0, bot)
        before = to_the_stranger()
        form = house.form(member, running)
        house.presses(member, "reply", running, "approve", on=form)
        await until(lambda: "Ý kiến đã ghi nhận" in house.form(member, running).text, bot)
        assert to_the_stranger() - before <= WITHIN_TWO_SECONDS

        before = to_the_stranger()
        house.presses(house.head, "approve", new, on=approve)
        await until(lambda: forms_of(house, "Nội dung mới") == MEMBERS, bot)
        assert to_the_stranger() - before <= 2 * WITHIN_TWO_SECONDS
        await until(lambda: nothing_waits(stage), bot)

    merged = count(stage.path, "outbox", "state = 'dropped' AND reason = 'superseded'")
    assert merged + to_the_stranger() == FLOOD
    assert merged > FLOOD // 2
    assert count(stage.path, "outbox", "reason = 'superseded' AND kind <> 'answer'") == 0
    assert count(stage.path, "inbox", "fault IS NOT NULL") == 0
    stage.world.enforce_limits = False
    await stage.start_bot()
    await house.verified()


async def test_a_member_who_taps_through_a_secret_ballot_holds_up_nobody(house: Committee) -> None:
    stage = house.stage
    tapper, other = house.accounts[3], house.accounts[4]
    room = await sitting(house)
    vote = await room.opens()
    shown = house.hands(tapper).shows("ballot", vote, "a")
    assert shown is not None
    await stage.stop_bot()
    stage.world.enforce_limits = True
    for number in range(TAPS):
        letter = "ar"[number % 2]
        stage.world.press(tapper, shown.message_id, encode(action("ballot", vote, letter)))
    stage.world.press(tapper, shown.message_id, encode(action("cast", vote, "r")))
    stage.world.say(other, "/start")
    heard = stage.world.deliveries_to(other)

    with living_again(stage) as bot:
        await until(lambda: stage.world.deliveries_to(other) > heard, bot)
        assert len(on_screen(house, tapper, shown.message_id).versions) <= WITHIN_TWO_SECONDS
        await until(lambda: stage.world.unconfirmed == 0 and nothing_waits(stage), bot)
        await until(
            lambda: "đã bỏ phiếu kín" in on_screen(house, tapper, shown.message_id).text, bot
        )

    assert count(stage.path, "ballot_rolls", f"vote_id = {vote}") == 1
    assert count(stage.path, "inbox", "raw LIKE '%ballot:%' OR raw LIKE '%cast:%'") == 0
    stage.world.enforce_limits = False
    await stage.start_bot()
    await house.verified()


def on_screen(house: Committee, account: int, message_id: int) -> Message:
    return next(m for m in house.hands(account).messages if m.message_id == message_id)
