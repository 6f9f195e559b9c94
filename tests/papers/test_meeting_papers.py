"""The papers of a meeting as they stand on the page: who reads of what, how many came, what was concluded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.issuing.rules.letterhead import Paper
from bot.meetings.rules.meeting import (
    Conclusion,
    Mark,
    Meeting,
    MeetingAct,
    MeetingActKind,
    MeetingKind,
)
from bot.meetings.rules.minutes import Keeper, Minutes, Piece
from bot.papers.rules.which import papers_of_meeting
from bot.votes.rules.vote import OpenVote
from tests.papers.drawn import as_text, drawn_meeting, matches, meeting_fields
from tests.rendering.shown_calling import AROUND, WITH_OPINIONS
from tests.rendering.shown_sitting import (
    ADOPTED,
    AGENCY_MEETING,
    ENDED,
    LAPSED,
    MINUTE,
    NOTED,
    QN,
    SITS,
    STARTS,
    TOO_FEW,
    UP,
    acted,
    concluded,
    marked,
)

WORDS = "Nên chờ nguồn tăng thu; nếu a < b & c thì tính lại {{ 7 * 7 }}."
OPEN_VOTE = replace(
    UP,
    id=2,
    item_id=3,
    cast=(OpenVote(7, {"": "differ"}, STARTS + 15 * MINUTE, WORDS, reserved=True),),
    result=replace(ADOPTED, counts={"": {"approve": 4, "reject": 0, "differ": 1}}, required=4),
)
SECRET_VOTE = replace(
    NOTED.votes[0], result=replace(ADOPTED, counts={"": {"approve": 5, "reject": 0}})
)
HELD = acted(
    concluded(
        replace(NOTED, votes=(SECRET_VOTE, OPEN_VOTE)), 3, Conclusion.ADOPTED, "Giao văn phòng."
    ),
    MeetingActKind.CLOSE,
    STARTS + 90 * MINUTE,
)
"""Seven on the roll: five came, one excused (5), one not (6), a guest; a secret vote, an open one with another view."""


@pytest.mark.parametrize(
    ("name", "of", "paper"),
    [
        ("invitation", QN, Paper.INVITATION),
        ("invitation_of_agencies", AGENCY_MEETING, Paper.INVITATION),
        ("meeting_minutes", HELD, Paper.MINUTES),
        ("ballot_minutes", HELD, Paper.BALLOTS),
        ("conclusion", HELD, Paper.CONCLUSION),
        ("resolution", HELD, Paper.RESOLUTION),
    ],
)
def test_a_paper_stands_as_it_was_looked_at(name: str, of: Meeting, paper: Paper) -> None:
    matches(name, as_text(drawn_meeting(of, paper, around=AROUND)))


BY_HAND = replace(ENDED, acts=(MeetingAct(MeetingActKind.RECORD, STARTS, 80),))


@pytest.mark.parametrize(
    ("of", "papers"),
    [
        (replace(QN, acts=()), ()),
        (QN, (Paper.INVITATION,)),
        (SITS, (Paper.INVITATION,)),
        (LAPSED, ()),
        (acted(QN, MeetingActKind.CANCEL, STARTS), ()),
        (BY_HAND, ()),
        (acted(TOO_FEW, MeetingActKind.CLOSE, STARTS + MINUTE), (Paper.MINUTES,)),
        # The personnel item that was adopted is dealt with among members: no resolution for others tells it.
        (ENDED, (Paper.MINUTES, Paper.BALLOTS, Paper.CONCLUSION)),
        (HELD, (Paper.MINUTES, Paper.BALLOTS, Paper.CONCLUSION, Paper.RESOLUTION)),
    ],
)
def test_which_papers_there_are_follows_where_the_meeting_stands(
    of: Meeting, papers: tuple[Paper, ...]
) -> None:
    assert papers_of_meeting(of) == papers


def test_key_cadres_hear_a_conclusion_though_the_body_did_not_meet() -> None:
    of = replace(HELD, kind=MeetingKind.KEY_CADRES)
    assert Paper.CONCLUSION in papers_of_meeting(of)


def test_who_came_and_who_did_not_adds_up_to_the_roll() -> None:
    told = meeting_fields(HELD, Paper.MINUTES)
    assert (told["roll"], told["came"], told["excused"], told["unexcused"]) == (7, 5, 1, 1)
    left = marked(HELD, Mark.LEAVE, 7)
    assert meeting_fields(left, Paper.MINUTES)["came"] == 5  # who has gone was there


def test_a_guest_is_invited_to_no_item_that_members_deal_with_alone() -> None:
    letters = meeting_fields(QN, Paper.INVITATION)["letters"]
    subjects = {each["to"]: [item["subject"] for item in each["items"]] for each in letters}
    guest = next(told for to, told in subjects.items() if "Lý Văn Khách" in to)
    assert len(subjects) == 8
    # The rule by which this guest comes (QN-M7) says nothing of closed items, the one of BK does (BK-M3).
    assert len(guest) == 3
    outsider = replace(QN, invitees=(*QN.roll, replace(QN.guests[0], category="")))
    last = meeting_fields(outsider, Paper.INVITATION)["letters"][-1]
    assert [each["subject"] for each in last["items"]] == [QN.items[0].subject, QN.items[2].subject]


def test_an_invitation_tells_no_differing_opinion() -> None:
    text = as_text(drawn_meeting(QN, Paper.INVITATION, around=WITH_OPINIONS))
    assert "Kinh phí chưa rõ" not in text
    assert "Nên lùi sang quý III" not in text


IN_THE_MINUTES_ALONE = {
    Paper.MINUTES: True,
    Paper.BALLOTS: False,
    Paper.CONCLUSION: False,
    Paper.RESOLUTION: False,
}


def test_what_members_dealt_with_alone_stands_in_minutes_and_in_no_paper_for_others() -> None:
    told = {p: "Quy hoạch" in as_text(drawn_meeting(HELD, p)) for p in papers_of_meeting(HELD)}
    assert told == {**IN_THE_MINUTES_ALONE, Paper.BALLOTS: True}  # it was voted on in secret


def test_a_differing_opinion_stands_in_the_minutes_word_for_word_and_goes_nowhere_else() -> None:
    told = {p: WORDS in as_text(drawn_meeting(HELD, p)) for p in papers_of_meeting(HELD)}
    assert told == IN_THE_MINUTES_ALONE


def test_a_secret_vote_shows_numbers_and_no_name_beside_a_choice() -> None:
    items = meeting_fields(HELD, Paper.MINUTES)["items"]
    assert "Lấy phiếu kín: 5/7 thành viên tham gia." in items[1]["votes"]
    assert items[1]["differing"] == []
    assert [each["name"] for each in items[2]["differing"]] == [HELD.roll[6].name]


def test_what_was_written_of_the_discussion_stands_under_its_item_and_its_keeper_signs() -> None:
    # Without words the paper leaves lines for the hand, and a place for the name.
    said = "Đồng chí Dung: đồng ý.\nĐồng chí Hải: cần tính lại."
    written = Minutes((Keeper(4, STARTS, 1),), (Piece(3, said, STARTS, 4),))
    told = meeting_fields(HELD, Paper.MINUTES, around=AROUND, minutes=written)
    assert told["keeper"] == AROUND.names[4]
    assert [each["course"] for each in told["items"]] == ["", "", said]
    text = as_text(drawn_meeting(HELD, Paper.MINUTES, around=AROUND, minutes=written))
    assert "Đồng chí Hải: cần tính lại." in text
