"""`dongthuan run`: asks Telegram whether it knows the token, then runs the bot. What needs the database is not here."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from bot import logs
from bot.commands.installation import NOT_DONE, settings_or_told, tell_store_fault
from bot.db.faults import StoreFault
from bot.rendering import Terminal, shared_terminal
from bot.settings import Settings
from bot.values.language import Language
from scheduler.line import Address, AddressTakenError, Line, TokenRefusedError, is_known


def run(language: Language, path: Path | None) -> int:
    """Run until SIGTERM or Ctrl-C; the exit code is 1 when it could not begin or broke off.

    A token that Telegram refuses is told before anything else is loaded and the database is looked at.
    """
    say = shared_terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    if settings.token is None:
        click.echo(say.terminal("no_token"), err=True)
        return NOT_DONE
    token = settings.token.get_secret_value()
    line = _line(settings, token)
    secrets = (token, line.webhook.secret) if line.webhook else (token,)
    as_json = not sys.stderr.isatty() if settings.log_json is None else settings.log_json
    logs.set_up(level=settings.log_level, as_json=as_json, secrets=secrets)
    with logs.silent_end():
        return _begin(say, settings, line)


def _begin(say: Terminal, settings: Settings, line: Line) -> int:
    try:
        known = asyncio.run(is_known(line))
        if known is False:
            raise TokenRefusedError
        return _run(say, settings, line, heard=known is True)
    except StoreFault as fault:
        tell_store_fault(say, fault)
    except TokenRefusedError:
        _tell(say, "token_refused")
    except AddressTakenError as taken:
        _tell(say, "address_taken", address=taken)
    return NOT_DONE


def _run(say: Terminal, settings: Settings, line: Line, *, heard: bool) -> int:
    from bot.commands.running import keep_running  # noqa: PLC0415 - it loads the whole bot

    def tell(kind: str, **values: object) -> None:
        _tell(say, kind, **values)

    def state(found: object) -> str:
        return say.terminal("run_state", found=found).strip()

    return asyncio.run(keep_running(settings, line, tell, state, heard=heard))


def _line(settings: Settings, token: str) -> Line:
    proxies = settings.proxy, settings.get_updates_proxy
    return Line(token, settings.base_url, settings.base_file_url, *proxies, _address(settings))


def _address(settings: Settings) -> Address | None:
    table = settings.webhook
    if table is None or table.secret is None:
        return None
    return Address(table.url, table.host, table.port, table.secret.get_secret_value())


def _tell(say: Terminal, kind: str, **values: object) -> None:
    click.echo(say.terminal("run", **{"kind": kind, "link": ""} | values), err=True)
