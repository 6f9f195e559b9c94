"""The dashboard's buttons on the phones of clerk and head. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.card import Answer
from bot.domain.consultation import Choice
from bot.domain.dossier import Dossier
from bot.domain.moments import VIET_NAM
from bot.domain.refusal import Refusal
from bot.services import forms, office, paper, steering
from bot.services.desk import Desk
from handlers.taps import Fetch, Pressed, Sent, Tap, Typed


async def dashboard(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The dashboard in place."""
    page = tap.number(1) if len(tap.args) > 1 else 0
    return await office.dashboard(desk, tap.account, tap.number(0), page)


async def remind(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Reminds those who have not answered."""
    done = await steering.remind(desk, tap.account, tap.number(0), tap.at)
    if isinstance(done, Refusal):
        return done
    if done.later:
        at = desk.say.moment_short(done.at)
        return Answer(toast=desk.say.label("toast.reminded_later", at=at))
    return Answer(toast=desk.say.label("toast.reminded", count=done.count))


async def extend(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Later deadlines to choose from."""
    return await office.ask_deadline(desk, tap.account, tap.number(0), tap.at)


async def extend_at(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One of the deadlines offered."""
    until = datetime.fromtimestamp(tap.number(1) * 60, VIET_NAM)
    return await office.extend_to(desk, tap.account, tap.number(0), until, tap.at)


async def extend_typed(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """A deadline typed."""
    until = await forms.typed_moment(desk, ref["consultation"], sent.text, sent.at)
    if isinstance(until, Refusal):
        return until
    return await office.extend_to(desk, sent.account, ref["consultation"], until, sent.at)


async def extend_reason(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """The reason of an extension: now it is done."""
    reason = office.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    until = datetime.fromisoformat(ref["until"])
    act = await steering.extend(desk, sent.account, ref["consultation"], until, reason, sent.at)
    return act if isinstance(act, Refusal) else await _done(desk, sent.account, ref, "extend")


def _pick(act: str) -> Pressed:
    async def pick(desk: Desk, tap: Tap) -> Answer | Refusal:
        page = tap.number(1) if len(tap.args) > 1 else 0
        return await office.pick_member(desk, tap.account, tap.number(0), act, tap.at, page)

    return pick


async def delivery_of(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The paper was handed over to this member."""
    consultation, of = tap.number(0), tap.number(1)
    receipt = await paper.record_delivery(desk, tap.account, consultation, of, tap.at)
    if isinstance(receipt, Refusal):
        return receipt
    return await _done(desk, tap.account, {"consultation": consultation}, "delivery")


async def paper_of(desk: Desk, tap: Tap) -> Answer | Refusal:
    """What this member's paper says."""
    return await office.paper_choices(desk, tap.account, tap.number(0), tap.number(1), tap.at)


async def paper_as(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The choice on the paper; words or a photo are asked for next."""
    return await office.ask_paper_words(
        desk, tap.account, tap.number(0), tap.number(1), tap.choice(2), tap.at
    )


async def paper_plain(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A paper reply without words and without a photo."""
    reply = await paper.record_reply(
        desk, tap.account, tap.number(0), tap.number(1), tap.choice(2), "", at=tap.at
    )
    if isinstance(reply, Refusal):
        return reply
    return await _done(desk, tap.account, {"consultation": tap.number(0)}, "paper")


def paper_words(fetch: Fetch) -> Typed:
    """The words on the paper, or its photo with the words as its caption."""

    async def record(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
        words = forms.opinion_words(sent.text) if sent.text else ""
        if isinstance(words, Refusal):
            return words
        photo = await fetch(sent.file.file_id) if sent.file else None
        reply = await paper.record_reply(
            desk,
            sent.account,
            ref["consultation"],
            ref["of"],
            Choice(ref["choice"]),
            words,
            at=sent.at,
            photo=photo,
        )
        return (
            reply if isinstance(reply, Refusal) else await _done(desk, sent.account, ref, "paper")
        )

    return record


async def strike_of(desk: Desk, tap: Tap) -> Answer | Refusal:
    """This member is to be struck off; the reason is asked for."""
    officer = await steering.may_steer(desk, tap.account, tap.number(0), tap.at, head_only=True)
    if isinstance(officer, Refusal):
        return officer
    more = {"of": tap.number(1)}
    return await office.ask_reason(desk, tap.account, officer.dossier, "strike", more)


async def strike_reason(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """The reason of a strike: now it is done."""
    reason = office.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    act = await steering.strike(desk, sent.account, ref["consultation"], ref["of"], reason, sent.at)
    return act if isinstance(act, Refusal) else await _done(desk, sent.account, ref, "strike")


def _ending(act: str) -> Pressed:
    async def ask(desk: Desk, tap: Tap) -> Answer | Refusal:
        return await office.ask_ending(desk, tap.account, tap.number(0), act, tap.at)

    return ask


def _ended(act: str) -> Typed:
    use_case = {
        "withdraw": steering.withdraw,
        "close": steering.close_by_hand,
        "meeting": steering.bring_to_meeting,
    }[act]

    async def end(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
        reason = office.reason_words(sent.text)
        if isinstance(reason, Refusal):
            return reason
        result = await use_case(desk, sent.account, ref["consultation"], reason, sent.at)
        return result if isinstance(result, Refusal) else await _done(desk, sent.account, ref, act)

    return end


async def meeting(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Before the close: a reason is asked for. After it, where the rule offers it: at once."""
    if not await steering.is_closed(desk, tap.number(0)):
        return await office.ask_ending(desk, tap.account, tap.number(0), "meeting", tap.at)
    refusal = await steering.take_offered_meeting(desk, tap.account, tap.number(0))
    if refusal:
        return refusal
    return await _done(desk, tap.account, {"consultation": tap.number(0)}, "meeting")


async def _done(desk: Desk, account: int, ref: Mapping[str, Any], act: str) -> Answer | Refusal:
    dossier = await steering.dossier(desk, account, ref["consultation"])
    if not isinstance(dossier, Dossier):
        return dossier
    return await office.done(desk, account, dossier, act)


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
