"""A person before a vote, how a vote is named, and the buttons of votes on a meeting's cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.db.notice import Button, Row
from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse
from bot.votes import store as votes
from bot.votes.rules.recusing import may_recuse
from bot.votes.rules.rights import may_put_to_vote, may_vote
from bot.votes.rules.vote import Vote

# --- names -----------------------------------------------------------------------------------


def subject(vote_id: int) -> str:
    """How the register names a vote; also the live name under which every member's card of it stands."""
    return reference("vote", vote_id)


def card_name(vote_id: int, person: int) -> str:
    """The live name of one member's card of a vote."""
    return f"{subject(vote_id)}:{person}"


def dash(vote_id: int) -> str:
    """The live name of a vote's dashboard."""
    return f"vdash:{vote_id}"


# --- who -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Access:
    """A person before a vote of a meeting; `of_meeting` is what the person is to that."""

    of_meeting: meetings.Access
    vote: Vote
    item: AgendaItem

    @property
    def meeting(self) -> Meeting:
        """The meeting in which it is held."""
        return self.of_meeting.meeting

    @property
    def person(self) -> Person:
        """Who stands here."""
        return self.of_meeting.person

    @property
    def head(self) -> bool:
        """The head, or a delegate while the delegation runs."""
        return self.of_meeting.head

    @property
    def office(self) -> bool:
        """Clerk or head: those who see how far it is."""
        return self.of_meeting.office

    @property
    def has_voted(self) -> bool:
        """Whether this person has voted already."""
        return self.person.id in self.vote.voted

    @property
    def seated(self) -> bool:
        """Whether this person still sits in the body."""
        return self.person.seat_in(self.meeting.body.id) is not None

    def may_vote(self) -> Refusal | None:
        """Why the person may not vote now."""
        return may_vote(self.meeting, self.vote, self.person.id, seated=self.seated)

    def may_recuse(self) -> Refusal | None:
        """Why the person may not say now to take no part."""
        return may_recuse(self.meeting, self.vote, self.person.id, seated=self.seated)


async def find(work: UnitOfWork, account: int, vote_id: int) -> Access:
    """What this account is to the vote; raises `Refused` for everybody else, who learn nothing (I10)."""
    found = await votes.get(work.tx, vote_id)
    if found is None:
        refuse("vote_gone")
    meeting_id, vote = found
    of_meeting = await meetings.find(work, account, meeting_id)
    return Access(of_meeting, vote, item_of(of_meeting.meeting, vote))


async def find_item(
    work: UnitOfWork, account: int, item_id: int
) -> tuple[meetings.Access, AgendaItem]:
    """Whoever this account is to the meeting of an item; only the office learns more."""
    meeting_id = await meetings.of_item(work.tx, item_id)
    if meeting_id is None:
        refuse("vote_item_gone")
    of_meeting = await meetings.find(work, account, meeting_id)
    if not of_meeting.office:
        raise Refused(NO_RIGHT)
    item = of_meeting.meeting.item(item_id)
    if item is None:
        refuse("vote_item_gone")
    return of_meeting, item


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


# --- rows on the cards of a meeting's office -------------------------------------------------


def _of_item(work: UnitOfWork, found: meetings.Access, item: AgendaItem) -> Sequence[Row]:
    """The vote that runs on an item, or the way to open one."""
    meeting = found.meeting
    running = [v for v in meeting.votes if v.item_id == item.id and v.closed_at is None]
    if running:
        return [_running(work, meeting, vote) for vote in running]
    if may_put_to_vote(meeting, item, head=found.head) is not None:
        return []
    label = work.say.label("vote_button.new")
    return [(Button(label, action("vote_new", item.id), style="primary"),)]


def _of_meeting(work: UnitOfWork, found: meetings.Access) -> Sequence[Row]:
    """The votes that run."""
    return [_running(work, found.meeting, v) for v in found.meeting.votes if v.closed_at is None]


def _running(work: UnitOfWork, meeting: Meeting, vote: Vote) -> Row:
    subject = item_of(meeting, vote).subject
    label = work.say.label("vote_button.running", subject=subject)
    return (Button(label, action("vote_dash", vote.id), style="primary"),)


meetings.ITEM_ROWS.append(_of_item)
meetings.DASH_ROWS.append(_of_meeting)
