"""Verbs of report duties as what people do on their phones: buttons and messages only."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from bot.kit.ask import NOTHING
from bot.reports import overview
from bot.reports.overview import Found
from bot.values.moments import in_viet_nam
from simulator.hands import Hands
from simulator.story import Step, local
from simulator.verbs.cast import Cast, Refusal, Verb, in_turn


async def _own(cast: Cast, step: Step) -> Found | None:
    """What a step is about: the report of who acts, or of the debtor it names."""
    async with cast.stage.context() as context:
        return await overview.find(
            context,
            cast.committee,
            step.duty,
            step.period,
            person=cast.person(step.who),
            debtor=step.of or "",
        )


async def _nothing(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """What the bot says to somebody who looks for a report that is not his."""
    return (await hands.press("report_of", cast.committee, step.duty, step.period)).refusal


async def deliver_report(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Tap "Đã gửi" and send the file, or number and date; the office notes a paper of somebody else."""
    found = await _own(cast, step)
    if found is None:
        return await _nothing(cast, hands, step)
    records = step.of is not None and step.of != step.who
    act = "report_record" if records else "report_sent"
    seen = await hands.press(act, found.id)
    if seen.refusal is not None:
        return seen.refusal
    words = _number_and_day(step)
    if step.file:
        path = cast.folder / step.file
        content = path.read_bytes() if path.is_file() else f"{step.duty} {step.period}".encode()
        return (await hands.send_file(Path(step.file).name, content)).refusal
    if words:
        return (await hands.say(words)).refusal
    return (await hands.press(act, found.id, NOTHING)).refusal


def _number_and_day(step: Step) -> str:
    number = f"số {step.number}" if step.number else ""
    day = f"ngày {_written(step.day)}" if step.day is not None else ""
    return " ".join(filter(None, (number, day)))


def _written(day: date | int | str | None) -> str:
    return local(day) if isinstance(day, date) else str(day)


async def ask_extension(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Tap "Xin gia hạn" and say until when."""
    found = await _own(cast, step)
    if found is None:
        return await _nothing(cast, hands, step)
    return await in_turn(
        lambda: hands.press("report_more", found.id),
        lambda: hands.say(local(_day(step.until) or step.at.date())),
    )


def _day(until: date | None) -> date | None:
    """A moment given for a day is that day in Viet Nam."""
    return in_viet_nam(until).date() if isinstance(until, datetime) else until


async def put_off_report(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Tap "Để sau"."""
    found = await _own(cast, step)
    if found is None:
        return await _nothing(cast, hands, step)
    return (await hands.press("report_later", found.id)).refusal


async def _asked(cast: Cast, step: Step) -> Found | None:
    async with cast.stage.context() as context:
        return await overview.asking(context, cast.committee, step.duty, step.period, step.of or "")


async def grant_extension(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Agree to the day asked for, or name another."""
    found = await _asked(cast, step)
    if found is None:
        return await _nothing(cast, hands, step)
    until = _day(step.until)
    if until is not None and until != found.asked_until:
        return await in_turn(
            lambda: hands.press("report_grant", found.id),
            lambda: hands.say(local(until)),
        )
    day = found.asked_until or in_viet_nam(step.at).date()
    return (await hands.press("report_grant", found.id, f"{day:%Y%m%d}")).refusal


async def decline_extension(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Do not agree, with a reason or without."""
    found = await _asked(cast, step)
    if found is None:
        return await _nothing(cast, hands, step)
    seen = await hands.press("report_decline", found.id)
    if seen.refusal is not None:
        return seen.refusal
    if step.reason:
        return (await hands.say(step.reason)).refusal
    return (await hands.press("report_decline", found.id, "")).refusal


async def excuse_report(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Let one debtor off for one period, with the reason."""
    found = await _own(cast, step)
    if found is None:
        return await _nothing(cast, hands, step)
    return await in_turn(
        lambda: hands.press("report_excuse", found.id),
        lambda: hands.say(step.reason or "Không phát sinh nội dung báo cáo"),
    )


async def edit_due_day(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Fix the day for one period, or for every period of the duty."""
    committee, duty = cast.committee, step.duty
    if step.period:
        period = "T" if step.period.casefold() == "term" else step.period
        return await in_turn(
            lambda: hands.press("report_period", committee, duty, period),
            lambda: hands.say(_written(step.day)),
        )
    refusal = await in_turn(
        lambda: hands.press("report_rule", committee, duty),
        lambda: hands.say(_rule(step.day, with_month=True)),
    )
    if refusal is None or not isinstance(step.day, date):
        return refusal
    return (await hands.say(_rule(step.day, with_month=False))).refusal


def _rule(day: date | int | str | None, *, with_month: bool) -> str:
    """A day of every year, or, where that fits no period of the duty, of every month."""
    if not isinstance(day, date):
        return str(day)
    return f"{day.day}/{day.month}" if with_month else str(day.day)


async def _calendar(cast: Cast, hands: Hands, step: Step, kind: str) -> Refusal:
    first = step.day if isinstance(step.day, date) else step.at.date()
    last = _day(step.until)
    days = f"{local(first)} - {local(last)}" if last else local(first)
    return await in_turn(
        lambda: hands.press("calendar_add", cast.committee, kind, first.year),
        lambda: hands.say(f"{days} {step.name}".strip()),
    )


async def add_day_off(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Enter a day off, or several in a row, in the calendar."""
    return await _calendar(cast, hands, step, "off")


async def add_working_saturday(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Enter a Saturday or Sunday that is worked."""
    return await _calendar(cast, hands, step, "working")


VERBS: dict[str, Verb] = {
    "deliver_report": deliver_report,
    "ask_extension": ask_extension,
    "grant_extension": grant_extension,
    "decline_extension": decline_extension,
    "put_off_report": put_off_report,
    "excuse_report": excuse_report,
    "edit_due_day": edit_due_day,
    "add_day_off": add_day_off,
    "add_working_saturday": add_working_saturday,
}
