"""`dongthuan status`: whether the bot hears Telegram, and what waits. Nothing is changed."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.beside import beside_a_running_bot
from bot.commands.installation import (
    DONE,
    NOT_DONE,
    settings_or_told,
)
from bot.health import Health, health
from bot.kit.unit import Context
from bot.rendering import Terminal, shared_terminal
from bot.values.language import Language


def status(language: Language, path: Path | None) -> int:
    """Tell how the house stands; the exit code is 1 when something is wrong."""
    say = shared_terminal(language)
    settings = settings_or_told(say, path)

    async def look(context: Context) -> tuple[Health, Terminal]:
        return await health(context), say.under(context.say.vocabulary)

    seen = beside_a_running_bot(say, settings, look)
    if seen is None:
        return NOT_DONE
    found, say = seen
    seconds = round(found.silence.total_seconds()) if found.silence is not None else None
    is_called = settings is not None and settings.webhook is not None
    click.echo(say.terminal("status", found=found, seconds=seconds, is_called=is_called))
    return DONE if found.well else NOT_DONE
