"""The form "Mời họp" on the phone of whoever prepares a meeting. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.card import Answer
from bot.domain.files import FileRef
from bot.domain.refusal import Refusal
from bot.services.cards.meetings import form as form_cards
from bot.services.cards.meetings import form_parts
from bot.services.desk import Desk
from bot.services.meetings import calling, calling_answers, changing, convening
from bot.services.meetings.calling_fields import WHOLE, Form
from bot.services.meetings.endings import done
from bot.services.meetings.invitations import asked
from handlers.taps import Fetch, Pressed, Sent, Tap, Typed

MONTHS = 12
YEARS = 2
"""How many years ahead a month can be opened."""


async def invite(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "Mời họp": begins a form, or goes on with the one left unfinished."""
    body = tap.word(1) if len(tap.args) > 1 else ""
    kind = tap.word(2) if len(tap.args) > 2 else ""  # noqa: PLR2004 - committee, body, kind
    form = await calling.begin(desk, tap.account, tap.number(0), body=body, kind=kind)
    return _shown(desk, form)


async def show(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The form as it stands."""
    return _shown(desk, await calling.resume(desk, tap.account, tap.number(0)))


async def fill(desk: Desk, tap: Tap) -> Answer | Refusal:
    """An answer by a button."""
    form = await calling.answer(desk, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return _shown(desk, form)


async def go_back(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "« Quay lại": the answer before is asked again."""
    return _shown(desk, await calling.back(desk, tap.account, tap.number(0)))


async def redo(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One question anew, from the preview."""
    return _shown(desk, await calling.redo(desk, tap.account, tap.number(0), tap.word(1)))


async def extraordinary(desk: Desk, tap: Tap) -> Answer | Refusal:
    """After a refusal for want of time: as an extraordinary meeting."""
    return _shown(desk, await calling.extraordinary(desk, tap.account, tap.number(0)))


async def drop(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The form is put aside."""
    form = await calling.drop(desk, tap.account, tap.number(0))
    return form if isinstance(form, Refusal) else Answer(form_cards.dropped(desk.say, form))


async def grid(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A month of buttons."""
    form = await calling.resume(desk, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    year, month = tap.number(1), tap.number(2)
    if not (form.now.year <= year <= form.now.year + YEARS and 1 <= month <= MONTHS):
        return Refusal("stale_question")
    return Answer(form_cards.month(desk.say, form, year, month))


async def hours(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The hours of a day."""
    form = await calling.resume(desk, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    day = calling_answers.start_on(form, tap.word(1))
    return Answer(form_cards.hours(desk.say, form, day)) if day else Refusal("stale_question")


async def send(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Sends the form: a new meeting for approval, a change to everybody invited."""
    form = await calling.resume(desk, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    if form.changes is not None:
        return await done(
            desk, tap.account, await changing.send(desk, tap.account, form.draft.id), "change"
        )
    meeting = await convening.submit(desk, tap.account, form.draft.id)
    if isinstance(meeting, Refusal):
        return meeting
    return Answer(live=asked(meeting.id), toast=desk.say.label("calling_toast.submitted"))


async def change(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A called meeting is to be changed."""
    return _shown(desk, await calling.change(desk, tap.account, tap.number(0)))


async def again(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A declined or recalled meeting is taken up again as a new form."""
    return _shown(desk, await calling.again(desk, tap.account, tap.number(0)))


# --- the agenda ------------------------------------------------------------------------------


async def tick(desk: Desk, tap: Tap) -> Answer | Refusal:
    """What waits is taken, or left for another meeting."""
    waiting = tap.number(1)
    return _shown(
        desk,
        await calling.take(
            desk, tap.account, tap.number(0), lambda f: calling_answers.ticked(f, waiting)
        ),
    )


async def item(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One item: what it is about, who answers for it."""
    key = tap.word(1)
    form = await calling.resume(desk, tap.account, tap.number(0), f"item:{key}")
    return _item(desk, form, key)


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
    return _item(desk, form, key)


async def take_off(desk: Desk, tap: Tap) -> Answer | Refusal:
    """An item comes off the agenda."""
    key = tap.word(1)
    return _shown(
        desk,
        await calling.take(
            desk, tap.account, tap.number(0), lambda f: calling_answers.without_item(f, key)
        ),
    )


def _item(desk: Desk, form: Form | Refusal, key: str) -> Answer | Refusal:
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
    return _guests(desk, form, category, page)


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
    return _guests(desk, form, category, 0)


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
    return _guests(desk, form, category, 0)


def _guests(desk: Desk, form: Form | Refusal, category: str, page: int) -> Answer | Refusal:
    if isinstance(form, Refusal):
        return form
    return Answer(form_parts.guests(desk.say, form, category, page))


# --- what is typed ---------------------------------------------------------------------------


def typed(fetch: Fetch) -> Typed:
    """Words or a file for the question that stands; `fetch` brings a file's bytes."""

    async def answer(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
        draft, where = int(ref["draft"]), str(ref["in"])
        if sent.file is None:
            return await _words(desk, sent, draft, where)
        form = await calling.resume(desk, sent.account, draft, where)
        if isinstance(form, Refusal):
            return form
        refusal = calling_answers.refuse_file(form, sent.file.name, sent.file.size)
        if refusal:
            return calling.leading_back(refusal, form)
        content = await fetch(sent.file.file_id)
        kind, _, key = where.partition(":")
        key = key if kind == "item" else WHOLE
        file = FileRef(sent.file.name, sent.file.file_id, "", sent.file.size)
        form = await calling.attach(desk, sent.account, draft, key, file, content)
        return _shown(desk, form) if key == WHOLE else _item(desk, form, key)

    return answer


async def _words(desk: Desk, sent: Sent, draft: int, where: str) -> Answer | Refusal:
    kind, _, category = where.partition(":")
    if kind != "guests":
        return _shown(desk, await calling.typed(desk, sent.account, draft, sent.text))
    form = await calling.take(
        desk,
        sent.account,
        draft,
        lambda f: calling_answers.added_guests(f, category.strip("-"), sent.text),
        where,
    )
    return _guests(desk, form, category, 0)


def _shown(desk: Desk, form: Form | Refusal) -> Answer | Refusal:
    return form if isinstance(form, Refusal) else Answer(form_cards.card(desk.say, form))


PRESSES: dict[str, Pressed] = {
    "invite": invite,
    "mform": show,
    "mfill": fill,
    "mback": go_back,
    "mredo": redo,
    "mextra": extraordinary,
    "mdrop": drop,
    "mgrid": grid,
    "mday": hours,
    "msend": send,
    "mchange": change,
    "magain": again,
    "mtick": tick,
    "mentry": item,
    "mpick": choices,
    "mset": detail,
    "mtakeoff": take_off,
    "mguests": guests,
    "mwho": who,
    "munguest": not_invited,
}
