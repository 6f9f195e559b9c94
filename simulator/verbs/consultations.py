"""Verbs of consultations, urgent decisions and one's own account, as what people do on their phones."""

from __future__ import annotations

from pathlib import Path

from bot.consultations.rules.consultation import DIFFERING, Choice
from simulator.phone_client import PhoneClient, Seen
from simulator.story import Step, local
from simulator.verbs.roster import Refusal, Roster, Verb, in_turn

QUESTIONS = 20
"""More questions than any form has."""


# --- the launch ------------------------------------------------------------------------------


async def launch(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Fill in the form question by question, as its buttons ask, and send it."""
    seen = await _begin(cast, hands)
    form = hands.screen_with("form_drop")
    if seen.refusal is None and "form_back" in form:
        await hands.press("form_drop", *form["form_drop"])
        seen = await _begin(cast, hands)
    return seen.refusal or await _fill_in(cast, hands, step)


async def _begin(cast: Roster, hands: PhoneClient) -> Seen:
    if hands.shows("launch", cast.committee) is None:
        await hands.say("/start")
    return await hands.press("launch", cast.committee)


async def _fill_in(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    for _ in range(QUESTIONS):
        form = hands.screen_with("form_drop")
        if not cast.stage.hears or not form:
            return None
        draft, question = int(form["form_drop"][0]), form["form_drop"][1]
        if question == "preview":
            return (await hands.press("form_send", draft)).refusal
        seen = await _answer(cast, hands, step, draft, question)
        if seen.refusal is not None and question == "submission_date" and step.special_reason:
            day = (step.submission_date or step.at.date()).isoformat()
            seen = await hands.press("form_fill", draft, "special", day)
        if seen.refusal is not None:
            return seen.refusal
    return None


async def _answer(cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str) -> Seen:
    """One question: by its button where the answer is a button, else in words."""
    if question == "text":
        return await _text(cast, hands, step, draft)
    if question == "deadline":
        return await _deadline(hands, step, draft)
    in_words = {
        "subject": step.subject,
        "submission_date": local(step.submission_date or step.at.date()),
        "special_reason": step.special_reason,
    }
    if question in in_words:
        return await hands.say(in_words[question])
    by_button = {
        "body": cast.story.body,
        "matter": step.matter.value,
        "ground": step.ground.value if step.ground else "",
        "silence_confirmed": "no",
        "secret_free": "yes",
    }
    return await hands.press("form_fill", draft, question, by_button[question])


async def _text(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> Seen:
    for name in step.files:
        path = cast.folder / name
        content = path.read_bytes() if path.is_file() else f"{name}: {step.subject}".encode()
        seen = await hands.send_file(Path(name).name, content)
        if seen.refusal is not None:
            return seen
    if step.files:
        return await hands.press("form_fill", draft, "text", "done")
    return await hands.say(step.subject)


async def _deadline(hands: PhoneClient, step: Step, draft: int) -> Seen:
    if step.deadline is not None:
        return await hands.say(local(step.deadline))
    if hands.shows("form_fill", draft, "deadline", "own") is not None:
        return await hands.press("form_fill", draft, "deadline", "own")
    return await hands.say("sau 3 ngày làm việc")


# --- the head --------------------------------------------------------------------------------


# --- members ---------------------------------------------------------------------------------


async def acknowledge(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Tap "Đã nhận"."""
    return (await hands.press("ack", cast.matter(step))).refusal


async def open_text(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Open the text."""
    return (await hands.press("text", cast.matter(step))).refusal


async def reply(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Choose, give the words asked for, and reserve the opinion if the story says so."""
    matter, choice = cast.matter(step), step.opinion
    if hands.shows("reply", matter, choice.value) is None and hands.shows("edit", matter):
        await hands.press("edit", matter)
    seen = await hands.press("reply", matter, choice.value)
    if seen.refusal is None and choice is not Choice.APPROVE:
        seen = await _words(cast, hands, step, seen)
    if seen.refusal is None and step.reserved:
        seen = await hands.press("reserve", matter)
    return seen.refusal


async def _words(cast: Roster, hands: PhoneClient, step: Step, prompt: Seen) -> Seen:
    choice = step.opinion
    if step.words:
        return await hands.say(step.words)
    if choice in DIFFERING:
        return Seen(prompt.texts, "\n".join(prompt.texts) or choice.value)
    return await hands.press("nowords", cast.matter(step), choice.value)


# --- the dashboard ---------------------------------------------------------------------------


async def record_reply(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Record what a paper says."""
    matter, of, choice = cast.matter(step), cast.person(step.of), step.opinion
    refusal = await in_turn(
        lambda: hands.press("paper", matter),
        lambda: hands.press("paper", matter, of),
        lambda: hands.press("paper", matter, of, choice.value),
    )
    if refusal is not None:
        return refusal
    if step.words:
        return (await hands.say(step.words)).refusal
    return (await hands.press("paper", matter, of, choice.value, "")).refusal


async def settle_urgent(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Say for which body it was, what kind of matter, and the decision in words."""
    committee, body = cast.committee, cast.story.body
    return await in_turn(
        lambda: hands.press("urgent", committee),
        lambda: hands.press("urgent", committee, body),
        lambda: hands.press("urgent", committee, body, step.matter.value),
        lambda: hands.say(step.words),
    )


async def block_bot(cast: Roster, hands: PhoneClient, _step: Step) -> Refusal:
    """Block the bot in Telegram."""
    cast.stage.world.block(hands.user_id)
    await cast.stage.settle()
    return None


async def unblock_bot(cast: Roster, hands: PhoneClient, _step: Step) -> Refusal:
    """Let the bot in again."""
    cast.stage.world.unblock(hands.user_id)
    await cast.stage.settle()
    return None


async def join(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Open the invitation; one that has run out is issued anew by a clerk first."""
    name = step.who or ""
    seen = await hands.open_link(cast.links[name])
    clerk = next((actor.name for actor in cast.story.clerk if actor.joined), None)
    if seen.refusal is None or clerk is None:
        return seen.refusal
    invited = await cast.hands[clerk].press("people_invite", cast.person(name))
    link = next((word for text in invited.texts for word in text.split() if "start=" in word), "")
    return (await hands.open_link(link)).refusal if link else seen.refusal


VERBS: dict[str, Verb] = {
    "launch": launch,
    "acknowledge": acknowledge,
    "open_text": open_text,
    "reply": reply,
    "record_reply": record_reply,
    "settle_urgent": settle_urgent,
    "block_bot": block_bot,
    "unblock_bot": unblock_bot,
    "join": join,
}
