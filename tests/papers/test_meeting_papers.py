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
from bot.regulations.rules.terms import Next, Outcome
from bot.votes.rules.vote import OpenVote, RaisedHands, VoteKind
from tests.papers.drawn import as_text, drawn_meeting, matches, meeting_fields
from tests.rendering.scenes import PERSONS
from tests.rendering.shown_calling import AROUND, WITH_OPINIONS
from tests.rendering.shown_sitting import (
    ADOPTED,
    AGENCY_MEETING,
    CAME_ALONG,
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
    meeting,
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


DIVIDED = replace(
    HELD,
    votes=(
        replace(
            OPEN_VOTE,
            cast=(
                OpenVote(4, {"": "reject"}, STARTS + 14 * MINUTE),
                OpenVote(7, {"": "differ"}, STARTS + 15 * MINUTE, WORDS),
            ),
            raised=RaisedHands(2, (2,), 0, frozenset({1, 2, 3}), STARTS + 16 * MINUTE, 80),
            result=replace(
                ADOPTED,
                outcome=Outcome.TO_SUPERIOR,
                next=Next.UPWARD_REPORT,
                counts={"": {"approve": 2, "reject": 2, "differ": 1}},
                articles=("8.2.2", "7.2"),
            ),
        ),
    ),
)
"""The same, but two of seven for the budget: one says no by phone, one by hand, one has another view."""
WITH_OPINIONS_ON_THE_BUDGET = replace(AROUND, opinions={3: CAME_ALONG})


@pytest.mark.parametrize(
    ("name", "of", "paper"),
    [
        ("invitation", QN, Paper.INVITATION),
        ("invitation_of_agencies", AGENCY_MEETING, Paper.INVITATION),
        ("meeting_minutes", HELD, Paper.MINUTES),
        ("ballot_minutes", HELD, Paper.BALLOTS),
        ("conclusion", HELD, Paper.CONCLUSION),
        ("resolution", HELD, Paper.RESOLUTION),
        ("differing_opinions_of_a_meeting", DIVIDED, Paper.DIFFERING),
    ],
)
def test_a_paper_stands_as_it_was_looked_at(name: str, of: Meeting, paper: Paper) -> None:
    matches(name, as_text(drawn_meeting(of, paper, around=WITH_OPINIONS_ON_THE_BUDGET)))


def reserved_in(regulation: str, of: str) -> Meeting:
    """What was adopted by a vote in which one member differs and reserves the opinion."""
    called = meeting(regulation, of)
    sits = acted(marked(called, Mark.CHECK_IN, 1, 2, 3, 4, 7), MeetingActKind.OPEN, STARTS)
    return acted(replace(sits, votes=(OPEN_VOTE,)), MeetingActKind.CLOSE, STARTS + 90 * MINUTE)


def test_what_a_vote_divided_is_reported_with_everybody_who_did_not_approve() -> None:
    # QN 7.2: "báo cáo đầy đủ các ý kiến đó": also of who said no by hand or without words.
    assert papers_of_meeting(DIVIDED)[-1] is Paper.DIFFERING
    (item,) = meeting_fields(DIVIDED, Paper.DIFFERING)["items"]
    assert [(each["name"], each["choice"], each["words"]) for each in item["differing"]] == [
        (PERSONS[1], "không tán thành", "chưa nêu lý do"),
        (PERSONS[3], "không tán thành", "chưa nêu lý do"),
        (PERSONS[6], "ý kiến khác", WORDS),
    ]
    assert meeting_fields(DIVIDED, Paper.DIFFERING)["ruling_article"] == "7.2"


def test_the_report_names_the_article_that_sends_it_on_wherever_the_result_names_it() -> None:
    # Of a threshold by the same article, and an abstention by another, the result names the other last.
    *before, vote = DIVIDED.votes
    assert vote.result is not None
    told = replace(vote, result=replace(vote.result, articles=("7.2", "8.2.2")))
    text = as_text(drawn_meeting(replace(DIVIDED, votes=(*before, told)), Paper.DIFFERING))
    assert "Căn cứ Điều 7.2 Quy chế làm việc, kính báo cáo" in text


def test_what_had_been_said_before_the_meeting_is_reported_too_reserved_or_not() -> None:
    told = meeting_fields(DIVIDED, Paper.DIFFERING, around=WITH_OPINIONS_ON_THE_BUDGET)
    assert [each["words"] for each in told["items"][0]["earlier"]] == [
        "Nên lùi sang quý III.",
        "chưa nêu lý do",
        "Kinh phí chưa rõ.",
        "Hoàng Văn Đức: Nên chờ ý kiến cấp trên.",
    ]
    assert told["reserved"] == 1


@pytest.mark.parametrize(
    ("outcome", "reported"),
    [
        (Outcome.TO_SUPERIOR, True),
        (Outcome.TO_STANDING_COMMITTEE, True),
        (Outcome.DISCUSS_AGAIN, True),
        (Outcome.NOT_ADOPTED, False),
        (Outcome.ADOPTED, False),
        (Outcome.NOT_PUBLISHED, False),
    ],
)
def test_only_what_divided_the_body_is_reported(outcome: Outcome, reported: bool) -> None:
    vote = DIVIDED.votes[-1]
    assert vote.result is not None
    of = replace(DIVIDED, votes=(replace(vote, result=replace(vote.result, outcome=outcome)),))
    assert (Paper.DIFFERING in papers_of_meeting(of)) is reported


def test_of_two_votes_on_an_item_in_one_sitting_the_last_decides_whether_it_is_reported() -> None:
    again = replace(OPEN_VOTE, id=9, cast=())
    assert Paper.DIFFERING not in papers_of_meeting(replace(DIVIDED, votes=(*DIVIDED.votes, again)))


@pytest.mark.parametrize(
    ("regulation", "of", "article"),
    [("bac_kan", "ban_chap_hanh", "9.2"), ("cap_huyen", "ban_thuong_vu", "17.2")],
)
def test_a_reserved_opinion_may_go_upward_though_the_matter_was_adopted(
    regulation: str, of: str, article: str
) -> None:
    held = reserved_in(regulation, of)
    assert papers_of_meeting(held)[-1] is Paper.DIFFERING
    told = meeting_fields(held, Paper.DIFFERING)
    assert (told["ruling_article"], told["reserve_article"]) == (article, article)
    text = as_text(drawn_meeting(held, Paper.DIFFERING))
    assert WORDS in text
    assert f"không phổ biến ra ngoài (Điều {article} Quy chế)" in text
    withdrawn = replace(OPEN_VOTE, cast=(replace(OPEN_VOTE.cast[0], reserved=False),))
    assert Paper.DIFFERING not in papers_of_meeting(replace(held, votes=(withdrawn,)))


def test_where_the_text_knows_no_reserving_nothing_is_reported_for_it() -> None:
    # Quảng Ngãi's text says nothing of reserved opinions: a mark on one changes nothing.
    assert Paper.DIFFERING not in papers_of_meeting(reserved_in("quang_ngai", "dang_doan"))


def test_a_divided_secret_vote_is_reported_in_numbers_without_anybodys_name() -> None:
    vote = replace(DIVIDED.votes[-1], secret=True, raised=None)
    of = replace(DIVIDED, votes=(vote,))
    (item,) = meeting_fields(of, Paper.DIFFERING)["items"]
    assert (item["secret"], item["differing"]) == (True, [])
    text = as_text(drawn_meeting(of, Paper.DIFFERING))
    assert "Phiếu kín không ghi tên; báo cáo chỉ ghi số phiếu." in text
    assert not [PERSONS[place] for place in (1, 3, 6) if PERSONS[place] in text]


def test_of_an_open_list_it_is_told_whom_somebody_did_not_approve() -> None:
    # Ứng viên Hòa fails by one: who voted against is named with the name of the list.
    listed = ("Mai Văn Hòa", "Lê Thị Sen")
    counts = {listed[0]: {"approve": 4, "reject": 1}, listed[1]: {"approve": 5, "reject": 0}}
    cast = (OpenVote(4, {listed[0]: "reject", listed[1]: "approve"}, STARTS),)
    vote = DIVIDED.votes[-1]
    assert vote.result is not None
    vote = replace(
        vote,
        kind=VoteKind.NAMES,
        names=listed,
        cast=cast,
        raised=None,
        result=replace(vote.result, counts=counts),
    )
    (item,) = meeting_fields(replace(DIVIDED, votes=(vote,)), Paper.DIFFERING)["items"]
    assert item["differing"] == [
        {
            "name": PERSONS[3],
            "choice": "không tán thành: Mai Văn Hòa",
            "words": "",
            "reserved": "",
        }
    ]


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


SAID = "Đồng chí Dung: đồng ý.\nĐồng chí Hải: cần tính lại."
WRITTEN = Minutes((Keeper(4, STARTS, 1),), (Piece(3, SAID, STARTS, 4),))


def test_what_was_written_of_the_discussion_stands_under_its_item_and_its_keeper_signs() -> None:
    # Without words the paper leaves lines for the hand, and a place for the name.
    told = meeting_fields(HELD, Paper.MINUTES, around=AROUND, minutes=WRITTEN)
    assert told["keeper"] == AROUND.names[4]
    assert [each["course"] for each in told["items"]] == ["", "", SAID]
    text = as_text(drawn_meeting(HELD, Paper.MINUTES, around=AROUND, minutes=WRITTEN))
    assert "Đồng chí Hải: cần tính lại." in text
