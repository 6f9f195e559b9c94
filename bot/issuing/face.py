"""What other subjects may use of how papers are issued; all else of it is its own."""

from bot.issuing.cards import number_button
from bot.issuing.founding import enter as enter_at_founding
from bot.issuing.reading import letterhead, number_taken
from bot.issuing.rules.numbers import Number
from bot.issuing.subjects import Issued, issues

__all__ = [
    "Issued",
    "Number",
    "enter_at_founding",
    "issues",
    "letterhead",
    "number_button",
    "number_taken",
]
