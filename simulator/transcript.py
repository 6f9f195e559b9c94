"""A story played in the terminal as a chat that can be read, wrapped to its width, clear without colour."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
import textwrap
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click

from bot import logs
from bot.kit.waiting import HOME_ROWS
from bot.rendering import Rendering, Terminal, shared_rendering, shared_terminal
from bot.values.action import parse
from bot.values.language import Language
from bot.values.moments import INSTANT, WEEKDAYS, in_digits, in_viet_nam
from simulator import demos
from simulator.chapters import Chapter
from simulator.demos import Tale, explained
from simulator.difference import Difference
from simulator.founding import assemble
from simulator.json_types import Json
from simulator.messages import Message
from simulator.narrator import Narrator, Told
from simulator.rehearsal import Played, outcome, take
from simulator.sandbox import Sandbox
from simulator.story import Story
from simulator.verbs.roster import Roster

WIDEST = 100
NARROWEST = 40
MARGIN = 7
"""Columns that the time of day takes."""
BODY = MARGIN + 2
NO_BREAK = "\N{NO-BREAK SPACE}"


def width() -> int:
    """Columns to write in: those of the terminal, within what is good to read."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((88, 24)).columns))


class Teller:
    """Writes one thing after another, with the day above the first of it."""

    def __init__(self, echo: Callable[[str], None]) -> None:
        self._echo = echo
        self._day = ""

    def line(self, text: str = "") -> None:
        """A line as it is."""
        self._echo(text)

    def heading(self, words: str) -> None:
        """What begins here."""
        self._echo("")
        for line in textwrap.wrap(words, width()):
            self._echo(click.style(line, bold=True))

    def closing(self, words: str) -> None:
        """What came of it all, below a line across; lines that begin with a dash are wrapped below it."""
        self._echo("")
        self._echo("═" * width())
        for number, line in enumerate(words.split("\n")):
            indent = "    " if line.startswith("– ") else ""
            for piece in textwrap.wrap(line, width(), subsequent_indent=indent) or [""]:
                self._echo(click.style(piece, bold=number == 0))

    def told(self, told: Told) -> None:
        """A line of the narrator: Vietnamese, below it English, and the article."""
        self._at_day(told.at)
        vi = f"{told.vi} [{told.article}]" if told.article else told.vi
        self._put(_time(told.at), vi, fg="cyan")
        self._put("", told.en, dim=True)

    def act(self, at: datetime, name: str, words: str) -> None:
        """What somebody did on a phone."""
        self._at_day(at)
        self._echo("")
        self._put(_time(at), f"{name}: {words}", bold=True)

    def shown(self, at: datetime, to: str, text: str, rows: Sequence[Sequence[str]]) -> None:
        """What the bot wrote to somebody, and the buttons below it."""
        self._at_day(at)
        self._put(_time(at), f"Bot → {to}", fg="green")
        for paragraph in text.split("\n"):
            for line in _wrapped(paragraph, BODY + 2):
                self._echo(f"{' ' * BODY}│ {line}".rstrip())
        keys = [
            f"[{NO_BREAK}{label.replace(' ', NO_BREAK)}{NO_BREAK}]" for row in rows for label in row
        ]
        for line in _wrapped("  ".join(keys), BODY + 2) if keys else ():
            words = line.replace(NO_BREAK, " ")
            self._echo(f"{' ' * BODY}│ {click.style(words, bold=True)}")

    def aside(self, words: str) -> None:
        """Something about what was just shown."""
        for line in _wrapped(words, BODY):
            self._echo(f"{' ' * BODY}{click.style(line, dim=True)}")

    def _put(
        self, time: str, words: str, *, fg: str | None = None, bold: bool = False, dim: bool = False
    ) -> None:
        for number, line in enumerate(_wrapped(words, MARGIN)):
            head = time if number == 0 else ""
            styled = click.style(line, fg=fg, bold=bold or None, dim=dim or None)
            self._echo(f"{head:<{MARGIN}}{styled}")

    def _at_day(self, at: datetime) -> None:
        here = in_viet_nam(at)
        day = f"{WEEKDAYS[here.weekday()]}, {in_digits(here.date())}"
        if day != self._day:
            self._day = day
            rest = "─" * max(3, width() - len(day) - 4)
            self._echo("")
            self._echo(click.style(f"── {day} {rest}", bold=True))


def _time(at: datetime) -> str:
    return f"{in_viet_nam(at):%H:%M}"


def _wrapped(words: str, indent: int) -> Iterable[str]:
    return textwrap.wrap(words, width() - indent, break_on_hyphens=False) or [""]


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

    def __init__(self, stage: Sandbox, scene: Scene) -> None:
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
            label = self._labels.get(event["data"]) or self._unseen(event["data"])
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

    def _unseen(self, data: str) -> str:
        """A button that no screen played here has shown: the way to a subject reads as it does on the first screen."""
        wanted = parse(data)
        ways = [row.name for row in HOME_ROWS if wanted and row.action == wanted.action]
        return self._say.label(f"button.{ways[0]}") if ways else data

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


def play(
    language: Language, regulation: str, tale: Tale, echo: Callable[[str], None], speed: float
) -> Played:
    """Play a whole tale and give what came of it; `speed` is things told a second, 0 without pausing.

    NotToldError when this tale is not told under the regulation.
    """
    told, path = demos.read(regulation, tale)
    logs.set_up(level="ERROR")
    return asyncio.run(
        Play(shared_terminal(language), Teller(echo), 1 / speed if speed else 0.0).run(told, path)
    )


class Play:
    """One story on its way through the terminal, `seconds` of rest after each thing told."""

    def __init__(self, say: Terminal, teller: Teller, seconds: float) -> None:
        self._say = say
        self._teller = teller
        self._seconds = seconds
        self._scene = Scene(shared_rendering())
        self._lines: list[Told] = []

    async def run(self, told: Story, path: Path) -> Played:
        """Play it from its start to its end, explain what came of it, and give it."""
        with tempfile.TemporaryDirectory() as folder:
            async with Sandbox(Path(folder), told.start) as stage:
                events = stage.world.events.subscribe()
                self._teller.heading(self._say.label("demo.play", title=told.title))
                narrator = Narrator(stage, self._lines.append)
                cast = await assemble(stage, told, path)
                await self._tell(narrator)
                recorder = Recorder(stage, self._scene)
                recording = asyncio.create_task(recorder.run())
                failures = list[Difference | None]()
                chapter: Chapter | None = None
                for step in told.steps:
                    recorder.begins()
                    before, chapter = chapter, told.chapter_at(step.at)
                    if before is not None and chapter is not before:
                        await self._move(stage, narrator, before.until + INSTANT)
                    if chapter is not None and chapter is not before:
                        self._teller.heading(chapter.heading(self._say.language))
                    await self._move(stage, narrator, step.at)
                    failures.append(await take(cast, step))
                    await self._tell(narrator)
                recorder.begins()
                await self._move(stage, narrator, told.end)
                recording.cancel()
                await self._explain(cast)
                await stage.move_to(told.end + INSTANT)
                return await outcome(cast, events, tuple(filter(None, failures)))

    async def _move(self, stage: Sandbox, narrator: Narrator, moment: datetime) -> None:
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

    async def _explain(self, cast: Roster) -> None:
        """What came of it once more, with the articles it rests on."""
        async for words in explained(cast):
            self._teller.closing(words)
