"""What is pressed on notices: a member acknowledges, the office follows, reminds, records paper."""

from __future__ import annotations

from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.notices import cards, lists, sending


@press("notices")
async def listed(context: Context, tap: Tap) -> Screen:
    """The list "Thông báo"."""
    return Screen(await lists.listed(context, tap.account, tap.number(0), tap.page(1)))


@press("nack")
async def acknowledge(context: Context, tap: Tap) -> Screen:
    """The press "Đã nhận"."""
    read = await sending.acknowledge(context, tap.account, tap.number(0), tap.at)
    word = "again" if read.again else "acknowledged"
    return Screen(
        live=sending.live(read.notice.id, read.person.id),
        toast=context.say.label(f"notice_toast.{word}"),
        about=sending.about(read.notice.id),
    )


@press("notice")
async def show(context: Context, tap: Tap) -> Screen:
    """A notice once more, in place."""
    read = await sending.show(context, tap.account, tap.number(0))
    live = sending.live(read.notice.id, read.person.id)
    return Screen(live=live, about=sending.about(read.notice.id))


@press("nfiles")
async def show_files(context: Context, tap: Tap) -> Screen:
    """The files of a notice, as new messages."""
    notice = (await sending.show(context, tap.account, tap.number(0))).notice
    card = cards.files(context.say, notice)
    return Screen(files=notice.files, files_card=card, about=sending.about(notice.id))


@press("nboard")
async def board(context: Context, tap: Tap) -> Screen:
    """Who has acknowledged; the card follows what happens."""
    notice, page = tap.number(0), tap.page(1)
    await lists.follow(context, tap.account, notice, page)
    name = sending.board(notice)
    return Screen(live=f"{name}:{page}" if page else name, about=sending.about(notice))


@press("nremind")
async def remind(context: Context, tap: Tap) -> Screen:
    """Reminds those who have not acknowledged."""
    done = await sending.remind(context, tap.account, tap.number(0))
    if done.later:
        at = context.say.moment_short(done.at)
        return Screen(toast=context.say.label("notice_toast.reminded_later", at=at))
    return Screen(toast=context.say.label("toast.reminded", count=done.count))


@press("npaper")
async def paper(context: Context, tap: Tap) -> Screen:
    """To whom it was handed over on paper."""
    return Screen(await lists.pick(context, tap.account, tap.number(0), tap.page(1)))


@press("npaper_of")
async def paper_of(context: Context, tap: Tap) -> Screen:
    """This member got it on paper."""
    done = await sending.record_paper(context, tap.account, tap.number(0), tap.number(1), tap.at)
    live, toast = sending.board(done.id), context.say.label("notice_toast.recorded")
    return Screen(live=live, toast=toast, about=sending.about(done.id))
