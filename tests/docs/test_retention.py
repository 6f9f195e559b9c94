"""What the page for operators says is kept how long, beside what the bot does."""

from __future__ import annotations

from bot.rendering import Terminal
from bot.retention import KEPT
from bot.values.language import Language
from tests.docs import pages


def test_the_table_of_what_is_kept_is_that_of_the_program() -> None:
    say, words = Terminal(Language.VIETNAMESE), pages.text("docs/van-hanh.md")
    for each in KEPT:
        long = f"{each.long.days} ngày" if each.long else "cùng hồ sơ lưu trữ của tập thể"
        assert f"| {say.label(f'kept.{each.kind}')} | {long} |" in words, each.kind
