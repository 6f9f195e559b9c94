"""Meetings and working sessions: every rule that is data is loaded, with its article."""

from fractions import Fraction

import pytest

from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.meetings import MeetingRules, QuorumReading, Scope, Unit
from bot.regulations.rules.regulation import Regulation
from bot.regulations.rules.terms import Matter

CADRE = {Matter.PERSONNEL, Matter.POLITICAL_STANDARDS, Matter.CADRE_COMMENT}


def read(name: str, **settings: object) -> Regulation:
    return load(regulations_dir() / f"{name}.toml", settings)


def meetings(name: str, body: str, **settings: object) -> MeetingRules:
    found = read(name, **settings).body(body).meetings
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("regulation", "body", "rows"),
    [
        (
            "quang_ngai",
            "dang_doan",
            {
                ("QN-M1", "8.2.1"),
                ("QN-M2", "8.2.2"),
                ("QN-M3", "8.2.2"),
                ("QN-M4", "8.2.2"),
                ("QN-M5", "8.2.3"),
                ("QN-M6", "8.2.3, 6.3"),
                ("QN-M7", "8.2.5"),
                ("QN-M7a", "13.5"),
                ("QN-M7b", "8.2.5"),
                ("QN-M8", "3.5"),
                ("QN-M9", "4.4"),
                ("QN-W9", "4.5, 5.3"),
                ("QN-M9", "3.3, 4.5"),
                ("QN-M10", "8.2.4, 5.2"),
                ("QN-R8", "13.3"),
            },
        ),
        (
            "bac_kan",
            "ban_chap_hanh",
            {
                ("BK-M1", "11.1"),
                ("BK-M1", "2.4, 2.8"),
                ("BK-M2", "11.1"),
                ("BK-W4", "9.1"),
                ("BK-M3", "11.1"),
                ("BK-M4", "6.5"),
                ("BK-M6", "1.7, 2.7"),
                ("BK-M7", "4.6"),
                ("BK-M9", "11.1"),
                ("BK-P2", "6.6"),
                ("BK-W1", "11.1"),
                ("BK-W6", "3.3"),
                ("BK-W7", "1.9, 2.10"),
            },
        ),
        (
            "bac_kan",
            "ban_thuong_vu",
            {
                ("BK-M1", "11.1"),
                ("BK-M2", "11.1"),
                ("BK-W4", "9.1"),
                ("BK-M8", "4.5"),
                ("BK-W2", "11.1"),
                ("BK-W6", "3.3"),
            },
        ),
        (
            "bac_kan",
            "thuong_truc",
            {("BK-M5", "3.6"), ("BK-M5b", "11.2"), ("BK-W6", "3.3")},
        ),
        (
            "cap_huyen",
            "ban_chap_hanh",
            {
                ("HU-M1", "19.1"),
                ("HU-M4", "19.1"),
                ("HU-M5", "19.3"),
                ("HU-M6", "19.1"),
                ("HU-M6b", "19.1"),
                ("HU-M7", "21.3"),
                ("HU-M8", "22.4"),
                ("HU-M11", "6.3"),
            },
        ),
        (
            "cap_huyen",
            "ban_thuong_vu",
            {
                ("HU-M2", "19.1"),
                ("HU-M4", "19.1"),
                ("HU-M5", "19.3"),
                ("HU-M7", "21.3"),
                ("HU-M9", "5.5"),
                ("HU-P2", "7.2"),
                ("HU-W6", "15.2"),
            },
        ),
        ("cap_huyen", "thuong_truc", {("HU-M3", "15.1"), ("HU-M12", "15.1"), ("HU-W6", "15.2")}),
        ("tra_vinh", "doan_the", {("TV-M1", "6"), ("TV-M1b", "6")}),
    ],
)
def test_the_meeting_rules_of_a_body_carry_their_articles(
    regulation: str, body: str, rows: set[tuple[str, str]]
) -> None:
    assert set(meetings(regulation, body).cited()) == rows


