"""Plays one story in the tree it is started in and tells what the running bot did, as one line of JSON.

Started by path as bench/player.py is, and knowing as little of the tree: the public command
`rehearse`, the public interface of python-telegram-bot, and Python's own hooks. Arguments: what to
watch (`counts` or `time`), then the story.

An act of a person begins when the bot is given an update, and ends when it is given the next: all
that follows from it belongs to it, deliveries included. Acts that are a pressed button are counted.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
from functools import wraps
from itertools import pairwise
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Any

from click.testing import CliRunner
from telegram.request import BaseRequest

TYPED_DEADLINE = "05/03"
"""What stands in the message by which the story's clerk answers the question for the deadline."""
MACHINERY = frozenset({"domain", "values", "regulations", "store", "db", "commands", "rules"})
"""Rooms of the product that no file of a handler, form or subject stands in."""


class Watch:
    """Hears of every update, and when a press is answered; a subclass measures in between."""

    def __init__(self) -> None:
        self.presses = 0
        self.pressing = False
        self.waiting = False
        """Whether the press that is going on has not been answered yet."""

    def update(self, update: dict[str, Any]) -> None:
        """Another act begins."""
        if self.pressing:
            self.ends()
        self.pressing = self.waiting = "callback_query" in update
        if self.pressing:
            self.presses += 1
            self.begins()

    def answered(self) -> None:
        """The person sees that the press was taken; what follows from it goes on."""
        self.waiting = False

    def begins(self) -> None:
        """A press begins."""

    def ends(self) -> None:
        """All that followed from it is over."""

    def told(self) -> dict[str, float]:
        """What was found."""
        raise NotImplementedError


class Counts(Watch):
    """Statements of presses, and the files that a typed deadline visits.

    A statement is what runs on any SQLite connection of the process, BEGIN and COMMIT among them:
    once until the press is answered, once with all that follows, as the cards of others.

    The files counted are those of handlers, forms and subjects. Pure rules, SQL, the composition root,
    rendering, and the machinery of Telegram and of the database are not. Every call of a function
    counts, and every going on of one that waited.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._all = self._answering = 0
        self._tree = f"{os.environ['PYTHONPATH']}/"
        self._visited: list[str] = []
        untouched = sqlite3.connect

        @wraps(untouched)
        def connect(*given: Any, **named: Any) -> sqlite3.Connection:
            connection = untouched(*given, **named)
            connection.set_trace_callback(self._ran)
            return connection

        sqlite3.connect = sqlite3.dbapi2.connect = connect

    def update(self, update: dict[str, Any]) -> None:
        """The message that answers the form's question is followed through the code."""
        super().update(update)
        typed = TYPED_DEADLINE in update.get("message", {}).get("text", "")
        sys.setprofile(self._called if typed else None)

    def _ran(self, _statement: str) -> None:
        if self.pressing:
            with self._lock:
                self._all += 1
                self._answering += self.waiting

    def _called(self, frame: FrameType, event: str, _given: object) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(self._tree):
            relative = Path(file.removeprefix(self._tree))
            if self._is_counted(relative):
                self._visited.append(str(relative))

    @staticmethod
    def _is_counted(file: Path) -> bool:
        if file.parts[0] == "handlers":
            return True
        inside = file.parts[0] == "bot" and len(file.parts) > 2 and file.suffix == ".py"
        return inside and not MACHINERY & {*file.parts, file.stem}

    def told(self) -> dict[str, float]:
        """Means, and what the deadline visited."""
        return {
            "answering": self._answering / self.presses,
            "statements": self._all / self.presses,
            "files": len(set(self._visited)),
            "switches": sum(a != b for a, b in pairwise(self._visited)),
        }


class Time(Watch):
    """Processor time a press, in milliseconds, with all that follows from it.

    The bot and the Telegram it talks to share a process, and both are counted.
    """

    def __init__(self) -> None:
        super().__init__()
        self._began = self._spent = 0.0

    def begins(self) -> None:
        """Take the time."""
        self._began = process_time()

    def ends(self) -> None:
        """Add what was spent."""
        self._spent += process_time() - self._began

    def told(self) -> dict[str, float]:
        """The mean."""
        return {"milliseconds": 1000 * self._spent / self.presses}


def main(what: str, story: str) -> None:
    """Play it and print what was found."""
    watch: Watch = {"counts": Counts, "time": Time}[what]()
    untouched = BaseRequest.post

    @wraps(untouched)
    async def post(request: BaseRequest, url: str, *given: Any, **named: Any) -> Any:
        answer = await untouched(request, url, *given, **named)
        if url.endswith("answerCallbackQuery"):
            watch.answered()
        if isinstance(answer, list):
            for each in answer:
                if isinstance(each, dict) and "update_id" in each:
                    watch.update(each)
        return answer

    BaseRequest.post = post  # type: ignore[method-assign]
    from bot.__main__ import main as command  # noqa: PLC0415 - found in the tree this is started for

    result = CliRunner().invoke(command, ["rehearse", story])
    if result.exit_code:
        sys.exit(result.stderr or repr(result.exception))
    print(json.dumps(watch.told()))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
