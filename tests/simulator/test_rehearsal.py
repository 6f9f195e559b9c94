"""A rehearsal tells when the bot itself failed: what a person was told then is no answer."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from bot.kit.act import TABLE
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.values.language import Language
from simulator import story
from simulator.comparison import differences
from simulator.rehearsal import play

STORY = Path(__file__).parents[1] / "stories" / "hd_seven_working_days_over_tet.toml"


async def test_a_step_at_which_the_bot_fails_is_no_step_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(_context: Context, _tap: Tap) -> Screen:
        raise LookupError("a fault in an act")

    monkeypatch.setitem(TABLE.presses, "text", broken)
    told = story.read(STORY)
    found = differences(told, await play(told, STORY))
    assert any("set aside with a fault: 1" in each.told(Language.ENGLISH) for each in found), found


OWN_WORDS = """
title = "Một phiếu theo căn cứ riêng"
regulation = "{regulation}"
body = "uy_ban"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-02T09:00:00+07:00
[[member]]
name = "Nguyễn Văn An"
office = "chairman"
[[clerk]]
name = "Phan Thị Vân"
[[step]]
at = 2026-03-02T08:05:00+07:00
who = "Phan Thị Vân"
does = "launch"
matter = "dau_tu_cong"
ground = "thien_tai"
subject = "Kè chống sạt lở"
deadline = 2026-03-05T17:00:00+07:00
[[step]]
at = 2026-03-02T08:10:00+07:00
who = "Nguyễn Văn An"
does = "approve_launch"
"""


async def test_its_papers_speak_in_the_words_of_the_rule_book_and_cite_the_article_of_the_ground(
    tmp_path: Path,
) -> None:
    book = Path(__file__).parents[1] / "regulations" / "others" / "uy_ban_xa.toml"
    path = tmp_path / "story.toml"
    path.write_text(OWN_WORDS.format(regulation=book), encoding="utf-8")

    await play(story.read(path), path, papers=tmp_path / "papers")

    (slip,) = (tmp_path / "papers").iterdir()
    ground = "Căn cứ xin ý kiến bằng văn bản: phòng, chống thiên tai (Điều 8.5 Quy chế)."
    assert ground in [each.text for each in docx.Document(str(slip)).paragraphs]


MISSPELT = """
title = "Chức vụ viết sai"
regulation = "quang_ngai"
body = "dang_doan"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-02T12:00:00+07:00
[[member]]
name = "Nguyễn Văn An"
office = "secretary"
[[member]]
name = "Trần Thị Bình"
[[clerk]]
name = "Phan Thị Vân"
[[step]]
at = 2026-03-02T08:05:00+07:00
who = "Phan Thị Vân"
does = "{does}"
of = "{of}"
office = "deputi"
"""


@pytest.mark.parametrize(
    ("does", "of"), [("add_person", "Lê Văn Cường"), ("change_office", "Trần Thị Bình")]
)
async def test_a_misspelt_office_is_told_with_those_that_there_are(
    tmp_path: Path, does: str, of: str
) -> None:
    path = tmp_path / "story.toml"
    path.write_text(MISSPELT.format(does=does, of=of), encoding="utf-8")
    told = story.read(path)
    (found,) = differences(told, await play(told, path))
    words = found.told(Language.ENGLISH)
    assert "no office «deputi»; it has «secretary», «deputy»" in words
    assert "clerk" in words
