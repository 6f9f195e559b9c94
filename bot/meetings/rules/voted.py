"""What the votes on one item come to together: to each question the answer of the last vote that asked it holds.

No text says what several votes on one item mean. Asked once more, a question or a name has its new answer; another
question or other names are decided beside what was decided before, and nothing of that is lost. A vote that is not
published answers nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.meetings.rules.meeting import AgendaItem, Conclusion, Meeting
from bot.regulations.rules.terms import Outcome
from bot.values.names import plain
from bot.votes.rules.vote import DIFFER, REJECT, Vote, VoteKind

DIVIDED = frozenset({Outcome.TO_SUPERIOR, Outcome.TO_STANDING_COMMITTEE, Outcome.DISCUSS_AGAIN})
"""Outcomes after which the differing opinions are reported (QN 7.2, HD 2.2, HU 15.2)."""
_FIRST = (
    Outcome.DISCUSS_AGAIN,
    Outcome.TO_STANDING_COMMITTEE,
    Outcome.NOT_PUBLISHED,
    Outcome.TO_SUPERIOR,
    Outcome.NOT_ADOPTED,
    Outcome.ADOPTED,
    Outcome.COLLATED,
)
"""Which outcome an item is called by where its questions have several: what is not settled before what is.

An item that goes to the standing committee does so whole and waits there alone (HU 15.2): it does not return too."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A vote with a result, and those of its questions that no later vote on its item has asked anew."""

    vote: Vote
    questions: tuple[str, ...]

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """What came of these questions."""
        return frozenset(_outcome(self.vote, question) for question in self.questions)

    @property
    def divided(self) -> bool:
        """Whether opinions differed over one of them, so that the text sends it on."""
        return bool(self.outcomes & DIVIDED)


def _outcome(vote: Vote, question: str) -> Outcome:
    """Of one question: a list is sent on for the names that somebody was against, and for no others."""
    result = vote.result
    if result is None:
        return Outcome.NOT_PUBLISHED
    counted = result.counts.get(question)
    if counted is None or result.outcome in (Outcome.ADOPTED, Outcome.COLLATED):
        return result.outcome
    if question in result.adopted:
        return Outcome.ADOPTED
    against = counted.get(REJECT, 0) + counted.get(DIFFER, 0)
    return result.outcome if against else Outcome.NOT_ADOPTED


def votes_on(meeting: Meeting, item: AgendaItem) -> list[Vote]:
    """The votes on an item that came to something, in the order in which they were held."""
    return [each for each in meeting.votes if each.item_id == item.id and each.result is not None]


def last_vote(meeting: Meeting, item: AgendaItem) -> Vote | None:
    """The last vote on an item, also one that runs."""
    return next((vote for vote in reversed(meeting.votes) if vote.item_id == item.id), None)


def holding(votes: Iterable[Vote]) -> tuple[Holding, ...]:
    """What still holds of votes on one item, in the order in which they were held.

    A vote that is not published has decided nothing: what was decided of the same before it holds beside it.
    """
    asked: set[tuple[bool, str]] = set()
    answered: set[tuple[bool, str]] = set()
    found = []
    for vote in reversed(list(votes)):
        void, named = _is_void(vote), _asked(vote)
        left = tuple(
            each for each, key in named.items() if key not in (asked if void else answered)
        )
        asked.update(named.values())
        if not void:
            answered.update(named.values())
        if left:
            found.append(Holding(vote, left))
    return tuple(reversed(found))


def beside_a_ballot(votes: Sequence[Vote]) -> frozenset[Outcome]:
    """What votes have decided of questions that no later vote left open, so that a ballot on paper asks others."""
    found, asked = set[Outcome](), set[tuple[bool, str]]()
    for vote in reversed(votes):
        named = _asked(vote)
        if not _is_void(vote):
            found.update(_outcome(vote, each) for each, key in named.items() if key not in asked)
        asked.update(named.values())
    return frozenset(found)


def _asked(vote: Vote) -> dict[str, tuple[bool, str]]:
    """Its questions, each with what makes it the same question in another vote."""
    return {each: (vote.kind is VoteKind.CONFIDENCE, plain(each)) for each in vote.questions}


def _is_void(vote: Vote) -> bool:
    return vote.result is not None and vote.result.outcome is Outcome.NOT_PUBLISHED


def holding_on(meeting: Meeting, item: AgendaItem) -> tuple[Holding, ...]:
    """What holds of the votes on this item."""
    return holding(votes_on(meeting, item))


def decided_on(meeting: Meeting, item: AgendaItem) -> tuple[Vote, ...]:
    """The votes whose answers hold, without those that are not published."""
    return tuple(each.vote for each in holding_on(meeting, item) if not _is_void(each.vote))


def divided_on(meeting: Meeting, item: AgendaItem) -> tuple[Vote, ...]:
    """The votes by which an item is sent on with the opinions (QN 7.2, HU 15.2), in their order."""
    return tuple(each.vote for each in holding_on(meeting, item) if each.divided)


def by_vote(meeting: Meeting, item: AgendaItem) -> Conclusion | None:
    """The conclusion that the votes on an item come to; None where none was held, or one runs."""
    last = last_vote(meeting, item)
    if last is None or last.result is None:
        return None
    return joined(frozenset().union(*(each.outcomes for each in holding_on(meeting, item))))


def joined(found: Collection[Outcome]) -> Conclusion:
    """What an item is called by where its questions came to these; there is at least one."""
    outcome = next(each for each in _FIRST if each in found)
    return Conclusion.NOTED if outcome is Outcome.COLLATED else Conclusion(outcome.value)


def with_a_ballot(meeting: Meeting, item: AgendaItem, kind: Conclusion) -> Conclusion:
    """What an item comes to by a ballot on paper that came to this, beside what the bot's votes have decided."""
    return joined({Outcome(kind.value), *beside_a_ballot(votes_on(meeting, item))})


def votes_by(meeting: Meeting, item: AgendaItem, kind: Conclusion) -> Iterator[Vote]:
    """The votes that make the item come to this."""
    for each in holding_on(meeting, item):
        if kind.value in {outcome.value for outcome in each.outcomes}:
            yield each.vote
