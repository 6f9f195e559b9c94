"""What a launch accepts under each regulation, written by hand from the texts."""

import pytest

from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Body, Ground, Matter

CADRE = {"personnel", "political_standards", "cadre_comment"}
ALL = {
    "general",
    "personnel",
    "inspection",
    "important",
    "political_standards",
    "cadre_comment",
    "coordination",
    "appraisal",
}

# regulation, body, grounds with their article, matters accepted
ACCEPTED: list[tuple[str, str, dict[str, str], set[str]]] = [
    (
        "quang_ngai",
        "dang_doan",
        {"superior_direction": "8.2.1", "urgent_no_meeting": "8.2.1"},
        {"general", "inspection", "important", "coordination"},
    ),
    ("bac_kan", "ban_chap_hanh", {"cannot_meet": "11.1"}, ALL - {"appraisal"}),
    (
        "bac_kan",
        "ban_thuong_vu",
        {"cannot_meet": "11.1"},
        {"political_standards", "cadre_comment"},
    ),
    ("bac_kan", "thuong_truc", {}, set()),
    ("cap_huyen", "ban_chap_hanh", {}, set()),
    (
        "cap_huyen",
        "ban_thuong_vu",
        {"not_complex": "21.3", "cannot_meet": "21.3"},
        {"general", "coordination"},
    ),
    ("cap_huyen", "thuong_truc", {"cannot_meet": "15.2"}, {"general", "coordination"}),
    (
        "hai_duong",
        "co_quan",
        {"coordination": "3.1"},
        {"coordination", "general", "personnel"},
    ),
    ("tra_vinh", "doan_the", {"coordination": "5.1"}, {"coordination", "general"}),
    ("tra_vinh", "ban_dan_van", {"appraisal": "5.2"}, {"appraisal"}),
]

# regulation, body, matters refused, the article that refuses them
REFUSED: list[tuple[str, str, set[str], str]] = [
    ("quang_ngai", "dang_doan", CADRE, "8.2.1"),
    ("quang_ngai", "dang_doan", {"appraisal"}, "8.2.1"),
    ("bac_kan", "ban_chap_hanh", {"appraisal"}, "11.1"),
    ("bac_kan", "ban_thuong_vu", ALL - {"political_standards", "cadre_comment"}, "11.1"),
    ("bac_kan", "thuong_truc", ALL, "11.2"),
    ("cap_huyen", "ban_chap_hanh", ALL, "21.3"),
    ("cap_huyen", "ban_thuong_vu", {*CADRE, "inspection", "important"}, "21.3"),
    ("cap_huyen", "ban_thuong_vu", {"appraisal"}, "21.3"),
    ("cap_huyen", "thuong_truc", {*CADRE, "inspection", "important"}, "21.3"),
    ("cap_huyen", "thuong_truc", {"appraisal"}, "15.2"),
    (
        "hai_duong",
        "co_quan",
        {"inspection", "important", "political_standards", "cadre_comment", "appraisal"},
        "3.1",
    ),
    ("tra_vinh", "doan_the", {*CADRE, "inspection", "important"}, "5.1"),
    ("tra_vinh", "doan_the", {"appraisal"}, "5.2"),
    ("tra_vinh", "ban_dan_van", ALL - {"appraisal"}, "5.2"),
]


def body(regulation: str, body_id: str) -> Body:
    return load(regulations_dir() / f"{regulation}.toml").body(body_id)


@pytest.mark.parametrize(("regulation", "body_id", "grounds", "matters"), ACCEPTED)
def test_a_body_is_asked_in_writing_on_these_grounds_about_these_matters(
    regulation: str, body_id: str, grounds: dict[str, str], matters: set[str]
) -> None:
    written = body(regulation, body_id).written

    assert written.grounds == {Ground(ground): article for ground, article in grounds.items()}
    assert written.matters == {Matter(matter) for matter in matters}


@pytest.mark.parametrize(("regulation", "body_id", "matters", "article"), REFUSED)
def test_a_refused_matter_names_its_article_and_what_can_be_done_instead(
    regulation: str, body_id: str, matters: set[str], article: str
) -> None:
    exclusions = body(regulation, body_id).written.exclusions

    for matter in matters:
        exclusion = exclusions[Matter(matter)]
        assert exclusion.article == article
        assert exclusion.because
        assert exclusion.instead


@pytest.mark.parametrize(("regulation", "body_id", "_grounds", "matters"), ACCEPTED)
def test_every_matter_is_accepted_or_refused_and_never_both(
    regulation: str, body_id: str, _grounds: dict[str, str], matters: set[str]
) -> None:
    written = body(regulation, body_id).written

    assert {matter.value for matter in written.exclusions} == ALL - matters


@pytest.mark.parametrize(
    ("regulation", "body_id", "article"),
    [("bac_kan", "thuong_truc", "11.2"), ("cap_huyen", "ban_chap_hanh", "21.3")],
)
def test_a_body_that_is_never_asked_in_writing_says_why(
    regulation: str, body_id: str, article: str
) -> None:
    forbidden = body(regulation, body_id).written.forbidden

    assert forbidden is not None
    assert forbidden.article == article


def test_personnel_in_quang_ngai_is_offered_a_meeting_with_a_secret_ballot() -> None:
    written = body("quang_ngai", "dang_doan").written

    assert "phiếu kín" in written.exclusions[Matter.PERSONNEL].instead


def test_the_writing_of_thuong_truc_is_an_assumption_that_a_committee_may_drop() -> None:
    path = regulations_dir() / "cap_huyen.toml"

    written = load(path, {"thuong_truc_in_writing": False}).body("thuong_truc").written

    assert written.grounds == {}
    assert written.forbidden is not None
    assert set(written.exclusions) == set(Matter)
