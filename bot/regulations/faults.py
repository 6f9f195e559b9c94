"""What is wrong with a TOML file that people write, and where. The sentences lie in templates/cli."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.named_files import TooLargeError, text_of
from bot.regulations.positions import KeyPath, Position, nearest
from bot.values.language import Language
from bot.words import words_of

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


def unlisted(path: KeyPath, kind: str, name: str, allowed: Iterable[str]) -> Findings:
    """A name that is none of those allowed at its place."""
    names = tuple(allowed)
    if name not in names:
        yield Finding(path, kind, {"name": name, "allowed": ", ".join(names)}, name)


@dataclass(frozen=True, slots=True)
class Sentences:
    """A fault in words: what is wrong, what was expected, and what was probably meant."""

    message: str
    expected: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its place, its kind, what its words are filled with, and what was probably meant."""

    file: str
    line: int
    key: str
    kind: str
    values: Mapping[str, object]
    column: int = 1
    meant: str | None = None

    def told(self, language: Language) -> Sentences:
        """The fault in the words of a language."""
        message, expected = words(self.kind, self.values, language)
        guess = words("hint", {"guess": self.meant}, language)[0] if self.meant else None
        return Sentences(message, expected, guess)

    @property
    def message(self) -> str:
        """What is wrong, in Vietnamese."""
        return self.told(Language.VIETNAMESE).message


@dataclass(frozen=True, slots=True)
class MarkedFault:
    """A fault in words, with the line it stands on and a mark beneath the spot."""

    fault: Fault
    words: Sentences
    source: str
    mark: str


class FaultyFile(ValueError):  # noqa: N818 - it is read as "a faulty file"
    """All that is wrong with one file, in the order of its lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
        super().__init__("\n".join(_one_line(fault) for fault in self.faults))


class RegulationFaults(FaultyFile):
    """All that is wrong with one regulation file."""


def placed(finding: Finding, file: str, places: Mapping[KeyPath, Position], key: str) -> Fault:
    """A finding as a fault of this file, at its place."""
    place = nearest(places, finding.path)
    return Fault(
        file=file,
        line=place.line,
        column=place.column,
        key=key,
        kind=finding.kind,
        values=finding.values,
        meant=finding.meant,
    )


def source_of(path: Path, refused: type[FaultyFile]) -> str:
    """The text of a file; raises `refused` where none can be had of it, with the reason."""
    try:
        return text_of(path)
    except FileNotFoundError as error:
        raise refused([_unread(path, "no_file")]) from error
    except TooLargeError as error:
        raise refused([_unread(path, "too_large", limit=error.megabytes)]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise refused([_unread(path, "not_text", detail=error)]) from error


def _unread(path: Path, kind: str, **values: object) -> Fault:
    return Fault(str(path), 1, "", kind, values)


def syntax_fault(text: str, file: str, error: str) -> Fault:
    """What the reader of TOML has against a text."""
    place = _SYNTAX_PLACE.search(error)
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
    return Fault(file, line, "", "syntax", {"error": error}, column)


def marked(fault: Fault, lines: Sequence[str], language: Language) -> MarkedFault:
    """A fault in words beside its line in the file, of which these are the lines."""
    source = lines[fault.line - 1] if fault.line <= len(lines) else ""
    token = _TOKEN.match(source, fault.column - 1)
    length = len(token.group()) if token else 1
    mark = " " * (fault.column - 1) + "^" * length
    return MarkedFault(fault, fault.told(language), source.rstrip(), mark)


def words(kind: str, values: Mapping[str, object], language: Language) -> tuple[str, str]:
    """The message and the expectation of a kind of fault, filled with `values`.

    "init.no_head" is one of the faults that `dongthuan init` tells; a fault among the values tells itself.
    """
    if isinstance(inner := values.get("fault"), Fault):
        told = inner.told(language)
        return told.message, told.expected
    if "error" in values:
        values = {**values, "detail": syntax_detail(str(values["error"]), language)}
    subject, _, name = kind.rpartition(".")
    table = words_of(language, "init")["fault"] if subject else words_of(language, "faults")
    sentences = table[name]
    return (
        sentences["message"].format_map(values),
        sentences["expected"].format_map(values),
    )


def syntax_detail(error: str, language: Language) -> str:
    """What the reader of TOML says, in our words where we have them."""
    details = words_of(language, "faults")["syntax_details"]
    return next((ours for begin, ours in details.items() if error.startswith(begin)), error)


def _one_line(fault: Fault) -> str:
    key, told = f"{fault.key}: " if fault.key else "", fault.told(Language.VIETNAMESE)
    return f"{fault.file}:{fault.line}: {key}{told.message} ({told.expected})"
