"""One reading of a regulation file: chosen values go in, a checked document or all faults come out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from bot.domain.regulation import Setting
from bot.regulations.checks import Finding, findings
from bot.regulations.choices import Choice, choices, choose, dotted, setting
from bot.regulations.faults import Fault, hint, words
from bot.regulations.positions import Path, nearest, positions
from bot.regulations.schema import Document
from bot.regulations.shape import shape_findings

_SEVERAL = ("body", "duty", "working_session")
"""Tables of which there are several, so that the rest can be judged without one of them."""


class Reading:
    """What was read of a file, and what was found wrong with it."""

    def __init__(self, file: str, text: str, tree: dict[str, Any]) -> None:
        self.file = file
        self.tree = tree
        self.places = positions(text)
        self.found: list[Finding] = []
        self.chosen: dict[Path, str] = {}
        self.document: Document | None = None

    def choose(self, settings: Mapping[str, object]) -> None:
        """Put chosen values into their cells, by short name or by dotted place."""
        known: dict[str, Choice] = {}
        for choice in choices(self.tree):
            if choice.name in known:
                line = nearest(self.places, known[choice.name].path).line
                values = {"name": choice.name, "line": line}
                self.found.append(Finding((*choice.path, "setting"), "setting_twice", values))
            known.setdefault(choice.name, choice)
        by_key = {choice.key: choice for choice in known.values()}
        for name, value in settings.items():
            target = known.get(name) or by_key.get(name)
            if target is None:
                values = {"name": name, "allowed": ", ".join(known)}
                self.found.append(Finding(("settings", name), "setting_unknown", values, name))
            else:
                choose(target, value)
                self.chosen[target.path] = name

    def check(self) -> None:
        """Check the shape, then what the sound parts say of one another."""
        bodies = self.tree.get("body")
        names = tuple(bodies) if isinstance(bodies, dict) else ()
        try:
            self.document = Document.model_validate(self.tree)
        except ValidationError as error:
            shape = _without_consequences(list(shape_findings(error)))
            self.found.extend(shape)
            sound = _sound(self.tree, shape)
        else:
            sound = self.document
        if sound is not None:
            self.found.extend(findings(sound, names))

    def settings(self) -> Iterator[Setting]:
        """The named assumptions and blanks, as they were read."""
        return (setting(choice) for choice in choices(self.tree))

    def faults(self) -> Iterator[Fault]:
        """Everything that was found wrong, each with its place and its sentence."""
        for finding in self.found:
            yield self._fault(finding)

    def _fault(self, finding: Finding) -> Fault:
        place = nearest(self.places, finding.path)
        message, expected = words(finding.kind, finding.values)
        return Fault(
            file=self.file,
            line=place.line,
            column=place.column,
            key=self._key(finding.path),
            message=message,
            expected=expected,
            hint=_guess(finding),
            kind=finding.kind,
        )

    def _key(self, path: Path) -> str:
        for length in range(len(path), 0, -1):
            if path[:length] in self.chosen:
                return f"settings.{self.chosen[path[:length]]}"
        return dotted(path)


def _guess(finding: Finding) -> str | None:
    close = _closest(finding)
    return hint(close) if close else None


def _closest(finding: Finding) -> str | None:
    if finding.guess is None:
        return None
    allowed = str(finding.values["allowed"]).split(", ")
    return next(iter(difflib.get_close_matches(finding.guess, allowed, n=1)), None)


def _without_consequences(shape: list[Finding]) -> list[Finding]:
    """The findings without keys that are missing only because they were misspelt."""
    meant = {(f.path[:-1], _closest(f)) for f in shape if f.kind == "unknown_key"}
    return [f for f in shape if (f.path, f.values.get("name")) not in meant]


def _sound(tree: dict[str, Any], shape: list[Finding]) -> Document | None:
    """What can still be checked for how it fits together, without faults that follow from others.

    Unknown keys are read as those that were meant, or left out; a broken body or duty is left out.
    """
    rest: Any = tree
    for finding in shape:
        if finding.kind == "unknown_key":
            rest = _mended(rest, finding.path, _closest(finding))
    try:
        return Document.model_validate(rest)
    except ValidationError as remaining:
        broken = {each["loc"][:2] for each in remaining.errors(include_url=False)}
    for path in broken:
        if path[0] not in _SEVERAL:
            return None
        rest = _mended(rest, path, None)
    try:
        return Document.model_validate(rest)
    except ValidationError:
        return None


def _mended(tree: Any, path: Path, meant: str | None) -> Any:
    """A copy of `tree` whose key at `path` is renamed to the one that was meant, or left out."""
    key, rest = path[0], path[1:]
    if rest:
        if isinstance(tree, dict):
            return {name: _mended(v, rest, meant) if name == key else v for name, v in tree.items()}
        return [_mended(v, rest, meant) if at == key else v for at, v in enumerate(tree)]
    renamed = {meant: tree[key]} if meant is not None and meant not in tree else {}
    return {name: value for name, value in tree.items() if name != key} | renamed
