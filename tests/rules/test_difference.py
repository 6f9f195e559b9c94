"""Two rule books compared: whatever one of them says otherwise is told, in words, and nothing else is."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.committees.amending.compared import Compared
from bot.committees.amending.words import place, snake, told
from bot.committees.rules.difference import ID, UNTOLD, WHOLE, Kind, difference, kept
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Matter, Regulation, SilencePolicy
from bot.regulations.rules.terms import Least, Profile
from bot.rendering import shared_rendering

OTHERS = Path(__file__).resolve().parents[1] / "regulations" / "others"
BOOKS = {
    path.stem: path
    for folder in (regulations_dir(), OTHERS)
    for path in sorted(folder.glob("*.toml"))
}
SAY = shared_rendering()


def book(name: str, **settings: object) -> Regulation:
    return load(BOOKS[name], settings)


def words(before: Regulation, now: Regulation) -> list[tuple[str, str, str, str]]:
    lines = told(SAY, Compared(before, now, difference(before, now), frozenset()))
    return [(each.place, each.kind, each.was, each.now) for each in lines]


# --- every leaf ------------------------------------------------------------------------------


def otherwise(value: Any) -> Any:
    """Another value of the same kind, for a leaf."""
    match value:
        case bool():
            return not value
        case Enum():
            return next(each for each in type(value) if each is not value)
        case int():
            return value + 1
        case str():
            return f"{value} khác"
        case Fraction():
            return value + 1
        case None:
            return "7.7"
        case _:
            raise TypeError(type(value))


def changed(value: Any) -> Iterator[tuple[str, Any]]:
    """Every value that differs in one leaf, with where the leaf is."""
    if is_dataclass(value):
        yield from _changed_parts(value)
    elif isinstance(value, Mapping):
        for key in value:
            yield f"[{key}] gone", {k: v for k, v in value.items() if k != key}
            for where, other in changed(value[key]):
                yield f"[{key}]{where}", {**value, key: other}
    elif isinstance(value, tuple):
        for at, element in enumerate(value):
            yield f"[{at}] gone", value[:at] + value[at + 1 :]
            for where, other in changed(element):
                yield f"[{at}]{where}", (*value[:at], other, *value[at + 1 :])
    elif isinstance(value, frozenset):
        yield " otherwise", frozenset() if value else frozenset({Matter.GENERAL})
    else:
        yield "", otherwise(value)


def _changed_parts(value: Any) -> Iterator[tuple[str, Any]]:
    part = type(value).__name__
    for each in fields(value):
        if isinstance(value, Least) and value.number and each.name in ("fraction", "inclusive"):
            continue  # a share says nothing beside a number
        if part == "Vocabulary" and each.name == "labels":
            for where, other in changed(dict(value.labels)):
                yield f"labels{where}", replace(value, labels=tuple(other.items()))
        elif each.name != ID and (part, each.name) not in UNTOLD:
            for where, other in changed(getattr(value, each.name)):
                yield f"{part}.{each.name}{where}", replace(value, **{each.name: other})


@pytest.mark.parametrize("name", BOOKS)
def test_whatever_leaf_is_changed_is_told_in_words(name: str) -> None:
    before = book(name)
    untold, unsaid = [], []
    for where, now in changed(before):
        found = difference(before, now)
        if not found:
            untold.append(where)
        lines = told(SAY, Compared(before, now, found, frozenset()))
        same = [each for each in lines if each.kind == "changes" and each.was == each.now]
        if same or not all(each.place for each in lines):
            unsaid.append((where, same))
    assert untold == []
    assert unsaid == []


@pytest.mark.parametrize("name", BOOKS)
def test_a_rule_book_does_not_differ_from_itself(name: str) -> None:
    assert difference(book(name), book(name)) == ()


def parts_of(found: type, known: set[type]) -> Iterator[type]:
    """Every class of which a rule book consists."""
    if found in known:
        return
    known.add(found)
    yield found
    for hint in typing.get_type_hints(found).values():
        for inner in _classes(hint):
            if is_dataclass(inner) and inner not in WHOLE:
                yield from parts_of(inner, known)


def _classes(hint: Any) -> Iterator[type]:
    if typing.get_origin(hint) is None and isinstance(hint, type):
        yield hint
    for each in typing.get_args(hint):
        yield from _classes(each)


def test_every_place_of_a_rule_book_has_its_words() -> None:
    unnamed = []
    for part in parts_of(Regulation, set()):
        if part.__name__ == "Setting":
            continue
        if not SAY.has_label(f"amended_part.{snake(part.__name__)}"):
            unnamed.append(part.__name__)
        for each in dataclasses.fields(part):
            if each.name == ID or (part.__name__, each.name) in UNTOLD:
                continue
            own = f"amended_field.{snake(part.__name__)}_{each.name}"
            if not (SAY.has_label(own) or SAY.has_label(f"amended_field.{each.name}")):
                unnamed.append(f"{part.__name__}.{each.name}")
    assert unnamed == []


# --- in words, by hand -----------------------------------------------------------------------


def test_a_setting_is_told_by_what_it_changes() -> None:
    before, now = book("quang_ngai"), book("quang_ngai", suggested_days=5)
    assert words(before, now) == [("thời hạn trả lời: số ngày làm việc gợi ý", "changes", "3", "5")]


def test_silence_that_comes_to_count_is_told_with_its_article() -> None:
    before = book("quang_ngai")
    body = before.bodies[0]
    silence = replace(body.written.silence, policy=SilencePolicy.NOT_COUNTED)
    now = replace(before, bodies=(replace(body, written=replace(body.written, silence=silence)),))
    (one,) = told(SAY, Compared(now, before, difference(now, before), frozenset()))
    assert (one.about, one.place, one.was, one.now, one.article) == (
        "Đảng đoàn",
        "im lặng",
        "không tính",
        "được xem là đồng ý",
        "8.2.1",
    )


def test_another_layout_of_papers_is_told_by_what_it_is_called() -> None:
    now = book("uy_ban_xa")
    before = replace(now, bodies=(replace(now.bodies[0], layout=Profile.PARTY),))
    assert words(before, now) == [
        ("thể thức văn bản", "changes", "Văn bản của Đảng", "Văn bản hành chính Nhà nước")
    ]


def test_a_kind_of_content_that_the_newer_names_itself_is_told_in_its_words() -> None:
    now = book("uy_ban_xa")
    body = now.bodies[0]
    own = Matter("dau_tu_cong")
    written = replace(body.written, matters=body.written.matters - {own}, thresholds=())
    less = replace(body, written=written, own_matters=body.own_matters[1:])
    labels = tuple(
        (key, said) for key, said in now.vocabulary.labels if key != "matter.dau_tu_cong"
    )
    before = replace(now, bodies=(less,), vocabulary=replace(now.vocabulary, labels=labels))

    found = words(before, now)

    assert ("lấy ý kiến bằng văn bản: loại nội dung", "comes", "", "đầu tư công") in found
    assert ("lấy ý kiến bằng văn bản: loại nội dung", "goes", "đầu tư công", "") in words(
        now, before
    )


def test_a_duty_that_ends_and_one_that_begins_are_told_by_their_names() -> None:
    before = book("quang_ngai")
    first, *rest = before.duties
    now = replace(before, duties=(*rest, replace(first, id="N1", what="Báo cáo tuần")))
    assert [(each[1], each[2], each[3]) for each in words(before, now)] == [
        ("goes", first.what, ""),
        ("comes", "", "Báo cáo tuần"),
    ]


def test_the_register_keeps_what_where_before_and_after() -> None:
    before, now = book("quang_ngai"), book("quang_ngai", suggested_days=5)
    (one,) = difference(before, now)
    assert one.kind is Kind.CHANGES
    assert kept(one) == ["changes", "dang_doan.Window.suggested_days", "3", "5"]


def test_a_place_that_several_parts_have_is_called_alike() -> None:
    assert place(SAY, "Rhythm", "article") == place(SAY, "Silence", "article") == "điều khoản"


def test_what_is_told_of_nothing_and_what_as_a_whole_is_written_here_too() -> None:
    """So that no place is taken out of the sweep above by the code alone."""
    assert set(UNTOLD) == {("Regulation", "digest"), ("Regulation", "settings")}
    assert {each.__name__ for each in WHOLE} == {
        "Threshold",
        "Least",
        "Ruling",
        "FixedDay",
        "AfterEvent",
        "Span",
    }
