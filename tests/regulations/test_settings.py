"""Assumptions and blanks: each has a name, and another value can be chosen by it."""

from fractions import Fraction

import pytest

from bot.places import regulations_dir
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import digest, load, parse
from bot.regulations.rules.meetings import QuorumReading
from bot.regulations.rules.regulation import Regulation, Reserve, ReservedWords, Strength
from bot.values.language import Language


def read(name: str, **settings: object) -> Regulation:
    return load(regulations_dir() / f"{name}.toml", settings)


@pytest.mark.parametrize(
    ("regulation", "names"),
    [
        (
            "quang_ngai",
            {
                "receipt",
                "suggested_days",
                "least_notice",
                "day_ends_at",
                "outage_presses",
                "silence_covers_direction",
                "division_in_writing",
            }
            | {
                "directed_cadre_exclusions",
                "quorum_reading",
                "delegate_scope",
                "least_ballots",
                "rhythm_reading",
                "days_before",
                "rhythm_reminders",
                "duty_reminders",
                "report_due",
            }
            | {"upward_report_days"},
        ),
        (
            "bac_kan",
            {
                "receipt",
                "suggested_days",
                "least_notice",
                "day_ends_at",
                "outage_presses",
                "threshold",
                "secret_slips",
                "extended_counts",
                "reserve_days",
                "reserved_words",
            }
            | {"least_ballots", "rhythm_reminders", "duty_reminders", "report_due"}
            | {"answer_days"}
            | {"debtor_day", "doan_report_periods", "bch_hears_reports"},
        ),
        (
            "cap_huyen",
            {
                "receipt",
                "suggested_days",
                "least_notice",
                "day_ends_at",
                "outage_presses",
                "thuong_truc_in_writing",
                "differing_is",
                "reserve_days",
                "reserved_words",
            }
            | {"thuong_truc_exclusions", "ubnd_report_periods", "hdnd_report_periods"}
            | {"papers_to_office_days", "bch_papers_days", "btv_papers_days"}
            | {"btv_meetings_per_month", "least_ballots", "answer_days"}
            | {"rhythm_reading", "days_before"}
            | {"rhythm_reminders", "duty_reminders", "report_due"}
            | {"second_round_days"},
        ),
        (
            "hai_duong",
            {
                "receipt",
                "least_notice",
                "day_ends_at",
                "outage_presses",
                "confirm_personnel_silence",
                "recipient_due",
                "acknowledge_within",
            }
            | {
                "more_time_days",
                "duty_reminders",
                "report_due",
                "upward_report_days",
                "important_in_writing",
            },
        ),
        (
            "tra_vinh",
            {
                "receipt",
                "suggested_days",
                "least_notice",
                "day_ends_at",
                "outage_presses",
                "cadre_comment_in_writing",
            }
            | {"rhythm_reminders", "duty_reminders", "report_due"},
        ),
    ],
)
def test_every_assumption_has_a_name_and_a_note(regulation: str, names: set[str]) -> None:
    settings = read(regulation).settings

    assert {each.name for each in settings} == names
    assert all(each.note for each in settings)


def test_the_blanks_of_the_model_text_are_named_and_told_apart_from_assumptions() -> None:
    blanks = {each.name: each.value for each in read("cap_huyen").settings if each.blank}

    assert blanks == {
        "papers_to_office_days": 5,
        "bch_papers_days": 3,
        "btv_papers_days": 2,
        "btv_meetings_per_month": 2,
    }


def test_the_least_notice_is_none_to_five_working_days() -> None:
    for least, before, after in ((0, 0, 1), (1, 1, 1), (5, 5, 5)):
        window = read("quang_ngai", least_notice=least).body("dang_doan").written.window
        assert (window.least_notice, window.notice_after_deadline) == (before, after)
    for wrong in (-1, 6, "1"):
        with pytest.raises(RegulationFaults) as raised:
            read("quang_ngai", least_notice=wrong)
        assert [fault.key for fault in raised.value.faults] == ["settings.least_notice"]


