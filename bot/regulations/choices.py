"""The named assumptions and blanks of a file, and values chosen for them. Meaning lies elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.regulations.positions import KeyPath
from bot.regulations.rules.regulation import Setting

_BOUNDS = {"at_least": ">=", "more_than": ">"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A named cell of a file: where it stands, and its table."""

    name: str
    path: KeyPath
    table: dict[str, Any]

    @property
    def key(self) -> str:
        """Its place in the file, dotted."""
        return dotted(self.path)


def dotted(path: KeyPath) -> str:
    """A path as a person writes it."""
    return ".".join(str(part) for part in path)


def choices(tree: Mapping[str, Any], path: KeyPath = ()) -> Iterator[Choice]:
    """Every named cell of a file, in its order."""
    for key, value in tree.items():
        yield from _choices_in(value, (*path, key))


def _choices_in(value: Any, path: KeyPath) -> Iterator[Choice]:
    if isinstance(value, dict):
        if isinstance(value.get("setting"), str):
            yield Choice(value["setting"], path, value)
        yield from choices(value, path)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _choices_in(each, (*path, at))


def choose(choice: Choice, value: object) -> None:
    """Put another value into the cell; a share may be given as ">= 2/3", "> 1/2" or "2/3"."""
    if not _BOUNDS.keys() & choice.table.keys():
        choice.table["value"] = value
        return
    for bound in _BOUNDS:
        choice.table.pop(bound, None)
    if isinstance(value, Mapping):
        choice.table.update(value)
    else:
        choice.table.update(_share(value))


def setting(choice: Choice) -> Setting:
    """The cell as the secretary confirms it at set-up."""
    table = choice.table
    return Setting(
        name=choice.name,
        key=choice.key,
        value=_value(table),
        note=table["note"],
        article=table.get("article"),
        blank=table.get("blank", False),
    )


def _value(table: Mapping[str, Any]) -> object:
    for bound, sign in _BOUNDS.items():
        if bound in table:
            return f"{sign} {table[bound]}"
    return table.get("value", True)


def _share(value: object) -> dict[str, object]:
    if not isinstance(value, str):
        return {"at_least": value}
    text = value.strip()
    for sign, bound in ((">=", "at_least"), ("≥", "at_least"), (">", "more_than")):
        if text.startswith(sign):
            return {bound: text.removeprefix(sign).strip()}
    return {"at_least": text}
