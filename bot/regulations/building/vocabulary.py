"""The words of a rule book, from their checked shape to their values."""

from __future__ import annotations

from bot.regulations.rules.vocabulary import ADDRESS, Vocabulary
from bot.regulations.schema.document import Document


def vocabulary(document: Document) -> Vocabulary:
    """Own words under the keys by which they are asked for; an id of its own has none but these."""
    part = document.words
    grounds = {str(id_): words for id_, words in part.ground.items()}
    grounds |= {each.id: each.words for each in document.ground}
    labels = {f"office.{office}": words for office, words in part.office.items()}
    labels |= {f"matter.{matter}": words for matter, words in part.matter.items()}
    labels |= {f"matter.{each.id}": each.words for each in document.matter}
    labels |= {f"ground.{ground}": words for ground, words in grounds.items()}
    on_buttons = {f"ground_button.{id_}": _initial(words) for id_, words in grounds.items()}
    return Vocabulary(part.address or ADDRESS, tuple((labels | on_buttons).items()))


def _initial(words: str) -> str:
    return words[:1].upper() + words[1:]
