"""Who stands before a debt, looked up in the transaction that writes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.db import people, rulebooks
from bot.kit import access
from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.owed import store
from bot.owed.rules.debt import Debt, DebtKind, answerable, owing, owner_of
from bot.owed.rules.rights import Rights, may_see
from bot.people.rules.people import Person, sits
from bot.values.refusal import NO_RIGHT, Refused, refuse, require


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """A person before a debt; `owner` is who owes it today, nobody where the body has no head."""

    debt: Debt
    rights: Rights
    owner: Person | None
    asker: Person | None
    """To whom an answer is owed, or who gave the task."""

    @property
    def reference(self) -> str:
        """How the register names the debt."""
        return reference("debt", self.debt.id)


async def find(work: UnitOfWork, account: int, debt_id: int) -> Access:
    """The debt before somebody who may see it; others learn nothing."""
    found = await _before(work, account, debt_id)
    require(may_see(found.rights))
    return found


async def of_committee(work: UnitOfWork, account: int, debt_id: int) -> Access:
    """The debt before anybody who sits in the committee: an act then says whose it is."""
    found = await _before(work, account, debt_id)
    if not sits(found.person):
        raise Refused(NO_RIGHT)
    return found


async def _before(work: UnitOfWork, account: int, debt_id: int) -> Access:
    """The debt before somebody of the committee, whoever that is."""
    debt = await store.get(work.tx, debt_id)
    if debt is None:
        refuse("gone")
    person = await access.in_committee(work, account, debt.committee)
    if person is None:
        raise Refused(NO_RIGHT)
    staff = await access.staff(work, debt.committee)
    rulebook = (await people.committee(work.tx, debt.committee)).rulebook
    regulation = await rulebooks.regulation(work.tx, rulebook)
    owner = owner_of(debt, staff.everybody, regulation)
    body = next((b for b in regulation.bodies if b.id == debt.body), None)
    acting = staff.acting(person, body) if body else None
    rights = Rights(
        person.id,
        owes=person in owing(debt, staff, regulation),
        clerk=person.is_clerk,
        head=any(staff.acting(person, body) for body in regulation.bodies),
        asked=debt.asked_by == person.id,
        leads=acting is not None and debt.kind is DebtKind.TASK,
    )
    asker = next((each for each in staff.everybody if each.id == debt.asked_by), None)
    return Access(person, debt, rights, owner, asker, acting=acting)


async def answered_by(work: UnitOfWork, person: Person) -> list[Debt]:
    """The open debts of the committee for which the person answers, by due day."""
    found = await store.open_of(work.tx, person.committee)
    if not found:
        return []
    staff = await access.staff(work, person.committee)
    rulebook = (await people.committee(work.tx, person.committee)).rulebook
    regulation = await rulebooks.regulation(work.tx, rulebook)
    return [debt for debt in found if person in answerable(debt, staff, regulation)]
