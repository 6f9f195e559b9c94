"""Starts a server and a bot, each in its own process, and brings back what the people measured."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

BOTS = {
    "ours": ["bench.ours"],
    "python-telegram-bot": ["bench.stock_ptb"],
    "aiogram": ["bench.stock_aiogram"],
}


@contextmanager
def telegram(measure: str, people: int, latency: float = 0.0) -> Iterator[tuple[str, IO[str]]]:
    """A server in a process of its own: the line that tells its address, and what it says later."""
    serving = subprocess.Popen(
        [
            *(sys.executable, "-m", "bench.telegram", measure),
            *("--people", str(people), "--latency", str(latency)),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    if serving.stdout is None:
        raise RuntimeError("the server does not speak")
    try:
        yield serving.stdout.readline().strip(), serving.stdout
    finally:
        serving.kill()
        serving.wait()


def measured(measure: str, bot: str, people: int, latency: float, *extra: str) -> dict[str, float]:
    """One measure of one bot: server and bot are new each time."""
    own = ["--members", str(people)] if bot == "ours" else []
    with (
        telegram(measure, people, latency) as (line, says),
        tempfile.TemporaryDirectory() as folder,
    ):
        running = subprocess.Popen(
            [sys.executable, "-m", *BOTS[bot], folder, line, *own, *extra],
            stderr=subprocess.DEVNULL,
        )
        try:
            told: dict[str, Any] = json.loads(says.readline())
        finally:
            running.kill()
            running.wait()
    return told
