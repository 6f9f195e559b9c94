"""What each message was last seen to show, so that an edit that changes nothing is not sent."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b

from bot.db.notice import Control

KEPT = 50_000
"""Messages remembered, those shown last; of any other an edit is sent, and Telegram says that nothing changed."""

_Message = tuple[int, int]


class Standing:
    """Digests of what messages show, by chat and message; in memory only: a start knows nothing."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._digests: OrderedDict[_Message, bytes] = OrderedDict()

    def shows(self, chat: int, message: int, html: str, rows: Sequence[Sequence[Control]]) -> bool:
        """Whether this message is known to show just this."""
        return self._digests.get((chat, message)) == _digest(html, rows)

    def shown(self, chat: int, message: int, html: str, rows: Sequence[Sequence[Control]]) -> None:
        """Telegram has let this message show this."""
        self._digests[chat, message] = _digest(html, rows)
        self._digests.move_to_end((chat, message))
        if len(self._digests) > self._kept:
            self._digests.popitem(last=False)

    def forget(self, chat: int, message: int) -> None:
        """Nobody knows what this message shows: an edit was tried and not answered, or went another way."""
        self._digests.pop((chat, message), None)


def _digest(html: str, rows: Sequence[Sequence[Control]]) -> bytes:
    return blake2b(f"{html}\0{json.dumps(rows, sort_keys=True)}".encode(), digest_size=16).digest()
