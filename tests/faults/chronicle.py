"""A long run of consultations by a bot that is killed again and again, and what must come of it by a model of its own.

The model knows one rule book by hand (Quảng Ngãi, an urgent matter of the Đảng đoàn in writing): the last answer not
later than the deadline counts (8.2.1), whoever has received the text and not answered agrees (8.2.1), at least 2/3 of
those on the roll decide (8.2.2), who was struck is off it; where it fails, differing opinions go upwards (7.2).
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import MovableClock
from bot.values.moments import INSTANT
from tests.faults.committee import HOUR, START, committee
from tests.faults.invariants import asked, invariants
from tests.faults.killing import carry_out, forked, killed_at
from tests.faults.scenes import NAME, Scene, copy_of

MEMBERS = 5
DEADLINES = (5, 9, 14, 26)
"""Hours after the opening, of each matter."""
AGREEING = ("approve", "approve_with_comments")
CHOICES = (*AGREEING, "reject", "differ")
FIRST_UPDATE = 910_000_001
LAST_AWAIT = 3000
"""Where a kill falls at the latest; most turns have fewer awaits, and then nobody is killed in them."""


@dataclass(slots=True)
class Matter:
    """One consultation as the model has it."""

    id: int
    deadline: datetime
    roll: set[int]
    answers: dict[int, str] = field(default_factory=dict)

    def is_open(self, at: datetime) -> bool:
        """The moment of the deadline still belongs to the members."""
        return at <= self.deadline

    def answered(self, account: int, choice: str, at: datetime) -> None:
        if self.is_open(at) and account in self.roll:
            self.answers[account] = choice

    def struck(self, account: int, at: datetime) -> None:
        if self.is_open(at):
            self.roll.discard(account)
            self.answers.pop(account, None)

    @property
    def tally(self) -> dict[str, int]:
        """Who has not answered agrees: all have received the text."""
        counts = {choice: list(self.answers.values()).count(choice) for choice in CHOICES}
        counts["deemed_approve"] = len(self.roll) - len(self.answers)
        return {where: number for where, number in counts.items() if number}

    @property
    def outcome(self) -> str:
        """Both sides of "at least 2/3" in whole numbers."""
        counts = self.tally
        agree = sum(counts.get(each, 0) for each in (*AGREEING, "deemed_approve"))
        if 3 * agree >= 2 * len(self.roll):
            return "adopted"
        return "to_superior"


@dataclass(slots=True)
class Told:
    """What came of a run: turns, kills, and everything that was wrong."""

    turns: int = 0
    kills: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Begun:
    """Where a run begins: the folder, the matters, who is who, and where the forms stand."""

    folder: Path
    matters: list[Matter]
    persons: dict[int, int]
    forms: dict[tuple[int, int], int]
    head: int


async def begun(folder: Path) -> Begun:
    """A committee with its forms out."""
    (folder / "stage").mkdir()
    (folder / "run").mkdir()
    async with committee(folder / "stage", MEMBERS) as house:
        matters, forms = [], dict[tuple[int, int], int]()
        for number, hours in enumerate(DEADLINES):
            deadline = START + hours * HOUR
            opened = await house.opens(f"Nội dung thứ {number + 1}", deadline=deadline)
            matters.append(Matter(opened, deadline, set(house.accounts)))
            forms |= {(a, opened): house.form(a, opened).message_id for a in house.accounts}
        copy_of(house.stage.path, folder / "run" / NAME)
        return Begun(folder / "run", matters, house.persons, forms, house.head)


class Run:
    """Turn after turn: somebody does something, and the process may be killed while it is done."""

    def __init__(self, start: Begun, chance: random.Random) -> None:
        self._start = start
        self._chance = chance
        self._now = START + INSTANT
        self._update = FIRST_UPDATE
        self._members = sorted(each for each in start.matters[0].roll)
        self.told = Told()

    def go(self, turns: int) -> Told:
        """Some turns, then time passes over every deadline."""
        for _ in range(turns):
            self._now += timedelta(seconds=self._chance.randint(1, 7200))
            self._turn(self._something_done())
            self._compare()
        self._now = max(self._now, START + (DEADLINES[-1] + 1) * HOUR)
        self._turn([])
        self._compare()
        self._compare_ends()
        self.told.wrong += asyncio.run(invariants(self._path, MovableClock(self._now)))
        return self.told

    @property
    def _path(self) -> Path:
        return self._start.folder / NAME

    # --- what is done -------------------------------------------------------------------------

    def _something_done(self) -> list[dict[str, Any]]:
        """Answers of a few, a member struck, or nothing; the model is told of it."""
        matter = self._chance.choice(self._start.matters)
        if self._chance.random() < 1 / 10 and len(matter.roll) > 3:
            account = self._chance.choice(
                [each for each in matter.roll if each != self._start.head]
            )
            matter.struck(account, self._now)
            person = self._start.persons[account]
            asks = self._press(self._start.head, matter.id, f"strike:{matter.id}:{person}")
            return [asks, self._said(self._start.head, "Đã chuyển công tác")]
        done = []
        for account in self._chance.sample(self._members, self._chance.randint(0, 3)):
            choice = self._chance.choice(CHOICES)
            matter.answered(account, choice, self._now)
            done.append(self._press(account, matter.id, f"reply:{matter.id}:{choice}"))
        return done

    def _numbered(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        self._update += 1
        return {"update_id": self._update, kind: content}

    def _press(self, account: int, matter: int, data: str) -> dict[str, Any]:
        on = self._start.forms[account, matter]
        query = {
            "id": str(self._update),
            "from": _person(account),
            "message": {"message_id": on, "date": 0, "chat": _chat(account)},
            "chat_instance": "1",
            "data": f"1:{data}",
        }
        return self._numbered("callback_query", query)

    def _said(self, account: int, text: str) -> dict[str, Any]:
        at = int(self._now.timestamp()) + 1
        place = {"message_id": self._update, "date": at, "chat": _chat(account)}
        return self._numbered("message", {**place, "from": _person(account), "text": text})

    # --- and how it fares ---------------------------------------------------------------------

    def _turn(self, updates: list[dict[str, Any]]) -> None:
        """A process that has polled until now, killed somewhere or not; then the next, until one comes to its end."""
        self.told.turns += 1
        heard = self._now
        with closing(sqlite3.connect(self._path)) as file:
            moment = int(heard.timestamp() * 1_000_000)
            file.execute("UPDATE liveness SET covered_until = ?", (moment,))
            file.commit()
        scene = Scene(self._start.folder, heard, self._now, tuple(updates), {})
        again = False
        while self._chance.random() < 1 / 2:
            at = self._chance.randint(1, LAST_AWAIT)
            seen, once_more = killed_at(at), again
            ended = forked(
                lambda: asyncio.run(
                    carry_out(scene, self._start.folder, seen, again=once_more)  # noqa: B023
                )
            )
            self.told.kills += bool(ended)
            again = True
        assert (
            forked(lambda: asyncio.run(carry_out(scene, self._start.folder, None, again=again)))
            == 0
        )

    def _compare(self) -> None:
        """What each has answered stands on disk as the model has it."""
        with closing(asked(self._path)) as file:
            for matter in self._start.matters:
                rows = file.execute(LAST_ANSWERS, (matter.id,)).fetchall()
                wanted = {self._start.persons[a]: choice for a, choice in matter.answers.items()}
                standing = {self._start.persons[a] for a in matter.roll}
                found = {person: choice for person, choice in rows if person in standing}
                if found != wanted:
                    self.told.wrong.append(f"{self._now}: {matter.id}: {found}, not {wanted}")

    def _compare_ends(self) -> None:
        with closing(asked(self._path)) as file:
            for matter in self._start.matters:
                (result,) = file.execute(
                    "SELECT result FROM consultations WHERE id = ?", (matter.id,)
                ).fetchone()
                told = json.loads(result) if result else {}
                tally = {w: n for w, n in told.get("tally", {}).items() if n and w != "struck"}
                if (told.get("outcome"), tally) != (matter.outcome, matter.tally):
                    self.told.wrong.append(
                        f"{matter.id}: {told.get('outcome')} {tally}, not {matter.outcome} {matter.tally}"
                    )


LAST_ANSWERS = """
    SELECT person_id, choice FROM replies r WHERE consultation_id = ? AND NOT late AND id = (
        SELECT max(id) FROM replies WHERE consultation_id = r.consultation_id
        AND person_id = r.person_id AND NOT late)
"""


def _person(account: int) -> dict[str, Any]:
    return {"id": account, "is_bot": False, "first_name": "Ai đó"}


def _chat(account: int) -> dict[str, Any]:
    return {"id": account, "type": "private", "first_name": "Ai đó"}
