"""What happens in this Telegram, told live to whoever watches: the page of phones, a recorder.

Nothing that decides or remembers may live here.
"""

import asyncio

from simulator.json_types import Json


class Subscription:
    """The events from now on, in order; iterate over it, and close it when done."""

    def __init__(self, feed: "EventFeed") -> None:
        self._feed = feed
        self._queue: asyncio.Queue[Json] = asyncio.Queue()

    def put(self, event: Json) -> None:
        """Add one event."""
        self._queue.put_nowait(event)

    def ready(self) -> list[Json]:
        """The events that have come and were not taken yet, without waiting."""
        return [self._queue.get_nowait() for _ in range(self._queue.qsize())]

    async def get(self) -> Json:
        """The next event, waiting for it."""
        return await self._queue.get()

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> Json:
        return await self.get()

    def close(self) -> None:
        """Hear nothing more."""
        self._feed.drop(self)


class EventFeed:
    """Spreads events to all subscribers; costs nothing while nobody watches."""

    def __init__(self) -> None:
        self._subscribers: list[Subscription] = []

    @property
    def watched(self) -> bool:
        """Whether anybody listens, so that events need not be composed in vain."""
        return bool(self._subscribers)

    def subscribe(self) -> Subscription:
        """Hear all events from now on."""
        subscription = Subscription(self)
        self._subscribers.append(subscription)
        return subscription

    def publish(self, kind: str, **facts: object) -> None:
        """Tell everybody; `kind` is what happened: a message, an edit, a press, a fault, the clock and so on."""
        for subscriber in self._subscribers:
            subscriber.put({"kind": kind, **facts})

    def drop(self, subscription: Subscription) -> None:
        """End a subscription; ending it twice does no harm."""
        if subscription in self._subscribers:
            self._subscribers.remove(subscription)
