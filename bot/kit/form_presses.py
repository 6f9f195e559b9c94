"""What every form answers alike: its buttons, the words and files sent to it. What it asks is not known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.db import drafts
from bot.db.notice import Card
from bot.kit.act import press, words
from bot.kit.files import beside
from bot.kit.form import PREVIEW, asks_drop, opened
from bot.kit.live import live_card
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.values.action import action
from bot.values.refusal import leading_back, refuse


@live_card("draft", alone=True)
async def standing_card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card:
    """The question that stands, where a form is shown once more; refused when it is gone."""
    form, view = await opened(work, chat_id, ids[0])
    return form.card(work.say, view, form.standing(view))


@press("form_show")
async def show(context: Context, tap: Tap) -> Screen:
    """The form as it stands, at a page of its question."""
    async with context.work() as work:
        form, view = await opened(work, tap.account, tap.number(0))
        return await form.shown(work, replace(view, page=tap.page(1)))


@press("form_fill")
async def fill(context: Context, tap: Tap) -> Screen:
    """An answer by a button."""
    draft = tap.number(0)
    with leading_back(action("form_show", draft)):
        async with context.work() as work:
            form, view = await opened(work, tap.account, draft)
            return await form.shown(work, await form.press(work, view, tap.word(1), tap.word(2)))


@press("form_month")
async def month(context: Context, tap: Tap) -> Screen:
    """A month of buttons in place of the question that stands."""
    async with context.work() as work:
        form, view = await opened(work, tap.account, tap.number(0))
        shown = form.month(work.say, view, tap.number(1), tap.number(2))
        return await form.shown(work, view, instead=shown)


@press("form_back")
async def back(context: Context, tap: Tap) -> Screen:
    """One question back: the last answer given is asked again; a question with a default is left at that."""
    async with context.work() as work:
        form, view = await opened(work, tap.account, tap.number(0))
        form.require_current(view, tap)
        standing, answered = form.standing(view), form.answered(view)
        if form.default(standing) is not None:
            view = await form.keep(work, view, {standing: form.default(standing)})
        elif answered:
            return await form.taken_up(work, view, answered[-1])
        return await form.shown(work, view)


@press("form_again")
async def again(context: Context, tap: Tap) -> Screen:
    """One question again, from the preview; everything else stays answered."""
    name = tap.word(1)
    async with context.work() as work:
        form, view = await opened(work, tap.account, tap.number(0))
        offered = [each.name for each in form.fields if each.again and each.asked(view)]
        if form.standing(view) != PREVIEW or name not in offered:
            refuse("stale_question")
        return await form.taken_up(work, view, name)


@press("form_drop")
async def drop(context: Context, tap: Tap) -> Screen:
    """Whether the form shall be given up is asked once; what was answered would be lost.

    Nothing typed there answers the question that stands below.
    """
    async with context.look() as work:
        form, view = await opened(work, tap.account, tap.number(0))
        form.require_current(view, tap)
    asks = asks_drop(context.say, view.draft.id, form.standing(view))
    return Screen(asks, about=view.about, only=f"draft:{view.draft.id}")


@press("form_drop_yes")
async def drop_for_good(context: Context, tap: Tap) -> Screen:
    """The form is given up for good."""
    async with context.work() as work:
        form, view = await opened(work, tap.account, tap.number(0))
        form.require_current(view, tap)
        await _end(work, tap.account, view.draft.id)
        return Screen(form.dropped(work.say, view))


@press("form_send")
async def send(context: Context, tap: Tap) -> Screen:
    """The complete form is sent; what comes of it is its subject's."""
    async with context.work() as work:
        form, view = await opened(work, tap.account, tap.number(0))
        if form.standing(view) != PREVIEW:
            refuse("form_incomplete")
        await _end(work, tap.account, view.draft.id)
        return await form.send(work, view)


@words("form", changed=lambda ref: action("form_show", ref["draft"]))
async def said(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """Words or a file for the question that stands, or for the screen below it."""
    draft, where = int(ref["draft"]), str(ref.get("in", ""))
    with leading_back(action("form_show", draft)):
        if sent.file is None:
            return await _typed(context, sent, draft, where)
        async with context.look() as work:
            form, view = await opened(work, sent.account, draft)
            form.require_file(view, sent.file.name, sent.file.size)
        content = await sent.file.fetch()
        async with context.work() as work:
            form, view = await opened(work, sent.account, draft)
            takes = form.takes_captions(view)
            view = await form.attach(work, view, sent, sent.file, content, where)
            shown = await form.shown(work, view, where)
            return shown if takes else beside(work.say, shown, sent)


async def _typed(context: Context, sent: Sent, draft: int, where: str) -> Screen:
    async with context.work() as work:
        form, view = await opened(work, sent.account, draft)
        below = await form.say_below(work, view, where, sent.text, sent.at)
        if below is not None:
            return await form.shown(work, below, where)
        return await form.shown(work, await form.say(work, view, sent.text, sent.at))


async def _end(work: UnitOfWork, account: int, draft_id: int) -> None:
    await drafts.end(work.tx, draft_id, work.now)
    await drafts.answered(work.tx, account)
