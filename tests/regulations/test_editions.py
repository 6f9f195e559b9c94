"""Every rule book that was ever shipped is read still: what was pinned under it must stay readable."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from bot.places import regulations_dir
from bot.regulations.loader import parse

KEPT = Path(__file__).with_name("editions.zip")
"""A copy of each, under its regulation and its SHA-256. A new edition brings its predecessor; none is taken out."""


def editions() -> list[tuple[str, str]]:
    """Every edition that the program names as its own, by regulation and digest."""
    lines = (regulations_dir() / "editions.txt").read_text(encoding="utf-8").splitlines()
    named = (line.split() for line in lines if line and not line.startswith("#"))
    return [(name, digest) for name, digest in named]


def text_of(name: str, digest: str) -> str:
    with zipfile.ZipFile(KEPT) as kept:
        return kept.read(f"{name}/{digest}.toml").decode()


def test_a_copy_is_kept_of_every_edition_and_of_nothing_else() -> None:
    with zipfile.ZipFile(KEPT) as kept:
        assert sorted(kept.namelist()) == sorted(f"{n}/{digest}.toml" for n, digest in editions())


@pytest.mark.parametrize(("name", "digest"), editions(), ids=lambda value: value[:12])
def test_it_is_read_as_it_stood(name: str, digest: str) -> None:
    text = text_of(name, digest)
    assert hashlib.sha256(text.encode()).hexdigest() == digest
    assert parse(text, f"{name}.toml").id == name


def test_a_value_chosen_in_an_old_edition_for_what_nothing_reads_any_more_is_taken() -> None:
    digest = "a31723b38a158651826e5bcbb715ea141078f4c853d6e304e75efd5f887eee5e"
    text = text_of("quang_ngai", digest)
    assert parse(text, "quang_ngai.toml", {"notice_days": 5}).id == "quang_ngai"
