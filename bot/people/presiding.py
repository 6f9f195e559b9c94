"""Who presides now, looked up for the first screen of whoever sits in the committee."""

from __future__ import annotations

from bot.kit.unit import UnitOfWork
from bot.people import access, store
from bot.people.rules import presiding as rules
from bot.people.rules.people import Person
from bot.people.rules.presiding import Away, Presiding


async def presiding(work: UnitOfWork, person: Person) -> tuple[Presiding, ...]:
    """Of the bodies in which the person sits or which the person's office serves; nothing where all is as usual."""
    house = await access.house_of(work, person.committee)
    absences = await store.absences_of(work.tx, person.committee, work.now)
    away = [
        Away(each.id, each.of, each.ends_at, each.body, each.to)
        for each in absences
        if each.starts_at <= work.now
    ]
    return rules.presiding(house.staff, house.regulation, person, away)
