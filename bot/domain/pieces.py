"""Long words come in pieces, because the app cuts a message at Telegram's limit: which piece goes on from which.

What the words are for is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.texts import TELEGRAM_LIMIT, TextFault, clean, utf16_length

WORDS_LIMIT = 100_000
"""Characters of one opinion; kept whole."""
CUT_FROM = 3_500
"""UTF-16 units from which a message may be the beginning of a longer one: apps cut between words."""
TOGETHER = timedelta(seconds=3)
"""Between two pieces of one text: the app sends them at once, and nobody types so fast."""

Cut = Mapping[str, Any]
"""Where a text may go on: since when, and what stood at the cut. Kept as JSON."""


def cut(text: str, at: datetime) -> dict[str, Any] | None:
    """Where this message may be cut off; None when it is too short for that."""
    length = utf16_length(text)
    if length < CUT_FROM:
        return None
    anywhere = length == TELEGRAM_LIMIT and not text[-1].isspace()
    return {"at": at.isoformat(), "gap": "" if anywhere else " "}


def goes_on(where: Cut, at: datetime) -> bool:
    """Whether a message of this moment goes on from that cut."""
    return at - datetime.fromisoformat(where["at"]) <= TOGETHER


def joined(before: str, piece: str, where: Cut, limit: int) -> str | TextFault:
    """Both as one text, cleaned; a fault when that is too long."""
    gap = " " if piece[:1].isspace() else where["gap"]
    return clean(f"{before}{gap}{piece.lstrip()}", limit)
