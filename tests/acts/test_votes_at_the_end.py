"""A committee that ends while it votes in secret: the box and its key go, as after every close (decision 33)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from bot.db.schema import ballot_boxes, votes
from bot.kit.unit import Context
from simulator import story
from simulator.rehearsal import play

STORY = Path(__file__).resolve().parents[1] / "stories" / "y_closed_while_it_votes.toml"


async def test_nobody_can_open_the_box_any_more() -> None:
    boxes, keys = list[int](), list[bytes | None]()

    async def look(context: Context) -> None:
        async with context.look() as work:
            found = await work.tx.execute(select(func.count()).select_from(ballot_boxes))
            boxes.append(found.scalar_one())
            secret = await work.tx.execute(select(votes.c.id).where(votes.c.secret))
            keys.extend(context.db.keys.key(each) for each in secret.scalars())

    await play(story.read(STORY), STORY, look=look)
    assert boxes == [0]
    assert keys == [None]
