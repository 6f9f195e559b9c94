"""The form "Mời họp" on the phone of whoever prepares a meeting. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.card import Answer
from bot.domain.files import FileRef
from bot.domain.refusal import Refusal
from bot.services.cards.meetings import form as form_cards
from bot.services.desk import Desk
from bot.services.meetings import calling, calling_answers, changing, convening
from bot.services.meetings.calling_fields import WHOLE
from bot.services.meetings.endings import done
from bot.services.meetings.invitations import asked
from handlers.calling_parts import PRESSES as PARTS
from handlers.calling_parts import form_shown, guests_shown, item_shown
from handlers.taps import Fetch, Pressed, Sent, Tap, Typed

MONTHS = 12
YEARS = 2
"""How many years ahead a month can be opened."""


async def invite(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "Mời họp": begins a form, or goes on with the one left unfinished."""
    body = tap.word(1) if len(tap.args) > 1 else ""
    kind = tap.word(2) if len(tap.args) > 2 else ""  # noqa: PLR2004 - committee, body, kind
    form = await calling.begin(desk, tap.account, tap.number(0), body=body, kind=kind)
    return form_shown(desk, form)


async def show(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The form as it stands."""
    return form_shown(desk, await calling.resume(desk, tap.account, tap.number(0)))


async def fill(desk: Desk, tap: Tap) -> Answer | Refusal:
    """An answer by a button."""
    form = await calling.answer(desk, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return form_shown(desk, form)


async def go_back(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "« Quay lại": the answer before is asked again."""
    return form_shown(desk, await calling.back(desk, tap.account, tap.number(0)))


async def redo(desk: Desk, tap: Tap) -> Answer | Refusal:
    """One question anew, from the preview."""
    return form_shown(desk, await calling.redo(desk, tap.account, tap.number(0), tap.word(1)))


async def extraordinary(desk: Desk, tap: Tap) -> Answer | Refusal:
    """After a refusal for want of time: as an extraordinary meeting."""
    return form_shown(desk, await calling.extraordinary(desk, tap.account, tap.number(0)))


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
    return form_shown(desk, await calling.change(desk, tap.account, tap.number(0)))


async def again(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A declined or recalled meeting is taken up again as a new form."""
    return form_shown(desk, await calling.again(desk, tap.account, tap.number(0)))


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
        return form_shown(desk, form) if key == WHOLE else item_shown(desk, form, key)

    return answer


async def _words(desk: Desk, sent: Sent, draft: int, where: str) -> Answer | Refusal:
    kind, _, category = where.partition(":")
    if kind != "guests":
        return form_shown(desk, await calling.typed(desk, sent.account, draft, sent.text))
    form = await calling.take(
        desk,
        sent.account,
        draft,
        lambda f: calling_answers.added_guests(f, category.strip("-"), sent.text),
        where,
    )
    return guests_shown(desk, form, category, 0)


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
