"""The first screen, its lists and help; stray words get a polite answer. No rule lives here."""

from __future__ import annotations

from bot.domain.card import Answer
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.services import home as screens
from bot.services.announcements import asked
from bot.services.desk import Desk
from bot.services.launches import may_decline
from handlers.taps import Pressed, Sent, Tap


async def home(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The first screen in place."""
    return Answer(await screens.card(desk, tap.account))


async def start(desk: Desk, sent: Sent) -> Answer | Refusal:
    """The first screen as a new message."""
    return Answer(await screens.card(desk, sent.account))


async def tasks(desk: Desk, tap: Tap) -> Answer | Refusal:
    """What waits for me."""
    return Answer(await screens.tasks(desk, tap.account))


async def answered(desk: Desk, tap: Tap) -> Answer | Refusal:
    """What I answered."""
    return Answer(await screens.answered(desk, tap.account))


async def watch(desk: Desk, tap: Tap) -> Answer | Refusal:
    """What the committee is deciding."""
    card = await screens.watch(desk, tap.account, tap.number(0))
    return Answer(card) if card else NO_RIGHT


async def show_asked(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A request that waits for the head's approval."""
    dossier = await may_decline(desk, tap.account, tap.number(0))
    return dossier if isinstance(dossier, Refusal) else Answer(live=asked(dossier.id))


async def show_help(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Help in place."""
    return Answer(screens.help_card(desk))


async def help_asked(desk: Desk, sent: Sent) -> Answer | Refusal:
    """Help as a new message."""
    return Answer(screens.help_card(desk))


async def stray(desk: Desk, sent: Sent) -> Answer | Refusal:
    """Words nobody asked for: the first screen again, and nothing is lost by it."""
    return Answer(await screens.stray(desk, sent.account))


PRESSES: dict[str, Pressed] = {
    "home": home,
    "tasks": tasks,
    "answered": answered,
    "watch": watch,
    "asked": show_asked,
    "help": show_help,
}
