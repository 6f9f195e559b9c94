"""The clerk's form and the head's approval on their phones. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.card import Answer
from bot.domain.refusal import Refusal
from bot.services import forms, launch_form, launches, office
from bot.services.announcements import asked
from bot.services.cards import launch_form as form_card
from bot.services.desk import Desk
from bot.services.launch_answers import Form, refuse_file
from handlers.taps import Fetch, Sent, Tap, Typed


async def launch(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "Lập phiếu xin ý kiến": begins a form or goes on with the one left unfinished."""
    return _shown(desk, await launch_form.begin(desk, tap.account, tap.number(0)))


async def show(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The form as it stands."""
    return _shown(desk, await launch_form.resume(desk, tap.account, tap.number(0)))


async def fill(desk: Desk, tap: Tap) -> Answer | Refusal:
    """An answer by a button."""
    form = await launch_form.answer(desk, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return _shown(desk, form)


async def go_back(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "« Quay lại": the answer before is asked again."""
    return _shown(desk, await launch_form.back(desk, tap.account, tap.number(0)))


async def drop(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The form is put aside."""
    form = await launch_form.drop(desk, tap.account, tap.number(0))
    return form if isinstance(form, Refusal) else Answer(form_card.dropped(desk.say))


async def grid(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A month of buttons."""
    form = await launch_form.resume(desk, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    year, month = tap.number(1), tap.number(2)
    if not (form.now.year <= year <= form.now.year + 2 and 1 <= month <= 12):  # noqa: PLR2004 - months
        return Refusal("stale_question")
    return Answer(form_card.month(desk.say, form, year, month))


async def submit(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Sends the form for approval."""
    dossier = await launches.submit(desk, tap.account, tap.number(0))
    if isinstance(dossier, Refusal):
        return dossier
    return Answer(form_card.submitted(desk.say, dossier))


def _shown(desk: Desk, form: Form | Refusal) -> Answer | Refusal:
    return form if isinstance(form, Refusal) else Answer(form_card.card(desk.say, form))


def typed(fetch: Fetch) -> Typed:
    """Words or a file for the question that stands; `fetch` brings a file's bytes."""

    async def answer(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
        draft = int(ref["draft"])
        if sent.file is None:
            return _shown(
                desk, await launch_form.typed(desk, sent.account, draft, sent.text, sent.at)
            )
        form = await launch_form.resume(desk, sent.account, draft)
        if isinstance(form, Refusal):
            return form
        refusal = refuse_file(form, sent.file.name, sent.file.size)
        if refusal:
            return refusal
        content = await fetch(sent.file.file_id)
        file = sent.file
        return _shown(
            desk,
            await launch_form.attach(desk, sent.account, draft, file.name, file.file_id, content),
        )

    return answer


async def approve(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The head approves: it opens and goes out."""
    dossier = await launches.approve(desk, tap.account, tap.number(0))
    if isinstance(dossier, Refusal):
        return dossier
    return Answer(live=asked(dossier.id), toast=desk.say.label("toast.approved"))


async def decline(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The head declines: the reason is asked for."""
    dossier = await launches.may_decline(desk, tap.account, tap.number(0))
    if isinstance(dossier, Refusal):
        return dossier
    return await office.ask_reason(desk, tap.account, dossier, "decline")


async def decline_reason(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """The reason of a decline."""
    reason = office.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    dossier = await launches.decline(desk, sent.account, ref["consultation"], reason)
    if isinstance(dossier, Refusal):
        return dossier
    return await office.done(desk, sent.account, dossier, "decline")


async def whole_text(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The whole text for the head, before approving."""
    dossier = await launches.may_decline(desk, tap.account, tap.number(0))
    return dossier if isinstance(dossier, Refusal) else forms.whole_text(desk, dossier)


async def again(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A declined request is taken up again as a new form with the same answers."""
    return _shown(desk, await launch_form.again(desk, tap.account, tap.number(0)))


PRESSES = {
    "launch": launch,
    "draft": show,
    "fill": fill,
    "draft_back": go_back,
    "draft_drop": drop,
    "grid": grid,
    "submit": submit,
    "approve": approve,
    "decline": decline,
    "asked_text": whole_text,
    "again": again,
}
WORDS = {"decline": decline_reason}
