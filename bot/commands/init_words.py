"""The words of `dongthuan init`: questions, faults. They lie in templates/cli/<language>/init.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.people.roster_files import Remark
from bot.people.rules.founding import FoundingFault
from bot.regulations.faults import words
from bot.regulations.rules.vocabulary import Vocabulary
from bot.rendering import Terminal, shared_rendering
from bot.words import words_of

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


def told(say: Terminal, fault: InitFault) -> ToldFault:
    """A fault in words."""
    values = {name: _shown(say, name, value) for name, value in fault.values.items()}
    message, expected = words(f"init.{fault.kind}", values, say.language)
    return ToldFault(_where(say, fault), message, expected)


def _where(say: Terminal, fault: InitFault) -> str:
    """The place of a fault, as an editor opens it; in a workbook as people speak of it."""
    if fault.sheet:
        row = ask(say, "sheet_row", row=fault.row) if fault.row else ""
        column = ask(say, "sheet_column", column=fault.column) if fault.column else ""
        return f"{ask(say, 'sheet', file=fault.file, sheet=fault.sheet)}{row}{column}"
    place = ":".join(part for part in (fault.file, str(fault.row or "")) if part)
    return ": ".join(part for part in (place, fault.column) if part)


def of_founding(
    say: Terminal, faults: Iterable[FoundingFault], file: str, roster: str = ""
) -> tuple[InitFault, ...]:
    """What is wrong with a founding, as faults of where it was given: people in a roster of their own."""
    return tuple(
        InitFault(
            roster if roster and each.place.startswith("people") else file,
            each.kind,
            _values(each),
            row=each.row,
            column=_words(say)["place"].get(each.place, each.place),
        )
        for each in faults
    )


def _values(fault: FoundingFault) -> Mapping[str, object]:
    heads, vocabulary = fault.values.get("heads"), fault.values.get("vocabulary")
    if not isinstance(heads, tuple) or not isinstance(vocabulary, Vocabulary):
        return fault.values
    own = shared_rendering().under(vocabulary)
    return {
        **fault.values,
        "offices": [own.label(f"office.{head}") for head in heads],
    }


def ask(say: Terminal, key: str, **values: object) -> str:
    """A question of `init` in words; KeyError where the table has none of that name."""
    return str(_words(say)["ask"][key]).format_map(values)


def noticed(say: Terminal, remark: Remark) -> str:
    """A remark on a roster in words."""
    return str(_words(say)["remark"][remark.kind]).format_map(remark.values)


def says_yes(say: Terminal, answer: str) -> bool:
    """Whether an answer means yes."""
    return answer.strip().casefold() in _words(say)["yes"]["words"]


def bot_name(named: str) -> str | None:
    """The name of a bot without "@"; None when Telegram would not give it."""
    found = _BOT.fullmatch(named)
    return found[1] if found else None


def _shown(say: Terminal, name: str, value: object) -> object:
    """A value of a regulation in words; a list of words as words."""
    if name == "value":
        return say.setting_value(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return value


def _words(say: Terminal) -> Mapping[str, Any]:
    return words_of(say.language, "init")
