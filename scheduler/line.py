"""The line to Telegram: the token, where the Bot API answers, where it calls. No message is sent here."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from scheduler.listener import Address
from scheduler.transport import Transport


class TokenRefusedError(Exception):
    """Telegram knows no bot of this token."""


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
