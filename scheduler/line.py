"""The line to Telegram: the token, where the Bot API answers, where it calls. No message is sent here."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from scheduler.transport import Transport


class TokenRefusedError(Exception):
    """Telegram knows no bot of this token."""


class AddressTakenError(Exception):
    """Nothing can be listened on at this address: another process does, or it is not of this machine."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where Telegram sends updates, and where they arrive behind the balancer. Its path may be a secret, too."""

    url: str = field(repr=False)
    host: str
    port: int
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """What is called at this address; everything else is not found."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, slots=True)
class Line:
    """The line to Telegram: the token, where the Bot API answers, and where it calls; without that it is polled."""

    token: str
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: str | None = None
    get_updates_proxy: str | None = None
    webhook: Address | None = None

    def bot(self) -> Bot:
        """The bot at the end of this line, not yet asked for anything."""
        return Bot(
            self.token,
            base_url=self.base_url,
            base_file_url=self.base_file_url,
            request=Transport(self.proxy),
            get_updates_request=Transport(self.get_updates_proxy or self.proxy),
        )


async def is_known(line: Line) -> bool | None:
    """Whether Telegram knows a bot of this token, asked once; None where it does not answer."""
    bot = line.bot()
    try:
        await bot.initialize()
    except InvalidToken:
        return False
    except TelegramError:
        return None
    finally:
        await bot.shutdown()
    return True
