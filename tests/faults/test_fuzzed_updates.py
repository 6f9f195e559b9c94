"""Updates as they never should come, through the real intake: nothing stops, nothing of right changes, nobody is left
without an answer who may believe that it counted."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.schema import outbox
from bot.kit.act import TABLE
from simulator.presses import PressResult
from tests.faults.committee import STRANGER, Committee, committee
from tests.faults.fuzz import OF_SERVICE, SAID, Json, Mutator, updates_of_other_kinds
from tests.faults.legal import legal
from tests.faults.machine import count

GROUP, REMOVED = -700_001, 898_001
BATCH, ROUNDS = 50, 24
FIRST_ID = 1_500_000_000
SEED = 20260302
WORDS = (
    "", "/start", "/start x", "/menu@ai_do", "/help", "Tán thành", "17:00 05/03/2026", "a" * 4096, "\x00", "\ud800",
    "\u202eabc", "<b>&{{7*7}}", "1", "😀" * 50, "/" * 40, "@dongthuan_demo_bot alô",
)  # fmt: skip
NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "77",
    "-1",
    "1.5",
    "²",
    str(2**31),
    str(2**63),
    "9" * 30,
)


@dataclass
class Expected:
    """Who may believe that it counts, and must have an answer."""

    presses: list[PressResult] = field(default_factory=list)
    said: dict[str, Json] = field(default_factory=dict)
    """By the key of the answer."""


class Flood:
    """Makes updates from whoever has no right to anything that runs, and hands them in by polls."""

    def __init__(self, house: Committee, seed: int, bases: Iterable[Json]) -> None:
        self.house, self.world = house, house.stage.world
        self.chance = random.Random(seed)  # noqa: S311 - the same every time
        self.mutator = Mutator(self.chance, list(bases))
        self.senders = (STRANGER, REMOVED)
        self.expected = Expected()
        self.number = FIRST_ID
        self.acts = [*sorted(TABLE.presses), "khong_co", "take_words", "leave_words"]

    def person(self, account: int) -> Json:
        return {"id": account, "is_bot": False, "first_name": f"Người {account}"}

    def batch(self, size: int) -> list[Any]:
        """So many updates; a quarter of them is whole."""
        made = []
        for _ in range(size):
            self.number += self.chance.choice((1, 1, 1, 2, 60))
            kind = self.chance.random()
            if kind < 0.15:
                made.append(self.press())
            elif kind < 0.25:
                made.append(self.message())
            elif kind < 0.3:
                other = updates_of_other_kinds(
                    self.person(STRANGER), self.chat(STRANGER), self.date()
                )
                made.append({"update_id": self.number, **self.chance.choice(other)})
            else:
                made.append(self.broken())
        return made

    def broken(self) -> Any:
        """A real update, said to come from one of the senders, and broken."""
        base = {**self.mutator.any_base(), "update_id": self.number}
        if self.chance.random() < 0.02:
            return self.chance.choice((None, [], "x", 7, {"update_id": "x"}, {"update_id": 2**70}))
        self._sent_by(base, self.chance.choice(self.senders))
        number = base.pop("update_id")
        broken = self.mutator.broken(base)
        if self.chance.random() < 0.02:
            number = self.chance.choice((None, "x", -1, 2**63, 10**40, 1.5, True))
        return {"update_id": number, **broken}

    def _sent_by(self, part: Any, account: int) -> None:
        """Whoever it came from, it comes from this account now."""
        if isinstance(part, dict):
            for name, value in part.items():
                if name in ("from", "chat", "user") and isinstance(value, dict) and "id" in value:
                    value["id"] = account
                self._sent_by(value, account)
        elif isinstance(part, list):
            for each in part:
                self._sent_by(each, account)

    # --- whole ones, with forged contents -------------------------------------------------------

    def date(self) -> int:
        return int(self.house.stage.clock.now().timestamp())

    def chat(self, account: int) -> Json:
        if account < 0:
            return {"id": account, "type": "supergroup", "title": "Nhóm"}
        return {"id": account, "type": "private", "first_name": "A"}

    def press(self) -> Json:
        account = self.chance.choice(self.senders)
        code = ":".join(("1", self.chance.choice(self.acts), *self.chance.choices(NUMBERS, k=2)))
        cut = code[: self.chance.randint(0, len(code))]
        data = self.chance.choice((code, code, code, cut, "2" + code[1:], "0:" + code))[:64]
        pressed = self.world.presses.open(account, account)
        self.expected.presses.append(pressed)
        shown = {
            "message_id": self.chance.choice((1, 2, 5, 9, 10**6)),
            "date": self.chance.choice((0, self.date())),
            "chat": self.chat(account),
        }
        query = {"id": pressed.query_id, "from": self.person(account), "chat_instance": "1"}
        return {
            "update_id": self.number,
            "callback_query": {**query, "message": shown, "data": data},
        }

    def message(self) -> Json:
        account = self.chance.choice((*self.senders, GROUP))
        said: Json = {
            "message_id": self.number - FIRST_ID + 1000,
            "date": self.date(),
            "chat": self.chat(account),
            "from": self.person(STRANGER if account < 0 else account),
        }
        way = self.chance.randint(0, 4)
        kind = "message"
        if way == 0:
            said[self.chance.choice(SAID)] = {}
        elif way == 1:
            name = self.chance.choice(sorted(OF_SERVICE))
            said[name] = OF_SERVICE[name]
        elif way == 2:
            said["text"] = self.chance.choice(WORDS)
            kind, said["edit_date"] = "edited_message", self.date()
        else:
            said["text"] = self.chance.choice(WORDS)
            if said["text"] and account > 0:
                self.expected.said[f"answer:{account}:{self.number}"] = said
        return {"update_id": self.number, kind: said}

    # --- through the intake ---------------------------------------------------------------------

    async def pours(self, batch: list[Any]) -> None:
        """Polls bring these, now and then first as an answer that cannot be read."""
        whole = json.dumps({"ok": True, "result": batch}).encode()
        if self.chance.random() < 0.1:
            self.world.updates.forge(whole[: self.chance.randint(0, len(whole) - 1)])
        self.world.updates.forge(whole)
        intake, clock = self.house.stage.bot.intake, self.house.stage.clock
        while self.world.updates.forgeries or not intake.reaches_telegram:
            if intake.rests:
                clock.advance(timedelta(seconds=1))
            await asyncio.sleep(0.001)
        await self.house.stage.settle()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[tuple[Committee, list[Json]]]:
    """A committee with a matter that runs, and every update that came in until it did."""
    async with committee(tmp_path, 4) as made:
        world, heard = made.stage.world, dict[int, Json]()

        def note() -> None:
            heard.update((each.update_id, each.body) for each in world.updates.pending)

        world.updates.on_arrival = note
        world.add_person(REMOVED, "Người đã thôi")
        world.people[REMOVED].started = True
        world.people[STRANGER].started = True
        world.add_group(GROUP, "Nhóm", [STRANGER, made.accounts[1]])
        closed = await made.opens("Nội dung đã xong")
        await made.hands(made.head).press("withdraw", closed)
        await made.hands(made.head).say("Không còn cần")
        matter = await made.opens("Nội dung kín đáo", "Văn bản kín đáo")
        await made.replies(made.accounts[1], matter)
        said = world.say(STRANGER, "Xin chào")
        world.edit(STRANGER, said.message_id, "Xin chào lần nữa")
        world.send_document(STRANGER, "a.pdf", b"a", "Kèm theo", album="7")
        world.send_photo(STRANGER, b"\xff\xd8\xff", "Ảnh")
        world.block(STRANGER)
        world.unblock(STRANGER)
        world.say(STRANGER, "/start@dongthuan_demo_bot", GROUP)
        await made.stage.settle()
        world.updates.on_arrival = None
        yield made, list(heard.values())


async def test_fuzzed_updates(house: tuple[Committee, list[Json]]) -> None:
    made, bases = house
    flood = Flood(made, SEED, bases)
    before = legal(made.stage.path)
    for round_ in range(ROUNDS):
        import time

        t = time.process_time(), time.time()
        b = flood.batch(BATCH)
        t1 = time.process_time()
        await flood.pours(b)
        print(
            "ROUND",
            round_,
            round(t1 - t[0], 2),
            round(time.process_time() - t[0], 2),
            round(time.time() - t[1], 2),
        )
        assert legal(made.stage.path) == before, round_
    assert [p for p in flood.expected.presses if not p.answered] == []
    async with made.stage.bot.db.read() as tx:
        keys = set((await tx.execute(select(outbox.c.key))).scalars())
    silent = {
        key: said
        for key, said in flood.expected.said.items()
        if not any(k.startswith(key) for k in keys)
    }
    assert silent == {}
    import sqlite3
    import time

    print(
        sqlite3.connect(made.stage.path)
        .execute("select fault, count(*) from inbox group by 1")
        .fetchall(),
        time.process_time(),
    )
    print(
        sqlite3.connect(made.stage.path)
        .execute("select state, reason, typeof(chat_id), count(*) from outbox group by 1,2,3")
        .fetchall(),
        time.process_time(),
    )
    print(count(made.stage.path, "inbox"), count(made.stage.path, "inbox", "fault IS NOT NULL"))
    await made.replies(made.accounts[2], 2)
    await made.verified()
