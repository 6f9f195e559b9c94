from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.committee import Committee, committee
from tests.faults.machine import count, living_again, nothing_waits, until

MEMBERS, MATTERS = 60, 5
AGREE = {"approve": "Ý kiến đã ghi nhận: ", "approve_with_comments": "Đã ghi nhận lựa chọn"}
"""Two choices, with what then stands on the form: the answer, or the question for its words."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, MEMBERS, real_time=True) as made:
        yield made


async def test_300_presses_survive_killings_and_each_counts_exactly_once(house: Committee) -> None:
    stage, chance = house.stage, random.Random(20260302)  # noqa: S311 - the same moments each time
    matters = [await house.opens(f"Nội dung thứ {number + 1}") for number in range(MATTERS)]
    await stage.stop_bot()
    answers = queue_300_presses(house, matters, chance)

    kills = 0
    while (given := replies(house)) < len(answers):
        goal = min(len(answers), given + chance.randint(25, 60))
        with living_again(stage) as bot:
            await until(lambda goal=goal: replies(house) >= goal, bot)  # type: ignore[misc]
        kills += 1
    with living_again(stage) as bot:
        await until(lambda: nothing_waits(stage), bot)

    assert kills >= 4
    assert replies(house) == len(answers)
    assert count(stage.path, "register", "act = 'reply'") == len(answers)
    assert count(stage.path, "inbox", "fault IS NOT NULL") == 0
    await stage.start_bot()
    await house.verified()
    for (account, matter), choice in answers.items():
        shown = house.form(account, matter).text
        assert AGREE[choice] in shown
        assert stage.say.label(f"choice.{choice}").casefold() in shown.casefold()


def queue_300_presses(
    house: Committee, matters: list[int], chance: random.Random
) -> dict[tuple[int, int], str]:
    """Everybody presses an answer on every form while the bot is down, in any order."""
    wanted = [(account, matter) for account in house.accounts for matter in matters]
    chance.shuffle(wanted)
    answers = {}
    for account, matter in wanted:
        answers[account, matter] = chance.choice(sorted(AGREE))
        choice = answers[account, matter]
        house.presses(account, "reply", matter, choice, on=house.form(account, matter))
    assert len(answers) == house.stage.world.unconfirmed == 300
    return answers


def replies(house: Committee) -> int:
    return count(house.stage.path, "replies")


async def test_killed_while_it_opens_nobody_is_left_out_and_a_crash_costs_one_copy_at_most(
    house: Committee,
) -> None:
    stage, chance = house.stage, random.Random(7)  # noqa: S311 - the same moments each time
    matter = await house.asks("Kế hoạch công tác năm")
    await stage.stop_bot()
    house.presses(
        house.head, "approve", matter, on=house.hands(house.head).shows("approve", matter)
    )

    def forms() -> int:
        return sum("Kính gửi đồng chí" in each.text for each in stage.world.deliveries)

    kills = 0
    for _ in range(3):
        goal = forms() + chance.randint(0, 18)
        with living_again(stage) as bot:
            await until(lambda goal=goal: forms() >= goal and opened(house), bot)  # type: ignore[misc]
        kills += 1
    with living_again(stage) as bot:
        await until(lambda: nothing_waits(stage), bot)

    copies = Counter(d.chat_id for d in stage.world.deliveries if "Kính gửi đồng chí" in d.text)
    assert set(copies) == set(house.accounts)
    assert max(copies.values()) <= 1 + kills
    assert count(stage.path, "register", "act = 'open'") == 1
    assert count(stage.path, "register", "act = 'delivered'") == MEMBERS
    assert count(stage.path, "receipts") == MEMBERS
    await stage.start_bot()
    await house.verified()


def opened(house: Committee) -> bool:
    return count(house.stage.path, "consultations", "opened_at IS NOT NULL") == 1
