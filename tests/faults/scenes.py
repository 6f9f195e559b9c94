"""What stood on disk just before each act of a story, with what then came: an update, or a moment that fell due.

A story is played once; each scene of it can then be carried out, alone and as often as is wanted.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.kit.act import TABLE
from bot.kit.due import DUE
from bot.values.action import parse
from bot.values.moments import INSTANT
from simulator import story
from simulator.founding import assemble, committee_of
from simulator.phone_client import PhoneClient, Seen
from simulator.rehearsal import take
from simulator.sandbox import Sandbox

NAME = "canh.db"
KEYS = "ballot-keys"
"""Where the stage keeps the keys of secret votes, beside its database."""
SHORTLY = timedelta(minutes=1)
"""How long before its moment a scene begins in which something falls due."""


def kinds() -> list[str]:
    """Every kind of act there is: "press close", "words close", "due close"."""
    due = {*DUE.acts, *DUE.apart}
    named: list[tuple[str, Collection[str]]] = [
        ("press", TABLE.presses),
        ("words", TABLE.words),
        ("due", due),
    ]
    return [f"{door} {name}" for door, names in named for name in sorted(names)]


@dataclass(frozen=True, slots=True)
class Scene:
    """A folder with a database and its keys; what comes upon it, and when."""

    folder: Path
    begins: datetime
    at: datetime
    updates: tuple[dict[str, Any], ...]
    files: dict[str, bytes]


class Watched(Sandbox):
    """A stage on which the last scene of each kind wanted is kept, one that left a line in the register if any did."""

    def __init__(self, folder: Path, start: datetime, wanted: Collection[str]) -> None:
        super().__init__(folder, start)
        self._wanted = wanted
        self._kept = folder / "scenes"
        self._under_way: dict[str, Scene] = {}
        self._lines = 0
        self._last = 0
        self.scenes: dict[str, Scene] = {}
        self._telling: set[str] = set()

    def watch(self) -> None:
        """Begin, once there is a database."""
        self.world.updates.on_arrival = self._arrives

    def show(self, moment: datetime) -> None:
        """Before the clock is moved on, what falls due by then has not been acted on."""
        if moment > self.clock.now() and self.app is not None:
            due = {
                f"due {kind}"
                for (kind,) in self._asked(
                    "SELECT DISTINCT kind FROM dues WHERE done_at IS NULL AND at <= ?",
                    int(moment.timestamp() * 1_000_000),
                )
            }
            self._keep(due, max(moment - SHORTLY, self.clock.now()), moment + INSTANT)
        super().show(moment)

    def _arrives(self) -> None:
        """Before an update is taken in, nothing of it has happened."""
        pending = self.world.updates.pending
        if len(pending) == 1 and pending[0].update_id > self._last:
            self._last = pending[0].update_id
            body = pending[0].body
            self._keep({self._kind(body)}, self.clock.now(), self.clock.now(), body)

    def _kind(self, body: dict[str, Any]) -> str:
        if "callback_query" in body:
            pressed = parse(body["callback_query"].get("data") or "")
            return f"press {pressed.action if pressed else ''}"
        by = body.get("message", {}).get("from", {}).get("id")
        return f"words {self.awaited(by)}"

    def awaited(self, account: int | None) -> str:
        """Under which name words of that account are awaited; empty when none are."""
        found = self._asked("SELECT kind FROM prompts WHERE account_id = ?", account)
        return str(found[0][0]) if found else ""

    @property
    def misses(self) -> set[str]:
        """The kinds wanted of which there is no scene yet."""
        return set(self._wanted) - set(self.scenes)

    def _keep(
        self, found: set[str], begins: datetime, at: datetime, *updates: dict[str, Any]
    ) -> None:
        self.judge()
        for kind in found & set(self._wanted):
            folder = self._kept / f"{kind.replace(' ', '_')}-{self._lines}-{len(self.scenes)}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            copy_of(self.path, folder / NAME, covered=begins)
            self._under_way[kind] = Scene(folder, begins, at, updates, self._files_in(updates))

    def _files_in(self, updates: tuple[dict[str, Any], ...]) -> dict[str, bytes]:
        """The files that these updates carry, by their ids."""
        named = [json.dumps(each) for each in updates]
        shelf = self.world.files
        ids = {part for words in named for part in words.split('"') if shelf.by_id(part)}
        return {each: found.content for each in ids if (found := shelf.by_id(each)) is not None}

    def judge(self) -> None:
        """What came of the scenes under way is seen once the next begins, or the story has ended."""
        lines = int(self._asked("SELECT count(*) FROM register")[0][0])
        for kind, scene in self._under_way.items():
            if lines > self._lines or kind not in self._telling:
                self.scenes[kind] = scene
            if lines > self._lines:
                self._telling.add(kind)
        self._under_way, self._lines = {}, lines

    def _asked(self, question: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as file:
            return file.execute(question, values).fetchall()


def copy_of(database: Path, to: Path, *, covered: datetime | None = None) -> None:
    """A copy of a database in use, and of its keys; `covered` is until when Telegram was heard then."""
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)
        if covered is not None:
            heard = int(covered.timestamp() * 1_000_000)
            copy.execute("UPDATE liveness SET covered_until = ?", (heard,))
            copy.commit()
    beside = database.with_name(f"{database.name}.keys")
    for keys in (
        beside,
        *database.with_name(KEYS).glob("*"),
    ):  # on a stage, called by the database's own mark
        if keys.is_dir():
            shutil.copytree(keys, to.with_name(f"{to.name}.keys"), dirs_exist_ok=True)


async def scenes_of(path: Path, folder: Path, wanted: Collection[str]) -> dict[str, Scene]:
    """The scenes of these kinds that a story has; they lie in that folder.

    What no step of it does is done at its end where a button offers it; what only a screen in the middle of it
    offers is done there, when it is played once more.
    """
    found = await _played(path, folder / "as told", wanted, PhoneClient)
    missing = set(wanted) - set(found)
    if missing:
        found |= await _played(path, folder / "once more", missing, CuriousHands)
    return found


async def _played(
    path: Path, folder: Path, wanted: Collection[str], hands: type[PhoneClient]
) -> dict[str, Scene]:
    folder.mkdir()
    told = story.read(path)
    async with Watched(folder, told.start, wanted) as stage:
        stage.watch()
        called = committee_of(stage, told, path)
        cast = await assemble(stage, told, path, committee=called, hands=hands)
        for step in told.steps:
            await stage.move_to(step.at)
            await take(cast, step)
        await stage.move_to(told.end)
        await stage.move_to(told.end + INSTANT)
        await walk(stage, list(cast.hands.values()))
        stage.judge()
        return stage.scenes


WORDS = "Chương trình công tác"
STEPS = 150


class CuriousHands(PhoneClient):
    """Hands after each of whose acts everybody presses, in the middle of a form too, what is wanted and was not yet."""

    def __init__(self, stage: Sandbox, user_id: int) -> None:
        super().__init__(stage, user_id)
        self._watched = stage

    async def try_press(self, act: str, *args: str | int) -> Seen:
        """Press, then whatever is wanted that a screen offers now."""
        seen = await super().try_press(act, *args)
        await self._look()
        return seen

    async def try_say(self, text: str) -> Seen:
        """Say it, then the same."""
        seen = await super().try_say(text)
        await self._look()
        return seen

    async def _look(self) -> None:
        stage = self._watched
        if not (isinstance(stage, Watched) and stage.hears and stage.misses):
            return
        for account, chat in list(stage.world.chats.items()):
            for message, key in [
                (each, key)
                for each in reversed(chat.messages)
                if each.from_bot
                for row in each.rows
                for key in row
            ]:
                offered = parse(key.data or "")
                if offered and f"press {offered.action}" in stage.misses:
                    stage.world.press(account, message.message_id, key.data or "")
                    await stage.settle()
                    stage.judge()


async def walk(stage: Watched, everybody: list[PhoneClient]) -> None:
    """Whatever no step of the story did is done where a button offers it: each looks around from the first screen.

    Wanted kinds are pressed wherever they are shown; of the others each is pressed once by each, to see further.
    """
    for hands in everybody:
        if stage.misses and stage.hears:
            await _look_around(stage, hands)


async def _look_around(stage: Watched, hands: PhoneClient) -> None:
    await hands.try_say("/start")
    pressed = set[str]()
    for _ in range(STEPS):
        offered = [
            (parsed.action, message.message_id, key.data)
            for message in reversed(hands.messages)
            for row in message.rows
            for key in row
            if message.from_bot and key.data and (parsed := parse(key.data)) is not None
        ]
        wanted = [each for each in offered if f"press {each[0]}" in stage.misses]
        new = [
            each
            for each in wanted or offered
            if each[2] not in pressed and (wanted or each[0] not in pressed)
        ]
        if not new or not stage.misses:
            return
        act, message_id, code = new[0]
        pressed |= {act, code}
        stage.world.press(hands.user_id, message_id, code)
        await stage.settle()
        stage.judge()
        if f"words {stage.awaited(hands.user_id)}" in stage.misses:
            await hands.try_say(WORDS)
            stage.judge()
