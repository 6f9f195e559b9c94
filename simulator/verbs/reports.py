"""Verbs of report duties, ad hoc reports and the board as what people do on their phones."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from bot.kit.ask import NOTHING
from bot.reports import overview
from bot.reports.overview import Found
from bot.values.moments import in_viet_nam
from simulator.phone_client import PhoneClient, RefusedByBot
from simulator.story import Step, local
from simulator.verbs.forms import begin, fill_in, from_home, standing
from simulator.verbs.roster import Roster, Verb


async def _own(cast: Roster, step: Step) -> Found | None:
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


async def _nothing(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """What the bot says to somebody who looks for a report that is not his."""
    await hands.press("report_of", cast.committee, step.duty, step.period)


async def deliver_report(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Đã gửi" and send the file, or number and date; the office notes a paper of somebody else."""
    found = await _own(cast, step)
    if found is None:
        await _nothing(cast, hands, step)
        return
    records = step.of is not None and step.of != step.who
    act = "report_record" if records else "report_sent"
    await hands.press(act, found.id)
    words = _number_and_day(step)
    if step.file:
        await hands.send_file(*cast.file(step.file, f"{step.duty} {step.period}".encode()))
    elif words:
        await hands.say(words)
    else:
        await hands.press(act, found.id, NOTHING)
    for each in step.also:
        duty, _, period = each.partition(" ")
        other = await _own(cast, step.model_copy(update={"duty": duty, "period": period}))
        await hands.press("report_same", found.id, other.id if other else 0)


