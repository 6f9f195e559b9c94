"""Kills a process at every step of a cast, or of a close, of a secret vote; says after each what is on disk.

Run as `python tests/faults/booth.py cast|close FOLDER ACCOUNT VOTE WIDTH PLACES MOST SEED`. Each step is a line of
the code that carries it out, MOST of them are drawn by SEED, or all where MOST is 0; the process that runs it is a
fork, killed as by a power cut.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.rendering import shared_rendering
from bot.votes import ballots as services
from bot.votes import polling
from bot.votes import store as ballots
from bot.votes import store as votes
from bot.votes.store import Box

STEPS_IN = (
    "votes/ballots.py",
    "votes/polling.py",
    "votes/store.py",
    "db/ballot_keys.py",
    "db/group_commit.py",
)
NAME = "rehearsal.db"
NOBODY = 0
"""The step at which nobody kills."""
Chosen = Callable[[Sequence[int]], Sequence[int]]
"""Which of all steps are tried."""
_ours: dict[CodeType, bool] = {}


def at_each_line(seen: Callable[[], None]) -> Any:
    """A tracer that tells each line of the code in question before it is carried out."""

    def lines(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            seen()
        return lines

    def calls(frame: FrameType, event: str, _: Any) -> Any:
        code = frame.f_code
        if code not in _ours:
            _ours[code] = code.co_filename.replace("\\", "/").endswith(STEPS_IN)
        return lines if _ours[code] else None

    return calls


async def act(what: str, folder: Path, account: int, vote: int, killed_at: int = 0) -> int:
    """Cast or close on the database in a folder, to the step at which it is killed or to its end; gives its steps."""
    step = 0

    def seen() -> None:
        nonlocal step
        step += 1
        if step == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    db = await Database.open(folder / NAME, create=False, keys=folder / "ballot-keys")
    context = Context(db, SystemClock(), shared_rendering(), "https://t.me/thu_bot")
    sys.settrace(at_each_line(seen))
    if what == "cast":
        await services.cast(
            context, Tap(account, account, 1, (str(vote), "r"), context.clock.now())
        )
    else:
        await polling.close(context, account, vote)
    sys.settrace(None)
    await db.close()
    return step


async def told(folder: Path, vote: int, box: Box) -> str:
    """How many names are on the roll, how many ballots in the box, and how the vote stands."""
    db = await Database.open(folder / NAME, create=False, keys=folder / "ballot-keys")
    context = Context(db, SystemClock(), shared_rendering(), "https://t.me/thu_bot")
    await services.destroy_old_keys(context)
    async with db.read() as tx:
        found = await votes.get(tx, vote)
        inside = await ballots.opened(tx, db.keys, box)
    assert found is not None
    result = found[1].result
    outcome = result.outcome.value if result else "open"
    ballots_in = "-" if inside is None else str(len(inside))
    key = "key" if db.keys.key(vote) else "nokey"
    await db.close()
    return f"{len(found[1].voted)} {ballots_in} {outcome} {key}"


@contextmanager
def copied(folder: Path, step: int) -> Iterator[Path]:
    """The database and its keys as they stood before, for one step."""
    copy = folder.with_name(f"{folder.name}-{step}")
    shutil.copytree(folder, copy)
    yield copy
    shutil.rmtree(copy)


def main(what: str, folder: Path, account: int, vote: int, box: Box, chosen: Chosen) -> None:
    """One line for each step, and one more for the run that nobody killed.

    First it is done once here, on a copy, so that no fork compiles a statement or a template anew.
    """
    with copied(folder, 0) as copy:
        asyncio.run(act(what, copy, account, vote))
    with copied(folder, 0) as copy:
        last = asyncio.run(act(what, copy, account, vote))
    for step in (*chosen(range(1, last + 1)), NOBODY):
        with copied(folder, step) as copy:
            child = os.fork()
            if child == 0:
                asyncio.run(act(what, copy, account, vote, step))
                os._exit(0)
            _, status = os.waitpid(child, 0)
            how = f"killed{os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "whole"
            sys.stdout.write(f"{how} {asyncio.run(told(copy, vote, box))}\n")


if __name__ == "__main__":
    wanted, place, *numbers = sys.argv[1:]
    of, on, width, places, at_most, seed = (int(number) for number in numbers)

    def chosen_by_seed(every: Sequence[int]) -> Sequence[int]:
        chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
        return sorted(chance.sample(every, min(at_most, len(every)))) if at_most else every

    main(wanted, Path(place), of, on, Box(on, width, places), chosen_by_seed)
