"""Views become words exactly; the templates here are small and made for the test."""

import gc
import weakref
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from bot.places import templates_dir
from bot.rendering import Rendering
from bot.values.moments import VIET_NAM

DUE = datetime(2026, 11, 27, 17, tzinfo=VIET_NAM)


class Held:
    def __str__(self) -> str:
        return "held"


class Reply(StrEnum):
    APPROVE = "approve"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "messages").mkdir()
    words = (templates_dir() / "labels.toml").read_text(encoding="utf-8")
    (tmp_path / "labels.toml").write_text(words, encoding="utf-8")
    return tmp_path


@pytest.fixture
def words() -> Rendering:
    return Rendering()


def written(folder: Path, template: str, /, **view: object) -> str:
    (folder / "messages" / "card.j2").write_text(template, encoding="utf-8")
    return Rendering(folder).text("card", **view)


def test_a_subject_cannot_become_markup(folder: Path) -> None:
    told = written(folder, "<b>{{ subject }}</b>", subject="<i>5 & 6</i> {{7*7}}")
    assert told == "<b>&lt;i&gt;5 &amp; 6&lt;/i&gt; {{7*7}}</b>"


def test_nothing_of_a_view_is_left_to_the_collector_of_garbage(folder: Path) -> None:
    template = "{% macro one() %}{{ held }}{% endmacro %}{% macro two() %}{{ one() }}{% endmacro %}{{ two() }}"
    held = Held()
    left = weakref.ref(held)
    gc.disable()
    try:
        assert written(folder, template, held=held) == "held"
        del held
        assert left() is None
    finally:
        gc.enable()


def test_a_name_missing_from_the_view_is_an_error_and_not_a_gap(folder: Path) -> None:
    with pytest.raises(UndefinedError, match="subject"):
        written(folder, "{{ subject }}")


def test_an_unknown_template_is_named(words: Rendering) -> None:
    with pytest.raises(TemplateNotFound, match=r"messages/no_such_card\.j2"):
        words.text("no_such_card")


def test_blank_lines_left_by_conditions_are_squeezed(folder: Path) -> None:
    template = "\n{% if early %}\nA\n{% endif %}\nB  \n\n   \n\n\nC\n\n"
    assert written(folder, template, early=False) == "B\n\nC"


def test_a_view_may_have_fields_named_template_and_key(folder: Path) -> None:
    assert written(folder, "{{ template }} {{ key }}", template="a", key="b") == "a b"


def test_filters_speak_in_templates(folder: Path) -> None:
    template = (
        "{{ due | moment }}|{{ due | moment_left(now) }}|{{ due | left(now) }}|{{ due | day }}|"
        "{{ reply | label('choice') }}|{{ 'left.hour' | label(count=3) }}|"
        "{{ ['A', 'B'] | names }}|{{ '2/3' | fraction }}|{{ 2048 | size }}|"
        "{{ 'outcome.adopted' | label | initial }}"
    )
    told = written(folder, template, due=DUE, now=DUE - timedelta(days=2), reply=Reply.APPROVE)
    assert told.split("|") == [
        "17 giờ 00, thứ Sáu, 27/11/2026",
        "17 giờ 00, thứ Sáu, 27/11/2026 (còn 2 ngày)",
        "còn 2 ngày",
        "27/11/2026 (thứ Sáu)",
        "Tán thành",
        "còn 3 giờ",
        "A và B",
        "hai phần ba",
        "2 KB",
        "Thông qua",
    ]


def test_a_filter_raises_for_a_missing_label_with_its_key(folder: Path) -> None:
    with pytest.raises(KeyError, match=r"choice\.applaud"):
        written(folder, "{{ 'applaud' | label('choice') }}")


def test_a_missing_label_is_named_and_a_table_is_not_a_label(words: Rendering) -> None:
    with pytest.raises(KeyError, match=r"choice\.applaud"):
        words.label("choice.applaud")
    with pytest.raises(KeyError, match="choice"):
        words.label("choice")


def test_a_value_of_a_label_is_never_read_as_a_pattern(words: Rendering) -> None:
    assert words.label("left.day", count="{hour}") == "còn {hour} ngày"


def test_a_label_that_is_no_text_is_refused_at_start(folder: Path) -> None:
    (folder / "labels.toml").write_text("[choice]\napprove = 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"choice\.approve"):
        Rendering(folder)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=2), "còn 2 ngày"),
        (timedelta(hours=3), "còn 3 giờ"),
        (timedelta(minutes=20), "còn 20 phút"),
        (timedelta(0), "còn chưa đầy 1 phút"),
        (timedelta(seconds=-1), "đã quá hạn"),
    ],
)
def test_what_is_left_is_said(words: Rendering, left: timedelta, said: str) -> None:
    assert words.left(DUE, DUE - left) == said


def test_a_moment_says_its_zone_on_paper_alone(words: Rendering) -> None:
    assert words.moment(DUE) == "17 giờ 00, thứ Sáu, 27/11/2026"
    assert words.moment_zoned(DUE) == "17 giờ 00, thứ Sáu, 27/11/2026 (giờ Việt Nam)"


def test_a_day_is_that_of_viet_nam(words: Rendering) -> None:
    assert words.day(datetime(2026, 11, 27, 17, tzinfo=UTC)) == "28/11/2026 (thứ Bảy)"
    assert words.day(date(2026, 11, 29)) == "29/11/2026 (Chủ nhật)"


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A và B"), (["A", "B", "C"], "A, B và C")],
)
def test_names_are_joined_in_prose(words: Rendering, names: list[str], said: str) -> None:
    assert words.names(names) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("1/2", "một phần hai"),
        ("2/3", "hai phần ba"),
        ("3/4", "ba phần tư"),
        ("4/5", "bốn phần năm"),
        ("1", "toàn bộ"),
        ("7/12", "7/12"),
    ],
)
def test_a_fraction_is_said_in_words(words: Rendering, share: str, said: str) -> None:
    assert words.fraction(share) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 byte"),
        (1023, "1023 byte"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (1_048_576, "1 MB"),
        (1_258_291, "1,2 MB"),
        (20_971_520, "20 MB"),
    ],
)
def test_the_size_of_a_file_has_a_decimal_comma(words: Rendering, count: int, said: str) -> None:
    assert words.size(count) == said
