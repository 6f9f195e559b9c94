"""What other subjects may use of report duties; all else of it is its own."""

from bot.reports.daily_digest import refresh
from bot.reports.generate import ledger, today
from bot.reports.store import add_acts, of_debtors, of_ids, open_of

__all__ = [
    "add_acts",
    "ledger",
    "of_debtors",
    "of_ids",
    "open_of",
    "refresh",
    "today",
]
