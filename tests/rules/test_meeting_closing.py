"""Whether a meeting was one, and what it leaves: by hand, and for every attendance of a small committee."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.rules.closing import (
    at_the_close,
    counts_on,
    has_lapsed,
    returning,
    returns_as,
    sat,
)
from bot.meetings.rules.meeting import (
    Conclusion,
    Mark,
    Meeting,
    MeetingAct,
    MeetingActKind,
    MeetingKind,
)
from bot.regulations.rules.terms import Outcome
from tests.rules.meeting_world import (
    CALLED,
    MINUTE,
    STARTS,
    acted,
    called,
    concluded,
    marked,
    opened,
    voted,
)

DAY = date(2026, 3, 5)
THE_DAY_AFTER = date(2026, 3, 6)
FOUR_OF_SIX = (1, 2, 3, 4)


def closed(of: Meeting, minutes: int = 60) -> Meeting:
    act = MeetingAct(MeetingActKind.CLOSE, STARTS + minutes * MINUTE, 1)
    return replace(of, acts=(*of.acts, act))


# --- whether it was a meeting ----------------------------------------------------------------


def test_called_and_never_opened_is_no_meeting() -> None:
    came = marked(called(), Mark.CHECK_IN, *FOUR_OF_SIX)
    assert not sat(came)
    assert counts_on(came, DAY)
    assert not counts_on(came, THE_DAY_AFTER)
    assert has_lapsed(came, THE_DAY_AFTER)
    assert not has_lapsed(came, DAY)
    assert not has_lapsed(opened(came), THE_DAY_AFTER)


def test_sat_by_three_of_six_is_no_meeting() -> None:
    few = opened(marked(called(), Mark.CHECK_IN, 1, 2, 3))
    assert not sat(few)
    assert counts_on(few, DAY)
    assert not counts_on(few, THE_DAY_AFTER)
    assert not counts_on(closed(few), DAY)


def test_quorum_at_one_moment_is_enough() -> None:
    few = opened(marked(called(), Mark.CHECK_IN, 1, 2, 3))
    came = marked(few, Mark.CHECK_IN, 4, at=STARTS + 10 * MINUTE)
    gone = marked(came, Mark.LEAVE, 4, at=STARTS + 11 * MINUTE)
    assert sat(closed(gone))
    assert counts_on(closed(gone), THE_DAY_AFTER)


def test_quorum_before_the_opening_or_after_the_close_is_none() -> None:
    before = marked(called(), Mark.CHECK_IN, *FOUR_OF_SIX)
    gone = marked(before, Mark.LEAVE, 4, at=STARTS - MINUTE)
    assert not sat(opened(gone))
    late = marked(
        closed(opened(marked(called(), Mark.CHECK_IN, 1, 2, 3))),
        Mark.CHECK_IN,
        4,
        at=STARTS + 61 * MINUTE,
    )
    assert not sat(late)


def test_where_the_text_sets_no_quorum_opening_suffices() -> None:
    alone = called(3, regulation="cap_huyen", of="thuong_truc")
    assert not sat(alone)
    assert sat(opened(alone))
    assert sat(opened(replace(called(), kind=MeetingKind.WORKING_SESSION)))


def test_what_was_entered_by_hand_is_a_meeting_until_it_is_taken_back() -> None:
    by_hand = replace(called(), acts=(MeetingAct(MeetingActKind.RECORD, CALLED, 80),))
    assert sat(by_hand)
    assert not sat(acted(by_hand, MeetingActKind.CANCEL))


@given(
    st.lists(
        st.tuples(
            st.integers(1, 6), st.sampled_from([Mark.CHECK_IN, Mark.LEAVE]), st.integers(-30, 90)
        ),
        max_size=20,
    )
)
def test_no_meeting_without_quorum_discharges_anything(moves: list[tuple[int, Mark, int]]) -> None:
    """Four of six must be there together at some minute from the opening to the close."""
    meeting = opened(called())
    for person, mark, minute in sorted(moves, key=lambda move: move[2]):
        meeting = marked(meeting, mark, person, at=STARTS + minute * MINUTE)
    meeting = closed(concluded(meeting, 2, Conclusion.NOTED))
    here: set[int] = set()
    most = 0
    for minute in range(-30, 61):
        for person, mark, then in sorted(moves, key=lambda move: move[2]):
            if then == minute:
                here = here | {person} if mark is Mark.CHECK_IN else here - {person}
                most = max(most, len(here)) if minute > 0 else most
        most = max(most, len(here)) if minute >= 0 else most
    assert sat(meeting) is (most >= 4)
    announced = at_the_close(meeting, meeting.items[1])
    assert announced is (Conclusion.NOTED if most >= 4 else Conclusion.ADJOURNED)


# --- what returns ----------------------------------------------------------------------------


def test_an_announcement_without_quorum_is_still_owed() -> None:
    few = opened(marked(called(), Mark.CHECK_IN, 1, 2, 3))
    told = closed(concluded(few, 2, Conclusion.NOTED))
    assert at_the_close(told, told.items[1]) is Conclusion.ADJOURNED
    assert returns_as(told, told.items[1]) == "report_back"
    assert returning(told) == told.items


def test_an_announcement_put_off_by_the_chair_is_still_owed() -> None:
    sits = opened(marked(called(), Mark.CHECK_IN, *FOUR_OF_SIX))
    put_off = concluded(sits, 2, Conclusion.ADJOURNED)
    assert returns_as(put_off, put_off.items[1]) == "report_back"


def test_what_was_undecided_returns_with_its_reason() -> None:
    sits = opened(marked(called(), Mark.CHECK_IN, *FOUR_OF_SIX))
    for outcome, back in (
        (Outcome.ADOPTED, None),
        (Outcome.NOT_ADOPTED, None),
        (Outcome.TO_SUPERIOR, None),
        (Outcome.TO_STANDING_COMMITTEE, None),
        (Outcome.DISCUSS_AGAIN, "second_round"),
        (Outcome.NOT_PUBLISHED, "adjourned"),
    ):
        then = closed(voted(sits, outcome))
        item = then.items[0]
        assert (item in returning(then)) is (back is not None)
        assert back is None or returns_as(then, item) == back


def test_a_second_discussion_put_off_stays_a_second_one() -> None:
    sits = opened(marked(called(), Mark.CHECK_IN, *FOUR_OF_SIX))
    items = (replace(sits.items[0], reason="second_round"), sits.items[1])
    put_off = closed(replace(sits, items=items))
    assert returns_as(put_off, put_off.items[0]) == "second_round"


def test_all_of_a_meeting_that_never_began_returns() -> None:
    lapsed = acted(called(), MeetingActKind.LAPSE)
    assert returning(lapsed) == lapsed.items
