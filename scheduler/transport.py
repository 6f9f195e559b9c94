"""How calls reach the Bot API: python-telegram-bot's request interface over aiohttp.

Whether a failed call may be repeated is said here by the kind of error; repeating is up to the caller.
"""

from __future__ import annotations

import os
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library warns on every 429 otherwise

CONNECTIONS = 128
PATIENCE = 20.0
"""Seconds for an answer; a call may ask for others."""
CONNECT = 10.0
UPLOAD = 120.0
"""Seconds for the answer to a call that carries a file."""


class NotSentError(NetworkError):
    """The call never reached Telegram: it may be repeated freely.

    Any other network error leaves the call's fate unknown.
    """


class Transport(BaseRequest):
    """One pool of connections, by way of an HTTP proxy where one is given.

    No address is logged and none stands in an error: it carries the token.
    """

    def __init__(self, proxy: str | None = None, connections: int = CONNECTIONS) -> None:
        self._proxy = proxy
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """How many seconds an answer is waited for when the call says nothing else."""
        return PATIENCE

    async def initialize(self) -> None:
        """Open the pool; opening twice is opening once."""
        if self._session is None:
            pool = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=pool, auto_decompress=True)

    async def shutdown(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0917 - as BaseRequest has it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none of its own
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the pool waits its turn
    ) -> tuple[int, bytes]:
        """Send one call; raises NotSentError, or TimedOut and NetworkError when its fate is unknown."""
        if self._session is None:
            raise RuntimeError("this transport has not been initialized")
        carries_file = request_data is not None and request_data.contains_files
        patience = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_said(connect_timeout, CONNECT),
            sock_read=_said(read_timeout, UPLOAD if carries_file else PATIENCE),
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=patience, proxy=self._proxy
            ) as answer:
                return answer.status, await answer.read()
        except (*_NOT_SENT, TimeoutError, aiohttp.ClientError) as error:
            raise _told(error) from None


_NOT_SENT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


def _told(error: Exception) -> NetworkError:
    """The same error by its kind alone."""
    kind = type(error).__name__
    if isinstance(error, _NOT_SENT):
        return NotSentError(kind)
    return TimedOut(kind) if isinstance(error, TimeoutError) else NetworkError(kind)


def _said(value: Any, otherwise: float) -> float | None:
    """What a call asked for: seconds, None for no limit; the default when it asked for nothing."""
    if value is BaseRequest.DEFAULT_NONE:
        return otherwise
    return None if value is None else float(value)


def _body(request: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if request is None:
        return None
    if not request.contains_files:
        return request.json_parameters
    form = aiohttp.FormData(request.json_parameters, quote_fields=False)  # names keep their marks
    for name, (filename, content, kind) in request.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
