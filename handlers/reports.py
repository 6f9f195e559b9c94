"""Reports on the phones of who owes them and of the office. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import Fetch, MalformedPressError, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.reports import screens
from bot.reports.delivering import delivering, more_time
from bot.reports.delivering.delivering import How, Sending
from bot.reports.duties import due_days
from bot.values.refusal import Refusal

HOWS: dict[str, How] = {"deliver": "deliver", "add": "add", "record": "record"}


def _day(tap: Tap, place: int) -> date:
    try:
        return datetime.strptime(tap.word(place), "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise MalformedPressError from error


# --- screens -----------------------------------------------------------------------------------


async def mine(context: Context, tap: Tap) -> Screen | Refusal:
    """The list "Báo cáo của tôi"."""
    return await screens.mine(context, tap.account, tap.number(0))


async def report(context: Context, tap: Tap) -> Screen | Refusal:
    """One report."""
    return await screens.report(context, tap.account, tap.number(0))


async def report_of(context: Context, tap: Tap) -> Screen | Refusal:
    """One's own report for a duty and a period."""
    return await screens.report_of(context, tap.account, tap.number(0), tap.word(1), tap.word(2))


async def files(context: Context, tap: Tap) -> Screen | Refusal:
    """The files delivered with it."""
    return await screens.files(context, tap.account, tap.number(0))


# --- delivering --------------------------------------------------------------------------------


def _asks(how: How) -> Pressed:
    async def ask(context: Context, tap: Tap) -> Screen | Refusal:
        return await delivering.ask(context, tap.account, tap.number(0), how)

    return ask


async def plainly(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đã gửi, không kèm tệp"."""
    if tap.word(1) not in HOWS:
        raise MalformedPressError
    how = HOWS[tap.word(1)]
    return await delivering.plainly(context, tap.account, tap.number(0), how, tap.at)


def sent(fetch: Fetch) -> Typed:
    """The file, or number and date; `fetch` brings a file's bytes."""

    async def take(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
        of, how, file = ref["report"], HOWS[ref["how"]], sent.file
        if file is None:
            return await delivering.in_words(context, sent.account, of, how, sent.text, sent.at)
        refusal = await delivering.may_send_file(
            context, sent.account, of, how, file.name, file.size
        )
        if refusal:
            return refusal
        sending = Sending(file.name, file.file_id, await fetch(file.file_id))
        return await delivering.with_file(
            context, sent.account, of, how, sending, text=sent.text, at=sent.at
        )

    return take


# --- more time ---------------------------------------------------------------------------------


async def more(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Xin gia hạn"."""
    return await more_time.ask_until(context, tap.account, tap.number(0))


async def until(context: Context, tap: Tap) -> Screen | Refusal:
    """One of the days offered."""
    return await more_time.ask(context, tap.account, tap.number(0), _day(tap, 1))


async def until_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """A day typed."""
    return await more_time.until_typed(context, sent.account, ref["report"], sent.text, sent.at)


async def later(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Để sau"."""
    return await more_time.put_off(context, tap.account, tap.number(0))


async def grant(context: Context, tap: Tap) -> Screen | Refusal:
    """The office agrees to a day."""
    return await more_time.grant(context, tap.account, tap.number(0), _day(tap, 1))


async def grant_other(context: Context, tap: Tap) -> Screen | Refusal:
    """The office will name another day."""
    return await more_time.ask_day(context, tap.account, tap.number(0))


async def grant_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The other day."""
    return await more_time.day_typed(context, sent.account, ref["report"], sent.text, sent.at)


def _asks_reason(act: str) -> Pressed:
    async def ask(context: Context, tap: Tap) -> Screen | Refusal:
        return await more_time.ask_reason(context, tap.account, tap.number(0), act)

    return ask


async def decline_plain(context: Context, tap: Tap) -> Screen | Refusal:
    """Declined without a reason."""
    return await more_time.decline(context, tap.account, tap.number(0))


async def decline(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """Declined, with the reason."""
    return await more_time.decline(context, sent.account, ref["report"], sent.text)


async def excuse(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """Let off for this period, with the reason."""
    return await more_time.excuse(context, sent.account, ref["report"], sent.text)


# --- due days ----------------------------------------------------------------------------------


async def duties(context: Context, tap: Tap) -> Screen | Refusal:
    """The duties of the regulation."""
    return await due_days.duties(context, tap.account, tap.number(0))


async def duty(context: Context, tap: Tap) -> Screen | Refusal:
    """One duty."""
    return await due_days.duty(context, tap.account, tap.number(0), tap.word(1))


async def ask_rule(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đặt hạn cho mọi kỳ"."""
    return await due_days.ask_rule(context, tap.account, tap.number(0), tap.word(1))


async def drop_rule(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Trở lại hạn theo quy chế"."""
    return await due_days.drop_rule(context, tap.account, tap.number(0), tap.word(1))


async def ask_period(context: Context, tap: Tap) -> Screen | Refusal:
    """One period's day is to be fixed."""
    return await due_days.ask_period(context, tap.account, tap.number(0), tap.word(1), tap.word(2))


async def ask_remind_days(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đặt ngày nhắc"."""
    return await due_days.ask_remind_days(context, tap.account, tap.number(0), tap.word(1))


async def rule_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The day of every period."""
    return await due_days.fix_rule(context, sent.account, ref["committee"], ref["duty"], sent.text)


async def days_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The days of reminding."""
    return await due_days.fix_remind_days(
        context, sent.account, ref["committee"], ref["duty"], sent.text
    )


async def period_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The day of one period."""
    return await due_days.fix_period(
        context,
        sent.account,
        ref["committee"],
        ref["duty"],
        ref["period"],
        text=sent.text,
        at=sent.at,
    )


PRESSES: dict[str, Pressed] = {
    "reports": mine,
    "report": report,
    "report_of": report_of,
    "report_files": files,
    "report_sent": _asks("deliver"),
    "report_add": _asks("add"),
    "report_record": _asks("record"),
    "report_plain": plainly,
    "report_more": more,
    "report_until": until,
    "report_later": later,
    "report_grant": grant,
    "report_grant_other": grant_other,
    "report_decline": _asks_reason("decline"),
    "report_decline_plain": decline_plain,
    "report_excuse": _asks_reason("excuse"),
    "report_duties": duties,
    "report_duty": duty,
    "report_rule": ask_rule,
    "report_rule_drop": drop_rule,
    "report_period": ask_period,
    "report_remind_days": ask_remind_days,
}
WORDS: dict[str, Typed] = {
    "report_more": until_typed,
    "report_grant": grant_typed,
    "report_decline": decline,
    "report_excuse": excuse,
    "report_rule": rule_typed,
    "report_days": days_typed,
    "report_period": period_typed,
}
