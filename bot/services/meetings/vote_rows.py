"""Buttons of votes on the cards of a meeting: what can be put to the vote, what runs. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.card import Button
from bot.domain.meeting import AgendaItem
from bot.domain.press import press
from bot.domain.vote import Vote
from bot.domain.vote_rights import may_put_to_vote
from bot.services.cards.meetings.votes import Row, short
from bot.services.desk import Work
from bot.services.meetings.floor import Floor
from bot.services.meetings.vote_floor import item_of


def of_item(work: Work, floor: Floor, item: AgendaItem) -> Sequence[Row]:
    """The vote that runs on an item, or the way to open one."""
    running = [v for v in floor.meeting.votes if v.item_id == item.id and v.closed_at is None]
    if running:
        return [_running(work, floor, vote) for vote in running]
    if may_put_to_vote(floor.meeting, item, head=floor.head) is not None:
        return []
    label = work.say.label("vote_button.new")
    return [(Button(label, press("vote_new", item.id), style="primary"),)]


def of_meeting(work: Work, floor: Floor) -> Sequence[Row]:
    """The votes that run."""
    return [_running(work, floor, v) for v in floor.meeting.votes if v.closed_at is None]


def _running(work: Work, floor: Floor, vote: Vote) -> Row:
    subject = short(item_of(floor.meeting, vote).subject)
    label = work.say.label("vote_button.running", subject=subject)
    return (Button(label, press("vote_dash", vote.id), style="primary"),)
