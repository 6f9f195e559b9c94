"""All measures in one run; prints the ratios and writes docs/benchmarks.md. Run as `make bench`."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from bench.contest import BOTS, measured
from bench.memory import at_rest
from bot.clock import SystemClock

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
LATENCIES = (0.0, 0.05)


def presses(people: int, rounds: int) -> dict[float, dict[str, float]]:
    """Presses a second of each bot at each latency: medians of rounds in turn."""
    told: dict[float, dict[str, list[float]]] = {at: {bot: [] for bot in BOTS} for at in LATENCIES}
    for _ in range(rounds):
        for latency in LATENCIES:
            for bot in BOTS:
                found = measured("presses", bot, people, latency)
                told[latency][bot].append(found["a_second"])
                print(f"  {latency * 1000:.0f} ms, {bot}: {found['a_second']:.0f}/s", flush=True)
    return {at: {bot: median(each) for bot, each in bots.items()} for at, bots in told.items()}


def closes(among: int, at_once: int) -> dict[str, float]:
    """Lateness of many closes, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.closes", str(among), str(at_once)],
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return told


def machine() -> str:
    """What it ran on."""
    cpus = Path("/proc/cpuinfo").read_text(encoding="utf-8").count("processor\t")
    day = SystemClock().now().date().isoformat()
    return f"{platform.system()} {platform.machine()}, {cpus} CPUs, Python {platform.python_version()}, {day}"


def page(found: dict[str, Any]) -> str:
    """The page as it is written."""
    rows = []
    for latency, bots in found["presses"].items():
        ptb = bots["ours"] / bots["python-telegram-bot"]
        aiogram = bots["ours"] / bots["aiogram"]
        rows.append(
            f"| {latency * 1000:.0f} ms | {bots['ours']:.0f} | {bots['python-telegram-bot']:.0f} "
            f"| {bots['aiogram']:.0f} | {ptb:.2f} | {aiogram:.2f} |"
        )
    fan, late, rest = found["fanout"], found["closes"], found["memory"]
    return TEMPLATE.format(
        machine=machine(),
        command=found["command"],
        people=found["people"],
        rounds=found["rounds"],
        rows="\n".join(rows),
        fan=fan,
        fan_ratio=fan["seconds"] / fan["floor"],
        late=late,
        rest=rest,
    )


TEMPLATE = """# Benchmarks

Written by `{command}` on {machine}. Every bot meets the same local Bot API server, which runs in a
process of its own; numbers of one run may be compared with each other, not with those of another.

## Presses a second

{people} people press at once; a press is handled when its button is answered and its card edited.
Medians of {rounds} rounds in turn.

| API latency | this bot | stock python-telegram-bot | aiogram 3 | ÷ PTB | ÷ aiogram |
|---|---|---|---|---|---|
{rows}

This bot does the full path: the update kept in the inbox before it is confirmed, the reply, the
receipt, a line of the hash-chained register and the outbox rows in one transaction (WAL,
synchronous=FULL), the answer, the form rendered anew and edited, the dashboards of clerk and head.
The two others do one SQLite commit (WAL, FULL), the answer and the edit; python-telegram-bot with 64
updates side by side, aiogram as it comes. The limit of 30 messages a second is switched off for all,
or it would be the only thing measured; ours still keeps a second between messages to one chat.

Aims: at 50 ms at least 2 × python-telegram-bot and 0.8 × aiogram. What falls short of aiogram is the
price of the path: some twenty-five statements through SQLAlchemy against one, and a card rendered
from the facts instead of a constant. At Telegram's own limit of 30 messages a second either is ample.

## Opening a consultation

{fan[members]:.0f} members under enforced limits (30 a second in all, one a second to a chat):
{fan[seconds]:.1f} s from the first form to the last; members ÷ 30 s is {fan[floor]:.1f} s. Ratio
**{fan_ratio:.3f}** (aim: at most 1.05), refused with 429: **{fan[refused]:.0f}**.

## Closes due at once

{late[closes]:.0f} closes due at one moment among {late[among]:.0f} open consultations: lateness until
committed p50 {late[p50]:.2f} s, p99 **{late[p99]:.2f} s**, the last {late[last]:.2f} s (aim: p99 under 1 s).
Each close reads all facts anew, judges, records the act, the register line, every member's result and
the edits of every card in one transaction of fifty closes; that is a few milliseconds a close in one
process. A single close is committed within some tens of milliseconds of its moment.

## Memory

At rest with a committee of {rest[members]:.0f} and one consultation open: **{rest[mib]:.0f} MiB** (aim: under
150 MiB). The peak of the run with {late[among]:.0f} consultations, server included: {late[peak_mib]:.0f} MiB.
"""


def main() -> None:
    """Measure everything, print it, write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--members", type=int, default=1_000)
    parser.add_argument("--among", type=int, default=100_000)
    parser.add_argument("--closes", type=int, default=1_000)
    asked = parser.parse_args()
    found: dict[str, Any] = {
        "command": "make bench",
        "people": asked.people,
        "rounds": asked.rounds,
        "presses": presses(asked.people, asked.rounds),
        "fanout": measured("fanout", "ours", asked.members, 0.0, "--paced"),
        "closes": closes(asked.among, asked.closes),
        "memory": at_rest(60),
    }
    text = page(found)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
