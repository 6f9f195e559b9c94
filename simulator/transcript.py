"""A consultation played in the terminal as a chat that can be read: who did what, what the bot showed. No browser."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot import logs
from bot.rendering import Rendering, shared_rendering
from simulator import tales
from simulator.casting import assemble
from simulator.epilogue import explained
from simulator.json_types import Json
from simulator.messages import Message
from simulator.narrator import Narrator, Told
from simulator.rehearsal import take
from simulator.showing import Teller
from simulator.stage import Stage
from simulator.story import Story
from simulator.tales import Tale
from simulator.verbs import Cast

Show = Callable[[Teller], None]
Pause = Callable[[], Awaitable[None]]
Rows = tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Card:
    """What the bot showed in one chat; of a card that changed in place, `text` is what is new on it."""

    at: datetime
    to: str
    text: str
    rows: Rows
    changed: bool = False
    files: list[str] = field(default_factory=list)

    @property
    def alike(self) -> tuple[str, Rows, tuple[str, ...]]:
        """The same for everybody who was shown the same."""
        greeting = re.compile(rf"(Kính \w+ (?:đồng chí )?){re.escape(self.to)}")
        return greeting.sub(r"\1…", self.text), self.rows, tuple(self.files)


@dataclass(slots=True)
class Scene:
    """What happens between two moments of rest, in order."""

    say: Rendering
    items: list[Show | Card] = field(default_factory=list)

    async def tell(self, teller: Teller, pause: Pause) -> None:
        """What was shown to several alike is written once, with the others' names below it."""
        cards = [item for item in self.items if isinstance(item, Card)]
        told: set[object] = set()
        for item in self.items:
            if not isinstance(item, Card):
                item(teller)
            elif item.alike in told:
                continue
            else:
                told.add(item.alike)
                others = [c.to for c in cards if c.alike == item.alike and c.to != item.to]
                _show(self.say, teller, item, tuple(dict.fromkeys(others)))
            await pause()
        self.items.clear()


def _show(say: Rendering, teller: Teller, card: Card, others: tuple[str, ...]) -> None:
    to = say.label("transcript.changed", name=card.to) if card.changed else card.to
    teller.shown(card.at, to, card.text, card.rows)
    for name in card.files:
        teller.aside(say.label("transcript.file", name=name))
    if others:
        teller.aside(say.label("transcript.also_to", names=", ".join(others)))


class Recorder:
    """Keeps what people do and what they are shown, as it happens.

    Of a card that changes under somebody's hand what is new is kept; on other phones, new messages
    as they stand when everything has come to rest.
    """

    def __init__(self, stage: Stage, scene: Scene) -> None:
        self._world = stage.world
        self._clock = stage.clock
        self._say = stage.say
        self._scene = scene
        self._acting: int | None = None
        self._pressed: int | None = None
        self._labels: dict[str, str] = {}
        self._before: dict[int, str] = {}
        self._new: dict[int, Card] = {}
        self._events = stage.world.events.subscribe()

    async def run(self) -> None:
        """Record until cancelled."""
        async for event in self._events:
            self._record(event)

    def begins(self) -> None:
        """Another scene: nobody acts now, and nothing shown before is new."""
        self._acting = self._pressed = None
        self._new.clear()

    def _record(self, event: Json) -> None:
        if event["kind"] == "press":
            label = self._labels.get(event["data"], event["data"])
            self._did(event["user_id"], self._say.label("transcript.presses", label=label))
            self._pressed = event["message_id"]
        elif event["kind"] in ("message", "edit"):
            message = self._world.chats[event["chat_id"]].find(event["message_id"])
            if message is None:
                return
            if message.from_bot:
                self._showed(message, edited=event["kind"] == "edit")
            else:
                self._did(message.chat_id, _said(self._say, message))

    def _did(self, user_id: int, words: str) -> None:
        self._acting, self._pressed = user_id, None
        self._new.clear()
        at, name = self._clock.now(), self._world.people[user_id].full_name
        self._scene.items.append(lambda teller: teller.act(at, name, words))

    def _showed(self, message: Message, *, edited: bool) -> None:
        self._labels |= {key.data: key.text for key in message.buttons if key.data}
        rows = tuple(tuple(key.text for key in row) for row in message.rows)
        name = self._world.chats[message.chat_id].title
        new = self._new.get(message.message_id)
        if new is not None and not (edited and message.message_id == self._pressed):
            new.text, new.rows = message.text, rows
        elif not edited and message.document is not None:
            self._attach(message, name)
        elif not edited or message.message_id == self._pressed:
            text = self._fresh(message, edited=edited)
            card = Card(self._clock.now(), name, text, rows, changed=edited)
            self._new[message.message_id] = card
            self._scene.items.append(card)

    def _attach(self, message: Message, name: str) -> None:
        """A file stands below the last card it came with."""
        cards = [item for item in self._scene.items if isinstance(item, Card) and item.to == name]
        if not cards:
            cards = [Card(self._clock.now(), name, message.text, ())]
            self._scene.items.append(cards[0])
        if message.document is not None:
            cards[-1].files.append(message.document.name)

    def _fresh(self, message: Message, *, edited: bool) -> str:
        """What is new under the hand of whoever acts; to others, all of it."""
        before = self._before.get(message.chat_id, "")
        if message.chat_id != self._acting:
            return message.text
        self._before[message.chat_id] = message.text
        heading = message.text.partition("\n")[0]
        return (
            _fresh(before, message.text) if edited or before.startswith(heading) else message.text
        )


