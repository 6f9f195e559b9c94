"""How much memory our bot holds at rest, in a process of its own with a usual committee open."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.contest import telegram

REST = 8.0
"""Seconds until the bot has delivered what it had to and rests."""


def resident_mib(pid: int) -> float:
    """What the process holds in memory now."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(each for each in status.splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def at_rest(members: int) -> dict[str, float]:
    """The memory of a bot that serves a committee of that size with one consultation open."""
    with telegram("none", members) as (line, _), tempfile.TemporaryDirectory() as folder:
        running = subprocess.Popen(
            [sys.executable, "-m", "bench.ours", folder, line, "--members", str(members)]
        )
        try:
            time.sleep(REST)
            return {"members": members, "mib": resident_mib(running.pid)}
        finally:
            running.kill()
            running.wait()
