"""A database brought back from a copy: what may be missing since, recorded and told. Of files nothing is known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.consultations import face as consultations
from bot.consultations import overview
from bot.consultations.rules.dossier import Dossier
from bot.db import held, live_cards, liveness, origin, people, register
from bot.db.liveness import Outage
from bot.db.notice import Card
from bot.kit.card import to_home
from bot.kit.notify import notify, stamp
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.rendering import Rendering
from bot.votes import face as votes

ACT = "restore"
"""How the register calls it."""
DRAWN_ANEW = timedelta(days=60)
"""Cards placed so long before the copy may still be looked at."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A consultation that was open: who had not answered then may have answered since."""

    committee: int
    number: int | None
    subject: str
    unanswered: tuple[str, ...]
    of_agencies: bool


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote that was open; the box of a secret one can be opened no more."""

    committee: int
    subject: str
    secret: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What may be missing: all since the copy until now; `held` messages wait until somebody decides."""

    since: datetime
    until: datetime
    matters: tuple[Matter, ...]
    ballots: tuple[Ballot, ...]
    held: int


class LaterThanNowError(Exception):
    """The copy was made later than the clock of this machine shows."""


async def record(work: UnitOfWork, digest: str) -> Restored:
    """Record in every register that all since the copy may be missing, hold what was to be sent, tell the office.

    Silence over that time has no effect by itself; and it is another database from now on, so that no key of
    a secret vote of the one before fits it. Refuses (LaterThanNowError) a copy from the future.
    """
    since = await _known_until(work)
    if since >= work.now:
        raise LaterThanNowError
    actor = work.say.label("register.machine")
    gap = Outage(since, work.now, lost=True)
    await liveness.add_outage(work.tx, gap, work.now, actor, act=ACT, detail={"backup": digest})
    waiting = await held.hold(work.tx, work.now)
    await origin.mark_anew(work.tx)
    await live_cards.refresh_since(work.tx, since - DRAWN_ANEW, work.now)
    found = Restored(since, work.now, await _matters(work), await _ballots(work), waiting)
    for committee in await people.all_committees(work.tx):
        await _tell(work, committee.id, committee.name, found)
    return found


async def _known_until(work: UnitOfWork) -> datetime:
    """All that was pressed before this moment is in the copy."""
    covered = await liveness.covered_until(work.tx)
    return covered or await register.last_moment(work.tx) or work.now


async def _matters(work: UnitOfWork) -> tuple[Matter, ...]:
    found = []
    for matter_id in await consultations.running_ids(work.tx):
        dossier = await consultations.get(work.tx, matter_id)
        if dossier is not None and dossier.consultation is not None:
            found.append(_matter(dossier))
    return tuple(found)


def _matter(dossier: Dossier) -> Matter:
    answered = dossier.running.first_replies
    missing = tuple(each.name for each in dossier.running.on_slip if each.person not in answered)
    return Matter(
        dossier.committee, dossier.number, dossier.subject, missing, dossier.body.of_agencies
    )


async def _ballots(work: UnitOfWork) -> tuple[Ballot, ...]:
    found = []
    for meeting_id, vote_id in await votes.open_ones(work.tx):
        meeting = await meetings.there(work.tx, meeting_id)
        vote = next(each for each in meeting.votes if each.id == vote_id)
        item = meeting.item(vote.item_id)
        subject = item.subject if item else ""
        found.append(Ballot(meeting.committee, subject, vote.secret))
    return tuple(found)


async def _tell(work: UnitOfWork, committee: int, name: str, found: Restored) -> None:
    """Clerks and heads learn it when the bot runs again, before all else."""
    everybody = await people.of_committee(work.tx, committee)
    office = [p for p in everybody if p.is_clerk or await overview.may_head(work, p)]
    await notify(work, office, card(work.say, committee, name, found), f"restored:{stamp(work)}")


def card(say: Rendering, committee: int, name: str, found: Restored) -> Card:
    """What may be missing of one committee, and what is to be done about it."""
    matters = [each for each in found.matters if each.committee == committee]
    ballots = [each for each in found.ballots if each.committee == committee]
    view = {"committee": name, "found": found, "matters": matters, "ballots": ballots}
    return Card(say.text("restored", **view), (to_home(say),))
