"""Tables of words, as their files have them. No word is written or filled in here."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.places import templates_dir
from bot.values.language import Language


@cache
def words_of(language: Language, subject: str) -> Mapping[str, Any]:
    """The table `cli/<language>/<subject>.toml`; every language has the same keys in it."""
    file = templates_dir() / "cli" / language / f"{subject}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def tables_of_labels(folder: Path) -> Mapping[str, Any]:
    """The tables of labels.toml of a folder of templates: the longest file of words, and so read once a process."""
    return tomllib.loads((folder / "labels.toml").read_text(encoding="utf-8"))


@cache
def common_words(table: str) -> Mapping[str, tuple[str, ...]]:
    """What a committee's own words had better not be: ids of that table of the house, each with all that it is called.

    Beside the offices stand those who hold none, as a roster names them.
    """
    labels = tables_of_labels(templates_dir())[table]
    called = {name: [words] for name, words in labels.items()}
    if table == "office":
        roster = tomllib.loads(
            (templates_dir() / "cli" / "roster.toml").read_text(encoding="utf-8")
        )
        for name, wordings in roster["beside"].items():
            called[name] += [*wordings, *roster["role"][name]]
    return {name: tuple(words) for name, words in called.items()}
