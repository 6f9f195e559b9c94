"""A long command says how far it is on a terminal, and nothing of it in a pipe."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.faults.committee import committee
from tests.faults.machine import environment


async def test_verify_says_how_far_it_is_on_a_terminal_alone(tmp_path: Path) -> None:
    async with committee(tmp_path, 2) as house:
        await house.stage.stop_bot()
        given = environment(house.stage)
        command = [sys.executable, "-m", "bot", "verify"]
        piped = await asyncio.to_thread(
            subprocess.run, command, env=given, capture_output=True, text=True, check=True
        )
        assert piped.stderr == ""

        ours, theirs = pty.openpty()
        shown = await asyncio.to_thread(
            subprocess.run, command, env=given, stdout=subprocess.PIPE, stderr=theirs, check=True
        )
        os.close(theirs)
        said = os.read(ours, 65536).decode()
        os.close(ours)
        assert "Đang đối chiếu các bảng: xong 0 trong " in said
        assert said.endswith("\r\x1b[K"), "the line is gone at the end"
        assert shown.stdout.decode() == piped.stdout
