"""What other subjects may use of how papers are issued; all else of it is its own."""

from bot.issuing.reading import letterhead, number_taken
from bot.issuing.rules.numbers import Number

__all__ = ["Number", "letterhead", "number_taken"]
