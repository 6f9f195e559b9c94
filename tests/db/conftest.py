from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db.engine import Database
from tests.postgres import ENGINES


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a database may be: in a file, and on a server."""
    if request.param == "file":
        return tmp_path / "dongthuan.db"
    address: str = request.getfixturevalue("server_database")
    return address


@pytest.fixture
async def file_db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "dongthuan.db", create=True)
    yield database
    await database.close()


@pytest.fixture
async def db(place: Path | str) -> AsyncIterator[Database]:
    database = await Database.open(place, create=True)
    yield database
    await database.close()
