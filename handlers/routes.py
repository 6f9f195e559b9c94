"""The list of everything a person can press, say or open, each with its handler."""

from __future__ import annotations

from handlers import home, joining, launching, members, rhythm, roster, steering, urgent
from handlers.calendar_table import PRESSES as CALENDAR_PRESSES
from handlers.calendar_table import WORDS as CALENDAR_WORDS
from handlers.door import Routes
from handlers.taps import Fetch


def routes(fetch: Fetch) -> Routes:
    """All routes; `fetch` brings the bytes of a file a person sent."""
    return Routes(
        presses={
            **home.PRESSES,
            **members.PRESSES,
            **launching.PRESSES,
            **steering.PRESSES,
            **urgent.PRESSES,
            **roster.PRESSES,
            **CALENDAR_PRESSES,
            **rhythm.PRESSES,
        },
        words={
            **members.WORDS,
            **launching.WORDS,
            "draft": launching.typed(fetch),
            **steering.WORDS,
            **urgent.WORDS,
            "paper": steering.paper_words(fetch),
            **roster.WORDS,
            **CALENDAR_WORDS,
            **rhythm.WORDS,
        },
        home=home.start,
        stray=home.stray,
        joined=joining.joined,
        help=home.help_asked,
    )
