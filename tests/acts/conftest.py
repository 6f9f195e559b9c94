from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.people.rules.founding import Newcomer
from bot.people.rules.people import Role
from bot.rendering import shared_rendering
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    FIVE,
    HEAD,
    KHACH,
    KHACHS,
    LINK,
    START,
    VAN,
    House,
    founding,
)
from tests.acts.phone import Phone
from tests.postgres import ENGINES


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


ON_BOTH = (
    "test_answering",
    "test_due",
    "test_search",
    "test_member_notices",
    "test_numbering",
    "test_unit",
)
"""Tried on a file and on a server: what is asked of a store in the most ways."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        on_both = metafunc.module.__name__.rpartition(".")[2] in ON_BOTH
        metafunc.parametrize("engine", ENGINES if on_both else ENGINES[:1])


@pytest.fixture
def place(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where the database is."""
    if engine == "file":
        return tmp_path / "dongthuan.db"
    address: str = request.getfixturevalue("server_database")
    return address


@pytest.fixture
async def context(place: Path | str, clock: MovableClock) -> AsyncIterator[Context]:
    db = await Database.open(place, create=True)
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


@pytest.fixture
async def with_guest(house: House) -> int:
    """A committee of five with a guest, in which head, Cường, clerk and guest have joined."""
    founded = await house.found(founding([*FIVE, Newcomer(KHACH, Role.GUEST)]))
    for name, account in ((AN, HEAD), (CUONG, CUONGS), (VAN, CLERK), (KHACH, KHACHS)):
        await house.joins(name, account)
    return founded.committee
