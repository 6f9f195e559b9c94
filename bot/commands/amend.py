"""`dongthuan amend`: a rule book or a setting amended from a day on, entered at the machine. No rule is here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from bot import subjects  # noqa: F401 - each enters what follows from an amendment
from bot.clock import SystemClock
from bot.commands.check import check
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.commands.opening import store
from bot.committees.amending.machine import Entered, Wanted, ask
from bot.db.faults import StoreFault
from bot.kit import card
from bot.kit.unit import Context
from bot.rendering import Terminal, shared_rendering
from bot.settings import Settings
from bot.values.language import Language
from bot.values.refusal import Refused


def amend(
    language: Language, path: Path | None, file: Path | None, values: Sequence[str], **given: str
) -> int:
    """Enter the request, while no bot runs on the store; it is confirmed on the phone, and changes nothing before.

    `values` are settings as typed, "name=value"; `given` is the rest of what is `Wanted`.
    """
    say = Terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    named = (each.partition("=") for each in values)
    wanted = Wanted(**given, settings={name.strip(): value.strip() for name, _, value in named})
    try:
        if file is not None:
            wanted = replace(wanted, file=file.name, text=file.read_text(encoding="utf-8-sig"))
        entered = asyncio.run(_in_store(settings, wanted))
    except (OSError, UnicodeDecodeError) as unread:
        click.echo(say.terminal("amend", kind="unread", text=str(unread), entered=None), err=True)
        return NOT_DONE
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except Refused as no:
        faults = _faults(language, no, file)
        kind = "faults" if faults else "refused"
        why = faults or card.card(shared_rendering(), no.refusal).text
        click.echo(say.terminal("amend", kind=kind, text=why, entered=None), err=True)
        return NOT_DONE
    click.echo(say.terminal("amend", kind="done", text="", entered=entered))
    return DONE


def _faults(language: Language, no: Refused, file: Path | None) -> str:
    """What is wrong with the file, as `dongthuan check` tells it; nothing where it was refused for something else."""
    if file is None or no.refusal.kind != "amend_faults":
        return ""
    told, wrong = check(language, [file])
    return told if wrong else ""


async def _in_store(settings: Settings, wanted: Wanted) -> Entered:
    """In one transaction; what is told goes out when the bot runs again."""
    db = await store(settings)
    try:
        async with Context(db, SystemClock(), shared_rendering(), "").work() as work:
            return await ask(work, wanted)
    finally:
        await db.close()
