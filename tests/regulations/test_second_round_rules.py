"""What a file says of a second round: who is asked again, where a second division goes, what cannot be."""

from __future__ import annotations

from pathlib import Path

from bot.places import regulations_dir
from bot.regulations.loader import load, parse
from bot.regulations.rules.regulation import (
    Asks,
    Cause,
    Ground,
    Matter,
    Next,
    Outcome,
    Row,
    WrittenRules,
)
from bot.regulations.rules.terms import Base
from tests.regulations.example import example, faults_of

OTHERS = Path(__file__).parent / "others"
DIVIDED = (Row.ENOUGH_WITH_DIFFERING, Row.FAILED_WITH_DIFFERING)


def written(regulation: str, body: str) -> WrittenRules:
    return load(regulations_dir() / f"{regulation}.toml").body(body).written


def test_thuong_truc_discusses_again_as_a_whole_and_then_asks_the_standing_committee() -> None:
    rules = written("cap_huyen", "thuong_truc")
    again = rules.second_round

    assert again is not None
    assert (again.asks, again.article) == (Asks.ALL, "15.2")
    for row in DIVIDED:
        first = rules.rulings[row]
        assert (first.outcome, first.next) == (Outcome.DISCUSS_AGAIN, Next.SECOND_ROUND)
    second = again.divided
    assert second is not None
    assert (second.outcome, second.next) == (
        Outcome.TO_STANDING_COMMITTEE,
        Next.STANDING_COMMITTEE,
    )
    assert (second.body, second.article) == ("ban_thuong_vu", "15.2")


def test_the_agencies_that_differed_are_asked_again_before_the_superior_decides() -> None:
    again = written("hai_duong", "co_quan").second_round

    assert again is not None
    assert (again.asks, again.article) == (Asks.DIFFERING, "2.2")
    assert again.divided is not None
    assert (again.divided.outcome, again.divided.next) == (
        Outcome.TO_SUPERIOR,
        Next.UPWARD_REPORT,
    )


def test_the_other_texts_know_no_second_round() -> None:
    others = (
        ("quang_ngai", "dang_doan"),
        ("bac_kan", "ban_chap_hanh"),
        ("cap_huyen", "ban_thuong_vu"),
        ("tra_vinh", "doan_the"),
    )
    assert all(written(*each).second_round is None for each in others)


def test_a_council_discusses_again_for_causes_in_their_order() -> None:
    rules = load(OTHERS / "hoi_dong_ban_lai.toml").body("hoi_dong").written
    again = rules.second_round

    assert again is not None
    assert [(cause, each.article) for cause, each in again.causes.items()] == [
        (Cause.FEW_ANSWERS, "9.2"),
        (Cause.OPPOSED, "9.3"),
        (Cause.TIE, "9.4"),
        (Cause.NOT_ENOUGH, "9.5"),
    ]
    assert again.causes[Cause.NOT_ENOUGH].matters == {Matter.IMPORTANT}
    assert again.causes[Cause.TIE].matters == frozenset(Matter)
    assert (again.within, again.answer_days, again.divided) == (10, 3, None)
    assert (again.within_article, again.answer_days_article) == ("9.1", "9.1")
    assert rules.threshold_of(Matter.GENERAL, Ground.CANNOT_MEET) == rules.threshold
    second = rules.threshold_of(Matter.GENERAL, Ground.CANNOT_MEET, again=True)
    assert second is not None
    assert (second.article, second.base) == ("9.6", Base.REPLYING)


def test_days_that_no_article_gives_are_the_assumption_of_the_committee() -> None:
    text = (OTHERS / "hoi_dong_ban_lai.toml").read_text(encoding="utf-8")
    days = 'answer_days = { value = 3, article = "9.1" }'
    assumed = (
        'answer_days = { value = 3, article = "9.1", assumption = true, setting = "again_days",'
        ' note = "Quy chế không nêu số ngày trả lời lần hai." }'
    )
    assert days in text

    again = parse(text.replace(days, assumed), "bl.toml").body("hoi_dong").written.second_round

    assert again is not None
    assert (again.answer_days, again.answer_days_article) == (3, None)
    assert (again.within, again.within_article) == (10, "9.1")


def test_a_division_that_is_discussed_again_says_where_a_second_one_goes() -> None:
    again = (
        '[body.chi_uy.written.second_round]\nasks = "all"\narticle = "6.4"\n'
        'because = { tie = { article = "6.4" } }\n'
    )
    place = "[body.chi_uy.written.silence]"
    text = example().replace(place, again + place)
    row = 'failed_with_differing = { outcome = "not_adopted", next = "none"'
    divided = text.replace(
        row, 'failed_with_differing = { outcome = "discuss_again", next = "second_round"'
    )

    assert parse(text, "chi_uy.toml").body("chi_uy").written.second_round is not None
    assert [(fault.kind, fault.key) for fault in faults_of(divided)] == [
        ("missing_key", "body.chi_uy.written.second_round")
    ]


def test_a_row_that_leads_to_a_second_round_needs_the_rule_of_one() -> None:
    text = example().replace(
        'outcome = "not_adopted", next = "none"', 'outcome = "discuss_again", next = "second_round"'
    )

    assert "second_round_missing" in [fault.kind for fault in faults_of(text)]


def test_there_is_no_third_round_and_none_of_what_is_only_collated() -> None:
    again = (
        '[body.chi_uy.written.second_round]\nasks = "all"\narticle = "6.4"\n'
        'divided = { outcome = "discuss_again", next = "second_round", article = "6.4" }\n'
    )
    place = "[body.chi_uy.written.silence]"
    text = example().replace(place, again + place)
    collated = text.replace('article = "6.1"\ngrounds', 'article = "6.1"\ncollates = true\ngrounds')

    assert [fault.kind for fault in faults_of(text)] == ["second_round_again"]
    assert "second_round_collated" in [fault.kind for fault in faults_of(collated)]
