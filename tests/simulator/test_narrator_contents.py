"""What the narrator says of a slip with several contents: each of them, and which one is asked again."""

from __future__ import annotations

from bot.kit.unit import Context
from bot.proofs import narration
from simulator import story
from simulator.rehearsal import play
from tests.docs.pages import ROOT

STORY = ROOT / "tests" / "stories" / "contents_second_round.toml"


async def test_every_content_is_told_and_the_one_that_is_asked_again_is_found() -> None:
    entries = list[narration.Entry]()

    async def look(context: Context) -> None:
        entries.extend(await narration.since(context, {}))

    await play(story.read(STORY), STORY, look=look)
    closed = next(each for each in entries if each.line.act == "close")
    assert [each.outcome.value for each in closed.by_content] == ["adopted", "discuss_again"]
    again = next(each for each in entries if each.line.act == "asked_again")
    assert again.line.subject == "consultation:1.2"
    assert again.dossier is not None
    assert again.dossier.subject == "Phân bổ kinh phí sửa trụ sở"
