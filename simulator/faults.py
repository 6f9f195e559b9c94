"""The switches by which this Telegram fails, and its flood limits: which calls, in which chats, how long."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

from bot.clock import Clock
from simulator.events import EventFeed
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


Kind = Literal[
    429, 403, 500, 401, 404, 409, 413, "deactivated", "timeout", "away", "drop_after", "empty", "garbled",
    "duplicate_update", "press_again", "expired_query", "webhook",
]  # fmt: skip
# With methods="*" these mean calls that write to a chat; getUpdates fails so only when it is named.
_OF_CHATS = frozenset({429, 403, 413, "deactivated", "drop_after", "empty", "garbled"})
OUTAGES = frozenset({"timeout", "away"})
_OF_UPDATES = frozenset({"duplicate_update", "press_again", "webhook"})
_AFTERWARDS = frozenset({"drop_after", "empty"})
_REFUSED = 400
_FOREVER: float = float("inf")
CUT_SHORT = (200, b'{"ok":true,"result":{"message_id":')
"""An answer that was broken off."""


@dataclass(slots=True)
class Fault:
    """One switch; `hits` counts how often it struck."""

    kind: Kind
    methods: frozenset[str] | None
    chats: frozenset[int] | None
    left: float
    until: datetime | None
    retry_after: int
    says: tuple[int, bytes]
    hits: int = 0

    def end(self) -> None:
        """Switch it off."""
        self.left = 0

    @property
    def comes_after(self) -> bool:
        """Whether the call is carried out before it fails."""
        return self.kind in _AFTERWARDS or (self.kind == "garbled" and self.says[0] < _REFUSED)

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Whether a call of this method to this chat is one of those that fail."""
        if self.chats is not None and chat_id not in self.chats:
            return False
        if self.methods is not None:
            return method.lower() in self.methods
        return chat_id is not None or self.kind not in _OF_CHATS

    def seconds_left(self, now: datetime) -> int:
        """What retry_after says: to the end of the fault where it has one. At least 1."""
        if self.until is None:
            return self.retry_after
        return max(1, -int((now - self.until).total_seconds() // 1))


class Faults:
    """All switches of one world; several may be on at once, the first one switched on strikes."""

    def __init__(self, clock: Clock, events: EventFeed, on_change: Callable[[], None]) -> None:
        self._clock = clock
        self._events = events
        self._on_change = on_change
        self._on: list[Fault] = []

    def fail(
        self,
        kind: Kind,
        methods: str | Collection[str] = "*",
        chats: Literal["*"] | int | Collection[int] = "*",
        times: int | None = None,
        *,
        lasting: timedelta | None = None,
        retry_after: int = 1,
        says: tuple[int, bytes] = CUT_SHORT,
    ) -> Fault:
        """Switch a fault on: for `times` strikes, `lasting` so long by the clock, or until cleared.

        With `lasting`, a 429 names the seconds that are left of it. "garbled" `says` what is given, with its
        status: what is done is done nevertheless where it is below 400.
        """
        fault = Fault(
            kind,
            _names(methods),
            _ids(chats),
            _FOREVER if times is None else times,
            None if lasting is None else self._clock.now() + lasting,
            retry_after,
            says,
        )
        self._on.append(fault)
        self._events.publish("fault", fault=kind, on=True)
        if fault.meets("getupdates", None):
            self._on_change()
        return fault

    def clear(self) -> None:
        """Switch everything off."""
        if self._on:
            self._events.publish("fault", fault="all", on=False)
        for fault in self._on:
            fault.end()
        self._on.clear()
        self._on_change()

    @property
    def active(self) -> tuple[Fault, ...]:
        """Those that can still strike."""
        if self._on:
            now = self._clock.now()
            self._on = [f for f in self._on if f.left > 0 and (f.until is None or now < f.until)]
        return tuple(self._on)

    @property
    def gone(self) -> bool:
        """Whether nothing at all comes from Telegram now, updates included."""
        return any(fault.kind in OUTAGES and fault.methods is None for fault in self.active)

    @property
    def unreached(self) -> bool:
        """Whether Telegram does not reach the bot's webhook now, which can still reach Telegram."""
        return any(fault.kind == "webhook" for fault in self.active)

    def strike_call(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that meets this call, counted as struck."""
        return self._strike(
            fault
            for fault in self.active
            if fault.kind not in _OF_UPDATES
            and (fault.kind != "expired_query" or method == "answercallbackquery")
            and fault.meets(method, chat_id)
        )

    def strike_update(self, kind: Kind, chat_id: int) -> Fault | None:
        """The fault of this kind that meets an update of this chat, counted as struck."""
        return self._strike(
            fault
            for fault in self.active
            if fault.kind == kind and (fault.chats is None or chat_id in fault.chats)
        )

    @staticmethod
    def _strike(candidates: Iterator[Fault]) -> Fault | None:
        fault = next(candidates, None)
        if fault is not None:
            fault.hits += 1
            fault.left -= 1
        return fault


def _names(methods: str | Collection[str]) -> frozenset[str] | None:
    if methods == "*":
        return None
    return frozenset(name.lower() for name in ([methods] if isinstance(methods, str) else methods))


def _ids(chats: Literal["*"] | int | Collection[int]) -> frozenset[int] | None:
    if isinstance(chats, str):
        return None
    return frozenset([chats] if isinstance(chats, int) else chats)
