"""Verbs of attendance, the sitting and the chair as what people do on their phones: buttons and messages only."""

from __future__ import annotations

from bot.values.action import parse
from simulator.hands import Hands
from simulator.story import Step, local
from simulator.verbs.agenda import item_on
from simulator.verbs.cast import Cast, Refusal, Verb, in_turn


async def rsvp(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Answer the invitation; an absence needs a reason."""
    seen = await hands.press(step.answer, cast.meeting(step))
    if seen.refusal is None and step.answer == "absent":
        seen = await hands.say(step.reason or "Bận công tác")
    return seen.refusal


async def consent_absence(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Tap "Đồng ý cho vắng"."""
    return (await hands.press("absence_ok", cast.meeting(step), cast.person(step.of))).refusal


async def refuse_absence(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Tap "Không đồng ý", with a reason or without."""
    meeting, of = cast.meeting(step), cast.person(step.of)
    seen = await hands.press("absence_no", meeting, of)
    if seen.refusal is None and step.reason:
        seen = await hands.say(step.reason)
    elif seen.refusal is None:
        seen = await hands.press("absence_no", meeting, of, "")
    return seen.refusal


async def remind_meeting(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Remind those who have not answered."""
    return (await hands.press("mremind", cast.meeting(step))).refusal


Button = tuple[str, *tuple[int | str, ...]]
"""The action of a button and its arguments."""


async def _find(hands: Hands, wanted: Button, way: Button) -> None:
    """Go where a button is, unless it stands somewhere already; whether it does is seen when it is pressed."""
    if hands.shows(*wanted) is None:
        await hands.press(*way)


def _noted(action: str) -> Verb:
    async def note(cast: Cast, hands: Hands, step: Step) -> Refusal:
        """One's own by one tap; another's from the list of names."""
        meeting = cast.meeting(step)
        if step.of in (None, step.who):
            return (await hands.press(action, meeting)).refusal
        of = cast.person(step.of)
        await _find(hands, (f"{action}_of", meeting, of), (f"{action}_of", meeting))
        return (await hands.press(f"{action}_of", meeting, of)).refusal

    return note


async def open_meeting(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Tap "Khai mạc" on the dashboard."""
    meeting = cast.meeting(step)
    await _find(hands, ("mopen", meeting), ("mshow", meeting))
    return (await hands.press("mopen", meeting)).refusal


async def conclude(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Choose the item and its conclusion, with words or without."""
    item = await item_on(hands, cast.meeting(step), step.item)
    if isinstance(item, str):
        return item
    await hands.press("mitem", item)
    seen = await hands.press("conclude", item, step.as_)
    if seen.refusal is None and step.words:
        seen = await hands.say(step.words)
    elif seen.refusal is None:
        seen = await hands.press("conclude", item, step.as_, "")
    return seen.refusal


async def close_meeting(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Tap "Kết thúc cuộc họp" on the dashboard, read what becomes of the items, confirm."""
    meeting = cast.meeting(step)
    await _find(hands, ("mclose", meeting), ("mshow", meeting))
    return await in_turn(
        lambda: hands.press("mclose", meeting), lambda: hands.press("mclose", meeting, "yes")
    )


async def delegate(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Choose who stands in, and say from when until when."""
    to, body = cast.person(step.to), cast.story.body
    await _find(hands, ("deleg_new", cast.committee, body), ("deleg", cast.committee))
    await _find(hands, ("deleg_new", cast.committee, body, to), ("deleg_new", cast.committee, body))
    return await in_turn(
        lambda: hands.press("deleg_new", cast.committee, body, to),
        lambda: hands.say(local(step.from_ or step.at)),
        lambda: hands.say(local(step.until or step.at)),
    )


async def withdraw_delegation(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Take the chair back from the one named, or from whoever has it."""
    listed = await hands.press("deleg", cast.committee)
    if listed.refusal is not None:
        return listed.refusal
    to = cast.person(step.to) if step.to else _given_to(hands)
    return (await hands.press("deleg_end", cast.committee, cast.story.body, to)).refusal


def _given_to(hands: Hands) -> int:
    """The first person on the newest list of delegations; 0 when nobody is."""
    for message in reversed(hands.messages):
        keys = [parse(key.data or "") for row in message.rows for key in row]
        ends = [key for key in keys if key and key.action == "deleg_end"]
        if message.from_bot and ends:
            return int(ends[0].args[2])
    return 0


VERBS: dict[str, Verb] = {
    "rsvp": rsvp,
    "consent_absence": consent_absence,
    "refuse_absence": refuse_absence,
    "remind_meeting": remind_meeting,
    "check_in": _noted("checkin"),
    "leave": _noted("leave"),
    "open_meeting": open_meeting,
    "conclude": conclude,
    "close_meeting": close_meeting,
    "delegate": delegate,
    "withdraw_delegation": withdraw_delegation,
}
