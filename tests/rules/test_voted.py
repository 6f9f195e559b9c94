"""What several votes on one item come to together; every expected answer is written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.meetings.rules.closing import at_the_close, returning
from bot.meetings.rules.meeting import AgendaItem, Conclusion, Mark, Meeting
from bot.meetings.rules.voted import by_vote, divided_on, holding_on, votes_by, with_a_ballot
from bot.regulations.rules.terms import Matter, Next, Outcome
from bot.votes.rules.vote import Vote, VoteKind, VoteResult
from tests.rules.meeting_world import MINUTE, STARTS, called, marked, opened

Counts = dict[str, tuple[int, int]]
"""Of each name (or "" for the one question): how many approved, how many were against. Four of six carry."""


def held(
    of: Meeting, counts: Counts, outcome: str, *, kind: VoteKind | None = None, item: int = 1
) -> Meeting:
    """One vote more, with what it came to."""
    names = tuple(name for name in counts if name)
    told = {name: {"approve": yes, "reject": no} for name, (yes, no) in counts.items()}
    result = VoteResult(
        Outcome(outcome),
        Next.UPWARD_REPORT if outcome == "to_superior" else Next.NONE,
        6,
        6,
        6,
        4,
        {} if outcome == "not_published" else told,
        tuple(name for name, (yes, _) in counts.items() if yes >= 4),
        ("8.2.2", "7.2") if outcome == "to_superior" else ("8.2.2",),
    )
    at = STARTS + len(of.votes) * MINUTE
    vote = Vote(
        id=len(of.votes) + 1,
        item_id=item,
        kind=kind or (VoteKind.NAMES if names else VoteKind.APPROVE),
        secret=bool(names),
        matter=Matter.GENERAL,
        names=names,
        opened_at=at,
        opened_by=1,
        closed_at=at,
        result=result,
    )
    return replace(of, votes=(*of.votes, vote))


def sitting() -> tuple[Meeting, AgendaItem]:
    meeting = opened(marked(called(), Mark.CHECK_IN, 1, 2, 3, 4, 5, 6))
    return meeting, meeting.items[0]


def after(*votes: tuple[Counts, str]) -> tuple[Meeting, AgendaItem]:
    meeting, item = sitting()
    for counts, outcome in votes:
        meeting = held(meeting, counts, outcome)
    return meeting, item


ONE_FAILS: tuple[Counts, str] = ({"Một": (6, 0), "Hai": (2, 4)}, "to_superior")
"""Two thirds of six are four; four against: it goes upward (QN 8.2.2, 7.2)."""

NOBODY_KNOWS_OF_BA: tuple[Counts, str] = ({"Ba": (0, 0)}, "not_published")
"""Asked by a secret vote with too few ballots."""


@pytest.mark.parametrize(
    ("votes", "comes_to", "divides"),
    [
        ([ONE_FAILS], "to_superior", [1]),
        # other names beside: what was owed before stays
        ([ONE_FAILS, ({"Ba": (6, 0)}, "adopted")], "to_superior", [1]),
        # the very name that failed, asked anew and elected: nothing is left to report
        ([ONE_FAILS, ({"Hai": (5, 1)}, "adopted")], "adopted", []),
        ([ONE_FAILS, ({"HAI ": (5, 1)}, "adopted")], "adopted", []),
        # asked anew and failed once more: the later vote divides, the earlier no more
        ([ONE_FAILS, ({"Hai": (3, 3)}, "to_superior")], "to_superior", [2]),
        # the name that had passed, asked anew, fails for want of votes alone: the other still divides
        ([ONE_FAILS, ({"Một": (3, 0)}, "not_adopted")], "to_superior", [1]),
        # a question and a list are two things
        ([({"": (5, 1)}, "adopted"), ONE_FAILS], "to_superior", [2]),
        ([({"": (2, 4)}, "to_superior"), ({"Ba": (6, 0)}, "adopted")], "to_superior", [1]),
        # the same question: the last answer
        ([({"": (2, 4)}, "to_superior"), ({"": (5, 1)}, "adopted")], "adopted", []),
        ([({"": (5, 1)}, "adopted"), ({"": (3, 0)}, "not_adopted")], "not_adopted", []),
        # what is not published has decided nothing: the item returns, and what was owed stays owed
        ([ONE_FAILS, ({"Ba": (0, 0)}, "not_published")], "not_published", [1]),
        # also where it asked of the very name that failed: that vote holds until another one answers
        ([ONE_FAILS, ({"Hai": (0, 0)}, "not_published")], "not_published", [1]),
        (
            [ONE_FAILS, ({"Hai": (0, 0)}, "not_published"), ({"Hai": (5, 1)}, "adopted")],
            "adopted",
            [],
        ),
        ([({"Ba": (0, 0)}, "not_published"), ({"Ba": (4, 0)}, "adopted")], "adopted", []),
        ([({"Ba": (4, 0)}, "adopted"), ({"Ba": (0, 0)}, "not_published")], "not_published", []),
        # the same of a division in HU: discussed again, or before the standing committee and nowhere else (15.2)
        ([({"": (2, 1)}, "discuss_again"), ({"": (0, 0)}, "not_published")], "discuss_again", [1]),
        (
            [({"": (2, 1)}, "to_standing_committee"), ({"": (0, 0)}, "not_published")],
            "to_standing_committee",
            [1],
        ),
        # a list discussed again waits for the next meeting, whatever else was decided (HU 15.2)
        ([({"": (2, 4)}, "discuss_again"), ({"Ba": (6, 0)}, "adopted")], "discuss_again", [1]),
    ],
)
def test_each_question_has_its_last_answer_and_none_is_lost(
    votes: Sequence[tuple[Counts, str]], comes_to: str, divides: list[int]
) -> None:
    meeting, item = after(*votes)
    assert by_vote(meeting, item) is Conclusion(comes_to)
    assert at_the_close(meeting, item) is Conclusion(comes_to)
    assert [vote.id for vote in divided_on(meeting, item)] == divides
    assert (item in returning(meeting)) is (comes_to in {"not_published", "discuss_again"})


def test_of_a_list_that_is_asked_anew_in_part_the_rest_holds() -> None:
    meeting, item = after(ONE_FAILS, ({"Hai": (5, 1)}, "adopted"))
    assert [(each.vote.id, each.questions) for each in holding_on(meeting, item)] == [
        (1, ("Một",)),
        (2, ("Hai",)),
    ]


@pytest.mark.parametrize(
    ("votes", "on_paper", "comes_to"),
    [
        # the name that failed stays failed, whatever a ballot on paper says of another one
        ([ONE_FAILS, NOBODY_KNOWS_OF_BA], "adopted", "to_superior"),
        ([ONE_FAILS, NOBODY_KNOWS_OF_BA], "not_adopted", "to_superior"),
        ([ONE_FAILS, NOBODY_KNOWS_OF_BA], "to_superior", "to_superior"),
        ([({"Hai": (3, 0)}, "not_adopted"), NOBODY_KNOWS_OF_BA], "adopted", "not_adopted"),
        ([({"Hai": (5, 1)}, "adopted"), NOBODY_KNOWS_OF_BA], "not_adopted", "not_adopted"),
        # of the failed name itself the paper tells the last answer
        ([ONE_FAILS, ({"Hai": (0, 0)}, "not_published")], "adopted", "adopted"),
        ([NOBODY_KNOWS_OF_BA], "adopted", "adopted"),
        ([], "not_adopted", "not_adopted"),
    ],
)
def test_a_ballot_on_paper_stands_beside_what_was_decided_of_other_names(
    votes: Sequence[tuple[Counts, str]], on_paper: str, comes_to: str
) -> None:
    meeting, item = after(*votes)
    assert with_a_ballot(meeting, item, Conclusion(on_paper)) is Conclusion(comes_to)


def test_a_vote_of_confidence_asks_something_else_of_the_same_names() -> None:
    meeting, item = after(ONE_FAILS)
    meeting = held(meeting, {"Hai": (6, 0)}, "collated", kind=VoteKind.CONFIDENCE)
    assert by_vote(meeting, item) is Conclusion.TO_SUPERIOR
    alone, item = sitting()
    alone = held(alone, {"Hai": (6, 0)}, "collated", kind=VoteKind.CONFIDENCE)
    assert by_vote(alone, item) is Conclusion.NOTED


def test_another_item_has_its_own_votes() -> None:
    meeting, item = after(ONE_FAILS)
    meeting = held(meeting, {"Ba": (6, 0)}, "adopted", item=2)
    assert by_vote(meeting, meeting.items[1]) is Conclusion.ADOPTED
    assert by_vote(meeting, item) is Conclusion.TO_SUPERIOR


def test_the_votes_that_make_it_come_to_something_are_named() -> None:
    meeting, item = after(ONE_FAILS, ({"Ba": (6, 0)}, "adopted"), ({"Tư": (1, 5)}, "to_superior"))
    named = votes_by(meeting, item, Conclusion.TO_SUPERIOR)
    assert [vote.id for vote in named] == [1, 3]


def test_while_a_vote_runs_nothing_is_concluded_from_those_before() -> None:
    meeting, item = after(ONE_FAILS, ({"Ba": (6, 0)}, "adopted"))
    *before, last = meeting.votes
    runs = replace(meeting, votes=(*before, replace(last, closed_at=None, result=None)))
    assert by_vote(runs, item) is None
