"""What verbs do with any form: fill it in, put a draft away. What a form asks is not known here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from simulator.phone_client import PhoneClient
from simulator.story import Step
from simulator.verbs.roster import Roster

WAY_OUT = "form_drop"
"""The button that every question of a form has."""
QUESTIONS = 20
"""More questions than any form has."""

Answers = Callable[[Roster, PhoneClient, Step, int, str], Awaitable[None]]
"""Answers one question of a draft, by its button or in words."""


async def fill_in(
    cast: Roster, hands: PhoneClient, step: Step, answers: Answers, again: Sequence[str] = ()
) -> None:
    """Answer question by question, as the screen asks, and send the form; end where the bot is silent.

    `again` are questions that are taken up from the preview, each once.
    """
    left = list(again)
    for _ in range(QUESTIONS):
        form = hands.screen_with(WAY_OUT)
        if not cast.stage.hears or not form:
            return
        draft, question = int(form[WAY_OUT][0]), form[WAY_OUT][1]
        if question == "preview" and left:
            await hands.press("form_again", draft, left.pop())
            continue
        if question == "preview":
            await hands.press("form_send", draft)
            return
        await answers(cast, hands, step, draft, question)


async def put_away(hands: PhoneClient, form: Mapping[str, tuple[str, ...]]) -> None:
    """Give up the draft on that screen: asked once, and confirmed."""
    await hands.try_press(WAY_OUT, *form[WAY_OUT])
    await hands.try_press("form_drop_yes", form[WAY_OUT][0])
