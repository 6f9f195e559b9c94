"""Which consultations wait for a person: for an answer, for an approval, for a decision. Nothing is changed."""

from __future__ import annotations

from bot.domain.dossier import Dossier
from bot.domain.due import closes_at, due_moment
from bot.domain.outcome import Stage, shown_state
from bot.domain.people import Person, head_of
from bot.domain.press import press
from bot.services.desk import Work
from bot.services.waiting import Waiting
from bot.store import consultations, people, rulebooks

LOOKED_AT = 100
"""Of a committee's consultations, how many of the latest are looked at."""


async def waiting_for(work: Work, person: Person, committee: str) -> list[Waiting]:
    """Forms to answer; for a head also requests to approve and matters held."""
    found = [
        _answer(dossier, person, committee)
        for dossier in await open_for(work, person)
        if person.id not in dossier.running.last_replies
    ]
    if await may_head(work, person):
        found += await _for_head(work, person, committee)
    return found


def _answer(dossier: Dossier, person: Person, committee: str) -> Waiting:
    due = due_moment(dossier.running, person.id)
    return Waiting("reply", dossier.subject, due, committee, press("form", dossier.id), due)


async def open_for(work: Work, person: Person) -> list[Dossier]:
    """Running consultations on whose roll the person stands."""
    dossiers = []
    for consultation_id in await consultations.open_ids_for(work.tx, person.id):
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier and dossier.consultation and dossier.consultation.has(person.id):
            dossiers.append(dossier)
    return dossiers


async def may_head(work: Work, person: Person) -> bool:
    """Whether the person heads any body of the committee."""
    committee = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    everybody = await people.of_committee(work.tx, person.committee)
    heads = [head_of(everybody, body) for body in regulation.bodies]
    return any(head is not None and head.id == person.id for head in heads)


async def _for_head(work: Work, person: Person, committee: str) -> list[Waiting]:
    """Requests that wait for approval, and matters held that wait for a decision."""
    everybody = await people.of_committee(work.tx, person.committee)
    found = []
    for consultation_id in await consultations.ids_of_committee(
        work.tx, person.committee, LOOKED_AT
    ):
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier is None or dossier.closed_at is not None:
            continue
        head = head_of(everybody, dossier.body)
        if head is None or head.id != person.id:
            continue
        if dossier.consultation is None:
            at = dossier.deadline or dossier.submitted_at
            way = press("asked", dossier.id)
            found.append(Waiting("approve", dossier.subject, at, committee, way, dossier.deadline))
        elif shown_state(dossier.consultation, work.now).stage is Stage.HELD:
            due, way = closes_at(dossier.consultation), press("dash", dossier.id)
            found.append(Waiting("decide", dossier.subject, due, committee, way, due))
    return found
