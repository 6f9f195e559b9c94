"""Who may put an item to the vote, in which form, with how many there; who votes and who ends it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.meetings.rules.meeting import (
    AgendaItem,
    Conclusion,
    Mark,
    Meeting,
    MeetingActKind,
    MeetingKind,
)
from bot.meetings.rules.rights import may_conclude
from bot.people.rules.acting import Standing
from bot.regulations.rules.meetings import VoteRule
from bot.regulations.rules.terms import Matter, Next, Outcome
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes.rules.rights import (
    Ballots,
    Wanted,
    abstains,
    articles,
    ballots_needed,
    ballots_of,
    chosen_by_body,
    head_of,
    may_close,
    may_end,
    may_enter_hands,
    may_name_board,
    may_open,
    may_put_to_vote,
    may_raise_hands,
    may_reserve,
    may_take_form,
    may_vote,
    recusal_of,
    room,
    rule_of,
    stands,
    too_few,
    was_divided,
)
from bot.votes.rules.vote import RaisedHands, Recusing, Room, Vote, VoteKind
from tests.rules.meeting_world import (
    GUEST,
    STARTS,
    acted,
    called,
    concluded,
    marked,
    opened,
    voted,
)

SITS = opened(marked(called(9), Mark.CHECK_IN, *range(1, 7)))
"""Six of nine are there; two thirds of nine are six (QN 8.2.2)."""
PROVINCE = opened(
    marked(called(9, regulation="bac_kan", of="ban_chap_hanh"), Mark.CHECK_IN, *range(1, 8))
)
"""Its confidence votes are held by 1.7 and 2.7; its rule book names no matter of secret votes."""
PLAN = SITS.items[0]
QUESTION = Wanted(VoteKind.APPROVE, secret=False, matter=Matter.GENERAL)
PERSONNEL = replace(QUESTION, matter=Matter.PERSONNEL)
CONFIDENCE = Wanted(VoteKind.CONFIDENCE, True, Matter.PERSONNEL, ("Nguyễn Văn An",))


def kind(refusal: Refusal | None) -> str | None:
    return refusal.kind if refusal else None


def with_rules(of: Meeting, **rules: Any) -> Meeting:
    """The meeting of a body that is ruled otherwise in this."""
    return replace(of, body=replace(of.body, meetings=replace(of.rules, **rules)))


def voting(of: Meeting, **rule: Any) -> Meeting:
    """The meeting of a body that votes otherwise in this."""
    return with_rules(of, vote=replace(vote_rule(of), **rule))


def vote_rule(of: Meeting) -> VoteRule:
    rule = of.rules.vote
    assert rule is not None
    return rule


def running(*, secret: bool = False, kind: VoteKind = VoteKind.APPROVE, **more: Any) -> Vote:
    wanted: dict[str, Any] = {"matter": Matter.GENERAL, "names": (), **more}
    return Vote(1, 1, kind, secret, opened_at=STARTS, opened_by=1, **wanted)


# --- putting an item to the vote --------------------------------------------------------------


def test_the_head_puts_an_item_of_a_sitting_to_the_vote_and_nobody_else() -> None:
    assert may_put_to_vote(SITS, PLAN, head=True) is None
    assert may_put_to_vote(SITS, PLAN, head=False) is NO_RIGHT
    assert kind(may_put_to_vote(SITS, None, head=True)) == "vote_item_gone"


@pytest.mark.parametrize(
    ("meeting", "stage"),
    [(called(), "called"), (acted(SITS, MeetingActKind.CLOSE), "closed")],
)
def test_nothing_is_voted_on_before_and_after_the_sitting(meeting: Meeting, stage: str) -> None:
    refused = may_put_to_vote(meeting, PLAN, head=True)
    assert refused == Refusal("vote_not_sitting", values={"stage": stage})


@pytest.mark.parametrize(
    "meeting",
    [
        with_rules(SITS, vote=None),
        replace(SITS, kind=MeetingKind.WORKING_SESSION),
        replace(SITS, kind=MeetingKind.KEY_CADRES),
    ],
)
def test_a_body_without_a_rule_and_a_meeting_that_is_none_of_the_body_do_not_vote(
    meeting: Meeting,
) -> None:
    refused = may_put_to_vote(meeting, PLAN, head=True)
    assert refused == Refusal("vote_no_rule", values={"body": SITS.body.name})


def test_an_item_is_put_to_one_vote_at_a_time() -> None:
    over = voted(SITS, Outcome.NOT_ADOPTED)
    assert may_put_to_vote(over, PLAN, head=True) is None
    assert may_put_to_vote(voted(SITS, None, item=2), PLAN, head=True) is None
    assert kind(may_put_to_vote(voted(over, None), PLAN, head=True)) == "vote_runs_already"


def test_without_quorum_there_is_no_vote() -> None:
    five = marked(SITS, Mark.LEAVE, 6)
    assert may_put_to_vote(five, PLAN, head=True) == Refusal(
        "vote_no_quorum",
        "8.2.2",
        values={"present": 5, "required": 6, "roll": 9, "missing": 0, "groups": ()},
    )


def test_the_further_condition_names_how_many_must_come_still() -> None:
    # Eight and nine are part-time and away, so everybody who is full-time must be there (QN 8.2.2).
    body = opened(marked(called(9, part_time=2), Mark.CHECK_IN, *range(2, 8)))
    refused = may_put_to_vote(body, PLAN, head=True)
    assert refused is not None
    assert (refused.kind, refused.values["present"], refused.values["missing"]) == (
        *("vote_no_quorum", 6),
        1,
    )


# --- in which form ----------------------------------------------------------------------------


def test_what_keeps_an_item_from_the_vote_keeps_every_form_of_it() -> None:
    assert may_open(SITS, PLAN, QUESTION, head=True) is None
    assert may_open(SITS, PLAN, QUESTION, head=False) is NO_RIGHT
    assert kind(may_open(SITS, None, QUESTION, head=True)) == "vote_item_gone"
    assert kind(may_open(called(), PLAN, PERSONNEL, head=True)) == "vote_not_sitting"
    assert kind(may_open(SITS, PLAN, PERSONNEL, head=True)) == "vote_must_be_secret"
    names = replace(QUESTION, kind=VoteKind.NAMES)
    assert kind(may_open(SITS, PLAN, names, head=True)) == "vote_names_needed"


def test_personnel_is_voted_on_in_secret_whatever_it_is_called() -> None:
    assert may_take_form(SITS, PLAN, QUESTION) is None
    assert may_take_form(SITS, PLAN, replace(PERSONNEL, secret=True)) is None
    named = replace(PLAN, matter=Matter.PERSONNEL)
    for item, wanted in ((PLAN, PERSONNEL), (named, QUESTION)):
        assert may_take_form(SITS, item, wanted) == Refusal(
            "vote_must_be_secret",
            "8.2.2",
            instead="vote_secret",
            button=action("vote_open", 1, wanted.matter.value, "approve", "secret"),
            values={"matter": "personnel"},
        )


def test_a_confidence_vote_needs_its_article_and_is_secret() -> None:
    assert may_take_form(SITS, PLAN, CONFIDENCE) == Refusal("vote_no_confidence", "8.2.2")
    assert may_take_form(with_rules(SITS, vote=None), PLAN, CONFIDENCE) == Refusal(
        "vote_no_confidence"
    )
    assert may_take_form(PROVINCE, PLAN, CONFIDENCE) is None
    refused = may_take_form(PROVINCE, PLAN, replace(CONFIDENCE, secret=False))
    assert refused is not None
    assert (refused.kind, refused.article) == ("vote_must_be_secret", "1.7, 2.7")
    assert refused.values == {"matter": None}
    unruled = may_take_form(
        with_rules(PROVINCE, vote=None), PLAN, replace(CONFIDENCE, secret=False)
    )
    assert unruled is not None
    assert unruled.values == {"matter": None}
    assert may_take_form(PROVINCE, PLAN, QUESTION) is None
    assert may_take_form(SITS, PLAN, QUESTION) is None  # no article is asked of a plain question


def test_the_article_of_secrecy_is_its_own_or_that_of_the_vote() -> None:
    own = voting(SITS, secret_article="9.9")
    refused = may_take_form(own, PLAN, PERSONNEL)
    assert refused is not None
    assert refused.article == "9.9"
    of_the_vote = may_take_form(voting(SITS, secret_article=None), PLAN, PERSONNEL)
    assert of_the_vote is not None
    assert of_the_vote.article == "8.2.2"
    assert may_take_form(with_rules(SITS, vote=None), PLAN, PERSONNEL) is None


def test_a_closed_vote_cites_why_it_was_secret_and_an_open_one_nothing() -> None:
    of_confidence = running(secret=True, kind=VoteKind.CONFIDENCE, names=CONFIDENCE.names)
    assert list(articles(PROVINCE, PLAN, of_confidence)) == ["1.7", "2.7"]
    assert list(articles(SITS, PLAN, of_confidence)) == []
    of_personnel = running(secret=True, matter=Matter.PERSONNEL)
    assert list(articles(SITS, PLAN, of_personnel)) == ["8.2.2"]
    assert list(articles(SITS, PLAN, replace(of_personnel, secret=False))) == []
    assert list(articles(SITS, PLAN, running(secret=True))) == []


def test_the_body_chose_the_form_where_the_text_leaves_it_to_it() -> None:
    assert chosen_by_body(SITS, PLAN, QUESTION) == "8.2.2"
    assert chosen_by_body(SITS, PLAN, PERSONNEL) is None
    assert chosen_by_body(PROVINCE, PLAN, QUESTION) is None
    assert chosen_by_body(with_rules(SITS, vote=None), PLAN, QUESTION) is None


@pytest.mark.parametrize(
    ("names", "refused", "values"),
    [
        ((), "vote_names_needed", {}),
        (("Một",), None, None),
        (tuple(f"Đồng chí {n}" for n in range(30)), None, None),
        (tuple(f"Đồng chí {n}" for n in range(31)), "vote_names_many", {"count": 31, "limit": 30}),
        (("Một", "Hai", "Một"), "vote_name_twice", {"name": "Một"}),
        (("Một", "Hai", "Hai", "Một"), "vote_name_twice", {"name": "Một"}),
        (("Một", "Hai", "Hai", "Hai"), "vote_name_twice", {"name": "Hai"}),
        (("Một", "Hai", "MỘT"), "vote_name_twice", {"name": "Một"}),  # one name in the record
    ],
)
def test_a_list_has_names_and_each_once(
    names: tuple[str, ...], refused: str | None, values: dict[str, object] | None
) -> None:
    found = may_open(SITS, PLAN, Wanted(VoteKind.NAMES, True, Matter.GENERAL, names), head=True)
    assert kind(found) == refused
    assert (found.values if found else None) == values


def test_to_abstain_is_an_answer_of_an_open_vote_where_the_text_has_it() -> None:
    given = voting(SITS, abstain="5.1")
    assert abstains(given, QUESTION) is True
    assert abstains(given, replace(QUESTION, kind=VoteKind.NAMES)) is True
    assert abstains(given, replace(QUESTION, secret=True)) is False
    assert abstains(given, replace(CONFIDENCE, secret=False)) is False
    assert abstains(SITS, QUESTION) is False
    assert abstains(with_rules(SITS, vote=None), QUESTION) is False


def test_a_vote_goes_by_the_threshold_of_its_matter_and_a_tie_to_the_head() -> None:
    assert rule_of(with_rules(SITS, vote=None), running()) is None
    assert rule_of(SITS, running()) == vote_rule(SITS)
    assert head_of(SITS) == 1


# --- how many must be there -------------------------------------------------------------------


def test_who_is_there_or_has_voted_before_leaving_makes_the_room() -> None:
    assert room(SITS) == Room(roll=9, present=6, quorum=6)
    gone = marked(SITS, Mark.LEAVE, 5, 6)
    assert stands(gone).present == 4
    assert stands(gone, running(voted=frozenset({5}))).present == 5
    assert room(gone, running(voted=frozenset({1, 5}))) == Room(roll=9, present=5, quorum=6)


def test_of_a_vote_whose_rule_is_gone_nothing_is_said_by_it() -> None:
    without = with_rules(SITS, vote=None)
    aside = running(recusals=(Recusing(1, out=True, reason="…", at=STARTS, by=1),))
    assert recusal_of(without, aside) is None
    assert ballots_needed(without, replace(aside, secret=True)) is None
    assert may_vote(without, aside, 1, seated=True) == Refusal("vote_recused")


@pytest.mark.parametrize(("here", "needed"), [(4, None), (3, 4), (0, 4)])
def test_a_secret_vote_of_six_needs_four_ballots(here: int, needed: int | None) -> None:
    # The setting says 5, at most the quorum: two thirds of six are four.
    meeting = opened(marked(called(6), Mark.CHECK_IN, *range(1, here + 1)))
    assert too_few(meeting, replace(QUESTION, secret=True)) == needed
    assert too_few(meeting, QUESTION) is None
    assert too_few(with_rules(meeting, vote=None), replace(QUESTION, secret=True)) is None


@pytest.mark.parametrize(
    ("members", "least", "possible"), [(9, 5, True), (6, 4, True), (3, 3, True), (2, 3, False)]
)
def test_a_body_knows_beforehand_whether_it_can_vote_in_secret(
    members: int, least: int, possible: bool
) -> None:
    found = ballots_of(SITS.body, members)
    assert found == Ballots(SITS.body.name, members, 5, least)
    assert found is not None
    assert found.possible is possible


def test_without_a_quorum_the_roll_bounds_the_ballots_and_without_votes_there_are_none() -> None:
    no_quorum = with_rules(SITS, quorum=None).body
    found = ballots_of(no_quorum, 9)
    assert found is not None
    assert found.least == 5
    assert ballots_of(with_rules(SITS, vote=None).body, 9) is None
    assert ballots_of(replace(SITS.body, meetings=None), 9) is None


# --- voting -----------------------------------------------------------------------------------


def test_members_who_are_there_vote_until_the_close() -> None:
    assert may_vote(SITS, running(), 3, seated=True) is None
    assert may_vote(SITS, running(), 3, seated=False) is NO_RIGHT
    assert may_vote(SITS, running(), 55, seated=True) is NO_RIGHT
    assert kind(may_vote(SITS, running(), 7, seated=True)) == "vote_absent"
    over = running(closed_at=STARTS)
    assert may_vote(SITS, over, 3, seated=True) == Refusal("vote_closed", values={"at": STARTS})
    closed = acted(SITS, MeetingActKind.CLOSE)
    assert may_vote(closed, running(), 3, seated=True) == Refusal(
        "vote_not_sitting", values={"stage": "closed"}
    )


@pytest.mark.parametrize(
    ("category", "article"), [("QN-M7a", "13.5"), ("QN-M7", "8.2.5"), ("", "8.2.5")]
)
def test_a_guest_never_votes_and_is_told_by_which_article_he_is_here(
    category: str, article: str
) -> None:
    guest = replace(SITS.guests[0], category=category)
    meeting = replace(SITS, invitees=(*SITS.roll, guest))
    for seated in (True, False):
        assert may_vote(meeting, running(), GUEST, seated=seated) == Refusal("vote_guest", article)
    ruled_nowhere = with_rules(meeting, guests=())
    assert may_vote(ruled_nowhere, running(), GUEST, seated=False) == Refusal("vote_guest")


def test_hands_once_entered_may_be_taken_back_when_all_have_left() -> None:
    hands = RaisedHands(2, (), 0, frozenset({1, 2}), STARTS, 80)
    empty = marked(SITS, Mark.LEAVE, *range(1, 7))
    assert kind(may_raise_hands(empty, running(), office=True)) == "vote_hands_nobody"
    assert may_raise_hands(empty, running(raised=hands), office=True) is None


def test_all_who_are_there_may_be_against() -> None:
    everybody = RaisedHands(0, (1, 2, 3, 4, 5, 6), 0, frozenset(range(1, 7)), STARTS, 80)
    assert may_enter_hands(SITS, running(), everybody) is None


def test_whoever_is_no_member_of_the_roll_reserves_nothing() -> None:
    for person in (55, GUEST):
        assert may_reserve(SITS, running(), person, STARTS, None) is NO_RIGHT
    unruled = with_rules(replace(SITS, body=replace(SITS.body, reserve=None)), vote=None)
    assert may_reserve(unruled, running(), 2, STARTS, None) == Refusal("no_reserve")


def test_who_counts_is_named_for_a_secret_vote_until_its_close() -> None:
    secret = running(secret=True)
    assert may_name_board(secret) is None
    assert kind(may_name_board(running())) == "board_open_vote"
    late = may_name_board(replace(secret, closed_at=STARTS))
    assert (kind(late), late and late.repeats) == ("vote_closed_already", False)  # no second close


# --- closing ----------------------------------------------------------------------------------


def test_the_head_ends_a_vote_once() -> None:
    assert may_end(running(), head=True) is None
    assert may_end(running(), head=False) is NO_RIGHT
    over = running(closed_at=STARTS)
    told = Refusal("vote_closed_already", values={"at": STARTS})
    assert may_end(over, head=True) == told
    assert may_close(SITS, over, head=True) == told
    assert may_close(SITS, running(), head=False) is NO_RIGHT


def test_without_quorum_among_those_who_took_part_a_vote_ends_void() -> None:
    assert may_close(SITS, running(), head=True) is None
    five = marked(SITS, Mark.LEAVE, 6)
    refused = may_close(five, running(), head=True)
    assert refused is not None
    assert (refused.kind, refused.article, refused.instead) == (
        *("vote_quorum_lost", "8.2.2"),
        "vote_void",
    )
    assert refused.button == action("vote_void", 1)
    assert may_close(five, running(voted=frozenset({6})), head=True) is None


def test_an_item_was_divided_where_a_second_round_brought_it_here() -> None:
    assert was_divided(AgendaItem(1, 1, "Kế hoạch", reason=Next.SECOND_ROUND.value)) is True
    assert was_divided(SITS.items[1]) is False


# --- beside the count of a ballot on paper -----------------------------------------------------


CADRES = replace(SITS, items=(replace(PLAN, matter=Matter.PERSONNEL), *SITS.items[1:]))
IN_SECRET = replace(PERSONNEL, secret=True)
ON_A_LIST = replace(IN_SECRET, kind=VoteKind.NAMES, names=("Cao Văn Một",))


@pytest.mark.parametrize("before", [None, Outcome.NOT_PUBLISHED])
@pytest.mark.parametrize("wanted", [IN_SECRET, ON_A_LIST, QUESTION])
def test_beside_a_count_on_paper_nothing_is_voted_on_until_what_the_refusal_names_is_concluded(
    wanted: Wanted, before: Outcome | None
) -> None:
    meeting = voted(CADRES, before) if before else CADRES
    on_paper = concluded(meeting, 1, Conclusion.ADOPTED, words="Cao Văn Một: tán thành 6/6.")
    refusal = may_open(on_paper, on_paper.items[0], wanted, head=True)
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("vote_after_paper", None)
    named = Conclusion(str(refusal.values["instead"]))
    assert (
        may_conclude(on_paper, Standing(1, clerk=False, head=True), on_paper.items[0], named)
        is None
    )
    gone = concluded(on_paper, 1, named)
    assert may_put_to_vote(gone, gone.items[0], head=True) is None
    assert may_put_to_vote(on_paper, on_paper.items[1], head=True) is None, "another item"
