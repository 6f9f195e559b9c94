"""Opening and closing a vote in the room: acts of head or delegate. How members answer is in `voting` and `ballots`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from bot.domain import ballot, vote_rights
from bot.domain.card import Answer
from bot.domain.meeting import AgendaItem, Meeting
from bot.domain.meetings import VoteRule
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.domain.ruling import Next
from bot.domain.vote import (
    Answers,
    Unpublished,
    Vote,
    VoteResult,
    count,
    unpublished,
)
from bot.domain.vote_rights import Wanted
from bot.services.cards.meetings import vote_results
from bot.services.cards.meetings import votes as vote_cards
from bot.services.desk import Desk, Work
from bot.services.meetings import floor, telling, vote_floor
from bot.services.meetings.floor import Floor
from bot.services.meetings.telling import about
from bot.services.meetings.vote_floor import Polling
from bot.services.meetings.voting import dash, every_card, hand_out, subject
from bot.store import agenda, ballots, cards, people, votes
from bot.store.agenda import WaitingItem
from bot.store.ballot_keys import KeyNotKeptError
from bot.store.ballots import Box

# --- opening ---------------------------------------------------------------------------------


async def may_begin(
    desk: Desk, account: int, item_id: int, wanted: Wanted | None = None
) -> tuple[Floor, AgendaItem] | Refusal:
    """Whether this account may put the item to the vote now, and in the wanted form where one is chosen."""
    async with desk.look() as work:
        found = await vote_floor.before_item(work, account, item_id)
        if isinstance(found, Refusal):
            return found
        standing, item = found
        refusal = vote_rights.may_put_to_vote(standing.meeting, item, head=standing.head)
        if refusal is None and wanted is not None:
            refusal = vote_rights.may_take_form(standing.meeting, item, wanted)
        return refusal or found


async def begin(desk: Desk, account: int, item_id: int, wanted: Wanted) -> Answer | Refusal:
    """Open a vote: every member who is here gets a card; of a secret one the key is on disk before."""
    try:
        async with desk.work() as work:
            found = await vote_floor.before_item(work, account, item_id)
            if isinstance(found, Refusal):
                return found
            standing, item = found
            return await begin_in(work, standing, item, wanted)
    except KeyNotKeptError:  # nothing of the vote was committed
        return Refusal("ballot_no_key")


async def begin_in(
    work: Work, standing: Floor, item: AgendaItem, wanted: Wanted
) -> Answer | Refusal:
    """As `begin`, in a transaction under way, which KeyNotKeptError must undo."""
    meeting = standing.meeting
    refusal = vote_rights.may_open(meeting, item, wanted, head=standing.head)
    if refusal:
        return refusal
    vote = await _entered(work, standing, item, wanted)
    if wanted.secret:
        await ballots.set_up(work.tx, work.desk.db.keys, box(meeting, vote))
    detail: dict[str, object] = {
        "item": item.subject,
        "kind": vote.kind.value,
        "secret": vote.secret,
    }
    detail |= {"matter": vote.matter.value, "names": list(vote.names)}
    await work.record(
        meeting.committee, standing.person, "vote_open", subject(vote.id), _acting(standing, detail)
    )
    here = await people.persons(work.tx, [each.person for each in meeting.present])
    await hand_out(work, meeting, vote, here.values())
    await telling.refresh(work, meeting)
    return Answer(live=dash(vote.id), about=about(meeting.id))


async def _entered(work: Work, standing: Floor, item: AgendaItem, wanted: Wanted) -> Vote:
    vote_id = await votes.add(
        work.tx,
        {
            "meeting_id": standing.meeting.id,
            "item_id": item.id,
            "kind": wanted.kind.value,
            "secret": wanted.secret,
            "matter": wanted.matter.value,
            "names": list(wanted.names),
            "opened_at": work.now,
            "opened_by": standing.person.id,
            "opened_for": standing.acting_for,
        },
    )
    found = await votes.get(work.tx, vote_id)
    if found is None:
        raise LookupError(f"vote {vote_id} is gone")
    return found[1]


def _acting(standing: Floor, detail: Mapping[str, object]) -> dict[str, object]:
    """What the register keeps of an act, with whom a delegate stood in for."""
    return {**detail, **({"acting_for": standing.acting_for} if standing.acting_for else {})}


def box(meeting: Meeting, vote: Vote) -> Box:
    """The box of a secret vote: room for a ballot of everybody on the roll."""
    return Box(vote.id, len(vote.questions), len(meeting.roll))


# --- closing ---------------------------------------------------------------------------------


async def seen_by_office(desk: Desk, account: int, vote_id: int) -> Polling | Refusal:
    """A vote before somebody of the office; nobody else sees how far it is."""
    async with desk.look() as work:
        found = await vote_floor.before(work, account, vote_id)
    if isinstance(found, Polling) and not found.floor.office:
        return NO_RIGHT
    return found


async def leads(desk: Desk, account: int, vote_id: int) -> bool:
    """Whether this account is head or delegate of the vote's meeting now."""
    async with desk.look() as work:
        found = await vote_floor.before(work, account, vote_id)
    return isinstance(found, Polling) and found.floor.head


