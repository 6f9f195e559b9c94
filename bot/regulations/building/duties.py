"""Who owes which report, from its checked shape to its values."""

from __future__ import annotations

from bot.regulations.rules.duties import (
    AfterEvent,
    DueKind,
    DueRule,
    Duty,
    FixedDay,
    Party,
    PartyKind,
    Period,
)
from bot.regulations.schema.common import Common
from bot.regulations.schema.document import BodyPart
from bot.regulations.schema.duties import DuePart, DutyPart, PartyPart, day_and_month


def duty(id_: str, part: DutyPart, common: Common, bodies: dict[str, BodyPart]) -> Duty:
    """Who owes which report to whom; the due day is that of [common] where the duty names none."""
    reminders = common.duty_reminders
    return Duty(
        id=id_,
        debtors=tuple(_party(each, bodies) for each in part.debtors),
        to=tuple(_party(each, bodies) for each in part.to),
        what=part.what,
        periods=tuple(part.periods.value) if part.periods else (),
        due=_due(part, common),
        article=part.article,
        through=part.through,
        unasked=part.unasked,
        remind_days=tuple(reminders.value) if reminders else (),
    )


def _party(part: PartyPart, bodies: dict[str, BodyPart]) -> Party:
    for kind, ref in (
        (PartyKind.BODY, part.body),
        (PartyKind.EACH_MEMBER, part.each_member_of),
    ):
        if ref is not None:
            return Party(kind, bodies[ref].name, ref)
    if part.office is not None:
        return Party(PartyKind.OFFICE, part.office, part.office)
    if part.unit is not None:
        return Party(PartyKind.UNIT, part.unit, by_name=part.by_name)
    return Party(PartyKind.SUPERIOR, part.superior or "")


def _due(part: DutyPart, common: Common) -> DueRule:
    if part.due is not None:
        return _stated_due(part.due, part.article)
    if common.report_due is None or part.every == {Period.AD_HOC}:
        return DueRule(DueKind.BY_HAND)
    cell = common.report_due
    day = common.debtor_day.value if part.through and common.debtor_day else 0
    return DueRule(
        DueKind(cell.value), debtor_day=day, article=cell.article, assumption=cell.assumption
    )


def _stated_due(part: DuePart, article: str) -> DueRule:
    if part.rule is not None:
        return DueRule(DueKind(part.rule), article=part.article or article)
    if part.after is not None and part.span is not None:
        event = AfterEvent(part.after, part.span, part.body)
        return DueRule(DueKind.AFTER, article=part.article or article, after=event)
    day, month = day_and_month(part.before or part.latest or "")
    fixed = FixedDay(month=month, day=day, inclusive=part.before is None)
    return DueRule(DueKind.FIXED_DAY, fixed, article=part.article or article)
