"""Reports asked for by hand, on the phones of clerk and head. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.card import Answer
from bot.domain.refusal import Refusal
from bot.services.cards.reports import hand as cards
from bot.services.desk import Desk
from bot.services.reports import asking, board
from bot.services.reports import hand_form as forms
from bot.services.reports.hand_form import Form
from handlers.taps import Pressed, Sent, Tap, Typed


def _shown(desk: Desk, form: Form | Refusal, page: int = 0) -> Answer | Refusal:
    return form if isinstance(form, Refusal) else Answer(cards.form(desk.say, form, page))


async def begin(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "Thêm báo cáo đột xuất": begins a form or goes on with the one left unfinished."""
    return _shown(desk, await forms.begin(desk, tap.account, tap.number(0)))


async def show(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The form as it stands, at a page of its names."""
    page = tap.number(1) if len(tap.args) > 1 else 0
    return _shown(desk, await forms.resume(desk, tap.account, tap.number(0)), page)


async def fill(desk: Desk, tap: Tap) -> Answer | Refusal:
    """An answer by a button."""
    form = await forms.answer(desk, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return _shown(desk, form)


async def tick(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Somebody is ticked, or no more."""
    page = tap.number(2) if len(tap.args) > 2 else 0  # noqa: PLR2004 - draft, key, page
    return _shown(desk, await forms.tick(desk, tap.account, tap.number(0), tap.word(1)), page)


async def go_back(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "« Quay lại": the answer before is asked again."""
    return _shown(desk, await forms.back(desk, tap.account, tap.number(0)))


async def drop(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The form is put aside."""
    form = await forms.drop(desk, tap.account, tap.number(0))
    if isinstance(form, Refusal):
        return form
    return Answer(cards.dropped(desk.say, form.draft.committee))


async def ask(desk: Desk, tap: Tap) -> Answer | Refusal:
    """It is asked for: everybody ticked owes it and is told."""
    asked = await asking.ask(desk, tap.account, tap.number(0))
    if isinstance(asked, Refusal):
        return asked
    card = cards.asked(desk.say, asked.hand, asked.reports)
    return Answer(card, toast=desk.say.label("hand_toast.asked"))


async def end(desk: Desk, tap: Tap) -> Answer | Refusal:
    """It is to be taken back; asked once more before it is."""
    if len(tap.args) == 1:
        return await asking.ask_withdrawal(desk, tap.account, tap.number(0))
    gone = await asking.withdraw(desk, tap.account, tap.number(0))
    if isinstance(gone, Refusal):
        return gone
    card = await board.period(desk, tap.account, tap.number(0))
    toast = desk.say.label("hand_toast.withdrawn")
    return card if isinstance(card, Refusal) else Answer(card, toast=toast)


async def words(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """Words for the question that stands."""
    if sent.file is not None:
        return Refusal("words_not_file")
    draft = int(ref["draft"])
    return _shown(desk, await forms.typed(desk, sent.account, draft, sent.text, sent.at))


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
