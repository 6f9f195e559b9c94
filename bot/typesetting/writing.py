"""Papers written by a process of their own, which ends with the last of them. What a paper tells is not known here."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.issuing.rules.letterhead import Paper
from bot.typesetting.fields import tree_of

SECONDS = 20
"""Of processor time that a paper may take; one of a thousand members takes some three."""
LONGEST = 60
"""Seconds after which a paper is given up, however little was done for it."""
TO_END = 2
"""Seconds that a process has to end by itself once nothing more is asked of it."""
MOST = 64 * 1024**2
"""Bytes of an answer that are taken; a paper has some ten thousand."""


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


class Writer:
    """A process that writes papers one after the other; it is there within the block alone.

    One that a template has brought to its end is followed by another for the next paper.
    """

    def __init__(self) -> None:
        self._process: Process | None = None

    async def __aenter__(self) -> Self:
        """Nothing runs yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Whatever happened, nothing of it runs on."""
        await self._end()

    async def write(
        self,
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
        asked = {**_of(paper, layout, own, seconds), "view": view}
        answer = await self._asked(asked)
        if isinstance(answer, TemplateFault):
            return answer
        return Written(base64.b64decode(answer["paper"]), answer["template"])

    async def misnamed(
        self, paper: Paper, layout: str, own: bytes, *, seconds: int = SECONDS
    ) -> list[TemplateFault]:
        """Every name in any branch of an office's template that is no field of the paper, or why it cannot be read."""
        asked = {**_of(paper, layout, own, seconds), "fields": tree_of(paper)}
        answer = await self._asked(asked)
        if isinstance(answer, TemplateFault):
            return [answer]
        return [TemplateFault(**each) for each in answer["faults"]]

    async def _asked(self, asked: Mapping[str, Any]) -> dict[str, Any] | TemplateFault:
        """What the process answers; a fault where it told one, or came to its end."""
        try:
            async with asyncio.timeout(LONGEST):
                told = await self._answer(json.dumps(asked).encode() + b"\n")
        except TimeoutError:
            await self._end()
            return TemplateFault("endless")
        if not told.endswith(b"\n"):
            ended = await self._end()
            return TemplateFault("endless" if ended < 0 else "failed")
        answer: dict[str, Any] = json.loads(told)
        return TemplateFault(**answer["fault"]) if "fault" in answer else answer

    async def _answer(self, asked: bytes) -> bytes:
        """A line; cut or empty where the process ended over it."""
        process = self._process = self._process or await _started()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a writer without its pipes")
        try:
            process.stdin.write(asked)
            await process.stdin.drain()
            return await process.stdout.readline()
        except (
            ConnectionError,
            ValueError,
        ):  # it ended before it read, or wrote more than is taken
            return b""

    async def _end(self) -> int:
        """End it, if it still runs; below zero where a signal did."""
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(TO_END):
                return await process.wait()
        except TimeoutError:
            process.kill()
            return await process.wait()


def _of(paper: Paper, layout: str, own: bytes | None, seconds: int) -> dict[str, Any]:
    return {
        "paper": paper.value,
        "layout": layout,
        "template": base64.b64encode(own).decode("ascii") if own else None,
        "seconds": seconds,
    }


async def _started() -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.typesetting.writer"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # it may hold words of the paper, and no log may
        limit=MOST,
    )


async def write(
    paper: Paper,
    layout: str,
    own: bytes | None,
    view: Mapping[str, Any],
    *,
    seconds: int = SECONDS,
) -> Written | TemplateFault:
    """As `Writer.write`, by a process for this paper alone."""
    async with Writer() as writer:
        return await writer.write(paper, layout, own, view, seconds=seconds)
