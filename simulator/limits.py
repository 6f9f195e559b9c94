"""Telegram's flood limits: 30 messages a second in all, one a second to a chat, 20 a minute to a group.

No sending may live here; `seconds` may be replaced where a bot paces by another clock.
"""

from collections import deque
from collections.abc import Callable
from math import ceil

from simulator.refusals import too_many

OVERALL_A_SECOND = 30
GROUP_A_MINUTE = 20


class Limits:
    """Counts the messages sent; refuses, and does not count, those beyond a limit."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self.seconds = seconds
        self._overall: deque[float] = deque()
        self._last: dict[int, float] = {}
        self._of_group: dict[int, deque[float]] = {}

    def check(self, chat_id: int) -> None:
        """Count one message to this chat now, or refuse with the seconds to wait."""
        now = self.seconds()
        of_group = self._of_group.setdefault(chat_id, deque()) if chat_id < 0 else deque()
        wait = max(
            _wait(self._overall, now, OVERALL_A_SECOND, 1),
            _wait(of_group, now, GROUP_A_MINUTE, 60),
            self._last.get(chat_id, float("-inf")) + 1 - now,
        )
        if wait > 0:
            raise too_many(max(1, ceil(wait)))
        self._overall.append(now)
        of_group.append(now)
        self._last[chat_id] = now


def _wait(sent: deque[float], now: float, at_most: int, span: float) -> float:
    """How many seconds until one more fits into the span."""
    while sent and sent[0] <= now - span:
        sent.popleft()
    return sent[0] + span - now if len(sent) >= at_most else 0
