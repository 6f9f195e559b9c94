"""A member's phone: the opinion form, words to an answer, more time, the text. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import home
from bot.consultations import answering, asking
from bot.consultations.announcements import form as live_form
from bot.consultations.rules.consultation import Choice, Reply
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context
from bot.values import texts
from bot.values.moments import VIET_NAM
from bot.values.refusal import Refusal


async def show_form(context: Context, tap: Tap) -> Screen | Refusal:
    """The form in place of whatever stood here; opening it proves receipt."""
    found = await answering.acknowledge(context, tap.account, tap.number(0), tap.at)
    if isinstance(found, Refusal):
        return found
    return Screen(live=live_form(found.dossier.id, found.person.id), protects=found.dossier.id)


async def acknowledge(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đã nhận"."""
    found = await answering.acknowledge(context, tap.account, tap.number(0), tap.at)
    if isinstance(found, Refusal):
        return found
    return Screen(
        live=live_form(found.dossier.id, found.person.id),
        toast=context.say.label("toast.acknowledged"),
        protects=found.dossier.id,
    )


async def open_text(context: Context, tap: Tap) -> Screen | Refusal:
    """The whole text and its files, as new messages."""
    found = await answering.acknowledge(context, tap.account, tap.number(0), tap.at)
    if isinstance(found, Refusal):
        return found
    return asking.whole_text(context, found.dossier)


async def reply(context: Context, tap: Tap) -> Screen | Refusal:
    """A choice: recorded at once, or words are asked for first."""
    choice = tap.one_of(1, Choice)
    if choice is not Choice.APPROVE:
        return await asking.ask_words(context, tap.account, tap.number(0), choice, tap.at)
    given = await answering.give(context, tap.account, tap.number(0), choice, "", tap.at)
    return _given(context, given)


async def without_words(context: Context, tap: Tap) -> Screen | Refusal:
    """The choice "Tán thành, có góp ý" without the comments after all: kept as it was chosen."""
    given = await answering.give(
        context, tap.account, tap.number(0), tap.one_of(1, Choice), "", tap.at
    )
    if isinstance(given, Refusal):
        return given
    return await asking.back_to_form(
        context, tap.account, tap.number(0), toast=_toast(context, given)
    )


async def words(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The words that belong to a choice made before; long ones are kept whole."""
    if sent.file is not None:
        return Refusal("words_not_file")
    taken = asking.opinion_words(sent.text)
    if isinstance(taken, Refusal):
        return taken
    choice = Choice(ref["choice"])
    given = await answering.give(
        context,
        sent.account,
        ref["consultation"],
        choice,
        taken,
        sent.at,
        cut_at=texts.cut(sent.text, sent.at),
    )
    if isinstance(given, Refusal):
        return given
    return await asking.confirmation(context, sent.account, ref["consultation"])


async def words_go_on(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The next piece of words that were too long for one message; anything else is not awaited."""
    if sent.file is not None or not texts.goes_on(ref["cut"], sent.at):
        return Screen(await home.stray(context, sent.account))
    given = await answering.go_on(
        context, sent.account, ref["consultation"], sent.text, sent.at, ref["cut"]
    )
    return given if isinstance(given, Refusal) else Screen()


async def change(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Sửa ý kiến": the choices again, over the answer that stands."""
    return await asking.change(context, tap.account, tap.number(0), tap.at)


async def reserve(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Bảo lưu ý kiến"."""
    return await _mark(context, tap, reserved=True)


async def unreserve(context: Context, tap: Tap) -> Screen | Refusal:
    """The mark is taken off again."""
    return await _mark(context, tap, reserved=False)


async def _mark(context: Context, tap: Tap, *, reserved: bool) -> Screen | Refusal:
    given = await answering.reserve(context, tap.account, tap.number(0), tap.at, reserved=reserved)
    if isinstance(given, Refusal):
        return given
    return Screen(toast=context.say.label("toast.reserved" if reserved else "toast.unreserved"))


def _given(context: Context, given: Reply | Refusal) -> Screen | Refusal:
    """The form itself is shown anew by the act; here only the short word on the button."""
    return given if isinstance(given, Refusal) else Screen(toast=_toast(context, given))


def _toast(context: Context, given: Reply) -> str:
    choice = context.say.label(f"choice.{given.choice.value}")
    return context.say.label("toast.recorded", choice=choice)


async def ask_more_time(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Xin thêm thời gian": moments to choose from, or one typed."""
    return await asking.ask_time(context, tap.account, tap.number(0), tap.at)


async def more_time_at(context: Context, tap: Tap) -> Screen | Refusal:
    """One of the moments offered."""
    until = datetime.fromtimestamp(tap.number(1) * 60, VIET_NAM)
    return await _more_time(context, tap.account, tap.number(0), until, tap.at)


async def more_time_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """A moment typed; a date alone means the end of its working hours."""
    until = await asking.typed_moment(context, ref["consultation"], sent.text, sent.at)
    if isinstance(until, Refusal):
        return until
    return await _more_time(context, sent.account, ref["consultation"], until, sent.at)


async def _more_time(
    context: Context, account: int, consultation_id: int, until: datetime, at: datetime
) -> Screen | Refusal:
    act = await answering.ask_more_time(context, account, consultation_id, until, at)
    if isinstance(act, Refusal):
        return act
    return await asking.back_to_form(
        context, account, consultation_id, toast=context.say.label("toast.more_time")
    )


async def show_result(context: Context, tap: Tap) -> Screen | Refusal:
    """The result of a consultation that has ended."""
    return await asking.result(context, tap.account, tap.number(0))


PRESSES = {
    "form": show_form,
    "ack": acknowledge,
    "text": open_text,
    "reply": reply,
    "nowords": without_words,
    "edit": change,
    "reserve": reserve,
    "unreserve": unreserve,
    "more": ask_more_time,
    "result": show_result,
    "more_at": more_time_at,
}
WORDS = {"words": words, "words_go_on": words_go_on, "more_time": more_time_typed}
