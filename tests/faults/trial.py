"""One scene tried: carried out to its end, then killed here and there and gone on with; both ends are compared."""

from __future__ import annotations

import asyncio
import json
import pickle
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any

from bot.clock import MovableClock
from bot.db.schema.proven import UNPROVEN_TABLES
from bot.values.texts import split_for_telegram
from tests.faults.disk import Disk, Operation, environment, operations
from tests.faults.invariants import invariants, rows
from tests.faults.killing import PAGE, Awaits, carry_out, forked, killed_at
from tests.faults.machine import ROOT
from tests.faults.notebook import Notebook
from tests.faults.scenes import NAME, Scene

Rows = dict[str, list[dict[str, Any]]]
Place = tuple[str, str]

NUMBERED_BY_TELEGRAM = re.compile(r"\b1\d{7}\b")
"""A message of the notebook: each sending has a number of its own."""
MOMENT = re.compile(r"\b1\d{15}\b")
"""In microseconds; a few pass between a kill and the next start."""
LINK = re.compile(r"start=[\w-]+")
"""An invitation, each with a token of its own."""
OF_THE_ROAD = {
    *(("outbox", column) for column in ("id", "attempts", "sent_message_id")),
    *(("register", column) for column in ("previous", "digest")),
    ("cards", "at"),
}
"""How and when a message went out, and in which order it was put, may differ after a kill; that it did may not. Digests
follow from the moments in the lines; that the chain holds is asked by itself."""
ALSO_ANYWHERE = 3
"""Kills at any await, beside those before and after each change of the disk."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a scene: how many awaits it has, how often it was killed, everything that was wrong."""

    awaits: int
    kills: int
    wrong: tuple[str, ...]


