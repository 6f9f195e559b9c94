"""What cards of all subjects share: refusals, months, pages, short buttons side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from bot.db.notice import Button, Card, Row, Rows
from bot.kit.ask import day_digits, minutes
from bot.kit.screen import Screen
from bot.rendering import Rendering
from bot.values import labels
from bot.values.action import Action, action
from bot.values.refusal import Refusal
from bot.values.working_days import MonthDay, Week


def card(say: Rendering, refusal: Refusal) -> Card:
    """The refusal in full; the way out is always there.

    Where a step only needs other input, its head says what to give; where what was pressed stands already, as
    after pressing twice, it says so; what is forbidden, or comes too late, has one head.
    """
    own = _own_head(say, refusal)
    heading = say.label(own or "refusal.heading")
    way = say.label("refusal.please" if own.startswith("needs.") else "refusal.instead")
    text = say.text("refusal", refusal=refusal, v=refusal.values, heading=heading, way=way)
    ways = [to_home(say)]
    if refusal.back is not None:
        ways.insert(0, (Button(say.label("button.back"), refusal.back),))
    if refusal.button is not None:
        ways.insert(0, (_instead(say, refusal, refusal.button),))
    return Card(text, tuple(ways))


def _own_head(say: Rendering, refusal: Refusal) -> str:
    """The key of its own head, of what is asked for or of what stands already; empty of what is forbidden."""
    keys = (f"needs.{refusal.kind}", f"stands.{refusal.kind}" if refusal.repeats else "")
    return next((key for key in keys if key and say.has_label(key)), "")


def to_home(say: Rendering) -> Row:
    """The row that leads to the first screen."""
    return (Button(say.label("button.home"), action("home")),)


def refused_in(say: Rendering, text: str) -> str | None:
    """The head of a text as people read it, where it is the head of a refusal."""
    head = text.partition("\n")[0].strip()
    heads = (say.label("refusal.heading"), *say.labels("needs"), *say.labels("stands"))
    return head if head in heads else None


def _instead(say: Rendering, refusal: Refusal, wanted: Action) -> Button:
    """Named by what can be done; by the act itself where a regulation says in its own words what that is."""
    named = f"instead_button.{refusal.instead}"
    label = say.label(named if say.has_label(named) else f"instead_button.{wanted.action}")
    return Button(label, wanted, style="primary")


def answer(say: Rendering, refusal: Refusal) -> Screen:
    """Shown as a new message, so that nothing on the screen is lost."""
    own = _own_head(say, refusal)
    shown, toast = card(say, refusal), say.label("toast.needs" if own else "toast.refused")
    return Screen(shown, toast, as_new_message=True, refused=refusal.kind, back=refusal.back)


def in_rows(buttons: Sequence[Button]) -> Rows:
    """Buttons in their order: two short ones side by side, others one a row."""
    rows = labels.in_rows([button.label for button in buttons])
    return tuple(tuple(buttons[place] for place in row) for row in rows)


MONTHS = 12


def turn(say: Rendering, act: str, of: int, today: date, year: int, month: int) -> Row:
    """The month before, unless it is past, and the month after."""
    turns = []
    if (year, month) > (today.year, today.month):
        turns.append(_month(say, act, of, year * MONTHS + month - 2))
    turns.append(_month(say, act, of, year * MONTHS + month))
    return tuple(turns)


def _month(say: Rendering, act: str, of: int, counted: int) -> Button:
    year, month = counted // MONTHS, counted % MONTHS + 1
    label = say.label("month.name", month=f"{month:02d}", year=year)
    return Button(label, action(act, of, year, month))


def month_rows(
    say: Rendering,
    weeks: Sequence[Week],
    pressed: Callable[[date], Action],
    turns: Row,
) -> list[Row]:
    """The days of a month that can still be chosen, a week a row; days off stand in brackets."""
    rows: list[Row] = []
    for week in weeks:
        days = [each for each in week if each and each.selectable]
        if days:
            rows.append(tuple(_day(say, each, pressed(each.day)) for each in days))
    return [*rows, turns]


def _day(say: Rendering, day: MonthDay, pressed: Action) -> Button:
    label = say.label("month.day" if day.working else "month.day_off", day=f"{day.day.day:02d}")
    return Button(label, pressed)


def moment_rows(
    say: Rendering, name: str, args: Sequence[str | int], moments: Iterable[datetime]
) -> Rows:
    """Moments to choose from, one a row; each presses that act with `args` and itself."""
    return tuple(
        (Button(say.moment_button(each), action(name, *args, minutes(each))),) for each in moments
    )


def day_rows(say: Rendering, name: str, args: Sequence[str | int], days: Iterable[date]) -> Rows:
    """Days to choose from, as `moment_rows`."""
    return tuple((Button(say.day(each), action(name, *args, day_digits(each))),) for each in days)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: its entries, its number from 0, and how many pages there are (at least one)."""

    entries: Sequence[T]
    number: int
    count: int

    def turns(self, say: Rendering, turned: Callable[[int], Action]) -> Rows:
        """The row that turns pages, around the ends; none where there is one page."""
        if self.count == 1:
            return ()
        before, after = (self.number - 1) % self.count, (self.number + 1) % self.count
        return (
            (
                Button(say.label("button.page_before"), turned(before)),
                Button(say.label("button.page_after"), turned(after)),
            ),
        )


def page_of(entries: Sequence[T], number: int, size: int) -> Page[T]:
    """That page of a list, `size` entries each; a page past the end is the last."""
    count = max(1, -(-len(entries) // size))
    number = min(number, count - 1)
    return Page(entries[number * size : (number + 1) * size], number, count)
