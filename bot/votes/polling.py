"""Opening and closing a vote in the room: acts of head or delegate. How members answer is in `voting` and `ballots`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from bot.db import live_cards, people
from bot.db.ballot_keys import KeyNotKeptError
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access as meetings_access
from bot.meetings import agenda, notify
from bot.meetings.access import Floor
from bot.meetings.agenda import WaitingItem
from bot.meetings.notify import about
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.regulations.rules.meetings import VoteRule
from bot.regulations.rules.terms import Next
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes import access as votes_access
from bot.votes import cards
from bot.votes import cards as vote_cards
from bot.votes import store as ballots
from bot.votes import store as votes
from bot.votes.access import Polling
from bot.votes.rules import rights
from bot.votes.rules import vote as rules_vote
from bot.votes.rules.rights import Wanted
from bot.votes.rules.vote import Answers, Unpublished, Vote, VoteResult, count, unpublished
from bot.votes.store import Box
from bot.votes.voting import dash, every_card, hand_out, subject

# --- opening ---------------------------------------------------------------------------------


async def may_begin(
    context: Context, account: int, item_id: int, wanted: Wanted | None = None
) -> tuple[Floor, AgendaItem] | Refusal:
    """Whether this account may put the item to the vote now, and in the wanted form where one is chosen."""
    async with context.look() as work:
        found = await votes_access.before_item(work, account, item_id)
        if isinstance(found, Refusal):
            return found
        standing, item = found
        refusal = rights.may_put_to_vote(standing.meeting, item, head=standing.head)
        if refusal is None and wanted is not None:
            refusal = rights.may_take_form(standing.meeting, item, wanted)
        return refusal or found


async def begin(context: Context, account: int, item_id: int, wanted: Wanted) -> Screen | Refusal:
    """Open a vote: every member who is here gets a card; of a secret one the key is on disk before."""
    try:
        async with context.work() as work:
            found = await votes_access.before_item(work, account, item_id)
            if isinstance(found, Refusal):
                return found
            standing, item = found
            return await begin_in(work, standing, item, wanted)
    except KeyNotKeptError:  # nothing of the vote was committed
        return Refusal("ballot_no_key")


async def begin_in(
    work: UnitOfWork, standing: Floor, item: AgendaItem, wanted: Wanted
) -> Screen | Refusal:
    """As `begin`, in a transaction under way, which KeyNotKeptError must undo."""
    meeting = standing.meeting
    refusal = rights.may_open(meeting, item, wanted, head=standing.head)
    if refusal:
        return refusal
    vote = await _entered(work, standing, item, wanted)
    if wanted.secret:
        await ballots.set_up(work.tx, work.context.db.keys, box(meeting, vote))
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
    await notify.refresh(work, meeting)
    return Screen(live=dash(vote.id), about=about(meeting.id))


async def _entered(work: UnitOfWork, standing: Floor, item: AgendaItem, wanted: Wanted) -> Vote:
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


async def seen_by_office(context: Context, account: int, vote_id: int) -> Polling | Refusal:
    """A vote before somebody of the office; nobody else sees how far it is."""
    async with context.look() as work:
        found = await votes_access.before(work, account, vote_id)
    if isinstance(found, Polling) and not found.floor.office:
        return NO_RIGHT
    return found


async def leads(context: Context, account: int, vote_id: int) -> bool:
    """Whether this account is head or delegate of the vote's meeting now."""
    async with context.look() as work:
        found = await votes_access.before(work, account, vote_id)
    return isinstance(found, Polling) and found.floor.head


