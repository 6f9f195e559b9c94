"""Whatever is done is done whole: the process is killed at the awaits of every kind of act, and what came comes again.

Each kind is carried out by the real bot upon what a story has left just before it: once to its end, and then killed in
a fork. A new kind of act needs a story in which it is done: its row in `kinds.toml`.
"""

from __future__ import annotations

import asyncio
import json
import random
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from tests import rounds
from tests.faults.forked import in_a_process
from tests.faults.scenes import kinds, scenes_of
from tests.faults.trial import Trial
from tests.rounds import Some, Tried

HERE = Path(__file__).parent
STORIES = HERE.parent / "stories"
KINDS = tomllib.loads((HERE / "kinds.toml").read_text(encoding="utf-8"))
NOT_TRIED: dict[str, str] = KINDS.pop("not_tried")
"""With the reason."""
NAMED: dict[str, str] = KINDS
SHORT, SHORT_KINDS = 5, 2
"""Stories of the short form, and kinds of each."""
KILLS, MANY_KILLS = 1, 8
"""Of each kind, at most, in the short form and in the long one: every k-th of its points, from one that is drawn.

All of some 25 points of each kind take an hour and more; another seed draws other ones.
"""
pytestmark = pytest.mark.timeout(1800)  # some hundred processes; none of them waits


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each story."""
    if "story" in metafunc.fixturenames:
        stories = sorted(set(NAMED.values()))
        metafunc.parametrize("story", rounds.drawn(metafunc.config, stories, short=SHORT))


def test_every_kind_of_act_has_a_story_in_which_it_is_killed() -> None:
    assert sorted([*NAMED, *NOT_TRIED]) == sorted(kinds())


def test_killed_at_any_await_an_act_is_whole_or_not_begun_and_then_done_once(
    story: str, tmp_path: Path, seed: int, long: bool, some: Some[str], tried: Tried
) -> None:
    named = [kind for kind, of in NAMED.items() if of == story]
    wanted = list(some(named, short=SHORT_KINDS))
    in_a_process(try_all, story, wanted, tmp_path, seed, MANY_KILLS if long else KILLS)
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert sorted(found) == sorted(wanted), "the story does not come to every kind named for it"
    assert {kind: each["wrong"] for kind, each in found.items() if each["wrong"]} == {}
    tried("kinds of act", len(found))
    tried("kills", sum(each["kills"] for each in found.values()))
    tried("awaits", sum(each["awaits"] for each in found.values()))


def try_all(story: str, wanted: list[str], folder: Path, seed: int, most: int) -> None:
    """Play the story, then try each of its scenes."""
    (folder / "play").mkdir()
    scenes = asyncio.run(scenes_of(STORIES / f"{story}.toml", folder / "play", wanted))
    found = {}
    for kind, scene in scenes.items():
        chance = random.Random(f"{seed} {kind}")  # noqa: S311 - a test that can be repeated
        found[kind] = asdict(Trial(scene, folder / kind.replace(" ", "_")).run(chance, most=most))
    (folder / "found.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
