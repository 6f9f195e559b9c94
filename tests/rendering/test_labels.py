"""Every label is asked for somewhere: a word that nobody reads is taken out."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.places import regulations_dir, templates_dir

ROOT = Path(bot.__file__).parent.parent
CODE = [
    path
    for room in ("bot", "handlers", "scheduler", "simulator")
    for path in (ROOT / room).rglob("*.py")
]
READERS = (*CODE, *templates_dir().rglob("*.j2"), *regulations_dir().glob("*.toml"))
READ = "\n".join(path.read_text(encoding="utf-8") for path in READERS)
WORDS = set(re.findall(r"[\"'](\w+)[\"']", READ)) | set(
    re.findall(r"^(\w+) = ", READ, re.MULTILINE)
)
"""Words that stand alone in quotes, or name something in a rule book: ids that complete a key."""


def composed() -> Iterator[re.Pattern[str]]:
    """Keys put together from an id: "button.silence_{value}", or a table named in a template."""
    for before, after in set(re.findall(r"f\"(\w+\.[\w.]*)\{[^\"]*\}(\w*)\"", READ)):
        yield re.compile(rf"{re.escape(before)}(\w+){after}")
    for asked in re.findall(r"label\(([^()]*)\)", READ):
        for table in re.findall(r"\"(\w+)\"", asked):
            yield re.compile(rf"{table}\.(\w+)")


COMPOSED = tuple(composed())


def is_an_id(part: str) -> bool:
    """Whether the rest of a key is a number, or an id with perhaps more behind it."""
    return part.isdecimal() or any(part == word or part.startswith(f"{word}_") for word in WORDS)


def is_asked_for(key: str) -> bool:
    found = (pattern.fullmatch(key) for pattern in COMPOSED)
    composed_so = any(is_an_id(match[1]) for match in found if match)
    return composed_so or f'"{key}"' in READ or f"'{key}'" in READ


def test_every_label_is_asked_for() -> None:
    tables = tomllib.loads((templates_dir() / "labels.toml").read_text(encoding="utf-8"))
    keys = [f"{table}.{key}" for table, words in tables.items() for key in words]
    assert [key for key in keys if not is_asked_for(key)] == []
