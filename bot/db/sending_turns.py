"""When the next message may be sent, agreed among the processes that serve one bot on one server.

By the server's clock alone; how fast is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import URL, TextClause, text
from sqlalchemy.exc import DBAPIError

from bot.db.faults import StoreFault
from bot.db.instance import reach

SECOND = 1_000_000
"""The table counts microseconds, as all tables do."""
_SETTINGS = {
    "application_name": "dongthuan turns",
    "synchronous_commit": "off",  # a turn lost with the server is one that nobody takes
}
_NOW = "WITH now AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS at)"


def _by_its_clock(statement: str) -> TextClause:
    """A statement that may speak of the server's present moment, `at`, in microseconds."""
    return text(_NOW + statement)


_BEGIN = text("INSERT INTO sending_turns (chat_id, free_at) VALUES (0, 0) ON CONFLICT DO NOTHING")
_FORGET = _by_its_clock(" DELETE FROM sending_turns USING now WHERE chat_id <> 0 AND free_at < at")
_WAIT = _by_its_clock(
    " SELECT greatest(free_at - at, 0) FROM sending_turns, now WHERE chat_id = :chat"
)
_RESERVE = _by_its_clock(
    """,
    line AS (
        UPDATE sending_turns SET free_at = greatest(free_at, at) + CAST(:span AS bigint) FROM now
        WHERE chat_id = 0 RETURNING free_at - CAST(:span AS bigint) AS first, at
    ),
    asked AS (SELECT * FROM unnest(CAST(:chats AS bigint[])) WITH ORDINALITY AS one (chat, place)),
    chats AS (
        INSERT INTO sending_turns (chat_id, free_at)
        SELECT chat, max(first + (place - 1) * CAST(:apart AS bigint)) + CAST(:in_one_chat AS bigint)
        FROM asked, line GROUP BY chat
        ON CONFLICT (chat_id) DO UPDATE SET free_at = greatest(sending_turns.free_at, excluded.free_at)
    )
    SELECT first - at FROM line
    """
)
_HALT = _by_its_clock(
    " UPDATE sending_turns SET free_at = greatest(free_at, at + CAST(:span AS bigint)) FROM now"
    " WHERE chat_id = 0"
)


class SendingTurns:
    """The line of all processes, and one of each chat, over a connection that waits for no writer."""

    def __init__(self, url: URL) -> None:
        self._where = url.render_as_string(hide_password=True)
        self._engine = reach(
            url,
            pool_size=1,
            max_overflow=0,
            isolation_level="AUTOCOMMIT",
            connect_args={"server_settings": _SETTINGS},
        )
        self._has_begun = False

    async def wait_of(self, chat_id: int) -> float:
        """In how many seconds this chat may be written to."""
        return float(await self._asked(_WAIT, {"chat": chat_id}) or 0) / SECOND

    async def reserve(self, chats: Sequence[int], apart: float, in_one_chat: float) -> float:
        """Take the next turns, so far apart, one for each of these chats; in how many seconds the first one is."""
        values = {
            "chats": [*chats],
            "apart": round(apart * SECOND),
            "span": len(chats) * round(apart * SECOND),
            "in_one_chat": round(in_one_chat * SECOND),
        }
        return float(await self._asked(_RESERVE, values)) / SECOND

    async def halt(self, seconds: float) -> None:
        """No turn that is not taken yet comes before so many seconds have passed."""
        await self._asked(_HALT, {"span": round(seconds * SECOND)})

    async def close(self) -> None:
        """Give the connection back."""
        await self._engine.dispose()

    async def _asked(self, statement: Any, values: Mapping[str, Any]) -> Any:
        """The first value, if any; StoreFault where the server does not answer."""
        try:
            async with self._engine.connect() as connection:
                if not self._has_begun:
                    await connection.execute(_FORGET)
                    await connection.execute(_BEGIN)
                    self._has_begun = True
                result = await connection.execute(statement, dict(values))
                return result.scalar() if result.returns_rows else None
        except (DBAPIError, OSError) as error:
            raise StoreFault("unreachable", self._where, type(error).__name__) from error
