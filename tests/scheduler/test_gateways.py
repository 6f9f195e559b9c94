"""What somebody between this house and Telegram says in its place: a gateway, a proxy, a page that blocks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.clock import MovableClock
from bot.db import drafts
from bot.db.engine import Database
from bot.db.notice import Notice
from bot.values.files import FileRef
from scheduler import transport
from scheduler.delivery import Delivery
from scheduler.transport import NotSentError
from simulator.world import World
from tests.scheduler.conftest import (
    LAN,
    MINH,
    SmallDesk,
    Start,
    notice,
    put,
    row_states,
    time_passes_until,
)

PAGE = b"<html><body>Access denied</body></html>"
TOO_LARGE = b'{"ok":false,"error_code":413,"description":"Request Entity Too Large"}'
UNREADABLE = (
    b"", b"{", b"null", b"[]", b"7", b'{"ok":true}', b'{"ok":true,"result":true}', b'{"ok":true,"result":null}',
    b'{"ok":true,"result":{}}', b'{"ok":true,"result":{"message_id":"x"}}', b"\xff\xfe", PAGE, b"[" * 5000,
)  # fmt: skip


@dataclass
class Post:
    """A delivery that runs, and what has become of what it was given."""

    db: Database
    clock: MovableClock
    desk: SmallDesk
    delivery: Delivery

    async def sends(self, *notices: Notice) -> None:
        """Put these, and let time pass until each has arrived or is given up."""
        ended = len(self.desk.sent) + len(self.desk.lost) + len(notices)
        await put(self.db, self.clock, *notices)
        self.delivery.wake()
        await time_passes_until(
            lambda: len(self.desk.sent) + len(self.desk.lost) == ended, self.clock
        )


@pytest.fixture
async def post(
    db: Database, clock: MovableClock, context: SmallDesk, delivery: Delivery, start: Start
) -> Post:
    start(delivery.run())
    return Post(db, clock, context, delivery)


def texts(world: World) -> list[str]:
    return [message.text for message in world.chat(LAN).messages]


@pytest.mark.parametrize("body", UNREADABLE)
async def test_a_legal_notice_whose_answer_cannot_be_read_is_repeated_once(
    world: World, post: Post, body: bytes
) -> None:
    world.faults.fail("garbled", "sendMessage", times=1, says=(200, body))
    await post.sends(notice("a", legal=True))
    await post.sends(notice("b", MINH, legal=True))
    assert texts(world) == ["Phiếu a", "Phiếu a"]
    assert await row_states(post.db) == {"a": "sent", "b": "sent"}


@pytest.mark.parametrize("status", [400, 403, 404, 407, 429, 451])
async def test_a_page_that_refuses_in_telegrams_place_loses_no_notice_and_blocks_nobody(
    world: World, post: Post, status: int
) -> None:
    world.faults.fail("garbled", "sendMessage", times=4, says=(status, PAGE))
    await post.sends(notice("a", legal=True))
    assert (post.desk.lost, texts(world)) == ([], ["Phiếu a"])


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_after_a_gateways_own_failure_a_notice_is_repeated_once_and_no_more(
    world: World, post: Post, status: int
) -> None:
    world.faults.fail("garbled", "sendMessage", times=2, says=(status, PAGE))
    await post.sends(notice("a", legal=True))
    assert post.desk.lost == [("a", "unknown")]


@pytest.mark.parametrize("body", [PAGE, TOO_LARGE])
async def test_a_file_too_large_is_refused_with_its_reason_and_nobody_else_waits(
    world: World, post: Post, body: bytes
) -> None:
    async with post.db.write() as tx:
        digest = await drafts.keep_blob(tx, b"%PDF-2")
    world.faults.fail("garbled", "sendDocument", says=(413, body))
    file = FileRef("dự thảo.pdf", "", digest)
    await post.sends(notice("a", legal=True, files=(file,)), notice("b", MINH))
    assert post.desk.lost == [("a", "refused: Request Entity Too Large")]
    assert post.delivery.is_open


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
