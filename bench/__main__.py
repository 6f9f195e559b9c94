"""All measures in one run; prints the table and writes docs/benchmarks.md. Run as `make bench`.

With names of measures only these are taken, and nothing is written: `make bench ARGS="presses growth"`.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench import measures
from bench.measures import Row
from bot.clock import SystemClock

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

HEAD = """# Benchmarks

Written by `make bench` on {machine}. Every bot meets the same local Bot API server, which runs in a
process of its own. Numbers of one run may be compared with each other, not with those of another.

| what | compared with | found | aim | |
|---|---|---|---|---|
"""
TAIL = """
**A press** is everything until it is answered and the card edited. Ours does the full path: the update kept
in the inbox before it is confirmed; the reply, the receipt, a line of the hash-chained register and the
rows of the outbox in one transaction (WAL, synchronous=FULL); the answer, the form drawn anew and edited, the
dashboards of clerk and head. The two others do one SQLite commit (WAL, FULL), the answer and the edit;
python-telegram-bot with 64 updates side by side, aiogram as it comes. The limit of 30 messages a second is
switched off for all, or it would be the only thing measured; ours still keeps a second between messages to
one chat. Processor time is that of the bot's process. At Telegram's own limit any of them is ample.
A few have pressed before: what a bot loads at its first presses does not count, of any of them.

**A close** reads all facts anew, judges, and records the act, the register line, every member's result and the
edits of every card; up to fifty share a transaction. APScheduler fires jobs that commit one row each.

**Growth** is the processor time of a press, with all that follows from it, beside the same on a committee of 60 with
nothing behind it. In every house ten members change their answers, to and fro, twelve times; the first two are not
counted.
"""


def machine() -> str:
    """What it ran on."""
    cpus = Path("/proc/cpuinfo").read_text(encoding="utf-8").count("processor\t")
    day = SystemClock().now().date().isoformat()
    return f"{platform.system()} {platform.machine()}, {cpus} CPUs, Python {platform.python_version()}, {day}"


def line(row: Row) -> str:
    """A row of the table."""
    reached = "" if row.reached is None else "reached" if row.reached else "**missed**"
    return f"| {row.what} | {row.beside} | {row.found} | {row.aim} | {reached} |"


def taken(asked: argparse.Namespace) -> Iterator[Row]:
    """The measures, one after the other, each row printed as soon as it is there."""
    size = measures.SMALL if asked.small else measures.WHOLE
    every: dict[str, Callable[[], Iterator[Row]]] = {
        each.__name__: partial(each, size) for each in measures.EVERY
    }
    for name in asked.measures or every:
        for row in every[name]():
            print(line(row), flush=True)
            yield row


def main() -> None:
    """Measure, print, write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    names = [each.__name__ for each in measures.EVERY]
    parser.add_argument("measures", nargs="*", choices=[[], *names], metavar="|".join(names))
    parser.add_argument(
        "--small", action="store_true", help="Small numbers, to try whether it runs."
    )
    asked = parser.parse_args()
    rows = list(taken(asked))
    if not asked.measures and not asked.small:
        table = "\n".join(map(line, rows))
        PAGE.write_text(HEAD.format(machine=machine()) + table + "\n" + TAIL, encoding="utf-8")


if __name__ == "__main__":
    main()
