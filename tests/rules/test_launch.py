"""What a launch accepts, question by question, and with which article it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.consultations.rules.rights import (
    asks_election,
    awaited_too_long,
    refuse_body,
    refuse_deadline,
    refuse_election,
    refuse_ground,
    refuse_matter,
    refuse_short,
    refuse_submission,
)
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Body, Exclusion, Ground, Regulation
from bot.regulations.rules.terms import Matter
from bot.values.refusal import Refusal
from tests.rules.committee import A_MOMENT, DEADLINE, WEEKENDS, body, moment, table
from tests.rules.rules_by_hand import BAN_DAN_VAN, QUANG_NGAI

BODIES = table("launches")["body"]
TODAY = date(2026, 3, 2)
OTHERS = Path(__file__).parents[1] / "regulations" / "others"


def said(refusal: Refusal | None) -> tuple[str, str | None]:
    assert refusal is not None
    return refusal.kind, refusal.article


@pytest.mark.parametrize("row", BODIES, ids=lambda row: str(row["name"]))
def test_each_matter_is_accepted_or_refused_with_its_article(row: dict[str, Any]) -> None:
    of = body(*row["name"].split())
    for matter in row["accepted"]:
        assert refuse_matter(of, Matter(matter)) is None, matter
    elsewhere: dict[str, str] = row.get("elsewhere", {})
    articles = dict.fromkeys(row["refused"], row["article"]) | elsewhere
    assert sorted([*row["accepted"], *articles]) == sorted(Matter)
    for matter, expected in articles.items():
        kind, article = said(refuse_matter(of, Matter(matter)))
        assert kind == ("body_excluded" if not row["grounds"] else "matter_excluded"), matter
        assert article == expected, matter


@pytest.mark.parametrize("row", BODIES, ids=lambda row: str(row["name"]))
def test_each_ground_is_accepted_or_refused(row: dict[str, Any]) -> None:
    of = body(*row["name"].split())
    for ground in Ground:
        refusal = refuse_ground(of, ground)
        assert (refusal is None) is (ground in row["grounds"]), ground


def test_personnel_is_refused_in_quang_ngai_with_what_to_do_instead() -> None:
    refusal = refuse_matter(body("quang_ngai", "dang_doan"), Matter.PERSONNEL)
    assert refusal is not None
    assert refusal.because
    assert refusal.instead
    assert refusal.values == {"matter": "personnel", "says": "forbids"}


def test_a_matter_without_a_reason_of_its_own_is_refused_with_the_article_of_writing() -> None:
    assert said(refuse_matter(QUANG_NGAI, Matter.APPRAISAL)) == ("matter_excluded", "8.2.1")
    excluded = replace(
        QUANG_NGAI.written,
        exclusions={Matter.APPRAISAL: Exclusion("9", "vì sao", "làm gì thay")},
    )
    refusal = refuse_matter(replace(QUANG_NGAI, written=excluded), Matter.APPRAISAL)
    assert said(refusal) == ("matter_excluded", "9")
    assert refusal is not None
    assert (refusal.because, refusal.instead) == ("vì sao", "làm gì thay")


def test_an_unknown_ground_is_refused_with_the_article_of_writing() -> None:
    refusal = refuse_ground(QUANG_NGAI, Ground.CANNOT_MEET)
    assert said(refusal) == ("ground_unknown", "8.2.1")


def test_a_body_never_asked_in_writing_is_refused_before_anything_else() -> None:
    forbidden = replace(QUANG_NGAI.written, forbidden=Exclusion("11.2", "vì sao", "hội ý"))
    of = replace(QUANG_NGAI, written=forbidden)
    assert refuse_body(QUANG_NGAI) is None
    refusals = [
        refuse_body(of),
        refuse_matter(of, Matter.GENERAL),
        *(refuse_ground(of, ground) for ground in Ground),
    ]
    for refusal in refusals:
        assert said(refusal) == ("body_excluded", "11.2")
        assert refusal is not None
        assert refusal.values == {"body": "dang_doan"}


def test_an_election_is_asked_about_where_the_text_has_its_own_rules_for_it() -> None:
    bac_kan = body("bac_kan", "ban_chap_hanh")
    assert asks_election(bac_kan, Matter.PERSONNEL)
    assert not asks_election(bac_kan, Matter.GENERAL)
    assert not asks_election(QUANG_NGAI, Matter.PERSONNEL)
    refusal = refuse_election(bac_kan)
    assert said(refusal) == ("election", "1.6, 4.9")
    assert refusal.values == {"body": bac_kan.name}
    assert said(refuse_election(QUANG_NGAI)) == ("election", None)


def test_a_deadline_lies_ahead() -> None:
    assert refuse_deadline(DEADLINE, DEADLINE - A_MOMENT) is None
    assert said(refuse_deadline(DEADLINE, DEADLINE)) == ("moment_past", None)
    assert said(refuse_deadline(DEADLINE, DEADLINE + A_MOMENT)) == ("moment_past", None)


@pytest.mark.parametrize("of", [BAN_DAN_VAN, body("tra_vinh", "ban_dan_van")])
@pytest.mark.parametrize(
    ("days", "reason", "kind"),
    [
        (11, "", None),
        (10, "", None),
        (9, "", "lead_time"),
        (9, "  ", "lead_time"),
        (9, "Tỉnh ủy yêu cầu gấp", None),
        (1, "Tỉnh ủy yêu cầu gấp", None),
        (0, "Tỉnh ủy yêu cầu gấp", "submission_past"),
        (-1, "", "submission_past"),
    ],
)
def test_a_text_for_appraisal_comes_ten_days_before_or_with_a_reason(
    of: Body, days: int, reason: str, kind: str | None
) -> None:
    refusal = refuse_submission(of, TODAY + timedelta(days=days), TODAY, reason)
    if kind is None:
        assert refusal is None
    else:
        assert said(refusal) == (kind, "5.2")


@pytest.mark.parametrize(
    ("due", "told"),
    [("2026-03-19 23:59", None), ("2026-03-20 08:00", "5.2"), ("2026-03-23 17:00", "5.2")],
)
def test_an_appraisal_awaited_until_the_day_of_submission_is_told(
    due: str, told: str | None
) -> None:
    day = date(2026, 3, 20)
    assert awaited_too_long(BAN_DAN_VAN, day, moment(due)) == told
    assert awaited_too_long(BAN_DAN_VAN, None, moment(due)) is None
    assert awaited_too_long(QUANG_NGAI, day, moment(due)) is None


def test_elsewhere_no_day_of_submission_is_asked_for() -> None:
    assert refuse_submission(QUANG_NGAI, TODAY, TODAY, "") is None


def test_a_regulation_knows_its_bodies_by_their_ids() -> None:
    regulation = Regulation("x", "Quy chế", "0" * 64, (QUANG_NGAI, BAN_DAN_VAN))
    assert regulation.body("ban_dan_van") is BAN_DAN_VAN
    with pytest.raises(KeyError):
        regulation.body("ban_thuong_vu")


@pytest.mark.parametrize(
    ("now", "deadline", "refused"),
    [
        # the day of sending does not count: Monday leaves Tuesday, Wednesday, Thursday to its end at 17 o'clock
        ("2026-03-02T08:00", "2026-03-05T17:00", False),
        ("2026-03-02T23:59", "2026-03-05T17:00", False),
        ("2026-03-02T08:00", "2026-03-05T16:59", True),
        ("2026-03-02T08:00", "2026-03-04T17:00", True),
        # Friday leaves Monday, Tuesday, Wednesday
        ("2026-03-06T10:00", "2026-03-11T17:00", False),
        ("2026-03-06T10:00", "2026-03-10T17:00", True),
    ],
)
def test_a_deadline_leaves_three_working_days_at_least(
    now: str, deadline: str, refused: bool
) -> None:
    uy_ban = load(OTHERS / "uy_ban_xa.toml").body("uy_ban").written.window
    at, until = (datetime.fromisoformat(f"{each}:00+07:00") for each in (now, deadline))

    refusal = refuse_short(uy_ban, WEEKENDS, until, at)

    if refused:
        assert said(refusal) == ("deadline_short", "8.2")
    else:
        assert refusal is None


def test_without_a_least_window_a_deadline_may_be_as_near_as_one_wants() -> None:
    window = body("quang_ngai", "dang_doan").written.window

    assert refuse_short(window, WEEKENDS, DEADLINE, DEADLINE - A_MOMENT) is None
