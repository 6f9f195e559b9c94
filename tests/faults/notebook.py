"""A Telegram that is one file: it gives out a few updates, and writes down whatever is asked of it.

It outlives whoever is killed in the middle of asking, and costs no server. What people see is not known here.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

from scheduler.line import Line

ME = {
    "id": 7_000_000_001,
    "is_bot": True,
    "first_name": "Đồng thuận",
    "username": "thu_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
TOKEN = f"{ME['id']}:mot-quyen-so"
BEGINS = "scene"
"""Stands where the updates began to come; what was asked before belongs to the start of the bot."""
FIRST_MESSAGE = 10_000_000
"""Above every message that a story has left."""


@dataclass(frozen=True, kw_only=True)
class _Line(Line):
    """A line that ends at a notebook."""

    to: Notebook

    def bot(self) -> Bot:
        """The bot whose requests are written there."""
        to = self.to
        return Bot(
            self.token, self.base_url, self.base_file_url, request=to, get_updates_request=to
        )


class Notebook(BaseRequest):
    """The requests of a bot go to it: `line()` gives the line to it.

    Updates are given out from `gives` on, again and again until they are confirmed, also after a new start.
    """

    def __init__(
        self, page: Path, updates: Sequence[dict[str, Any]], files: dict[str, bytes]
    ) -> None:
        self._page = page
        self._updates = updates
        self._files = files
        self._given = False
        self._news = asyncio.Event()

    def line(self) -> Line:
        """The line to it."""
        return _Line(TOKEN, "http://so/bot", "http://so/file", to=self)

    def gives(self) -> None:
        """From now on the updates come."""
        self._given = True
        self._write({"method": BEGINS})
        self.nudge()

    def nudge(self) -> None:
        """Let the poll under way end in vain."""
        self._news.set()

    @property
    def has_more(self) -> bool:
        """Whether something was given out that nobody has confirmed."""
        return self._given and bool(self.unconfirmed)

    @property
    def unconfirmed(self) -> list[dict[str, Any]]:
        """The updates that are still to be given out."""
        offset = max((int(each.get("offset") or 0) for each in self.asked("getUpdates")), default=0)
        return [each for each in self._updates if each["update_id"] >= offset]

    def asked(self, method: str = "") -> list[dict[str, Any]]:
        """What was asked for, in order; what a kill has cut off was not."""
        if not self._page.exists():
            return []
        lines = self._page.read_text(encoding="utf-8").split("\n")[:-1]
        calls = [json.loads(line) for line in lines]
        return [each for each in calls if method in ("", each["method"])]

    @property
    def told_something(self) -> bool:
        """Whether somebody was told something since the updates came."""
        methods = [each["method"] for each in self.asked()]
        return BEGINS in methods and any(
            name.startswith(("send", "edit", "answer")) for name in methods[methods.index(BEGINS) :]
        )

    @property
    def said(self) -> Counter[tuple[int, str]]:
        """What every chat was sent, by its words, and how often; of edits nothing is said."""
        return Counter(
            (int(each["chat_id"]), str(each.get("text") or each.get("caption") or ""))
            for each in self.asked()
            if each["method"] in ("sendMessage", "sendDocument")
        )

    @property
    def read_timeout(self) -> float | None:
        """Nobody waits for a file."""
        return None

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Write the call down, then answer it: what is written was received."""
        name = url.rpartition("/")[2]
        if method == "GET" or "/file" in url:
            return 200, self._files[name]
        asked = dict(request_data.parameters) if request_data is not None else {}
        number = self._write({"method": name, **asked})
        answer = await self._answer(name, asked, number)
        return 200, json.dumps({"ok": True, "result": answer}).encode()

    def _write(self, call: dict[str, Any]) -> int:
        handle = os.open(self._page, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, json.dumps(call, default=str).encode() + b"\n")
            return os.fstat(handle).st_size
        finally:
            os.close(handle)

    async def _answer(self, name: str, asked: dict[str, Any], number: int) -> object:
        if name == "getUpdates":
            return await self._poll(wait=bool(int(asked.get("timeout") or 0)))
        if name == "getMe":
            return ME
        if name == "getFile":
            of = asked["file_id"]
            return {"file_id": of, "file_unique_id": of, "file_path": f"http://so/file/{of}"}
        if name.startswith("send"):
            chat = {"id": int(asked["chat_id"]), "type": "private"}
            return {"message_id": FIRST_MESSAGE + number, "date": 0, "chat": chat}
        return True

    async def _poll(self, *, wait: bool) -> list[dict[str, Any]]:
        if wait and not self.has_more:
            self._news.clear()
            await self._news.wait()
        return self.unconfirmed if self._given else []
