"""The screens of the form "Mời họp" below its questions: one item of the agenda, guests. No rule lives here."""

from __future__ import annotations

from bot.domain.calling import guest_rule
from bot.domain.card import Answer
from bot.domain.refusal import Refusal
from bot.services.cards.meetings import form as form_cards
from bot.services.cards.meetings import form_parts
from bot.services.desk import Desk
from bot.services.meetings import calling, calling_answers
from bot.services.meetings.calling_fields import WHOLE, Form
from handlers.taps import Pressed, Tap


def form_shown(desk: Desk, form: Form | Refusal) -> Answer | Refusal:
    """The question that stands as a screen."""
    return form if isinstance(form, Refusal) else Answer(form_cards.card(desk.say, form))


# --- the agenda ------------------------------------------------------------------------------


async def tick(desk: Desk, tap: Tap) -> Answer | Refusal:
    """What waits is taken, or left for another meeting."""
    waiting = tap.number(1)
    return form_shown(
        desk,
        await calling.take(
            desk, tap.account, tap.number(0), lambda f: calling_answers.ticked(f, waiting)
        ),
    )


async def item(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One item: what it is about, who answers for it."""
    key = tap.word(1)
    form = await calling.resume(desk, tap.account, tap.number(0), f"item:{key}")
    return item_shown(desk, form, key)


async def choices(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The kinds of matter, or the persons, to choose from for an item."""
    form = await calling.resume(desk, tap.account, tap.number(0), f"item:{tap.word(1)}")
    if isinstance(form, Refusal):
        return form
    entry = form.entry(tap.word(1))
    page = tap.number(3) if len(tap.args) > 3 else 0  # noqa: PLR2004 - draft, item, what, page
    if entry is None:
        return Refusal("stale_question")
    if tap.word(2) == "matter":
        return Answer(form_parts.matters(desk.say, form, entry))
    return Answer(form_parts.persons(desk.say, form, entry, page))


async def detail(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Something said of an item."""
    key, what, value = tap.word(1), tap.word(2), tap.word(3)
    form = await calling.take(
        desk,
        tap.account,
        tap.number(0),
        lambda f: calling_answers.detailed(f, key, what, value),
        f"item:{key}",
    )
    return item_shown(desk, form, key)


async def without_files(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The documents of an item, or of the whole meeting, are put aside."""
    key = tap.word(1)
    form = await calling.take(
        desk,
        tap.account,
        tap.number(0),
        lambda f: calling_answers.without_files(f, key),
        "" if key == WHOLE else f"item:{key}",
    )
    return form_shown(desk, form) if key == WHOLE else item_shown(desk, form, key)


async def take_off(desk: Desk, tap: Tap) -> Answer | Refusal:
    """An item comes off the agenda."""
    key = tap.word(1)
    return form_shown(
        desk,
        await calling.take(
            desk, tap.account, tap.number(0), lambda f: calling_answers.without_item(f, key)
        ),
    )


def item_shown(desk: Desk, form: Form | Refusal, key: str) -> Answer | Refusal:
    """One item of the form as a screen."""
    if isinstance(form, Refusal):
        return form
    entry = form.entry(key)
    if entry is None:
        return Refusal("stale_question")
    return Answer(form_parts.item(desk.say, form, entry))


# --- guests ----------------------------------------------------------------------------------


async def guests(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Guests of one category."""
    category = tap.word(1)
    page = tap.number(2) if len(tap.args) > 2 else 0  # noqa: PLR2004 - draft, category, page
    form = await calling.resume(desk, tap.account, tap.number(0), f"guests:{category}")
    return guests_shown(desk, form, category, page)


async def who(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Somebody known is invited, or not any more."""
    category, person, invited = tap.word(1), tap.number(2), tap.word(3) == "yes"
    form = await calling.take(
        desk,
        tap.account,
        tap.number(0),
        lambda f: calling_answers.known_guest(f, category.strip("-"), person, invited=invited),
        f"guests:{category}",
    )
    return guests_shown(desk, form, category, 0)


async def not_invited(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A guest comes off the list."""
    category, place = tap.word(1), tap.number(2)
    form = await calling.take(
        desk,
        tap.account,
        tap.number(0),
        lambda f: calling_answers.without_guest(f, place),
        f"guests:{category}",
    )
    return guests_shown(desk, form, category, 0)


def guests_shown(desk: Desk, form: Form | Refusal, category: str, page: int) -> Answer | Refusal:
    """Guests of one category as a screen."""
    if isinstance(form, Refusal):
        return form
    if category != "-" and guest_rule(form.rules, category) is None:
        return Refusal("stale_question")
    return Answer(form_parts.guests(desk.say, form, category, page))


PRESSES: dict[str, Pressed] = {
    "mtick": tick,
    "mentry": item,
    "mpick": choices,
    "mset": detail,
    "mtakeoff": take_off,
    "mnofiles": without_files,
    "mguests": guests,
    "mwho": who,
    "munguest": not_invited,
}
