"""Votes in the room: a member's open answer, and the cards on which everybody votes. Secret ones are in `ballots`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.counting import face as counting
from bot.db import drafts, live_cards, people
from bot.db.notice import Card
from bot.kit import access as kit_access
from bot.kit.act import press, words
from bot.kit.live import live_card
from bot.kit.notify import notify, number_of
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import Waiting, waits
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Meeting
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.limits import OPINION_LIMIT
from bot.values.refusal import Refused, faulty, refuse, require
from bot.values.texts import TextFault, clean
from bot.votes import access, reserving
from bot.votes import cards as vote_cards
from bot.votes import store as votes
from bot.votes.access import Access, card_name, dash, subject
from bot.votes.face import may_be_asked_again
from bot.votes.rules.rights import may_reserve
from bot.votes.rules.vote import DIFFER, THE_QUESTION, OpenVote, Vote

# --- the cards -------------------------------------------------------------------------------


async def hand_out(work: UnitOfWork, meeting: Meeting, vote: Vote, to: Iterable[Person]) -> None:
    """A card to each who may vote now and can be reached; a second time is not sent."""
    seated = [p for p in to if p.seat_in(meeting.body.id) and meeting.is_present(p.id)]
    for person in seated:
        name, key = card_name(vote.id, person.id), f"vote_card:{vote.id}"
        await notify(work, [person], name, key, about=meetings.about(meeting.id))


@meetings.arrived.follow
async def checked_in(work: UnitOfWork, arrival: meetings.Arrival) -> None:
    """Somebody has just been checked in: the card of every vote that runs goes out to that person, too."""
    meeting = await meetings.get(work.tx, arrival.meeting)
    who = await people.person(work.tx, arrival.person)
    if meeting is None or who is None:
        return
    invitee = meeting.invitee(who.id)
    for vote in meeting.votes:
        if vote.closed_at is None and invitee is not None and not invitee.guest:
            await hand_out(work, meeting, vote, [who])


@press("vote_card")
async def show(context: Context, tap: Tap) -> Screen:
    """A member's own card of a vote, in place."""
    async with context.look() as work:
        found = await access.find(work, tap.account, tap.number(0))
        if found.vote.closed_at is None and found.person.id not in found.vote.recused:
            require(found.may_vote())
    return own_screen(found)


def own_screen(found: Access, toast: str = "") -> Screen:
    """A member's own card of a vote, drawn when it is shown."""
    name = card_name(found.vote.id, found.person.id)
    return Screen(live=name, toast=toast, about=meetings.about(found.meeting.id))


@live_card("vote")
async def _member_card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """One member's card of a vote as it is now."""
    found = await access.find(work, chat_id, ids[0])
    if found.person.id != ids[1] or not found.of_meeting.member:
        return None
    return await own_card(work, found)


async def own_card(work: UnitOfWork, found: Access, *, on: int | None = None) -> Card:
    """A member's card of a vote, with the opinions that came with its item; `on`: one name of a list again."""
    came = (await meetings.opinions_of(work, [found.item]))[0]
    until = await reserving.until(work, found)
    may = may_reserve(found.meeting, found.vote, found.person.id, work.now, until) is None
    return vote_cards.member(
        work.say,
        found.meeting,
        found.item,
        found.vote,
        found.person,
        on=on,
        opinions=came.shown(whole=False) if came else None,
        may_reserve=may,
        may_recuse=found.may_recuse() is None,
        until=until,
        on_server=work.context.db.instance is not None,
    )