@pytest.mark.parametrize(
    ("regulation", "rows"),
    [
        ("quang_ngai", {"QN-M11": "13.4", "QN-M12": "11.1"}),
        ("bac_kan", {}),
        ("cap_huyen", {"HU-M10": "23.1"}),
        (
            "hai_duong",
            {
                "HD-M1": "11.1",
                "HD-M1b": "10.1",
                "HD-M1c": "13.2",
            },
        ),
        ("tra_vinh", {}),
    ],
)
def test_working_sessions_with_others_carry_their_articles(
    regulation: str, rows: dict[str, str]
) -> None:
    assert {each.id: each.article for each in read(regulation).working_sessions} == rows


@pytest.mark.parametrize(
    ("regulation", "session", "every", "unit"),
    [
        ("quang_ngai", "QN-M11", 6, Unit.MONTH),
        ("cap_huyen", "HU-M10", 1, Unit.YEAR),
        ("hai_duong", "HD-M1", 6, Unit.MONTH),
        ("hai_duong", "HD-M1b", 1, Unit.YEAR),
    ],
)
def test_working_sessions_recur(regulation: str, session: str, every: int, unit: Unit) -> None:
    found = {each.id: each for each in read(regulation).working_sessions}[session]

    assert (found.every, found.unit) == (every, unit)


@pytest.mark.parametrize(
    ("regulation", "body", "rhythms"),
    [
        ("quang_ngai", "dang_doan", [(1, 3, Unit.MONTH)]),
        ("bac_kan", "ban_chap_hanh", [(1, 1, Unit.QUARTER)]),
        ("bac_kan", "ban_thuong_vu", [(1, 1, Unit.MONTH)]),
        ("bac_kan", "thuong_truc", []),
        ("cap_huyen", "ban_chap_hanh", [(1, 3, Unit.MONTH)]),
        ("cap_huyen", "ban_thuong_vu", [(2, 1, Unit.MONTH)]),
        ("cap_huyen", "thuong_truc", [(1, 1, Unit.WEEK)]),
        ("tra_vinh", "doan_the", [(1, 6, Unit.MONTH), (1, 1, Unit.YEAR)]),
    ],
)
def test_a_body_meets_so_often(
    regulation: str, body: str, rhythms: list[tuple[int, int, Unit]]
) -> None:
    found = meetings(regulation, body).rhythms

    assert [(each.times, each.every, each.unit) for each in found] == rhythms
    assert all(each.remind_days == (30, 14, 7, 1) for each in found)


def test_how_often_ban_thuong_vu_meets_is_a_blank_that_the_committee_fills() -> None:
    (rhythm,) = meetings("cap_huyen", "ban_thuong_vu", btv_meetings_per_month=4).rhythms

    assert rhythm.times == 4
    assert rhythm.assumption


@pytest.mark.parametrize(
    ("regulation", "body", "article"),
    [
        ("quang_ngai", "dang_doan", "8.2.2"),
        ("bac_kan", "ban_chap_hanh", "11.1"),
        ("bac_kan", "ban_thuong_vu", "11.1"),
        ("cap_huyen", "ban_chap_hanh", "19.1"),
        ("cap_huyen", "ban_thuong_vu", "19.1"),
    ],
)
def test_two_thirds_of_all_members_must_attend(regulation: str, body: str, article: str) -> None:
    quorum = meetings(regulation, body).quorum

    assert quorum is not None
    assert (quorum.share.fraction, quorum.share.inclusive) == (Fraction(2, 3), True)
    assert quorum.article == article


def test_in_quang_ngai_the_full_time_members_must_attend_when_a_part_time_vice_president_cannot() -> (
    None
):
    quorum = meetings("quang_ngai", "dang_doan").quorum

    assert quorum is not None
    assert quorum.condition is not None
    assert quorum.condition.when_absent == ("part_time_vice_president",)
    assert quorum.condition.must_attend == ("secretary", "deputy", "full_time")
    assert quorum.condition.reading is QuorumReading.IN_ADDITION
    assert quorum.condition.assumption


