"""Faults of a regulation file together: all at once, none that only follows, and none unforeseen."""

import re
from pathlib import Path

import pytest

from bot.places import regulations_dir
from bot.regulations.faults import Fault, RegulationFaults
from bot.regulations.loader import load, parse
from bot.values.language import Language
from tests.regulations.example import example, faults_of


def test_collating_goes_without_a_threshold_and_with_outcomes_of_its_own() -> None:
    text = example().replace(
        'article = "6.1"\ngrounds', 'article = "6.1"\ncollates = true\ngrounds'
    )

    kinds = [fault.kind for fault in faults_of(text)]

    assert kinds == ["threshold_of_collated", *["ruling_not_collated"] * 4]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("rhythm_reminders", "reminders_missing"),
        ("duty_reminders", "reminders_missing"),
        ("report_due", "due_missing"),
    ],
)
def test_what_rhythms_and_duties_lean_on_must_be_said(name: str, kind: str) -> None:
    text = re.sub(rf"\[common\.{name}\]\n(?:.+\n)+", "", example())

    assert [fault.kind for fault in faults_of(text)] == [kind]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = example()
    for written, instead in (
        ('secretary = "3"', 'secretary = "Điều 3"'),
        ('more_than = "1/2"', 'more_than = "5/2"'),
        ('"quarter", "year"', '"quarter", "yaer"'),
        ('share = { at_least = "2/3"', 'shaer = { at_least = "2/3"'),
    ):
        text = text.replace(written, instead, 1)

    faults = faults_of(text)

    assert [fault.kind for fault in faults] == [
        "article_form",
        "fraction_impossible",
        "unknown_key",
        "unknown_id",
    ]
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_a_misspelt_key_hides_no_other_fault_and_makes_none() -> None:
    text = example().replace("matters = [", "maters = [", 1).replace('"delivered"', '"sent"', 1)
    text = text.replace('"appraisal"', '"appraisal", "general"', 1)
    text = text.replace('value = "sent"', 'value = "delivered"')

    assert [(fault.kind, fault.meant) for fault in faults_of(text)] == [
        ("unknown_key", "matters"),
        ("matter_twice", None),
    ]


def test_what_the_faults_say_can_be_read_as_one_text() -> None:
    with pytest.raises(RegulationFaults, match=r"chi_uy\.toml:\d+: body\.chi_uy\.heds: .*heds"):
        parse(example().replace("heads =", "heds =", 1), "chi_uy.toml")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegulationFaults) as raised:
        load(tmp_path / "none.toml")

    assert [fault.kind for fault in raised.value.faults] == ["no_file"]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.toml"
    path.write_bytes(b"\xff\xd8\xff\xe0")

    with pytest.raises(RegulationFaults) as raised:
        load(path)

    assert [fault.kind for fault in raised.value.faults] == ["not_text"]


def test_a_mark_of_byte_order_and_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + example().replace("\n", "\r\n").encode())

    assert load(path).id == "chi_uy"


@pytest.mark.parametrize(
    "text", ["", "\n", "id = 1", "body = 3", "[body]\nx = 1", "[[body]]\nx = 1"]
)
def test_a_text_that_is_hardly_a_regulation_is_refused_and_nothing_breaks(text: str) -> None:
    assert faults_of(text)


def refusals(text: str) -> tuple[Fault, ...]:
    """The faults of a text; none where it loads."""
    try:
        parse(text, "x.toml")
    except RegulationFaults as refused:
        return refused.faults
    return ()


def test_a_rule_book_without_one_of_its_lines_loads_or_is_refused_and_nothing_breaks() -> None:
    lines = (regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8").split("\n")

    told = [refusals("\n".join(lines[:at] + lines[at + 1 :])) for at in range(len(lines))]

    assert sum(map(bool, told)) > 100
    assert all(
        each.message and each.expected
        for faults in told
        for fault in faults
        for each in map(fault.told, Language)
    )
