"""What a new committee sets for its papers, entered with it. Nothing is asked or judged here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.db.transaction import Transaction
from bot.issuing import store
from bot.issuing.reading import of_settings
from bot.issuing.rules.fields import Value, given, setting
from bot.regulations.rules.regulation import Body
from bot.values.refusal import Refusal


async def enter(
    tx: Transaction, committee: int, name: str, body: Body, values: Mapping[str, object]
) -> None:
    """Enter what a body of a new committee of that name sets; where a row goes on is kept for its type."""
    read = {each: given(each, value) for each, value in values.items()}
    chosen = {each: v for each, v in read.items() if v is not None and not isinstance(v, Refusal)}
    symbols = of_settings(name, body, (), chosen).symbols
    kept: dict[str, Value] = {}
    for each, value in chosen.items():
        of = setting(each)
        if of is not None:
            kept[of.key(symbols[of.paper] if of.paper else "")] = value
    await store.enter(tx, committee, body.id, kept)
