"""Nested JSON of a call, read field by field as the Bot API reads it, or refused with its words.

What a field means may not live here.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from simulator.json_types import Json
from simulator.refusals import RefusedError, bad_request

_DEEPEST = 100
_BRACKET_OR_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_INT32 = range(-(2**31), 2**31)
NOT_UTF8 = "strings must be encoded in UTF-8"


def read_json(text: str) -> Any:
    """What a JSON text says. ValueError when it is none, nests deeper than 100, or counts beyond all measure.

    Refused when a string in it cannot be written in UTF-8, as half a character cannot.
    """
    if text.count("[") + text.count("{") > _DEEPEST and _depth(text) > _DEEPEST:
        raise ValueError("too deep")
    value = json.loads(text, parse_constant=_no_number)
    if "\\u" in text:
        utf8(json.dumps(value, ensure_ascii=False))
    return value


def utf8(words: str) -> str:
    """The words themselves; refused when they cannot be written in UTF-8."""
    try:
        words.encode()
    except UnicodeEncodeError:
        raise bad_request(NOT_UTF8) from None
    return words


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _depth(text: str) -> int:
    """How deep lists and objects nest in it; what stands within strings is left out."""
    deepest = depth = 0
    for sign in map(re.Match.group, _BRACKET_OR_STRING.finditer(text)):
        depth += (sign in ("[", "{")) - (sign in ("]", "}"))
        deepest = max(deepest, depth)
    return deepest


class Fields:
    """One object of a call. `before` opens each refusal, as "can't parse BotCommand: "."""

    def __init__(self, value: object, before: str, no_object: str = "expected an Object") -> None:
        if not isinstance(value, dict):
            raise bad_request(before + no_object)
        self._values: Json = value
        self._before = before

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str, default: str | None = None) -> str:
        """A string, or a number as it is written; refused when missing, unless there is a default."""
        if name not in self._values and default is not None:
            return default
        value = self._there(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.refusal(f'Field "{name}" must be of type String')
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number of 32 bits, or its digits as a string; refused when missing, unless there is a default."""
        if name not in self._values and default is not None:
            return default
        return self._whole(name, 'Field "{}" must be of type Number', _INT32)

    def account(self, name: str) -> int:
        """A whole number of any length: the id of a person."""
        return self._whole(name, 'Field "{}" must be a Number', None)

    def flag(self, name: str) -> bool:
        """A yes or no; left out, no."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise self.refusal(f'Field "{name}" must be of type Boolean')
        return value

    def fields(self, name: str) -> Fields:
        """An object within; refused when missing."""
        value = self._there(name)
        if not isinstance(value, dict):
            raise self.refusal(f'Field "{name}" must be of type Object')
        return Fields(value, self._before)

    def refusal(self, words: str) -> RefusedError:
        """400 with these words after those that name the object."""
        return bad_request(self._before + words)

    def _there(self, name: str) -> object:
        if name not in self._values:
            raise self.refusal(f'Can\'t find field "{name}"')
        return self._values[name]

    def _whole(self, name: str, wrong: str, within: range | None) -> int:
        value = self._there(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.refusal(wrong.format(name))
        try:
            number = int(value) if isinstance(value, str | int) else int(str(value))
        except ValueError:
            raise self.refusal(f'Can\'t parse "{value}" as an integer') from None
        if within is not None and number not in within:
            raise self.refusal(f'Can\'t parse "{value}" as an integer')
        return number
