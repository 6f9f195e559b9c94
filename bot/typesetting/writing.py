"""Papers written by a process of their own, which ends with them. What a paper tells is not known here."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.issuing.rules.letterhead import Paper

SECONDS = 20
"""Of processor time that a paper may take; one of a thousand members takes some three."""
LONGEST = 60
"""Seconds after which a paper is given up, however little was done for it."""


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong with a template: `unknown` field, `broken` tag, `forbidden`, `endless`, `failed`, `no_document`.

    `name` is the field or the sign that it concerns, `near` the words beside it in the template.
    """

    kind: str
    name: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A paper as .docx, and the SHA-256 of the template that it was made from."""

    content: bytes
    template: str


async def write(
    paper: Paper,
    layout: str,
    own: bytes | None,
    view: Mapping[str, Any],
    *,
    seconds: int = SECONDS,
) -> Written | TemplateFault:
    """A paper from the office's own template, or from the one that ships; or what is wrong with the template.

    The event loop goes on meanwhile.
    """
    template = base64.b64encode(own).decode("ascii") if own else None
    asked = {
        "paper": paper.value,
        "layout": layout,
        "template": template,
        "view": view,
        "seconds": seconds,
    }
    writer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.typesetting.writer"),
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
    return Written(base64.b64decode(answer["paper"]), answer["template"])
