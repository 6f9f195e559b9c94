"""Thresholds, silence, receipts, clocks and outcomes of each body, against numbers by hand."""

from fractions import Fraction
from pathlib import Path

import pytest

from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import (
    Clock,
    Ground,
    Matter,
    Next,
    Outcome,
    SilencePolicy,
    Strength,
)
from bot.values.spans import Span
from tests.rules.committee import body

BODIES = [
    ("quang_ngai", "dang_doan"),
    ("bac_kan", "ban_chap_hanh"),
    ("bac_kan", "ban_thuong_vu"),
    ("cap_huyen", "ban_thuong_vu"),
    ("cap_huyen", "thuong_truc"),
    ("hai_duong", "co_quan"),
    ("tra_vinh", "doan_the"),
    ("tra_vinh", "ban_dan_van"),
]


# Agreements that carry, of 1, 2, 3, 9, 10, 11 and 12 members.
@pytest.mark.parametrize(
    ("regulation", "body_id", "share", "required", "article", "assumption"),
    [
        ("quang_ngai", "dang_doan", "2/3", [1, 2, 2, 6, 7, 8, 8], "8.2.2", False),
        ("bac_kan", "ban_chap_hanh", "1/2", [1, 2, 2, 5, 6, 6, 7], "9.1", True),
        ("bac_kan", "ban_thuong_vu", "1/2", [1, 2, 2, 5, 6, 6, 7], "9.1", True),
        ("cap_huyen", "ban_thuong_vu", "1/2", [1, 2, 2, 5, 6, 6, 7], "21.3", False),
        ("cap_huyen", "thuong_truc", "1/1", [1, 2, 3, 9, 10, 11, 12], "15.2", False),
        ("hai_duong", "co_quan", "1/1", [1, 2, 3, 9, 10, 11, 12], "3.1", False),
    ],
)
def test_so_many_agreements_carry(
    regulation: str, body_id: str, share: str, required: list[int], article: str, assumption: bool
) -> None:
    threshold = body(regulation, body_id).written.threshold

    assert threshold is not None
    assert threshold.fraction == Fraction(share)
    assert [threshold.required(size) for size in (1, 2, 3, 9, 10, 11, 12)] == required
    assert threshold.article == article
    assert threshold.assumption is assumption


@pytest.mark.parametrize("body_id", ["doan_the", "ban_dan_van"])
def test_tra_vinh_only_collates(body_id: str) -> None:
    assert body("tra_vinh", body_id).written.threshold is None


@pytest.mark.parametrize(
    ("regulation", "body_id", "policy", "article", "receipt"),
    [
        ("quang_ngai", "dang_doan", "consent", "8.2.1", "DELIVERED"),
        ("bac_kan", "ban_chap_hanh", "not_counted", "11.1", "DELIVERED"),
        ("bac_kan", "ban_thuong_vu", "not_counted", "11.1", "DELIVERED"),
        ("cap_huyen", "ban_thuong_vu", "not_counted", "21.3", "DELIVERED"),
        ("cap_huyen", "thuong_truc", "not_counted", "15.2", "DELIVERED"),
        ("hai_duong", "co_quan", "consent", "3.1", "ACKNOWLEDGED"),
        ("tra_vinh", "doan_the", "not_counted", "5.1", "DELIVERED"),
        ("tra_vinh", "ban_dan_van", "not_counted", "5.2", "DELIVERED"),
    ],
)
def test_silence_means_what_the_text_says_from_this_proof_of_receipt(
    regulation: str, body_id: str, policy: str, article: str, receipt: str
) -> None:
    silence = body(regulation, body_id).written.silence

    assert silence.policy is SilencePolicy(policy)
    assert silence.article == article
    assert silence.receipt is Strength[receipt]


def test_silence_in_quang_ngai_covers_both_grounds_unless_the_committee_reads_it_otherwise() -> (
    None
):
    path = regulations_dir() / "quang_ngai.toml"
    narrow = load(path, {"silence_covers_direction": False}).body("dang_doan").written

    assert body("quang_ngai", "dang_doan").written.silence.grounds == {
        Ground.SUPERIOR_DIRECTION,
        Ground.URGENT_NO_MEETING,
    }
    assert narrow.silence.grounds == {Ground.URGENT_NO_MEETING}
    assert Ground.SUPERIOR_DIRECTION in narrow.grounds


def test_silence_on_personnel_in_hai_duong_needs_the_requesters_confirmation() -> None:
    assert body("hai_duong", "co_quan").written.silence.asks_confirmation == {
        Matter.PERSONNEL,
        Matter.CADRE_COMMENT,
        Matter.POLITICAL_STANDARDS,
    }


@pytest.mark.parametrize(("regulation", "body_id"), [b for b in BODIES if b[0] != "hai_duong"])
def test_one_deadline_for_all_is_set_by_the_launcher_with_three_days_suggested(
    regulation: str, body_id: str
) -> None:
    window = body(regulation, body_id).written.window

    assert (window.clock, window.own, window.suggested_days) == (Clock.DEADLINE, None, 3)
    assert (window.day_ends_at, window.acknowledge_within) == (17, None)


def test_hai_duong_gives_each_agency_seven_working_days_of_its_own() -> None:
    written = body("hai_duong", "co_quan").written
    window = written.window

    assert (window.clock, window.own, window.article) == (Clock.RECIPIENT, Span(7), "3.1")
    assert (window.suggested_days, window.day_ends_at, window.acknowledge_within) == (7, 17, 1)
    assert written.more_time is not None
    assert (written.more_time.most_days, written.more_time.article) == (30, "3.1")
    assert written.meeting_article == "3.3"


