"""What clerk and head ask in the chat: the whole dossier of a matter or of a meeting, as one file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.consultations import face as consultations
from bot.db.notice import Button, Card, Row
from bot.dossiers.packing import Wanted, contents, packed, with_papers
from bot.dossiers.rules.rights import may_fit, may_have_dossier, may_have_dossier_of_meeting
from bot.kit.act import press
from bot.kit.made_files import Finds, hand_out
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.refusal import require


@press("dossier_matter")
async def of_matter(context: Context, tap: Tap) -> Screen:
    """The dossier of a matter that is over."""

    async def find(work: UnitOfWork) -> consultations.Access:
        before = await consultations.steering(work, tap.account, tap.number(0))
        require(may_have_dossier(before.dossier))
        return before

    async with context.look() as work:
        dossier = (await find(work)).dossier
    name = context.say.label("dossier_file.matter", number=dossier.number)
    return await _made(context, find, Wanted((dossier.id,)), name, dossier.subject)


@press("dossier_meeting")
async def of_meeting(context: Context, tap: Tap) -> Screen:
    """The dossier of a meeting that is over."""

    async def find(work: UnitOfWork) -> meetings.Access:
        before = await meetings.find_for_office(work, tap.account, tap.number(0))
        require(may_have_dossier_of_meeting(before.meeting))
        return before

    async with context.look() as work:
        meeting = (await find(work)).meeting
    key = "dossier_file.meeting" if meeting.number else "dossier_file.meeting_unnumbered"
    day = f"{in_viet_nam(meeting.starts_at):%Y-%m-%d}"
    name = context.say.label(key, number=meeting.number, day=day)
    about = f"{meeting.body.name}, {context.say.day(meeting.starts_at)}"
    return await _made(context, find, Wanted(meetings=(meeting.id,)), name, about)


async def _made(context: Context, find: Finds, wanted: Wanted, name: str, about: str) -> Screen:
    """The dossier as a file after a message."""
    async with context.look() as work:
        committee = (await find(work)).person.committee
    told = await with_papers(context, await contents(context, committee, wanted))
    content = await asyncio.to_thread(packed, told)
    require(may_fit(len(content)))
    file = await hand_out(context, find, name, content, "dossier_made")
    return Screen(files=(file,), files_card=card(context.say, about))


def card(say: Rendering, about: str) -> Card:
    """What stands above the file."""
    return Card(say.text("dossier_made", about=about))


def _on_dashboard(work: UnitOfWork, found: meetings.Access) -> Sequence[Row]:
    """The way to it, once the meeting is over."""
    if may_have_dossier_of_meeting(found.meeting) is not None:
        return ()
    way = action("dossier_meeting", found.meeting.id)
    return ((Button(work.say.label("button.dossier"), way),),)


meetings.DASH_ROWS.append(_on_dashboard)
