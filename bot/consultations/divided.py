"""A consultation or a vote as a matter that may be divided: what it came to, and what has become of it since.

Nothing is changed here; whether it may be asked again is judged by the rules.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Seat
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import state
from bot.consultations.rules.rights import Rights
from bot.consultations.rules.second_round import (
    Divided,
    is_divided,
    may_ask_again,
    of_consultation,
    of_vote,
)
from bot.db import people, terms
from bot.kit.notify import number_of, reference
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Meeting, MeetingStage
from bot.meetings.rules.voted import divided_on
from bot.owed import face as owed
from bot.owed.rules.debt import DebtKind
from bot.people.rules.people import members_of
from bot.regulations.rules.regulation import Body, Next
from bot.values.moments import in_viet_nam
from bot.votes import face as votes
from bot.votes.rules.vote import VoteKind

LEAVES_OWED = {
    Next.SECOND_ROUND: DebtKind.SECOND_ROUND,
    Next.UPWARD_REPORT: DebtKind.UPWARD_REPORT,
}
"""What a division leaves owed: to discuss it again (HU 15.2), or to report it (HD 2.2)."""


async def of_dossier(work: UnitOfWork, dossier: Dossier) -> Divided:
    """A consultation that has opened, or one content of a slip with several."""
    running, named = dossier.running, dossier.named
    reached = state(running, work.now).result if dossier.closed_at is not None else None
    owes = LEAVES_OWED.get(reached.next) if reached else None
    first = of_consultation(named, dossier.number, running, reached) if reached else None
    of_first = {seat.person for seat in running.roll}
    return Divided(
        committee=dossier.committee,
        body=dossier.body,
        rulebook=dossier.rulebook,
        subject=dossier.subject,
        text=dossier.text,
        matter=dossier.matter,
        ground=dossier.ground,
        prepared_by=dossier.prepared_by,
        roll=running.standing,
        named=named,
        first=first,
        files=dossier.files,
        divided=owes is not None and is_divided(reached),
        is_second=dossier.first is not None,
        called=owes is DebtKind.SECOND_ROUND and not await _waits(work, named),
        settled=owes is not None and not await _is_owed(work, dossier.committee, named, owes),
        another_roll=owes is not None
        and first is not None
        and await _another_roll(work, dossier.committee, dossier.body, of_first, first.ended_at),
        second=await consultations.second_round_of(work.tx, named),
    )


async def of_voted(work: UnitOfWork, meeting: Meeting, vote_id: int) -> Divided:
    """A vote in a meeting; of several that divided the body over an item in one sitting the last one counts (5.19)."""
    vote = next(each for each in meeting.votes if each.id == vote_id)
    item = next(each for each in meeting.items if each.id == vote.item_id)
    named, result = reference("vote", vote.id), vote.result
    ended = meeting.stage is MeetingStage.CLOSED and divided_on(meeting, item)[-1:] == (vote,)
    owes = LEAVES_OWED.get(result.next) if result and ended else None
    first, of_first = of_vote(named, meeting, vote), {seat.person for seat in meeting.roll}
    carried = await meetings.papers_of(work.tx, meeting.id)
    return Divided(
        committee=meeting.committee,
        body=meeting.body,
        rulebook=meeting.rulebook,
        subject=item.subject,
        text=item.subject,
        matter=vote.matter,
        ground=next(iter(meeting.body.written.grounds), None),
        prepared_by=meeting.prepared_by,
        roll=tuple(Seat(m.person, m.name, m.office, m.full_time) for m in meeting.roll),
        named=named,
        first=first,
        files=tuple(paper.file for paper in carried if paper.item == item.id),
        divided=owes is not None,
        is_second=item.reason == Next.SECOND_ROUND,
        unnamed=vote.secret or vote.kind is not VoteKind.APPROVE,
        called=owes is DebtKind.SECOND_ROUND and not await _waits(work, named),
        settled=owes is not None and not await _is_owed(work, meeting.committee, named, owes),
        another_roll=owes is not None
        and await _another_roll(work, meeting.committee, meeting.body, of_first, first.ended_at),
        second=await consultations.second_round_of(work.tx, named),
    )


async def _another_roll(
    work: UnitOfWork, committee: int, body: Body, of_first: Collection[int], ended_at: datetime
) -> bool:
    """Whether a new term has begun since the first round, and others sit in the body now.

    Who comes or goes within a term changes no roll by itself (5.2): the second round asks that of the first.
    """
    day_after = in_viet_nam(ended_at).date() + timedelta(days=1)
    if not await terms.begun_since(work.tx, committee, day_after):
        return False
    now = members_of(await people.of_committee(work.tx, committee), body.id)
    return {each.id for each in now} != set(of_first)


async def _waits(work: UnitOfWork, named: str) -> bool:
    return await meetings.to_discuss_again(work.tx, named) is not None


async def _is_owed(work: UnitOfWork, committee: int, named: str, kind: DebtKind) -> bool:
    return await owed.open_for(work, committee, named, kind) is not None


async def find(work: UnitOfWork, named: str) -> Divided | None:
    """The matter of that name in the register: a consultation or a vote; None where there is none."""
    if named.startswith("vote:"):
        found = await votes.get(work.tx, number_of(named))
        meeting = await meetings.get(work.tx, found[0]) if found else None
        return await of_voted(work, meeting, number_of(named)) if meeting else None
    dossier = await consultations.of_name(work.tx, named)
    if dossier is None or dossier.consultation is None:
        return None
    return await of_dossier(work, dossier)


async def again_in(work: UnitOfWork, dossier: Dossier, rights: Rights) -> frozenset[int]:
    """Which contents this reader may ask again now, by their places; 0 is a slip with one content."""
    offered = [
        each.place for each in dossier.each if await offers_second_round(work, each.named, rights)
    ]
    return frozenset(offered)


async def offers_second_round(work: UnitOfWork, named: str, rights: Rights) -> bool:
    """Whether this reader may ask a matter again now: whether its card has the button."""
    if not rights.head:
        return False
    matter = await find(work, named)
    return matter is not None and may_ask_again(matter, rights) is None


@votes.may_be_asked_again.told_by
async def _of_vote(work: UnitOfWork, asked: tuple[str, Rights]) -> bool:
    return await offers_second_round(work, *asked)
