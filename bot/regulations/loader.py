"""From the text of a regulation to the regulation, or to all its faults at once."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.domain.regulation import Body, Regulation
from bot.regulations.faults import Fault, RegulationFaults, syntax_detail, words
from bot.regulations.gathering import duty, meeting_rules, working_session
from bot.regulations.reading import Reading
from bot.regulations.schema import BodyPart, Common, Document
from bot.regulations.writing import written_rules

_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


def load(path: Path, settings: Mapping[str, object] | None = None) -> Regulation:
    """Read a regulation file; raises RegulationFaults with everything that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise RegulationFaults([_unread(str(path), "no_file")]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RegulationFaults([_unread(str(path), "not_text", detail=error)]) from error
    return parse(text, str(path), settings)


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
    return hashlib.sha256(f"{text}\0{settings}".encode()).hexdigest()


@lru_cache(maxsize=256)
def _parse(text: str, name: str, settings: str) -> Regulation:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegulationFaults([_syntax_fault(text, name, str(error))]) from error
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
        bodies=tuple(_body(id_, part, common) for id_, part in document.body.items()),
        settings=tuple(reading.settings()),
        duties=tuple(duty(id_, part, common, document.body) for id_, part in document.duty.items()),
        working_sessions=tuple(
            working_session(id_, part, common) for id_, part in document.working_session.items()
        ),
        offices={str(office): article for office, article in document.offices.items()},
    )


def _body(id_: str, part: BodyPart, common: Common) -> Body:
    meetings = part.meetings
    return Body(
        id=id_,
        name=part.name,
        of_agencies=part.of_agencies,
        heads=tuple(part.heads),
        head_article=part.head_article,
        written=written_rules(part.written, common),
        meetings=meeting_rules(meetings, common, part.written.article) if meetings else None,
    )


def _unread(file: str, kind: str, **values: object) -> Fault:
    message, expected = words(kind, values)
    return Fault(file, 1, "", message, expected, kind=kind)


def _syntax_fault(text: str, file: str, error: str) -> Fault:
    place = _SYNTAX_PLACE.search(error)
    detail = syntax_detail(error)
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
    message, expected = words("syntax", {"detail": detail})
    return Fault(file, line, "", message, expected, column, kind="syntax")
