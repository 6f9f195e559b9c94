"""How calls reach the Bot API: python-telegram-bot's request interface over aiohttp, plain values in and out."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, Final

import aiohttp
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.db.notice import Control

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
                return _heard(answer.status, await answer.read())
        except (*_NOT_SENT, TimeoutError, aiohttp.ClientError) as error:
            raise _told(error) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """What Telegram answered; TelegramError for anything else, of which no word is logged: people wrote it."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            raise TelegramError(_UNREADABLE) from error
        if not isinstance(answer, dict) or not (answer.get("ok") is False or "result" in answer):
            raise TelegramError(_UNREADABLE)
        return answer


_UNREADABLE = "an answer that Telegram does not give"
_REFUSED, _FAILED = 400, 500
_TOO_LARGE, _TOO_MANY = 413, 429


def _heard(status: int, body: bytes) -> tuple[int, bytes]:
    """Telegram's answer as it came; an error where a gateway or a proxy has spoken in Telegram's place.

    Their refusal says that the call was not passed on, and nothing of whom it was for: it may be repeated.
    What is too large stays so, whoever says it.
    """
    if status == _TOO_LARGE:
        raise BadRequest("Request Entity Too Large")
    if status < _REFUSED or _is_of_telegram(status, body):
        return status, body
    raise (NotSentError if status < _FAILED else NetworkError)(f"HTTP {status}")


def _is_of_telegram(status: int, body: bytes) -> bool:
    """Whether Telegram itself refuses: with its own description, and with the seconds to wait where it says so."""
    try:
        refusal = Transport.parse_json_payload(body)
    except TelegramError:
        return False
    asked = refusal.get("parameters")
    waits = isinstance(asked, dict) and isinstance(asked.get("retry_after"), int)
    return isinstance(refusal.get("description"), str) and (waits or status != _TOO_MANY)


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


def _body(request: RequestData | None) -> aiohttp.FormData | aiohttp.BytesPayload | None:
    """A form where a file goes along, else JSON: in a form a Vietnamese letter takes nine bytes for three."""
    if request is None:
        return None
    if not request.contains_files:
        words = json.dumps(request.parameters, ensure_ascii=False)
        return aiohttp.BytesPayload(words.encode(), content_type="application/json")
    form = aiohttp.FormData(request.json_parameters, quote_fields=False)  # names keep their marks
    for name, (filename, content, kind) in request.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


# do_api_request warns when a method has a counterpart of the same name in Bot; these spellings reach
# the same methods without building objects that nobody reads: twice as many calls a second.
GET_UPDATES = "get__updates"
GET_ME = "get__me"
SEND_MESSAGE = "send__message"
SEND_DOCUMENT = "send__document"
EDIT_MESSAGE = "edit__message_text"

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


async def get_updates(
    bot: Bot, offset: int | None, wait: int, read_timeout: float | None
) -> list[dict[str, Any]]:
    """One poll of at most 100 updates, held open for `wait` seconds; `offset` confirms what is below."""
    asked = {"offset": offset, "timeout": wait, "limit": 100, "allowed_updates": ALLOWED_UPDATES}
    answer = await bot.do_api_request(GET_UPDATES, api_kwargs=asked, read_timeout=read_timeout)
    if not isinstance(answer, list):
        raise NetworkError("getUpdates gave no list")
    return [each for each in answer if isinstance(each, dict)]


async def delete_webhook(bot: Bot) -> None:
    """Let updates be polled again; what waits is kept."""
    await bot.delete_webhook(drop_pending_updates=False)


async def set_webhook(bot: Bot, url: str, secret: str) -> None:
    """Have updates sent to an address, with a secret in a header of each call; what waits is kept."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=ALLOWED_UPDATES,
        drop_pending_updates=False,
    )


async def get_me(bot: Bot) -> None:
    """Ask whether Telegram answers."""
    await bot.do_api_request(GET_ME)


async def send_text(
    bot: Bot, chat_id: int, html: str, rows: Sequence[Sequence[Control]], *, protect: bool
) -> int:
    """Send a message and give its id."""
    asked = _text(chat_id, html, rows) | {"protect_content": protect or None}
    answer = await bot.do_api_request(SEND_MESSAGE, api_kwargs=asked)
    sent = answer.get("message_id") if isinstance(answer, dict) else None
    if not isinstance(sent, int):
        raise NetworkError("sendMessage gave no message")
    return sent


async def edit_text(
    bot: Bot, chat_id: int, message_id: int, html: str, rows: Sequence[Sequence[Control]]
) -> None:
    """Let a message show something else, in place."""
    asked = _text(chat_id, html, rows) | {"message_id": message_id}
    await bot.do_api_request(EDIT_MESSAGE, api_kwargs=asked)


async def send_document(bot: Bot, chat_id: int, file: str | InputFile, *, protect: bool) -> None:
    """Send a file known to Telegram by its id, or one with its content."""
    asked = {"chat_id": chat_id, "document": file, "protect_content": protect or None}
    await bot.do_api_request(SEND_DOCUMENT, api_kwargs=asked)


def _text(chat_id: int, html: str, rows: Sequence[Sequence[Control]]) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "chat_id": chat_id,
        "text": html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if rows:
        asked["reply_markup"] = {
            "inline_keyboard": [[_button(each) for each in row] for row in rows]
        }
    return asked


def _button(control: Control) -> dict[str, str]:
    names = {"label": "text", "data": "callback_data", "url": "url", "style": "style"}
    return {names[name]: str(value) for name, value in control.items()}
