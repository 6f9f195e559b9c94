"""Notices to members on the phones of who sends, who receives and who follows them. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.db.notice import Card
from bot.kit.screen import Screen
from bot.kit.taps import Fetch, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.notices import cards, lists, sending
from bot.notices import form as notices_form
from bot.notices.form import Form
from bot.values.refusal import Refusal


def _asked(desk: Context, form: Form | Refusal) -> Screen | Refusal:
    return form if isinstance(form, Refusal) else Screen(cards.form(desk.say, form))


def _shown(card: Card | Refusal) -> Screen | Refusal:
    return card if isinstance(card, Refusal) else Screen(card)


def _page(tap: Tap) -> int:
    return tap.number(1) if len(tap.args) > 1 else 0


async def listed(desk: Context, tap: Tap) -> Screen | Refusal:
    """The list "Thông báo"."""
    return _shown(await lists.listed(desk, tap.account, tap.number(0), _page(tap)))


async def begin(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Gửi thông báo": begins a form or goes on with the one left unfinished."""
    purpose = tap.word(1) if len(tap.args) > 1 else ""
    return _asked(desk, await notices_form.begin(desk, tap.account, tap.number(0), purpose))


async def show_form(desk: Context, tap: Tap) -> Screen | Refusal:
    """The form as it stands."""
    return _asked(desk, await notices_form.resume(desk, tap.account, tap.number(0)))


async def fill(desk: Context, tap: Tap) -> Screen | Refusal:
    """An answer by a button."""
    form = await notices_form.answer(desk, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return _asked(desk, form)


async def go_back(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "« Quay lại": the answer before is asked again."""
    return _asked(desk, await notices_form.back(desk, tap.account, tap.number(0)))


async def drop(desk: Context, tap: Tap) -> Screen | Refusal:
    """The form is put aside."""
    form = await notices_form.drop(desk, tap.account, tap.number(0))
    return form if isinstance(form, Refusal) else Screen(cards.dropped(desk.say))


async def send(desk: Context, tap: Tap) -> Screen | Refusal:
    """Sends the notice; the sender's card then follows who acknowledges."""
    notice = await sending.send(desk, tap.account, tap.number(0))
    if isinstance(notice, Refusal):
        return notice
    toast = desk.say.label("notice_toast.sent", count=len(notice.recipients))
    about = sending.about(notice.id)
    return Screen(live=sending.board(notice.id), toast=toast, about=about)


def typed(fetch: Fetch) -> Typed:
    """Words or a file for the question that stands; `fetch` brings a file's bytes."""

    async def answer(desk: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
        draft, file = int(ref["draft"]), sent.file
        if file is None:
            return _asked(desk, await notices_form.typed(desk, sent.account, draft, sent.text))
        form = await notices_form.resume(desk, sent.account, draft)
        if isinstance(form, Refusal):
            return form
        refusal = notices_form.refuse(form, file.name, file.size)
        if refusal:
            return refusal
        content = await fetch(file.file_id)
        taken = await notices_form.attach(
            desk, sent.account, draft, file.name, file.file_id, content
        )
        return _asked(desk, taken)

    return answer


async def acknowledge(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đã nhận"."""
    read = await sending.acknowledge(desk, tap.account, tap.number(0), tap.at)
    if isinstance(read, Refusal):
        return read
    word = "again" if read.again else "acknowledged"
    return Screen(
        live=sending.live(read.notice.id, read.person.id),
        toast=desk.say.label(f"notice_toast.{word}"),
        about=sending.about(read.notice.id),
    )


async def show(desk: Context, tap: Tap) -> Screen | Refusal:
    """A notice once more, in place."""
    read = await sending.show(desk, tap.account, tap.number(0))
    if isinstance(read, Refusal):
        return read
    live = sending.live(read.notice.id, read.person.id)
    return Screen(live=live, about=sending.about(read.notice.id))


async def show_files(desk: Context, tap: Tap) -> Screen | Refusal:
    """The files of a notice, as new messages."""
    read = await sending.show(desk, tap.account, tap.number(0))
    if isinstance(read, Refusal):
        return read
    notice = read.notice
    about = sending.about(notice.id)
    card = cards.files(desk.say, notice)
    return Screen(files=notice.files, files_card=card, about=about)


async def board(desk: Context, tap: Tap) -> Screen | Refusal:
    """Who has acknowledged; the card follows what happens."""
    card = await lists.follow(desk, tap.account, tap.number(0), _page(tap))
    if isinstance(card, Refusal):
        return card
    name = sending.board(tap.number(0))
    live = f"{name}:{_page(tap)}" if _page(tap) else name
    return Screen(live=live, about=sending.about(tap.number(0)))


async def remind(desk: Context, tap: Tap) -> Screen | Refusal:
    """Reminds those who have not acknowledged."""
    done = await sending.remind(desk, tap.account, tap.number(0))
    if isinstance(done, Refusal):
        return done
    if done.later:
        at = desk.say.moment_short(done.at)
        return Screen(toast=desk.say.label("notice_toast.reminded_later", at=at))
    return Screen(toast=desk.say.label("toast.reminded", count=done.count))


async def paper(desk: Context, tap: Tap) -> Screen | Refusal:
    """To whom it was handed over on paper."""
    return _shown(await lists.pick(desk, tap.account, tap.number(0), _page(tap)))


async def paper_of(desk: Context, tap: Tap) -> Screen | Refusal:
    """This member got it on paper."""
    done = await sending.record_paper(desk, tap.account, tap.number(0), tap.number(1), tap.at)
    if isinstance(done, Refusal):
        return done
    live, toast = sending.board(done.id), desk.say.label("notice_toast.recorded")
    return Screen(live=live, toast=toast, about=sending.about(done.id))


PRESSES: dict[str, Pressed] = {
    "notices": listed,
    "nform": begin,
    "ndraft": show_form,
    "nfill": fill,
    "nback": go_back,
    "ndrop": drop,
    "nsend": send,
    "nack": acknowledge,
    "notice": show,
    "nfiles": show_files,
    "nboard": board,
    "nremind": remind,
    "npaper": paper,
    "npaper_of": paper_of,
}
