"""What other subjects may use of the working calendar; all else of it is its own."""

from bot.calendar.ahead import changed, years_around
from bot.calendar.store import as_kept, enter_years, from_kept, working_calendar

__all__ = [
    "as_kept",
    "changed",
    "enter_years",
    "from_kept",
    "working_calendar",
    "years_around",
]
