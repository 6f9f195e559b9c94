"""The words of `dongthuan init`: questions, faults. They lie in templates/cli/init.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.people.roster_files import Remark
from bot.people.rules.founding import FoundingFault
from bot.places import templates_dir
from bot.rendering import Rendering, shared_rendering

_BOT = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,30}[A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class InitFault:
    """One thing wrong: the file, the kind, where in the file, the words it is told with."""

    file: str
    kind: str
    values: Mapping[str, object]
    row: int = 0
    column: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ToldFault:
    """A fault in words: where, what, what was expected."""

    where: str
    message: str
    expected: str


def told(fault: InitFault) -> ToldFault:
    """A fault in words."""
    words = _words()["fault"][fault.kind]
    values = {name: _shown(name, value) for name, value in fault.values.items()}
    return ToldFault(
        _where(fault), words["message"].format_map(values), words["expected"].format_map(values)
    )


def _where(fault: InitFault) -> str:
    """The place of a fault, as an editor opens it; in a workbook as people speak of it."""
    if fault.sheet:
        row = ask("sheet_row", row=fault.row) if fault.row else ""
        column = ask("sheet_column", column=fault.column) if fault.column else ""
        return f"{ask('sheet', file=fault.file, sheet=fault.sheet)}{row}{column}"
    place = ":".join(part for part in (fault.file, str(fault.row or "")) if part)
    return ": ".join(part for part in (place, fault.column) if part)


def of_founding(
    faults: Iterable[FoundingFault], file: str, say: Rendering, roster: str = ""
) -> tuple[InitFault, ...]:
    """What is wrong with a founding, as faults of where it was given: people in a roster of their own."""
    return tuple(
        InitFault(
            roster if roster and each.place.startswith("people") else file,
            each.kind,
            _values(each, say),
            row=each.row,
            column=_column(each.place),
        )
        for each in faults
    )


def _values(fault: FoundingFault, say: Rendering) -> Mapping[str, object]:
    heads = fault.values.get("heads")
    if not isinstance(heads, tuple):
        return fault.values
    return {**fault.values, "offices": [say.label(f"office.{head}") for head in heads]}


def ask(key: str, **values: object) -> str:
    """A question."""
    return str(_words()["ask"][key]).format_map(values)


def noticed(remark: Remark) -> str:
    """A remark on a roster in words."""
    return str(_words()["remark"][remark.kind]).format_map(remark.values)


def says_yes(answer: str) -> bool:
    """Whether an answer means yes."""
    return answer.strip().casefold() in _words()["yes"]["words"]


def _column(place: str) -> str:
    return str(_words()["place"].get(place, place))


def bot_name(named: str) -> str | None:
    """The name of a bot without "@"; None when Telegram would not give it."""
    found = _BOT.fullmatch(named)
    return found[1] if found else None


def _shown(name: str, value: object) -> object:
    """A value of a regulation in words; a list of words as words."""
    if name == "value":
        return shared_rendering().setting_value(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return value


@cache
def _words() -> Mapping[str, Any]:
    text = (templates_dir() / "cli" / "init.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
