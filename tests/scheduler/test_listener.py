"""Who may call at the webhook's address, with what, and what is answered."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.db.faults import StoreFault
from scheduler.line import Address, AddressTakenError
from scheduler.listener import BODY_LIMIT, SECRET_HEADER, Listener
from simulator.sandbox import address_here

UPDATE = {"update_id": 7, "message": {"text": "một"}}


class Shelf:
    """Takes updates, and fails as a test asks it to."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.fails: Exception | None = None
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.begun = asyncio.Event()

    async def take(self, update: dict[str, Any]) -> None:
        self.begun.set()
        await self.may_go_on.wait()
        if self.fails is not None:
            raise self.fails
        self.taken.append(update)


@pytest.fixture
async def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def address() -> Address:
    return address_here()


@pytest.fixture
async def listener(address: Address, shelf: Shelf) -> AsyncIterator[Listener]:
    made = Listener(address, shelf.take)
    await made.bind()
    made.open()
    yield made
    await made.close()


async def call(address: Address, **asked: Any) -> tuple[int, str]:
    """What is answered to a call, and when it is to be repeated; as Telegram calls save for what is said."""
    given: dict[str, Any] = {"headers": {SECRET_HEADER: address.secret}, "json": UPDATE} | asked
    if "data" in given:
        del given["json"]
    method, url = given.pop("method", "POST"), given.pop("url", address.url)
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, **given) as answer,
    ):
        return answer.status, answer.headers.get("Retry-After", "")


@pytest.mark.usefixtures("listener")
async def test_an_update_with_the_secret_is_taken(address: Address, shelf: Shelf) -> None:
    assert await call(address) == (200, "")
    assert shelf.taken == [UPDATE]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"headers": {}}, 401),
        ({"headers": {SECRET_HEADER: ""}}, 403),
        ({"headers": {SECRET_HEADER: "khac"}}, 403),
        ({"headers": {SECRET_HEADER: "bí mật"}}, 403),
        ({"method": "GET"}, 405),
        ({"method": "PUT"}, 405),
        ({"data": b"{}"}, 415),
        ({"data": {"update_id": "7"}}, 415),
    ],
)
@pytest.mark.usefixtures("listener")
async def test_others_and_other_things_are_refused(
    address: Address, shelf: Shelf, asked: dict[str, Any], status: int
) -> None:
    assert await call(address, **asked) == (status, "")
    assert shelf.taken == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"update_id": "7"}', 400),
    ],
    ids=range(7),
)
@pytest.mark.usefixtures("listener")
async def test_a_body_that_is_no_update_is_refused(
    address: Address, shelf: Shelf, body: bytes, status: int
) -> None:
    headers = {SECRET_HEADER: address.secret, "Content-Type": "application/json"}
    assert (await call(address, data=body, headers=headers))[0] == status
    assert shelf.taken == []


@pytest.mark.usefixtures("listener")
async def test_a_long_body_is_refused(address: Address, shelf: Shelf) -> None:
    headers = {SECRET_HEADER: address.secret, "Content-Type": "application/json"}
    body = io.BytesIO(b" " * (BODY_LIMIT + 1))
    assert (await call(address, data=body, headers=headers))[0] == 413
    assert shelf.taken == []


@pytest.mark.usefixtures("listener")
async def test_a_long_body_is_refused_even_when_it_does_not_say_so(
    address: Address, shelf: Shelf
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(BODY_LIMIT // 65536 + 1):
            yield b" " * 65536

    headers = {SECRET_HEADER: address.secret, "Content-Type": "application/json"}
    assert (await call(address, data=pieces(), headers=headers))[0] == 413
    assert shelf.taken == []


@pytest.mark.usefixtures("listener")
async def test_another_path_is_not_found(address: Address, shelf: Shelf) -> None:
    for other in ("/khac", "", "/telegram/"):
        assert (await call(address, url=address.url.replace("/telegram", other)))[0] == 404
    assert shelf.taken == []


@pytest.mark.parametrize("fault", [StoreFault("unreachable", "disk", "full"), LookupError("x")])
@pytest.mark.usefixtures("listener")
async def test_what_could_not_be_kept_is_asked_for_again_in_a_second(
    address: Address, shelf: Shelf, fault: Exception
) -> None:
    shelf.fails = fault
    assert await call(address) == (503, "1")
    shelf.fails = None
    assert await call(address) == (200, "")
    assert shelf.taken == [UPDATE]


async def test_before_the_house_runs_callers_are_asked_to_come_again(
    address: Address, shelf: Shelf
) -> None:
    listener = Listener(address, shelf.take)
    await listener.bind()
    assert await call(address) == (503, "1")
    assert shelf.taken == []
    await listener.close()


async def test_whoever_calls_while_the_house_closes_is_asked_to_come_again(
    address: Address, shelf: Shelf, listener: Listener
) -> None:
    shelf.may_go_on.clear()
    calling = asyncio.create_task(call(address))
    await shelf.begun.wait()
    await listener.close()
    assert await calling == (503, "1")
    assert shelf.taken == []


async def test_an_address_that_another_listens_on_is_refused(
    address: Address, shelf: Shelf, listener: Listener
) -> None:
    with pytest.raises(AddressTakenError):
        await Listener(address, shelf.take).bind()


def test_an_address_shows_neither_its_secret_nor_its_path() -> None:
    assert "bi-mat" not in repr(Address("https://a.vn/bi-mat-1", "127.0.0.1", 1, "bi-mat-2"))
