"""What other subjects may use of report duties; all else of it is its own."""

from bot.reports.daily_digest import refresh
from bot.reports.figures.figures import Figures, figures_for
from bot.reports.generate import ledger, today
from bot.reports.lines import period_name
from bot.reports.rules.owing import BODY, PERSON
from bot.reports.store import add_acts, get, of_debtors, of_ids, open_of

__all__ = [
    "BODY",
    "PERSON",
    "Figures",
    "add_acts",
    "figures_for",
    "get",
    "ledger",
    "of_debtors",
    "of_ids",
    "open_of",
    "period_name",
    "refresh",
    "today",
]