def test_a_rule_book_that_names_no_least_notice_is_read_as_it_was_before_there_was_one() -> None:
    text = (regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8")
    start, end = text.index("[common.least_notice]"), text.index("[common.day_ends_at]")
    written = parse(text[:start] + text[end:], "kept").body("dang_doan").written
    assert (written.window.least_notice, written.window.notice_after_deadline) == (0, 3)
    assert written.strike_erases
    assert not read("quang_ngai").body("dang_doan").written.strike_erases


@pytest.mark.parametrize(
    ("regulation", "name"),
    [
        ("hai_duong", "recipient_due"),
        ("cap_huyen", "differing_is"),
        ("bac_kan", "reserved_words"),
        ("cap_huyen", "reserved_words"),
        ("quang_ngai", "division_in_writing"),
    ],
)
def test_a_reading_takes_no_value_but_its_own(regulation: str, name: str) -> None:
    with pytest.raises(RegulationFaults) as raised:
        read(regulation, **{name: "whatever"})
    assert [(fault.key, fault.kind) for fault in raised.value.faults] == [
        (f"settings.{name}", "unknown_id")
    ]


@pytest.mark.parametrize("regulation", ["bac_kan", "cap_huyen"])
def test_reserved_words_reach_the_office_for_five_days_unless_the_committee_sets_it_otherwise(
    regulation: str,
) -> None:
    for usual, chosen in zip(
        read(regulation).bodies,
        read(regulation, reserved_words="members", reserve_days=3).bodies,
        strict=True,
    ):
        assert usual.reserve is not None
        assert chosen.reserve is not None
        assert (usual.reserve.days, usual.members_read_reserved) == (5, False)
        assert (chosen.reserve.days, chosen.members_read_reserved) == (3, True)


def test_a_kept_rule_book_that_gave_the_right_to_one_body_is_read_with_the_defaults() -> None:
    text = (regulations_dir() / "bac_kan.toml").read_text(encoding="utf-8")
    start, end = text.index("[common.reserve]"), text.index("[common.day_ends_at]")
    before = text[:start] + text[end:]
    written = "[body.ban_chap_hanh.written]\n"
    bodies = parse(before.replace(written, f'{written}reserve_article = "9.2"\n'), "kept")
    assert bodies.body("ban_chap_hanh").reserve == Reserve("9.2", 5, ReservedWords.OFFICE)
    assert bodies.body("ban_thuong_vu").reserve is None


def test_where_a_division_goes_in_writing_is_one_of_two() -> None:
    to_superior = read("quang_ngai").body("dang_doan").written.rulings.failed_with_differing
    settings = {"division_in_writing": "meeting"}
    to_meeting = read("quang_ngai", **settings).body("dang_doan").written.rulings
    assert (to_superior.outcome, to_superior.next) == ("to_superior", "upward_report")
    row = to_meeting.failed_with_differing
    assert (row.outcome, row.next, row.article) == ("to_meeting", "to_meeting", "7.2")
    assert to_meeting.failed.outcome == "not_adopted"


def test_another_receipt_can_be_chosen_by_its_short_name_or_its_place() -> None:
    by_name = read("quang_ngai", receipt="recorded")
    by_place = read("quang_ngai", **{"common.receipt": "recorded"})

    for regulation in (by_name, by_place):
        assert regulation.body("dang_doan").written.silence.receipt is Strength.RECORDED


@pytest.mark.parametrize(
    ("written", "fraction", "inclusive"),
    [
        (">= 2/3", "2/3", True),
        ("≥ 3/4", "3/4", True),
        ("> 2/3", "2/3", False),
        ("2/3", "2/3", True),
        ({"more_than": "2/3"}, "2/3", False),
    ],
)
def test_another_threshold_holds_in_writing_and_in_meetings(
    written: object, fraction: str, inclusive: bool
) -> None:
    body = read("bac_kan", threshold=written).body("ban_chap_hanh")

    assert body.meetings is not None
    assert body.meetings.vote is not None
    for threshold in (body.written.threshold, body.meetings.vote.threshold):
        assert threshold is not None
        assert (threshold.fraction, threshold.inclusive) == (Fraction(fraction), inclusive)


def test_the_values_chosen_are_those_to_be_confirmed() -> None:
    settings = {each.name: each.value for each in read("bac_kan", threshold="> 2/3").settings}

    assert settings["threshold"] == "> 2/3"
    assert settings["receipt"] == "delivered"


def test_other_days_and_hours_can_be_chosen() -> None:
    window = read("quang_ngai", suggested_days=5, day_ends_at=16).body("dang_doan").written.window

    assert (window.suggested_days, window.day_ends_at) == (5, 16)


def test_other_bounds_can_be_chosen_in_hai_duong() -> None:
    settings = {"more_time_days": 10, "acknowledge_within": 2, "confirm_personnel_silence": False}
    written = read("hai_duong", **settings).body("co_quan").written

    assert written.more_time is not None
    assert written.more_time.most_days == 10
    assert written.window.acknowledge_within == 2
    assert written.silence.asks_confirmation == frozenset()


def test_the_other_reading_of_the_quorum_can_be_chosen() -> None:
    meetings = read("quang_ngai", quorum_reading="instead").body("dang_doan").meetings

    assert meetings is not None
    assert meetings.quorum is not None
    assert meetings.quorum.condition is not None
    assert meetings.quorum.condition.reading is QuorumReading.INSTEAD


@pytest.mark.parametrize(
    ("settings", "key", "line_says", "kind"),
    [
        ({"receipt": "deliverd"}, "settings.receipt", "[common.receipt]", "unknown_id"),
        ({"threshold": "0.66"}, "settings.threshold", "[common.threshold]", "fraction_form"),
        ({"threshold": "> 1/1"}, "settings.threshold", "[common.threshold]", "fraction_impossible"),
        ({"threshold": 2}, "settings.threshold", "[common.threshold]", "wrong_type"),
        ({"day_ends_at": 25}, "settings.day_ends_at", "[common.day_ends_at]", "out_of_range"),
        ({"suggested_days": "3"}, "settings.suggested_days", "[common.sugg", "wrong_type"),
        ({"common.receipt": 1}, "settings.common.receipt", "[common.receipt]", "unknown_id"),
        ({"recept": "delivered"}, "settings.recept", "#", "setting_unknown"),
        (
            {"body.ban_chap_hanh.name": "X"},
            "settings.body.ban_chap_hanh.name",
            "#",
            "setting_unknown",
        ),
    ],
)
def test_a_chosen_value_is_checked_as_a_value_of_the_file_is(
    settings: dict[str, object], key: str, line_says: str, kind: str
) -> None:
    path = regulations_dir() / "bac_kan.toml"
    with pytest.raises(RegulationFaults) as raised:
        load(path, settings)

    (fault,) = raised.value.faults
    assert (fault.key, fault.kind) == (key, kind)
    lines = path.read_text(encoding="utf-8").split("\n")
    table = [line for line in lines[: fault.line] if line.startswith(("[", "#"))][-1]
    assert table.startswith(line_says)


def test_a_misspelt_name_is_answered_with_the_name_that_was_meant() -> None:
    with pytest.raises(RegulationFaults) as raised:
        read("bac_kan", recept="delivered")

    assert raised.value.faults[0].told(Language.VIETNAMESE).hint == "có phải là «receipt»?"


def test_the_digest_is_of_the_text_and_the_values_chosen() -> None:
    text = (regulations_dir() / "bac_kan.toml").read_text(encoding="utf-8")
    plain, chosen = parse(text, "a"), parse(text, "a", {"threshold": "> 2/3"})

    assert plain.digest == parse(text, "elsewhere").digest == digest(text)
    assert plain.digest == digest(text, {})
    assert chosen.digest == digest(text, {"threshold": "> 2/3"}) != plain.digest
    assert len(plain.digest) == 64


def test_the_same_text_is_read_once() -> None:
    text = (regulations_dir() / "bac_kan.toml").read_text(encoding="utf-8")

    assert parse(text, "a", {"receipt": "recorded"}) is parse(text, "a", {"receipt": "recorded"})
