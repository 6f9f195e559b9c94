"""Tries the simulator with clients that others wrote: `python -m tests.clients`, or with the names of some.

Each client is the same small bot, once polling and once behind a webhook; a person writes, presses, edits and
sends to it, and what stands on the phone then is compared with what Telegram would show. No bot lives here.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import SystemClock
from simulator.messages import Message
from simulator.server import serve
from simulator.world import World

HERE = Path(__file__).parent
CLIENTS = {
    "aiogram": (sys.executable, "aiogram_bot.py"),
    "pyTelegramBotAPI": (sys.executable, "telebot_bot.py"),
    "grammY": ("node", "grammy_bot.js"),
}
AN = 101
SECRET = "thu-nghiem_1"
PATIENCE = 30.0
"""Seconds for one deed, the first of which waits for the client to start."""
PAPER = b"%PDF-1.4 " + bytes(range(256)) * 400
NAME = "Tờ trình số 1.pdf"


class Phone:
    """What An does with the bot, and what comes of it."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def told(self) -> list[Message]:
        """What the bot has written, oldest first."""
        return [message for message in self.world.chat(AN).messages if message.from_bot]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, looking again whenever anything happens; TimeoutError after a while."""
        watching = self.world.events.subscribe()
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    await watching.get()
        finally:
            watching.close()

    async def next_told(self, act: Callable[[], object]) -> Message:
        """The message that the bot writes after an act."""
        before = len(self.told)
        act()
        await self.until(lambda: len(self.told) > before)
        return self.told[-1]


async def it_greets(phone: Phone) -> None:
    """getMe, updates, HTML with entities counted in UTF-16 units, a keyboard of two rows."""
    card = await phone.next_told(lambda: phone.world.say(AN, "/start"))
    same(card.text, "😀 Kính gửi An & các ủy viên: @dongthuan_demo_bot")
    entities = [entity.as_json() for entity in card.entities]
    named = {"type": "text_mention", "offset": 12, "length": 2}
    same(entities[1].pop("user", {}).get("id"), AN)
    same(
        entities,
        [
            {"type": "bold", "offset": 3, "length": 8},
            named,
            {"type": "italic", "offset": 17, "length": 11},
            {"type": "mention", "offset": 30, "length": 19},
        ],
    )
    labels = [[key.text for key in row] for row in card.rows]
    same(labels, [["Tán thành", "Không tán thành"], ["Quy chế"]])
    same(
        [key.data or key.url for key in card.buttons],
        ["1:yes", "1:no", "https://example.org/quy-che"],
    )


async def it_answers_a_press(phone: Phone) -> None:
    """A callback, its answer as an alert, and the edit of the card in place."""
    card = phone.told[-1]
    pressed = phone.world.press(AN, card.message_id, "1:no")
    await phone.until(lambda: pressed.answered and card.edited_at is not None)
    same((pressed.text, pressed.alert), ("Đã ghi nhận", True))
    same((card.html, card.rows), ("Đã trả lời: <b>xong</b>", []))


async def it_sends_a_document_back(phone: Phone) -> None:
    """A document down and up again, under a Vietnamese name, as a reply."""
    sent: list[Message] = []
    back = await phone.next_told(lambda: sent.append(phone.world.send_document(AN, "a.pdf", PAPER)))
    same(back.document and back.document.name, NAME)
    same(back.document and back.document.content == PAPER, True)
    same((back.html, back.reply_to), (f"<b>{len(PAPER)}</b> byte", sent[0].message_id))


async def it_hears_of_an_edit(phone: Phone) -> None:
    """An edited message."""
    written = phone.world.say(AN, "Mai hợp")
    told = await phone.next_told(lambda: phone.world.edit(AN, written.message_id, "Mai họp"))
    same(told.text, "Đã sửa: Mai họp")


async def it_sends_the_longest_text(phone: Phone) -> None:
    """A text of 4096 Vietnamese letters, however the client writes it on the wire."""
    told = await phone.next_told(lambda: phone.world.say(AN, "dài"))
    same(told.text, "ế" * 4096)


async def it_reads_a_refusal(phone: Phone) -> None:
    """A refusal, which the client raises as its own error."""
    told = await phone.next_told(lambda: phone.world.say(AN, "sai"))
    words = "can't parse entities: Can't find end tag corresponding to start tag \"b\""
    same(told.text, f"Bị từ chối: Bad Request: {words}")


DEEDS: list[Callable[[Phone], Awaitable[None]]] = [
    it_greets,
    it_answers_a_press,
    it_sends_a_document_back,
    it_hears_of_an_edit,
    it_sends_the_longest_text,
    it_reads_a_refusal,
]


class DiffersError(Exception):
    """The phone does not show what Telegram would."""


def same(seen: object, expected: object) -> None:
    """Refuse what is not as expected."""
    if seen != expected:
        raise DiffersError(f"{seen!r}, not {expected!r}")


@asynccontextmanager
async def running(
    client: str, base: str, token: str, port: int
) -> AsyncIterator[asyncio.Task[bytes]]:
    """The client in a process of its own; what it says while it runs."""
    program, script = CLIENTS[client]
    process = await asyncio.create_subprocess_exec(
        program, str(HERE / script), base, token, str(port), SECRET,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out = process.stdout
    if out is None:
        raise LookupError("a process without its words")
    saying = asyncio.create_task(out.read())
    try:
        yield saying
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def tried(client: str, webhook: bool) -> list[str]:
    """What one client could not do, each with why."""
    world = World(SystemClock())
    world.add_person(AN, "An").started = True
    faults: list[str] = []
    async with serve(world) as server:
        base = f"http://{server.host}:{server.port}"
        port = _free_port() if webhook else 0
        async with running(client, base, world.token, port) as saying:
            phone = Phone(world)
            for deed in DEEDS:
                try:
                    await deed(phone)
                except (DiffersError, TimeoutError) as error:
                    faults.append(f"{deed.__name__}: {str(error) or 'nothing came'}")
        if bool(world.webhook.url) is not webhook:
            faults.append("it took its updates in the other way")
    if faults:
        print((await saying).decode("utf-8", "replace")[-4000:])
    return faults


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def main(names: list[str]) -> int:
    """Try them all, or those named; the number of faults."""
    total = 0
    for client in names or list(CLIENTS):
        if shutil.which(CLIENTS[client][0]) is None:
            print(f"{client}: not tried, for {CLIENTS[client][0]} is not on this machine")
            continue
        for webhook in (False, True):
            faults = await tried(client, webhook)
            way = "webhook" if webhook else "polling"
            print(f"{client}, {way}: {len(DEEDS) - len(faults)} of {len(DEEDS)} deeds")
            for fault in faults:
                print(f"    {fault}")
            total += len(faults)
    return total


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main(sys.argv[1:])) else 0)
