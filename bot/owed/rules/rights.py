"""Who may see and settle a debt, and with what; one predicate decides the button and the press alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.owed.rules.debt import PAPERS, Debt, DebtKind
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person is to one debt now."""

    person: int
    owes: bool = False
    """Owes it, or stands in for the head who does."""
    clerk: bool = False
    head: bool = False
    """Heads a body of the committee."""
    asked: bool = False
    """The answer is owed to this person, or the task was given by this person."""
    leads: bool = False
    """Heads the body that gave a task, or stands in for that head."""


def may_see(who: Rights) -> Refusal | None:
    """Who owes it, to whom an answer is owed, clerk and head; nobody else learns of it."""
    known = who.owes or who.clerk or who.head or who.asked or who.leads
    return None if known else NO_RIGHT


def may_settle_by_paper(debt: Debt, who: Rights) -> Refusal | None:
    """Head or clerk say once that the paper has gone out."""
    if debt.kind not in PAPERS or not (who.owes or who.clerk):
        return NO_RIGHT
    return _over(debt) or (_resting(debt) if debt.rests_since else None)


def may_say_concern(debt: Debt, who: Rights) -> Refusal | None:
    """Head or clerk say once whether a decision concerns the tasks of whom the text names (QN 13.3)."""
    if debt.kind is not DebtKind.NOTICE or not (who.owes or who.clerk):
        return NO_RIGHT
    if debt.is_undecided:
        return None
    return _over(debt) or Refusal("debt_concern_said", debt.article, back=action("debt", debt.id))


def may_date(debt: Debt, number: str, paper_on: date | None, at: datetime) -> Refusal | None:
    """A paper that has gone out has a number and a date, which is not ahead."""
    back = action("settle_paper", debt.id)
    if not number or paper_on is None:
        return Refusal("debt_paper_needed", debt.article, back=back)
    if paper_on > in_viet_nam(at).date():
        return Refusal("debt_paper_ahead", debt.article, back=back, values={"day": paper_on})
    return None


def may_answer(debt: Debt, who: Rights) -> Refusal | None:
    """Only the one asked gives the answer, of a body its head, once; also past its day."""
    if debt.kind is not DebtKind.ANSWER:
        return NO_RIGHT
    if not who.owes:
        return Refusal("debt_answer_of_another", debt.article)
    return _over(debt)


def may_settle_task(debt: Debt, who: Rights) -> Refusal | None:
    """Whoever owes a task, or the office, says once that it is done; also past its day."""
    if debt.kind is not DebtKind.TASK or not (who.owes or who.clerk or who.leads):
        return NO_RIGHT
    return _over(debt)


def may_put_off(debt: Debt, who: Rights) -> Refusal | None:
    """Only the head of the body that gave a task gives more time for it, also past its day."""
    if debt.kind is not DebtKind.TASK or may_see(who):
        return NO_RIGHT
    if not who.leads:
        return Refusal("debt_only_head", back=action("debt", debt.id))
    return _over(debt)


def may_put_off_to(debt: Debt, who: Rights, day: date, at: datetime) -> Refusal | None:
    """More time ends after the day that stands, and not before today."""
    refusal = may_put_off(debt, who)
    if refusal is not None:
        return refusal
    if day <= debt.due_on:
        values = {"day": day, "due": debt.due_on}
        return Refusal("debt_day_not_later", back=action("debt", debt.id), values=values)
    return may_name_day(day, at)


def may_name_day(day: date, at: datetime) -> Refusal | None:
    """The last day of a task is today or ahead."""
    if day >= in_viet_nam(at).date():
        return None
    return Refusal("debt_day_past", values={"day": day})


def _resting(debt: Debt) -> Refusal:
    kind = "debt_undecided" if debt.is_undecided else "debt_rests"
    return Refusal(kind, debt.article, back=action("debt", debt.id))


def _over(debt: Debt) -> Refusal | None:
    if debt.settled_at is not None:
        values = {
            "answered": debt.kind is DebtKind.ANSWER,
            "at": debt.settled_at,
            "number": debt.number,
            "paper_on": debt.paper_on,
        }
        return Refusal("debt_settled", debt.article, back=action("debt", debt.id), values=values)
    if debt.dropped_at is not None:
        return Refusal("debt_dropped", values={"at": debt.dropped_at})
    return None
