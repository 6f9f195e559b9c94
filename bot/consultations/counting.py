"""Who counts the slips of a consultation: named by the office, and changed, until the close."""

from __future__ import annotations

from bot.consultations import access, announcements
from bot.consultations.rules.rights import may_assist
from bot.counting import face as counting
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.values.action import action


@counting.counted("consultation")
async def _found(work: UnitOfWork, account: int, consultation_id: int) -> counting.Counted:
    """Clerk and head, while it runs."""
    before = await access.steering(work, account, consultation_id)
    dossier = before.dossier
    return counting.Counted(
        person=before.person,
        acting=before.acting,
        named=dossier.reference,
        subject=dossier.subject,
        office=tuple(await access.office_of(work, dossier)),
        back=action("dash", dossier.id, 0),
        shown=announcements.dash(dossier.id),
        refusal=may_assist(before.running, before.rights, work.now),
        consultation=dossier.id,
    )


@press("board")
async def name_board(context: Context, tap: Tap) -> Screen:
    """The press "Tổ kiểm phiếu" of the dashboard."""
    async with context.work() as work:
        return await counting.begin(work, tap.account, "consultation", tap.number(0))
