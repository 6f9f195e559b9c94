"""Verbs of reports asked for by hand as what people do on their phones: buttons and messages only."""

from __future__ import annotations

from datetime import date, datetime

from bot.reports import overview
from simulator.hands import Hands, Seen
from simulator.story import Step, local
from simulator.verbs.cast import Cast, Refusal, Verb, in_turn

QUESTIONS = 12
"""More questions than the form has."""
MEMBERS = {"members", "each_member", "member", "thành viên", "các thành viên", "mọi thành viên"}
UNITS = {"units", "unit", "đơn vị", "các đơn vị", "mọi đơn vị"}


async def add_duty(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Fill in the form question by question, as its buttons ask, and hand the report out.

    A report of the term has no occasion: its day is fixed instead.
    """
    seen = await _begin(cast, hands)
    form = hands.screen_with("form_drop")
    if seen.refusal is None and "form_back" in form:
        await hands.press("form_drop", *form["form_drop"])
        seen = await _begin(cast, hands)
    if seen.refusal is not None:
        return seen.refusal
    if await _is_of_a_term(cast, hands, step):
        return await _fix_the_term(cast, hands, step)
    refusal = await _fill_in(cast, hands, step)
    if refusal is None and cast.stage.answers:
        async with cast.stage.context() as context:
            occasion = await overview.newest_occasion(context)
        if occasion is not None:
            named = step.id or step.duty or occasion[0]
            cast.occasions[named] = occasion
            cast.occasions[f"{step.duty or named} {step.period}".strip()] = occasion
    return refusal


async def _begin(cast: Cast, hands: Hands) -> Seen:
    if hands.shows("rhand", cast.committee) is None:
        await hands.say("/start")
        await hands.press("rboard", cast.committee)
    return await hands.press("rhand", cast.committee)


async def _is_of_a_term(cast: Cast, hands: Hands, step: Step) -> bool:
    async with cast.stage.context() as context:
        known = await overview.knows(context, cast.committee, step.duty)
    form = hands.screen_with("form_drop")
    if not known or not form:
        return False
    return hands.shows("form_fill", int(form["form_drop"][0]), "source", step.duty) is None


async def _fix_the_term(cast: Cast, hands: Hands, step: Step) -> Refusal:
    return await in_turn(
        lambda: hands.press("report_period", cast.committee, step.duty, "T"),
        lambda: hands.say(local(_due(step) or step.at.date())),
    )


async def _fill_in(cast: Cast, hands: Hands, step: Step) -> Refusal:
    for _ in range(QUESTIONS):
        form = hands.screen_with("form_drop")
        if not cast.stage.hears or not form:
            return None
        draft, question = int(form["form_drop"][0]), form["form_drop"][1]
        if question == "preview":
            return (await hands.press("form_send", draft)).refusal
        seen = await _answer(cast, hands, step, draft, question)
        if seen.refusal is not None:
            return seen.refusal
    return None


async def _answer(cast: Cast, hands: Hands, step: Step, draft: int, question: str) -> Seen:
    """One question: by its button where the answer is a button, else in words."""
    match question:
        case "source":
            offered = hands.shows("form_fill", draft, "source", step.duty or "own") is not None
            source = step.duty if step.duty and offered else "own"
            return await hands.press("form_fill", draft, "source", source)
        case "ticked":
            return await _tick(cast, hands, step, draft)
        case "to":
            return await hands.press("form_fill", draft, "to", cast.story.body)
        case "words" if not step.words:
            return await hands.press("form_fill", draft, "words", "none")
    due = _due(step)
    said = {
        "what": step.what or step.subject or step.name or step.duty or "Báo cáo đột xuất",
        "due": local(due) if due else "sau 5 ngày làm việc",
        "words": step.words,
    }
    return await hands.say(said[question])


def _due(step: Step) -> datetime | date | None:
    day = step.day if isinstance(step.day, date) else None
    return step.until or step.deadline or day


async def _tick(cast: Cast, hands: Hands, step: Step, draft: int) -> Seen:
    wanted = [*step.debtors, *([step.of] if step.of else [])]
    ticked = hands.shows("form_fill", draft, "ticked", "yes") is not None
    if wanted and ticked:
        await hands.press("rhand_tick", draft, "none", 0)
    keys = [_key(cast, each) for each in wanted]
    if not wanted and not ticked:
        keys = ["u" if cast.story.unit else f"m.{cast.story.body}"]
    for key in keys:
        seen = await hands.press("rhand_tick", draft, key, 0)
        if seen.refusal is not None:
            return seen
    return await hands.press("form_fill", draft, "ticked", "yes")


def _key(cast: Cast, called: str) -> str:
    """Who is meant: somebody by name, every unit, each member, or a body by its id."""
    if called in cast.persons:
        return f"p.{cast.persons[called]}"
    if called.casefold() in UNITS:
        return "u"
    if called.casefold() in MEMBERS:
        return f"m.{cast.story.body}"
    return f"b.{called}"


async def withdraw_duty(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Take it back, and confirm."""
    duty, period = cast.occasion(step.duty or cast.latest_occasion, "")
    async with cast.stage.context() as context:
        found = await overview.any_of(context, cast.committee, duty, period)
    return await in_turn(
        lambda: hands.press("rhand_end", found),
        lambda: hands.press("rhand_end", found, "yes"),
    )


VERBS: dict[str, Verb] = {"add_duty": add_duty, "withdraw_duty": withdraw_duty}
