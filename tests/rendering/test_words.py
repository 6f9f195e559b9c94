"""The words of the product are there for every id, and every message template can be read."""

import tomllib
import unicodedata
from enum import StrEnum

import pytest
from jinja2 import Environment, TemplateSyntaxError

from bot.consultations.rules.consultation import Choice, Position
from bot.places import templates_dir
from bot.regulations.rules.regulation import Ground, Matter, Next, Outcome
from bot.rendering import Rendering

FOLDER = templates_dir()
MESSAGES = sorted(FOLDER.glob("messages/**/*.j2"))


@pytest.mark.parametrize(
    ("table", "ids"),
    [
        ("matter", Matter),
        ("ground", Ground),
        ("choice", Choice),
        ("position", Position),
        ("outcome", Outcome),
        ("next", Next),
    ],
)
def test_every_id_of_a_regulation_has_its_word(table: str, ids: type[StrEnum]) -> None:
    words = Rendering()
    assert all(words.label(f"{table}.{each}") for each in ids)


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("office.secretary", "Bí thư"),
        ("office.organisation_member", "Ủy viên theo dõi công tác tổ chức cán bộ"),
        ("matter.cadre_comment", "nhận xét, đánh giá cán bộ"),
        ("choice.approve", "Tán thành"),
        ("choice.approve_with_comments", "Tán thành, có góp ý"),
        ("choice.reject", "Không tán thành"),
        ("choice.differ", "Ý kiến khác"),
        ("position.deemed_approve", "được xem là đồng ý"),
        ("position.silent", "không có ý kiến"),
        ("position.not_received", "chưa nhận được"),
        ("outcome.adopted", "thông qua"),
        ("outcome.held", "tạm dừng, chờ quyết định"),
        ("next.report_back", "thông báo lại tại cuộc họp gần nhất"),
    ],
)
def test_one_word_for_one_thing(key: str, word: str) -> None:
    assert Rendering().label(key) == word


def test_words_are_composed_letters() -> None:
    written = (FOLDER / "labels.toml").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", written)
    assert tomllib.loads(written)


def test_deemed_agreement_never_shares_its_word_with_agreement() -> None:
    words = Rendering()
    assert words.label("position.deemed_approve") != words.label("position.approve")


def test_every_message_template_can_be_read() -> None:
    reader = Environment(autoescape=True)
    for path in MESSAGES:
        try:
            reader.parse(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as fault:
            pytest.fail(f"{path.name}, line {fault.lineno}: {fault.message}")