@pytest.mark.parametrize(
    ("regulation", "body", "share", "inclusive"),
    [
        ("quang_ngai", "dang_doan", "2/3", True),
        ("bac_kan", "ban_chap_hanh", "1/2", False),
        ("bac_kan", "ban_thuong_vu", "1/2", False),
        ("cap_huyen", "ban_chap_hanh", "1/2", False),
        ("cap_huyen", "ban_thuong_vu", "1/2", False),
        ("cap_huyen", "thuong_truc", "1/1", True),
    ],
)
def test_a_meeting_decides_by_this_share(
    regulation: str, body: str, share: str, inclusive: bool
) -> None:
    vote = meetings(regulation, body).vote

    assert vote is not None
    assert (vote.threshold.fraction, vote.threshold.inclusive) == (Fraction(share), inclusive)


def test_personnel_in_quang_ngai_is_voted_on_in_secret() -> None:
    vote = meetings("quang_ngai", "dang_doan").vote

    assert vote is not None
    assert vote.secret_matters == CADRE
    assert vote.secret_article == "8.2.2"
    assert vote.form_is_free


@pytest.mark.parametrize(
    ("regulation", "body", "to_members", "to_office"),
    [
        ("quang_ngai", "dang_doan", 1, None),
        ("cap_huyen", "ban_chap_hanh", 3, 5),
        ("cap_huyen", "ban_thuong_vu", 2, 5),
    ],
)
def test_papers_go_out_so_many_days_before(
    regulation: str, body: str, to_members: int, to_office: int | None
) -> None:
    papers = meetings(regulation, body).papers

    assert papers is not None
    assert (papers.to_members, papers.to_office) == (to_members, to_office)
    assert papers.extraordinary_exempt


def test_guests_are_kept_from_closed_items_where_the_text_says_so() -> None:
    guests = {each.id: each for each in meetings("bac_kan", "ban_chap_hanh").guests}
    others = meetings("quang_ngai", "dang_doan").guests + meetings("bac_kan", "thuong_truc").guests

    assert {id_: each.not_to_closed_items for id_, each in guests.items()} == {
        "BK-M3": True,
        "BK-M4": True,
    }
    assert all(each.not_to_closed_items for each in meetings("cap_huyen", "ban_chap_hanh").guests)
    assert not any(each.not_to_closed_items for each in others)


def test_more_than_half_of_the_members_can_ask_for_a_session_of_huyen_uy() -> None:
    requests = meetings("cap_huyen", "ban_chap_hanh").requests

    assert requests is not None
    assert (requests.share.fraction, requests.share.inclusive) == (Fraction(1, 2), False)
    assert requests.decided_by == "ban_thuong_vu"


def test_thuong_truc_in_bac_kan_may_settle_what_is_urgent_save_inspection_and_personnel() -> None:
    urgent = meetings("bac_kan", "thuong_truc").urgent

    assert urgent is not None
    assert urgent.instead_of == ("ban_thuong_vu", "ban_chap_hanh")
    assert urgent.excluded == {Matter.INSPECTION, *CADRE}


def test_whoever_acts_for_another_is_named() -> None:
    deputy, member = meetings("quang_ngai", "dang_doan").delegations
    duty_officer = {each.id: each for each in meetings("cap_huyen", "ban_thuong_vu").delegations}

    assert (deputy.of, deputy.to, deputy.away_article) == ("secretary", ("deputy",), "5.3")
    assert (member.of, member.to) == ("secretary", ("organisation_member", "member"))
    assert (member.away_article, member.scope) == (None, Scope.ALL)
    assert (duty_officer["HU-M9"].of, duty_officer["HU-M9"].to) == (
        "thuong_truc",
        ("standing_member",),
    )
    assert duty_officer["HU-M9"].decided_by == "ban_thuong_vu"
    assert duty_officer["HU-P2"].away_article == "7.2"


def test_how_far_a_member_stands_in_is_a_reading_that_can_be_changed() -> None:
    body = read("quang_ngai", delegate_scope="chair_and_sign").body("dang_doan")
    assert body.meetings is not None
    scopes = {each.id: each.scope for each in body.meetings.delegations}
    assert scopes == {"QN-W9": Scope.ALL, "QN-M9": Scope.CHAIR_AND_SIGN}
