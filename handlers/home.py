"""The first screen, its lists and help; stray words get a polite answer. No rule lives here."""

from __future__ import annotations

from bot import home as screens
from bot.kit.screen import Screen
from bot.kit.taps import Pressed, Sent, Tap
from bot.kit.unit import Context
from bot.values.refusal import NO_RIGHT, Refusal


async def home(context: Context, tap: Tap) -> Screen | Refusal:
    """The first screen in place."""
    return Screen(await screens.card(context, tap.account))


async def start(context: Context, sent: Sent) -> Screen | Refusal:
    """The first screen as a new message."""
    return Screen(await screens.card(context, sent.account))


async def tasks(context: Context, tap: Tap) -> Screen | Refusal:
    """What waits for me."""
    return Screen(await screens.tasks(context, tap.account))


async def answered(context: Context, tap: Tap) -> Screen | Refusal:
    """What I answered."""
    return Screen(await screens.answered(context, tap.account))


async def watch(context: Context, tap: Tap) -> Screen | Refusal:
    """What the committee is deciding."""
    card = await screens.watch(context, tap.account, tap.number(0))
    return Screen(card) if card else NO_RIGHT


async def show_help(context: Context, tap: Tap) -> Screen | Refusal:
    """Help in place."""
    return Screen(screens.help_card(context))


async def help_asked(context: Context, sent: Sent) -> Screen | Refusal:
    """Help as a new message."""
    return Screen(screens.help_card(context))


async def stray(context: Context, sent: Sent) -> Screen | Refusal:
    """Words nobody asked for: the first screen again, and nothing is lost by it."""
    return Screen(await screens.stray(context, sent.account))


PRESSES: dict[str, Pressed] = {
    "home": home,
    "tasks": tasks,
    "answered": answered,
    "watch": watch,
    "help": show_help,
}