def _fresh(before: str, text: str) -> str:
    """The lines that did not stand there before."""
    known = set(before.split("\n")) - {""}
    lines = [line for line in text.split("\n") if line not in known]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _said(say: Rendering, message: Message) -> str:
    if message.text.startswith("/start "):
        return say.label("transcript.by_invitation")
    file = message.document
    shown = say.label("transcript.file", name=file.name) if file else ""
    words = " / ".join(message.text.split("\n"))
    return " ".join(filter(None, (shown, words)))


# --- the play --------------------------------------------------------------------------------


def play(regulation: str, tale: Tale, echo: Callable[[str], None], speed: float) -> None:
    """Play a whole tale; `speed` is things told a second, 0 without pausing.

    NotToldError when this tale is not told under the regulation.
    """
    told, path = tales.read(regulation, tale)
    logs.set_up(level="ERROR")
    asyncio.run(Play(Teller(echo), 1 / speed if speed else 0.0).run(told, path))


class Play:
    """One story on its way through the terminal, `seconds` of rest after each thing told."""

    def __init__(self, teller: Teller, seconds: float) -> None:
        self._teller = teller
        self._seconds = seconds
        self._scene = Scene(shared_rendering())
        self._lines: list[Told] = []

    async def run(self, told: Story, path: Path) -> None:
        """Play it from its start to its end, and explain what came of it."""
        with tempfile.TemporaryDirectory() as folder:
            async with Stage(Path(folder), told.start) as stage:
                self._teller.heading(stage.say.label("demo.play", title=told.title))
                narrator = Narrator(stage, self._lines.append)
                cast = await assemble(stage, told, path)
                await self._tell(narrator)
                recorder = Recorder(stage, self._scene)
                recording = asyncio.create_task(recorder.run())
                for step in told.steps:
                    recorder.begins()
                    await self._move(stage, narrator, step.at)
                    await take(cast, step)
                    await self._tell(narrator)
                recorder.begins()
                await self._move(stage, narrator, told.end)
                recording.cancel()
                await self._explain(cast)

    async def _move(self, stage: Stage, narrator: Narrator, moment: datetime) -> None:
        """To a moment, with a stop to tell wherever the bot does something by itself before it."""
        while (due := await stage.bot.next_moment()) is not None and due <= moment:
            await stage.move_to(due)
            await self._tell(narrator)
        await stage.move_to(moment)
        await self._tell(narrator)

    async def _tell(self, narrator: Narrator) -> None:
        """What happened since, then what the narrator says of it."""
        await narrator.catch_up()
        await self._scene.tell(self._teller, self._pause)
        for told in self._lines:
            self._teller.told(told)
            await self._pause()
        self._lines.clear()

    async def _pause(self) -> None:
        await asyncio.sleep(self._seconds)

    async def _explain(self, cast: Cast) -> None:
        """What came of it once more, with the articles it rests on."""
        async for words in explained(cast):
            self._teller.closing(words)
