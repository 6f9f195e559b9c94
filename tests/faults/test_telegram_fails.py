"""Telegram fails in each of its ways while a matter is opened: no legal notice is lost, none comes twice without need.

What the bot makes of an outage that a deadline falls into is told by the stories; here it is the longest of them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.values.moments import VIET_NAM
from simulator.faults import Kind
from tests.faults.committee import CLERK, DAY, HOUR, Committee, committee
from tests.scheduler.conftest import until

MINUTE = timedelta(minutes=1)
FORM, REMINDER = "XIN Ý KIẾN BẰNG VĂN BẢN", "NHẮC TRẢ LỜI"
UNREACHED = "KHÔNG GỬI ĐƯỢC TIN"
NOT_DELIVERED: tuple[Kind, ...] = (429, 401, 404, "away", "timeout")
PERHAPS_DELIVERED: tuple[Kind, ...] = (500, "drop_after", "empty", "garbled")
POLLS_FAIL: tuple[Kind, ...] = (401, 404, 409, 429, 500, "empty", "garbled", "timeout")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    """At the end everything holds, and each notice with legal effect has arrived or says why not."""
    async with committee(tmp_path, 4) as made:
        yield made
        await made.stage.settle()
        legal = "SELECT state, reason IS NULL FROM outbox WHERE legal"
        assert set(rows(made, legal)) <= {("sent", 1), ("undeliverable", 0), ("dropped", 0)}
        await made.verified()


def rows(house: Committee, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(house.stage.path)) as database:
        return database.execute(query).fetchall()


def reached(house: Committee, title: str) -> Counter[int]:
    """How many messages under this title have reached each."""
    return Counter(d.chat_id for d in house.stage.world.deliveries if d.text.startswith(title))


def forms(house: Committee) -> Counter[int]:
    return reached(house, FORM)


async def later(house: Committee, time: timedelta) -> None:
    await house.stage.move_to(house.stage.clock.now() + time)


async def recovered(house: Committee) -> None:
    """Nothing fails any more, and the bot has found it out."""
    house.stage.world.faults.clear()
    while not house.stage.hears:
        await later(house, MINUTE)
    await later(house, 20 * MINUTE)


async def approved_while(house: Committee, kind: Kind, times: int | None = None) -> int:
    """The head approves just before sendMessage begins to fail."""
    matter, head = await house.asks("Kế hoạch năm"), house.hands(house.head)
    button = head.shows("approve", matter)
    house.stage.world.faults.fail(kind, "sendMessage", times=times, retry_after=300)
    house.presses(house.head, "approve", matter, on=button)
    await house.stage.settle()
    return matter


async def test_a_wait_of_300_seconds_is_obeyed_for_every_chat(house: Committee) -> None:
    world = house.stage.world
    await approved_while(house, 429, times=1)
    asked = world.calls["sendmessage"]
    await later(house, timedelta(seconds=299))
    assert world.calls["sendmessage"] == asked
    await later(house, timedelta(seconds=2))
    assert forms(house) == dict.fromkeys(house.accounts, 1)


@pytest.mark.parametrize("kind", NOT_DELIVERED)
async def test_what_was_not_delivered_is_sent_once_when_it_can_be(
    house: Committee, kind: Kind
) -> None:
    await approved_while(house, kind)
    await later(house, 20 * MINUTE)
    assert forms(house) == {}
    await recovered(house)
    assert set(forms(house)) == set(house.accounts)
    if kind not in ("away", "timeout"):  # a connection cut off does not tell whether it was in time
        assert forms(house) == dict.fromkeys(house.accounts, 1)


@pytest.mark.parametrize("kind", PERHAPS_DELIVERED)
async def test_what_may_have_been_delivered_comes_again_once_with_the_same_number(
    house: Committee, kind: Kind
) -> None:
    await approved_while(house, kind, times=len(house.accounts))
    await later(house, 20 * MINUTE)
    texts = {each.text for each in house.stage.world.deliveries if each.text.startswith(FORM)}
    numbers = {text.split("\n")[0] for text in texts}
    assert set(forms(house)) == set(house.accounts)
    assert max(forms(house).values()) <= 2
    assert len(numbers) == 1
    assert rows(house, "SELECT count(*) FROM receipts") == [(len(house.accounts),)]


@pytest.mark.parametrize("kind", ["drop_after", "garbled"])
async def test_a_reminder_that_may_have_been_delivered_does_not_come_again(
    house: Committee, kind: Kind
) -> None:
    await house.opens("Kế hoạch năm")
    house.stage.world.faults.fail(kind, "sendMessage", chats=list(house.accounts))
    await later(house, 2 * DAY)
    await recovered(house)
    assert reached(house, REMINDER) == dict.fromkeys(house.accounts, 1)


@pytest.mark.parametrize("kind", POLLS_FAIL)
async def test_while_polls_fail_a_press_waits_and_then_counts_once(
    house: Committee, kind: Kind
) -> None:
    matter = await house.opens("Kế hoạch năm")
    member, world = house.accounts[1], house.stage.world
    form = house.form(member, matter)
    world.faults.fail(kind, "getUpdates", times=4)
    house.presses(member, "reply", matter, "approve", on=form)
    while world.unconfirmed or world.faults.active:
        await later(house, MINUTE)
    await house.stage.settle()
    assert rows(house, "SELECT choice FROM replies") == [("approve",)]
    assert "Ý kiến đã ghi nhận" in house.form(member, matter).text


async def test_gone_for_three_days_over_a_deadline_silence_has_no_effect_and_the_head_decides(
    house: Committee,
) -> None:
    deadline = house.stage.clock.now() + 2 * DAY
    matter = await house.opens("Kế hoạch năm", deadline=deadline)
    await house.replies(house.accounts[1], matter)
    house.stage.world.faults.fail("away")
    await until(lambda: not house.stage.bot.intake.reaches_telegram)
    await later(house, 3 * DAY)
    assert rows(house, "SELECT closed_at FROM consultations") == [(None,)]
    await recovered(house)
    [(start, end)] = rows(house, 'SELECT start, "end" FROM outages')
    assert end - start >= 3 * DAY / timedelta(microseconds=1)
    assert rows(house, "SELECT closed_at FROM consultations") == [(None,)]
    assert rows(house, "SELECT count(*) FROM register WHERE act = 'hold'") == [(1,)]
    head, later_on = house.hands(house.head), house.stage.clock.now() + DAY
    await head.press("extend", matter)
    await head.say(f"{later_on.astimezone(VIET_NAM):%H:%M %d/%m/%Y}")
    await head.say("Telegram không liên lạc được")
    await later(house, 2 * DAY)
    assert rows(house, "SELECT count(*) FROM register WHERE act = 'close'") == [(1,)]


async def test_who_has_blocked_the_bot_is_named_to_the_clerk_once_and_comes_back(
    house: Committee,
) -> None:
    member, world = house.accounts[2], house.stage.world
    world.block(member)
    await house.stage.settle()
    matter = await house.opens("Kế hoạch năm")
    await later(house, HOUR)
    told = [d.text for d in world.deliveries if d.chat_id == CLERK and d.text.startswith(UNREACHED)]
    assert len(told) == 1
    assert house.names[2] in told[0]
    assert forms(house)[member] == 0
    world.unblock(member)
    await later(house, HOUR)
    assert forms(house)[member] == 1
    await house.replies(member, matter)
    assert rows(house, "SELECT count(*) FROM replies") == [(1,)]


async def test_a_button_answered_too_late_and_a_card_that_is_gone_take_nothing_from_the_answer(
    house: Committee,
) -> None:
    matter, world = await house.opens("Kế hoạch năm"), house.stage.world
    member = house.accounts[1]
    form = house.form(member, matter)
    world.faults.fail("expired_query")
    house.presses(member, "reply", matter, "approve", on=form)
    form.deleted = True
    await house.stage.settle()
    assert rows(house, "SELECT choice FROM replies") == [("approve",)]
    assert "Ý kiến đã ghi nhận" in world.chat(member).shown[-1].text
