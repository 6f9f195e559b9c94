"""Every key of a TOML text is found where it stands."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from bot.places import regulations_dir
from bot.regulations.positions import KeyPath, Position, nearest, positions

TEXT = '''# a comment = "no key"
top = 1
"quoted key" = """
[not.a.table]
x = 1
"""
'single' = \'\'\'y = "2"\'\'\'
[a.b] # [no.table]
list = [ 1, { x = "]}", y = [2] }, # one
  "three", ]
dotted.key = { z = 'a # b' }
[[many]]
n = "\\\\"
[[many]]
n = 2
[many.inner]
m = 2024-01-01T00:00:00+07:00
'''


def test_keys_tables_and_elements_are_found() -> None:
    found = positions(TEXT)

    assert {path: (place.line, place.column) for path, place in found.items()} == {
        ("top",): (2, 1),
        ("quoted key",): (3, 1),
        ("single",): (7, 1),
        ("a",): (8, 1),
        ("a", "b"): (8, 1),
        ("a", "b", "list"): (9, 1),
        ("a", "b", "list", 0): (9, 10),
        ("a", "b", "list", 1): (9, 13),
        ("a", "b", "list", 1, "x"): (9, 15),
        ("a", "b", "list", 1, "y"): (9, 25),
        ("a", "b", "list", 1, "y", 0): (9, 30),
        ("a", "b", "list", 2): (10, 3),
        ("a", "b", "dotted"): (11, 1),
        ("a", "b", "dotted", "key"): (11, 8),
        ("a", "b", "dotted", "key", "z"): (11, 16),
        ("many",): (12, 1),
        ("many", 0): (12, 1),
        ("many", 0, "n"): (13, 1),
        ("many", 1): (14, 1),
        ("many", 1, "n"): (15, 1),
        ("many", 1, "inner"): (16, 1),
        ("many", 1, "inner", "m"): (17, 1),
    }


def test_what_is_not_written_stands_where_its_table_does() -> None:
    found = positions(TEXT)

    assert nearest(found, ("a", "b", "missing", "too")) == Position(8, 1)
    assert nearest(found, ("nowhere",)) == Position(1, 1)


def every_path(tree: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    children = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in children:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from every_path(value, (*path, key))


@pytest.mark.parametrize("path", sorted(regulations_dir().glob("*.toml")), ids=lambda p: p.stem)
def test_every_key_of_the_rule_books_is_found_on_a_line_that_names_it(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    found = positions(text)

    expected = set(every_path(tomllib.loads(text)))
    assert set(found) == expected
    for key, place in found.items():
        if isinstance(key[-1], str):
            assert key[-1] in lines[place.line - 1]
