"""An assumption of a rule book as people read it: its value, what else may be chosen, and its note. No rule is here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.regulations.rules.regulation import Setting
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
    """Every value that may be chosen, in words; none where any number will do."""
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
        note=note,
        article=setting.article,
        blank=setting.blank,
    )


def alternatives(value: object) -> tuple[object, ...]:
    """The values among which this is one, itself with them; none where any number will do."""
    alike = (each for each in ALTERNATIVES if type(each[0]) is type(value) and value in each)
    return next(alike, ())
