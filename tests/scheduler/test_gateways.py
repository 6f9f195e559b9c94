"""What somebody between this house and Telegram says in its place: a gateway, a proxy, a page that blocks."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.clock import MovableClock
from bot.db import drafts
from bot.db.engine import Database
from bot.values.files import FileRef
from scheduler import transport
from scheduler.delivery import Delivery
from scheduler.transport import NotSentError
from simulator.world import World
from tests.scheduler.conftest import (
    LAN,
    SmallDesk,
    Start,
    notice,
    put,
    row_states,
    time_passes_until,
)

PAGE = b"<html><body>Access denied</body></html>"
UNREADABLE = (
    b"", b"{", b"null", b"[]", b"7", b'{"ok":true}', b'{"ok":true,"result":true}', b'{"ok":true,"result":null}',
    b'{"ok":true,"result":{}}', b'{"ok":true,"result":{"message_id":"x"}}', b"\xff\xfe", PAGE, b"[" * 5000,
)  # fmt: skip


def texts(world: World) -> list[str]:
    return [message.text for message in world.chat(LAN).messages]


@pytest.mark.parametrize("body", UNREADABLE)
async def test_a_legal_notice_whose_answer_cannot_be_read_is_repeated_once(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
    body: bytes,
) -> None:
    world.faults.fail("garbled", "sendMessage", times=1, says=(200, body))
    await put(db, clock, notice("a", legal=True), notice("b", chat_id=502, legal=True))
    start(delivery.run())
    await time_passes_until(lambda: len(context.sent) == 2, clock)
    assert texts(world) == ["Phiếu a", "Phiếu a"]
    assert await row_states(db) == {"a": "sent", "b": "sent"}


@pytest.mark.parametrize("status", [400, 403, 404, 407, 429, 451])
async def test_a_page_that_refuses_in_telegrams_place_loses_no_notice_and_blocks_nobody(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
    status: int,
) -> None:
    world.faults.fail("garbled", "sendMessage", times=4, says=(status, PAGE))
    await put(db, clock, notice("a", legal=True))
    start(delivery.run())
    await time_passes_until(lambda: context.sent or context.lost, clock)
    assert (context.lost, texts(world)) == ([], ["Phiếu a"])


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_after_a_gateways_own_failure_a_notice_is_repeated_once_and_no_more(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
    status: int,
) -> None:
    world.faults.fail("garbled", "sendMessage", times=2, says=(status, PAGE))
    await put(db, clock, notice("a", legal=True))
    start(delivery.run())
    await time_passes_until(lambda: context.sent or context.lost, clock)
    assert context.lost == [("a", "unknown")]


@pytest.mark.parametrize("body", [PAGE, b'{"ok":false,"error_code":413,"description":"Request Entity Too Large"}'])  # fmt: skip
async def test_a_file_too_large_is_refused_with_its_reason_and_nobody_else_waits(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
    body: bytes,
) -> None:
    async with db.write() as tx:
        digest = await drafts.keep_blob(tx, b"%PDF-2")
    world.faults.fail("garbled", "sendDocument", says=(413, body))
    file = FileRef("dự thảo.pdf", "", digest)
    await put(db, clock, notice("a", legal=True, files=(file,)), notice("b", chat_id=502))
    start(delivery.run())
    await time_passes_until(lambda: context.sent and context.lost, clock)
    assert context.lost == [("a", "refused: Request Entity Too Large")]
    assert delivery.is_open


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (403, PAGE, NotSentError),
        (429, b"", NotSentError),
        (413, PAGE, BadRequest),
        (502, PAGE, NetworkError),
        (200, b"{", TelegramError),
    ],
)
async def test_what_is_told_of_it_carries_nothing_of_the_page(
    world: World, bot: Bot, status: int, body: bytes, kind: type[TelegramError]
) -> None:
    world.faults.fail("garbled", "getMe", says=(status, body))
    with pytest.raises(kind) as told:
        await transport.get_me(bot)
    assert "Access" not in str(told.value)
