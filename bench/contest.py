"""Starts a server and a bot, each in its own process, and brings back what the people measured."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from bench.ours import DATABASE
from bench.prepared import Size

OURS = "ours"
BOTS = {
    OURS: ["bench.ours"],
    "python-telegram-bot": ["bench.stock_ptb"],
    "aiogram": ["bench.stock_aiogram"],
}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """The Bot API server in a process of its own: what a bot needs to reach it, and both its pipes."""

    line: str
    says: IO[str]
    hears: IO[str]

    def told(self) -> dict[str, Any]:
        """Its next line."""
        found: dict[str, Any] = json.loads(self.says.readline())
        return found

    def ask(self, what: str) -> None:
        """Tell it to do the next thing."""
        print(what, file=self.hears, flush=True)


@contextmanager
def telegram(measure: str, people: int, latency: float = 0.0) -> Iterator[Server]:
    """A server in a process of its own, ended with the block."""
    serving = subprocess.Popen(
        [
            *(sys.executable, "-m", "bench.telegram", measure),
            *("--people", str(people), "--latency", str(latency)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if serving.stdout is None or serving.stdin is None:
        raise RuntimeError("the server does not speak")
    try:
        yield Server(serving.stdout.readline().strip(), serving.stdout, serving.stdin)
    finally:
        serving.kill()
        serving.wait()


@cache
def prepared(size: Size) -> Path:
    """A folder with a database of that size, made once a run."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    atexit.register(shutil.rmtree, folder)
    wanted = [word for name, n in asdict(size).items() for word in (f"--{name}", str(n))]
    subprocess.run([sys.executable, "-m", "bench.prepared", folder / DATABASE, *wanted], check=True)
    return folder


@contextmanager
def bot(name: str, server: Server, size: Size, *extra: str) -> Iterator[subprocess.Popen[str]]:
    """A bot in a process of its own in a folder of its own, ended with the block."""
    with tempfile.TemporaryDirectory() as folder:
        if name == OURS:
            shutil.copytree(prepared(size), folder, dirs_exist_ok=True)
        running = subprocess.Popen(
            [sys.executable, "-m", *BOTS[name], folder, server.line, *extra],
            stdin=subprocess.PIPE,
            text=True,
        )
        try:
            yield running
        finally:
            running.kill()
            running.wait()


def processor_seconds(pid: int) -> float:
    """What the process has spent of the processor so far, in itself and for it in the kernel."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mib(pid: int) -> float:
    """What the process holds in memory now."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(each for each in status.splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def measured(
    measure: str, name: str, size: Size, latency: float = 0.0, *extra: str
) -> dict[str, float]:
    """One measure of one bot: server and bot are new each time.

    The processor time of the bot from the moment the measure begins to its end is told beside what the
    people saw.
    """
    if name == OURS:
        prepared(size)
    with telegram(measure, size.members, latency) as server, bot(name, server, size, *extra) as run:
        server.told()  # everything is prepared
        before = processor_seconds(run.pid)
        server.ask("begin")
        found = server.told()
        spent = processor_seconds(run.pid) - before
    return found | {"processor": spent}
