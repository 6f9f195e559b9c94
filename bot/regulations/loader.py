"""From the text of a regulation to the regulation, or to all its faults at once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.regulations.building.duties import duty
from bot.regulations.building.meetings import meeting_rules, working_session
from bot.regulations.building.vocabulary import vocabulary
from bot.regulations.building.written import reserve, sent_on_to, written_rules
from bot.regulations.checks import findings
from bot.regulations.choices import Choice, choices, choose, dotted, setting
from bot.regulations.faults import Fault, Finding, RegulationFaults, placed, source_of, syntax_fault
from bot.regulations.naming import common
from bot.regulations.never import never_applied
from bot.regulations.positions import KeyPath, nearest, positions
from bot.regulations.rules.regulation import Body, Regulation, Setting
from bot.regulations.rules.terms import Matter, Profile
from bot.regulations.schema.common import Common
from bot.regulations.schema.document import FORMAT, BodyPart, Document
from bot.regulations.shape import shape_findings, without_consequences
from bot.values.files import sha256_of

_SEVERAL = ("body", "duty", "working_session")
"""Tables of which there are several, so that the rest can be judged without one of them."""


class Reading:
    """What was read of a file, and what was found wrong with it."""

    def __init__(self, file: str, text: str, tree: dict[str, Any]) -> None:
        self.file = file
        self.tree = tree
        self.places = positions(text)
        self.found: list[Finding] = []
        self.chosen: dict[KeyPath, str] = {}
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
        if unread := _unread_format(self.tree):
            self.found = [unread]
            return
        if "format" not in self.tree:
            _drop_moved(self.tree)
        bodies = self.tree.get("body")
        names = tuple(bodies) if isinstance(bodies, dict) else ()
        try:
            self.document = Document.model_validate(self.tree)
        except ValidationError as error:
            told = [_where_it_stands(each, self.tree) for each in shape_findings(error, Document)]
            shape = without_consequences(told)
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

    def remarks(self) -> Iterator[Fault]:
        """What can never apply, and words that mean something else already; they keep no file from being read."""
        if self.document:
            for finding in (*never_applied(self.document), *common(self.document)):
                yield self._fault(finding)

    def _fault(self, finding: Finding) -> Fault:
        return placed(finding, self.file, self.places, self._key(finding.path))

    def _key(self, path: KeyPath) -> str:
        """The key as it stands in the file, or the setting that was chosen; a bare value has no key of its own."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.chosen:
                return f"settings.{self.chosen[path[:length]]}"
        bare = path[-1:] == ("value",) and path not in self.places and path[:-1] in self.places
        return dotted(path[:-1] if bare else path)


def _where_it_stands(finding: Finding, tree: Any) -> Finding:
    """The finding at the key that a person wrote: a value that stands bare has no key `value` within."""
    *way, last = finding.path or ("",)
    here = tree
    for part in way:
        inside = here if isinstance(here, dict) else dict(enumerate(here))
        here = inside.get(part, {})
        if not isinstance(here, dict | list):
            return replace(finding, path=tuple(way)) if last == "value" else finding
    return finding


MOVED = (("meetings", "pass_on", "days"),)
"""Keys of bodies in editions before files named their format, of which nothing is read any more.

An assumption among them may have been chosen otherwise at a founding; the choice is taken, and counts for nothing.
"""


def _drop_moved(tree: Mapping[str, Any]) -> None:
    """Leave out what an old edition says and nothing reads, so that what was pinned under it stays readable."""
    bodies = tree.get("body")
    for body in bodies.values() if isinstance(bodies, dict) else ():
        for *way, last in MOVED:
            part = body
            for name in way:
                part = part.get(name) if isinstance(part, dict) else None
            if isinstance(part, dict):
                part.pop(last, None)


def _unread_format(tree: Mapping[str, Any]) -> Finding | None:
    """That a file was written for a later program, or for none there was: nothing else of it can be judged here."""
    written = tree.get("format", FORMAT)
    if type(written) is int and 0 < written <= FORMAT:
        return None
    newer = type(written) is int and written > FORMAT
    kind = "format_newer" if newer else "format_unknown"
    return Finding(("format",), kind, {"found": written, "newest": FORMAT})


