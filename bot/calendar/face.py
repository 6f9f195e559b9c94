"""What other subjects may use of the working calendar, and what they may follow; all else is its own."""

from bot.calendar.holidays_vn import years_around
from bot.calendar.store import as_kept, enter_years, from_kept, working_calendar
from bot.kit.event import Event

changed: Event[int] = Event()
"""The working calendar of a committee is another; what moves by it is moved in the same transaction."""

__all__ = [
    "as_kept",
    "changed",
    "enter_years",
    "from_kept",
    "working_calendar",
    "years_around",
]
