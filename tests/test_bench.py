"""The database that is measured can still be made: what prepares it calls the product, which changes."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bench.prepared import A_YEAR, Size, prepare
from bot.clock import MovableClock
from bot.db.engine import Database
from bot.db.schema import consultations, dues, outbox
from bot.kit.unit import Context
from bot.rendering import shared_rendering

START = datetime(2026, 3, 2, 2, tzinfo=UTC)


async def test_a_house_is_as_large_as_it_was_asked_for(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "bench.db", create=True)
    context = Context(db, MovableClock(START), shared_rendering(), "https://t.me/bench")
    await prepare(context, Size(members=6, open=3, years=1, lines=10))
    async with db.read() as tx:
        running = consultations.c.closed_at.is_(None)
        counted = select(func.count()).select_from(consultations)
        found = [(await tx.execute(asked)).scalar() for asked in (counted, counted.where(running))]
        falls_due = select(func.count()).where(dues.c.kind == "close", dues.c.done_at.is_(None))
        forms = select(func.count()).where(outbox.c.kind == "opinion_form")
        assert found == [A_YEAR + 3 + 1, 3 + 1]
        assert (await tx.execute(falls_due)).scalar() == 3 + 1
        assert (await tx.execute(forms)).scalar() == 6
    await db.close()
