from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.committee import Committee, committee
from tests.faults.machine import count, living_again, nothing_waits, until
from tests.rounds import Tried

LONG, SHORT = (60, 5), (15, 2)
"""Members, and matters that are open at once: 300 presses, or 30."""
KILLS, SHORT_KILLS = 5, 3
AGREE = {"approve": "Ý kiến đã ghi nhận: ", "approve_with_comments": "Đã ghi nhận lựa chọn"}
"""Two choices, with what then stands on the form: the answer, or the question for its words."""


@pytest.fixture
async def house(tmp_path: Path, long: bool) -> AsyncIterator[Committee]:
    members, _ = LONG if long else SHORT
    async with committee(tmp_path, members, real_time=True) as made:
        yield made


async def test_presses_survive_killings_and_each_counts_exactly_once(
    house: Committee, long: bool, chance: random.Random, tried: Tried
) -> None:
    """Everybody answers on every form, in any order, a part of them each time that the bot is down."""
    stage, (_, number) = house.stage, LONG if long else SHORT
    kills = KILLS if long else SHORT_KILLS
    matters = [await house.opens(f"Nội dung thứ {each + 1}") for each in range(number)]
    await stage.stop_bot()
    wanted = [(account, matter) for account in house.accounts for matter in matters]
    chance.shuffle(wanted)
    answers = {each: chance.choice(sorted(AGREE)) for each in wanted}
    at_once = len(wanted) // kills
    for wave in range(kills):
        for account, matter in wanted[wave * at_once : (wave + 1) * at_once]:
            form = house.form(account, matter)
            house.presses(account, "reply", matter, answers[account, matter], on=form)
        goal = replies(house) + chance.randint(1, at_once // 2)
        with living_again(stage) as bot:
            await until(lambda goal=goal: replies(house) >= goal, bot)  # type: ignore[misc]
    with living_again(stage) as bot:
        await until(lambda: nothing_waits(stage), bot)

    tried("kills", kills)
    tried("presses", len(answers))
    assert replies(house) == len(answers)
    assert count(stage.path, "register", "act = 'reply'") == len(answers)
    assert count(stage.path, "inbox", "fault IS NOT NULL") == 0
    await stage.start_bot()
    await house.verified()
    for (account, matter), choice in answers.items():
        shown = house.form(account, matter).text
        assert AGREE[choice] in shown
        assert stage.say.label(f"choice.{choice}").casefold() in shown.casefold()


def replies(house: Committee) -> int:
    return count(house.stage.path, "replies")


async def test_killed_while_it_opens_nobody_is_left_out_and_a_crash_costs_one_copy_at_most(
    house: Committee, chance: random.Random
) -> None:
    stage, members = house.stage, len(house.accounts)
    matter = await house.asks("Kế hoạch công tác năm")
    await stage.stop_bot()
    house.presses(
        house.head, "approve", matter, on=house.hands(house.head).shows("approve", matter)
    )

    def forms() -> int:
        return sum("Kính gửi đồng chí" in each.text for each in stage.world.deliveries)

    kills = 0
    for _ in range(3):
        goal = forms() + chance.randint(0, members * 3 // 10)
        with living_again(stage) as bot:
            await until(lambda goal=goal: forms() >= goal and opened(house), bot)  # type: ignore[misc]
        kills += 1
    with living_again(stage) as bot:
        await until(lambda: nothing_waits(stage), bot)

    copies = Counter(d.chat_id for d in stage.world.deliveries if "Kính gửi đồng chí" in d.text)
    assert set(copies) == set(house.accounts)
    assert max(copies.values()) <= 1 + kills
    assert count(stage.path, "register", "act = 'open'") == 1
    assert count(stage.path, "register", "act = 'delivered'") == members
    assert count(stage.path, "receipts") == members
    await stage.start_bot()
    await house.verified()


def opened(house: Committee) -> bool:
    return count(house.stage.path, "consultations", "opened_at IS NOT NULL") == 1
