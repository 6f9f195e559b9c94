"""What other subjects may use of counting boards; all else of them is its own."""

from bot.counting.naming import Counted, begin, counted
from bot.counting.store import board_of

__all__ = ["Counted", "begin", "board_of", "counted"]
