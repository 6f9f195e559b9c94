"""Whether all that a regulation file names has words: offices, kinds of content, grounds. No rule is judged here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from bot.regulations.cells import Office
from bot.regulations.faults import Finding, Findings
from bot.regulations.positions import KeyPath
from bot.regulations.rules.regulation import Ground
from bot.regulations.rules.terms import Matter
from bot.regulations.schema.document import Document
from bot.values.names import folded
from bot.words import common_words

KNOWN_OFFICES: tuple[str, ...] = get_args(Office)
"""Offices that have words without the file's own."""


def naming(document: Document) -> Findings:
    """Offices without words, words without an office, ids named twice, two things of a kind called alike."""
    yield from _offices(document)
    yield from _own_ids(document)
    for table in ("office", "matter", "ground"):
        seen: dict[str, str] = {}
        for where, id_, words in _called(document, table):
            first = seen.setdefault(words.casefold(), id_)
            if first != id_:
                yield Finding(where, "words_twice", {"words": words, "name": first})


def common(document: Document) -> Findings:
    """Own words that are the house's for something else: no fault, for the file is read all the same."""
    for table in ("office", "matter", "ground"):
        own = {id_ for _, id_, _ in _called(document, table)}
        for where, id_, words in _called(document, table):
            for name, called in common_words(table).items():
                if name not in own | {id_} and folded(words) in map(folded, called):
                    values = {"words": words, "name": name, "common": called[0]}
                    yield Finding(where, "words_common", values)


def unknown_ids(document: Document) -> Findings:
    """Every kind of content and ground in the file that is neither known everywhere nor named by the file itself."""
    known = (*Matter, *Ground, *document.own_matters, *document.own_grounds)
    for path, id_ in _ids(document, ()):
        if id_ not in [each for each in known if type(each) is type(id_)]:
            allowed = ", ".join(each for each in known if type(each) is type(id_))
            yield Finding(path, "unknown_id", {"found": id_.value, "allowed": allowed}, id_.value)


def _offices(document: Document) -> Findings:
    own = document.words.office
    for office in document.offices:
        if office not in KNOWN_OFFICES and office not in own:
            values = {"found": office, "allowed": ", ".join(KNOWN_OFFICES)}
            yield Finding(("offices", office), "office_without_words", values, office)
    for office in own:
        if office not in document.offices:
            values = {"name": office, "allowed": ", ".join(document.offices)}
            yield Finding(("words", "office", office), "office_unknown", values, office)


def _own_ids(document: Document) -> Findings:
    """An id of its own is new, and is named once."""
    for table, kind in (("matter", Matter), ("ground", Ground)):
        seen = set[str]()
        for at, each in enumerate(getattr(document, table)):
            where = (table, at, "id")
            if each.id in set(kind):
                yield Finding(where, "own_id_known", {"name": each.id, "table": table})
            elif each.id in seen:
                yield Finding(where, "own_id_twice", {"name": each.id})
            seen.add(each.id)


def _called(document: Document, table: str) -> Iterator[tuple[KeyPath, str, str]]:
    """Where the file says how something of a kind is called: of what, and how."""
    for id_, words in getattr(document.words, table).items():
        yield ("words", table, str(id_)), str(id_), words
    for at, each in enumerate(getattr(document, table, ())):
        yield (table, at, "words"), each.id, each.words


def _ids(part: object, path: KeyPath) -> Iterator[tuple[KeyPath, Matter | Ground]]:
    """Every kind of content and ground within a part, with its place."""
    match part:
        case Matter() | Ground():
            yield path, part
        case BaseModel():
            for name in type(part).model_fields:
                yield from _ids(getattr(part, name), (*path, name))
        case dict():
            for key, value in part.items():
                yield from _ids(key, (*path, str(key)))
                yield from _ids(value, (*path, str(key)))
        case list():
            for at, value in enumerate(part):
                yield from _ids(value, (*path, at))
