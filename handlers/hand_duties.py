"""Reports asked for by hand, on the phones of clerk and head. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.reports.ad_hoc import acts, cards
from bot.reports.ad_hoc import form as ad_hoc_form
from bot.reports.ad_hoc.form import Form
from bot.reports.board import board
from bot.values.refusal import Refusal


def _shown(context: Context, form: Form | Refusal, page: int = 0) -> Screen | Refusal:
    return form if isinstance(form, Refusal) else Screen(cards.form(context.say, form, page))


async def begin(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thêm báo cáo đột xuất": begins a form or goes on with the one left unfinished."""
    return _shown(context, await ad_hoc_form.begin(context, tap.account, tap.number(0)))


async def show(context: Context, tap: Tap) -> Screen | Refusal:
    """The form as it stands, at a page of its names."""
    page = tap.number(1) if len(tap.args) > 1 else 0
    return _shown(context, await ad_hoc_form.resume(context, tap.account, tap.number(0)), page)


async def fill(context: Context, tap: Tap) -> Screen | Refusal:
    """An answer by a button."""
    form = await ad_hoc_form.answer(context, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return _shown(context, form)


async def tick(context: Context, tap: Tap) -> Screen | Refusal:
    """Somebody is ticked, or no more."""
    page = tap.number(2) if len(tap.args) > 2 else 0  # noqa: PLR2004 - draft, key, page
    return _shown(
        context, await ad_hoc_form.tick(context, tap.account, tap.number(0), tap.word(1)), page
    )


async def go_back(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "« Quay lại": the answer before is asked again."""
    return _shown(context, await ad_hoc_form.back(context, tap.account, tap.number(0)))


async def drop(context: Context, tap: Tap) -> Screen | Refusal:
    """The form is put aside."""
    form = await ad_hoc_form.drop(context, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    return Screen(cards.dropped(context.say, form.draft.committee))


async def ask(context: Context, tap: Tap) -> Screen | Refusal:
    """It is asked for: everybody ticked owes it and is told."""
    asked = await acts.ask(context, tap.account, tap.number(0))
    if isinstance(asked, Refusal):
        return asked
    card = cards.asked(context.say, asked.hand, asked.reports)
    return Screen(card, toast=context.say.label("hand_toast.asked"))


async def end(context: Context, tap: Tap) -> Screen | Refusal:
    """It is to be taken back; asked once more before it is."""
    if len(tap.args) == 1:
        return await acts.ask_withdrawal(context, tap.account, tap.number(0))
    gone = await acts.withdraw(context, tap.account, tap.number(0))
    if isinstance(gone, Refusal):
        return gone
    card = await board.period(context, tap.account, tap.number(0))
    toast = context.say.label("hand_toast.withdrawn")
    return card if isinstance(card, Refusal) else Screen(card, toast=toast)


async def words(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """Words for the question that stands."""
    if sent.file is not None:
        return Refusal("words_not_file")
    draft = int(ref["draft"])
    return _shown(
        context, await ad_hoc_form.typed(context, sent.account, draft, sent.text, sent.at)
    )


PRESSES: dict[str, Pressed] = {
    "rhand": begin,
    "rhand_form": show,
    "rhand_page": show,
    "rhand_fill": fill,
    "rhand_tick": tick,
    "rhand_back": go_back,
    "rhand_drop": drop,
    "rhand_ask": ask,
    "rhand_end": end,
}
WORDS: dict[str, Typed] = {"rhand": words}
