"""The list of everything a person can press, say or open, each with its handler."""

from __future__ import annotations

from bot import subjects  # noqa: F401 - every subject enters its acts
from bot.kit.act import TABLE
from bot.kit.taps import Fetch
from handlers import (
    home,
    joining,
    launching,
    members,
    roster,
    sitting,
    steering,
    urgent,
)
from handlers.calendar_table import PRESSES as CALENDAR_PRESSES
from handlers.calendar_table import WORDS as CALENDAR_WORDS
from handlers.door import Routes


def routes(fetch: Fetch) -> Routes:
    """All routes; `fetch` brings the bytes of a file a person sent."""
    return Routes(
        presses={
            **TABLE.presses,
            **home.PRESSES,
            **members.PRESSES,
            **launching.PRESSES,
            **steering.PRESSES,
            **urgent.PRESSES,
            **roster.PRESSES,
            **CALENDAR_PRESSES,
            **sitting.PRESSES,
        },
        words={
            **TABLE.words,
            **members.WORDS,
            **launching.WORDS,
            "draft": launching.typed(fetch),
            **steering.WORDS,
            **urgent.WORDS,
            "paper": steering.paper_words(fetch),
            **roster.WORDS,
            **CALENDAR_WORDS,
            **sitting.WORDS,
        },
        home=home.start,
        stray=home.stray,
        joined=joining.joined,
        help=home.help_asked,
        private=TABLE.private,
        after_all=TABLE.after_all,
    )
