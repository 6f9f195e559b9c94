"""Cards about the working calendar. Words live in templates, rules elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from bot.db.notice import Button, Card, Row
from bot.kit.ask import day_digits
from bot.kit.card import page_of, to_home
from bot.people.face import Office
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.moments import in_digits
from bot.values.typed_days import TypedDays
from bot.values.working_days import CalendarDay, WorkingCalendar

PAGE = 12
"""Days on one page; each is a button too."""


def listed(
    say: Rendering,
    office: Office,
    rows: Sequence[CalendarDay],
    year: int,
    years: Mapping[int, str | None],
    number: int,
    *,
    working: WorkingCalendar,
    added: TypedDays | None,
    removed: CalendarDay | None,
) -> Card:
    """One page of one year; `years` as the store gives them, with what each was compared."""
    page = page_of(rows, number, PAGE)
    text = say.text(
        "calendar_list",
        committee=office.committee.name,
        year=year,
        lines=page.entries,
        page=page.number + 1,
        pages=page.count,
        total=working.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)),
        added=added,
        removed=removed,
        compared_with=years.get(year),
        only_computed=year in years and years[year] is None,
    )
    committee = office.committee.id
    buttons: list[Row] = [(_day(committee, row),) for row in page.entries]
    buttons += page.turns(say, lambda to: action("calendar", committee, year, to))
    buttons += _years(say, committee, year, years)
    if office.may_edit:
        buttons += [(_add(say, committee, kind, year),) for kind in ("off", "working")]
        if year in years and years[year] is None:
            buttons.append((_compare(say, committee, year),))
    return Card(text, (*buttons, to_home(say)))


def _day(committee: int, row: CalendarDay) -> Button:
    return Button(
        f"{in_digits(row.day)} · {row.name}"[:60],
        action("calendar_day", committee, day_digits(row.day)),
    )


def _years(say: Rendering, committee: int, year: int, years: Collection[int]) -> list[Row]:
    """The years next to this one that hold days."""
    turns = [each for each in (year - 1, year + 1) if each in years]
    row = tuple(
        Button(say.label("calendar_button.year", year=each), action("calendar", committee, each))
        for each in turns
    )
    return [row] if row else []


def _add(say: Rendering, committee: int, kind: str, year: int) -> Button:
    label = say.label(f"calendar_button.add_{kind}")
    return Button(label, action("calendar_add", committee, kind, year))


def _compare(say: Rendering, committee: int, year: int) -> Button:
    return Button(say.label("calendar_button.compare"), action("calendar_compare", committee, year))


def to_year(say: Rendering, committee: int, year: int) -> Row:
    """The way back to one year."""
    return (Button(say.label("button.back"), action("calendar", committee, year)),)


def one_day(say: Rendering, office: Office, row: CalendarDay) -> Card:
    """One day; the clerk may take it out."""
    committee = office.committee.id
    text = say.text("calendar_day", committee=office.committee.name, row=row)
    rows: list[Row] = []
    if office.may_edit:
        gone = action("calendar_remove", committee, day_digits(row.day))
        rows.append((Button(say.label("calendar_button.remove"), gone, style="danger"),))
    return Card(text, (*rows, to_year(say, committee, row.day.year)))


def asks_days(say: Rendering, office: Office, kind: str, year: int) -> Card:
    """Asks for the days, in words."""
    text = say.text("calendar_add", committee=office.committee.name, kind=kind, year=year)
    return Card(text, (to_year(say, office.committee.id, year),))


# --- compared with the announcement ----------------------------------------------------------


def asks_to_compare(say: Rendering, committee: int, name: str, year: int) -> Card:
    """Asks a clerk to compare a year whose days off are only computed."""
    open_year = Button(
        say.label("calendar_button.year", year=year), action("calendar", committee, year)
    )
    text = say.text("calendar_ask_compare", committee=name, year=year)
    return Card(text, ((open_year,), (_compare(say, committee, year),)))


def asks_source(say: Rendering, office: Office, year: int) -> Card:
    """Asks with which announcement a year was compared."""
    text = say.text("calendar_source", committee=office.committee.name, year=year)
    return Card(text, (to_year(say, office.committee.id, year),))


def compared(say: Rendering, office: Office, year: int, source: str) -> Card:
    """A year has been compared."""
    text = say.text("calendar_compared", committee=office.committee.name, year=year, source=source)
    return Card(text, (to_year(say, office.committee.id, year), to_home(say)))
