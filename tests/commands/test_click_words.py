"""Click's own words in Vietnamese: the catalogue that is read is that of the table, and the table lacks nothing."""

import ast
import gettext
import os
import string
import struct
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.places import templates_dir
from bot.values.language import Language
from bot.words import words_of

CATALOGUE = templates_dir() / "cli" / "vi" / "LC_MESSAGES" / "click.mo"
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
MET = ("exceptions.py", "formatting.py", "parser.py", "types.py")
"""The modules of click whose every word a person may meet at the command line."""


def compiled() -> bytes:
    """The table as a catalogue of GNU gettext: two lists of lengths and places, then the texts by their ids."""
    words = words_of(Language.VIETNAMESE, "click")
    texts = {"": HEADER, **words["one"]}
    texts |= {f"{one}\0{many}": told for one, (many, told) in words["many"].items()}
    ids, told = zip(
        *sorted((id_.encode(), text.encode()) for id_, text in texts.items()), strict=True
    )
    count, lists = len(ids), 28
    places = list(accumulate((len(each) + 1 for each in (*ids, *told)), initial=lists + 16 * count))
    head = struct.pack("<7I", 0x950412DE, 0, count, lists, lists + 8 * count, 0, lists + 16 * count)
    table = (
        struct.pack("<2I", len(each), place)
        for each, place in zip((*ids, *told), places, strict=False)
    )
    return b"".join((head, *table, *(each + b"\0" for each in (*ids, *told))))


def test_the_catalogue_is_that_of_the_table() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        CATALOGUE.write_bytes(compiled())

    assert CATALOGUE.read_bytes() == compiled()
    with CATALOGUE.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Options") == "Tùy chọn"
    many = "Got unexpected extra arguments ({args})"
    assert (
        read.ngettext("Got unexpected extra argument ({args})", many, 2) == "thừa tham số ({args})"
    )


def sayings() -> Iterator[tuple[str, ...]]:
    """What click gives gettext to translate, singular before plural."""
    for name in MET:
        source = Path(click.__file__).with_name(name).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"_", "ngettext"}:
                said = (each.value for each in node.args if isinstance(each, ast.Constant))
                yield tuple(str(each) for each in said)


def test_whatever_a_person_may_meet_of_click_is_in_the_table() -> None:
    words = words_of(Language.VIETNAMESE, "click")
    known: set[tuple[str, ...]] = {(one,) for one in words["one"]}
    known |= {(one, many) for one, (many, _) in words["many"].items()}

    assert set(sayings()) - known == set()


def test_nothing_is_filled_in_that_click_does_not_give() -> None:
    words = words_of(Language.VIETNAMESE, "click")
    pairs = [*words["one"].items()]
    pairs += [(f"{one} {many}", told) for one, (many, told) in words["many"].items()]

    for given, told in pairs:
        assert fields(told) <= fields(given), given


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


WRONG = {
    ("--nothing",): ("không có tùy chọn --nothing", "No such option"),
    ("nothing",): ("không có lệnh nothing", "No such command"),
    ("backup",): ("thiếu tham số 'TỆP'", "Missing argument"),
    ("backup", "a", "b"): ("thừa tham số (b)", "Got unexpected extra argument (b)"),
    ("verify", "--head"): ("tùy chọn --head cần một giá trị", "requires an argument"),
    ("init", "--yes=1"): ("tùy chọn --yes không nhận giá trị", "does not take a value"),
    ("people", "confirm", "x"): ("«x» không phải là một số đúng", "is not a valid integer"),
    ("demo", "--tale", "x"): ("«x» không phải là một trong", "is not one of"),
    ("demo", "--port", "-1"): ("-1 không thuộc khoảng", "is not in the range"),
    ("check", "--lang", "fr"): ("«fr» không phải là một trong 'vi', 'en'", "is not one of 'vi', 'en'"),
}  # fmt: skip


@pytest.mark.parametrize("typed", WRONG, ids=" ".join)
def test_what_is_typed_wrongly_is_told_in_the_language_of_the_run(typed: tuple[str, ...]) -> None:
    vietnamese, english = WRONG[typed]

    told = CliRunner().invoke(main, typed)
    assert (told.exit_code, "Lỗi: " in told.stderr) == (2, True)
    assert vietnamese in told.stderr
    assert "Error" not in told.stderr
    assert "Usage" not in told.stderr

    told = CliRunner(env={"DONGTHUAN_LANG": "en"}).invoke(main, typed)
    assert (told.exit_code, "Error: " in told.stderr) == (2, True)
    assert english in told.stderr
    assert "Lỗi" not in told.stderr
