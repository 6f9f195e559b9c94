"""The screens of the form "Mời họp" below its questions: one item of the agenda, guests. No rule lives here."""

from __future__ import annotations

from bot.kit.screen import Screen
from bot.kit.taps import Pressed, Tap
from bot.kit.unit import Context
from bot.meetings.calling import answers, cards
from bot.meetings.calling import cards as form_cards
from bot.meetings.calling import form as calling_form
from bot.meetings.calling.view import WHOLE, Form
from bot.meetings.rules.calling import guest_rule
from bot.values.refusal import Refusal


def form_shown(context: Context, form: Form | Refusal) -> Screen | Refusal:
    """The question that stands as a screen."""
    return form if isinstance(form, Refusal) else Screen(form_cards.card(context.say, form))


# --- the agenda ------------------------------------------------------------------------------


async def tick(context: Context, tap: Tap) -> Screen | Refusal:
    """What waits is taken, or left for another meeting."""
    waiting = tap.number(1)
    return form_shown(
        context,
        await calling_form.take(
            context, tap.account, tap.number(0), lambda f: answers.ticked(f, waiting)
        ),
    )


async def item(context: Context, tap: Tap) -> Screen | Refusal:
    """One item: what it is about, who answers for it."""
    key = tap.word(1)
    form = await calling_form.resume(context, tap.account, tap.number(0), f"item:{key}")
    return item_shown(context, form, key)


async def choices(context: Context, tap: Tap) -> Screen | Refusal:
    """The kinds of matter, or the persons, to choose from for an item."""
    form = await calling_form.resume(context, tap.account, tap.number(0), f"item:{tap.word(1)}")
    if isinstance(form, Refusal):
        return form
    entry = form.entry(tap.word(1))
    page = tap.number(3) if len(tap.args) > 3 else 0  # noqa: PLR2004 - draft, item, what, page
    if entry is None:
        return Refusal("stale_question")
    if tap.word(2) == "matter":
        return Screen(cards.matters(context.say, form, entry))
    return Screen(cards.persons(context.say, form, entry, page))


async def detail(context: Context, tap: Tap) -> Screen | Refusal:
    """Something said of an item."""
    key, what, value = tap.word(1), tap.word(2), tap.word(3)
    form = await calling_form.take(
        context,
        tap.account,
        tap.number(0),
        lambda f: answers.detailed(f, key, what, value),
        f"item:{key}",
    )
    return item_shown(context, form, key)


async def without_files(context: Context, tap: Tap) -> Screen | Refusal:
    """The documents of an item, or of the whole meeting, are put aside."""
    key = tap.word(1)
    form = await calling_form.take(
        context,
        tap.account,
        tap.number(0),
        lambda f: answers.without_files(f, key),
        "" if key == WHOLE else f"item:{key}",
    )
    return form_shown(context, form) if key == WHOLE else item_shown(context, form, key)


async def take_off(context: Context, tap: Tap) -> Screen | Refusal:
    """An item comes off the agenda."""
    key = tap.word(1)
    return form_shown(
        context,
        await calling_form.take(
            context, tap.account, tap.number(0), lambda f: answers.without_item(f, key)
        ),
    )


def item_shown(context: Context, form: Form | Refusal, key: str) -> Screen | Refusal:
    """One item of the form as a screen."""
    if isinstance(form, Refusal):
        return form
    entry = form.entry(key)
    if entry is None:
        return Refusal("stale_question")
    return Screen(cards.item(context.say, form, entry))


# --- guests ----------------------------------------------------------------------------------


async def guests(context: Context, tap: Tap) -> Screen | Refusal:
    """Guests of one category."""
    category = tap.word(1)
    page = tap.number(2) if len(tap.args) > 2 else 0  # noqa: PLR2004 - draft, category, page
    form = await calling_form.resume(context, tap.account, tap.number(0), f"guests:{category}")
    return guests_shown(context, form, category, page)


async def who(context: Context, tap: Tap) -> Screen | Refusal:
    """Somebody known is invited, or not any more."""
    category, person, invited = tap.word(1), tap.number(2), tap.word(3) == "yes"
    form = await calling_form.take(
        context,
        tap.account,
        tap.number(0),
        lambda f: answers.known_guest(f, category.strip("-"), person, invited=invited),
        f"guests:{category}",
    )
    return guests_shown(context, form, category, 0)


async def not_invited(context: Context, tap: Tap) -> Screen | Refusal:
    """A guest comes off the list."""
    category, place = tap.word(1), tap.number(2)
    form = await calling_form.take(
        context,
        tap.account,
        tap.number(0),
        lambda f: answers.without_guest(f, place),
        f"guests:{category}",
    )
    return guests_shown(context, form, category, 0)


def guests_shown(
    context: Context, form: Form | Refusal, category: str, page: int
) -> Screen | Refusal:
    """Guests of one category as a screen."""
    if isinstance(form, Refusal):
        return form
    if category != "-" and guest_rule(form.rules, category) is None:
        return Refusal("stale_question")
    return Screen(cards.guests(context.say, form, category, page))


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
