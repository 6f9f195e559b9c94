"""From which day on, and by which decision: the two questions that end every form of what counts from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.committees.rules.amending import refuse_since
from bot.db.notice import Button, Rows
from bot.kit.form import Answers, Field, View, answer
from bot.people.face import House, refuse_decision
from bot.rendering import Rendering, initial
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, refuse, require
from bot.values.typed_days import LONGEST, DayFault, parse_days
from bot.values.words import read_line


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenView(View):
    """A form before a clerk that asks both."""

    house: House

    @property
    def ahead(self) -> date | None:
        """The day that must be passed, where there is one."""
        return None

    @property
    def since(self) -> date | None:
        """From which day on, once it is answered."""
        found = self.fields.get("since")
        return date.fromisoformat(found) if found else None


def when() -> tuple[Field[Any], Field[Any]]:
    """Both questions, each pressed or typed."""
    return Field("since", pressed=_since, said=_since_said), Field("decision", said=_decision)


def _since(view: WhenView, value: str) -> Answers:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        refuse("stale_question")
    require(refuse_since(day, in_viet_nam(view.now).date(), view.ahead))
    return {"since": day.isoformat()}


def _since_said(view: WhenView, text: str, at: datetime) -> Answers:
    return _since(view, day_typed(text, at).isoformat())


def _decision(view: WhenView, text: str, at: datetime) -> Answers:
    line = read_line(text, LONGEST)
    require(refuse_decision(view, line, at))
    return {"decision": line}


def refuse_undecided(before: object, line: str, at: datetime) -> Refusal | None:
    """Nothing counts from a day on without a decision, with its number and its day."""
    return refuse_decision(before, line, at) if line else Refusal("decision_needed")


def day_buttons(say: Rendering, view: WhenView, question: str) -> Rows:
    """Days that come to mind, as far as they may be."""
    today = in_viet_nam(view.now).date()
    possible = [day for day in offered(today) if refuse_since(day, today, view.ahead) is None]
    return tuple(
        (Button(initial(say.day(day)), answer(view, question, day.isoformat())),)
        for day in possible
    )


def offered(today: date) -> list[date]:
    """Today, tomorrow, the first of the next month and of the next year."""
    month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    return sorted({today, today + timedelta(days=1), month, date(today.year + 1, 1, 1)})


def day_typed(text: str, at: datetime) -> date:
    """The one day that is meant; without its year the next one of that name. Refuses what is no single day."""
    today = in_viet_nam(at).date()
    typed = parse_days(text, today.year)
    if not isinstance(typed, DayFault) and typed.first < today:
        later = parse_days(text, today.year + 1)
        typed = later if not isinstance(later, DayFault) and later.first > typed.first else typed
    if isinstance(typed, DayFault) or typed.first != typed.last:
        refuse("since_unclear")
    return typed.first
