from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest
from sqlalchemy import select
from telegram import Bot

from bot.clock import MovableClock
from bot.db import drafts, live_cards, outbox
from bot.db.engine import Database
from bot.db.notice import ANSWER, REMINDER, Card, Notice
from bot.db.schema import outbox as outbox_table
from bot.values.files import FileRef
from scheduler import transport
from scheduler.delivery import Delivery
from scheduler.pacing import Gate, Pace
from scheduler.sending import Sender
from simulator.server import BotApiServer
from simulator.world import World
from tests.scheduler.conftest import (
    LAN,
    MINH,
    NOON,
    THU,
    SmallDesk,
    Start,
    notice,
    put,
    row_states,
    time_passes_until,
    until,
)

SECOND = timedelta(seconds=1)


def texts(world: World, chat_id: int = LAN) -> list[str]:
    return [message.text for message in world.chat(chat_id).messages]


async def delivered(
    db: Database, clock: MovableClock, delivery: Delivery, *notices: Notice
) -> None:
    """Put while it runs, and settled."""
    await put(db, clock, *notices)
    delivery.wake()
    await delivery.settled()


async def redrawn(db: Database, clock: MovableClock, delivery: Delivery, live: str) -> None:
    """What shows a live card is drawn again, and settled."""
    async with db.write() as tx:
        await live_cards.refresh(tx, live, clock.now())
    delivery.wake()
    await delivery.settled()


