"""Notices as lists and live cards: what waits for a member, what the office follows. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.db import people, rulebooks
from bot.db.notice import Card
from bot.kit import access
from bot.kit.live import live_card
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import Waiting, home_row, waits
from bot.notices import cards, form, sending
from bot.notices import store as member_notices
from bot.notices.rules.notice import MemberNotice
from bot.people.rules.people import Person, sits
from bot.regulations.rules.regulation import Regulation
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refused, refuse

LOOKED_AT = 100
"""Of a committee's notices, how many of the latest are listed."""


@waits(4)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Notices this person has not acknowledged."""
    return [
        Waiting("notice", one.subject, one.sent_at, committee, action("notice", one.id))
        for one in await member_notices.waiting_for(work.tx, person.id)
    ]


@home_row(50, "notices")
async def _on_home(_work: UnitOfWork, person: Person) -> bool:
    return person.is_clerk or sits(person)


async def listed(context: Context, account: int, committee: int, page: int = 0) -> Card:
    """The list "Thông báo": for clerks and senders all, for everybody else those sent to them."""
    async with context.look() as work:
        person = await access.in_committee(work, account, committee)
        if person is None:
            raise Refused(NO_RIGHT)
        everybody = await people.of_committee(work.tx, committee)
        kept = await people.committee(work.tx, committee)
        regulation = await rulebooks.regulation(work.tx, kept.rulebook)
        offered, _ = await form.purposes(work, person, everybody, regulation)
        office = bool(offered) or person.is_clerk
        found = await member_notices.of_committee(work.tx, committee, LOOKED_AT)
    seen = [one for one in found if office or one.recipient(person.id)]
    return cards.listed(context.say, committee, seen, page, office=office, may_send=bool(offered))


async def newest(context: Context) -> int | None:
    """The notice sent last, whatever its committee."""
    async with context.look() as work:
        return await member_notices.newest(work.tx)


async def follow(context: Context, account: int, notice_id: int, page: int = 0) -> Card:
    """Who has acknowledged, for the sender and the office."""
    async with context.look() as work:
        found = await sending.office_before(work, account, notice_id)
        return await _board(work, found[1], page)


async def pick(context: Context, account: int, notice_id: int, page: int = 0) -> Card:
    """Members of whom it may be recorded that they got it on paper."""
    async with context.look() as work:
        found = await sending.office_before(work, account, notice_id)
    if not found[1].waiting:
        refuse("notice_nobody_waits")
    return cards.pick(context.say, found[1], page)


async def _board(work: UnitOfWork, notice: MemberNotice, page: int) -> Card:
    regulation, sender = await _around(work, notice)
    joined = await people.persons(work.tx, [one.person for one in notice.recipients])
    absent = frozenset(
        one.person
        for one in notice.recipients
        if one.person not in joined or joined[one.person].account is None
    )
    return cards.board(work.say, notice, regulation, sender, absent, page)


async def _around(work: UnitOfWork, notice: MemberNotice) -> tuple[Regulation, Person | None]:
    kept = await people.committee(work.tx, notice.committee)
    regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    return regulation, await people.person(work.tx, notice.sent_by)


@live_card("notice")
async def _card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    notice = await member_notices.get(work.tx, ids[0])
    person = await people.person(work.tx, ids[1])
    if notice is None or person is None or person.account != chat_id:
        return None
    to = notice.recipient(person.id)
    if to is None:
        return None
    regulation, sender = await _around(work, notice)
    return cards.notice(work.say, notice, regulation, sender, to)


@live_card("noticed")
async def _live_board(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await sending.office_before(work, chat_id, ids[0])
    return await _board(work, found[1], ids[1] if ids[1:] else 0)
