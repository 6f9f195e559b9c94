"""What verbs do with any form: begin it, fill it in, put a draft away. What a form asks is not known here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.values.moments import in_viet_nam
from simulator.difference import NotPossibleError
from simulator.phone_client import PhoneClient
from simulator.story import Step
from simulator.verbs.roster import Roster

WAY_OUT = "form_drop"
"""The button that every question of a form has."""
QUESTIONS = 20
"""More questions than any form has."""

Answers = Callable[[Roster, PhoneClient, Step, int, str], Awaitable[None]]
"""Answers one question of a draft, by its button or in words."""


async def begin(hands: PhoneClient, opens: Callable[[], Awaitable[object]]) -> None:
    """Open a form at its first question; what was answered before and never sent is put away."""
    await opens()
    form = hands.screen_with(WAY_OUT)
    if "form_back" in form:
        await put_away(hands, form)
        await opens()


async def from_home(hands: PhoneClient, act: str, committee: int, through: str = "") -> None:
    """Press it where it is in sight, else from home on, `through` the screen that has it."""
    if hands.shows(act, committee) is None:
        await hands.try_say("/start")
        if through:
            await hands.try_press(through, committee)
    await hands.press(act, committee)


async def fill_in(
    cast: Roster, hands: PhoneClient, step: Step, answers: Answers, again: Sequence[str] = ()
) -> None:
    """Answer question by question, as the screen asks, and send the form; end where the bot is silent.

    `again` are questions that are taken up from the preview, each once.
    """
    left = list(again)
    for _ in range(QUESTIONS):
        asked = standing(hands)
        if not cast.stage.hears or asked is None:
            return
        draft, question = asked
        if question == "preview" and left:
            await hands.press("form_again", draft, left.pop())
            continue
        if question == "preview":
            await hands.press("form_send", draft)
            return
        await answers(cast, hands, step, draft, question)


def standing(hands: PhoneClient) -> tuple[int, str] | None:
    """The draft on the newest screen of a form, and the question that stands there."""
    form = hands.screen_with(WAY_OUT)
    return (int(form[WAY_OUT][0]), form[WAY_OUT][1]) if form else None


def draft_on(hands: PhoneClient) -> int:
    """The draft on the newest screen of a form; not possible where none has been begun."""
    asked = standing(hands)
    if asked is None:
        raise NotPossibleError("no_button", label=WAY_OUT)
    return asked[0]


def decision(step: Step) -> str:
    """The decision of the step, or one of that day."""
    return step.decision or f"Số 01-QĐ ngày {in_viet_nam(step.at):%d/%m/%Y}"


async def put_away(hands: PhoneClient, form: Mapping[str, tuple[str, ...]]) -> None:
    """Give up the draft on that screen: asked once, and confirmed."""
    await hands.try_press(WAY_OUT, *form[WAY_OUT])
    await hands.try_press("form_drop_yes", form[WAY_OUT][0])
