"""What a consultation came to, told in plain values: for rehearsals, exports and the narrator. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.dossier import Dossier
from bot.domain.outcome import Stage, state
from bot.domain.regulation import Outcome
from bot.domain.tally import positions
from bot.services.desk import Desk
from bot.store import consultations, people


@dataclass(frozen=True, slots=True)
class MatterTold:
    """One matter: ids from the glossary, names instead of numbers. `outcome` is "open" while it is."""

    id: int
    number: int | None
    subject: str
    outcome: str
    closed_at: datetime | None
    roll: int
    roll_at_opening: int
    required: int | None
    counts: dict[str, int]
    positions: dict[str, str]
    articles: tuple[str, ...]
    next: str


async def newest(desk: Desk) -> int | None:
    """The consultation submitted last."""
    async with desk.look() as work:
        found = [
            consultation_id
            for committee in await people.all_committees(work.tx)
            for consultation_id in await consultations.ids_of_committee(work.tx, committee.id, 1000)
        ]
    return max(found, default=None)


async def matter(desk: Desk, consultation_id: int) -> MatterTold | None:
    """A consultation as it stands now."""
    async with desk.look() as work:
        dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        return None
    if dossier.consultation is None:
        return _before_opening(dossier)
    running = dossier.consultation
    now_is = state(running, work.now)
    # Closed is what the recorded act has closed; what only should be closed by now is still open.
    unrecorded = now_is.stage is Stage.CLOSED and dossier.closed_at is None
    result = None if unrecorded else now_is.result
    threshold = running.rules.threshold
    standing = {seat.person: seat.name for seat in running.standing}
    reached = result.positions if result else positions(running, work.now)
    told = {standing[person]: position.value for person, position in reached.items()}
    counts: dict[str, int] = {}
    for position in told.values():
        counts[position] = counts.get(position, 0) + 1
    return MatterTold(
        id=dossier.id,
        number=dossier.number,
        subject=dossier.subject,
        outcome=result.outcome.value if result else Stage.OPEN.value,
        closed_at=result.closed_at if result else None,
        roll=len(standing),
        roll_at_opening=len(running.roll),
        required=threshold.required(len(standing)) if threshold else None,
        counts=counts,
        positions=told,
        articles=result.articles if result else (),
        next=result.next.value if result else "none",
    )


def _before_opening(dossier: Dossier) -> MatterTold:
    outcome = "declined" if dossier.declined else "submitted"
    if dossier.recalled:
        outcome = Outcome.WITHDRAWN.value
    closed_at = dossier.closed_at if dossier.recalled else None
    return MatterTold(
        dossier.id, None, dossier.subject, outcome, closed_at, 0, 0, None, {}, {}, (), "none"
    )
