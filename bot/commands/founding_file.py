"""A committee described in one TOML file, as what it is founded from, or everything wrong with the file."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bot.commands.init_words import InitFault
from bot.kit.assumptions import assumption
from bot.named_files import TooLargeError, text_of
from bot.people.roster_files import Read, Remark, Roster, read_lines, read_roster
from bot.people.roster_words import title
from bot.people.rules.founding import Founding
from bot.places import models_dir, regulations_dir, templates_dir
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Terminal


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be founded, and under which bot."""

    founding: Founding
    bot: str | None = None
    roster: Source | None = None
    copied: bool = False
    """Whether the rule book is the committee's own copy of a model, to be handed out as a file."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the people stand, and what was noticed while they were read."""

    file: str
    sheet: str = ""
    remarks: tuple[Remark, ...] = ()


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class _Person(_Part):
    name: str
    role: str = ""
    body: str | list[str] = ""
    office: str | list[str] = ""
    full_time: bool = True
    unit: str = ""
    post: str = ""
    code: str = ""


class _Committee(_Part):
    name: str
    regulation: str
    bot: str | None = None
    roster: str | None = None
    person: list[_Person] = Field(default_factory=list)
    settings: dict[str, Any] = Field(default_factory=dict)
    confirmed: list[str] = Field(default_factory=list)
    papers: dict[str, dict[str, Any]] = Field(default_factory=dict)


def read_plan(path: Path) -> Plan | tuple[InitFault, ...]:
    """The plan in a file; paths in it are meant from the folder it lies in."""
    read = _read(path)
    if not isinstance(read, _Committee):
        return read
    file = regulation_file(read.regulation, path.parent)
    try:
        regulation = load(file)
    except RegulationFaults as wrong:
        return regulation_faults(wrong)
    if regulation.model:
        values = {"name": regulation.id}
        return (InitFault(str(path), "regulation_is_model", values, column="regulation"),)
    roster, source = _people(read, path, regulation)
    if not isinstance(roster, Roster):
        return roster
    founding = Founding(
        name=read.name,
        regulation_name=file.name,
        regulation_text=text_of(file),
        people=roster.people,
        settings=read.settings,
        confirmed=frozenset(read.confirmed),
        papers={body: dict(_flat(values)) for body, values in read.papers.items()},
    )
    return Plan(founding, read.bot, source)


def _flat(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Settings of papers by one name: `conclusion` under `symbol` is "symbol.conclusion"."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{paper}", each) for paper, each in value.items())
        else:
            yield name, value


def regulation_file(named: str, folder: Path) -> Path:
    """One of the regulations or models that ship with the program by its id, else a path."""
    if named.isidentifier():
        for shipped in (regulations_dir(), models_dir()):
            if (shipped / f"{named}.toml").is_file():
                return shipped / f"{named}.toml"
    return folder / named


def regulation_faults(wrong: RegulationFaults) -> tuple[InitFault, ...]:
    """The faults of a regulation file, in its own words."""
    return tuple(
        InitFault(
            each.file,
            "regulation",
            {"fault": each},
            row=each.line,
            column=each.key,
        )
        for each in wrong.faults
    )


def roster_from(file: str, read: Read) -> tuple[Roster | tuple[InitFault, ...], Source]:
    """A roster with where it stands, or its faults, with its columns as people call them."""
    if isinstance(read, Roster):
        return read, Source(file, read.sheet, read.remarks)
    faults = tuple(
        InitFault(
            file, each.kind, each.values, row=each.row, column=title(each.column), sheet=each.sheet
        )
        for each in read
    )
    return faults, Source(file)


def _people(
    read: _Committee, path: Path, regulation: Regulation
) -> tuple[Roster | tuple[InitFault, ...], Source]:
    if read.roster and read.person:
        return (InitFault(str(path), "two_rosters", {}, column="roster"),), Source(str(path))
    file = path.parent / read.roster if read.roster else path
    found = read_roster(file, regulation) if read.roster else _lines(read, regulation)
    return roster_from(str(file), found)


def _lines(read: _Committee, regulation: Regulation) -> Read:
    lines = [
        (
            each.name,
            each.role,
            _cell(each.body),
            _cell(each.office),
            "yes" if each.full_time else "no",
            "",
            each.unit,
            each.post,
            each.code,
        )
        for each in read.person
    ]
    return read_lines(lines, regulation)


def _cell(words: str | list[str]) -> str:
    return words if isinstance(words, str) else "; ".join(words)


def _read(path: Path) -> _Committee | tuple[InitFault, ...]:
    try:
        tree = tomllib.loads(text_of(path))
    except FileNotFoundError:
        return (InitFault(str(path), "no_file", {}),)
    except tomllib.TOMLDecodeError as error:
        return (InitFault(str(path), "toml", {"error": error}),)
    except TooLargeError as error:
        return (InitFault(str(path), "too_large", {"detail": error.megabytes}),)
    except (OSError, UnicodeDecodeError) as error:
        return (InitFault(str(path), "unreadable", {"detail": type(error).__name__}),)
    try:
        return _Committee.model_validate(tree)
    except ValidationError as error:
        return tuple(_faults(str(path), error.errors(include_input=False)))


def _faults(file: str, errors: list[ErrorDetails]) -> Iterator[InitFault]:
    """One fault for each key; the alternatives of a union are one."""
    seen = set()
    for error in errors:
        place = [part for part in error["loc"] if part not in {"str", "list[str]"}]
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
        if key in seen:
            continue
        seen.add(key)
        yield _fault(file, key, error["type"], in_person=len(place) > 1)


def _fault(file: str, key: str, kind: str, *, in_person: bool) -> InitFault:
    known = list((_Person if in_person else _Committee).model_fields)
    ours = {"missing": "key_missing", "extra_forbidden": "key_unknown"}.get(kind, "key_wrong")
    close = difflib.get_close_matches(key.rsplit(".", 1)[-1], known, n=1)
    values = {"allowed": ", ".join(known), "guess": close[0] if close else ""}
    return InitFault(file, ours, values, column=key)


PLAN, ROSTER = "tap_the.toml", "danh_sach.csv"
REGULATION = "quang_ngai"


def write_sample(say: Terminal, folder: Path) -> int:
    """Both files into a folder; 1 and nothing written when one of them is there already, or none can be written."""
    taken = [folder / name for name in (PLAN, ROSTER) if (folder / name).exists()]
    if taken:
        click.echo(say.terminal("init_sheet_fault", path=taken[0], exists=True), err=True)
        return 1
    regulation = load(regulations_dir() / f"{REGULATION}.toml")
    settings = [assumption(say, each) for each in regulation.settings]
    plan = say.terminal("sample_plan", regulation=regulation, settings=settings, roster=ROSTER)
    roster = (templates_dir() / "cli" / "sample_roster.csv").read_text(encoding="utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PLAN).write_text(plan + "\n", encoding="utf-8")
        # Its mark tells Excel the encoding.
        (folder / ROSTER).write_text(roster, encoding="utf-8-sig")
    except OSError:
        click.echo(say.terminal("init_sheet_fault", path=folder, exists=False), err=True)
        return 1
    click.echo(say.terminal("init_sample", plan=folder / PLAN, roster=folder / ROSTER))
    return 0
