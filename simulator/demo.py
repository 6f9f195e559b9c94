"""The demonstration: an invented committee, the real bot, a page of phones and a narrator. No rule lives here."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot import logs
from bot.rendering import Terminal, shared_terminal
from bot.values.language import Language
from simulator import demos
from simulator.demos import Tale, Wish
from simulator.founding import assemble
from simulator.narrator import GATHER, Narrator, Told
from simulator.page import PhonesPage
from simulator.page_acts import MoveClock, Programme
from simulator.sandbox import Sandbox, SandboxError
from simulator.telling import Telling
from simulator.transcript import Teller
from simulator.verbs.roster import Roster


@dataclass(frozen=True, slots=True)
class Demo:
    """A demonstration that runs: its tale has begun, the clock flows, the page answers."""

    stage: Sandbox
    cast: Roster
    move: MoveClock
    wish: asyncio.Future[Wish]
    """Set to what a visitor of the page wants to see next."""

    @property
    def port(self) -> int:
        """Where the page answers on this machine."""
        return self.stage.server.port

    @property
    def address(self) -> str:
        """Where a browser finds the page of phones."""
        return f"http://{self.stage.server.host}:{self.port}/"


@asynccontextmanager
async def showing(
    regulation: str,
    port: int,
    tell: Callable[[Told], None],
    *,
    tale: Tale = Tale.CONSULTATION,
    chapter: int = 0,
    opened: bool = True,
) -> AsyncIterator[Demo]:
    """A demonstration within the block; a port that is taken is replaced by a free one.

    With `opened`, the tale has been told up to where its visitors take over, by the buttons of the
    phones: to the end of the `chapter` where it has chapters. NotToldError when this tale is not told
    under the regulation.
    """
    told, path = demos.read(regulation, tale)
    wish: asyncio.Future[Wish] = asyncio.get_running_loop().create_future()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stage = Sandbox(Path(folder), told.start, running=True, port=port)
        move, title = _mover(stage), stage.say.label("demo.title", title=told.title)
        begin = partial(_wished, wish)
        programme = Programme(demos.under(regulation), tale, tuple(told.chapters), begin)
        page = PhonesPage(stage.world, lambda: next_due(stage), move, title, programme)
        page.attach(stage.server.app)
        await stack.enter_async_context(stage)
        narrator = await stack.enter_async_context(_narrated(stage, tell))
        cast = await assemble(stage, told, path)
        for actor in (actor for actor in told.member if not actor.joined):
            link = cast.links[actor.name]
            page.invite(cast.hands[actor.name].user_id, link.rpartition("start=")[2])
        telling = Telling(cast, narrator)
        page.turn(telling)
        if opened:
            await _open(telling, chapter)
        yield Demo(stage, cast, move, wish)


def _wished(wish: asyncio.Future[Wish], tale: str, chapter: int = 0) -> None:
    if not wish.done():
        wish.set_result(Wish(Tale(tale), chapter))


async def _open(telling: Telling, chapter: int) -> None:
    """The steps up to where visitors take over, on the phones of those who take them."""
    story = telling.cast.story
    done = telling.through(chapter) if story.chapters else telling.until(story.visited_from)
    for failure in await done:
        raise RuntimeError(failure.told(Language.ENGLISH))


async def next_due(stage: Sandbox) -> datetime | None:
    """When the bot will next do something by itself."""
    return await stage.bot.next_moment() if stage.app else None


def _mover(stage: Sandbox) -> MoveClock:
    """Moves the clock through every due moment in order, one wish after the other.

    A bot that cannot come to rest, because Telegram fails it, holds nobody up: the clock goes on.
    """
    turn = asyncio.Lock()

    async def move(moment: datetime) -> None:
        async with turn:
            with suppress(SandboxError):
                await stage.move_to(moment)
            stage.show(moment)

    return move


@asynccontextmanager
async def _narrated(stage: Sandbox, tell: Callable[[Told], None]) -> AsyncIterator[Narrator]:
    narrator = Narrator(stage, tell)
    telling = asyncio.create_task(narrator.run())
    try:
        yield narrator
    finally:
        narrator.close()
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling


# --- in the terminal -------------------------------------------------------------------------


def demonstrate(
    language: Language, regulation: str, tale: Tale, port: int, echo: Callable[[str], None]
) -> None:
    """Show it until somebody ends it; NotToldError when this tale is not told there."""
    demos.read(regulation, tale)
    logs.set_up(level="ERROR")
    say = shared_terminal(language)
    with suppress(KeyboardInterrupt):
        asyncio.run(_until_ended(say, regulation, tale, port, echo))
    echo("")
    echo(say.label("demo.ended"))


async def _until_ended(
    say: Terminal, regulation: str, tale: Tale, port: int, echo: Callable[[str], None]
) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows has no such handlers
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, ended.set)
    await one_after_the_other(say, regulation, tale, port, echo, ended)


async def one_after_the_other(
    say: Terminal,
    regulation: str,
    tale: Tale,
    port: int,
    echo: Callable[[str], None],
    ended: asyncio.Event,
) -> None:
    """Show a tale, and each that is wished for at the page anew on the same address, until ended."""
    teller = Teller(echo)
    teller.heading(say.label("demo.heading"))
    wanted: Wish | None = Wish(tale)
    while wanted is not None:
        teller.heading(say.label(f"demo_tale.{wanted.tale.value}"))
        async with showing(
            regulation, port, teller.told, tale=wanted.tale, chapter=wanted.chapter
        ) as demo:
            await asyncio.sleep(3 * GATHER)  # what the opening brought is told first
            _introduce(demo, port, teller, say)
            port = demo.port
            wanted = await _wish_or_end(demo, ended)


async def _wish_or_end(demo: Demo, ended: asyncio.Event) -> Wish | None:
    """What is wished for; None when all is to end."""
    ending = asyncio.create_task(ended.wait())
    await asyncio.wait((ending, demo.wish), return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    return None if ended.is_set() else demo.wish.result()


def _introduce(demo: Demo, port: int, teller: Teller, say: Terminal) -> None:
    if demo.port != port:
        teller.heading(say.label("demo.port", taken=port, used=demo.port))
    teller.heading(say.label("demo.address", address=demo.address))
    teller.line(say.label("demo.stop"))
