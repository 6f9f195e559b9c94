"""The demonstration: an invented committee, the real bot, a page of phones and a narrator. No rule lives here."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import logs
from simulator import story
from simulator.narrator import GATHER, Narrator, Told
from simulator.page import PhonesPage
from simulator.page_acts import MoveClock
from simulator.rehearsal import assemble, take
from simulator.showing import Teller
from simulator.stage import Stage, StageError
from simulator.story import Story
from simulator.verbs import Cast

DEMOS = Path(__file__).parent / "demos"
DEFAULT = "quang_ngai"
PORT = 8321


def regulations() -> tuple[str, ...]:
    """The regulations that can be shown, the usual one first."""
    known = sorted(file.stem for file in DEMOS.glob("*.toml"))
    return (DEFAULT, *(each for each in known if each != DEFAULT))


@dataclass(frozen=True, slots=True)
class Demo:
    """A demonstration that runs: one consultation is open, the clock flows, the page answers."""

    stage: Stage
    cast: Cast
    move: MoveClock

    @property
    def address(self) -> str:
        """Where a browser finds the page of phones."""
        return f"http://{self.stage.server.host}:{self.stage.server.port}/"


@asynccontextmanager
async def showing(
    regulation: str, port: int, tell: Callable[[Told], None], *, opened: bool = True
) -> AsyncIterator[Demo]:
    """A demonstration within the block; a port that is taken is replaced by a free one.

    With `opened`, a consultation has been launched and approved by the buttons of the phones.
    """
    told, path = tale(regulation)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stage = Stage(Path(folder), told.start, running=True, port=port)
        move, title = _mover(stage), f"Đồng thuận · {told.title}"
        page = PhonesPage(stage.world, lambda: next_due(stage), move, title=title)
        page.attach(stage.server.app)
        await stack.enter_async_context(stage)
        await stack.enter_async_context(_narrated(stage, tell))
        cast = await assemble(stage, told, path)
        for actor in (actor for actor in told.member if not actor.joined):
            link = cast.links[actor.name]
            page.invite(cast.hands[actor.name].user_id, link.rpartition("start=")[2])
        if opened:
            await open_one(cast)
        yield Demo(stage, cast, move)


def tale(regulation: str) -> tuple[Story, Path]:
    """The story that is shown under a regulation, and where it lies."""
    path = DEMOS / f"{regulation}.toml"
    return story.read(path), path


async def open_one(cast: Cast) -> None:
    """The steps up to the head's approval, on the phones of clerk and head."""
    for step in cast.story.steps:
        await cast.stage.move_to(step.at)
        failure = await take(cast, step)
        if failure:
            raise RuntimeError(f"{step.does}: {failure}")
        if step.does == "approve_launch":
            return


async def next_due(stage: Stage) -> datetime | None:
    """When the bot will next do something by itself."""
    return await stage.bot.next_moment() if stage.app else None


def _mover(stage: Stage) -> MoveClock:
    """Moves the clock through every due moment in order, one wish after the other.

    A bot that cannot come to rest, because Telegram fails it, holds nobody up: the clock goes on.
    """
    turn = asyncio.Lock()

    async def move(moment: datetime) -> None:
        async with turn:
            with suppress(StageError):
                await stage.move_to(moment)
            stage.show(moment)

    return move


@asynccontextmanager
async def _narrated(stage: Stage, tell: Callable[[Told], None]) -> AsyncIterator[None]:
    narrator = Narrator(stage, tell)
    telling = asyncio.create_task(narrator.run())
    try:
        yield
    finally:
        narrator.close()
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling


# --- in the terminal -------------------------------------------------------------------------


def demonstrate(regulation: str, port: int, echo: Callable[[str], None]) -> None:
    """Show it until somebody ends it."""
    logs.set_up(level="ERROR")
    with suppress(KeyboardInterrupt):
        asyncio.run(_until_ended(regulation, port, Teller(echo)))
    echo("")
    echo("Đã dừng. Không có gì được lưu lại. (Stopped; nothing is kept.)")


async def _until_ended(regulation: str, port: int, teller: Teller) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows has no such handlers
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, ended.set)
    teller.heading("Đồng thuận: phần minh họa, mọi người và văn bản đều do tưởng tượng")
    async with showing(regulation, port, teller.told) as demo:
        await asyncio.sleep(3 * GATHER)  # what the opening brought is told first
        _introduce(demo, port, teller)
        await ended.wait()


def _introduce(demo: Demo, port: int, teller: Teller) -> None:
    if demo.stage.server.port != port:
        teller.heading(
            f"Cổng {port} đang bận, dùng cổng {demo.stage.server.port}. "
            f"(Port {port} is taken, {demo.stage.server.port} is used.)"
        )
    teller.heading(f"Mở bằng trình duyệt / open in a browser:  {demo.address}")
    teller.line("Dừng: Ctrl-C / stop with Ctrl-C")
