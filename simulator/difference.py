"""What went otherwise than a story says, as a value told late in any language. Nothing is compared here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.values.language import Language
from bot.values.moments import in_viet_nam
from bot.words import words_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that went otherwise: its kind, and what the words of that kind are filled with.

    The words lie in templates/cli/<language>/rehearsal.toml; a value may be a difference itself, or several.
    """

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, language: Language) -> str:
        """The difference in the words of a language."""
        words: str = words_of(language, "rehearsal")["difference"][self.kind]
        return words.format_map({name: _shown(v, language) for name, v in self.values.items()})


def other(where: str, wanted: object, found: object) -> Difference:
    """What stands otherwise than it is expected, and where the story expects it."""
    return Difference("other", {"where": where, "wanted": wanted, "found": found})


class NotPossibleError(Exception):
    """A person tried what the Telegram app or the story does not offer, such as writing to a blocked bot."""

    def __init__(self, kind: str, **values: object) -> None:
        self.difference = Difference(kind, values)
        super().__init__(self.difference.told(Language.ENGLISH))


def _shown(value: object, language: Language) -> str:
    if isinstance(value, Difference):
        return value.told(language)
    if isinstance(value, tuple) and all(isinstance(each, Difference) for each in value) and value:
        return "; ".join(each.told(language) for each in value)
    if value is None or value == ():
        return str(words_of(language, "rehearsal")["nothing"])
    if isinstance(value, datetime):
        return in_viet_nam(value).isoformat()
    return ", ".join(f"«{each}»" for each in value) if isinstance(value, tuple) else str(value)
