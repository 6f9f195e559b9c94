"""What is wrong with a regulation file, and where. The sentences lie in templates/cli/faults.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.places import templates_dir


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


class RegulationFaults(ValueError):  # noqa: N818 - it is read as "the faults of a regulation"
    """All that is wrong with one regulation file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
        super().__init__("\n".join(_one_line(fault) for fault in self.faults))


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
    return f"{fault.file}:{fault.line}: {fault.key}: {fault.message} ({fault.expected})"