async def test_a_notice_arrives_with_its_buttons_and_is_settled(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    await put(db, clock, notice("a", text="Kính gửi <b>đồng chí</b>"))
    start(delivery.run())
    await delivery.settled()
    [message] = world.chat(LAN).messages
    assert message.text == "Kính gửi đồng chí"
    assert [(b.text, b.data) for b in message.buttons] == [("Đã nhận", "1:got:1")]
    assert context.sent == [("a", message.message_id)]
    assert await row_states(db) == {"a": "sent"}


async def test_what_is_put_while_it_runs_goes_out_when_it_is_woken(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    start(delivery.run())
    await put(db, clock, notice("a"))
    delivery.wake()
    await until(lambda: texts(world) == ["Phiếu a"])


async def test_a_row_waits_for_its_moment(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    await put(db, clock, notice("later", not_before=NOON + SECOND), notice("now"))
    start(delivery.run())
    await until(lambda: texts(world) == ["Phiếu now"])
    await delivery.settled()
    assert delivery.next_wake == NOON + SECOND
    clock.advance(SECOND)
    await until(lambda: texts(world) == ["Phiếu now", "Phiếu later"])


async def test_messages_to_one_chat_keep_their_order(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    await put(db, clock, *(notice(f"{n:02}") for n in range(20)))
    start(delivery.run())
    await delivery.settled()
    assert texts(world) == [f"Phiếu {n:02}" for n in range(20)]


async def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    await put(db, clock, notice("a", text="một dòng\n" * 900))
    start(delivery.run())
    await delivery.settled()
    messages = world.chat(LAN).messages
    assert len(messages) == 2
    assert [len(message.buttons) for message in messages] == [0, 1]


async def test_files_follow_the_text_and_content_replaces_an_id_telegram_no_longer_takes(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    known = world.send_document(LAN, "tờ trình.pdf", b"%PDF-1").document
    assert known is not None
    async with db.write() as tx:
        digest = await drafts.keep_blob(tx, b"%PDF-2")
    old = FileRef("tờ trình.pdf", known.file_id, hashlib.sha256(b"%PDF-1").hexdigest())
    new = FileRef("dự thảo.pdf", "no-such-file", digest)
    await put(db, clock, notice("a", MINH, files=(old, new)))
    start(delivery.run())
    await delivery.settled()
    names = [m.document.name for m in world.chat(MINH).messages if m.document]
    assert names == ["tờ trình.pdf", "dự thảo.pdf"]


async def test_what_belongs_to_a_matter_cannot_be_forwarded(
    world: World,
    bot: Bot,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
) -> None:
    known = world.send_document(LAN, "tờ trình.pdf", b"%PDF-1").document
    assert known is not None
    await put(db, clock, notice("a", MINH, files=(FileRef("a.pdf", known.file_id, "0" * 64),)))
    async with db.write() as tx:
        [row] = await outbox.claim(tx, NOON, 1)
    gate = Gate(clock, lambda: transport.get_me(bot), delivery.wake)
    sender = Sender(bot, db, clock, context, gate, None)
    await sender.send(replace(row, consultation_id=1))
    assert [m.protected for m in world.chat(MINH).messages] == [True, True]
    await sender.send(row)
    assert [m.protected for m in world.chat(MINH).messages[2:]] == [False, False]


async def test_buttons_are_the_last_thing_below_the_files(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    paper = world.send_document(LAN, "bc.pdf", b"noi dung").document
    assert paper is not None
    file = FileRef(paper.name, paper.file_id, "0" * 64, paper.size)
    start(delivery.run())
    plain = replace(notice("b", MINH, files=(file,)), card=Card("Tài liệu"))
    await delivered(db, clock, delivery, notice("a", LAN, files=(file,)), plain)
    files = [m.document is not None for m in world.chat(LAN).messages if m.from_bot]
    assert files == [True, False], "the card with its button comes last"
    files = [m.document is not None for m in world.chat(MINH).messages if m.from_bot]
    assert files == [False, True], "a text without buttons stands above its files"


# --- live cards --------------------------------------------------------------------------------


async def test_a_live_card_is_placed_when_sent_and_edited_where_it_stands(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    context.cards["dashboard:1"] = Card("0 ý kiến")
    start(delivery.run())
    await delivered(db, clock, delivery, notice("a", live="dashboard:1"))
    context.cards["dashboard:1"] = Card("1 ý kiến")
    await redrawn(db, clock, delivery, "dashboard:1")
    [message] = world.chat(LAN).messages
    assert (message.versions, message.text) == (["0 ý kiến"], "1 ý kiến")


async def test_a_live_card_too_long_for_its_message_shows_its_beginning_there(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    context.cards["dashboard:1"] = Card("0 ý kiến")
    start(delivery.run())
    await delivered(db, clock, delivery, notice("a", live="dashboard:1"))
    context.cards["dashboard:1"] = Card("ý kiến " * 700)
    await redrawn(db, clock, delivery, "dashboard:1")
    [message] = world.chat(LAN).messages
    assert message.text == ("ý kiến " * 700)[:100] + " …"


async def test_an_answer_too_long_for_its_message_stands_whole_below(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    start(delivery.run())
    await delivered(db, clock, delivery, notice("a"))
    [before] = world.chat(LAN).messages
    words = ("ý kiến " * 700).strip()
    await delivered(db, clock, delivery, notice("b", text=words, message_id=before.message_id))
    first, *below = world.chat(LAN).messages
    assert first.versions == before.versions
    assert " ".join(each.text for each in below) == words


async def test_an_edit_that_changes_nothing_has_succeeded(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    context.cards["dashboard:1"] = Card("0 ý kiến")
    start(delivery.run())
    await delivered(db, clock, delivery, notice("a", live="dashboard:1"))
    await redrawn(db, clock, delivery, "dashboard:1")
    assert set((await row_states(db)).values()) == {"sent"}


async def test_an_edit_that_changes_nothing_is_sent_once_by_who_has_not_seen_the_message_and_never_again(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    """A message edited past the outbox, or seen by a process before, is edited once; the same words go nowhere."""
    context.cards["dashboard:1"] = Card("0 ý kiến")
    start(delivery.run())
    await delivered(db, clock, delivery, notice("a", live="dashboard:1"))

    async def edits() -> int:
        await redrawn(db, clock, delivery, "dashboard:1")
        return world.calls["editmessagetext"]

    assert await edits() == 0
    context.cards["dashboard:1"] = Card("1 ý kiến")
    assert await edits() == 1
    context.cards["dashboard:1"] = Card("0 ý kiến")
    assert await edits() == 2
    assert await edits() == 2
    [message] = world.chat(LAN).messages
    delivery.forget(LAN, message.message_id)
    assert await edits() == 3
    assert texts(world) == ["0 ý kiến"]


async def test_a_live_card_whose_message_is_gone_is_sent_anew(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    context.cards["dashboard:1"] = Card("0 ý kiến")
    async with db.write() as tx:
        await live_cards.place(tx, LAN, 99999, "dashboard:1", NOON)
        await live_cards.refresh(tx, "dashboard:1", NOON)
    start(delivery.run())
    await delivery.settled()
    [message] = world.chat(LAN).messages
    async with db.read() as tx:
        assert await live_cards.where(tx, "dashboard:1") == [(LAN, message.message_id)]


async def test_a_live_card_that_would_take_the_place_of_a_file_is_sent_anew(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    context.cards["dashboard:1"] = Card("0 ý kiến")
    paper = world.send_document(LAN, "bc.pdf", b"noi dung").document
    assert paper is not None
    file = FileRef(paper.name, paper.file_id, "0" * 64, paper.size)
    start(delivery.run())
    await delivered(db, clock, delivery, notice("a", LAN, files=(file,)))
    sent = next(m for m in world.chat(LAN).messages if m.from_bot and m.document is not None)
    async with db.write() as tx:
        await live_cards.place(tx, LAN, sent.message_id, "dashboard:1", NOON)
        await live_cards.refresh(tx, "dashboard:1", NOON)
    delivery.wake()
    await delivery.settled()
    assert world.chat(LAN).messages[-1].text == "0 ý kiến"


async def test_an_edit_is_dropped_when_the_message_shows_another_card_by_now(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    context.cards |= {"dashboard:1": Card("0 ý kiến"), "mine": Card("Việc của tôi")}
    start(delivery.run())
    await delivered(db, clock, delivery, notice("a", live="mine"))
    [message] = world.chat(LAN).messages
    placed = notice("b", live="dashboard:1", message_id=message.message_id, legal=False)
    await delivered(db, clock, delivery, placed)
    assert texts(world) == ["Việc của tôi"]
    assert (await row_states(db))["b"] == "dropped"


async def test_a_card_with_nothing_to_show_or_one_that_cannot_be_rendered_stops_nobody(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    class Broken(dict[str, Card]):
        def get(self, key: str, default: object = None) -> NoReturn:
            raise ZeroDivisionError

    await put(db, clock, notice("gone", live="nothing"), notice("b", MINH))
    start(delivery.run())
    await delivery.settled()
    context.cards = Broken()
    await delivered(db, clock, delivery, notice("broken", live="dashboard:1"), notice("c", MINH))
    states = await row_states(db)
    assert states == {"gone": "dropped", "b": "sent", "broken": "undeliverable", "c": "sent"}


# --- what goes wrong ---------------------------------------------------------------------------


async def test_whoever_blocked_the_bot_is_unreachable_and_the_others_hear(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    world.block(LAN)
    world.deactivate(THU)
    await put(db, clock, notice("a"), notice("b", MINH), notice("c", THU), notice("d", 999))
    start(delivery.run())
    await delivery.settled()
    assert sorted(context.lost) == [("a", "blocked"), ("c", "blocked"), ("d", "no_chat")]
    assert texts(world, MINH) == ["Phiếu b"]


async def test_telegrams_wait_stops_every_chat_until_its_end(
    world: World, bot: Bot, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    world.faults.fail(429, chats=LAN, times=1, retry_after=300)
    await put(db, clock, notice("a"))
    start(delivery.run())
    await until(lambda: not delivery.is_open)
    await put(db, clock, notice("b", MINH))
    delivery.wake()
    clock.advance(299 * SECOND)
    for _ in range(3):
        await bot.get_me()  # what was on its way to Telegram has arrived by then
    assert texts(world, MINH) == []
    clock.advance(SECOND)
    await until(lambda: texts(world, MINH) == ["Phiếu b"])
    await delivery.settled()
    assert world.deliveries_to(LAN) == 1


@pytest.mark.parametrize("kind", ["timeout", "empty", 500])
async def test_after_an_answer_that_never_came_a_legal_notice_is_repeated_once(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start, kind: str
) -> None:
    world.faults.fail(kind, methods="sendMessage", times=1)  # type: ignore[arg-type]
    await put(db, clock, notice("a"))
    start(delivery.run())
    await delivery.settled()
    assert await row_states(db) == {"a": "sent"}


async def test_a_message_delivered_before_the_line_broke_has_one_copy_at_most(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    world.faults.fail("drop_after", methods="sendMessage")
    await put(db, clock, notice("legal"), notice("reminder", MINH, legal=False, priority=REMINDER))
    start(delivery.run())
    await time_passes_until(lambda: len(context.lost) == 2, clock)
    assert (world.deliveries_to(LAN), world.deliveries_to(MINH)) == (2, 1)
    assert sorted(context.lost) == [("legal", "unknown"), ("reminder", "unknown")]


async def test_while_telegram_is_away_nothing_is_used_up_and_afterwards_all_goes_out_once(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    world.faults.fail("away")
    await put(db, clock, *(notice(f"{n}", chat) for n, chat in enumerate((LAN, MINH, THU))))
    start(delivery.run())
    await until(lambda: not delivery.is_open)
    for _ in range(40):
        clock.advance(timedelta(hours=2))
        await asyncio.sleep(0.003)
    assert context.lost == []
    world.faults.clear()
    await time_passes_until(lambda: len(context.sent) == 3, clock)
    assert [world.deliveries_to(chat) for chat in (LAN, MINH, THU)] == [1, 1, 1]


async def test_an_address_where_nobody_listens_costs_no_attempt(
    server: BotApiServer,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    await put(db, clock, notice("a", legal=False))
    await server.close()
    start(delivery.run())
    await until(lambda: not delivery.is_open)
    async with db.read() as tx:
        [row] = await tx.execute(select(outbox_table.c.unknown))
    assert row.unknown == 0
    assert context.lost == []


async def test_a_group_with_a_new_id_is_written_to_there(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    world.add_group(-100, "Văn phòng", [LAN])
    world.add_bot(LAN, -100)
    world.migrate(-100, -1001)
    world.add_bot(LAN, -1001)
    await put(db, clock, notice("a", -100))
    start(delivery.run())
    await delivery.settled()
    assert texts(world, -1001) == ["Phiếu a"]


async def test_a_notice_whose_consequences_fail_is_not_sent_twice_and_holds_up_nobody(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    context.fails_for = "a"
    await put(db, clock, notice("a"), notice("b", MINH))
    start(delivery.run())
    await delivery.settled()
    assert await row_states(db) == {"a": "sent", "b": "sent"}
    assert world.deliveries_to(LAN) == 1


async def test_what_was_claimed_when_the_house_fell_is_sent_after_the_restart(
    world: World,
    db: Database,
    clock: MovableClock,
    context: SmallDesk,
    delivery: Delivery,
    start: Start,
) -> None:
    await put(db, clock, notice("legal"), notice("reminder", MINH, legal=False))
    async with db.write() as tx:
        assert len(await outbox.claim(tx, NOON, 9)) == 2
    start(delivery.run())
    await delivery.settled()
    assert await row_states(db) == {"legal": "sent", "reminder": "sent"}


async def test_stopping_lets_what_is_under_way_be_settled(
    world: World, db: Database, clock: MovableClock, delivery: Delivery, start: Start
) -> None:
    world.latency = 0.05
    await put(db, clock, notice("a"), notice("b", MINH))
    running = asyncio.create_task(delivery.run())
    await until(lambda: world.calls["sendmessage"] == 2)
    delivery.stop()
    await running
    assert await row_states(db) == {"a": "sent", "b": "sent"}


# --- pace ----------------------------------------------------------------------------------------


async def test_forty_notices_stay_within_enforced_limits_and_an_answer_goes_first(
    bot: Bot, db: Database, context: SmallDesk, start: Start, world: World
) -> None:
    loop = asyncio.get_running_loop()
    world.limits.seconds = loop.time
    world.enforce_limits = True
    clock = MovableClock(NOON)
    for user_id in range(600, 640):
        world.add_person(user_id, "Hội viên")
        world.people[user_id].started = True
    await put(db, clock, *(notice(f"n{n}", 600 + n) for n in range(40)))
    delivery = Delivery(bot, db, clock, context, pace=Pace(), at_once=20)
    began = loop.time()
    start(delivery.run())
    await until(lambda: len(context.sent) >= 3)
    await delivered(db, clock, delivery, notice("answer", LAN, priority=ANSWER))
    took = loop.time() - began
    order = [key for key, _ in context.sent]
    assert len(order) == 41
    assert order.index("answer") < 30
    assert 40 / 30 <= took < 40 / 30 * 1.4
    assert delivery.is_open


async def test_two_messages_to_one_chat_are_a_second_apart() -> None:
    loop = asyncio.get_running_loop()
    pace = Pace(in_one_chat=0.1)
    began = loop.time()
    for _ in range(3):
        await pace.turn(LAN, 1)
    assert 0.2 <= loop.time() - began < 0.4
