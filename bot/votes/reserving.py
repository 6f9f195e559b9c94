"""A member who differed in an open vote reserves that opinion, or not any more; answers are in `voting`."""

from __future__ import annotations

from datetime import datetime

from bot.calendar import face as calendar
from bot.db import live_cards
from bot.kit.act import press
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import face as meetings
from bot.values.moments import in_viet_nam
from bot.values.refusal import require
from bot.votes import access, cards
from bot.votes import store as votes
from bot.votes.access import Access, card_name, dash, subject
from bot.votes.rules.rights import may_reserve


@press("vote_reserve")
async def reserve(context: Context, tap: Tap) -> Screen:
    """The press "Bảo lưu ý kiến" on the card of a vote: the answer does not change, and counts as before."""
    return await _mark(context, tap, reserved=True)


@press("vote_unreserve")
async def unreserve(context: Context, tap: Tap) -> Screen:
    """The mark is taken off again."""
    return await _mark(context, tap, reserved=False)


async def until(work: UnitOfWork, found: Access) -> datetime | None:
    """Until when opinions are reserved after the close, by the calendar of now; None while the vote runs."""
    closed, body = found.vote.closed_at, found.meeting.body
    if closed is None or body.reserve is None:
        return None
    days = await calendar.working_calendar(work.tx, found.meeting.committee)
    last = days.add_working_days(in_viet_nam(closed).date(), body.reserve.days)
    return days.end_of_day(last, body.written.window.day_ends_at)


async def set_mark(work: UnitOfWork, found: Access, *, reserved: bool) -> None:
    """Keep that the opinion is reserved, or not any more, with its line."""
    vote, person = found.vote.id, found.person
    mark = votes.add_reservation(vote, person.id, reserved=reserved, at=work.now)
    line = Line(found.meeting.committee, person, "reserve", subject(vote), {"reserved": reserved})
    await work.write(mark, line)


async def _mark(context: Context, tap: Tap, *, reserved: bool) -> Screen:
    async with context.work() as work:
        found = await access.find(work, tap.account, tap.number(0))
        vote, person, meeting = found.vote, found.person, found.meeting
        require(may_reserve(meeting, vote, person.id, tap.at, await until(work, found)))
        if vote.effective[person.id].reserved != reserved:
            await set_mark(work, found, reserved=reserved)
            shown = (card_name(vote.id, person.id), dash(vote.id))
            await live_cards.refresh(work.tx, shown, work.now, about=meetings.about(meeting.id))
            if vote.closed_at is not None:
                await _tell(work, found, reserved=reserved)
    toast = context.say.label("toast.reserved" if reserved else "toast.unreserved")
    return Screen(toast=toast)


async def _tell(work: UnitOfWork, found: Access, *, reserved: bool) -> None:
    """Clerk and head learn that a mark was added or taken off after the result."""
    card = cards.reserved(
        work.say, found.meeting, found.item, found.vote, found.person, reserved=reserved
    )
    key = f"vote_reserved:{found.vote.id}:{found.person.id}:{stamp(work)}"
    office = await meetings.office(work, found.meeting)
    await notify(work, office, card, key, about=meetings.about(found.meeting.id))
