"""Cards about reports asked for by hand: the form, the word to who owes, taking it back. No rule lives here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.db.notice import Button, Card
from bot.people.cards import Rows, home, is_agency
from bot.people.rules.people import Person
from bot.rendering import Rendering, initial
from bot.reports.board.board import board_button
from bot.reports.lines import acts, line
from bot.reports.rules.report import Report
from bot.values.action import Action, action
from bot.values.moments import in_viet_nam
from bot.values.working_days import WorkingCalendar

if TYPE_CHECKING:
    from bot.reports.ad_hoc.form import Form
    from bot.reports.ad_hoc.store import HandDuty

OFFERED_DAYS = (1, 3, 5, 10)
"""Working days ahead that are offered."""
PAGE = 12
ON_A_BUTTON = 56
NAMED = 12
"""Names told on the card; the others are counted."""


def form(say: Rendering, shown: Form, page: int = 0) -> Card:
    """The question that stands, with what was answered so far; at the end the whole."""
    fields = shown.draft.fields
    text = say.text(
        "hand_form",
        field=shown.field,
        fields=fields,
        duty=shown.duty,
        names=[_name(say, each.key, each.name) for each in shown.owing],
        most=NAMED,
        due_on=shown.due_on if "due" in fields else None,
        due_at=shown.due_at if "due" in fields else None,
        to=_to(shown),
    )
    return Card(text, (*_answers(say, shown, page), *_ways_out(say, shown)))


def _to(shown: Form) -> str:
    if shown.duty is not None:
        return ", ".join(party.name for party in shown.duty.to)
    return str(shown.draft.fields.get("to", ""))


def _name(say: Rendering, key: str, name: str) -> str:
    return say.label(f"office.{name}") if key.startswith("office:") else name


def _answers(say: Rendering, shown: Form, page: int) -> Rows:
    if shown.field == "ticked":
        return _ticks(say, shown, page)
    if shown.field == "preview":
        label = say.label("hand_button.ask", count=len(shown.owing))
        return [(Button(label, action("rhand_ask", shown.draft.id), style="success"),)]
    return [
        (Button(label, _fill(shown.draft.id, shown.field, value)),)
        for label, value in _offered(say, shown)
    ]


def _offered(say: Rendering, shown: Form) -> list[tuple[str, str]]:
    """Answers that may be pressed: what they say, and what they mean."""
    match shown.field:
        case "source":
            own = (say.label("hand_button.own"), "own")
            return [*((_short(duty.what), duty.id) for duty in shown.duties), own]
        case "to":
            return [(_short(body.name), body.id) for body in shown.book.regulation.bodies]
        case "due":
            return [(initial(say.day(day)), day.isoformat()) for day in _days(shown)]
        case "words":
            return [(say.label("hand_button.no_words"), "none")]
        case _:
            return []


def _fill(draft: int, field: str, value: str) -> Action:
    return action("rhand_fill", draft, field, value)


def _days(shown: Form) -> list[date]:
    """Some working days ahead, and the last day of this month while it lies ahead."""
    today = in_viet_nam(shown.now).date()
    days = [shown.book.calendar.add_working_days(today, count) for count in OFFERED_DAYS]
    month_end = (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return sorted({*days, *([month_end] if month_end > today else [])})


def _ticks(say: Rendering, shown: Form, page: int) -> Rows:
    extra = [key for key in shown.chosen if key not in shown.options]
    keys = (*extra, *shown.options)
    pages = max(1, -(-len(keys) // PAGE))
    page %= pages
    draft, part = shown.draft.id, keys[page * PAGE : (page + 1) * PAGE]
    rows: Rows = [
        (Button(_tick(say, shown, key), action("rhand_tick", draft, key, page)),) for key in part
    ]
    if pages > 1:
        before = action("rhand_page", draft, (page - 1) % pages)
        after = action("rhand_page", draft, (page + 1) % pages)
        labels = say.label("button.page_before"), say.label("button.page_after")
        rows.append((Button(labels[0], before), Button(labels[1], after)))
    if shown.chosen:
        clear = say.label("hand_button.clear")
        rows.append((Button(clear, action("rhand_tick", draft, "none", page)),))
        label = say.label("hand_button.ticked", count=len(shown.owing))
        rows.append((Button(label, _fill(draft, "ticked", "yes"), style="primary"),))
    return rows


def _tick(say: Rendering, shown: Form, key: str) -> str:
    mark = say.label("hand_button.on" if key in shown.chosen else "hand_button.off")
    return _short(f"{mark} {_called(say, shown, key)}")


def _called(say: Rendering, shown: Form, key: str) -> str:
    kind, _, ref = key.partition(".")
    bodies = {body.id: body.name for body in shown.book.regulation.bodies}
    if kind == "u":
        return say.label("hand_button.units")
    if kind == "o":
        return say.label(f"office.{ref}")
    if kind in ("m", "b"):
        return say.label(f"hand_button.{'each' if kind == 'm' else 'whole'}", body=bodies[ref])
    return next((p.name for p in shown.book.everybody if str(p.id) == ref), "")


def _ways_out(say: Rendering, shown: Form) -> Rows:
    draft = shown.draft.id
    rows: Rows = []
    if shown.answered:
        rows.append((Button(say.label("button.back"), action("rhand_back", draft)),))
    drop = action("rhand_drop", draft, shown.field)
    rows.append((Button(say.label("hand_button.drop"), drop),))
    return rows


def dropped(say: Rendering, committee: int) -> Card:
    """The form was put aside."""
    return Card(say.text("hand_dropped"), ((board_button(say, committee),), home(say)))


def asked(say: Rendering, hand: HandDuty, made: Sequence[Report]) -> Card:
    """To who asked: it is out; the way to where it is followed."""
    names = [report.debtor_name for report in made]
    text = say.text("hand_asked", hand=hand, names=names, most=NAMED)
    label = say.label("report_board_button.period")
    follow = Button(label, action("rperiod", made[0].id), style="primary")
    return Card(text, ((follow,), home(say)))


def told(
    say: Rendering,
    hand: HandDuty,
    person: Person,
    mine: Sequence[Report],
    calendar: WorkingCalendar,
    now: datetime,
) -> Card:
    """To somebody who owes it, or answers for a body that does."""
    shown = [line(say, report, calendar, now) for report in mine]
    text = say.text(
        "hand_told",
        hand=hand,
        name=person.name,
        of_agencies=is_agency(person),
        lines=shown,
    )
    list_ = (Button(say.label("button.reports"), action("reports", person.committee)),)
    return Card(text, (*acts(say, shown), list_))


def asks_withdrawal(say: Rendering, report_id: int, hand: HandDuty, same: Sequence[Report]) -> Card:
    """Asks once more before nobody owes it any more."""
    open_ = sum(report.is_open for report in same)
    text = say.text("hand_withdrawal", hand=hand, open_=open_, sent=len(same) - open_)
    yes = action("rhand_end", report_id, "yes")
    back = Button(say.label("button.back"), action("rperiod", report_id))
    return Card(text, ((Button(say.label("hand_button.end_yes"), yes, style="danger"),), (back,)))


def withdrawn(say: Rendering, hand: HandDuty, person: Person) -> Card:
    """To somebody who owed it: it is asked for no more."""
    of_agencies = is_agency(person)
    text = say.text("hand_back", hand=hand, name=person.name, of_agencies=of_agencies)
    return Card(text, (home(say),))


def _short(words: str) -> str:
    return words if len(words) <= ON_A_BUTTON else words[: ON_A_BUTTON - 2].rstrip() + " …"
