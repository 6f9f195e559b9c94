"""`dongthuan init`: a committee from answers or from a file, then its invitations on screen and on paper."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from bot import subjects  # noqa: F401 - each arranges what recurs in a committee
from bot.clock import SystemClock
from bot.commands import questions
from bot.commands.confirmation import summary
from bot.commands.founding_file import Plan, read_plan, write_sample
from bot.commands.init_words import InitFault, bot_name, of_founding
from bot.commands.invitation_sheet import SHEET, Sheet, free_place, slips
from bot.commands.opening import store
from bot.db.faults import StoreFault
from bot.founding import Founded, found, read
from bot.kit.unit import Context
from bot.people.rules.founding import FoundingFault, Newcomer, faults_of
from bot.people.rules.people import Role
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Terminal, shared_rendering, shared_terminal
from bot.settings import Settings, SettingsFaults, load
from bot.values.language import Language
from bot.votes.rules.rights import Ballots, ballots_of
from simulator.first_told import rehearse_first

DONE, NOT_DONE = 0, 1
COPY = "quy-che"
"""What the file is called that a committee's own copy of a model is handed out as."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was called with."""

    plan: Path | None = None
    settings: Path | None = None
    sheet: Path | None = None
    bot: str | None = None
    sample: Path | None = None
    yes: bool = False
    """Whether the question before the founding is answered already, for scripts."""


def init(language: Language, wanted: Wanted) -> int:
    """Found a committee; the exit code is 0 when it stands, and 1 when nothing was changed."""
    say = shared_terminal(language)
    if wanted.sample is not None:
        return write_sample(say, wanted.sample)
    try:
        settings = load(wanted.settings)
    except SettingsFaults as wrong:
        click.echo(say.terminal("settings", faults=wrong.faults), err=True)
        return NOT_DONE
    try:
        return _init(say, wanted, settings)
    except click.Abort:
        click.echo()
        unasked = wanted.plan is not None and not sys.stdin.isatty()
        click.echo(say.terminal("init_nothing", unasked=unasked), err=True)
        return NOT_DONE


def _init(say: Terminal, wanted: Wanted, settings: Settings) -> int:
    file = str(wanted.plan) if wanted.plan else ""
    plan = _plan(say, wanted)
    if plan is None:
        return NOT_DONE
    regulation = read(plan.founding)
    faults = _faults(say, plan, regulation, file)
    bot = _bot(say, wanted, plan, settings)
    if isinstance(bot, InitFault):
        faults = (*faults, bot)
    if faults or isinstance(bot, InitFault) or not isinstance(regulation, Regulation):
        questions.show_faults(say, faults)
        return NOT_DONE
    link = f"https://t.me/{bot}"
    click.echo()
    click.echo(summary(say, plan, regulation, settings.database_shown, link))
    click.echo()
    if wanted.plan is None and questions.wants_first(say):
        _rehearse(say, plan, regulation)
    remarks = plan.roster.remarks if plan.roster else ()
    if not wanted.yes and not questions.sure(say, remarks):
        click.echo(say.terminal("init_nothing", unasked=False))
        return NOT_DONE
    return _carry_out(say, wanted, plan, settings, link)


def _rehearse(say: Terminal, plan: Plan, regulation: Regulation) -> None:
    """What silence and the threshold do under this rule book and with so many people, before anybody is invited."""
    rehearse_first(
        say.language,
        plan.founding.regulation_text,
        click.echo,
        rolls=_rolls(plan, regulation),
        settings=plan.founding.settings,
    )


def _plan(say: Terminal, wanted: Wanted) -> Plan | None:
    if wanted.plan is None:
        return questions.asked(say)
    plan = read_plan(wanted.plan)
    if isinstance(plan, Plan):
        return plan
    questions.show_faults(say, plan)
    return None


def _faults(
    say: Terminal, plan: Plan, regulation: Regulation | tuple[FoundingFault, ...], file: str
) -> tuple[InitFault, ...]:
    """Everything wrong before a database is opened."""
    if not isinstance(regulation, Regulation):
        return of_founding(say, regulation, file)
    roster = plan.roster.file if plan.roster else ""
    return of_founding(say, faults_of(plan.founding, regulation), file, roster)


def _bot(say: Terminal, wanted: Wanted, plan: Plan, settings: Settings) -> str | InitFault:
    named = wanted.bot or plan.bot or settings.bot
    file = str(wanted.plan or "")
    if named is None and wanted.plan is not None:
        return InitFault(file, "bot_missing", {}, column="bot")
    named = named or questions.asked_bot(say)
    return bot_name(named) or InitFault(file, "bot_form", {"found": named}, column="bot")


def _carry_out(say: Terminal, wanted: Wanted, plan: Plan, settings: Settings, link: str) -> int:
    path = wanted.sheet or free_place(Path(), SHEET, ".html")
    try:
        sheet = Sheet(path)
    except OSError as error:
        exists = isinstance(error, FileExistsError)
        click.echo(say.terminal("init_sheet_fault", path=path, exists=exists), err=True)
        return NOT_DONE
    file = str(wanted.plan or "")
    founded = None
    try:
        founded = _found(say, plan, settings, link, file)
    except KeyboardInterrupt:
        click.echo(say.terminal("init_interrupted"), err=True)
    finally:
        if founded is None:
            sheet.give_up()
    if founded is None:
        return NOT_DONE
    given = slips(founded)
    written = sheet.write(founded.name, given)
    view = {
        "founded": founded,
        "slips": given,
        "sheet": path,
        "written": written,
        "ballots": _ballots(plan),
    }
    click.echo(say.terminal("init_founded", **view, database=settings.database_shown))
    if plan.copied:
        _hand_out(say, plan)
    return DONE


def _hand_out(say: Terminal, plan: Plan) -> None:
    """The committee's own copy of a model, as a file to be looked over and amended; nothing is replaced."""
    path = free_place(Path(), COPY, ".toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(plan.founding.regulation_text)
    except OSError:
        click.echo(say.terminal("init_copied", path=path, written=False), err=True)
    else:
        click.echo(say.terminal("init_copied", path=path, written=True))


def _ballots(plan: Plan) -> tuple[Ballots, ...]:
    """Bodies whose roll asks for another number of secret ballots than the rule book states."""
    regulation = read(plan.founding)
    if not isinstance(regulation, Regulation):
        return ()
    rolls = _rolls(plan, regulation)
    found = [ballots_of(body, rolls[body.id]) for body in regulation.bodies if rolls[body.id]]
    return tuple(each for each in found if each and each.least != each.stated)


def _rolls(plan: Plan, regulation: Regulation) -> dict[str, int]:
    """How many members each body has by the roster."""
    every = plan.founding.people
    return {
        body.id: sum(each.role is Role.MEMBER and _sits(each, body.id) for each in every)
        for body in regulation.bodies
    }


def _sits(each: Newcomer, body: str) -> bool:
    return any(seat.body == body for seat in each.seats)


def _found(say: Terminal, plan: Plan, settings: Settings, link: str, file: str) -> Founded | None:
    try:
        founded = asyncio.run(_in_store(plan, settings, link))
    except StoreFault as fault:
        click.echo(say.terminal("store_fault", fault=fault), err=True)
        return None
    if isinstance(founded, Founded):
        return founded
    questions.show_faults(say, of_founding(say, founded, file))
    return None


async def _in_store(
    plan: Plan, settings: Settings, link: str
) -> Founded | tuple[FoundingFault, ...]:
    db = await store(settings, create=True)
    try:
        return await found(Context(db, SystemClock(), shared_rendering(), link), plan.founding)
    finally:
        await db.close()
