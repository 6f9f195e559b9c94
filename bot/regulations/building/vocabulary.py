"""The words of a rule book, from their checked shape to their values."""

from __future__ import annotations

from bot.regulations.rules.vocabulary import ADDRESS, Vocabulary
from bot.regulations.schema.document import WordsPart


def vocabulary(part: WordsPart) -> Vocabulary:
    """Own words under the keys by which they are asked for."""
    labels = {f"office.{office}": words for office, words in part.office.items()}
    labels |= {f"matter.{matter}": words for matter, words in part.matter.items()}
    labels |= {f"ground.{ground}": words for ground, words in part.ground.items()}
    on_buttons = {f"ground_button.{id_}": _initial(words) for id_, words in part.ground.items()}
    return Vocabulary(part.address or ADDRESS, tuple((labels | on_buttons).items()))


def _initial(words: str) -> str:
    return words[:1].upper() + words[1:]
