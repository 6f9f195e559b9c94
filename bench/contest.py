"""Starts a server and a bot, each in its own process, and brings back what the people measured."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from typing import Any

BOTS = {
    "ours": ["bench.ours"],
    "python-telegram-bot": ["bench.stock_ptb"],
    "aiogram": ["bench.stock_aiogram"],
}


def measured(measure: str, bot: str, people: int, latency: float, *extra: str) -> dict[str, float]:
    """One measure of one bot: server and bot are new each time."""
    telegram = subprocess.Popen(
        [
            *(sys.executable, "-m", "bench.telegram", measure),
            *("--people", str(people), "--latency", str(latency)),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    if telegram.stdout is None:
        raise RuntimeError("the server does not speak")
    line = telegram.stdout.readline().strip()
    with tempfile.TemporaryDirectory() as folder:
        own = ["--members", str(people)] if bot == "ours" else []
        running = subprocess.Popen(
            [sys.executable, "-m", *BOTS[bot], folder, line, *own, *extra],
            stderr=subprocess.DEVNULL,
        )
        try:
            told: dict[str, Any] = json.loads(telegram.stdout.readline())
        finally:
            for process in (running, telegram):
                process.kill()
                process.wait()
    return told
