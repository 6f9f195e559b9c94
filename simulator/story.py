"""A story as its TOML file tells it: who does what and when, what is expected. Nothing is played here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from unicodedata import normalize

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from bot.domain.consultation import Choice
from bot.domain.moments import in_viet_nam
from bot.domain.regulation import Ground, Matter

VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "launch": (
        frozenset({"matter", "ground", "subject"}),
        frozenset({"deadline", "submission_date", "files", "special_reason"}),
    ),
    "approve_launch": (frozenset(), frozenset()),
    "decline_launch": (frozenset(), frozenset({"reason"})),
    "acknowledge": (frozenset(), frozenset()),
    "open_text": (frozenset(), frozenset()),
    "reply": (frozenset({"choice"}), frozenset({"words", "reserved"})),
    "ask_more_time": (frozenset({"until"}), frozenset()),
    "extend": (frozenset({"deadline"}), frozenset({"reason"})),
    "strike": (frozenset({"of"}), frozenset({"reason"})),
    "withdraw": (frozenset(), frozenset({"reason"})),
    "close_by_hand": (frozenset(), frozenset({"reason"})),
    "record_delivery": (frozenset({"of"}), frozenset()),
    "record_reply": (frozenset({"of", "choice"}), frozenset({"words"})),
    "remind": (frozenset(), frozenset()),
    "block_bot": (frozenset(), frozenset()),
    "unblock_bot": (frozenset(), frozenset()),
    "join": (frozenset(), frozenset()),
    "bot_stops": (frozenset(), frozenset()),
    "bot_starts": (frozenset(), frozenset()),
    "telegram_fails": (frozenset(), frozenset({"with"})),
    "telegram_recovers": (frozenset(), frozenset()),
}
"""Each verb with the keys it needs and the keys it may have."""

NOBODY = frozenset({"bot_stops", "bot_starts", "telegram_fails", "telegram_recovers"})
"""Verbs without `who`."""


class StoryError(Exception):
    """A story that cannot be played: where and why."""


def _day(given: object) -> object:
    """A moment given for a day is that day in Viet Nam."""
    if isinstance(given, datetime):
        return in_viet_nam(given).date() if given.tzinfo else given.date()
    return given


class Strict(BaseModel):
    """A table in which an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Actor(Strict):
    """Somebody in the story."""

    name: str
    office: str = ""
    full_time: bool = True
    joined: bool = True


class Step(Strict):
    """What somebody does at a moment."""

    at: AwareDatetime
    does: str
    who: str | None = None
    id: str | None = None
    matter: Matter = Matter.GENERAL
    ground: Ground | None = None
    subject: str = ""
    deadline: AwareDatetime | None = None
    submission_date: Annotated[date | None, BeforeValidator(_day)] = None
    special_reason: str = ""
    files: tuple[str, ...] = ()
    choice: Choice | None = None
    words: str = ""
    reserved: bool = False
    until: AwareDatetime | date | None = None
    of: str | None = None
    reason: str = ""
    with_: Annotated[Literal[429, 500, "timeout"], Field(alias="with")] = 500
    refused: bool | str = False

    @model_validator(mode="after")
    def verb_fits(self) -> Step:
        """The verb is known, has what it needs and nothing else."""
        if self.does not in VERBS:
            raise ValueError(f"does = {self.does!r} is none of: {', '.join(VERBS)}")
        needed, allowed = VERBS[self.does]
        given = {"with" if key == "with_" else key for key in self.model_fields_set}
        given -= {"at", "does", "who", "id", "refused"}
        if missing := needed - given:
            raise ValueError(f"{self.does} needs {', '.join(sorted(missing))}")
        if extra := given - needed - allowed:
            raise ValueError(f"{self.does} does not take {', '.join(sorted(extra))}")
        if (self.who is None) != (self.does in NOBODY):
            raise ValueError(f"{self.does} {'needs' if self.who is None else 'has no'} who")
        return self


