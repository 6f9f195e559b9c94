"""What a meeting leaves to other agendas when it has ended or lapsed. Which items those are is judged elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.db.fact import Fact
from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.rules.closing import at_the_close, returning, returns_as, sat
from bot.meetings.rules.meeting import AgendaItem, Conclusion, Meeting
from bot.meetings.rules.voted import divided_on, last_vote, votes_by
from bot.regulations.rules.terms import Next


async def left_behind(
    work: UnitOfWork, meeting: Meeting, at: datetime
) -> list[Fact[int] | Fact[None]]:
    """What waits for the next meeting of this body, and what goes to another one, with the opinions.

    What was carried to a meeting that was none waits again as it did before.
    """
    carried = [item.waiting_id for item in meeting.items if item.waiting_id]
    waited = await agenda.some(work.tx, carried)
    back = returning(meeting)
    untouched = [] if sat(meeting) else [item for item in back if item.waiting_id]
    again = [item for item in back if item not in untouched]
    entered = [
        agenda.wait_for(meeting.committee, _again(meeting, item, waited), at) for item in again
    ]
    sent_on = [agenda.wait_for(meeting.committee, each, at) for each in _sent_on(meeting, waited)]
    ids = [item.waiting_id for item in untouched if item.waiting_id]
    return [agenda.take(ids, None), *entered, *sent_on]


def _again(meeting: Meeting, item: AgendaItem, waited: dict[int, WaitingItem]) -> WaitingItem:
    """The item for the body's next agenda; whatever was known of it stays known."""
    before = _known(meeting, item, waited)
    came, second_of = before.votes, before.second_of
    if at_the_close(meeting, item) is Conclusion.DISCUSS_AGAIN:
        came = _votes(meeting, item, before)
        second_of = second_of or divided_by(meeting, item)
    return replace(before, reason=returns_as(meeting, item), votes=came, second_of=second_of)


def divided_by(meeting: Meeting, item: AgendaItem) -> str | None:
    """The vote that left an item to be discussed again; of several in one sitting the last (HU 15.2)."""
    votes = tuple(votes_by(meeting, item, Conclusion.DISCUSS_AGAIN))
    return reference("vote", votes[-1].id) if votes else None


def _sent_on(meeting: Meeting, waited: dict[int, WaitingItem]) -> Iterator[WaitingItem]:
    """What could not pass here waits on the agenda of the body that the rule names, with the opinions (HU 15.2)."""
    rule = meeting.rules.vote
    rows = (rule.divided, rule.divided_again) if rule else ()
    body = next((row.body for row in rows if row and row.next is Next.STANDING_COMMITTEE), None)
    for item in meeting.items:
        if body and at_the_close(meeting, item) is Conclusion.TO_STANDING_COMMITTEE:
            before = _known(meeting, item, waited)
            yield replace(
                before,
                body=body,
                reason=Next.STANDING_COMMITTEE.value,
                votes=_votes(meeting, item, before),
                second_of=None,
            )


def _known(meeting: Meeting, item: AgendaItem, waited: dict[int, WaitingItem]) -> WaitingItem:
    before = waited.get(item.waiting_id or 0) or WaitingItem(
        meeting.body.id, item.subject, item.reason, consultation_id=item.consultation_id
    )
    vote = last_vote(meeting, item)
    return replace(before, subject=item.subject, matter=vote.matter if vote else item.matter)


def _votes(meeting: Meeting, item: AgendaItem, before: WaitingItem) -> tuple[int, ...]:
    """The votes whose opinions came with it, and those that divided the body here."""
    return (*before.votes, *(vote.id for vote in divided_on(meeting, item)))
