"""What other subjects may use of report duties; all else of it is its own."""

from bot.reports.access import Access
from bot.reports.daily_digest import refresh
from bot.reports.figures.figures import Figures, OfBody
from bot.reports.figures.figures import counted_for as figures_of
from bot.reports.figures.figures import find as find_figures
from bot.reports.generate import ledger, today
from bot.reports.lines import in_file_name, period_name
from bot.reports.rules.owing import BODY, PERSON
from bot.reports.store import add_acts, get, of_debtors, of_ids, open_of

__all__ = [
    "BODY",
    "PERSON",
    "Access",
    "Figures",
    "OfBody",
    "add_acts",
    "figures_of",
    "find_figures",
    "get",
    "in_file_name",
    "ledger",
    "of_debtors",
    "of_ids",
    "open_of",
    "period_name",
    "refresh",
    "today",
]
