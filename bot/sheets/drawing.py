"""Has pictures drawn by a program of its own, one after the other: nothing of it stays in the running bot."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import structlog

import bot
from bot.logs import whereabouts
from bot.sheets.rules.pages import Row
from bot.values.refusal import refuse

_log = structlog.get_logger(__name__)

LONGEST = 30.0
"""Seconds of one drawing; a usual one takes two."""
MOST = 8 * 1024 * 1024
"""Bytes that are taken from it."""
HANDED_ON = ("PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "MPLCONFIGDIR")
"""What the program is told of the environment: where it may keep its list of fonts, and no token."""
ALONE = {"OPENBLAS_NUM_THREADS": "1"}
"""It reckons on one processor: nothing here is worth a second."""
_ONE_AT_A_TIME = threading.Lock()


async def draw(pages: Sequence[Sequence[Row]], *, longest: float = LONGEST) -> list[bytes]:
    """Each page as a PNG; refuses where the program fails, and ends it where it takes too long."""
    asked = json.dumps(pages).encode()
    try:
        made = await asyncio.to_thread(_in_turn, asked, longest)
    except (subprocess.SubprocessError, OSError, ValueError) as fault:
        _log.error("picture not drawn", **whereabouts(fault))
        refuse("sheet_not_drawn")
    return made


def _in_turn(asked: bytes, longest: float) -> list[bytes]:
    """What the program draws once no other drawing runs; raises where that takes too long, too."""
    if not _ONE_AT_A_TIME.acquire(timeout=longest):
        raise TimeoutError
    try:
        return _drawn(asked, longest)
    finally:
        _ONE_AT_A_TIME.release()


def _drawn(asked: bytes, longest: float) -> list[bytes]:
    """What the program wrote; raises where it failed, took too long, or wrote no pictures."""
    root = str(Path(bot.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-m", "bot.drawing"],
        input=asked,
        capture_output=True,
        timeout=longest,
        check=True,
        cwd=root,
        env={**ALONE, **{name: os.environ[name] for name in HANDED_ON if name in os.environ}},
    )
    return [base64.b64decode(each, validate=True) for each in json.loads(done.stdout[:MOST])]
