"""What is wrong with a TOML file that people write, and where. The sentences lie in templates/cli/faults.toml."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.places import templates_dir
from bot.regulations.positions import KeyPath, Position, nearest

_TOKEN = re.compile(r"\[+[^\]]*\]+|\"[^\"]*\"|'[^']*'|[^\s=,\]}#]+")
_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit: where, which kind of fault, and the words it is told with."""

    path: KeyPath
    kind: str
    values: Mapping[str, object]
    guess: str | None = None
    """What was written, where one of `values["allowed"]` was probably meant."""

    @property
    def meant(self) -> str | None:
        """What was probably meant, None where nothing comes near."""
        if self.guess is None:
            return None
        allowed = str(self.values["allowed"]).split(", ")
        return next(iter(difflib.get_close_matches(self.guess, allowed, n=1)), None)


Findings = Iterator[Finding]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its place, what is wrong, what was expected, and what was probably meant."""

    file: str
    line: int
    key: str
    message: str
    expected: str
    column: int = 1
    hint: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MarkedFault:
    """A fault with the line it stands on and a mark beneath the spot."""

    fault: Fault
    source: str
    mark: str


class FaultyFile(ValueError):  # noqa: N818 - it is read as "a faulty file"
    """All that is wrong with one file, in the order of its lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
        super().__init__("\n".join(_one_line(fault) for fault in self.faults))


class RegulationFaults(FaultyFile):
    """All that is wrong with one regulation file."""


def told(finding: Finding, file: str, places: Mapping[KeyPath, Position], key: str) -> Fault:
    """A finding as a fault of this file: with its place and its sentences."""
    place = nearest(places, finding.path)
    message, expected = words(finding.kind, finding.values)
    return Fault(
        file=file,
        line=place.line,
        column=place.column,
        key=key,
        message=message,
        expected=expected,
        hint=hint(finding.meant) if finding.meant else None,
        kind=finding.kind,
    )


def unread(file: str, kind: str, **values: object) -> Fault:
    """A file of which no text could be had."""
    message, expected = words(kind, values)
    return Fault(file, 1, "", message, expected, kind=kind)


def syntax_fault(text: str, file: str, error: str) -> Fault:
    """What the reader of TOML has against a text."""
    place = _SYNTAX_PLACE.search(error)
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
    message, expected = words("syntax", {"detail": syntax_detail(error)})
    return Fault(file, line, "", message, expected, column, kind="syntax")


def marked(fault: Fault, lines: Sequence[str]) -> MarkedFault:
    """A fault beside its line in the file, of which these are the lines."""
    source = lines[fault.line - 1] if fault.line <= len(lines) else ""
    token = _TOKEN.match(source, fault.column - 1)
    length = len(token.group()) if token else 1
    return MarkedFault(fault, source.rstrip(), " " * (fault.column - 1) + "^" * length)


def words(kind: str, values: Mapping[str, object]) -> tuple[str, str]:
    """The message and the expectation of a kind of fault, filled with `values`."""
    sentences = _sentences()[kind]
    return (
        sentences["message"].format_map(values),
        sentences["expected"].format_map(values),
    )


def hint(guess: str) -> str:
    """The did-you-mean for a guessed word."""
    return _sentences()["hint"]["message"].format(guess=guess)


def syntax_detail(error: str) -> str:
    """What the reader of TOML says, in our words where we have them."""
    details = _sentences()["syntax_details"]
    return next((ours for begin, ours in details.items() if error.startswith(begin)), error)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    text = (templates_dir() / "cli" / "faults.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _one_line(fault: Fault) -> str:
    key = f"{fault.key}: " if fault.key else ""
    return f"{fault.file}:{fault.line}: {key}{fault.message} ({fault.expected})"
