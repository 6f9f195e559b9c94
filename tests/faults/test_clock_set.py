"""The host's clock is set back or forward by a day while a matter runs: nothing falls due twice, nobody is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.committee import DAY, HOUR, START, Committee, committee
from tests.faults.invariants import asked, invariants
from tests.faults.machine import count

MEMBERS = 6
SECOND = timedelta(seconds=1)
DEADLINE = START + 4 * DAY
REMINDERS = 2
"""Of those who have not answered, in four days; so many as when nobody touches the clock."""
OUT = "Kính gửi đồng chí"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, MEMBERS) as made:
        yield made


async def set_to(house: Committee, moment: datetime) -> None:
    """What a person does who sets the clock of the machine."""
    house.stage.clock.move_to(moment, allow_back=True)
    await house.stage.settle()


def closes(house: Committee) -> int:
    return count(house.stage.path, "register", "act = 'close'")


async def answers(house: Committee, matter: int, *places: int) -> None:
    for place in places:
        assert (await house.replies(house.accounts[place], matter)).refusal is None


@pytest.mark.parametrize(
    ("by", "for_good"),
    [
        pytest.param(0 * DAY, True, id="not at all", marks=pytest.mark.faults_long),
        pytest.param(-DAY, True, id="back", marks=pytest.mark.faults_long),
        pytest.param(DAY, True, id="forward", marks=pytest.mark.faults_long),
        pytest.param(-DAY, False, id="back and right again"),
        pytest.param(DAY, False, id="forward and right again"),
    ],
)
async def test_a_matter_goes_through_it_closes_once_and_counts_everybody(
    house: Committee, by: timedelta, for_good: bool
) -> None:
    stage = house.stage
    matter = await house.opens("Nội dung đang xin ý kiến", deadline=DEADLINE)
    await stage.move_to(START + 2 * DAY)
    await answers(house, matter, 0, 1)

    await set_to(house, stage.clock.now() + by)
    await answers(house, matter, 2, 3)
    if not for_good:
        await set_to(house, stage.clock.now() + HOUR - by)
    await stage.stop_bot()
    await stage.start_bot()
    await answers(house, matter, 4)

    await stage.move_to(DEADLINE - SECOND)
    assert closes(house) == 0
    await answers(house, matter, 5)
    await stage.move_to(DEADLINE + SECOND)

    assert closes(house) == 1
    assert count(stage.path, "replies", "NOT late") == MEMBERS
    assert count(stage.path, "dues", "done_at < at") == 0
    assert count(stage.path, "register", "act = 'remind'") == REMINDERS
    told = Counter((each.chat_id, each.text) for each in stage.world.deliveries if OUT in each.text)
    assert set(told.values()) == {1}
    assert await invariants(stage.path, stage.clock) == []
    await house.verified()


async def test_what_was_heard_by_a_wrong_clock_covers_nothing_of_the_days_that_come_again(
    house: Committee,
) -> None:
    """The machine is gone over the deadline then: who pressed meanwhile is not counted as silent."""
    stage, account = house.stage, house.accounts[0]
    await stage.move_to(START + 7 * DAY)
    await stage.breathe()
    await set_to(house, START)
    matter = await house.opens("Nội dung đang xin ý kiến", deadline=DEADLINE)
    await stage.move_to(DEADLINE - 4 * HOUR)
    await stage.stop_bot()
    house.presses(account, "reply", matter, "approve", on=house.form(account, matter))
    stage.clock.move_to(DEADLINE + HOUR)
    await stage.start_bot()
    await stage.settle()

    assert spans(house) == [(DEADLINE - 4 * HOUR, DEADLINE + HOUR)]
    assert count(stage.path, "replies", "NOT late") == 1
    assert await invariants(stage.path, stage.clock) == []


def spans(house: Committee) -> list[tuple[datetime, datetime]]:
    """The outages on record."""
    with closing(asked(house.stage.path)) as file:
        rows = file.execute('SELECT start, "end" FROM outages').fetchall()
    return [(at(start), at(end)) for start, end in rows]


def at(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)