async def ask_close(context: Context, account: int, vote_id: int) -> Screen | Refusal:
    """Close at once when everybody here has voted; else the head is asked whether to wait."""
    async with context.look() as work:
        found = await votes_access.before(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        refusal = rights.may_close(found.meeting, found.vote, head=found.floor.head)
        if refusal:
            return refusal
    waiting = len([p for p in found.meeting.present if p.person not in found.vote.voted])
    if waiting:
        return Screen(vote_cards.asks_close(context.say, found.item, found.vote, waiting))
    return await close(context, account, vote_id)


async def close(context: Context, account: int, vote_id: int) -> Screen | Refusal:
    """Count, record, tell; refused while too few took part. The key of a secret box goes after the commit."""
    return await _end(context, account, vote_id, void=False)


async def close_void(context: Context, account: int, vote_id: int) -> Screen | Refusal:
    """End a vote that decides nothing because the quorum was lost: no choice is told."""
    return await _end(context, account, vote_id, void=True)


async def _end(context: Context, account: int, vote_id: int, *, void: bool) -> Screen | Refusal:
    async with context.work() as work:
        found = await votes_access.before(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        head, meeting, vote = found.floor.head, found.meeting, found.vote
        holds = rights.stands(meeting, vote).holds
        may = rights.may_end if void and not holds else None
        refusal = may(vote, head=head) if may else rights.may_close(meeting, vote, head=head)
        if refusal:
            return refusal
        result = _no_quorum(found) if void and not holds else await _counted(work, found)
        await _settle(work, found, result)
    with suppress(OSError):  # the wipe after the meeting, or the next start, tries again
        context.db.keys.destroy(vote_id)
    return Screen(live=dash(vote_id), about=about(meeting.id))


def _no_quorum(found: Polling) -> VoteResult:
    meeting, vote = found.meeting, found.vote
    rule, stands = _rule(meeting), rights.stands(meeting, vote)
    room = rights.room(meeting, vote)
    return unpublished(rule, room, len(vote.voted), Unpublished.NO_QUORUM, stands.articles)


async def _counted(work: UnitOfWork, found: Polling) -> VoteResult:
    meeting, vote = found.meeting, found.vote
    cast: list[Answers] = [each.answers for each in vote.effective.values()]
    also = rights.articles(meeting, found.item, vote)
    room = rights.room(meeting, vote)
    if vote.secret:
        inside = await ballots.opened(work.tx, work.context.db.keys, box(meeting, vote))
        fault = _fault(inside, vote)
        if fault is not None:
            return unpublished(_rule(meeting), room, len(vote.voted), fault, also)
        cast = [rules_vote.answers(vote, letters) for letters in inside or ()]
    return count(
        _rule(meeting), vote.kind, vote.questions, cast, room, secret=vote.secret, also=also
    )


def _fault(inside: tuple[str, ...] | None, vote: Vote) -> Unpublished | None:
    """Why what is in the box cannot be counted."""
    if inside is None:
        return Unpublished.BOX_LOST
    fits = all(rules_vote.fits(vote, each, whole=True) for each in inside)
    return None if fits and len(inside) == len(vote.voted) else Unpublished.BOX_DIFFERS


def _rule(meeting: Meeting) -> VoteRule:
    if meeting.rules.vote is None:
        raise LookupError(f"{meeting.body.id} has no rule of votes")
    return meeting.rules.vote


async def _settle(work: UnitOfWork, found: Polling, result: VoteResult) -> None:
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


async def _send_on(work: UnitOfWork, found: Polling, vote: Vote) -> None:
    """What cannot pass here waits on the standing committee's agenda, with the opinions (HU 15.2)."""
    if vote.result is None or vote.result.next is not Next.STANDING_COMMITTEE:
        return
    item = found.item
    words = "\n".join(f"{name}: {said}" for name, said in cards.opinions(found.meeting, vote))
    waits = WaitingItem(
        "ban_thuong_vu",
        item.subject,
        Next.STANDING_COMMITTEE.value,
        vote.matter,
        words=words,
        consultation_id=item.consultation_id,
    )
    await agenda.wait_for(work.tx, found.meeting.committee, waits, work.now)


async def _tell(work: UnitOfWork, meeting: Meeting, item: AgendaItem, vote: Vote) -> None:
    """The result to every member, and to the office in full; every card of the vote shows its end."""
    office = await meetings_access.office(work, meeting)
    inside = {each.id for each in office}
    members = [p for p in await notify.invited(work, meeting, guests=False) if p.id not in inside]
    for_members = cards.for_members(work.say, meeting, item, vote)
    await notify.tell(work, members, for_members, f"vote_result:{vote.id}", meeting=meeting)
    for_office = cards.for_office(work.say, meeting, item, vote)
    await notify.tell(work, office, for_office, f"vote_result:{vote.id}", meeting=meeting)
    for live in (every_card(vote.id), dash(vote.id)):
        await live_cards.refresh(work.tx, live, work.now, about=about(meeting.id))
    await notify.refresh(work, meeting)
