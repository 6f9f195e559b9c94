from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.rendering import shared_rendering
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    DEPUTY,
    HEAD,
    LINK,
    START,
    VAN,
    House,
    founding,
)
from tests.acts.phone import Phone


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
async def context(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Context]:
    db = await Database.open(tmp_path / "dongthuan.db", create=True)
    yield Context(db, clock, shared_rendering(), LINK)
    await db.close()


@pytest.fixture
def house(context: Context) -> House:
    return House(context)


@pytest.fixture
async def committee(house: House) -> int:
    """A committee of five in which head, deputy and clerk have joined."""
    founded = await house.found(founding())
    await house.joins(AN, HEAD)
    await house.joins(BINH, DEPUTY)
    await house.joins(VAN, CLERK)
    return founded.committee


@pytest.fixture
def van(context: Context) -> Phone:
    """The clerk's phone."""
    return Phone(context, CLERK)
