"""Who is in a story, what two of one name are called, which bodies it has. No step and no rule book is known here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

PEOPLE = ("member", "clerk", "officer", "guest", "unit")
"""The tables of people."""


class Strict(BaseModel):
    """A table in which an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Actor(Strict):
    """Somebody in the story, by the name that steps use (see `called_apart`)."""

    name: str
    office: str = ""
    offices: Mapping[str, str] = Field(default_factory=dict)
    """The office in each body where it is another than `office`."""
    full_time: bool = True
    part_time_vice_president: bool = False
    unit: str = ""
    joined: bool = True


class BodyTable(Strict):
    """A body of a committee with several; without `members` everybody on the roll sits in it."""

    id: str
    members: tuple[str, ...] | None = None


class Beside(Strict):
    """Another committee of the same bot, by its name: one body of a rule book, and who sits in it.

    Somebody of a name that is in the story sits in both, with one phone.
    """

    name: str
    body: str
    regulation: str = ""
    """That of the story where it is left out."""
    member: tuple[Actor, ...]
    clerk: tuple[Actor, ...] = ()
    settings: Mapping[str, Any] = Field(default_factory=dict)


def called_apart(told: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a story, those of one name called with their units: "Nguyễn Văn An (Sở Y tế)"."""
    several = [each for key in PEOPLE for each in tables_of(told, key)]
    counts = Counter(each.get("name") for each in several if isinstance(each.get("name"), str))

    def called(each: Mapping[str, Any]) -> Mapping[str, Any]:
        name, unit = each.get("name"), each.get("unit")
        return {**each, "name": f"{name} ({unit})"} if unit and counts[name] > 1 else each

    apart = {
        key: [called(each) for each in tables_of(told, key)] for key in PEOPLE if told.get(key)
    }
    return {**told, **{key: tables for key, tables in apart.items() if tables}}


def tables_of(told: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The tables under a key; none where the file has something else there, which is told as its own fault."""
    found = told.get(key)
    whole = isinstance(found, list) and all(isinstance(each, dict) for each in found)
    return list(found) if whole and found else []