class Expectation(Strict):
    """What is expected of one matter; keys left out are not checked."""

    outcome: str | None = None
    closed_at: AwareDatetime | None = None
    counts: Mapping[str, int] = Field(default_factory=dict)
    required: int | None = None
    roll: int | None = None
    articles: tuple[str, ...] = ()
    next: str | None = None
    positions: Mapping[str, str] = Field(default_factory=dict)
    heard: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    not_heard: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class Story(Strict):
    """The whole story; `expect` is that of the latest matter, `expects` those of named ones."""

    title: str
    regulation: str
    body: str
    start: AwareDatetime
    end: AwareDatetime
    member: tuple[Actor, ...]
    clerk: tuple[Actor, ...] = ()
    officer: tuple[Actor, ...] = ()
    settings: Mapping[str, Any] = Field(default_factory=dict)
    step: tuple[Step, ...] = ()
    expect: Expectation = Expectation()
    expects: Mapping[str, Expectation] = Field(default_factory=dict)

    @model_validator(mode="after")
    def people_are_known(self) -> Story:
        """Every name in a step or an expectation is somebody of the story, and time runs forward."""
        names = [actor.name for actor in (*self.member, *self.clerk, *self.officer)]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"named twice: {', '.join(sorted(twice))}")
        launched = {step.id for step in self.step if step.does == "launch"}
        for number, step in enumerate(self.step, 1):
            for key in ("who", "of"):
                name = getattr(step, key)
                if name is not None and name not in names:
                    raise ValueError(f"step {number}: {key} = {name!r} is nobody in this story")
            if not self.start <= step.at <= self.end:
                raise ValueError(f"step {number}: at = {step.at.isoformat()} is outside the story")
            if step.does != "launch" and step.id is not None and step.id not in launched:
                raise ValueError(f"step {number}: id = {step.id!r} is the id of no launch")
        for expected in (self.expect, *self.expects.values()):
            for name in (*expected.positions, *expected.heard, *expected.not_heard):
                if name not in names:
                    raise ValueError(f"expect: {name!r} is nobody in this story")
        return self

    @property
    def steps(self) -> list[Step]:
        """The steps in the order of their times, equal times in file order."""
        return sorted(self.step, key=lambda step: step.at)


def read(path: Path) -> Story:
    """The story in a file; StoryError says where it is wrong and why."""
    try:
        told = tomllib.loads(normalize("NFC", path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise StoryError(f"{path}: {fault}") from fault
    try:
        return Story.model_validate(_with_named_expectations(told))
    except ValidationError as fault:
        lines = [f"{path}: {_where(error['loc'])}: {error['msg']}" for error in fault.errors()]
        raise StoryError("\n".join(lines)) from fault


def _with_named_expectations(told: dict[str, Any]) -> dict[str, Any]:
    """[expect.c1] stands under `expect` in the file; here apart from the keys of the latest matter."""
    expect = told.get("expect", {})
    if not isinstance(expect, dict):
        return told
    plain = {k: v for k, v in expect.items() if k in Expectation.model_fields}
    named = {k: v for k, v in expect.items() if k not in Expectation.model_fields}
    ids = {step.get("id") for step in told.get("step", []) if isinstance(step, dict)}
    for key in named:
        if key not in ids:
            raise StoryError(
                f"expect.{key}: neither something that can be expected nor the id of a step"
            )
    return {**told, "expect": plain, "expects": named}


def _where(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place) or "story"


def local(moment: datetime | date) -> str:
    """A moment as a person types it."""
    if not isinstance(moment, datetime):
        return f"{moment.day:02d}/{moment.month:02d}/{moment.year}"
    here = in_viet_nam(moment)
    if here.second or here.microsecond:
        return here.isoformat(timespec="seconds")
    return f"{here.hour} giờ {here.minute:02d} ngày {local(here.date())}"