def test_an_appraisal_is_sent_ten_days_before_submission() -> None:
    lead_time = body("tra_vinh", "ban_dan_van").written.lead_time

    assert lead_time is not None
    assert (lead_time.days, lead_time.article) == (10, "5.2")


ADOPTED, NOT_ADOPTED, COLLATED = Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.COLLATED
NONE, BACK, UP = Next.NONE, Next.REPORT_BACK, Next.UPWARD_REPORT


# Enough; enough with a differing opinion; not enough with one; not enough without.
@pytest.mark.parametrize(
    ("regulation", "body_id", "rulings"),
    [
        (
            "quang_ngai",
            "dang_doan",
            [
                (ADOPTED, NONE, "8.2.2", False),
                (ADOPTED, NONE, "8.2.2", False),
                (Outcome.TO_SUPERIOR, UP, "7.2", False),
                (NOT_ADOPTED, NONE, "8.2.2", False),
            ],
        ),
        *[
            (
                "bac_kan",
                body_id,
                [
                    (ADOPTED, BACK, "11.1", False),
                    (ADOPTED, BACK, "11.1", False),
                    (NOT_ADOPTED, BACK, "11.1", True),
                    (NOT_ADOPTED, BACK, "11.1", False),
                ],
            )
            for body_id in ("ban_chap_hanh", "ban_thuong_vu")
        ],
        (
            "cap_huyen",
            "ban_thuong_vu",
            [
                (ADOPTED, NONE, "21.3", False),
                (Outcome.TO_MEETING, Next.TO_MEETING, "21.3", False),
                (NOT_ADOPTED, NONE, "21.3", True),
                (NOT_ADOPTED, NONE, "21.3", False),
            ],
        ),
        (
            "cap_huyen",
            "thuong_truc",
            [
                (ADOPTED, NONE, "15.2", False),
                (Outcome.DISCUSS_AGAIN, Next.SECOND_ROUND, "15.2", False),
                (Outcome.DISCUSS_AGAIN, Next.SECOND_ROUND, "15.2", False),
                (NOT_ADOPTED, NONE, "15.2", False),
            ],
        ),
        (
            "hai_duong",
            "co_quan",
            [
                (Outcome.AGREED, NONE, "3.1", False),
                (Outcome.TO_SUPERIOR, UP, "2.2", False),
                (Outcome.TO_SUPERIOR, UP, "2.2", False),
                (NOT_ADOPTED, NONE, "3.1", False),
            ],
        ),
        ("tra_vinh", "doan_the", [(COLLATED, NONE, "5.1", False)] * 4),
        ("tra_vinh", "ban_dan_van", [(COLLATED, NONE, "5.2", False)] * 4),
    ],
)
def test_each_count_comes_to_the_outcome_the_text_gives_it(
    regulation: str, body_id: str, rulings: list[tuple[Outcome, Next, str, bool]]
) -> None:
    found = body(regulation, body_id).written.rulings
    in_order = (
        found.enough,
        found.enough_with_differing,
        found.failed_with_differing,
        found.failed,
    )

    assert [(r.outcome, r.next, r.article, r.offers_meeting) for r in in_order] == rulings


@pytest.mark.parametrize(
    ("regulation", "body_id", "article"),
    [
        ("quang_ngai", "dang_doan", None),
        ("bac_kan", "ban_chap_hanh", "9.2"),
        ("bac_kan", "ban_thuong_vu", "9.2"),
        ("cap_huyen", "ban_thuong_vu", "17.2"),
        ("cap_huyen", "thuong_truc", "17.2"),
        ("hai_duong", "co_quan", None),
        ("tra_vinh", "doan_the", None),
        ("tra_vinh", "ban_dan_van", None),
    ],
)
def test_opinions_are_reserved_where_the_text_provides_it(
    regulation: str, body_id: str, article: str | None
) -> None:
    given = body(regulation, body_id).reserve
    assert (given.article if given else None) == article


@pytest.mark.parametrize(("regulation", "body_id"), BODIES)
def test_slips_are_named_by_default(regulation: str, body_id: str) -> None:
    assert body(regulation, body_id).written.secret_slips is False


@pytest.mark.parametrize(("regulation", "body_id"), BODIES)
def test_no_text_lets_anybody_abstain(regulation: str, body_id: str) -> None:
    asked = body(regulation, body_id)

    assert asked.written.abstain is None
    assert asked.meetings is None or not asked.meetings.vote or not asked.meetings.vote.abstain


def test_abstaining_is_taken_with_its_article() -> None:
    book = load(Path(__file__).parents[1] / "stories" / "books" / "co_khong_bieu_quyet.toml")
    asked = book.body("chi_uy")

    assert asked.written.abstain == "6.6"
    assert asked.meetings is not None
    assert asked.meetings.vote is not None
    assert asked.meetings.vote.abstain == "5.4"


@pytest.mark.parametrize(
    ("regulation", "heads", "agencies"),
    [
        ("quang_ngai", ("secretary", "deputy"), False),
        ("bac_kan", ("secretary", "standing_deputy", "deputy"), False),
        ("cap_huyen", ("secretary", "standing_deputy", "deputy"), False),
        ("hai_duong", ("secretary", "standing_deputy", "deputy"), True),
        ("tra_vinh", ("secretary", "standing_deputy", "deputy"), True),
    ],
)
def test_the_head_comes_first_among_those_who_may_approve(
    regulation: str, heads: tuple[str, ...], agencies: bool
) -> None:
    for each in load(regulations_dir() / f"{regulation}.toml").bodies:
        assert each.heads == heads
        assert each.head_article
        assert each.of_agencies is agencies
