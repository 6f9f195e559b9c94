"""Verbs of notices to members as what people do on their phones: buttons and messages only."""

from __future__ import annotations

from pathlib import Path

from bot.values.action import parse
from simulator.phone_client import PhoneClient, Seen
from simulator.story import Step
from simulator.verbs.roster import Refusal, Roster, Verb, in_turn

QUESTIONS = 10
"""More questions than the form has."""


async def send_notice(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Fill in the form question by question, as its buttons ask, and send it."""
    seen = await _begin(cast, hands)
    form = hands.screen_with("form_drop")
    if seen.refusal is None and "form_back" in form:
        await hands.press("form_drop", *form["form_drop"])
        seen = await _begin(cast, hands)
    return seen.refusal or await _fill_in(cast, hands, step)


async def _begin(cast: Roster, hands: PhoneClient) -> Seen:
    if hands.shows("nform", cast.committee) is None:
        await hands.say("/start")
        await hands.press("notices", cast.committee)
    return await hands.press("nform", cast.committee)


async def _fill_in(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    for _ in range(QUESTIONS):
        form = hands.screen_with("form_drop")
        if not cast.stage.hears or not form:
            return None
        draft, question = int(form["form_drop"][0]), form["form_drop"][1]
        if question == "preview":
            return (await hands.press("form_send", draft)).refusal
        seen = await _answer(cast, hands, step, draft, question)
        if seen.refusal is not None:
            return seen.refusal
    return None


async def _answer(cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str) -> Seen:
    """One question: by its button where the answer is a button, else in words."""
    if question == "text":
        return await _text(cast, hands, step, draft)
    if question == "subject":
        return await hands.say(step.subject)
    value = "yes" if question == "secret_free" else _purpose(cast, hands, step)
    return await hands.press("form_fill", draft, question, value)


def _purpose(cast: Roster, hands: PhoneClient, step: Step) -> str:
    """The duty named, else one that the regulation has, else a notice to the story's body."""
    offered = [
        pressed.args[2]
        for message in reversed(hands.messages)
        for row in message.rows
        for key in row
        if (pressed := parse(key.data or "")) and pressed.action == "form_fill"
    ]
    wanted = (step.duty, *(each for each in offered if "-R" in each), cast.story.body)
    return next((each for each in wanted if each in offered), offered[0] if offered else "")


async def _text(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> Seen:
    for name in step.files:
        path = cast.folder / name
        content = path.read_bytes() if path.is_file() else f"{name}: {step.subject}".encode()
        seen = await hands.send_file(Path(name).name, content)
        if seen.refusal is not None:
            return seen
    if step.files and not step.words:
        return await hands.press("form_fill", draft, "text", "done")
    return await hands.say(step.words or step.subject)


async def acknowledge_notice(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Tap "Đã nhận"."""
    return (await hands.press("nack", cast.notice(step))).refusal


async def remind_notice(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Remind those who have not acknowledged."""
    return (await hands.press("nremind", cast.notice(step))).refusal


async def record_notice(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Record that it was handed over on paper."""
    return await in_turn(
        lambda: hands.press("npaper", cast.notice(step)),
        lambda: hands.press("npaper", cast.notice(step), cast.person(step.of)),
    )


VERBS: dict[str, Verb] = {
    "send_notice": send_notice,
    "acknowledge_notice": acknowledge_notice,
    "remind_notice": remind_notice,
    "record_notice": record_notice,
}
