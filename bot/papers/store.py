"""Templates of an office in tables; which of them a paper takes is asked here, what it tells is not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.db.schema import paper_templates
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_into
from bot.issuing.rules.letterhead import Paper
from bot.values.files import sha256_of

_THAT = (paper_templates.c.paper == bindparam("of")) & (paper_templates.c.layout == bindparam("in"))
_CONTENT = compiled_once(select(paper_templates.c.content).where(_THAT))
_DROP = compiled_once(delete(paper_templates).where(_THAT))
_ALL = compiled_once(
    select(paper_templates.c.paper, paper_templates.c.layout, paper_templates.c.used_since)
)


async def own(tx: Transaction, paper: Paper, layout: str) -> bytes | None:
    """The office's template of a paper in a layout; None where the one that ships is used."""
    found = await tx.execute(_CONTENT, {"of": paper.value, "in": layout})
    content: bytes | None = found.scalar()
    return content


async def all_own(tx: Transaction) -> dict[tuple[str, str], datetime]:
    """Since when each paper and layout is made from a template of the office."""
    return {(row.paper, row.layout): row.used_since for row in await tx.execute(_ALL)}


async def use(tx: Transaction, paper: Paper, layout: str, content: bytes, at: datetime) -> None:
    """Make a paper from this template from now on."""
    values = {
        "sha256": sha256_of(content),
        "content": content,
        "used_since": at,
    }
    row = {"paper": paper.value, "layout": layout, **values}
    entered = insert_into(tx, paper_templates).values(row)
    await tx.execute(entered.on_conflict_do_update(index_elements=["paper", "layout"], set_=values))


async def drop(tx: Transaction, paper: Paper, layout: str) -> None:
    """Make a paper from the template that ships again."""
    await tx.execute(_DROP, {"of": paper.value, "in": layout})
