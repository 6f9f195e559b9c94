"""Verbs of notices to members as what people do on their phones: buttons and messages only."""

from __future__ import annotations

from functools import partial

from bot.values.action import parse
from simulator.phone_client import PhoneClient
from simulator.story import Step
from simulator.verbs.forms import begin, fill_in, from_home
from simulator.verbs.roster import Roster, Verb


async def send_notice(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Fill in the form question by question, as its buttons ask, and send it."""
    await begin(hands, partial(from_home, hands, "nform", cast.committee, "notices"))
    await fill_in(cast, hands, step, _answer)


async def _answer(cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str) -> None:
    """One question: by its button where the answer is a button, else in words."""
    if question == "text":
        await _text(cast, hands, step, draft)
    elif question == "subject":
        await hands.say(step.subject)
    else:
        value = "yes" if question == "secret_free" else _purpose(cast, hands, step)
        await hands.press("form_fill", draft, question, value)


def _purpose(cast: Roster, hands: PhoneClient, step: Step) -> str:
    """The duty named, else the body named, else a duty that the regulation has, else a notice to the story's body."""
    offered = [
        pressed.args[2]
        for message in reversed(hands.messages)
        for row in message.rows
        for key in row
        if (pressed := parse(key.data or "")) and pressed.action == "form_fill"
    ]
    by_rule = (each for each in offered if "-R" in each)
    wanted = (step.duty, step.body, *by_rule, cast.body(step))
    return next((each for each in wanted if each in offered), offered[0] if offered else "")


async def _text(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> None:
    for name in step.files:
        await hands.send_file(*cast.file(name, f"{name}: {step.subject}".encode()))
    if step.files and not step.words:
        await hands.press("form_fill", draft, "text", "done")
    else:
        await hands.say(step.words or step.subject)


async def acknowledge_notice(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Đã nhận"."""
    await hands.press("nack", cast.notice(step))


async def remind_notice(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Remind those who have not acknowledged."""
    await hands.press("nremind", cast.notice(step))


async def record_notice(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Record that it was handed over on paper."""
    await hands.press("npaper", cast.notice(step))
    await hands.press("npaper", cast.notice(step), cast.person(step.of))


VERBS: dict[str, Verb] = {
    "send_notice": send_notice,
    "acknowledge_notice": acknowledge_notice,
    "remind_notice": remind_notice,
    "record_notice": record_notice,
}
