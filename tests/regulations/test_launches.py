"""What a launch accepts under each regulation, written by hand from the texts."""

import pytest

from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Ground, Matter, Provision
from tests.rules.committee import body

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
        {"coordination", "general", "inspection"} | CADRE,
    ),
    (
        "tra_vinh",
        "doan_the",
        {"coordination": "5.1"},
        {"coordination", "general", "personnel", "inspection", "cadre_comment"},
    ),
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
    ("hai_duong", "co_quan", {"appraisal"}, "3.1"),
    ("hai_duong", "co_quan", {"important"}, "3.1, 3.3"),
    ("tra_vinh", "doan_the", {"important", "political_standards"}, "5.1"),
    ("tra_vinh", "doan_the", {"appraisal"}, "5.2"),
    ("tra_vinh", "ban_dan_van", ALL - {"appraisal"}, "5.2"),
]


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


# --- what the text itself says, and what a committee reads otherwise ---------------------------

FORBIDS, NOTHING, ASSUMED = Provision.FORBIDS, Provision.NOTHING, Provision.ASSUMED

# regulation, body, matter, ground, the article, what the text does about it
PROVIDED: list[tuple[str, str, str, str, str, Provision]] = [
    ("quang_ngai", "dang_doan", "personnel", "urgent_no_meeting", "8.2.1", FORBIDS),
    ("quang_ngai", "dang_doan", "personnel", "superior_direction", "8.2.2", FORBIDS),
    ("quang_ngai", "dang_doan", "cadre_comment", "urgent_no_meeting", "8.2.1", FORBIDS),
    ("quang_ngai", "dang_doan", "cadre_comment", "superior_direction", "8.2.1", ASSUMED),
    ("quang_ngai", "dang_doan", "appraisal", "urgent_no_meeting", "8.2.1", NOTHING),
    ("bac_kan", "ban_chap_hanh", "appraisal", "cannot_meet", "11.1", NOTHING),
    ("bac_kan", "ban_thuong_vu", "general", "cannot_meet", "11.1", NOTHING),
    ("bac_kan", "thuong_truc", "general", "cannot_meet", "11.2", NOTHING),
    ("cap_huyen", "ban_chap_hanh", "general", "cannot_meet", "21.3", NOTHING),
    ("cap_huyen", "ban_thuong_vu", "personnel", "cannot_meet", "21.3", FORBIDS),
    ("cap_huyen", "ban_thuong_vu", "inspection", "not_complex", "21.3", FORBIDS),
    ("cap_huyen", "ban_thuong_vu", "important", "not_complex", "21.3", FORBIDS),
    ("cap_huyen", "thuong_truc", "personnel", "cannot_meet", "21.3", ASSUMED),
    ("hai_duong", "co_quan", "important", "coordination", "3.1, 3.3", ASSUMED),
    ("hai_duong", "co_quan", "appraisal", "coordination", "3.1", NOTHING),
    ("tra_vinh", "doan_the", "important", "coordination", "5.1", NOTHING),
    ("tra_vinh", "doan_the", "appraisal", "coordination", "5.2", NOTHING),
    ("tra_vinh", "ban_dan_van", "general", "appraisal", "5.2", NOTHING),
]


@pytest.mark.parametrize(("regulation", "body_id", "matter", "ground", "article", "says"), PROVIDED)
def test_a_refusal_tells_what_the_text_forbids_from_what_it_does_not_provide(
    regulation: str, body_id: str, matter: str, ground: str, article: str, says: Provision
) -> None:
    exclusion = body(regulation, body_id).written.exclusion(Matter(matter), Ground(ground))

    assert exclusion is not None
    assert (exclusion.article, exclusion.says) == (article, says)


def test_every_exclusion_of_the_five_files_tells_what_its_text_says() -> None:
    for path in regulations_dir().glob("*.toml"):
        for each in load(path).bodies:
            written = each.written
            told = [*written.exclusions.values(), *written.exclusions_on.values()]
            assert all(one is not None and one.says for one in told), each.id


# regulation, body, setting, value, ground, the matters taken then and not by default
READ_OTHERWISE: list[tuple[str, str, str, bool, str, set[str]]] = [
    (
        "cap_huyen",
        "thuong_truc",
        "thuong_truc_exclusions",
        False,
        "cannot_meet",
        {*CADRE, "inspection", "important"},
    ),
    ("hai_duong", "co_quan", "important_in_writing", True, "coordination", {"important"}),
    (
        "quang_ngai",
        "dang_doan",
        "directed_cadre_exclusions",
        False,
        "superior_direction",
        {"political_standards", "cadre_comment"},
    ),
]


@pytest.mark.parametrize(
    ("regulation", "body_id", "setting", "value", "ground", "matters"), READ_OTHERWISE
)
def test_a_committee_that_reads_the_text_otherwise_takes_these_matters(
    regulation: str, body_id: str, setting: str, value: object, ground: str, matters: set[str]
) -> None:
    path = regulations_dir() / f"{regulation}.toml"
    default = load(path).body(body_id).written
    other = load(path, {setting: value}).body(body_id).written

    for matter in map(Matter, matters):
        assert default.exclusion(matter, Ground(ground)) is not None
        assert other.exclusion(matter, Ground(ground)) is None
        assert matter in other.matters


def test_the_other_reading_of_directed_cadre_matters_leaves_the_urgent_ground_alone() -> None:
    path = regulations_dir() / "quang_ngai.toml"
    written = load(path, {"directed_cadre_exclusions": False}).body("dang_doan").written

    for ground, refused in ((Ground.URGENT_NO_MEETING, True), (Ground.SUPERIOR_DIRECTION, False)):
        assert (written.exclusion(Matter.CADRE_COMMENT, ground) is not None) is refused
        assert written.exclusion(Matter.PERSONNEL, ground) is not None


def test_comments_on_cadres_are_an_assumption_in_tra_vinh() -> None:
    path = regulations_dir() / "tra_vinh.toml"
    written = load(path, {"cadre_comment_in_writing": False}).body("doan_the").written

    exclusion = written.exclusion(Matter.CADRE_COMMENT, Ground.COORDINATION)
    assert exclusion is not None
    assert (exclusion.article, exclusion.says) == ("5.2", ASSUMED)


def test_personnel_in_bac_kan_asks_to_be_no_election() -> None:
    rule = body("bac_kan", "ban_chap_hanh").written.no_election

    assert rule is not None
    assert rule.matters == {Matter.PERSONNEL}
    assert rule.article == "1.6, 4.9"
