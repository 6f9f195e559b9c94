"""The clerk's form and the head's approval on their phones. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.consultations import asking, launch_form, launching, steering
from bot.consultations import launch_cards as form_card
from bot.consultations.announcements import asked
from bot.consultations.launch_form import Form, refuse_file
from bot.kit.screen import Screen
from bot.kit.taps import Fetch, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.values.refusal import Refusal


async def launch(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Lập phiếu xin ý kiến": begins a form or goes on with the one left unfinished."""
    return _shown(context, await launch_form.begin(context, tap.account, tap.number(0)))


async def show(context: Context, tap: Tap) -> Screen | Refusal:
    """The form as it stands."""
    return _shown(context, await launch_form.resume(context, tap.account, tap.number(0)))


async def fill(context: Context, tap: Tap) -> Screen | Refusal:
    """An answer by a button."""
    form = await launch_form.answer(context, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return _shown(context, form)


async def go_back(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "« Quay lại": the answer before is asked again."""
    return _shown(context, await launch_form.back(context, tap.account, tap.number(0)))


async def drop(context: Context, tap: Tap) -> Screen | Refusal:
    """The form is put aside."""
    form = await launch_form.drop(context, tap.account, tap.number(0))
    return form if isinstance(form, Refusal) else Screen(form_card.dropped(context.say))


async def grid(context: Context, tap: Tap) -> Screen | Refusal:
    """A month of buttons."""
    form = await launch_form.resume(context, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    year, month = tap.number(1), tap.number(2)
    if not (form.now.year <= year <= form.now.year + 2 and 1 <= month <= 12):  # noqa: PLR2004 - months
        return Refusal("stale_question")
    return Screen(form_card.month(context.say, form, year, month))


async def submit(context: Context, tap: Tap) -> Screen | Refusal:
    """Sends the form for approval."""
    dossier = await launching.submit(context, tap.account, tap.number(0))
    if isinstance(dossier, Refusal):
        return dossier
    return Screen(form_card.submitted(context.say, dossier))


def _shown(context: Context, form: Form | Refusal) -> Screen | Refusal:
    return form if isinstance(form, Refusal) else Screen(form_card.card(context.say, form))


def typed(fetch: Fetch) -> Typed:
    """Words or a file for the question that stands; `fetch` brings a file's bytes."""

    async def answer(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
        draft = int(ref["draft"])
        if sent.file is None:
            return _shown(
                context, await launch_form.typed(context, sent.account, draft, sent.text, sent.at)
            )
        form = await launch_form.resume(context, sent.account, draft)
        if isinstance(form, Refusal):
            return form
        refusal = refuse_file(form, sent.file.name, sent.file.size)
        if refusal:
            return refusal
        content = await fetch(sent.file.file_id)
        file = sent.file
        return _shown(
            context,
            await launch_form.attach(
                context, sent.account, draft, file.name, file.file_id, content
            ),
        )

    return answer


async def approve(context: Context, tap: Tap) -> Screen | Refusal:
    """The head approves: it opens and goes out."""
    dossier = await launching.approve(context, tap.account, tap.number(0))
    if isinstance(dossier, Refusal):
        return dossier
    return Screen(live=asked(dossier.id), toast=context.say.label("toast.approved"))


async def decline(context: Context, tap: Tap) -> Screen | Refusal:
    """The head declines: the reason is asked for."""
    dossier = await launching.may_decline(context, tap.account, tap.number(0))
    if isinstance(dossier, Refusal):
        return dossier
    return await steering.ask_reason(context, tap.account, dossier, "decline")


async def decline_reason(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The reason of a decline."""
    reason = steering.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    dossier = await launching.decline(context, sent.account, ref["consultation"], reason)
    if isinstance(dossier, Refusal):
        return dossier
    return await steering.done(context, sent.account, dossier, "decline")


async def whole_text(context: Context, tap: Tap) -> Screen | Refusal:
    """The whole text for the head, before approving."""
    dossier = await launching.may_decline(context, tap.account, tap.number(0))
    return dossier if isinstance(dossier, Refusal) else asking.whole_text(context, dossier)


async def again(context: Context, tap: Tap) -> Screen | Refusal:
    """A declined request is taken up again as a new form with the same answers."""
    return _shown(context, await launch_form.again(context, tap.account, tap.number(0)))


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
