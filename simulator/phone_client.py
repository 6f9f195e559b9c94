"""One person's hands on a phone: presses, types, sends files, sees what the bot answers. No verb is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot import subjects  # noqa: F401 - every subject enters its ways
from bot.kit.card import refused_in
from bot.kit.waiting import HOME_ROWS
from bot.values.action import action, encode, parse
from simulator.difference import NotPossibleError
from simulator.messages import Message
from simulator.presses import PressResult
from simulator.sandbox import Sandbox

_WAYS = {row.action for row in HOME_ROWS if not row.first}
"""What stands on the second screen, «Việc khác»."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the bot showed after something was done; `refusal` is the refusal in it, if there was one."""

    texts: tuple[str, ...]
    refusal: str | None


class RefusedByBot(Exception):  # noqa: N818 - a no is an answer, not an error
    """The bot did not take what a person did; `str()` of it is the refusal as the person sees it."""


class PhoneClient:
    """What one person does, and what the person sees of it.

    Each act gives the texts that the bot showed after it; one that the bot refuses raises RefusedByBot.
    The same act called `try_…` gives what was seen with the refusal in it, for whoever goes on after one.
    A bot that is away or mute shows nothing: then nothing is refused.
    """

    def __init__(self, stage: Sandbox, user_id: int) -> None:
        self._stage = stage
        self.user_id = user_id
        self.pressed: list[str] = []
        """The buttons pressed so far, as they read."""

    @property
    def messages(self) -> list[Message]:
        """The chat with the bot, oldest first."""
        return self._stage.world.chat(self.user_id).messages

    def shows(self, act: str, *args: str | int) -> Message | None:
        """The newest message with this button."""
        code = encode(action(act, *args))
        for message in reversed(self.messages):
            if message.from_bot and any(k.data == code for row in message.rows for k in row):
                return message
        return None

    def actions_on(self, message: Message, act: str) -> list[tuple[str, ...]]:
        """The arguments of each such button that a message shows."""
        keys = [parse(key.data or "") for row in message.rows for key in row]
        return [key.args for key in keys if key and key.action == act]

    def screen_with(self, act: str) -> dict[str, tuple[str, ...]]:
        """The newest message with such a button: the arguments of each of its actions."""
        for message in reversed(self.messages):
            keys = [parse(key.data or "") for row in message.rows for key in row]
            actions = {key.action: key.args for key in keys if key}
            if message.from_bot and act in actions:
                return actions
        return {}

    def labelled(self, act: str) -> list[tuple[str, tuple[str, ...]]]:
        """The newest message with such buttons: what each says, with its arguments."""
        for message in reversed(self.messages):
            keys = [(key.text, parse(key.data or "")) for row in message.rows for key in row]
            found = [(text, key.args) for text, key in keys if key and key.action == act]
            if message.from_bot and found:
                return found
        return []

    def choices(self, act: str, place: int) -> list[str]:
        """What the newest message with such buttons offers as their argument at that place."""
        return [args[place] for _, args in self.labelled(act) if len(args) > place]

    async def press(self, act: str, *args: str | int) -> tuple[str, ...]:
        """Press this button where it is shown; otherwise as from an old card that showed it once."""
        return _taken(await self.try_press(act, *args))

    async def press_label(self, label: str) -> tuple[str, ...]:
        """Press the button that reads so, on the newest message that has it."""
        for message in reversed(self.messages):
            key = next((k for k in message.buttons if k.text == label), None)
            wanted = parse(key.data or "") if key else None
            if message.from_bot and wanted is not None:
                return await self.press(wanted.action, *wanted.args)
        raise NotPossibleError("no_button", label=label)

    async def say(self, text: str) -> tuple[str, ...]:
        """Type and send."""
        return _taken(await self.try_say(text))

    async def send_file(self, name: str, content: bytes) -> tuple[str, ...]:
        """Send a file."""
        return _taken(await self.try_send_file(name, content))

    async def edit_last(self, text: str) -> tuple[str, ...]:
        """Change the last message one has written."""
        return _taken(await self.try_edit_last(text))

    async def open_link(self, link: str) -> tuple[str, ...]:
        """Open the bot by an invitation."""
        return _taken(await self.try_open_link(link))

    async def try_press(self, act: str, *args: str | int) -> Seen:
        """Press a button as `press` does; a refusal is in what is seen."""
        code = encode(action(act, *args))
        if act in _WAYS and self.shows(act, *args) is None and self.shows("others"):
            await self.try_press("others")
        message = self.shows(act, *args) or next(
            (m for m in reversed(self.messages) if m.from_bot), None
        )
        if message is None:
            raise NotPossibleError("never_opened")
        before = self._shown()
        label = next((key.text for key in message.buttons if key.data == code), act)
        pressed = self._stage.world.press(self.user_id, message.message_id, code)
        self.pressed.append(label)
        await self._stage.settle()
        return self._seen(before, pressed)

    async def try_say(self, text: str) -> Seen:
        """Type and send; a refusal is in what is seen."""
        before = self._shown()
        self._stage.world.say(self.user_id, text)
        await self._stage.settle()
        return self._seen(before, None)

    async def try_send_file(self, name: str, content: bytes) -> Seen:
        """Send a file; a refusal is in what is seen."""
        before = self._shown()
        self._stage.world.send_document(self.user_id, name, content)
        await self._stage.settle()
        return self._seen(before, None)

    async def try_edit_last(self, text: str) -> Seen:
        """Change the last own message; a refusal is in what is seen."""
        own = next((m for m in reversed(self.messages) if not m.from_bot), None)
        if own is None:
            raise NotPossibleError("nothing_written")
        before = self._shown()
        self._stage.world.edit(self.user_id, own.message_id, text)
        await self._stage.settle()
        return self._seen(before, None)

    async def try_open_link(self, link: str) -> Seen:
        """Open the bot by an invitation; a refusal is in what is seen."""
        before = self._shown()
        self._stage.world.open_link(self.user_id, link.rpartition("start=")[2])
        await self._stage.settle()
        return self._seen(before, None)

    def _shown(self) -> dict[int, str]:
        return {m.message_id: m.text for m in self.messages if m.from_bot}

    def _seen(self, before: dict[int, str], pressed: PressResult | None) -> Seen:
        new = [m.text for m in self.messages if m.from_bot and before.get(m.message_id) != m.text]
        refusal = next((text for text in new if refused_in(self._stage.say, text)), None)
        toast = pressed.text if pressed else ""
        refused = [self._stage.say.label(f"toast.{each}") for each in ("refused", "needs")]
        if refusal is None and toast in refused:
            refusal = toast
        return Seen(tuple(new), refusal)


def _taken(seen: Seen) -> tuple[str, ...]:
    if seen.refusal is not None:
        raise RefusedByBot(seen.refusal)
    return seen.texts


def reads_as(label: str, words: str) -> bool:
    """Whether the words on a button are these, or what is left of these after a cut."""
    plain = " ".join(words.split())
    first, _, last = label.partition(" …")
    cut = first != label and plain.startswith(first) and plain.endswith(last.strip())
    return label == plain or cut


def cites(text: str, article: str) -> bool:
    """Whether a text cites an article: "8.2" is not cited by "8.2.1"."""
    return re.search(rf"(?<![\d.]){re.escape(article)}(?!\.?\d)", text) is not None