@live_card("vdash")
async def _live_dashboard(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """The dashboard of a vote as it is now, for the office."""
    found = await access.find(work, chat_id, ids[0])
    if not found.office:
        return None
    rights = (await kit_access.staff(work, found.meeting.committee)).standing(
        found.person, found.meeting.body
    )
    return vote_cards.dashboard(
        work.say,
        found.meeting,
        found.item,
        found.vote,
        head=found.head,
        again=await may_be_asked_again.ask(work, (subject(found.vote.id), rights)),
        board=await counting.board_of(work.tx, subject(found.vote.id)),
    )


@meetings.discussion_moved.follow
async def _moved(work: UnitOfWork, named: str) -> None:
    """The office's card of a divided vote shows whether it may be asked again in writing."""
    found = await votes.get(work.tx, number_of(named)) if named.startswith("vote:") else None
    if found is not None:
        of = meetings.about(found[0])
        await live_cards.refresh(work.tx, dash(number_of(named)), work.now, about=of)


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
                at = vote.opened_at
                found.append(Waiting("vote", item.subject, at, committee, way, now=True))
    return found


# --- an open answer --------------------------------------------------------------------------


@press("vote")
async def answer(context: Context, tap: Tap) -> Screen:
    """An answer to the one question, recorded at the press; of "Ý kiến khác" its words are then asked for.

    "Ý kiến khác" that stands already is only asked for its words again; another that stands stays as it was given.
    """
    vote_id, choice = tap.number(0), tap.word(1)
    async with context.work() as work:
        found = await _before_open(work, tap.account, vote_id)
        if found.vote.names or choice not in found.vote.options:
            refuse("old_button")
        if choice == DIFFER:
            return await _ask_words(work, tap.account, found)
        await _await_no_words(work, tap.account, vote_id)
        stands = found.vote.effective.get(found.person.id)
        if stands is None or stands.answers.get(THE_QUESTION) != choice:
            await _keep(work, found, {THE_QUESTION: choice})
        return Screen(toast=_toast(work, choice))


async def _ask_words(work: UnitOfWork, account: int, found: Access) -> Screen:
    """A differing opinion is kept without words, in place of another answer; they are asked for over the card."""
    cast = found.vote.effective.get(found.person.id)
    if cast is None or cast.answers.get(THE_QUESTION) != DIFFER:
        await _keep(work, found, {THE_QUESTION: DIFFER}, over_card=True)
    await drafts.await_words(work.tx, account, "vote_words", {"vote": found.vote.id}, work.now)
    card = vote_cards.asks_words(work.say, found.item, found.vote)
    of = meetings.about(found.meeting.id)
    return Screen(card, toast=_toast(work, DIFFER), about=of, keeps_place=True)


@words("vote_words", changed=lambda ref: action("vote", ref["vote"], DIFFER))
async def differ(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """The words of a differing opinion, as long as the vote is open."""
    if sent.file is not None:
        refuse("words_not_file")
    said = clean(sent.text, OPINION_LIMIT)
    if isinstance(said, TextFault):
        raise Refused(faulty(said))
    async with context.work() as work:
        found = await _before_open(work, sent.account, ref["vote"])
        if DIFFER not in found.vote.options:
            refuse("old_button")
        await drafts.answered(work.tx, sent.account)
        await _keep(work, found, {THE_QUESTION: DIFFER}, said)
        return own_screen(found)


@press("vote_name")
async def answer_name(context: Context, tap: Tap) -> Screen:
    """An answer to one name of a list; the others stay as they are, and one that stands is not kept twice."""
    vote_id, place, choice = tap.number(0), tap.number(1), tap.word(2)
    async with context.work() as work:
        found = await _before_open(work, tap.account, vote_id)
        vote = found.vote
        if place >= len(vote.names) or choice not in vote.options:
            refuse("old_button")
        cast = vote.effective.get(found.person.id)
        before = cast.answers if cast else {}
        if before.get(vote.names[place]) != choice:
            await _keep(work, found, {**before, vote.names[place]: choice})
        return own_screen(found, _toast(work, choice))


@press("vote_on")
async def change(context: Context, tap: Tap) -> Screen:
    """One name of a list again, to answer it anew."""
    vote_id, place = tap.number(0), tap.number(1)
    async with context.look() as work:
        found = await _before_open(work, tap.account, vote_id)
        if place >= len(found.vote.names):
            refuse("old_button")
        card = await own_card(work, found, on=place)
    return Screen(card, keeps_place=True)


async def _before_open(work: UnitOfWork, account: int, vote_id: int) -> Access:
    """Somebody who may answer an open vote now."""
    found = await access.find(work, account, vote_id)
    require(found.may_vote())
    if found.vote.secret:
        refuse("old_button")
    return found


async def _await_no_words(work: UnitOfWork, account: int, vote_id: int) -> None:
    """Words asked for before are not awaited any more; what else is awaited still is."""
    awaited = await drafts.awaited(work.tx, account)
    if awaited is not None and (awaited.kind, awaited.ref) == ("vote_words", {"vote": vote_id}):
        await drafts.answered(work.tx, account)


async def _keep(
    work: UnitOfWork,
    found: Access,
    answers: Mapping[str, str],
    words: str = "",
    *,
    over_card: bool = False,
) -> None:
    """Record an answer and show it; with `over_card` what is asked next stands where the own card stood."""
    cast = OpenVote(found.person.id, dict(answers), work.now, words)
    detail = {"answers": dict(answers), "words": words}
    committee, of = found.meeting.committee, subject(found.vote.id)
    line = Line(committee, found.person, "vote", of, detail)
    await work.write(votes.cast_openly(found.vote.id, cast), line)
    last = found.vote.effective.get(found.person.id)
    if last is not None and last.reserved and not cast.differs:
        await reserving.set_mark(work, found, reserved=False)
    mine = () if over_card else (card_name(found.vote.id, found.person.id),)
    shown = (*mine, dash(found.vote.id))
    await live_cards.refresh(work.tx, shown, work.now, about=meetings.about(found.meeting.id))


def _toast(work: UnitOfWork, choice: str) -> str:
    return work.say.label("toast.recorded", choice=work.say.label(f"vote_choice.{choice}"))
