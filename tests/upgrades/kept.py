"""An installation kept in a zip file: its database, the keys of its ballot boxes, and everybody's phone as it was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from simulator.messages import KeyButton, Message
from simulator.people import Person
from simulator.sandbox import Sandbox

HERE = Path(__file__).parent
PHONES = "phones.json"
DATABASE = "rehearsal.db"


@dataclass(frozen=True, slots=True)
class Phone:
    """Somebody's phone, known by what stands on it; of the bot's inside nothing is known."""

    stage: Sandbox
    account: int

    @property
    def person(self) -> Person:
        """Whose it is."""
        return self.stage.world.people[self.account]

    @property
    def messages(self) -> list[Message]:
        """What the bot has written here, oldest first."""
        return [each for each in self.stage.world.chat(self.account).shown if each.from_bot]

    @property
    def latest(self) -> Message:
        """The last message of the bot."""
        return self.messages[-1]

    def showing(self, label: str) -> Message:
        """The newest message with such a button."""
        for message in reversed(self.messages):
            if message.button(label):
                return message
        raise LookupError(f"{label!r} stands on no message of {self.account}")

    async def press(self, label: str, on: Message | None = None) -> list[str]:
        """Press a button by its label, on the newest message that has it; gives what is then new here.

        What only flashes over the chat counts, too.
        """
        message = on or self.showing(label)
        button = message.button(label)
        if button is None or button.data is None:
            raise LookupError(
                f"{label!r} cannot be pressed on {message.text!r}: {[b.text for b in message.buttons]}"
            )
        before = self._shown()
        pressed = self.stage.world.press(self.account, message.message_id, button.data)
        new = await self._new(before)
        return [*new, pressed.text] if pressed.text else new

    async def say(self, words: str) -> list[str]:
        """Type and send; gives what is then new here."""
        before = self._shown()
        self.stage.world.say(self.account, words)
        return await self._new(before)

    async def _new(self, before: dict[int, list[str]]) -> list[str]:
        await self.stage.settle()
        return [card[0] for id_, card in self._shown().items() if before.get(id_) != card]

    def _shown(self) -> dict[int, list[str]]:
        """Every message, its text and what its buttons say: a tick changes the buttons alone."""
        return {m.message_id: [m.text, *(key.text for key in m.buttons)] for m in self.messages}


def pack(stage: Sandbox, target: Path) -> None:
    """Keep a stage whose bot is down."""
    world = stage.world
    phones = {
        "now": stage.clock.now().isoformat(),
        "next_update": world.updates.add("message", {}),
        "people": [
            {"account": each.user_id, "name": each.full_name, "blocked": each.blocked}
            | {"started": each.started, "messages": _messages(stage, each.user_id)}
            for each in world.people.values()
        ],
    }
    with ZipFile(target, "w", ZIP_DEFLATED) as kept:
        for file in sorted(stage.path.parent.rglob("*")):
            if file.is_file():
                kept.write(file, file.relative_to(stage.path.parent))
        kept.writestr(PHONES, json.dumps(phones, ensure_ascii=False, indent=1))


def _messages(stage: Sandbox, account: int) -> list[dict[str, object]]:
    return [
        {
            "id": each.message_id,
            "at": each.date.isoformat(),
            "bot": each.from_bot,
            "text": each.text,
            "rows": [[[key.text, key.data, key.url] for key in row] for row in each.rows],
        }
        for each in stage.world.chat(account).shown
        if not each.has_media
    ]


def unpack(name: str, folder: Path) -> tuple[Sandbox, dict[str, Phone]]:
    """A stage that stands as the kept one stood, not opened yet, and everybody's phone by name."""
    with ZipFile(HERE / name) as kept:
        kept.extractall(folder)
    told = json.loads((folder / PHONES).read_text(encoding="utf-8"))
    stage = Sandbox(folder, datetime.fromisoformat(told["now"]))
    world = stage.world
    world.updates.skip_ids(told["next_update"] + 1)
    last = max(each["id"] for person in told["people"] for each in person["messages"])
    while world.new_message_id() < last:
        pass
    phones = {}
    for kept_person in told["people"]:
        account = kept_person["account"]
        person = world.add_person(account, kept_person["name"])
        person.started, person.blocked = kept_person["started"], kept_person["blocked"]
        for each in kept_person["messages"]:
            world.chat(account).add(
                Message(
                    each["id"],
                    account,
                    world.bot_id if each["bot"] else account,
                    from_bot=each["bot"],
                    date=datetime.fromisoformat(each["at"]),
                    text=each["text"],
                    rows=[[KeyButton(*key) for key in row] for row in each["rows"]],
                )
            )
        phones[person.full_name] = Phone(stage, account)
    return stage, phones
