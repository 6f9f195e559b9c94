"""What `dongthuan check` says of regulation files. The words lie in templates/cli/check.j2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.kit.assumptions import assumption
from bot.places import regulations_dir
from bot.regulations.faults import Fault, Finding, MarkedFault, RegulationFaults, marked, told
from bot.regulations.loader import load, remarks
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Rendering


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file with what it says and what of it can never apply, or with what is wrong with it."""

    name: str
    regulation: Regulation | None
    faults: tuple[MarkedFault, ...] = ()
    remarks: tuple[Fault, ...] = ()


def check(paths: Sequence[Path]) -> tuple[str, int]:
    """Check files, or rule books of the program by their ids; 1 if any has faults.

    A summary of each sound one, every fault of the others.
    """
    say, files = Rendering(), [_checked(path) for path in paths]
    settings = {
        file.name: [assumption(say, each) for each in file.regulation.settings]
        for file in files
        if file.regulation
    }
    text = say.terminal("check", files=files, settings=settings)
    return text, 1 if any(file.faults for file in files) else 0


def _checked(named: Path) -> CheckedFile:
    """A file, or one of the rule books of the program by its id."""
    path = _found(named)
    try:
        return CheckedFile(str(named), load(path), remarks=remarks(path))
    except RegulationFaults as wrong:
        faults = wrong.faults if path.exists() else (_no_rule_book(named),)
        lines = _lines(path)
        return CheckedFile(str(named), None, tuple(marked(fault, lines) for fault in faults))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []


def _found(named: Path) -> Path:
    ours = regulations_dir() / f"{named}.toml"
    return ours if not named.exists() and named.name == str(named) and ours.is_file() else named


def _no_rule_book(named: Path) -> Fault:
    known = ", ".join(sorted(file.stem for file in regulations_dir().glob("*.toml")))
    return told(Finding((), "no_rule_book", {"allowed": known}, named.stem), str(named), {}, "")
