"""Refusals as cards: what cannot be done, the article, what can be done instead, with its button."""

from __future__ import annotations

from bot.domain.card import Answer, Button, Card
from bot.domain.press import Press, press
from bot.domain.refusal import Refusal
from bot.rendering import Rendering


def card(say: Rendering, refusal: Refusal) -> Card:
    """The refusal in full; the way out is always there."""
    text = say.text("refusal", refusal=refusal, v=refusal.values)
    ways = [Button(say.label("button.home"), press("home"))]
    if refusal.back is not None:
        ways.insert(0, Button(say.label("button.back"), refusal.back))
    if refusal.button is not None:
        ways.insert(0, _instead(say, refusal, refusal.button))
    return Card(text, tuple((way,) for way in ways))


def _instead(say: Rendering, refusal: Refusal, wanted: Press) -> Button:
    return Button(say.label(f"instead_button.{refusal.instead}"), wanted, style="primary")


def answer(say: Rendering, refusal: Refusal) -> Answer:
    """Shown as a new message, so that nothing on the screen is lost."""
    return Answer(card(say, refusal), toast=say.label("toast.refused"), anew=True)
