"""Who stands before a consultation: clerk, head, member; looked up in the transaction that writes."""

from __future__ import annotations

from bot.consultations.rules.consultation import Dossier
from bot.consultations.rules.rights import Rights
from bot.db import people
from bot.kit.access import office_among
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person, head_of


async def rights_upon(work: UnitOfWork, person: Person, dossier: Dossier) -> Rights:
    """What the person is to the committee of this dossier now."""
    everybody = await people.of_committee(work.tx, dossier.committee)
    head = head_of(everybody, dossier.body)
    is_head = head is not None and head.id == person.id
    return Rights(person.id, clerk=person.is_clerk, head=is_head)


async def office_of(work: UnitOfWork, dossier: Dossier) -> list[Person]:
    """Clerks and head of the committee: those who see the dashboard."""
    return office_among(await people.of_committee(work.tx, dossier.committee), dossier.body)


async def head(work: UnitOfWork, dossier: Dossier) -> Person | None:
    """The officer entitled to act upon this dossier now."""
    return head_of(await people.of_committee(work.tx, dossier.committee), dossier.body)