async def send_ad_hoc(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Gửi báo cáo đột xuất", send the file, or none, and say what has happened."""
    committee = cast.committee
    await hands.press("report_unasked", committee, step.duty)
    if step.file:
        await hands.send_file(*cast.file(step.file, f"{step.duty} {step.words}".encode()))
    else:
        await hands.press("report_unasked", committee, step.duty, NOTHING)
    await hands.say(step.words or "Tình hình phức tạp mới phát sinh")


def _number_and_day(step: Step) -> str:
    number = f"số {step.number}" if step.number else ""
    day = f"ngày {_written(step.day)}" if step.day is not None else ""
    return " ".join(filter(None, (number, day)))


def _written(day: date | int | str | None) -> str:
    return local(day) if isinstance(day, date) else str(day)


async def ask_extension(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Xin gia hạn" and say until when."""
    found = await _own(cast, step)
    if found is None:
        await _nothing(cast, hands, step)
        return
    await hands.press("report_more", found.id)
    await hands.say(local(_day(step.until) or step.at.date()))


def _day(until: date | None) -> date | None:
    """A moment given for a day is that day in Viet Nam."""
    return in_viet_nam(until).date() if isinstance(until, datetime) else until


async def put_off_report(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Để sau"."""
    found = await _own(cast, step)
    if found is None:
        await _nothing(cast, hands, step)
        return
    await hands.press("report_later", found.id)


async def _asked(cast: Roster, step: Step) -> Found | None:
    async with cast.stage.context() as context:
        return await overview.asking(context, cast.committee, step.duty, step.period, step.of or "")


async def grant_extension(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Agree to the day asked for, or name another."""
    found = await _asked(cast, step)
    if found is None:
        await _nothing(cast, hands, step)
        return
    until = _day(step.until)
    if until is not None and until != found.asked_until:
        await hands.press("report_grant", found.id)
        await hands.say(local(until))
    else:
        day = found.asked_until or in_viet_nam(step.at).date()
        await hands.press("report_grant", found.id, f"{day:%Y%m%d}")


async def decline_extension(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Do not agree, with a reason or without."""
    found = await _asked(cast, step)
    if found is None:
        await _nothing(cast, hands, step)
        return
    await hands.press("report_decline", found.id)
    if step.reason:
        await hands.say(step.reason)
    else:
        await hands.press("report_decline", found.id, "")


async def excuse_report(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Let one debtor off for one period, with the reason."""
    found = await _own(cast, step)
    if found is None:
        await _nothing(cast, hands, step)
        return
    await hands.press("report_excuse", found.id)
    await hands.say(step.reason or "Không phát sinh nội dung báo cáo")


async def edit_due_day(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Fix the day for one period, or for every period of the duty."""
    committee, duty = cast.committee, step.duty
    if step.period:
        period = "T" if step.period.casefold() == "term" else step.period
        await hands.press("report_period", committee, duty, period)
        await hands.say(_written(step.day))
    else:
        await _edit_rule(hands, step, committee)


async def _edit_rule(hands: PhoneClient, step: Step, committee: int) -> None:
    """The day of every year; where that fits no period of the duty, of every month."""
    try:
        await hands.press("report_rule", committee, step.duty)
        await hands.say(_rule(step.day, with_month=True))
    except RefusedByBot:
        if not isinstance(step.day, date):
            raise
        await hands.say(_rule(step.day, with_month=False))


def _rule(day: date | int | str | None, *, with_month: bool) -> str:
    """A day of every year, or, where that fits no period of the duty, of every month."""
    if not isinstance(day, date):
        return str(day)
    return f"{day.day}/{day.month}" if with_month else str(day.day)


async def _calendar(cast: Roster, hands: PhoneClient, step: Step, kind: str) -> None:
    first = step.day if isinstance(step.day, date) else step.at.date()
    last = _day(step.until)
    days = f"{local(first)} - {local(last)}" if last else local(first)
    await hands.press("calendar_add", cast.committee, kind, first.year)
    await hands.say(f"{days} {step.name}".strip())


async def add_day_off(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Enter a day off, or several in a row, in the calendar."""
    await _calendar(cast, hands, step, "off")


async def add_working_saturday(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Enter a Saturday or Sunday that is worked."""
    await _calendar(cast, hands, step, "working")


async def open_board(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Open "Bảng báo cáo": of a duty and period every debtor, else the year by duty."""
    await _walk(cast, hands, step)


async def _walk(cast: Roster, hands: PhoneClient, step: Step) -> int:
    """From the first screen to the board, its year, the duty, the period; gives the report it stands for."""
    if hands.shows("rboard", cast.committee) is None:
        await hands.try_say("/start")
    await hands.press("rboard", cast.committee)
    if not step.duty:
        return 0
    async with cast.stage.context() as context:
        way = await overview.way_to(context, cast.committee, step.duty, step.period)
    if way.year != in_viet_nam(step.at).year:
        await hands.try_press("rboard", cast.committee, way.year)
    await hands.try_press("rduty", way.duty)
    await hands.press("rperiod", way.period)
    return way.period


async def fetch_sheet(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Have the board sent as a spreadsheet."""
    await open_board(cast, hands, step)
    await hands.press("rxlsx", cast.committee)


async def collate_reports(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Have the delivered files of a duty and period sent together."""
    report = await _walk(cast, hands, step)
    await hands.press("rzip", report)


async def fetch_figures(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Have the figures of a period told, to start a body's own report from."""
    async with cast.stage.context() as context:
        way = await overview.way_to(context, cast.committee, step.duty, step.period)
    await hands.press("rstats", way.own)


MEMBERS = {"members", "each_member", "member", "thành viên", "các thành viên", "mọi thành viên"}
UNITS = {"units", "unit", "đơn vị", "các đơn vị", "mọi đơn vị"}


async def add_duty(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Fill in the form question by question, as its buttons ask, and hand the report out.

    A report of the term has no occasion: its day is fixed instead.
    """
    await begin(hands, partial(from_home, hands, "rhand", cast.committee, "rboard"))
    if await _is_of_a_term(cast, hands, step):
        await _fix_the_term(cast, hands, step)
        return
    await fill_in(cast, hands, step, _answer)
    if cast.stage.answers:
        async with cast.stage.context() as context:
            occasion = await overview.newest_occasion(context)
        if occasion is not None:
            named = step.id or step.duty or occasion[0]
            cast.occasions[named] = occasion
            cast.occasions[f"{step.duty or named} {step.period}".strip()] = occasion


async def _is_of_a_term(cast: Roster, hands: PhoneClient, step: Step) -> bool:
    async with cast.stage.context() as context:
        known = await overview.knows(context, cast.committee, step.duty)
    asked = standing(hands)
    if not known or asked is None:
        return False
    return hands.shows("form_fill", asked[0], "source", step.duty) is None


async def _fix_the_term(cast: Roster, hands: PhoneClient, step: Step) -> None:
    await hands.press("report_period", cast.committee, step.duty, "T")
    await hands.say(local(_due(step) or step.at.date()))


async def _answer(cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str) -> None:
    """One question: by its button where the answer is a button, else in words."""
    due = _due(step)
    said = {
        "what": step.what or step.subject or step.name or step.duty or "Báo cáo đột xuất",
        "due": local(due) if due else "sau 5 ngày làm việc",
        "words": step.words,
    }
    match question:
        case "source":
            offered = hands.shows("form_fill", draft, "source", step.duty or "own") is not None
            source = step.duty if step.duty and offered else "own"
            await hands.press("form_fill", draft, "source", source)
        case "ticked":
            await _tick(cast, hands, step, draft)
        case "to":
            await hands.press("form_fill", draft, "to", cast.body(step))
        case "words" if not step.words:
            await hands.press("form_fill", draft, "words", "none")
        case _:
            await hands.say(said[question])


def _due(step: Step) -> datetime | date | None:
    day = step.day if isinstance(step.day, date) else None
    return step.until or step.deadline or day


async def _tick(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> None:
    wanted = [*step.debtors, *([step.of] if step.of else [])]
    ticked = hands.shows("form_fill", draft, "ticked", "yes") is not None
    if wanted and ticked:
        await hands.try_press("rhand_tick", draft, "none", 0)
    keys = [_key(cast, step, each) for each in wanted]
    if not wanted and not ticked:
        keys = ["u" if cast.story.unit else f"m.{cast.body(step)}"]
    for key in keys:
        await hands.press("rhand_tick", draft, key, 0)
    await hands.press("form_fill", draft, "ticked", "yes")


def _key(cast: Roster, step: Step, called: str) -> str:
    """Who is meant: somebody by name, every unit, each member, or a body by its id."""
    if called in cast.persons:
        return f"p.{cast.persons[called]}"
    if called.casefold() in UNITS:
        return "u"
    if called.casefold() in MEMBERS:
        return f"m.{cast.body(step)}"
    return f"b.{called}"


async def withdraw_duty(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Take it back, and confirm."""
    duty, period = cast.occasion(step.duty or cast.latest_occasion, "")
    async with cast.stage.context() as context:
        found = await overview.any_of(context, cast.committee, duty, period)
    await hands.press("rhand_end", found)
    await hands.press("rhand_end", found, "yes")


VERBS: dict[str, Verb] = {
    "deliver_report": deliver_report,
    "send_ad_hoc": send_ad_hoc,
    "ask_extension": ask_extension,
    "grant_extension": grant_extension,
    "decline_extension": decline_extension,
    "put_off_report": put_off_report,
    "excuse_report": excuse_report,
    "edit_due_day": edit_due_day,
    "add_day_off": add_day_off,
    "add_working_saturday": add_working_saturday,
    "open_board": open_board,
    "fetch_sheet": fetch_sheet,
    "collate_reports": collate_reports,
    "fetch_figures": fetch_figures,
    "add_duty": add_duty,
    "withdraw_duty": withdraw_duty,
}
