"""What is measured: each gives rows of the table, with the aim beside what was found."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import median

from bench.contest import BOTS, OURS, bot, measured, prepared, resident_mib, telegram
from bench.house import running
from bench.prepared import Size
from bench.transcripts import ROOT

LATENCY = 0.05
"""Seconds that every call of the Bot API takes, where that is not zero."""
REST = 8.0
"""Seconds until the bot has delivered what it had to and rests."""
DAY = 24
WARM = 2
"""Hours after which everything has been loaded that a day needs."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the measures are; `--small` only tries whether they run."""

    people: int = 300
    rounds: int = 3
    fanout: int = 1_000
    steady: int = 600
    among: int = 100_000
    at_once: int = 1_000
    committee: int = 60
    hours: int = DAY
    lines: int = 1_000_000
    years: int = 5


WHOLE = Scale()
SMALL = Scale(8, 1, 6, 6, 40, 20, 4, 2, 100, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; `reached` is None where there is no aim."""

    what: str
    beside: str
    found: str
    aim: str
    reached: bool | None


def at_least(what: str, beside: str, found: float, aim: float, unit: str = "×") -> Row:
    """A row whose number should be no smaller."""
    return Row(what, beside, f"{found:.2f} {unit}", f"≥ {aim:g} {unit}", found >= aim)


def at_most(what: str, beside: str, found: float, aim: float, unit: str = "×") -> Row:
    """A row whose number should be no greater."""
    return Row(what, beside, f"{found:.2f} {unit}", f"≤ {aim:g} {unit}", found <= aim)


def presses(scale: Scale) -> Iterator[Row]:
    """Presses a second and the processor time of each, beside other bots: medians of rounds in turn."""
    size = Size(scale.people)
    for latency in (0.0, LATENCY):
        rounds = [
            {name: measured("presses", name, size, latency) for name in BOTS}
            for _ in range(scale.rounds)
        ]
        rate, cost = ({n: median(r[n][k] for r in rounds) for n in BOTS} for k in KEYS)
        at = f"presses a second at {latency * 1000:.0f} ms ({rate[OURS]:.0f})"
        aims = (0.8, 3.0) if latency else (0.0, 0.0)
        for other, aim in zip(("aiogram", "python-telegram-bot"), aims, strict=True):
            row = at_least(at, f"{other} ({rate[other]:.0f})", rate[OURS] / rate[other], aim)
            yield row if aim else replace(row, aim="–", reached=None)
        ms = {name: 1000 * spent / rounds[0][name]["presses"] for name, spent in cost.items()}
        what = f"processor time a press at {latency * 1000:.0f} ms ({ms[OURS]:.1f} ms)"
        ratio = ms[OURS] / max(ms["aiogram"], 0.001)
        yield at_most(what, f"aiogram ({ms['aiogram']:.1f} ms)", ratio, 2.0)


KEYS = ("a_second", "processor")


def statements(_scale: Scale) -> Iterator[Row]:
    """SQL statements until a press is answered."""
    (found,) = running((ROOT,))
    yield at_most("statements a press, until answered", "–", found["answering"], 18, "")


def waiting(scale: Scale) -> Iterator[Row]:
    """How long one of many waits for the answer beyond what the API takes."""
    found = measured("steady", OURS, Size(scale.steady), LATENCY)
    beyond = 1000 * (found["p99"] - LATENCY)
    what = "tap to answer at 100 presses a second, p99"
    yield at_most(what, "the API's latency", beyond, 150, "ms beyond it")


def opening(scale: Scale) -> Iterator[Row]:
    """A consultation opens for many, under enforced limits."""
    found = measured("fanout", OURS, Size(scale.fanout), 0.0, "--paced")
    what = f"opening for {scale.fanout} members under enforced limits ({found['seconds']:.1f} s)"
    yield at_most(what, "members ÷ 30 s", found["seconds"] / found["floor"], 1.03)
    yield at_most("of these refused with 429", "–", found["refused"], 0, "")


def closes(scale: Scale) -> Iterator[Row]:
    """Many due moments at once among many more."""
    ours, other = (_closes(who, scale) for who in (OURS, "apscheduler"))
    what = f"{scale.at_once} closes due at once among {scale.among}: lateness p99"
    beside = f"APScheduler's SQLAlchemy store ({other['p99']:.2f} s)"
    yield at_most(what, beside, ours["p99"], 1.5, "s")
    beside = f"APScheduler, a job ({other['milliseconds']:.2f} ms)"
    yield at_most("processor time a close", beside, ours["milliseconds"], 1.5, "ms")


def _closes(who: str, scale: Scale) -> dict[str, float]:
    asked = (sys.executable, "-m", "bench.closes", who, str(scale.among), str(scale.at_once))
    ran = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return told


def memory(scale: Scale) -> Iterator[Row]:
    """What the bot holds at rest, and whether a day of answers makes it more."""
    size = Size(scale.committee)
    prepared(size)
    with telegram("none", size.members) as server, bot(OURS, server, size) as run:
        time.sleep(REST)
        at_rest = resident_mib(run.pid)
    yield at_most(f"memory at rest, {size.members} members", "–", at_rest, 120, "MiB")
    with telegram("hours", size.members) as server, bot(OURS, server, size, "--hours") as run:
        server.told()
        server.ask("begin")
        held = []
        for _ in range(scale.hours + 1):
            print("an hour", file=run.stdin, flush=True)
            server.ask("an hour")
            server.told()
            held.append(resident_mib(run.pid))
    warm = held[min(WARM, len(held) - 1)]
    beside = f"after {WARM} hours ({warm:.0f} MiB)"
    yield at_most(f"memory after {scale.hours} simulated hours", beside, held[-1] / warm, 1.03)


def first_poll(scale: Scale) -> Iterator[Row]:
    """How soon Telegram is asked for updates after the start."""
    many, bare = Size(scale.committee, open=scale.among), Size(scale.committee)
    taken: dict[Size, list[float]] = {many: [], bare: []}
    for _ in range(scale.rounds):
        for size, seconds in taken.items():
            seconds.append(measured("polled", OURS, size)["seconds"])
    found = median(taken[many]) / median(taken[bare])
    yield at_most(
        f"first poll with {scale.among} due moments",
        f"a bare start ({median(taken[bare]):.1f} s)",
        found,
        1.2,
    )


def growth(scale: Scale) -> Iterator[Row]:
    """A press beside the same press in a small house: processor time, medians of rounds in turn.

    As many people change their answers as often in every house.
    """
    usual = Size(scale.committee)
    grown = {
        "10 members": Size(min(10, scale.committee)),
        f"{scale.fanout} members": Size(scale.fanout),
        f"{scale.among // 10} open": replace(usual, open=scale.among // 10),
        f"{scale.among} open": replace(usual, open=scale.among),
        f"{scale.years} years of history": replace(usual, years=scale.years),
        f"a register of {scale.lines} lines": replace(usual, lines=scale.lines),
    }
    cost: dict[str, list[float]] = {what: [] for what in ("", *grown)}
    for _ in range(scale.rounds):
        for what, size in {"": usual, **grown}.items():
            found = measured("changes", OURS, size)
            cost[what].append(1000 * found["processor"] / found["presses"])
    base = max(median(cost[""]), 0.001)
    beside = f"{usual.members} members, nothing behind ({base:.1f} ms)"
    for what in grown:
        yield at_most(f"a press with {what}", beside, median(cost[what]) / base, 1.3)


def boards(scale: Scale) -> Iterator[Row]:
    """The list of a member's matters, page by page."""
    found = measured("pages", OURS, Size(scale.committee, years=scale.years))
    what = f"a page of the list after {scale.years} years, the slowest of {found['pages']:.0f}"
    yield at_most(what, "–", 1000 * found["slowest"], 200, "ms")


EVERY: tuple[Callable[[Scale], Iterator[Row]], ...] = (
    presses,
    statements,
    waiting,
    opening,
    closes,
    memory,
    first_poll,
    growth,
    boards,
)
