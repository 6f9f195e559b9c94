"""A layout of papers as data: every measure with its source, read from `templates/papers/*.profile.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.issuing.rules.letterhead import Paper
from bot.places import templates_dir

ENDING = ".profile.toml"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measure(_Part):
    """A measure, where it stands, and how sources differ about it."""

    value: float
    source: str
    differs: str = ""


class Words(_Part):
    """As a measure, in words."""

    value: str
    source: str
    differs: str = ""


class Lines(_Part):
    """As a measure, in lines of words."""

    value: tuple[str, ...]
    source: str
    differs: str = ""


class Switch(_Part):
    """As a measure, yes or no."""

    value: bool
    source: str
    differs: str = ""


class Page(_Part):
    """Margins in millimetres."""

    top: Measure
    bottom: Measure
    left: Measure
    right: Measure


class Text(_Part):
    """The body of a paper: sizes and spacing in points, the first line in millimetres."""

    font: Words
    size: Measure
    first_line: Measure
    spacing: Measure


class Head(_Part):
    """What stands above the title. `number` says how a number and a symbol are joined.

    `country_width` is what of the line the country's name has, in millimetres; the body's name has the rest.
    """

    country: Lines
    country_size: Measure
    country_width: Measure
    body_size: Measure
    below_body: Words
    number: Words
    date_size: Measure


class Title(_Part):
    """The name of the kind of paper, and what it is about."""

    size: Measure
    subject: Measure


class Foot(_Part):
    """Signatures and recipients."""

    sign_size: Measure
    post_bold: Switch
    recipients_head: Measure
    recipients: Measure


class Profile(_Part):
    """A layout; sizes are in points, lengths in millimetres."""

    kinds: dict[Paper, Words]
    """The abbreviation of each paper's type, with which its symbol begins; what is not here is no numbered type."""

    name: str
    """What it is called, for people."""
    texts: str
    """The texts that prescribe it."""
    page: Page
    text: Text
    head: Head
    title: Title
    foot: Foot

    def kind(self, paper: Paper) -> str:
        """The abbreviation of a paper's type; "" for one that is no numbered type."""
        found = self.kinds.get(paper)
        return found.value if found else ""


@cache
def profile(name: str) -> Profile:
    """The profile of this name; raises FileNotFoundError where there is none."""
    read = (_folder() / f"{name}{ENDING}").read_text(encoding="utf-8")
    return Profile.model_validate(tomllib.loads(read))


def names() -> tuple[str, ...]:
    """Every profile there is."""
    return tuple(sorted(each.name.removesuffix(ENDING) for each in _folder().glob(f"*{ENDING}")))


def _folder() -> Path:
    return templates_dir() / "papers"
