"""The presses of buttons that wait for the bot's answer, and how long they wait.

No update and no message may live here.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from simulator.refusals import query_too_old

ANSWERED_WITHIN = timedelta(seconds=15)


@dataclass(slots=True)
class PressResult:
    """What came of a press: the spinner turns until `answered`; `text` is a toast, or an alert."""

    query_id: str
    user_id: int
    chat_id: int
    pressed_at: datetime
    answered: bool = False
    answers: int = 0
    text: str = ""
    alert: bool = False
    url: str | None = None
    _done: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self) -> "PressResult":
        """Wait until the bot has answered."""
        await self._done.wait()
        return self

    def settle(self, text: str, alert: bool, url: str | None) -> None:
        """Take the bot's answer; the first one is shown."""
        self.answers += 1
        if not self.answered:
            self.answered, self.text, self.alert, self.url = True, text, alert, url
            self._done.set()


class Presses:
    """All presses so far, by the id of their callback query."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, PressResult] = {}

    def open(self, user_id: int, chat_id: int) -> PressResult:
        """A new press now."""
        query_id = str(4_400_000_000_000_001 + len(self._by_id))
        pressed = PressResult(query_id, user_id, chat_id, self._clock.now())
        self._by_id[query_id] = pressed
        return pressed

    def find(self, query_id: str) -> PressResult | None:
        """The press with this id."""
        return self._by_id.get(query_id)

    def waiting(self, query_id: str) -> PressResult:
        """The press to be answered; refused when unknown or older than 15 seconds."""
        pressed = self._by_id.get(query_id)
        if pressed is None or self._clock.now() - pressed.pressed_at > ANSWERED_WITHIN:
            raise query_too_old()
        return pressed
