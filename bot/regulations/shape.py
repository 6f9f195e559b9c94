"""What pydantic has against the shape of a file, as findings with words of ours."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.regulations.choices import dotted
from bot.regulations.faults import Finding, Findings
from bot.regulations.positions import KeyPath

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
    "tuple_type": "wrong_type",
    "mapping_type": "wrong_type",
    "int_parsing": "wrong_type",
    "bool_parsing": "wrong_type",
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
    "tuple_type": "[…, …]",
    "mapping_type": "[table]",
    "int_parsing": "1, 2, 3 …",
    "bool_parsing": "true / false",
}
_MOMENTS = ("datetime", "date", "timezone")
"""Beginnings of pydantic's kinds for what is no day, or no moment with its zone."""
_OUTSIDE = {
    **dict.fromkeys(("weight", "weights", "votes_each", "shares", "capital"), "outside_weights"),
    **dict.fromkeys(("proxy", "proxies", "proxy_votes", "votes_for_others"), "outside_proxies"),
    "recusal": "outside_recusal",
    **dict.fromkeys(("joint", "jointly", "jointly_with", "decides_with"), "outside_joint"),
}
"""Keys by which people try to write what no rule book can say (regulations/README.md), and how each is answered."""
_LONGEST_SHOWN = 40
"""Characters of a found value that are shown."""


def shape_findings(error: ValidationError, root: type[BaseModel]) -> Findings:
    """Every error of the shape of a `root` as a finding, in pydantic's order."""
    for each in error.errors(include_url=False):
        yield _finding(each, root)


def without_consequences(found: list[Finding]) -> list[Finding]:
    """The findings without keys that are missing only because they were misspelt."""
    meant = {(f.path[:-1], f.meant) for f in found if f.kind == "unknown_key"}
    return [f for f in found if (f.path, f.values.get("name")) not in meant]


def _finding(error: ErrorDetails, root: type[BaseModel]) -> Finding:
    path, kind, found = _place(error["loc"]), error["type"], error["input"]
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(path, root)
    if kind == "missing" and not path[:-1]:
        return Finding((), "missing_on_top", {"name": path[-1]})
    if kind == "missing":
        table = f"[{dotted(path[:-1])}]"
        return Finding(path[:-1], "missing_key", {"name": path[-1], "table": table})
    if kind in _IDS:
        if path[-1] == "of" and (why := _OUTSIDE.get(str(found))) is not None:
            return Finding(path, why, {"name": found})
        allowed = _ids(context.get("expected", ""))
        return Finding(path, "unknown_id", {"found": found, "allowed": allowed}, str(found))
    ours = "moment_form" if kind.startswith(_MOMENTS) else _KINDS.get(kind, kind)
    wanted = _WANTED.get(kind, "").format(**context)
    return Finding(path, ours, {"found": _short(found), "wanted": wanted})


def _unknown_key(path: KeyPath, root: type[BaseModel]) -> Finding:
    name = str(path[-1])
    if (why := _OUTSIDE.get(name)) is not None:
        return Finding(path, why, {"name": name})
    allowed = ", ".join(keys_at(path[:-1], root))
    return Finding(path, "unknown_key", {"name": name, "allowed": allowed}, name)


def _place(loc: tuple[str | int, ...]) -> KeyPath:
    """Where a person finds it: the key itself for an error of a key."""
    return tuple(
        str(part.value) if isinstance(part, Enum) else part for part in loc if part != "[key]"
    )


def _ids(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")


def _short(found: object) -> str:
    text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def keys_at(path: KeyPath, root: type[BaseModel]) -> tuple[str, ...]:
    """The keys that the table at `path` of a `root` may hold."""
    here: Any = root
    for part in path:
        here = _inside(here, part)
    return tuple(
        info.alias or name for model in _models(here) for name, info in model.model_fields.items()
    )


@dataclass(frozen=True, slots=True)
class Open:
    """What a cell may hold: a number within bounds, or any of some ids; one of them, or a list."""

    bounds: tuple[int, int] | None
    ids: tuple[str, ...]
    several: bool


def open_to(path: KeyPath, root: type[BaseModel]) -> Open | None:
    """What the cell at `path` of a `root` may hold; None where its shape does not say it."""
    here: Any = root
    for part in path:
        here = _inside(here, part)
    cells = [each for each in _models(here) if "value" in each.model_fields]
    if not cells:
        return None
    field = cells[0].model_fields["value"]
    several = typing.get_origin(field.annotation) is list
    item = TypeAdapter(typing.get_args(field.annotation)[0] if several else cells[0])
    schema = item.json_schema() if several else item.json_schema()["properties"]["value"]
    return _open(schema | schema.get("$defs", {}).get(_named(schema), {}), several=several)


def _named(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _open(schema: Mapping[str, Any], *, several: bool) -> Open:
    bounds = (schema["minimum"], schema["maximum"]) if "minimum" in schema else None
    return Open(bounds, tuple(schema.get("enum", ())), several)


def _inside(here: Any, part: str | int) -> Any:
    for model in _models(here):
        if part in model.model_fields:
            return model.model_fields[str(part)].annotation
    for each in _members(here):
        inside = typing.get_args(each)
        if typing.get_origin(each) in {dict, Mapping}:
            return inside[-1]
        if typing.get_origin(each) in {list, tuple}:
            return inside[0]
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
