"""What `dongthuan check` says of regulation files. The words lie in templates/cli/check.j2."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.regulations.faults import Fault, RegulationFaults
from bot.regulations.loader import load, remarks
from bot.regulations.rules.regulation import Regulation, Setting
from bot.rendering import Rendering

_TOKEN = re.compile(r"\[+[^\]]*\]+|\"[^\"]*\"|'[^']*'|[^\s=,\]}#]+")


@dataclass(frozen=True, slots=True)
class MarkedFault:
    """A fault with the line it stands on and a mark beneath the spot."""

    fault: Fault
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file with what it says and what of it can never apply, or with what is wrong with it."""

    name: str
    regulation: Regulation | None
    faults: tuple[MarkedFault, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def settings(self) -> list[tuple[Setting, str]]:
        """What a committee confirms, each with its value as it would be written."""
        found = self.regulation.settings if self.regulation else ()
        return [(each, json.dumps(each.value, ensure_ascii=False)) for each in found]


def check(paths: Sequence[Path]) -> tuple[str, int]:
    """Check files: a summary of each sound one, every fault of the others; 1 if any has faults."""
    files = [_checked(path) for path in paths]
    text = Rendering().terminal("check", files=files)
    return text, 1 if any(file.faults for file in files) else 0


def _checked(path: Path) -> CheckedFile:
    try:
        return CheckedFile(str(path), load(path), remarks=remarks(path))
    except RegulationFaults as faults:
        lines = _lines(path)
        marked = tuple(_marked(fault, lines) for fault in faults.faults)
        return CheckedFile(str(path), None, marked)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []


def _marked(fault: Fault, lines: list[str]) -> MarkedFault:
    source = lines[fault.line - 1] if fault.line <= len(lines) else ""
    token = _TOKEN.match(source, fault.column - 1)
    length = len(token.group()) if token else 1
    return MarkedFault(fault, source.rstrip(), " " * (fault.column - 1) + "^" * length)
