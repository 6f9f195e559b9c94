"""The tables of words of the command line, one file a subject and language. No word is written or filled in here."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.places import templates_dir
from bot.values.language import Language


@cache
def words_of(language: Language, subject: str) -> Mapping[str, Any]:
    """The table `cli/<language>/<subject>.toml`; every language has the same keys in it."""
    file = templates_dir() / "cli" / language / f"{subject}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
