"""Two processes that serve one bot on one server: they share the work, and one that dies takes nothing with it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.db.schema import consultations, inbox, receipts, register, replies
from bot.values.moments import INSTANT
from scheduler import intake
from tests.faults.committee import HOUR, START, Committee, committee
from tests.faults.machine import until
from tests.faults.second_machine import IN_HAND, second_machine
from tests.faults.sitting import sitting
from tests.rounds import Tried

MEMBERS = 12
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
APPROVE = "a"
FORM = "Kính gửi đồng chí"


@pytest.fixture
async def house(
    tmp_path: Path, server_database: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Committee]:
    monkeypatch.setattr(intake, "SHARE", IN_HAND)
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    monkeypatch.chdir(tmp_path / "first")  # the keys of secret boxes lie where a machine runs
    async with committee(tmp_path, MEMBERS, database=server_database) as made:
        yield made


async def count(house: Committee, *what: object) -> int:
    async with house.stage.bot.db.read() as tx:
        return int((await tx.execute(select(func.count()).where(*what))).scalar() or 0)  # type: ignore[arg-type]


def answers(house: Committee, account: int, matter: int) -> None:
    house.presses(account, "reply", matter, "approve", on=house.form(account, matter))


def everybody_answers(house: Committee, matter: int) -> None:
    for account in house.accounts:
        answers(house, account, matter)


async def at_work(house: Committee) -> int:
    """How many machines have had something in hand."""
    async with house.stage.bot.db.read() as tx:
        by = select(func.count(inbox.c.claimed_by.distinct()))
        return int((await tx.execute(by)).scalar_one())


async def test_both_handle_what_comes_in_and_each_press_counts_once(
    house: Committee, tmp_path: Path
) -> None:
    matters = [await house.opens(f"Nội dung thứ {number}") for number in (1, 2, 3)]
    async with second_machine(house.stage, tmp_path / "second"):
        for matter in matters:
            everybody_answers(house, matter)
        await house.stage.settle()
    assert await at_work(house) == 2
    assert await count(house, replies.c.id.is_not(None)) == MEMBERS * len(matters)
    assert await count(house, register.c.act == "reply") == MEMBERS * len(matters)
    await house.verified()


async def test_what_a_dead_machine_had_in_hand_the_other_takes_up(
    house: Committee, tmp_path: Path
) -> None:
    matters = [await house.opens(f"Nội dung thứ {number}") for number in (1, 2, 3)]
    async with second_machine(house.stage, tmp_path / "second") as machine:
        for matter in matters:
            everybody_answers(house, matter)
        while await at_work(house) < 2:  # noqa: ASYNC110 - another process writes that
            await asyncio.sleep(0)
        machine.kill()
        machine.join()
    await house.stage.move_to(house.stage.clock.now() + HOUR)
    assert await count(house, replies.c.id.is_not(None)) == MEMBERS * len(matters)
    assert await count(house, register.c.act == "reply") == MEMBERS * len(matters)
    assert await count(house, inbox.c.handled_at.is_(None)) == 0
    await house.verified()


async def test_a_machine_that_dies_while_it_sends_costs_one_copy_at_most(
    house: Committee, tmp_path: Path
) -> None:
    world, matter = house.stage.world, await house.asks("Kế hoạch công tác năm")
    async with second_machine(house.stage, tmp_path / "second") as machine:
        approve = house.hands(house.head).shows("approve", matter)
        house.presses(house.head, "approve", matter, on=approve)
        await until(lambda: any(FORM in each.text for each in world.deliveries), machine)
        machine.kill()
        machine.join()
    await house.stage.move_to(house.stage.clock.now() + HOUR)
    copies = Counter(each.chat_id for each in world.deliveries if FORM in each.text)
    assert set(copies) == set(house.accounts)
    assert max(copies.values()) <= 2
    assert await count(house, register.c.act == "open") == 1
    assert await count(house, receipts.c.consultation_id == matter) == MEMBERS
    await house.verified()


RACES, SHORT_RACES = 10, 4
"""Of a round."""
"""Matters that close at one moment, each under a reply."""


@pytest.mark.rounds(short=1, long=30)
async def test_a_close_that_races_replies_closes_once_and_counts_whoever_was_in_time(
    house: Committee, tmp_path: Path, chance: random.Random, long: bool, tried: Tried
) -> None:
    """Some are heard in the last moment and some in the next; who closes and who answers are two processes."""
    stage, deadline = house.stage, START + 72 * HOUR
    races = RACES if long else SHORT_RACES
    matters = [await house.opens(f"Nội dung {n}", deadline=deadline) for n in range(races)]
    presses = {
        (account, matter): chance.random() < 0.5
        for account in house.accounts[:3]
        for matter in matters
    }
    async with second_machine(stage, tmp_path / "second") as machine:
        await stage.move_to(deadline)
        for (account, matter), in_time in presses.items():
            if in_time:
                answers(house, account, matter)
        await until(lambda: not stage.world.unconfirmed, machine)  # taken in, and not yet handled
        stage.clock.advance(INSTANT)
        for (account, matter), in_time in presses.items():
            if not in_time:
                answers(house, account, matter)
        await stage.move_to(deadline + HOUR)
        await stage.move_to(deadline + 2 * HOUR)  # what was put off while answers were taken in
    async with stage.bot.db.read() as tx:
        counted = select(replies.c.person_id, replies.c.consultation_id).where(~replies.c.late)
        known = {(row.person_id, row.consultation_id) for row in await tx.execute(counted)}
    wanted = {(house.persons[who], matter) for (who, matter), in_time in presses.items() if in_time}
    assert known >= wanted, "who was heard in time counts"
    assert await count(house, consultations.c.closed_at.is_not(None)) == len(matters)
    assert await count(house, register.c.act == "close") == len(matters)
    tried("closes racing replies", races)
    await house.verified()


def other_polls(house: Committee) -> bool:
    """Whether the second machine has taken up the polling; it asks every few seconds of the clock."""
    house.stage.clock.advance(SECOND)
    return house.stage.world.updates.polled


async def test_only_the_machine_that_has_the_key_opens_the_box_and_the_other_says_so(
    house: Committee, tmp_path: Path
) -> None:
    stage, room = house.stage, await sitting(house)
    vote, head = await room.opens(), house.hands(house.head)
    for account in house.accounts[:-1]:
        assert (await room.casts(account, vote, APPROVE)).refusal is None
    async with second_machine(stage, tmp_path / "second") as machine:
        await stage.stop_bot()
        await until(lambda: other_polls(house), machine)
        await stage.start_bot()
        refused = [
            await room.casts(house.accounts[-1], vote, APPROVE),
            await head.try_press("vote_close", vote),
            await head.try_press("vote_close_yes", vote),
        ]
        assert "ở một máy khác" in (refused[0].refusal or "")
        assert "ở một máy khác" in (refused[-1].refusal or "")
        assert (await room.told(vote)).closed_at is None
    await stage.move_to(stage.clock.now() + MINUTE)
    assert (await room.casts(house.accounts[-1], vote, APPROVE)).refusal is None
    await head.press("vote_close", vote)  # everybody has voted: at once
    closed = await room.told(vote)
    assert (closed.turnout, closed.counts) == (MEMBERS, {"approve": MEMBERS, "reject": 0})
    await house.verified()
