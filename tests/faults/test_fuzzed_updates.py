"""Updates as nobody means them, through the real intake: nothing stops, nothing of right changes, all are answered."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.kit.act import TABLE
from tests.faults.committee import Committee, committee
from tests.faults.flood import FIRST_ID, GROUP, STRANGERS, Cast, Flood
from tests.faults.fuzz import Json
from tests.faults.legal import legal
from tests.faults.machine import count
from tests.faults.recorded import listening, recorded
from tests.rounds import Tried

A_ROUND, BATCH = 400, 50
FLOODED = range(FIRST_ID, FIRST_ID + 10**7)
JPEG = b"\xff\xd8\xff\xe0"
STORIES = ("v_hu_thuong_truc_divided_in_the_room", "q_qn_wrong_deliveries", "b_qn_typed_and_edited")


class Scene(NamedTuple):
    """Who is there, and every kind of update that came in until now."""

    cast: Cast
    bases: list[Json]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """One matter that runs, of which one member has been struck, and one that was withdrawn."""
    async with committee(tmp_path, 4) as house:
        world, heard = house.stage.world, dict[int, Json]()
        listening(heard)(house.stage, house.head)
        world.add_person(STRANGERS[1], "Người lạ khác")
        world.add_group(GROUP, "Nhóm", [*STRANGERS, house.accounts[1]])
        withdrawn, running = await house.opens("Việc đã rút"), await house.opens("Việc kín đáo")
        head, struck = house.hands(house.head), house.accounts[3]
        await head.press("withdraw", withdrawn)
        await head.say("Không còn cần")
        await head.press("strike", running, house.persons[struck])
        await head.say("Đã chuyển công tác")
        await house.replies(house.accounts[1], running)
        await everything_a_person_can_send(house)
        world.updates.on_arrival = None
        cast = Cast(house, STRANGERS, (struck,), (withdrawn, running), (*house.tokens, "A" * 43))
        yield Scene(cast, list(heard.values()))


async def everything_a_person_can_send(house: Committee) -> None:
    world = house.stage.world
    for stranger in STRANGERS:
        said = world.say(stranger, "Xin chào")
        world.say(stranger, "Tán thành", reply_to=said.message_id)
        world.edit(stranger, said.message_id, "Xin chào lần nữa")
        world.send_document(stranger, "a.pdf", b"a", "Kèm theo", album="7")
        world.send_photo(stranger, JPEG, "Ảnh")
        world.block(stranger)
        world.unblock(stranger)
        world.say(stranger, "/start@dongthuan_demo_bot", GROUP)
    await house.stage.settle()


async def pour(house: Committee, chance: random.Random, batch: list[Any]) -> None:
    """Polls bring these until they are kept; now and then first an answer that was broken off."""
    updates, intake = house.stage.world.updates, house.stage.bot.intake
    whole = json.dumps({"ok": True, "result": batch}).encode()
    if chance.random() < 0.1:
        updates.forge(whole[: chance.randrange(len(whole))])
    kept = (each["update_id"] for each in batch if number_of(each) in FLOODED and not private(each))
    newest = max(kept)
    # What is kept is handed over a moment later, and a forged answer leaves nothing by which the stage could know.
    while count(house.stage.path, "inbox", f"update_id = {newest} AND handled_at IS NOT NULL") == 0:
        if not updates.forgeries and not count(house.stage.path, "inbox", f"update_id = {newest}"):
            updates.forge(whole)
        if intake.rests:
            house.stage.clock.advance(timedelta(seconds=1))
        await asyncio.sleep(0.001)
    await house.stage.settle()


def private(update: Json) -> bool:
    """Whether it is a press with a secret choice, which is kept nowhere."""
    query = update.get("callback_query")
    pressed = query.get("data") if isinstance(query, dict) else None
    return isinstance(pressed, str) and TABLE.is_private(pressed)


def number_of(update: Any) -> Any:
    return update.get("update_id") if isinstance(update, dict) else None


def column(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as database:
        return [value for (value,) in database.execute(query)]


@pytest.mark.rounds(short=1, long=250)
async def test_whatever_comes_in_nothing_stops_nothing_changes_and_everybody_is_answered(
    scene: Scene, chance: random.Random, long: bool, tried: Tried
) -> None:
    house = scene.cast.house
    bases = scene.bases + (await recorded(STORIES) if long else [])
    flood, path = Flood(scene.cast, chance, bases), house.stage.path
    before = legal(path)
    for _ in range(0, A_ROUND, BATCH):
        await pour(house, chance, flood.batch(BATCH))
        assert legal(path) == before

    assert [each for each in flood.expected.presses if not each.answered] == []
    answers = {":".join(key.split(":")[:3]) for key in column(path, "SELECT key FROM outbox")}
    assert [each for each in flood.expected.messages if each not in answers] == []
    faults = column(path, "SELECT fault FROM inbox WHERE fault IS NOT NULL")
    assert [each for each in faults if not each.startswith("malformed: ")] == []
    assert len(faults) < A_ROUND / 2
    assert column(path, "SELECT count(*) FROM inbox WHERE handled_at IS NULL") == [0]
    assert set(column(path, "SELECT typeof(chat_id) FROM outbox")) == {"integer"}
    await house.replies(house.accounts[2], scene.cast.ended[1])
    assert column(path, "SELECT count(*) FROM replies") == [2]
    await house.verified()
    tried("fuzzed updates", A_ROUND)
