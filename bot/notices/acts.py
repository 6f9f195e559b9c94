"""Notices as they are read, acknowledged and followed: the list, a member's card, the office's card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db import people, rulebooks
from bot.db.notice import Card
from bot.kit import access as kit_access
from bot.kit.act import act, press
from bot.kit.ask import Pick
from bot.kit.due import once_at
from bot.kit.live import live_card
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import Waiting, home_row, waits
from bot.notices import access, cards, form, sending
from bot.notices import store as notices
from bot.notices.access import Access
from bot.notices.rules.notice import MemberNotice, may_record_paper
from bot.people.rules.people import Person, sits
from bot.regulations.rules.regulation import Regulation
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.quiet_hours import first_awake
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse

LOOKED_AT = 100
"""Of a committee's notices, how many of the latest are listed."""


# --- the list ----------------------------------------------------------------------------------


@waits(4)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Notices this person has not acknowledged."""
    return [
        Waiting("notice", one.subject, one.sent_at, committee, action("notice", one.id))
        for one in await notices.waiting_for(work.tx, person.id)
    ]


@home_row(50, "notices", reads=True)
async def _on_home(_work: UnitOfWork, person: Person) -> bool:
    return person.is_clerk or sits(person)


@press("notices")
async def listed(context: Context, tap: Tap) -> Screen:
    """The list "Thông báo": for clerks and senders all, for everybody else those sent to them."""
    committee = tap.number(0)
    async with context.look() as work:
        person = await kit_access.in_committee(work, tap.account, committee)
        if person is None:
            raise Refused(NO_RIGHT)
        everybody = await people.of_committee(work.tx, committee)
        kept = await people.committee(work.tx, committee)
        regulation = await rulebooks.regulation(work.tx, kept.rulebook)
        offered = await form.purposes(work, person, everybody, regulation)
        found = await notices.of_committee(work.tx, committee, LOOKED_AT)
    office = bool(offered) or person.is_clerk
    seen = [one for one in found if office or one.recipient(person.id)]
    may_send = bool(offered)
    return Screen(
        cards.listed(context.say, committee, seen, tap.page(1), office=office, may_send=may_send)
    )


async def newest(context: Context) -> int | None:
    """The notice sent last, whatever its committee."""
    async with context.look() as work:
        return await notices.newest(work.tx)


# --- a member ----------------------------------------------------------------------------------


@press("notice")
async def show(context: Context, tap: Tap) -> Screen:
    """A notice once more, in place."""
    async with context.look() as work:
        return _member_card(await access.recipient(work, tap.account, tap.number(0)))


def _member_card(found: Access, toast: str = "") -> Screen:
    live = sending.live(found.notice.id, found.person.id)
    return Screen(live=live, toast=toast, about=sending.about(found.notice.id))


@press("nfiles")
async def show_files(context: Context, tap: Tap) -> Screen:
    """The files of a notice, as new messages."""
    async with context.look() as work:
        notice = (await access.recipient(work, tap.account, tap.number(0))).notice
    card = cards.files(context.say, notice)
    return Screen(files=notice.files, files_card=card, about=sending.about(notice.id))


@press("nack")
async def acknowledge(context: Context, tap: Tap) -> Screen:
    """The press "Đã nhận"; pressed again it changes nothing: the first time counts."""
    async with context.work() as work:
        found = await access.recipient(work, tap.account, tap.number(0))
        person, notice = found.person, found.notice
        about = sending.about(notice.id)
        line = Line(notice.committee, person, "acknowledge_notice", about, {})
        fresh = await work.write(
            notices.acknowledge(notice.id, person.id, tap.at),
            lambda fresh: line if fresh else None,
        )
        if fresh:
            await sending.refresh(work, notice.id, person.id)
    word = "acknowledged" if fresh else "again"
    return _member_card(found, context.say.label(f"notice_toast.{word}"))


@live_card("notice")
async def _card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    notice = await notices.get(work.tx, ids[0])
    person = await people.person(work.tx, ids[1])
    if notice is None or person is None or person.account != chat_id:
        return None
    to = notice.recipient(person.id)
    if to is None:
        return None
    regulation, sender = await _around(work, notice)
    return cards.notice(work.say, notice, regulation, sender, to)


async def _around(work: UnitOfWork, notice: MemberNotice) -> tuple[Regulation, Person | None]:
    """The rule book that stood when it was sent, and who sent it."""
    kept = await people.committee(work.tx, notice.committee)
    books = await rulebooks.over_time(work.tx, kept.id, kept.rulebook)
    regulation = rulebooks.on(books, in_viet_nam(notice.sent_at).date())
    return regulation, await people.person(work.tx, notice.sent_by)


# --- the office --------------------------------------------------------------------------------


@press("nboard")
async def board(context: Context, tap: Tap) -> Screen:
    """Who has acknowledged; the card follows what happens."""
    page = tap.page(1)
    async with context.look() as work:
        notice = (await access.office(work, tap.account, tap.number(0))).notice
    name = sending.board(notice.id)
    return Screen(live=f"{name}:{page}" if page else name, about=sending.about(notice.id))


@live_card("noticed")
async def _board(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    notice = (await access.office(work, chat_id, ids[0])).notice
    regulation, sender = await _around(work, notice)
    joined = await people.persons(work.tx, [one.person for one in notice.recipients])
    absent = frozenset(
        one.person
        for one in notice.recipients
        if one.person not in joined or joined[one.person].account is None
    )
    page = ids[1] if ids[1:] else 0
    return cards.board(work.say, notice, regulation, sender, absent, page)


@press("nremind")
async def remind(context: Context, tap: Tap) -> Screen:
    """Those who have not acknowledged are reminded; never those who have, and nobody at night."""
    async with context.work() as work:
        found = await access.office(work, tap.account, tap.number(0))
        notice, about = found.notice, sending.about(found.notice.id)
        waiting = await sending.reachable(work, notice)
        if not waiting:
            refuse("notice_nobody_waits")
        when = first_awake(work.now)
        detail = {"persons": [person.id for person in waiting], "at": when.isoformat()}
        await work.record(notice.committee, found.person, "remind_notice", about, detail)
        if when > work.now:
            await once_at(work, sending.REMIND, about, when)
            at = context.say.moment(when)
            return Screen(toast=context.say.label("notice_toast.reminded_later", at=at))
        await sending.remind(work, notice, waiting)
        return Screen(toast=context.say.label("toast.reminded", count=len(waiting)))


async def _to_whom(work: UnitOfWork, found: Access, _args: tuple[str, ...], page: int) -> Screen:
    if not found.notice.waiting:
        refuse("notice_nobody_waits")
    return Screen(cards.pick(work.say, found.notice, page))


def _refuse_person(found: Access, answer: str, _at: datetime) -> Refusal | None:
    if not answer.isdecimal():
        return Refusal("stale_question")
    return may_record_paper(found.notice, int(answer))


@act("npaper", find=access.office, needs=(Pick(_to_whom, _refuse_person),))
async def record_paper(work: UnitOfWork, found: Access, at: datetime, answer: str) -> Screen:
    """This member got it on paper; it counts as any other acknowledgement."""
    notice, of = found.notice, int(answer)
    about = sending.about(notice.id)
    await work.write(
        notices.acknowledge(notice.id, of, at, on_paper=True),
        Line(notice.committee, found.person, "notice_on_paper", about, {"of": of}),
    )
    await sending.refresh(work, notice.id, of)
    toast = work.say.label("notice_toast.recorded")
    return Screen(live=sending.board(notice.id), toast=toast, about=about)