def _sound(tree: dict[str, Any], shape: list[Finding]) -> Document | None:
    """What can still be checked for how it fits together, without faults that follow from others.

    Unknown keys are read as those that were meant, or left out; a broken body or duty is left out.
    """
    rest: Any = tree
    for finding in shape:
        if finding.kind == "unknown_key":
            rest = _mended(rest, finding.path, finding.meant)
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


def _mended(tree: Any, path: KeyPath, meant: str | None) -> Any:
    """A copy of `tree` whose key at `path` is renamed to the one that was meant, or left out."""
    key, rest = path[0], path[1:]
    if rest:
        if isinstance(tree, dict):
            return {name: _mended(v, rest, meant) if name == key else v for name, v in tree.items()}
        return [_mended(v, rest, meant) if at == key else v for at, v in enumerate(tree)]
    renamed = {meant: tree[key]} if meant is not None and meant not in tree else {}
    return {name: value for name, value in tree.items() if name != key} | renamed


def load(path: Path, settings: Mapping[str, object] | None = None) -> Regulation:
    """Read a regulation file; raises RegulationFaults with everything that is wrong with it."""
    return parse(source_of(path, RegulationFaults), str(path), settings)


def remarks(path: Path) -> tuple[Fault, ...]:
    """What a sound file says that can never apply, or in words that mean something else already."""
    text = source_of(path, RegulationFaults)
    reading = Reading(str(path), text, tomllib.loads(text))
    reading.check()
    return tuple(reading.remarks())


def parse(text: str, name: str, settings: Mapping[str, object] | None = None) -> Regulation:
    """Read a regulation from its text alone, with other values for its named assumptions.

    `name` is what faults call the file. Raises RegulationFaults with everything that is wrong,
    in the text and in `settings`. The same text and settings are read once.
    """
    return _parse(text, name, _settings_text(settings))


def digest(text: str, settings: Mapping[str, object] | None = None) -> str:
    """The SHA-256 of a text together with the settings it is read with."""
    return _digest(text, _settings_text(settings))


def _settings_text(settings: Mapping[str, object] | None) -> str:
    return json.dumps(dict(settings or {}), sort_keys=True, ensure_ascii=False, default=str)


def _digest(text: str, settings: str) -> str:
    return sha256_of(f"{text}\0{settings}".encode())


@lru_cache(maxsize=256)
def _parse(text: str, name: str, settings: str) -> Regulation:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegulationFaults([syntax_fault(text, name, str(error))]) from error
    reading = Reading(name, text, tree)
    reading.choose(json.loads(settings))
    reading.check()
    if reading.found or reading.document is None:
        raise RegulationFaults(list(reading.faults()))
    return _regulation(reading.document, reading, _digest(text, settings))


def _regulation(document: Document, reading: Reading, sha256: str) -> Regulation:
    common = document.common
    return Regulation(
        id=document.id,
        title=document.title,
        digest=sha256,
        bodies=tuple(_body(id_, part, document) for id_, part in document.body.items()),
        settings=tuple(reading.settings()),
        duties=tuple(duty(id_, part, common, document.body) for id_, part in document.duty.items()),
        working_sessions=tuple(
            working_session(id_, part, common) for id_, part in document.working_session.items()
        ),
        offices=dict(document.offices),
        vocabulary=vocabulary(document),
        belongs_to=document.belongs_to or "",
        model=document.model,
    )


def _body(id_: str, part: BodyPart, document: Document) -> Body:
    meetings, common = part.meetings, document.common
    article, sent_on = part.written.article, sent_on_to(id_, document.body)
    return Body(
        id=id_,
        name=part.name,
        of_agencies=part.of_agencies,
        heads=tuple(part.heads),
        head_article=part.head_article,
        written=written_rules(part.written, common, (*Matter, *document.own_matters), sent_on),
        meetings=meeting_rules(meetings, common, article, sent_on) if meetings else None,
        reserve=reserve(part.written, common),
        upward_words=part.upward_words,
        own_matters=document.own_matters,
        layout=document.layout or (Profile.STATE if part.of_agencies else Profile.PARTY),
        **_debt_days(common),
    )


def _debt_days(common: Common) -> dict[str, int]:
    """The working days of what a decision leaves owed, where the file says them."""
    cells = {
        "upward_report_days": common.upward_report_days,
        "second_round_days": common.second_round_days,
    }
    return {name: cell.value for name, cell in cells.items() if cell}