async def ask_close(desk: Desk, account: int, vote_id: int) -> Answer | Refusal:
    """Close at once when everybody here has voted; else the head is asked whether to wait."""
    async with desk.look() as work:
        found = await vote_floor.before(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        refusal = vote_rights.may_close(found.meeting, found.vote, head=found.floor.head)
        if refusal:
            return refusal
    waiting = len([p for p in found.meeting.present if p.person not in found.vote.voted])
    if waiting:
        return Answer(vote_cards.asks_close(desk.say, found.item, found.vote, waiting))
    return await close(desk, account, vote_id)


async def close(desk: Desk, account: int, vote_id: int) -> Answer | Refusal:
    """Count, record, tell; refused while too few took part. The key of a secret box goes after the commit."""
    return await _end(desk, account, vote_id, void=False)


async def close_void(desk: Desk, account: int, vote_id: int) -> Answer | Refusal:
    """End a vote that decides nothing because the quorum was lost: no choice is told."""
    return await _end(desk, account, vote_id, void=True)


async def _end(desk: Desk, account: int, vote_id: int, *, void: bool) -> Answer | Refusal:
    async with desk.work() as work:
        found = await vote_floor.before(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        head, meeting, vote = found.floor.head, found.meeting, found.vote
        holds = vote_rights.stands(meeting, vote).holds
        may = vote_rights.may_end if void and not holds else None
        refusal = may(vote, head=head) if may else vote_rights.may_close(meeting, vote, head=head)
        if refusal:
            return refusal
        result = _no_quorum(found) if void and not holds else await _counted(work, found)
        await _settle(work, found, result)
    with suppress(OSError):  # the wipe after the meeting, or the next start, tries again
        desk.db.keys.destroy(vote_id)
    return Answer(live=dash(vote_id), about=about(meeting.id))


def _no_quorum(found: Polling) -> VoteResult:
    meeting, vote = found.meeting, found.vote
    rule, stands = _rule(meeting), vote_rights.stands(meeting, vote)
    room = vote_rights.room(meeting, vote)
    return unpublished(rule, room, len(vote.voted), Unpublished.NO_QUORUM, stands.articles)


async def _counted(work: Work, found: Polling) -> VoteResult:
    meeting, vote = found.meeting, found.vote
    cast: list[Answers] = [each.answers for each in vote.effective.values()]
    also = vote_rights.articles(meeting, found.item, vote)
    room = vote_rights.room(meeting, vote)
    if vote.secret:
        inside = await ballots.opened(work.tx, work.desk.db.keys, box(meeting, vote))
        fault = _fault(inside, vote)
        if fault is not None:
            return unpublished(_rule(meeting), room, len(vote.voted), fault, also)
        cast = [ballot.answers(vote, letters) for letters in inside or ()]
    return count(
        _rule(meeting), vote.kind, vote.questions, cast, room, secret=vote.secret, also=also
    )


def _fault(inside: tuple[str, ...] | None, vote: Vote) -> Unpublished | None:
    """Why what is in the box cannot be counted."""
    if inside is None:
        return Unpublished.BOX_LOST
    fits = all(ballot.fits(vote, each, whole=True) for each in inside)
    return None if fits and len(inside) == len(vote.voted) else Unpublished.BOX_DIFFERS


def _rule(meeting: Meeting) -> VoteRule:
    if meeting.rules.vote is None:
        raise LookupError(f"{meeting.body.id} has no rule of votes")
    return meeting.rules.vote


async def _settle(work: Work, found: Polling, result: VoteResult) -> None:
    """The facts, the register's one line with the roll of a secret vote, and what everybody is told."""
    meeting, vote, standing = found.meeting, found.vote, found.floor
    by, acting_for = standing.person.id, standing.acting_for
    await votes.close(work.tx, vote.id, at=work.now, by=by, acting_for=acting_for, result=result)
    await ballots.remove(work.tx, vote.id)
    detail: dict[str, object] = {"result": votes.plain(result)}
    if vote.secret:
        detail["roll"] = sorted(vote.voted)
    await work.record(
        meeting.committee,
        standing.person,
        "vote_close",
        subject(vote.id),
        _acting(standing, detail),
    )
    closed = replace(vote, closed_at=work.now, closed_by=by, closed_for=acting_for, result=result)
    await _send_on(work, found, closed)
    await _tell(work, meeting, found.item, closed)


async def _send_on(work: Work, found: Polling, vote: Vote) -> None:
    """What cannot pass here waits on the standing committee's agenda, with the opinions (HU 15.2)."""
    if vote.result is None or vote.result.next is not Next.STANDING_COMMITTEE:
        return
    item = found.item
    words = "\n".join(
        f"{name}: {said}" for name, said in vote_results.opinions(found.meeting, vote)
    )
    waits = WaitingItem(
        "ban_thuong_vu",
        item.subject,
        Next.STANDING_COMMITTEE.value,
        vote.matter,
        words=words,
        consultation_id=item.consultation_id,
    )
    await agenda.wait_for(work.tx, found.meeting.committee, waits, work.now)


async def _tell(work: Work, meeting: Meeting, item: AgendaItem, vote: Vote) -> None:
    """The result to every member, and to the office in full; every card of the vote shows its end."""
    office = await floor.office(work, meeting)
    inside = {each.id for each in office}
    members = [p for p in await telling.invited(work, meeting, guests=False) if p.id not in inside]
    for_members = vote_results.for_members(work.say, meeting, item, vote)
    await telling.tell(work, members, for_members, f"vote_result:{vote.id}", meeting=meeting)
    for_office = vote_results.for_office(work.say, meeting, item, vote)
    await telling.tell(work, office, for_office, f"vote_result:{vote.id}", meeting=meeting)
    for live in (every_card(vote.id), dash(vote.id)):
        await cards.refresh(work.tx, live, work.now, about=about(meeting.id))
    await telling.refresh(work, meeting)
