"""The only place that asks what time it is: the host's clock, and a clock that is moved by hand for rehearsal.

No time zone of a reader, no working day and no due time may live here.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

LONGEST_NAP = timedelta(
    seconds=30
)  # the host's clock may be set while we sleep: look again at least this often


class Clock(Protocol):
    """Whoever needs the time receives one of these."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    async def wait_until(self, moment: datetime) -> None:
        """Return when `now()` has reached `moment`; at once when it already has."""
        ...


class SystemClock:
    """The host's clock."""

    def now(self) -> datetime:
        """The host's present moment, aware, in UTC."""
        return datetime.now(UTC)

    async def wait_until(self, moment: datetime) -> None:
        """Sleep until the host's clock shows `moment`, also when that clock is set meanwhile."""
        while (left := moment - self.now()) > timedelta(0):
            await asyncio.sleep(min(left, LONGEST_NAP).total_seconds())


class MovableClock:
    """A clock moved by hand: frozen between moves (rehearsal), or flowing with real time (demo)."""

    def __init__(self, start: datetime, running: bool = False) -> None:
        self._at = _utc(start)
        self._running = running
        self._host = SystemClock()
        self._set_at = self._host.now()
        self._waiters: dict[asyncio.Future[None], datetime] = {}
        self._listeners: list[Callable[[datetime], None]] = []

    @property
    def running(self) -> bool:
        """Whether time flows by itself between moves."""
        return self._running

    def now(self) -> datetime:
        """The moment last moved to; when running, plus the real time since. Aware, in UTC."""
        return self._at + (self._host.now() - self._set_at) if self._running else self._at

    def move_to(self, moment: datetime, *, allow_back: bool = False) -> None:
        """Show `moment` from now on and wake whoever waited for it. Refuses to go back unless asked to."""
        target = _utc(moment)
        if target < self.now() and not allow_back:
            raise ValueError(
                f"the clock shows {self.now().isoformat()} and does not go back to {target.isoformat()}"
            )
        self._at, self._set_at = target, self._host.now()
        self._wake()
        for listener in tuple(self._listeners):
            listener(target)

    def advance(self, by: timedelta, *, allow_back: bool = False) -> None:
        """Move on by a span of time."""
        self.move_to(self.now() + by, allow_back=allow_back)

    def on_move(self, callback: Callable[[datetime], None]) -> Callable[[], None]:
        """Call `callback` with the new moment after every move; the callable returned ends that."""
        self._listeners.append(callback)

        def unsubscribe() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return unsubscribe

    async def wait_until(self, moment: datetime) -> None:
        """Return when the clock has been moved (or has flowed) to `moment` or past it."""
        target = _utc(moment)
        while (left := target - self.now()) > timedelta(0):
            await self._next_move(target, left.total_seconds() if self._running else None)

    @property
    def next_waited(self) -> datetime | None:
        """The first moment ahead that somebody waits for."""
        return min((moment for moment in self._waiters.values()), default=None)

    async def _next_move(self, target: datetime, at_most: float | None) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters[waiter] = target
        try:
            await asyncio.wait((waiter,), timeout=at_most)
        finally:
            self._waiters.pop(waiter, None)
            waiter.cancel()

    def _wake(self) -> None:
        for waiter in tuple(self._waiters):
            if not waiter.done():
                waiter.set_result(None)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)
