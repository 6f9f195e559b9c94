"""Floods of updates from people who have no right to what they ask for, and what each of them must be answered.

How a real update is broken is in fuzz.py. Everything follows from one seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.kit.act import TABLE
from simulator.presses import PressResult
from tests.faults.committee import STRANGER, Committee
from tests.faults.fuzz import OF_SERVICE, SAID, Json, Mutator, updates_of_other_kinds

GROUP = -700_001
FIRST_ID = 1_500_000_000
FIRST_MESSAGE = 10**7
WORDS = (
    "/start", "/start x", "/menu@ai_do", "/help", "Tán thành", "17:00 05/03/2026", "a" * 4096, "\x00", "\ud800",
    "\u202eabc", "<b>&{{7*7}}", "1", "😀" * 50, "/" * 40, "@dongthuan_demo_bot alô",
)  # fmt: skip
SMALL = ("1", "2", "3", "4", "5", "6", "7", "8", "approve", "reject", "yes", "body", "text", "a")
"""What stands on true buttons."""
FORGED = ("", "0", "77", "x", "-1", "1.5", "NaN", "²", "999999", str(2**31), str(2**63), "9" * 40)
"""What stands on none, also when it is cut."""
OF_A_MATTER = (
    "reply",
    "ack",
    "edit",
    "text",
    "form",
    "paper",
    "strike",
    "extend",
    "close",
    "withdraw",
    "approve",
)
NOT_NUMBERS: tuple[Any, ...] = (None, "x", "7", -1, 1.5, True, 2**63, 10**40)


@dataclass
class Expected:
    """Who may believe that it counts, and must have an answer."""

    presses: list[PressResult] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    """The key that the answer to each has."""


@dataclass(frozen=True)
class Cast:
    """Who sends, and what there is that they have no right to."""

    house: Committee
    outsiders: Sequence[int]
    """Accounts without any right: they may press true buttons."""
    insiders: Sequence[int]
    """Members: they press forged ones, and those of matters in which they have no right any more."""
    ended: Sequence[int]
    """Matters in which no insider may do anything."""
    tokens: Sequence[str]
    """Of invitations that open nothing any more."""


class Flood:
    """Makes updates, a third of them whole."""

    def __init__(self, cast: Cast, chance: random.Random, bases: Sequence[Json]) -> None:
        self._cast = cast
        self._world = cast.house.stage.world
        self._chance = chance
        self._mutator = Mutator(chance, bases)
        self._number = FIRST_ID
        self._acts = (*sorted(TABLE.presses), "khong_co", "take_words", "leave_words")
        self.expected = Expected()

    def batch(self, size: int) -> list[Any]:
        """So many updates, as an answer to a poll would hold them."""
        return [self._one() for _ in range(size)]

    def _one(self) -> Any:
        self._number += self._chance.choice((1, 1, 1, 2, 60))
        kind = self._chance.random()
        if kind < 0.15:
            return {"update_id": self._number, "callback_query": self._press()}
        if kind < 0.28:
            return {"update_id": self._number, **self._message()}
        if kind < 0.33:
            account = self._chance.choice(self._cast.outsiders)
            others = updates_of_other_kinds(_person(account), _chat(account), self._date())
            return {"update_id": self._number, **self._chance.choice(others)}
        return self._broken()

    def _broken(self) -> Any:
        """A real update, said to come from an outsider, and broken."""
        if self._chance.random() < 0.01:
            return self._chance.choice((None, [], "x", 7, [[]]))
        base = self._mutator.any_base()
        del base["update_id"]
        _sent_by(base, self._chance.choice(self._cast.outsiders))
        odd = self._chance.random() < 0.02
        number = self._chance.choice(NOT_NUMBERS) if odd else self._number
        return {"update_id": number, **self._mutator.broken(base)}

    # --- whole ones -----------------------------------------------------------------------------

    def _date(self) -> int:
        return int(self._cast.house.stage.clock.now().timestamp())

    def _press(self) -> Json:
        """A button of any act: true, forged, cut, of another version, on any message, in a group."""
        account = self._chance.choice((*self._cast.outsiders, *self._cast.insiders))
        place = GROUP if self._chance.random() < 0.1 else account
        pressed = self._world.presses.open(account, place)
        self.expected.presses.append(pressed)
        shown = {
            "message_id": self._chance.choice((1, 2, 5, 9, 40, FIRST_MESSAGE)),
            "date": self._chance.choice((0, self._date())),
            "chat": _chat(place),
        }
        return {
            "id": pressed.query_id,
            "from": _person(account),
            "chat_instance": "1",
            "message": shown,
            "data": self._data(inside=account in self._cast.insiders),
        }

    def _data(self, *, inside: bool) -> str:
        act = self._chance.choice(self._acts)
        args = self._chance.choices(
            FORGED if inside else (*SMALL, *FORGED), k=self._chance.randint(0, 4)
        )
        if inside and self._chance.random() < 0.5:
            act = self._chance.choice(OF_A_MATTER)
            args = [str(self._chance.choice(self._cast.ended)), *self._chance.choices(SMALL, k=1)]
        code = ":".join(("1", act, *args))
        if self._chance.random() < 0.2:
            code = self._chance.choice(
                (code[: len(code) // 3], "2" + code[1:], "0:" + code, code[::-1])
            )
        return code[:64]

    def _message(self) -> Json:
        account = self._chance.choice((*self._cast.outsiders, GROUP))
        said: Json = {
            "message_id": FIRST_MESSAGE + self._number - FIRST_ID,
            "date": self._date(),
            "chat": _chat(account),
            "from": _person(self._cast.outsiders[0] if account < 0 else account),
        }
        way = self._chance.random()
        if way < 0.2:
            said[self._chance.choice(SAID)] = {}
            return {"message": said}
        if way < 0.4:
            name = self._chance.choice(sorted(OF_SERVICE))
            return {"message": {**said, name: OF_SERVICE[name]}}
        if way < 0.5:
            edited = {"edit_date": self._date(), "text": self._chance.choice(WORDS)}
            return {"edited_message": {**said, **edited}}
        said["text"] = self._chance.choice(
            (*WORDS, f"/start {self._chance.choice(self._cast.tokens)}")
        )
        if account > 0:
            self.expected.messages.append(f"answer:{account}:{self._number}")
        return {"message": said}


def _person(account: int) -> Json:
    return {"id": account, "is_bot": False, "first_name": f"Người {account}"}


def _chat(account: int) -> Json:
    if account < 0:
        return {"id": account, "type": "supergroup", "title": "Nhóm"}
    return {"id": account, "type": "private", "first_name": "A"}


def _sent_by(part: Any, account: int) -> None:
    """Whoever it came from, it comes from this account now."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("from", "chat", "user") and isinstance(value, dict) and "id" in value:
                value["id"] = account
            _sent_by(value, account)
    elif isinstance(part, list):
        for each in part:
            _sent_by(each, account)


STRANGERS = (STRANGER, STRANGER + 1)
