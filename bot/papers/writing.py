"""Papers written by a process of their own, which ends with them. What a paper tells is not known here."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 60
"""Seconds after which a paper is given up."""


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong with a template: `unknown` field, `broken` tag, `forbidden`, `endless`, `failed`, `no_document`.

    `name` is the field or the sign that it concerns, `near` the words beside it in the template.
    """

    kind: str
    name: str = ""
    near: str = ""


async def write(template: bytes, view: Mapping[str, Any]) -> bytes | TemplateFault:
    """The paper as .docx, or what is wrong with the template; the event loop goes on meanwhile."""
    asked = {"template": base64.b64encode(template).decode("ascii"), "view": view}
    writer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.papers.writer"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # it may hold words of the paper, and no log may
    )
    try:
        async with asyncio.timeout(LONGEST):
            told, _ = await writer.communicate(json.dumps(asked).encode())
    except TimeoutError:
        writer.kill()
        await writer.wait()
        return TemplateFault("endless")
    if writer.returncode != 0:
        return TemplateFault("endless" if (writer.returncode or 0) < 0 else "failed")
    answer = json.loads(told)
    if "fault" in answer:
        return TemplateFault(**answer["fault"])
    return base64.b64decode(answer["paper"])
