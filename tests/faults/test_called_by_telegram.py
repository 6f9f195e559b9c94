"""Machines that Telegram calls: what they confirmed is kept, what they did not confirm comes again and counts once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, func, select

from bot.db.schema import inbox, outages, register, replies
from scheduler import intake
from tests.faults.balancer import Balancer
from tests.faults.committee import HOUR, START, Committee, committee
from tests.faults.forked import bot_run, forked
from tests.faults.machine import count, environment, nothing_waits, until
from tests.faults.second_machine import IN_HAND, second_machine

MEMBERS = 12


@pytest.fixture
async def balancer() -> AsyncIterator[Balancer]:
    made = Balancer(2)
    async with made.standing():
        yield made


def called(house: Committee, balancer: Balancer) -> AbstractContextManager[BaseProcess]:
    """`python -m bot run` in a process of its own, which Telegram calls by way of the balancer."""
    address = balancer.machines[0]
    told = environment(house.stage) | {
        "DONGTHUAN_WEBHOOK__URL": address.url,
        "DONGTHUAN_WEBHOOK__LISTEN": f"{address.host}:{address.port}",
        "DONGTHUAN_WEBHOOK__SECRET": address.secret,
    }
    return forked(bot_run, house.stage.path.parent, told)


async def test_an_update_whose_confirmation_is_lost_with_its_machine_is_handled_once(
    tmp_path: Path, balancer: Balancer
) -> None:
    """SIGKILL between the commit and the 200, which Telegram never sees: it sends the update again."""
    async with committee(tmp_path, 2, real_time=True, intake=balancer.machines[0]) as house:
        stage, member = house.stage, house.accounts[1]
        matter = await house.opens("Chương trình công tác năm")
        on = house.form(member, matter)
        await stage.stop_bot()
        kept, before = count(stage.path, "inbox"), balancer.answers[0, 200]
        with called(house, balancer) as first:
            balancer.cut_off = first.kill
            house.presses(member, "reply", matter, "approve", on=on)
            await until_ended(first)
        assert count(stage.path, "inbox") == kept + 1
        assert stage.world.unconfirmed == 1
        balancer.cut_off = None
        with called(house, balancer) as second:
            await until(lambda: nothing_waits(stage), second)
        assert balancer.answers[0, 200] - before == 2
        assert count(stage.path, "inbox") == kept + 1
        assert count(stage.path, "replies") == 1
        assert count(stage.path, "register", "act = 'reply'") == 1
        await stage.start_bot()
        await house.verified()


async def until_ended(process: BaseProcess) -> None:
    """Wait for the end of a process, while this one goes on."""
    await asyncio.to_thread(process.join)


# --- several machines on one server --------------------------------------------------------------


@pytest.fixture
async def house(
    tmp_path: Path, server_database: str, balancer: Balancer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Committee]:
    monkeypatch.setattr(intake, "SHARE", IN_HAND)
    (tmp_path / "second").mkdir()
    async with committee(
        tmp_path, MEMBERS, database=server_database, intake=balancer.machines[0]
    ) as made:
        yield made


async def number_of(house: Committee, *what: ColumnElement[bool]) -> int:
    async with house.stage.bot.db.read() as tx:
        return int((await tx.execute(select(func.count()).where(*what))).scalar() or 0)


async def test_machines_behind_a_balancer_share_what_telegram_sends(
    house: Committee, balancer: Balancer, tmp_path: Path
) -> None:
    matters = [await house.opens(f"Nội dung thứ {number}") for number in (1, 2, 3)]
    async with second_machine(house.stage, tmp_path / "second", balancer.machines[1]):
        for matter in matters:
            everybody_answers(house, matter)
        await house.stage.settle()
    assert balancer.answers[0, 200] > 0
    assert balancer.answers[1, 200] > 0
    assert await number_of(house, replies.c.id.is_not(None)) == MEMBERS * len(matters)
    assert await number_of(house, register.c.act == "reply") == MEMBERS * len(matters)
    await house.verified()


async def test_when_one_machine_dies_the_other_takes_what_telegram_sends_and_what_it_left(
    house: Committee, balancer: Balancer, tmp_path: Path
) -> None:
    matters = [await house.opens(f"Nội dung thứ {number}") for number in (1, 2, 3)]
    async with second_machine(house.stage, tmp_path / "second", balancer.machines[1]) as machine:
        for matter in matters:
            everybody_answers(house, matter)
        await until(lambda: balancer.answers[1, 200] > 0, machine)
        machine.kill()
        machine.join()
    await house.stage.move_to(house.stage.clock.now() + HOUR)
    assert await number_of(house, replies.c.id.is_not(None)) == MEMBERS * len(matters)
    assert await number_of(house, register.c.act == "reply") == MEMBERS * len(matters)
    assert await number_of(house, inbox.c.handled_at.is_(None)) == 0
    await house.verified()


async def test_a_close_with_two_machines_counts_whoever_pressed_in_time(
    house: Committee, balancer: Balancer, tmp_path: Path
) -> None:
    deadline = START + 72 * HOUR
    matter = await house.opens("Nội dung", deadline=deadline)
    async with second_machine(house.stage, tmp_path / "second", balancer.machines[1]):
        await house.stage.move_to(deadline)
        everybody_answers(house, matter)
        await house.stage.move_to(deadline + HOUR)
    assert await number_of(house, replies.c.id.is_not(None)) == MEMBERS
    assert await number_of(house, register.c.act == "close") == 1
    assert await number_of(house, outages.c.start.is_not(None)) == 0
    await house.verified()


def everybody_answers(house: Committee, matter: int) -> None:
    for account in house.accounts:
        on = house.form(account, matter)
        house.presses(account, "reply", matter, "approve", on=on)
