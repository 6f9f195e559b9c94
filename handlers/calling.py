"""The form "Mời họp" on the phone of whoever prepares a meeting. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import Fetch, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.meetings.calling import answers, changing, convening
from bot.meetings.calling import cards as form_cards
from bot.meetings.calling import form as calling_form
from bot.meetings.calling.view import WHOLE
from bot.meetings.inviting.invitations import asked
from bot.meetings.sitting.showing import done
from bot.values.files import FileRef
from bot.values.refusal import Refusal
from handlers.calling_parts import PRESSES as PARTS
from handlers.calling_parts import form_shown, guests_shown, item_shown

MONTHS = 12
YEARS = 2
"""How many years ahead a month can be opened."""


async def invite(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Mời họp": begins a form, or goes on with the one left unfinished."""
    body = tap.word(1) if len(tap.args) > 1 else ""
    kind = tap.word(2) if len(tap.args) > 2 else ""  # noqa: PLR2004 - committee, body, kind
    form = await calling_form.begin(context, tap.account, tap.number(0), body=body, kind=kind)
    return form_shown(context, form)


async def show(context: Context, tap: Tap) -> Screen | Refusal:
    """The form as it stands."""
    return form_shown(context, await calling_form.resume(context, tap.account, tap.number(0)))


async def fill(context: Context, tap: Tap) -> Screen | Refusal:
    """An answer by a button."""
    form = await calling_form.answer(context, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return form_shown(context, form)


async def go_back(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "« Quay lại": the answer before is asked again."""
    return form_shown(context, await calling_form.back(context, tap.account, tap.number(0)))


async def redo(context: Context, tap: Tap) -> Screen | Refusal:
    """One question anew, from the preview."""
    return form_shown(
        context, await calling_form.redo(context, tap.account, tap.number(0), tap.word(1))
    )


async def extraordinary(context: Context, tap: Tap) -> Screen | Refusal:
    """After a refusal for want of time: as an extraordinary meeting."""
    return form_shown(
        context, await calling_form.extraordinary(context, tap.account, tap.number(0))
    )


async def drop(context: Context, tap: Tap) -> Screen | Refusal:
    """The form is put aside."""
    form = await calling_form.drop(context, tap.account, tap.number(0))
    return form if isinstance(form, Refusal) else Screen(form_cards.dropped(context.say, form))


async def grid(context: Context, tap: Tap) -> Screen | Refusal:
    """A month of buttons."""
    form = await calling_form.resume(context, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    year, month = tap.number(1), tap.number(2)
    if not (form.now.year <= year <= form.now.year + YEARS and 1 <= month <= MONTHS):
        return Refusal("stale_question")
    return Screen(form_cards.month(context.say, form, year, month))


async def hours(context: Context, tap: Tap) -> Screen | Refusal:
    """The hours of a day."""
    form = await calling_form.resume(context, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    day = answers.start_on(form, tap.word(1))
    return Screen(form_cards.hours(context.say, form, day)) if day else Refusal("stale_question")


async def send(context: Context, tap: Tap) -> Screen | Refusal:
    """Sends the form: a new meeting for approval, a change to everybody invited."""
    form = await calling_form.resume(context, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    if form.changes is not None:
        return await done(
            context, tap.account, await changing.send(context, tap.account, form.draft.id), "change"
        )
    meeting = await convening.submit(context, tap.account, form.draft.id)
    if isinstance(meeting, Refusal):
        return meeting
    return Screen(live=asked(meeting.id), toast=context.say.label("calling_toast.submitted"))


async def change(context: Context, tap: Tap) -> Screen | Refusal:
    """A called meeting is to be changed."""
    return form_shown(context, await calling_form.change(context, tap.account, tap.number(0)))


async def again(context: Context, tap: Tap) -> Screen | Refusal:
    """A declined or recalled meeting is taken up again as a new form."""
    return form_shown(context, await calling_form.again(context, tap.account, tap.number(0)))


# --- what is typed ---------------------------------------------------------------------------


def typed(fetch: Fetch) -> Typed:
    """Words or a file for the question that stands; `fetch` brings a file's bytes."""

    async def answer(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
        draft, where = int(ref["draft"]), str(ref["in"])
        if sent.file is None:
            return await _words(context, sent, draft, where)
        form = await calling_form.resume(context, sent.account, draft, where)
        if isinstance(form, Refusal):
            return form
        refusal = answers.refuse_file(form, sent.file.name, sent.file.size)
        if refusal:
            return calling_form.leading_back(refusal, form)
        content = await fetch(sent.file.file_id)
        kind, _, key = where.partition(":")
        key = key if kind == "item" else WHOLE
        file = FileRef(sent.file.name, sent.file.file_id, "", sent.file.size)
        form = await calling_form.attach(context, sent.account, draft, key, file, content)
        return form_shown(context, form) if key == WHOLE else item_shown(context, form, key)

    return answer


async def _words(context: Context, sent: Sent, draft: int, where: str) -> Screen | Refusal:
    kind, _, category = where.partition(":")
    if kind != "guests":
        return form_shown(
            context, await calling_form.typed(context, sent.account, draft, sent.text)
        )
    form = await calling_form.take(
        context,
        sent.account,
        draft,
        lambda f: answers.added_guests(f, category.strip("-"), sent.text),
        where,
    )
    return guests_shown(context, form, category, 0)


PRESSES: dict[str, Pressed] = {
    **PARTS,
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
}
