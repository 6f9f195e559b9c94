"""The dashboard's buttons on the phones of clerk and head. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.consultations import asking, steering
from bot.consultations.rules.consultation import Choice, Dossier
from bot.kit.screen import Screen
from bot.kit.taps import Fetch, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.values.moments import VIET_NAM
from bot.values.refusal import Refusal


async def dashboard(context: Context, tap: Tap) -> Screen | Refusal:
    """The dashboard in place."""
    page = tap.number(1) if len(tap.args) > 1 else 0
    return await steering.dashboard(context, tap.account, tap.number(0), page)


async def remind(context: Context, tap: Tap) -> Screen | Refusal:
    """Reminds those who have not answered."""
    done = await steering.remind(context, tap.account, tap.number(0), tap.at)
    if isinstance(done, Refusal):
        return done
    if done.later:
        at = context.say.moment_short(done.at)
        return Screen(toast=context.say.label("toast.reminded_later", at=at))
    return Screen(toast=context.say.label("toast.reminded", count=done.count))


async def extend(context: Context, tap: Tap) -> Screen | Refusal:
    """Later deadlines to choose from."""
    return await steering.ask_deadline(context, tap.account, tap.number(0), tap.at)


async def extend_at(context: Context, tap: Tap) -> Screen | Refusal:
    """One of the deadlines offered."""
    until = datetime.fromtimestamp(tap.number(1) * 60, VIET_NAM)
    return await steering.extend_to(context, tap.account, tap.number(0), until, tap.at)


async def extend_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """A deadline typed."""
    until = await asking.typed_moment(context, ref["consultation"], sent.text, sent.at)
    if isinstance(until, Refusal):
        return until
    return await steering.extend_to(context, sent.account, ref["consultation"], until, sent.at)


async def extend_reason(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The reason of an extension: now it is done."""
    reason = steering.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    until = datetime.fromisoformat(ref["until"])
    act = await steering.extend(context, sent.account, ref["consultation"], until, reason, sent.at)
    return act if isinstance(act, Refusal) else await _done(context, sent.account, ref, "extend")


def _pick(act: str) -> Pressed:
    async def pick(context: Context, tap: Tap) -> Screen | Refusal:
        page = tap.number(1) if len(tap.args) > 1 else 0
        return await steering.pick_member(context, tap.account, tap.number(0), act, tap.at, page)

    return pick


async def delivery_of(context: Context, tap: Tap) -> Screen | Refusal:
    """The paper was handed over to this member."""
    consultation, of = tap.number(0), tap.number(1)
    receipt = await steering.record_delivery(context, tap.account, consultation, of, tap.at)
    if isinstance(receipt, Refusal):
        return receipt
    return await _done(context, tap.account, {"consultation": consultation}, "delivery")


async def paper_of(context: Context, tap: Tap) -> Screen | Refusal:
    """What this member's paper says."""
    return await steering.paper_choices(context, tap.account, tap.number(0), tap.number(1), tap.at)


async def paper_as(context: Context, tap: Tap) -> Screen | Refusal:
    """The choice on the paper; words or a photo are asked for next."""
    return await steering.ask_paper_words(
        context, tap.account, tap.number(0), tap.number(1), tap.one_of(2, Choice), tap.at
    )


async def paper_plain(context: Context, tap: Tap) -> Screen | Refusal:
    """A paper reply without words and without a photo."""
    reply = await steering.record_reply(
        context, tap.account, tap.number(0), tap.number(1), tap.one_of(2, Choice), "", at=tap.at
    )
    if isinstance(reply, Refusal):
        return reply
    return await _done(context, tap.account, {"consultation": tap.number(0)}, "paper")


def paper_words(fetch: Fetch) -> Typed:
    """The words on the paper, or its photo with the words as its caption."""

    async def record(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
        words = asking.opinion_words(sent.text) if sent.text else ""
        if isinstance(words, Refusal):
            return words
        photo = await fetch(sent.file.file_id) if sent.file else None
        reply = await steering.record_reply(
            context,
            sent.account,
            ref["consultation"],
            ref["of"],
            Choice(ref["choice"]),
            words,
            at=sent.at,
            photo=photo,
        )
        return (
            reply
            if isinstance(reply, Refusal)
            else await _done(context, sent.account, ref, "paper")
        )

    return record


async def strike_of(context: Context, tap: Tap) -> Screen | Refusal:
    """This member is to be struck off; the reason is asked for."""
    officer = await steering.may_steer(context, tap.account, tap.number(0), tap.at, head_only=True)
    if isinstance(officer, Refusal):
        return officer
    more = {"of": tap.number(1)}
    return await steering.ask_reason(context, tap.account, officer.dossier, "strike", more)


async def strike_reason(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The reason of a strike: now it is done."""
    reason = steering.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    act = await steering.strike(
        context, sent.account, ref["consultation"], ref["of"], reason, sent.at
    )
    return act if isinstance(act, Refusal) else await _done(context, sent.account, ref, "strike")


def _ending(act: str) -> Pressed:
    async def ask(context: Context, tap: Tap) -> Screen | Refusal:
        return await steering.ask_ending(context, tap.account, tap.number(0), act, tap.at)

    return ask


def _ended(act: str) -> Typed:
    use_case = {
        "withdraw": steering.withdraw,
        "close": steering.close_by_hand,
        "meeting": steering.bring_to_meeting,
    }[act]

    async def end(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
        reason = steering.reason_words(sent.text)
        if isinstance(reason, Refusal):
            return reason
        result = await use_case(context, sent.account, ref["consultation"], reason, sent.at)
        return (
            result if isinstance(result, Refusal) else await _done(context, sent.account, ref, act)
        )

    return end


async def meeting(context: Context, tap: Tap) -> Screen | Refusal:
    """Before the close: a reason is asked for. After it, where the rule offers it: at once."""
    if not await steering.is_closed(context, tap.number(0)):
        return await steering.ask_ending(context, tap.account, tap.number(0), "meeting", tap.at)
    refusal = await steering.take_offered_meeting(context, tap.account, tap.number(0))
    if refusal:
        return refusal
    return await _done(context, tap.account, {"consultation": tap.number(0)}, "meeting")


async def _done(
    context: Context, account: int, ref: Mapping[str, Any], act: str
) -> Screen | Refusal:
    dossier = await steering.dossier(context, account, ref["consultation"])
    if not isinstance(dossier, Dossier):
        return dossier
    return await steering.done(context, account, dossier, act)


PRESSES: dict[str, Pressed] = {
    "dash": dashboard,
    "remind": remind,
    "extend": extend,
    "extend_at": extend_at,
    "delivery": _pick("delivery"),
    "delivery_of": delivery_of,
    "paper": _pick("paper"),
    "paper_of": paper_of,
    "paper_as": paper_as,
    "paper_plain": paper_plain,
    "strike": _pick("strike"),
    "strike_of": strike_of,
    "withdraw": _ending("withdraw"),
    "close": _ending("close"),
    "meeting": meeting,
}
WORDS: dict[str, Typed] = {
    "extend": extend_typed,
    "extend_reason": extend_reason,
    "strike": strike_reason,
    "withdraw": _ended("withdraw"),
    "close": _ended("close"),
    "meeting": _ended("meeting"),
}
