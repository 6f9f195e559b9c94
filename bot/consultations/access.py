"""Who stands before a consultation: clerk, head, member; looked up in the transaction that writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Consultation, Dossier
from bot.consultations.rules.rights import Rights
from bot.db import people
from bot.kit import access
from bot.kit.access import office_among
from bot.kit.unit import Line, UnitOfWork
from bot.people.rules.people import Person, head_of
from bot.values.refusal import NO_RIGHT, Refused, refuse


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody before a consultation, with the rights of this moment.

    A member before the own form has no rights of the office in it, whatever that person is besides.
    """

    person: Person
    rights: Rights
    dossier: Dossier

    def line(self, act: str, detail: Mapping[str, object] | None = None) -> Line:
        """The line of the register that tells an act of this person upon this consultation."""
        dossier = self.dossier
        return Line(dossier.committee, self.person, act, dossier.reference, detail or {})

    @property
    def running(self) -> Consultation:
        """The facts since the opening; only asked of what has opened."""
        return self.dossier.running


# --- clerk and head --------------------------------------------------------------------------


async def office(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """Clerk or head before a consultation, opened or not; nobody else learns anything (I10)."""
    person, dossier = await _before(work, account, consultation_id)
    rights = await rights_upon(work, person, dossier)
    if not rights.office:
        raise Refused(NO_RIGHT)
    return Access(person, rights, dossier)


async def steering(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """As `office`, before a consultation that has opened."""
    before = await office(work, account, consultation_id)
    if before.dossier.consultation is None:
        refuse("not_open")
    return before


async def approving(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """The head before a request that waits for approval."""
    person, dossier = await _before(work, account, consultation_id)
    rights = await rights_upon(work, person, dossier)
    if not rights.head:
        refuse("only_head", dossier.body.head_article)
    if dossier.declined or dossier.recalled:
        refuse("declined_already" if dossier.declined else "recalled_already")
    if dossier.opened_at is not None:
        refuse("approved_already")
    return Access(person, rights, dossier)


async def _before(work: UnitOfWork, account: int, consultation_id: int) -> tuple[Person, Dossier]:
    dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        refuse("gone")
    person = await access.in_committee(work, account, dossier.committee)
    if person is None:
        raise Refused(NO_RIGHT)
    return person, dossier


async def rights_upon(work: UnitOfWork, person: Person, dossier: Dossier) -> Rights:
    """What the person is to the committee of this dossier now."""
    head = await head_upon(work, dossier)
    is_head = head is not None and head.id == person.id
    return Rights(person.id, clerk=person.is_clerk, head=is_head)


async def office_of(work: UnitOfWork, dossier: Dossier) -> list[Person]:
    """Clerks and head of the committee: those who see the dashboard."""
    return office_among(await people.of_committee(work.tx, dossier.committee), dossier.body)


async def head_upon(work: UnitOfWork, dossier: Dossier) -> Person | None:
    """The officer entitled to act upon this dossier now."""
    return head_of(await people.of_committee(work.tx, dossier.committee), dossier.body)


# --- a member --------------------------------------------------------------------------------


async def member(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """A member of the frozen roll before the own form, also after the end.

    Before the first deadline the dossier holds the facts of that member alone (see the store).
    """
    persons = await people.of_account(work.tx, account)
    person_in = {person.committee: person.id for person in persons}
    dossier = await consultations.get_for(work.tx, consultation_id, person_in, work.now)
    if dossier is None or dossier.consultation is None:
        refuse("gone")
    person = next((p for p in persons if p.committee == dossier.committee), None)
    if person is None or not any(seat.person == person.id for seat in dossier.running.roll):
        raise Refused(NO_RIGHT)
    return Access(person, Rights(person.id), dossier)
