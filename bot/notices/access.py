"""Who stands before a notice: one to whom it was sent, or the office; nobody else learns anything (I10)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.db import people, rulebooks
from bot.kit import access
from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.notices import store as notices
from bot.notices.rules.notice import MemberNotice, may_read
from bot.values.refusal import NO_RIGHT, Refused, refuse, require


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """Somebody before a notice."""

    notice: MemberNotice

    @property
    def reference(self) -> str:
        """How the register names the notice."""
        return reference("notice", self.notice.id)


async def recipient(work: UnitOfWork, account: int, notice_id: int) -> Access:
    """One to whom it was sent."""
    found = await _of_committee(work, account, notice_id)
    require(may_read(found.notice, found.person.id))
    return found


async def office(work: UnitOfWork, account: int, notice_id: int) -> Access:
    """The sender, or a clerk or the head of the body."""
    found = await _of_committee(work, account, notice_id)
    notice = found.notice
    kept = await people.committee(work.tx, notice.committee)
    body = await rulebooks.body(work.tx, kept.id, kept.rulebook, notice.body)
    acting = await access.acting(work, found.person, body)
    if not (found.person.is_clerk or acting or found.person.id == notice.sent_by):
        raise Refused(NO_RIGHT)
    return Access(found.person, notice, acting=acting)


async def _of_committee(work: UnitOfWork, account: int, notice_id: int) -> Access:
    notice = await notices.get(work.tx, notice_id)
    if notice is None:
        refuse("gone")
    person = await access.in_committee(work, account, notice.committee)
    if person is None:
        raise Refused(NO_RIGHT)
    return Access(person, notice)
