"""Who counts the slips of a secret vote: named by the office, and changed, until the close."""

from __future__ import annotations

from bot.counting import face as counting
from bot.kit import access as kit_access
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refused
from bot.votes import access
from bot.votes.rules.rights import may_name_board


@counting.counted("vote")
async def _found(work: UnitOfWork, account: int, vote_id: int) -> counting.Counted:
    """Clerk and head, while a secret vote runs."""
    found = await access.find(work, account, vote_id)
    if not found.office:
        raise Refused(NO_RIGHT)
    staff = await kit_access.staff(work, found.meeting.committee)
    return counting.Counted(
        person=found.person,
        acting=found.of_meeting.acting,
        named=access.subject(vote_id),
        subject=found.item.subject,
        office=tuple(staff.office(found.meeting.body)),
        back=action("vote_dash", vote_id),
        shown=access.dash(vote_id),
        refusal=may_name_board(found.vote),
        about=meetings.about(found.meeting.id),
    )


@press("vote_board")
async def name_board(context: Context, tap: Tap) -> Screen:
    """The press "Tổ kiểm phiếu" of the dashboard of a secret vote."""
    async with context.work() as work:
        return await counting.begin(work, tap.account, "vote", tap.number(0))
