"""What other subjects may use of notices; all else of it is its own."""

from bot.notices.store import get

__all__ = [
    "get",
]
