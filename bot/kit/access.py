"""Who acts, looked up in the transaction that writes. A button carries ids, never rights."""

from __future__ import annotations

from collections.abc import Sequence

from bot.consultations.rules.consultation import Dossier
from bot.consultations.rules.rights import Rights
from bot.db import people
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person, head_of
from bot.regulations.rules.regulation import Body


async def in_committee(work: UnitOfWork, account: int, committee: int) -> Person | None:
    """The person this account is in that committee."""
    persons = await people.of_account(work.tx, account)
    return next((p for p in persons if p.committee == committee), None)


async def rights_upon(work: UnitOfWork, person: Person, dossier: Dossier) -> Rights:
    """What the person is to the committee of this dossier now."""
    everybody = await people.of_committee(work.tx, dossier.committee)
    head = head_of(everybody, dossier.body)
    is_head = head is not None and head.id == person.id
    return Rights(person.id, clerk=person.is_clerk, head=is_head)


async def office_of(work: UnitOfWork, dossier: Dossier) -> list[Person]:
    """Clerks and head of the committee: those who see the dashboard."""
    return office_among(await people.of_committee(work.tx, dossier.committee), dossier.body)


def office_among(everybody: Sequence[Person], body: Body) -> list[Person]:
    """Clerks and the body's head among everybody of a committee."""
    head = head_of(everybody, body)
    return [p for p in everybody if p.is_clerk or (head is not None and p.id == head.id)]


async def head(work: UnitOfWork, dossier: Dossier) -> Person | None:
    """The officer entitled to act upon this dossier now."""
    return head_of(await people.of_committee(work.tx, dossier.committee), dossier.body)
