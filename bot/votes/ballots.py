"""Secret votes: the choice on its way through the buttons, the cast, and what is wiped afterwards.

Nothing here puts a choice anywhere but into the sealed box: no card of it goes through the outbox, no
line of the register and no line of the log tells of a cast.
"""

from __future__ import annotations

from bot.db import dues, key_holders, live_cards
from bot.kit.act import press
from bot.kit.due import at_start, due_apart
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Meeting
from bot.values.refusal import refuse, require
from bot.votes import access, polling
from bot.votes import cards as vote_cards
from bot.votes import store as ballots
from bot.votes.access import Access, dash
from bot.votes.rules import vote as rules_vote
from bot.votes.voting import own_card

WIPE = "wipe"
"""After a meeting with secret votes: old pages of the database are taken away."""


@press("ballot", private=True)
async def choose(context: Context, tap: Tap) -> Screen:
    """The next question of the ballot, or the whole of it to be confirmed; nothing is kept of it."""
    letters = tap.word(1) if tap.args[1:] else ""
    async with context.look() as work:
        found = await access.find(work, tap.account, tap.number(0))
        if not found.vote.secret:
            refuse("old_button")
        require(found.may_vote())
        if not rules_vote.fits(found.vote, letters, whole=False):
            refuse("old_button")
        if found.has_voted:
            refuse("ballot_cast_already")
        if not letters:
            return Screen(await own_card(work, found))
    item, vote, say = found.item, found.vote, context.say
    if len(letters) < len(vote.questions):
        return Screen(vote_cards.ballot_question(say, item, vote, letters))
    answers = rules_vote.answers(vote, letters)
    return Screen(vote_cards.ballot_confirm(say, item, vote, letters, answers))


@press("cast", private=True)
async def cast(context: Context, tap: Tap) -> Screen:
    """One ballot, final: the name on the roll and the ballot in the box, both or neither.

    Whoever has cast is answered by the same words again, whatever is pressed, and nothing changes.
    """
    vote_id, letters = tap.number(0), tap.word(1)
    async with context.work() as work:
        found = await access.find(work, tap.account, vote_id)
        if not (found.vote.secret and found.has_voted):
            await _cast(work, found, letters)
    card = vote_cards.ballot_cast(context.say, found.item, found.vote)
    return Screen(card, toast=context.say.label("vote_toast.cast"))


async def _cast(work: UnitOfWork, found: Access, letters: str) -> None:
    require(found.may_vote())
    meeting, vote = found.meeting, found.vote
    if not vote.secret or not rules_vote.fits(vote, letters, whole=True):
        refuse("old_button")
    keys, box = work.context.db.keys, polling.box(meeting, vote)
    await polling.require_key_here(work, vote)
    if not await ballots.cast(work.tx, keys, box, found.person.id, letters):
        refuse("ballot_box_lost")
    await live_cards.refresh(work.tx, dash(vote.id), work.now, about=meetings.about(meeting.id))


# --- afterwards ------------------------------------------------------------------------------


@meetings.closed.follow
async def after_close(work: UnitOfWork, meeting: Meeting) -> None:
    """A meeting has closed: what older pages may still show of its secret votes is to be wiped."""
    if any(vote.secret for vote in meeting.votes):
        await wipe_after(work, meeting)


async def wipe_after(work: UnitOfWork, meeting: Meeting) -> None:
    """Once this is on disk, keys that are needed no more and old pages go."""
    work.context.moments.wake()
    key = f"{WIPE}:{meeting.id}"
    await dues.put(work.tx, key, WIPE, work.now, about=meetings.about(meeting.id))


@due_apart(WIPE)
async def wipe(context: Context) -> bool:
    """Take old pages away and destroy keys that a crash left; False when it is to be tried again."""
    await destroy_old_keys(context)
    return await context.db.wipe()


@at_start
async def destroy_old_keys(context: Context) -> None:
    """A key outlives its vote only by a crash between the close and its end; at a start it goes.

    Nobody writes meanwhile: the key of a vote that is just opened is there before its vote. A close that is not on
    disk yet may still be undone. Of several processes each then says whose keys it has.
    """
    async with context.beforehand() as work, context.look() as on_disk:
        running = await ballots.unclosed(work.tx) | await ballots.unclosed(on_disk.tx)
        context.db.keys.keep_only(running)
    for vote_id in running:
        if context.db.keys.key(vote_id) is not None:
            await key_holders.hold(context.db, vote_id)
