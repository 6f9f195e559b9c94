"""An assumption of a rule book as people read it: its value, what else may be chosen, and its note. No rule is here."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from bot.regulations.rules.regulation import Setting
from bot.regulations.schema.document import Document
from bot.regulations.shape import open_to
from bot.rendering import Words

ALTERNATIVES: tuple[tuple[object, ...], ...] = (
    (True, False),
    ("delivered", "acknowledged", "recorded"),
    ("in_addition", "instead"),
    ("all", "chair_and_sign"),
    ("office", "members"),
    ("hold", "count", "leave_out"),
    ("reject_differ", "with_comments"),
    ("calendar", "from_last"),
    ("hours", "dates"),
    ("last_working_day", "last_day", "by_hand"),
    ("later", "stated"),
    ("superior", "meeting"),
    ("consent", "not_counted", "abstention"),
)
"""What a setting may be where it is one of a few; numbers, shares and periods are open."""
AN_ID = re.compile(r" \([a-z]+(?:_[a-z]+)*\)")


@dataclass(frozen=True, slots=True)
class Assumption:
    """A setting in words."""

    name: str
    """The key by which a file sets it."""
    value: str
    allowed: tuple[str, ...]
    """Every value that may be chosen, in words; none where there are too many to name."""
    open_to: str
    """What else may be chosen, where `allowed` does not name it: "từ 1 đến 366 ngày"."""
    note: str
    article: str | None
    blank: bool


def assumption(say: Words, setting: Setting) -> Assumption:
    """The setting in words; ids in its note, which are for whoever writes a file, are left out or said."""
    several = alternatives(setting.value)
    note = AN_ID.sub("", setting.note)
    for each in several:
        if "_" in str(each):
            note = note.replace(str(each), say.setting_value(each, setting.name))
    return Assumption(
        name=setting.name,
        value=say.setting_value(setting.value, setting.name),
        allowed=tuple(say.setting_value(each, setting.name) for each in several),
        open_to="" if several else _open_to(say, setting),
        note=note,
        article=setting.article,
        blank=setting.blank,
    )


def by_words(say: Words, setting: Setting) -> dict[str, object]:
    """What may be chosen among named values, by the words in which it is shown."""
    held = open_to(_place(setting), Document)
    named = (*alternatives(setting.value), *(held.ids if held else ()))
    return {say.setting_value(each, setting.name): each for each in named}


def meant(say: Words, setting: Setting, answer: str) -> object:
    """What is typed for a setting: its words, some of a list one after the other; else as a file would have it."""
    named = by_words(say, setting)
    if isinstance(setting.value, list | tuple) and not answer.startswith("["):
        return [named.get(part.strip(), _value(part.strip())) for part in answer.split(",")]
    return named.get(answer, _value(answer))


def _value(answer: str) -> object:
    try:
        return tomllib.loads(f"value = {answer}")["value"]
    except tomllib.TOMLDecodeError:
        return answer


def _place(setting: Setting) -> tuple[str, ...]:
    return tuple(setting.key.split("."))


def _open_to(say: Words, setting: Setting) -> str:
    """The bounds of a number, the periods to choose from, or how a share is written."""
    held = open_to(_place(setting), Document)
    if held is None:
        return say.label("setting_open.share")
    if held.ids:
        known = [say.setting_value(each) for each in held.ids]
        return say.label("setting_open.ids", known=say.label("list.comma").join(known))
    if held.bounds is None:
        return ""
    least, most = held.bounds
    told = say.setting_value(say.label("setting_open.number", least=least, most=most), setting.name)
    return say.label("setting_open.numbers", each=told) if held.several else told


def alternatives(value: object) -> tuple[object, ...]:
    """The values among which this is one, itself with them; none where any number will do."""
    alike = (each for each in ALTERNATIVES if type(each[0]) is type(value) and value in each)
    return next(alike, ())
