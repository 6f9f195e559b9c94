"""A request entered at the machine: in one transaction, confirmed on the phone, told in words. No rule is here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click

from bot import subjects  # noqa: F401 - each enters what follows from a request
from bot.commands.alone import RefusedAloneError, alone, spoken
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.committees.machine import Entered, Given, which
from bot.db.faults import StoreFault
from bot.kit import speaking
from bot.kit.unit import UnitOfWork
from bot.named_files import TooLargeError
from bot.rendering import Terminal, shared_terminal
from bot.values.language import Language
from bot.values.refusal import Refused

G = TypeVar("G", bound=Given)
Ask = Callable[[UnitOfWork, G], Awaitable[Entered]]


def _no_faults(_no: Refused) -> str:
    return ""


def enter(
    language: Language,
    path: Path | None,
    template: str,
    wanted: Callable[[], G],
    ask: Ask[G],
    faults: Callable[[Refused], str] = _no_faults,
) -> int:
    """Enter it, while no bot runs on the store; it is confirmed on the phone, and changes nothing before.

    `wanted` reads what was given, also from a file; `faults` are those of a file, where it was refused for them.
    `template` says what came of it.
    """
    say = shared_terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE

    async def done(work: UnitOfWork) -> str:
        given = wanted()
        work = await speaking.of_committee(work, await which(work, given.committee))
        entered = await spoken(work, lambda work: ask(work, given))
        own = say.under(work.say.vocabulary)
        return own.terminal(template, kind="done", text="", entered=entered)

    try:
        told = alone(settings, done)
    except (OSError, UnicodeDecodeError) as unread:
        return _unread(say, template, unread)
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except RefusedAloneError as refused:
        if told := faults(refused.no):
            return _not_done(say, template, "faults", told)
        return _not_done(say, template, "refused", refused.text)
    click.echo(told)
    return DONE


def _unread(say: Terminal, template: str, why: Exception) -> int:
    if isinstance(why, TooLargeError):
        return _not_done(say, template, "too_large", str(why.megabytes))
    return _not_done(say, template, "unread", str(why))


def _not_done(say: Terminal, template: str, kind: str, text: str) -> int:
    click.echo(say.terminal(template, kind=kind, text=text, entered=None), err=True)
    return NOT_DONE
