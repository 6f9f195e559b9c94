"""Who stands before a consultation: clerk, head, member; looked up in the transaction that writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Act, ActKind, Consultation, Seat
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import Rights
from bot.db import people, rulebooks
from bot.kit import access
from bot.kit.unit import UnitOfWork
from bot.people.rules.acting import Staff, seated_as_before, standing_of
from bot.people.rules.delegating import only_head
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body
from bot.values.refusal import NO_RIGHT, Refused, refuse


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """Somebody before a consultation, with the rights of this moment.

    A member before the own form has no rights of the office in it, whatever that person is besides.
    """

    rights: Rights
    dossier: Dossier

    @property
    def reference(self) -> str:
        """How the register names the consultation."""
        return self.dossier.reference

    def act(self, kind: ActKind, at: datetime, **more: Any) -> Act:
        """An act of this person upon the consultation, with the head for whom it is done."""
        return Act(kind, at, by=self.person.id, acting_for=self.acting_for, **more)

    def at(self, place: int) -> Access:
        """The same before one content of the slip; refused where it has none of that place."""
        contents = self.dossier.contents
        if not contents and place == 1:
            return self
        if not 1 <= place <= len(contents):
            refuse("stale_question")
        return replace(self, dossier=self.dossier.of(place))

    @property
    def running(self) -> Consultation:
        """The facts since the opening; only asked of what has opened."""
        return self.dossier.running


# --- clerk and head --------------------------------------------------------------------------


async def office(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """Clerk or head before a consultation, opened or not; nobody else learns anything (I10)."""
    before = await _before(work, account, consultation_id)
    if not before.rights.office:
        raise Refused(NO_RIGHT)
    return before


async def steering(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """As `office`, before a consultation that has opened."""
    before = await office(work, account, consultation_id)
    if before.dossier.consultation is None:
        refuse("not_open")
    return before


async def approving(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """The head, or who stands in, before a request."""
    before = await _before(work, account, consultation_id)
    dossier = before.dossier
    if not before.rights.head:
        regulation = await rulebooks.regulation(work.tx, dossier.rulebook)
        raise Refused(only_head("only_head", regulation, dossier.body))
    return before


async def _before(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        refuse("gone")
    person = await access.in_committee(work, account, dossier.committee)
    if person is None:
        raise Refused(NO_RIGHT)
    acting = (await staff_of(work, dossier)).acting(person, dossier.body)
    return Access(person, standing_of(person, acting), dossier, acting=acting)


async def office_of(work: UnitOfWork, dossier: Dossier) -> list[Person]:
    """Clerks of the committee, the head and who stands in: those who see the dashboard."""
    return (await staff_of(work, dossier)).office(dossier.body)


async def heads_of(work: UnitOfWork, dossier: Dossier) -> list[Person]:
    """Those entitled to act upon this dossier now, the head first."""
    return (await staff_of(work, dossier)).heads(dossier.body)


async def staff_of(work: UnitOfWork, dossier: Dossier) -> Staff:
    """Everybody before it; where nobody sits in its body any more, its head is that of its frozen roll."""
    roll = dossier.consultation.roll if dossier.consultation else ()
    return await staff_before(work, dossier.committee, dossier.body, roll)


async def staff_before(work: UnitOfWork, committee: int, body: Body, roll: Sequence[Seat]) -> Staff:
    """The same before anything that was asked of this roll of a body."""
    staff = await access.staff(work, committee)
    return seated_as_before(staff, body, [(seat.person, seat.office) for seat in roll])


# --- a member --------------------------------------------------------------------------------


async def is_own(work: UnitOfWork, account: int, of: int) -> bool:
    """Whether the person of that id on a button is one whom this account is."""
    persons = await people.of_account(work.tx, account)
    return any(person.id == of for person in persons)


async def member(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """A member of the frozen roll before the own form, also after the end.

    Before the first deadline the dossier holds the facts of that member alone (see the store).
    """
    persons = await people.of_account(work.tx, account)
    person_in = {person.committee: person.id for person in persons}
    dossier = await consultations.get_for(work.tx, consultation_id, person_in, work.now)
    if dossier is None or dossier.consultation is None:
        refuse("gone")
    person = await access.in_committee(work, account, dossier.committee)
    if person is None or not any(seat.person == person.id for seat in dossier.running.roll):
        raise Refused(NO_RIGHT)
    return Access(person, Rights(person.id), dossier)
