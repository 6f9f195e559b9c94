"""From pydantic's errors to findings of a regulation. No sentence is written here."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.regulations.checks import Finding
from bot.regulations.choices import dotted
from bot.regulations.positions import Path
from bot.regulations.schema import Document

_IDS = {"enum", "literal_error"}
_KINDS = {
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "too_short": "empty",
    "string_too_short": "empty",
    "string_type": "wrong_type",
    "int_type": "wrong_type",
    "bool_type": "wrong_type",
    "list_type": "wrong_type",
    "dict_type": "wrong_type",
    "model_type": "wrong_type",
}
"""Pydantic's kinds of error that are one kind of fault here; its other kinds are ours by name."""
_WANTED = {
    "greater_than_equal": "≥ {ge}",
    "less_than_equal": "≤ {le}",
    "string_type": '"…"',
    "int_type": "1, 2, 3 …",
    "bool_type": "true / false",
    "list_type": "[…, …]",
    "dict_type": "[table]",
    "model_type": "[table]",
}
_LONGEST_SHOWN = 40
"""Characters of a found value that are shown."""


def shape_findings(error: ValidationError) -> Iterator[Finding]:
    """Every error of a document's shape as a finding, in pydantic's order."""
    for each in error.errors(include_url=False):
        yield _finding(each)


def _finding(error: ErrorDetails) -> Finding:
    path, kind, found = _place(error["loc"]), error["type"], error["input"]
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "missing":
        table = f"[{dotted(path[:-1])}]"
        return Finding(path[:-1], "missing_key", {"name": path[-1], "table": table})
    if kind in _IDS:
        allowed = _ids(context.get("expected", ""))
        return Finding(path, "unknown_id", {"found": found, "allowed": allowed}, str(found))
    ours = _KINDS.get(kind, kind)
    wanted = _WANTED.get(kind, "").format(**context)
    return Finding(path, ours, {"found": _short(found), "wanted": wanted})


def _unknown_key(path: Path) -> Finding:
    name = str(path[-1])
    allowed = ", ".join(keys_at(path[:-1]))
    return Finding(path, "unknown_key", {"name": name, "allowed": allowed}, name)


def _place(loc: tuple[str | int, ...]) -> Path:
    """Where a person finds it: the key itself for an error of a key."""
    return tuple(
        str(part.value) if isinstance(part, Enum) else part for part in loc if part != "[key]"
    )


def _ids(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")


def _short(found: object) -> str:
    text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def keys_at(path: Path) -> tuple[str, ...]:
    """The keys that the table at `path` may hold."""
    here: Any = Document
    for part in path:
        here = _inside(here, part)
    return tuple(name for model in _models(here) for name in model.model_fields)


def _inside(here: Any, part: str | int) -> Any:
    for model in _models(here):
        if part in model.model_fields:
            return model.model_fields[str(part)].annotation
    for each in _members(here):
        if typing.get_origin(each) in {dict, list}:
            return typing.get_args(each)[-1]
    return None


def _models(annotation: Any) -> list[type[BaseModel]]:
    return [
        each
        for each in _members(annotation)
        if isinstance(each, type) and issubclass(each, BaseModel)
    ]


def _members(annotation: Any) -> list[Any]:
    if typing.get_origin(annotation) is typing.Annotated:
        return _members(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return [found for each in typing.get_args(annotation) for found in _members(each)]
    return [annotation]
