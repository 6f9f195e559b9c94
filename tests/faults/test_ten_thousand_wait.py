"""Many updates wait when the bot starts: all are handled once and in their order, and nothing due waits for them longer
than it must. Shown on the real process."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from itertools import groupby
from multiprocessing.process import BaseProcess
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from bot.clock import SystemClock
from tests.faults.committee import HOUR, Committee, committee
from tests.faults.machine import count, living_again, nothing_waits, until
from tests.rounds import Tried

MEMBERS, OUTSIDERS = 8, 100
OUTSIDE = range(900_000, 900_000 + OUTSIDERS)
CHOICES = ("approve", "approve_with_comments")
AS_LONG = 3
"""What a press costs more than a greeting, which writes nothing."""
MORE_MEMORY = 60 * 1024
"""KiB that the process may grow while they are handled, however many they are."""


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as database:
        return database.execute(query).fetchall()


def queue(house: Committee, matter: int, many: int, chance: random.Random) -> dict[int, list[str]]:
    """Everybody presses or writes while the bot is down, all as often; gives what each member chose."""
    chosen: dict[int, list[str]] = {account: [] for account in house.accounts}
    forms = {account: house.form(account, matter) for account in house.accounts}
    for account in chance.choices((*house.accounts, *OUTSIDE), k=many):
        if account in chosen:
            choice = chance.choice(CHOICES)
            house.presses(account, "reply", matter, choice, on=forms[account])
            chosen[account].append(choice)
        else:
            house.stage.world.say(account, "/start")
    return chosen


def peak(bot: BaseProcess) -> int:
    """The most memory that a process has had so far, in KiB."""
    told = Path(f"/proc/{bot.pid}/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0])


@pytest.mark.rounds(short=1, long=2)
async def test_all_that_waits_at_the_start_is_handled_once_and_in_order(
    tmp_path: Path, chance: random.Random, long: bool, tried: Tried
) -> None:
    many, now = 10_000 if long else 500, SystemClock().now()
    async with committee(tmp_path, MEMBERS, start=now - 2 * HOUR) as house:
        stage = house.stage
        over = await house.opens("Việc hết hạn khi máy tắt", deadline=now - HOUR)
        running = await house.opens("Việc còn chạy", deadline=now + 3 * HOUR)
        for account in OUTSIDE:
            stage.world.add_person(account, "Người ngoài")
        await stage.stop_bot()
        stage.clock.move_to(now)
        chosen = queue(house, running, many, chance)
        late = house.accounts[1]
        house.presses(late, "reply", over, "approve", on=house.form(late, over))
        assert stage.world.unconfirmed == many + 1

        with living_again(stage) as bot:
            await until(lambda: count(stage.path, "inbox", "handled_at IS NOT NULL") > 0, bot)
            before = peak(bot)
            await until(lambda: stage.world.unconfirmed == 0 and nothing_waits(stage), bot)
            grown = peak(bot) - before

        assert grown < MORE_MEMORY
        assert count(stage.path, "inbox", "fault IS NOT NULL") == 0
        kept = "SELECT person_id, choice FROM replies WHERE consultation_id = {} ORDER BY id"
        given = rows(stage.path, kept.format(running))
        for account, choices in chosen.items():
            person = house.persons[account]
            assert [choice for who, choice in given if who == person] == changes(choices)
        assert_the_overdue_matter_waited_for_what_was_pressed_before(stage.path, over)
        assert_no_member_waits_for_strangers(stage.path)
        stage.clock.move_to(SystemClock().now())
        await stage.start_bot()
        await house.verified()
    tried("updates waiting at the start", many)


def changes(choices: list[str]) -> list[str]:
    """What is kept of these presses one after the other: the same again is the same answer."""
    return [choice for choice, _ in groupby(choices)]


def assert_the_overdue_matter_waited_for_what_was_pressed_before(path: Path, matter: int) -> None:
    about = f"consultation_id = {matter}"
    assert rows(path, f"SELECT count(*) FROM replies WHERE {about}") == [(1,)]  # noqa: S608
    ended = "SELECT number FROM register WHERE act IN ('close', 'hold')"
    replied = "SELECT max(number) FROM register WHERE act = 'reply'"
    [(closed,)], [(last,)] = rows(path, ended), rows(path, replied)
    assert closed > last
    due = f"SELECT count(done_at) FROM dues WHERE kind = 'close' AND {about}"  # noqa: S608
    assert rows(path, due) == [(1,)]


def assert_no_member_waits_for_strangers(path: Path) -> None:
    """From being kept to being handled, on the whole: a member's row waits no longer than a stranger's."""
    waited: dict[bool, list[int]] = {True: [], False: []}
    told = "SELECT raw, handled_at - received_at FROM inbox WHERE update_id >= {}"
    for raw, took in rows(path, told.format(first_waiting(path))):
        waited["callback_query" in json.loads(raw)].append(took)
    assert mean(waited[True]) < AS_LONG * mean(waited[False])


def first_waiting(path: Path) -> int:
    """The first update after the gap."""
    [(number,)] = rows(path, "SELECT min(update_id) FROM inbox WHERE earliest_at < received_at")
    return int(number)
