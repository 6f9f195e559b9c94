"""Answers to invitations, consent, checking in, the list of meetings: buttons on the phone. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.meetings import overview
from bot.meetings.attendance import attendance, awaiting
from bot.meetings.rules.meeting import Mark
from bot.meetings.sitting import showing
from bot.values.refusal import Refusal


async def listed(context: Context, tap: Tap) -> Screen | Refusal:
    """Coming meetings and the last ones."""
    return Screen(await overview.card(context, tap.account))


async def show(context: Context, tap: Tap) -> Screen | Refusal:
    """The meeting as it is to this person."""
    return await showing.show(context, tap.account, tap.number(0))


async def show_invitation(context: Context, tap: Tap) -> Screen | Refusal:
    """The own invitation."""
    return await showing.show_invitation(context, tap.account, tap.number(0))


async def dashboard(context: Context, tap: Tap) -> Screen | Refusal:
    """The dashboard in place."""
    return await showing.show_dashboard(context, tap.account, tap.number(0))


async def answer(context: Context, tap: Tap) -> Screen | Refusal:
    """Answer the invitation: to attend is noted at once, to be absent asks why."""
    acts = {"attend": attendance.attend, "absent": attendance.ask_reason}
    if tap.word(1) not in acts:
        raise MalformedPressError
    return await acts[tap.word(1)](context, tap.account, tap.number(0), tap.at)


async def absent(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """Why somebody will be absent: now it is noted."""
    return await attendance.absent(context, sent.account, ref["meeting"], sent.text, sent.at)


async def absence(context: Context, tap: Tap) -> Screen | Refusal:
    """The request to be absent, for whoever consents."""
    return await attendance.show_absence(context, tap.account, tap.number(0), tap.number(1))


async def consent(context: Context, tap: Tap) -> Screen | Refusal:
    """Consent to an absence."""
    return await attendance.decide_absence(
        context, tap.account, tap.number(0), tap.number(1), Mark.CONSENT, at=tap.at
    )


async def refuse(context: Context, tap: Tap) -> Screen | Refusal:
    """No consent: why may be said."""
    return await attendance.may_refuse(context, tap.account, tap.number(0), tap.number(1))


async def refuse_plainly(context: Context, tap: Tap) -> Screen | Refusal:
    """No consent, without a word."""
    return await attendance.decide_absence(
        context, tap.account, tap.number(0), tap.number(1), Mark.REFUSE, at=tap.at
    )


async def refused(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """Why the absence is not consented to: now it is noted."""
    reason = attendance.words_of(sent.text)
    if isinstance(reason, Refusal):
        return reason
    return await attendance.decide_absence(
        context,
        sent.account,
        ref["meeting"],
        ref["of"],
        Mark.REFUSE,
        at=sent.at,
        reason=reason,
    )


async def remind(context: Context, tap: Tap) -> Screen | Refusal:
    """Reminds those who have not answered."""
    done = await awaiting.remind(context, tap.account, tap.number(0), tap.at)
    if isinstance(done, Refusal):
        return done
    if done.later:
        at = context.say.moment_short(done.at)
        return Screen(toast=context.say.label("toast.reminded_later", at=at))
    return Screen(toast=context.say.label("toast.reminded", count=done.count))


async def check_in(context: Context, tap: Tap) -> Screen | Refusal:
    """The own arrival."""
    return await attendance.check_in(context, tap.account, tap.number(0), None, tap.at)


async def check_in_of(context: Context, tap: Tap) -> Screen | Refusal:
    """Somebody's arrival, noted by the office."""
    return await attendance.check_in(context, tap.account, tap.number(0), tap.number(1), tap.at)


async def leave(context: Context, tap: Tap) -> Screen | Refusal:
    """The own leaving."""
    return await attendance.leave(context, tap.account, tap.number(0), None, tap.at)


async def leave_of(context: Context, tap: Tap) -> Screen | Refusal:
    """Somebody's leaving, noted by the office."""
    return await attendance.leave(context, tap.account, tap.number(0), tap.number(1), tap.at)


def _pick(mark: Mark) -> Pressed:
    async def pick(context: Context, tap: Tap) -> Screen | Refusal:
        page = tap.number(1) if len(tap.args) > 1 else 0
        return await attendance.pick(context, tap.account, tap.number(0), mark, tap.at, page)

    return pick


PRESSES: dict[str, Pressed] = {
    "mlist": listed,
    "mshow": show,
    "minvite": show_invitation,
    "mdash": dashboard,
    "mremind": remind,
    "rsvp": answer,
    "absence": absence,
    "absence_ok": consent,
    "absence_no": refuse,
    "absence_nay": refuse_plainly,
    "checkin": check_in,
    "checkin_of": check_in_of,
    "checkin_ofs": _pick(Mark.CHECK_IN),
    "leave": leave,
    "leave_of": leave_of,
    "leave_ofs": _pick(Mark.LEAVE),
}
WORDS: dict[str, Typed] = {"absent": absent, "absence_no": refused}
