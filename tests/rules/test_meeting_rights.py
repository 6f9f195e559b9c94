"""Who may do what at a meeting and when; and what becomes of its items at the close."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.meetings.rules.closing import at_the_close, by_paper_ballot
from bot.meetings.rules.meeting import (
    BY_VOTE_ALONE,
    Concluded,
    Conclusion,
    Mark,
    Meeting,
    MeetingActKind,
    MeetingKind,
)
from bot.meetings.rules.rights import (
    may_answer,
    may_check_in,
    may_close,
    may_conclude,
    may_conclude_in_words,
    may_consent,
    may_give_task,
    may_leave,
    may_open,
    may_remind,
)
from bot.people.rules.acting import Standing
from bot.regulations.rules.terms import Matter, Outcome
from bot.values.refusal import Refusal
from tests.rules.committee import A_MOMENT, moment
from tests.rules.meeting_world import (
    CALLED,
    GUEST,
    MINUTE,
    STARTS,
    acted,
    called,
    concluded,
    marked,
    opened,
    voted,
)

HEAD, CLERK, MEMBER = Standing(1, head=True), Standing(80, clerk=True), Standing(2)
SITS = opened(marked(called(), Mark.CHECK_IN, 1, 2, 3, 4))
CLOSED = acted(SITS, MeetingActKind.CLOSE)
CANCELLED = acted(called(), MeetingActKind.CANCEL)


def kind(refusal: Refusal | None) -> str | None:
    return refusal.kind if refusal else None


@pytest.mark.parametrize(
    ("meeting", "person", "at", "refused"),
    [
        (called(), 2, CALLED, None),
        (called(), GUEST, CALLED, None),
        (called(), 2, STARTS, None),
        (called(), 2, STARTS + A_MOMENT, "sitting_answer_late"),
        (called(), 55, CALLED, "no_right"),
        (SITS, 2, STARTS, "sitting_runs"),
        (CLOSED, 2, STARTS, "sitting_closed"),
        (CANCELLED, 2, CALLED, "sitting_cancelled"),
    ],
)
def test_an_answer_is_taken_until_the_meeting_begins(
    meeting: Meeting, person: int, at: datetime, refused: str | None
) -> None:
    assert kind(may_answer(meeting, person, at)) == refused


@pytest.mark.parametrize(
    ("who", "of", "refused"),
    [
        (HEAD, 3, None),
        (HEAD, 4, "sitting_no_absence"),
        (HEAD, GUEST, "sitting_no_absence"),
        (CLERK, 3, "sitting_only_chair"),
        (MEMBER, 3, "no_right"),
        (Standing(3, head=True), 3, "sitting_own_absence"),
    ],
)
def test_the_head_consents_to_an_absence_asked_for(
    who: Standing, of: int, refused: str | None
) -> None:
    meeting = marked(called(), Mark.ABSENT, 3, GUEST)
    assert kind(may_consent(meeting, who, of)) == refused


def test_refusals_about_absence_cite_the_rule_of_absence() -> None:
    refusal = may_consent(marked(called(), Mark.ABSENT, 3), CLERK, 3)
    assert refusal is not None
    assert refusal.article == "3.5"


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        ("2026-03-04 23:59", "sitting_check_in_early"),
        ("2026-03-05 00:00", None),
        ("2026-03-05 23:59", None),
        ("2026-03-06 00:00", "sitting_day_passed"),
    ],
)
def test_the_day_of_a_meeting_is_that_of_viet_nam(at: str, refused: str | None) -> None:
    assert kind(may_check_in(called(), 2, moment(at))) == refused
    opening = refused.replace("check_in", "open") if refused else None
    assert kind(may_open(called(), HEAD, moment(at))) == opening


def test_a_sitting_that_lasts_past_midnight_still_takes_arrivals() -> None:
    assert may_check_in(SITS, 5, moment("2026-03-06 00:30")) is None


def test_only_whoever_came_can_go() -> None:
    assert kind(may_leave(SITS, 5, STARTS)) == "sitting_not_checked_in"
    assert may_leave(SITS, 4, STARTS) is None
    assert kind(may_leave(CLOSED, 4, STARTS)) == "sitting_closed"


def test_the_head_alone_opens_and_closes() -> None:
    assert may_open(called(), HEAD, STARTS) is None
    assert may_close(SITS, HEAD) is None
    for who, refused in ((CLERK, "sitting_only_chair"), (MEMBER, "no_right")):
        assert kind(may_open(called(), who, STARTS)) == refused
        assert kind(may_close(SITS, who)) == refused
    assert kind(may_open(SITS, HEAD, STARTS)) == "sitting_opened_already"
    assert kind(may_close(called(), HEAD)) == "sitting_not_open"
    assert kind(may_close(CLOSED, HEAD)) == "sitting_closed"


def test_a_task_is_given_by_the_office_from_the_conclusion_on_also_after_the_close() -> None:
    said = Concluded(Conclusion.ADOPTED, STARTS, 1)
    concluded = replace(SITS.items[0], concluded=said)
    for sitting in (SITS, CLOSED):
        assert may_give_task(sitting, CLERK, concluded) is None
        assert may_give_task(sitting, HEAD, concluded) is None
        assert kind(may_give_task(sitting, MEMBER, concluded)) == "no_right"
        assert kind(may_give_task(sitting, CLERK, SITS.items[0])) == "sitting_not_concluded"
    assert kind(may_give_task(called(), CLERK, concluded)) == "sitting_not_open"


def test_nothing_is_closed_or_concluded_while_a_vote_runs() -> None:
    running = voted(SITS, None)
    assert kind(may_close(running, HEAD)) == "sitting_vote_runs"
    assert kind(may_conclude(running, CLERK, running.items[0])) == "sitting_vote_runs"
    assert may_conclude(running, CLERK, running.items[1]) is None


@pytest.mark.parametrize(
    ("outcome", "as_", "refused"),
    [
        (Outcome.ADOPTED, Conclusion.ADOPTED, None),
        (Outcome.ADOPTED, Conclusion.NOT_ADOPTED, "sitting_against_vote"),
        (Outcome.ADOPTED, Conclusion.ADJOURNED, "sitting_against_vote"),
        (Outcome.NOT_ADOPTED, Conclusion.ADOPTED, "sitting_against_vote"),
        (Outcome.TO_SUPERIOR, Conclusion.ADOPTED, "sitting_against_vote"),
        (Outcome.TO_STANDING_COMMITTEE, Conclusion.ADOPTED, "sitting_against_vote"),
        (Outcome.NOT_PUBLISHED, Conclusion.ADOPTED, "sitting_against_vote"),
        (Outcome.ADOPTED, Conclusion.NOTED, "sitting_against_vote"),
        (Outcome.NOT_ADOPTED, Conclusion.NOT_ADOPTED, None),
        (Outcome.NOT_ADOPTED, Conclusion.ADJOURNED, "sitting_against_vote"),
        (Outcome.TO_SUPERIOR, Conclusion.TO_SUPERIOR, None),
        (Outcome.TO_SUPERIOR, Conclusion.NOT_ADOPTED, "sitting_against_vote"),
        (Outcome.TO_STANDING_COMMITTEE, Conclusion.TO_STANDING_COMMITTEE, None),
        (Outcome.DISCUSS_AGAIN, Conclusion.DISCUSS_AGAIN, None),
        (Outcome.NOT_PUBLISHED, Conclusion.NOT_PUBLISHED, None),
        (Outcome.NOT_PUBLISHED, Conclusion.ADJOURNED, "sitting_against_vote"),
        (Outcome.COLLATED, Conclusion.NOTED, None),
    ],
)
def test_nobody_concludes_against_a_vote(
    outcome: Outcome, as_: Conclusion, refused: str | None
) -> None:
    meeting = voted(SITS, outcome)
    refusal = may_conclude(meeting, CLERK, meeting.items[0], as_)
    assert kind(refusal) == refused
    assert refusal is None or refusal.article == "8.2.2"


@pytest.mark.parametrize("as_", BY_VOTE_ALONE)
def test_what_only_a_vote_comes_to_is_not_concluded_by_hand(as_: Conclusion) -> None:
    refusal = may_conclude(SITS, HEAD, SITS.items[0], as_)
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("sitting_needs_vote", "8.2.2")


def of_matter(of: Meeting, matter: Matter) -> Meeting:
    """The same meeting with a first item of this matter."""
    return replace(of, items=(replace(of.items[0], matter=matter), *of.items[1:]))


@pytest.mark.parametrize("as_", [Conclusion.ADOPTED, Conclusion.NOT_ADOPTED])
@pytest.mark.parametrize(
    "matter", [Matter.PERSONNEL, Matter.POLITICAL_STANDARDS, Matter.CADRE_COMMENT]
)
def test_cadres_are_decided_by_secret_ballot_alone_or_by_the_count_of_one_on_paper(
    as_: Conclusion, matter: Matter
) -> None:
    meeting = of_matter(SITS, matter)
    item = meeting.items[0]
    assert may_conclude(meeting, CLERK, item, as_) is None
    refusal = may_conclude_in_words(meeting, item, as_, "")
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("sitting_needs_ballot", "8.2.2")
    assert refusal.values["matter"] == matter.value
    assert may_conclude_in_words(meeting, item, as_, "Tán thành 5/6") is None
    assert by_paper_ballot(meeting, item) is None
    on_paper = concluded(meeting, 1, as_, words="Tán thành 5/6")
    assert by_paper_ballot(on_paper, on_paper.items[0]) == "8.2.2"
    upward = concluded(meeting, 1, Conclusion.TO_SUPERIOR, words="Tán thành 3/6")
    assert by_paper_ballot(upward, upward.items[0]) == "8.2.2, 7.2"
    of_before = concluded(meeting, 1, as_)
    assert by_paper_ballot(of_before, of_before.items[0]) is None


def test_what_decides_nothing_or_was_voted_on_or_may_be_open_needs_no_ballot_on_paper() -> None:
    cadres = of_matter(SITS, Matter.PERSONNEL)
    for as_ in (Conclusion.ADJOURNED, Conclusion.NOTED):
        assert may_conclude_in_words(cadres, cadres.items[0], as_, "") is None
        put_off = concluded(cadres, 1, as_)
        assert by_paper_ballot(put_off, put_off.items[0]) is None
    for of in (SITS, voted(cadres, Outcome.ADOPTED)):
        assert may_conclude_in_words(of, of.items[0], Conclusion.ADOPTED, "") is None
        said = concluded(of, 1, Conclusion.ADOPTED)
        assert by_paper_ballot(said, said.items[0]) is None
    elsewhere = of_matter(
        opened(called(regulation="bac_kan", of="ban_chap_hanh")), Matter.PERSONNEL
    )
    first = elsewhere.items[0]
    assert may_conclude_in_words(elsewhere, first, Conclusion.ADOPTED, "") is None
    session = replace(cadres, kind=MeetingKind.WORKING_SESSION)
    assert may_conclude_in_words(session, session.items[0], Conclusion.ADOPTED, "") is None


@pytest.mark.parametrize("as_", [Conclusion.ADOPTED, Conclusion.NOT_ADOPTED])
def test_without_quorum_nothing_is_decided_unless_it_was_voted(as_: Conclusion) -> None:
    few = opened(marked(called(), Mark.CHECK_IN, 1, 2, 3))
    refusal = may_conclude(few, HEAD, few.items[0], as_)
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("sitting_no_quorum", "8.2.2")
    assert may_conclude(few, HEAD, few.items[0], Conclusion.ADJOURNED) is None
    then = voted(few, Outcome.ADOPTED)
    assert may_conclude(then, HEAD, then.items[0], Conclusion.ADOPTED) is None


def test_reminding_ends_when_the_meeting_begins() -> None:
    assert may_remind(called(), CLERK, STARTS) is None
    assert kind(may_remind(called(), CLERK, STARTS + A_MOMENT)) == "sitting_answer_late"
    assert kind(may_remind(called(), MEMBER, CALLED)) == "no_right"


@pytest.mark.parametrize(
    ("outcome", "becomes"),
    [
        (None, Conclusion.ADJOURNED),
        (Outcome.ADOPTED, Conclusion.ADOPTED),
        (Outcome.NOT_ADOPTED, Conclusion.NOT_ADOPTED),
        (Outcome.TO_SUPERIOR, Conclusion.TO_SUPERIOR),
        (Outcome.TO_STANDING_COMMITTEE, Conclusion.TO_STANDING_COMMITTEE),
        (Outcome.DISCUSS_AGAIN, Conclusion.DISCUSS_AGAIN),
        (Outcome.NOT_PUBLISHED, Conclusion.NOT_PUBLISHED),
        (Outcome.COLLATED, Conclusion.NOTED),
    ],
)
def test_at_the_close_an_item_takes_the_outcome_of_its_vote_or_is_adjourned(
    outcome: Outcome | None, becomes: Conclusion
) -> None:
    meeting = voted(SITS, outcome) if outcome else SITS
    assert at_the_close(meeting, meeting.items[0]) is becomes


def test_at_the_close_what_was_only_announced_is_noted() -> None:
    assert at_the_close(SITS, SITS.items[1]) is Conclusion.NOTED


@pytest.mark.parametrize("closed_at", [STARTS, STARTS + 2 * MINUTE])
def test_at_the_close_a_conclusion_stands_unless_a_vote_was_held(closed_at: datetime) -> None:
    said = concluded(SITS, 1, Conclusion.NOTED, STARTS + MINUTE)
    assert at_the_close(said, said.items[0]) is Conclusion.NOTED
    then = voted(said, Outcome.NOT_ADOPTED, closed_at=closed_at)
    assert at_the_close(then, then.items[0]) is Conclusion.NOT_ADOPTED


def test_of_several_votes_the_last_one_speaks() -> None:
    meeting = voted(voted(SITS, Outcome.NOT_ADOPTED), Outcome.ADOPTED)
    assert at_the_close(meeting, meeting.items[0]) is Conclusion.ADOPTED


def test_a_working_session_needs_no_quorum_to_agree() -> None:
    session = replace(opened(called()), kind=MeetingKind.WORKING_SESSION)
    assert may_conclude(session, HEAD, session.items[0], Conclusion.ADOPTED) is None
