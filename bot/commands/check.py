"""What `dongthuan check` says of regulation files. The words lie in templates/cli/<language>/check.j2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.kit.assumptions import assumption
from bot.named_files import text_of
from bot.places import models_dir, regulations_dir
from bot.regulations.faults import Fault, Finding, MarkedFault, RegulationFaults, marked, placed
from bot.regulations.loader import load, remarks
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Terminal, shared_terminal
from bot.values.language import Language


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file with what it says and what of it can never apply, or with what is wrong with it."""

    name: str
    regulation: Regulation | None
    faults: tuple[MarkedFault, ...] = ()
    remarks: tuple[MarkedFault, ...] = ()


def check(language: Language, paths: Sequence[Path]) -> tuple[str, int]:
    """Check files, or rule books of the program by their ids; 1 if any has faults.

    A summary of each sound one, every fault of the others.
    """
    say, files = shared_terminal(language), [_checked(language, path) for path in paths]
    told = (_told(say, file) for file in files)
    return "\n\n".join(filter(None, told)), 1 if any(file.faults for file in files) else 0


def _told(say: Terminal, file: CheckedFile) -> str:
    """What a file says, in the words that it brings for its own offices and matters."""
    if file.regulation is None:
        return say.terminal("check", files=[file], settings={})
    own = say.under(file.regulation.vocabulary)
    settings = {file.name: [assumption(own, each) for each in file.regulation.settings]}
    return own.terminal("check", files=[file], settings=settings)


def _checked(language: Language, named: Path) -> CheckedFile:
    """A file, or one of the rule books of the program by its id."""
    path = found(named)
    lines = _lines(path)
    try:
        regulation = load(path)
    except RegulationFaults as wrong:
        faults = wrong.faults if path.exists() else (_no_rule_book(named),)
        told = tuple(marked(fault, lines, language) for fault in faults)
        return CheckedFile(str(named), None, faults=told)
    told = tuple(marked(remark, lines, language) for remark in remarks(path))
    return CheckedFile(str(named), regulation, remarks=told)


def _lines(path: Path) -> list[str]:
    try:
        return text_of(path, errors="replace").split("\n")
    except OSError:
        return []


def found(named: Path) -> Path:
    """A file, or the rule book or the model of the program that bears this id."""
    if named.exists() or named.name != str(named):
        return named
    ours = (folder / f"{named}.toml" for folder in (regulations_dir(), models_dir()))
    return next((file for file in ours if file.is_file()), named)


def _no_rule_book(named: Path) -> Fault:
    known = ", ".join(sorted(file.stem for file in regulations_dir().glob("*.toml")))
    finding = Finding((), "no_rule_book", {"allowed": known}, named.stem)
    return placed(finding, str(named), {}, "")
