"""Votes in the room: a member's open answer, and the cards on which everybody votes. Secret ones are in `ballots`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.db import drafts, live_cards, outbox, people
from bot.db.notice import Card, Notice
from bot.kit.live import live_card
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import Waiting, waits
from bot.meetings import store as meetings
from bot.meetings.attendance.attendance import Arrival, arrived
from bot.meetings.notify import about
from bot.meetings.rules.meeting import Meeting
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.refusal import Refusal, faulty
from bot.values.texts import TextFault, clean
from bot.votes import access
from bot.votes import cards as vote_cards
from bot.votes import store as votes
from bot.votes.access import Polling
from bot.votes.rules.vote import DIFFER, THE_QUESTION, OpenVote, Vote

WORDS_LIMIT = 4_000
"""Characters of a differing opinion."""


def card_name(vote_id: int, person: int) -> str:
    """The live name of one member's card of a vote."""
    return f"vote:{vote_id}:{person}"


def every_card(vote_id: int) -> str:
    """The live name under which every member's card of a vote stands."""
    return f"vote:{vote_id}"


def dash(vote_id: int) -> str:
    """The live name of a vote's dashboard."""
    return f"vdash:{vote_id}"


def subject(vote_id: int) -> str:
    """How the register names a vote."""
    return f"vote:{vote_id}"


# --- the cards -------------------------------------------------------------------------------


async def hand_out(work: UnitOfWork, meeting: Meeting, vote: Vote, to: Iterable[Person]) -> None:
    """A card to each who may vote now and can be reached; a second time is not sent."""
    seated = [p for p in to if p.seat_in(meeting.body.id) and meeting.is_present(p.id)]
    notices = [
        Notice(
            key=f"vote_card:{vote.id}:{person.id}",
            chat_id=person.account,
            kind="vote_card",
            live=card_name(vote.id, person.id),
            about=about(meeting.id),
            person_id=person.id,
        )
        for person in seated
        if person.account is not None
    ]
    await outbox.put_many(work.tx, notices, work.now)


@arrived.follow
async def checked_in(work: UnitOfWork, arrival: Arrival) -> None:
    """Somebody has just been checked in: the card of every vote that runs goes out to that person, too."""
    meeting = await meetings.get(work.tx, arrival.meeting)
    who = await people.person(work.tx, arrival.person)
    if meeting is None or who is None:
        return
    invitee = meeting.invitee(who.id)
    for vote in meeting.votes:
        if vote.closed_at is None and invitee is not None and not invitee.guest:
            await hand_out(work, meeting, vote, [who])


async def show(context: Context, account: int, vote_id: int) -> Screen | Refusal:
    """A member's own card of a vote, in place."""
    async with context.look() as work:
        found = await access.before(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        if found.vote.closed_at is None and (refusal := found.refused_to_vote()):
            return refusal
    name = card_name(vote_id, found.person.id)
    return Screen(live=name, about=about(found.meeting.id))


@live_card("vote")
async def _member_card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """One member's card of a vote as it is now."""
    found = await access.before(work, chat_id, ids[0])
    if isinstance(found, Refusal) or found.person.id != ids[1] or not found.floor.member:
        return None
    return vote_cards.member(work.say, found.meeting, found.item, found.vote, found.person)


@live_card("vdash")
async def _live_dashboard(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """The dashboard of a vote as it is now, for the office."""
    found = await access.before(work, chat_id, ids[0])
    if isinstance(found, Refusal) or not found.floor.office:
        return None
    return vote_cards.dashboard(
        work.say, found.meeting, found.item, found.vote, head=found.floor.head
    )


@waits(3)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Votes that run and that this person has not answered whole."""
    found = []
    for meeting_id, vote_id in await votes.running_for(work.tx, person.id):
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is None:
            continue
        for vote in access.running_for(meeting, person):
            if vote.id == vote_id:
                item = access.item_of(meeting, vote)
                way = action("vote_card", vote.id)
                found.append(Waiting("vote", item.subject, vote.opened_at, committee, way))
    return found


# --- an open answer --------------------------------------------------------------------------


async def answer(context: Context, account: int, vote_id: int, choice: str) -> Screen | Refusal:
    """An answer to the one question: recorded at once; of "Ý kiến khác" the words are asked first."""
    async with context.work() as work:
        found = await _before_open(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        if found.vote.names or choice not in found.vote.options:
            return Refusal("old_button")
        if choice == DIFFER:
            ref = {"vote": vote_id}
            await drafts.await_words(work.tx, account, "vote_words", ref, work.now)
            return Screen(vote_cards.asks_words(work.say, found.item, found.vote))
        await _keep(work, found, {THE_QUESTION: choice})
        return Screen(toast=_toast(work, choice))


async def differ(context: Context, account: int, vote_id: int, text: str) -> Screen | Refusal:
    """The words of a differing opinion: now it is recorded."""
    words = clean(text, WORDS_LIMIT)
    if isinstance(words, TextFault):
        return faulty(words)
    async with context.work() as work:
        found = await _before_open(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        if DIFFER not in found.vote.options:
            return Refusal("old_button")
        await drafts.answered(work.tx, account)
        await _keep(work, found, {THE_QUESTION: DIFFER}, words)
        name = card_name(vote_id, found.person.id)
        return Screen(live=name, about=about(found.meeting.id))


async def answer_name(
    context: Context, account: int, vote_id: int, place: int, choice: str
) -> Screen | Refusal:
    """An answer to one name of a list; the others stay as they are."""
    async with context.work() as work:
        found = await _before_open(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        vote = found.vote
        if place >= len(vote.names) or choice not in vote.options:
            return Refusal("old_button")
        before = vote.effective.get(found.person.id)
        answers = {**(before.answers if before else {}), vote.names[place]: choice}
        await _keep(work, found, answers)
        name = card_name(vote_id, found.person.id)
        return Screen(live=name, toast=_toast(work, choice), about=about(found.meeting.id))


async def change(context: Context, account: int, vote_id: int, place: int) -> Screen | Refusal:
    """One name of a list again, to answer it anew."""
    async with context.look() as work:
        found = await _before_open(work, account, vote_id)
        if isinstance(found, Refusal):
            return found
        if place >= len(found.vote.names):
            return Refusal("old_button")
        card = vote_cards.member(
            context.say, found.meeting, found.item, found.vote, found.person, on=place
        )
    return Screen(card, keeps_place=True)


async def _before_open(work: UnitOfWork, account: int, vote_id: int) -> Polling | Refusal:
    """Somebody who may answer an open vote now."""
    found = await access.before(work, account, vote_id)
    if isinstance(found, Refusal):
        return found
    return found.refused_to_vote() or (Refusal("old_button") if found.vote.secret else found)


async def _keep(
    work: UnitOfWork, found: Polling, answers: Mapping[str, str], words: str = ""
) -> None:
    cast = OpenVote(found.person.id, dict(answers), work.now, words)
    await votes.cast_openly(work.tx, found.vote.id, cast)
    detail = {"answers": dict(answers), "words": words}
    committee = found.meeting.committee
    await work.record(committee, found.person, "vote", subject(found.vote.id), detail)
    mine, meeting = card_name(found.vote.id, found.person.id), about(found.meeting.id)
    await live_cards.refresh(work.tx, mine, work.now, about=meeting)
    await live_cards.refresh(work.tx, dash(found.vote.id), work.now, about=meeting)


def _toast(work: UnitOfWork, choice: str) -> str:
    return work.say.label("toast.recorded", choice=work.say.label(f"vote_choice.{choice}"))