class Trial:
    """A scene with a folder for its runs."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self._scene = scene
        self._folder = folder
        self._begun = 0
        self.awaits, self.changes = 0, list[int]()

    def run(self, chance: random.Random, *, most: int | None) -> Tried:
        """Carry it out, and kill it before and after each change, or at no more than so many of these points."""
        broken = self._broken(self._whole)
        points = self._points(chance, most)
        wrong = [each for at in points for each in self._killed(at)]
        return Tried(self.awaits, len(points), (*broken, *wrong))

    def _points(self, chance: random.Random, most: int | None) -> Sequence[int]:
        """Just before and just after the disk or Telegram has seen something new, and anywhere else; or every k-th."""
        sharp = {at for change in self.changes for at in (change - 1, change) if at > 0}
        anywhere = {chance.randint(1, self.awaits) for _ in range(ALSO_ANYWHERE)}
        points = sorted(sharp | anywhere)
        apart = 1 if most is None else max(1, ceil(len(points) / most))
        return points[chance.randrange(apart) :: apart]

    # --- to its end ---------------------------------------------------------------------------

    @cached_property
    def _whole(self) -> Path:
        """Carried out by a process that nobody kills, which counts."""
        folder = self._begin()

        def count() -> None:
            seen = Awaits(folder)
            asyncio.run(carry_out(self._scene, folder, seen))
            (folder / "awaits").write_text(json.dumps([seen.count, seen.changes]))

        assert forked(count) == 0
        self.awaits, self.changes = json.loads((folder / "awaits").read_text())
        self._start_again(folder)
        return folder

    @cached_property
    def _after(self) -> Rows:
        return self._rows(self._whole)

    @cached_property
    def _before(self) -> Rows:
        return rows(self._scene.folder / NAME)

    def _rows(self, folder: Path) -> Rows:
        """Every row there, without messages of before the scene: they are let go after three days, sooner or later."""
        begins = int(self._scene.begins.timestamp() * 1_000_000)
        found = rows(folder / NAME)
        sent = [each for each in found["outbox"] if (each["settled_at"] or begins) >= begins]
        return found | {"outbox": sent}

    @cached_property
    def _by_chance(self) -> frozenset[Place]:
        """What differs between two runs that nobody killed: nonces, tokens, and what is bound to them."""
        folder = self._begin()
        assert forked(lambda: asyncio.run(carry_out(self._scene, folder, None))) == 0
        self._start_again(folder)
        other = self._rows(folder)
        return frozenset(
            (table, column)
            for table, found in self._after.items()
            for one, same in zip(found, other[table], strict=False)
            for column in one
            if _plain(one[column]) != _plain(same[column])
        )

    def _start_again(self, folder: Path) -> None:
        """Go on from there in a new process, which looks anew at what comes next, as any start does."""
        assert forked(lambda: asyncio.run(carry_out(self._scene, folder, None, again=True))) == 0

    # --- killed -------------------------------------------------------------------------------

    def _killed(self, at: int) -> Iterator[str]:
        """What is wrong after a kill at an await, and after the next process has gone on."""
        folder = self._begin()
        ended = forked(lambda: asyncio.run(carry_out(self._scene, folder, killed_at(at))))
        assert ended in (0, signal.SIGKILL)  # awaits may be fewer, when a thread was faster
        yield from (f"await {at}: {each}" for each in self._gone_on(folder))

    def _gone_on(self, folder: Path) -> Iterator[str]:
        """What is wrong with what was left in a folder, and after the next process has gone on from there."""
        left, heard = rows(folder / NAME), self._notebook(folder)
        in_flight = sum(map(_messages, left["outbox"]))
        if heard.told_something and self._writes and _legal(left) == _legal(self._before):
            yield "told before it was on disk (I5)"
        self._start_again(folder)
        found = [*self._differences(self._rows(folder))]
        if (
            found
        ):  # what was left to do may have been done after this start had looked at what comes next
            self._start_again(folder)
            found = [*self._differences(self._rows(folder))]
        yield from found
        yield from self._broken(folder)
        yield from self._heard(folder, in_flight)
        shutil.rmtree(folder)

    # --- without power ------------------------------------------------------------------------

    def lose_power(self, chance: random.Random, library: Path, *, most: int | None) -> Tried:
        """Carry it out, and lose the power after each thing done to a file, or after so many of them."""
        done = self._recorded(library, "")
        points = sorted(chance.sample(range(len(done)), min(most or len(done), len(done))))
        disk, wrong = Disk(self._scene.folder, outside=PAGE), list[str]()
        for at, each in enumerate(done):
            disk.does(each)
            if at in points:
                how = chance.choice(("nothing", "all", "chance", "chance"))
                found = self._lost(disk, how, chance)
                wrong += [f"after {at} {each.kind} {each.path}: {one}" for one in found]
        return Tried(len(done), len(points), tuple(wrong))

    def lose_what_was_told(self, library: Path, *, how: str) -> Tried:
        """Lose all that is not on the plates when the last thing has been told; `how` the store waits for them."""
        done = self._recorded(library, how)
        disk = Disk(self._scene.folder, outside=PAGE)
        last = max(place for place, each in enumerate(done) if each.path == PAGE)
        for each in done[: last + 1]:
            disk.does(each)
        return Tried(last + 1, 1, tuple(self._lost(disk, "nothing", random.Random(1))))  # noqa: S311 - unused then

    def _recorded(self, library: Path, how: str) -> list[Operation]:
        """Carry it out in a process whose disk is written down; gives all that it did to the files that last."""
        folder = self._begin()
        log, told = self._folder / f"log-{self._begun}", self._folder / f"scene-{self._begun}"
        told.write_bytes(pickle.dumps(self._scene))
        words = [sys.executable, "-m", "tests.faults.on_record", str(told), str(folder), how]
        subprocess.run(words, cwd=ROOT, env=environment(library, folder, log), check=True)
        return [each for each in operations(log) if not each.path.endswith("-shm")]

    def _lost(self, disk: Disk, how: str, chance: random.Random) -> Iterator[str]:
        """Nothing of what was not synced is there, or all of it, or what chance leaves."""
        self._begun += 1
        folder = self._folder / str(self._begun)
        disk.lost(folder, chance if how == "chance" else None, keeps=how == "all")
        try:
            yield from (f"{how} kept: {each}" for each in self._gone_on(folder))
        except (sqlite3.DatabaseError, AssertionError) as error:
            yield f"{how} kept: {error!r}"

    @property
    def _writes(self) -> bool:
        return _legal(self._after) != _legal(self._before)

    def _differences(self, found: Rows) -> Iterator[str]:
        """Rows that are not as they are without a kill."""
        if _comparable(self._after, frozenset()) == _comparable(found, frozenset()):
            return
        wanted, got = (_comparable(each, self._by_chance) for each in (self._after, found))
        for table in sorted(wanted.keys() | got.keys()):
            missing, more = wanted[table] - got[table], got[table] - wanted[table]
            if missing or more:
                yield f"{table}: without a kill {list(missing)[:2]}, after it {list(more)[:2]}"

    def _broken(self, folder: Path) -> list[str]:
        return asyncio.run(invariants(folder / NAME, MovableClock(self._scene.at)))

    def _heard(self, folder: Path, in_flight: int) -> Iterator[str]:
        """I6: everything arrives, and no more comes twice than was under way; a notice comes whole, files too."""
        wanted, got = (_words(self._notebook(each).said) for each in (self._whole, folder))
        if wanted - got:
            yield f"never sent: {list(wanted - got)[:2]}"
        if set(got) - set(wanted):
            yield f"sent besides: {list(set(got) - set(wanted))[:2]}"
        if (got - wanted).total() > in_flight:
            yield f"sent twice: {(got - wanted).total()}, {in_flight} were under way"

    def _notebook(self, folder: Path) -> Notebook:
        return Notebook(folder / PAGE, self._scene.updates, self._scene.files)

    def _begin(self) -> Path:
        self._begun += 1
        folder = self._folder / str(self._begun)
        shutil.copytree(self._scene.folder, folder)
        return folder


def _messages(row: dict[str, Any]) -> int:
    """Of how many messages a row that was under way consists: its words, and each of its files."""
    if row["state"] != "sending":
        return 0
    return max(1, len(split_for_telegram(row["text"]))) + len(json.loads(row["files"]))


def _comparable(found: Rows, but: frozenset[Place]) -> dict[str, Counter[str]]:
    """Rows without their order, and without what may differ; updates are compared by what came of them.

    Answers are compared by what was said: above a button that has waited too long it can be a message alone. A
    file that was made for a message that was never put is no difference: it is let go after three days.
    """
    sent = {file["sha256"] for row in found.get("outbox", ()) for file in json.loads(row["files"])}
    return {
        table: Counter(
            json.dumps(
                {
                    column: _plain(value)
                    for column, value in row.items()
                    if (table, column) not in OF_THE_ROAD | but
                },
                ensure_ascii=False,
            )
            for row in of
            if not (table == "outbox" and row["kind"] == "answer")
            and not (table == "made_files" and row["sha256"] not in sent)
        )
        for table, of in found.items()
        if table != "inbox"
    }


def _words(said: Counter[tuple[int, str]]) -> Counter[tuple[int, str]]:
    found = Counter[tuple[int, str]]()
    for (chat, words), number in said.items():
        found[chat, LINK.sub("start=#", words)] += number
    return found


def _plain(value: object) -> str:
    """Without what each start has of its own."""
    words = NUMBERED_BY_TELEGRAM.sub("#", repr(value))
    return LINK.sub("start=#", MOMENT.sub(lambda found: found[0][:-7], words))


def _legal(found: Rows) -> dict[str, Counter[str]]:
    """What a line of the register tells."""
    return _comparable({t: of for t, of in found.items() if t not in UNPROVEN_TABLES}, frozenset())
