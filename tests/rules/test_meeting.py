"""A meeting as facts: what notes come to, in whatever order they are taken, and where it stands."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.rules.meeting import Mark, Meeting, MeetingActKind, MeetingStage
from bot.meetings.rules.quorum import forecast, found, unanswered, waits_for_consent
from tests.rules.meeting_world import GUEST, acted, called, marked, noted, opened

PEOPLE = (1, 2, 3, 4, 5, 6, GUEST, 55)
"""The roll of six, the guest, and somebody not invited."""
NOTES = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(Mark)), max_size=25)


def names(of: Meeting) -> dict[str, set[int]]:
    return {
        "present": {each.person for each in of.present},
        "with": {each.person for each in of.absent_with_consent},
        "without": {each.person for each in of.absent_without_consent},
    }


@given(NOTES)
def test_present_is_never_more_than_the_roll_and_knows_no_guest(
    notes: list[tuple[int, Mark]],
) -> None:
    meeting = noted(called(), notes)
    assert {each.person for each in meeting.present} <= {1, 2, 3, 4, 5, 6}
    assert len(meeting.present) <= 6


@given(NOTES)
def test_nobody_is_in_two_groups_and_whoever_never_came_is_in_one(
    notes: list[tuple[int, Mark]],
) -> None:
    groups = names(noted(called(), notes))
    came = {person for person, mark in notes if mark is Mark.CHECK_IN} & {1, 2, 3, 4, 5, 6}
    assert groups["with"].isdisjoint(groups["without"])
    assert groups["present"].isdisjoint(groups["with"] | groups["without"])
    assert groups["with"] | groups["without"] == {1, 2, 3, 4, 5, 6} - came


@given(NOTES, st.randoms(use_true_random=False))
def test_the_order_of_notes_on_different_people_changes_nothing(
    notes: list[tuple[int, Mark]], chance: Random
) -> None:
    by_person = {person: [n for n in notes if n[0] == person] for person in PEOPLE}
    mixed = []
    queues = [queue for queue in by_person.values() if queue]
    while queues:
        queue = chance.choice(queues)
        mixed.append(queue.pop(0))
        queues = [each for each in queues if each]
    assert names(noted(called(), notes)) == names(noted(called(), mixed))


@given(NOTES)
def test_answers_consents_and_arrivals_of_one_person_do_not_touch_another(
    notes: list[tuple[int, Mark]],
) -> None:
    others = [note for note in notes if note[0] != 3]
    alone = noted(called(), [note for note in notes if note[0] == 3])
    together = noted(called(), notes)
    assert together.answer(3) == alone.answer(3)
    assert together.is_present(3) is alone.is_present(3)
    assert (together.consent(3) is None) is (alone.consent(3) is None)
    assert 3 not in names(noted(called(), others))["present"]


@given(NOTES)
def test_the_forecast_counts_every_member_once(notes: list[tuple[int, Mark]]) -> None:
    seen = forecast(noted(called(), notes))
    groups = [*seen.attending, *seen.absent, *seen.silent]
    assert sorted(each.person for each in groups) == [1, 2, 3, 4, 5, 6]
    assert seen.by_answers.present <= seen.at_best.present


def test_a_consent_is_of_the_absence_that_stands() -> None:
    asked = marked(called(), Mark.ABSENT, 3)
    assert waits_for_consent(asked)[0].person == 3
    consented = marked(asked, Mark.CONSENT, 3)
    assert waits_for_consent(consented) == ()
    again = marked(marked(consented, Mark.ATTEND, 3), Mark.ABSENT, 3)
    assert waits_for_consent(again)[0].person == 3
    assert again.absent_with_consent == ()


def test_whoever_came_after_all_is_no_absentee() -> None:
    came = marked(marked(called(), Mark.ABSENT, 3), Mark.CHECK_IN, 3)
    assert waits_for_consent(came) == ()
    assert 3 not in names(came)["without"]


@pytest.mark.parametrize(
    ("acts", "stage"),
    [
        ((MeetingActKind.CHANGE, MeetingActKind.SEND_PAPERS), MeetingStage.CALLED),
        ((MeetingActKind.OPEN,), MeetingStage.OPEN),
        ((MeetingActKind.OPEN, MeetingActKind.CLOSE), MeetingStage.CLOSED),
        ((MeetingActKind.CANCEL,), MeetingStage.CANCELLED),
    ],
)
def test_the_stage_follows_from_the_acts(
    acts: tuple[MeetingActKind, ...], stage: MeetingStage
) -> None:
    assert acted(called(), *acts).stage is stage


def test_the_unanswered_are_members_and_guests_who_said_nothing_before_it_opens() -> None:
    meeting = marked(called(3), Mark.ATTEND, 1)
    assert [each.person for each in unanswered(meeting)] == [2, 3, GUEST]
    assert unanswered(opened(meeting)) == ()


def test_the_forecast_names_who_must_come_once_a_part_time_member_stays_away() -> None:
    meeting = marked(called(6, part_time=3), Mark.ATTEND, 1, 2, 4, 5)
    assert forecast(meeting).awaited == (), "nobody has asked to be absent"
    away = marked(meeting, Mark.ABSENT, 6)
    assert [each.person for each in forecast(away).awaited] == [3]
    assert not forecast(away).by_answers.holds
    assert forecast(away).at_best.holds


def test_out_of_reach_is_when_those_who_may_still_come_are_too_few() -> None:
    meeting = marked(called(6), Mark.ABSENT, 4, 5, 6)
    assert forecast(meeting).at_best.present == 3
    assert not forecast(meeting).at_best.holds


def test_present_guests_do_not_make_a_quorum() -> None:
    for order in permutations((1, 2, GUEST)):
        here = marked(called(4), Mark.CHECK_IN, *order)
        assert (found(here).present, found(here).holds) == (2, False)
