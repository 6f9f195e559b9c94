"""The narrator: says in two languages what just happened and which article made it so. It changes nothing.

What it tells comes from the register and from what anybody at the page can see. Like the dashboard,
it does not tell how somebody answered before the close.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.kit.card import refused_in
from bot.proofs import narration
from bot.proofs.narration import Entry
from bot.rendering import Rendering
from simulator.json_types import Json
from simulator.sandbox import Sandbox

GATHER = 0.15
"""Real seconds in which what happens together is gathered into one telling."""
UNTOLD = frozenset(
    {"outage", "restore", "reports_owed", "reports_moved", "notice_delivered", "papers_delivered"}
)
"""Lines for whoever checks the register: what they tell is seen on the phones, or told by another line."""
TOGETHER = frozenset(
    {"join", "delivered", "acknowledge", "attend", "check_in", "vote", "acknowledge_notice"}
)
"""Acts that several persons do at the same time and that are told in one line."""
SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)
ARTICLES = re.compile(r"Căn cứ: Điều (.+?) Quy chế")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the narrator; `article` is empty where no article made it so."""

    at: datetime
    vi: str
    en: str
    article: str

    def as_event(self) -> Json:
        """What the page of phones takes."""
        kept = {"vi": self.vi, "en": self.en, "article": self.article or None}
        return {"at": self.at.isoformat(), **kept}


class Narrator:
    """Follows a stage; each line goes to the page of phones and to `tell`."""

    def __init__(self, stage: Sandbox, tell: Callable[[Told], None]) -> None:
        self._stage = stage
        self._tell = tell
        self._known: dict[int, int] = {}
        self._turn = asyncio.Lock()
        self._heard: list[Json] = []
        self._events = stage.world.events.subscribe()

    async def run(self) -> None:
        """Narrate until cancelled."""
        async for event in self._events:
            if event["kind"] == "narrator":
                continue
            self._heard.append(event)
            await asyncio.sleep(GATHER)
            await self.tell_all()

    async def tell_all(self) -> None:
        """Tell everything up to now, what is still being gathered, too."""
        heard = [*self._heard, *self._events.ready()]
        self._heard.clear()
        await self.catch_up(heard)

    async def catch_up(self, events: Iterable[Json] = ()) -> None:
        """Tell what has happened up to now."""
        async with self._turn:
            seen = [told for event in events for told in self._seen(event)]
            for told in sorted([*await self._written(), *seen], key=lambda told: told.at):
                self.say(told)

    def say(self, told: Told) -> None:
        """Tell this line, to the page and to `tell`."""
        self._stage.world.events.publish("narrator", **told.as_event())
        self._tell(told)

    def close(self) -> None:
        """Listen no more."""
        self._events.close()

    # --- what the register says ------------------------------------------------------------------

    async def _written(self) -> list[Told]:
        if self._stage.app is None:
            return []
        entries = await narration.since(self._stage.app.context, self._known)
        for entry in entries:
            self._known[entry.line.committee] = entry.line.number
        return in_words(self._stage.say, entries)

    def _worded(self, template: str, at: datetime, **view: object) -> Told:
        return _worded(self._stage.say, template, at, **view)

    # --- what anybody at the page sees -----------------------------------------------------------

    def _seen(self, event: Json) -> Iterable[Told]:
        now = self._stage.clock.now()
        if event["kind"] == "fault":
            kind = str(event["fault"])
            if event["on"]:
                yield self._worded("fault_on", now, kind=kind)
            elif not self._stage.world.faults.active:
                yield self._worded("fault_off", now)
        elif event["kind"] == "status":
            name = self._stage.world.people[event["user_id"]].full_name
            yield self._worded("blocked" if event["blocked"] else "unblocked", now, name=name)
        elif event["kind"] == "message":
            with suppress(KeyError):
                yield from self._refused(event["chat_id"], event["message_id"])

    def _refused(self, chat_id: int, message_id: int) -> Iterable[Told]:
        chat = self._stage.world.chats[chat_id]
        message = chat.find(message_id)
        heading = refused_in(self._stage.say, message.text) if message else None
        if message is None or not message.from_bot or heading is None:
            return
        words = message.text.removeprefix(heading).strip()
        first = SENTENCE.match(words)
        cited = ARTICLES.search(words)
        yield self._worded(
            "refused",
            message.date,
            name=chat.title,
            words=first.group() if first else words,
            article=cited.group(1) if cited else "",
        )


def in_words(say: Rendering, entries: Iterable[Entry]) -> list[Told]:
    """What the narrator says of these lines, in their order; those of one act at one time together."""
    told = [entry for entry in entries if entry.line.act not in UNTOLD]
    return [_told(say, group) for group in _grouped(told)]


def _told(say: Rendering, group: list[Entry]) -> Told:
    entry = group[-1]
    actors = tuple(dict.fromkeys(each.line.actor for each in group))
    template = entry.line.act if say.narrates(entry.line.act) else "other"
    return _worded(say, template, entry.line.at, **narration.view(entry, actors))


def _worded(say: Rendering, template: str, at: datetime, **view: object) -> Told:
    vi, en, article = (*say.narration(template, **view), "", "")[:3]
    cited, *_ = say.narration("article", article=article)
    return Told(at, vi, en, cited)


def _grouped(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    """What several did together is one group; everything else stands alone."""

    def key(numbered: tuple[int, Entry]) -> tuple[str, str, int]:
        place, entry = numbered
        line = entry.line
        alone = line.act not in TOGETHER
        about = "" if line.subject.startswith("person:") else line.subject
        return line.act, about, place if alone else -1

    for _, group in groupby(enumerate(entries), key):
        yield [entry for _, entry in group]
