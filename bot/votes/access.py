"""Who stands before a vote, what the person is to it now, and the buttons of votes on a meeting's cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.db.notice import Button
from bot.kit.unit import UnitOfWork
from bot.meetings import access
from bot.meetings import store as meeting_lists
from bot.meetings.access import Floor
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.meetings.sitting import showing
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes import store as votes
from bot.votes.cards import Row, short
from bot.votes.rules.rights import may_put_to_vote, may_vote
from bot.votes.rules.vote import Vote


@dataclass(frozen=True, slots=True)
class Polling:
    """A person before a vote of a meeting."""

    floor: Floor
    vote: Vote
    item: AgendaItem

    @property
    def meeting(self) -> Meeting:
        """The meeting in which it is held."""
        return self.floor.meeting

    @property
    def person(self) -> Person:
        """Who stands here."""
        return self.floor.person

    @property
    def has_voted(self) -> bool:
        """Whether this person has voted already."""
        return self.person.id in self.vote.voted

    def refused_to_vote(self) -> Refusal | None:
        """Why the person may not vote now."""
        seated = self.person.seat_in(self.meeting.body.id) is not None
        return may_vote(self.meeting, self.vote, self.person.id, seated=seated)


async def before(work: UnitOfWork, account: int, vote_id: int) -> Polling | Refusal:
    """Whoever this account is to the vote; nobody else learns anything (I10)."""
    found = await votes.get(work.tx, vote_id)
    if found is None:
        return Refusal("vote_gone")
    meeting_id, vote = found
    standing = await access.before(work, account, meeting_id)
    if isinstance(standing, Refusal):
        return standing
    return Polling(standing, vote, item_of(standing.meeting, vote))


async def before_item(
    work: UnitOfWork, account: int, item_id: int
) -> tuple[Floor, AgendaItem] | Refusal:
    """Whoever this account is to the meeting of an item; only the office learns more."""
    meeting_id = await meeting_lists.of_item(work.tx, item_id)
    if meeting_id is None:
        return Refusal("vote_item_gone")
    standing = await access.before(work, account, meeting_id)
    if isinstance(standing, Refusal):
        return standing
    if not standing.office:
        return NO_RIGHT
    item = standing.meeting.item(item_id)
    return Refusal("vote_item_gone") if item is None else (standing, item)


def item_of(meeting: Meeting, vote: Vote) -> AgendaItem:
    """The item that is voted on; no agenda changes once a meeting sits."""
    item = meeting.item(vote.item_id)
    if item is None:
        raise LookupError(f"vote {vote.id} is on no item")
    return item


def running_for(meeting: Meeting, person: Person) -> list[Vote]:
    """Votes that wait for this person's answer now."""
    seated = person.seat_in(meeting.body.id) is not None
    return [
        vote
        for vote in meeting.votes
        if vote.closed_at is None
        and not _whole(vote, person.id)
        and may_vote(meeting, vote, person.id, seated=seated) is None
    ]


def _whole(vote: Vote, person: int) -> bool:
    """Whether the person has answered every question of the vote."""
    cast = vote.effective.get(person)
    return person in vote.voted if cast is None else set(vote.questions) <= set(cast.answers)


def of_item(work: UnitOfWork, floor: Floor, item: AgendaItem) -> Sequence[Row]:
    """The vote that runs on an item, or the way to open one."""
    running = [v for v in floor.meeting.votes if v.item_id == item.id and v.closed_at is None]
    if running:
        return [_running(work, floor, vote) for vote in running]
    if may_put_to_vote(floor.meeting, item, head=floor.head) is not None:
        return []
    label = work.say.label("vote_button.new")
    return [(Button(label, action("vote_new", item.id), style="primary"),)]


def of_meeting(work: UnitOfWork, floor: Floor) -> Sequence[Row]:
    """The votes that run."""
    return [_running(work, floor, v) for v in floor.meeting.votes if v.closed_at is None]


def _running(work: UnitOfWork, floor: Floor, vote: Vote) -> Row:
    subject = short(item_of(floor.meeting, vote).subject)
    label = work.say.label("vote_button.running", subject=subject)
    return (Button(label, action("vote_dash", vote.id), style="primary"),)


showing.ITEM_ROWS.append(of_item)
showing.DASH_ROWS.append(of_meeting)
