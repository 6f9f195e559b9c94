"""Real updates, as they came in while stories were played; one of each shape is kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from simulator import story
from simulator.phone_client import PhoneClient
from simulator.rehearsal import play
from simulator.sandbox import Sandbox

STORIES = Path(__file__).parents[1] / "stories"
Json = dict[str, Any]


def listening(heard: dict[int, Json]) -> type[PhoneClient]:
    """Hands around which every update is written down."""

    class Hands(PhoneClient):
        def __init__(self, stage: Sandbox, user_id: int) -> None:
            super().__init__(stage, user_id)
            updates = stage.world.updates

            def note() -> None:
                heard.update((each.update_id, each.body) for each in updates.pending)

            updates.on_arrival = note

    return Hands


async def recorded(names: Iterable[str]) -> list[Json]:
    """The updates of these stories, the first of each shape and each button's act."""
    shapes: dict[object, Json] = {}
    for name in names:
        heard: dict[int, Json] = {}
        path = STORIES / f"{name}.toml"
        await play(story.read(path), path, listening(heard))
        for body in heard.values():
            shapes.setdefault(_shape(body), body)
    return list(shapes.values())


def _shape(part: object, name: str = "") -> object:
    """What a value is made of, without what it says; of a button the act that it asks for."""
    if isinstance(part, dict):
        return tuple((key, _shape(value, key)) for key, value in part.items())
    if isinstance(part, list):
        return tuple(dict.fromkeys(_shape(each, name) for each in part))
    if name == "data" and isinstance(part, str):
        return ":".join(part.split(":")[1:2])
    return type(part).__name__
