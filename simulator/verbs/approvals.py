"""Verbs upon what waits for approval: a consultation, or a meeting where the step names one."""

from __future__ import annotations

from simulator.difference import NotPossibleError
from simulator.phone_client import PhoneClient, reads_as
from simulator.story import Step, local
from simulator.verbs.forms import draft_on
from simulator.verbs.roster import Roster, Verb

REMARK = "Đề nghị xem lại câu chữ"
"""What is said where a story leaves the remark out."""


async def approve_launch(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Duyệt và gửi"."""
    await _approve(hands, "approve", cast.matter(step))


async def approve_meeting(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Duyệt và gửi giấy mời"."""
    await _approve(hands, "mapprove", cast.meeting(step))


async def _approve(hands: PhoneClient, name: str, of: int) -> None:
    """On the card as it was seen last; on none that was ever shown, as from a forged one."""
    for message in reversed(hands.messages):
        for args in hands.actions_on(message, name):
            if message.from_bot and args[0] == str(of):
                await hands.press(name, *args)
                return
    await hands.press(name, of)


async def send_back(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Send it back, and say what is to be mended."""
    if step.meeting is None:
        await hands.press("send_back", cast.matter(step))
    else:
        await hands.press("msend_back", _meeting(cast, step))
    await hands.say(step.reason or REMARK)


async def correct(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Correct whatever the story names, of what waits for approval, or of the draft of what was sent back."""
    if step.meeting is None:
        await _correct_request(cast, hands, step, cast.matter(step))
    else:
        await _correct_meeting(cast, hands, step, _meeting(cast, step))


def _meeting(cast: Roster, step: Step) -> int:
    return cast.meetings.of(step.meeting, step.body)


async def _send(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """A file beside the story, or one made up, under its name."""
    await hands.send_file(*cast.file(step.file, f"{step.file}: {step.subject}".encode()))


# --- a consultation --------------------------------------------------------------------------


async def _correct_request(cast: Roster, hands: PhoneClient, step: Step, matter: int) -> None:
    await hands.press("dash", matter)
    if hands.actions_on(hands.messages[-1], "reopen"):
        await _correct_draft(cast, hands, step, matter)
        return
    if step.subject:
        await hands.press("correct", matter)
        await hands.press("correct_subject", matter)
        await hands.say(step.subject)
    if step.deadline is not None:
        await hands.press("correct", matter)
        await hands.press("correct_deadline", matter)
        await hands.say(local(step.deadline))
    if step.file:
        await hands.press("correct", matter)
        await hands.press("correct_file", matter)
        await hands.press("correct_file", matter, "new")
        await _send(cast, hands, step)


async def _correct_draft(cast: Roster, hands: PhoneClient, step: Step, matter: int) -> None:
    """Of what was sent back: open it, take up one answer after the other, submit it again."""
    await hands.press("reopen", matter)
    draft = draft_on(hands)
    if step.subject:
        await hands.press("form_again", draft, "subject")
        await hands.say(step.subject)
    if step.deadline is not None:
        await hands.press("form_again", draft, "deadline")
        await hands.say(local(step.deadline))
    if step.file:
        await hands.press("form_again", draft, "text")
        await _send(cast, hands, step)
        await hands.press("form_fill", draft, "text", "done")
    await hands.press("form_send", draft)


# --- a meeting -------------------------------------------------------------------------------


async def _correct_meeting(cast: Roster, hands: PhoneClient, step: Step, meeting: int) -> None:
    await hands.press("mshow", meeting)
    if _with_office(hands, meeting):
        await _correct_invitation(cast, hands, step, meeting)
        return
    if step.starts is not None:
        await hands.press("mcorrect", meeting)
        await hands.press("mcorrect_starts", meeting)
        await hands.say(local(step.starts))
    if step.place:
        await hands.press("mcorrect", meeting)
        await hands.press("mcorrect_place", meeting)
        await hands.say(step.place)
    if step.subject:
        await hands.press("mcorrect", meeting)
        await hands.press("mcorrect_item", meeting)
        await hands.press("mcorrect_item", *_item(hands, "mcorrect_item", step))
        await hands.say(step.subject)
    if step.file:
        await hands.press("mcorrect", meeting)
        await hands.press("mcorrect_file", meeting)
        await hands.press("mcorrect_file", meeting, "new")
        await _send(cast, hands, step)


def _with_office(hands: PhoneClient, meeting: int) -> bool:
    """Whether the newest card of the meeting has its draft opened again, and not it corrected in place."""
    for message in reversed(hands.messages):
        for name in ("mreopen", "mcorrect"):
            if (str(meeting),) in hands.actions_on(message, name):
                return name == "mreopen"
    return False


async def _correct_invitation(cast: Roster, hands: PhoneClient, step: Step, meeting: int) -> None:
    """Of what was sent back: open it, take up one answer after the other, submit it again."""
    await hands.press("mreopen", meeting)
    draft = draft_on(hands)
    if step.starts is not None:
        await hands.press("form_again", draft, "starts")
        await hands.say(local(step.starts))
    if step.place:
        await hands.press("form_again", draft, "place")
        await hands.say(step.place)
    if step.subject or step.file:
        await hands.press("form_again", draft, "agenda")
        if step.subject:
            await hands.press("mentry", *_item(hands, "mentry", step))
            await hands.say(step.subject)
            await hands.press("form_show", draft)
        if step.file:
            await _send(cast, hands, step)
        await hands.press("form_fill", draft, "agenda", "done")
    await hands.press("form_send", draft)


def _item(hands: PhoneClient, name: str, step: Step) -> tuple[str, ...]:
    """What the button of an item carries, by its subject or its place among those offered, from 1."""
    offered = [(label.partition(". ")[2], args) for label, args in hands.labelled(name)]
    for place, (words, args) in enumerate(offered, 1):
        if step.item == place or (isinstance(step.item, str) and reads_as(words, step.item)):
            return args
    raise NotPossibleError("no_item", item=step.item)


VERBS: dict[str, Verb] = {
    "approve_launch": approve_launch,
    "approve_meeting": approve_meeting,
    "send_back": send_back,
    "correct": correct,
}
