from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db import dues, inbox, live_cards, liveness, outbox
from bot.db.dues import DueMoment
from bot.db.engine import Database
from bot.db.inbox import Counts, Current, current_update
from bot.db.liveness import Outage
from bot.db.notice import ANSWER, REMINDER, Button, Card, Notice
from bot.db.schema import outbox as outbox_table
from bot.db.transaction import Transaction
from bot.values.action import Action
from bot.values.files import FileRef
from bot.values.moments import INSTANT

NOON = datetime(2025, 3, 3, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOT = 77
CARD = Card(
    "Kính gửi <b>đồng chí</b>", ((Button("Đã nhận", Action("got", ("1",)), style="primary"),),)
)


@pytest.fixture
async def tx(db: Database) -> AsyncIterator[Transaction]:
    async with db.write() as open_tx:
        yield open_tx


def notice(key: str, **changes: object) -> Notice:
    fields: dict[str, object] = {"chat_id": 1, "kind": "matter", "card": CARD}
    return Notice(key, **{**fields, **changes})  # type: ignore[arg-type]


async def states(tx: Transaction) -> dict[str, tuple[str, int, str | None]]:
    rows = await tx.execute(select(outbox_table))
    return {row.key: (row.state, row.unknown, row.reason) for row in rows}


# --- inbox ---------------------------------------------------------------------------------------


async def test_an_update_that_comes_twice_is_kept_once(tx: Transaction) -> None:
    first = await inbox.add(tx, BOT, [(5, "{}"), (6, "{}")], NOON, NOON)
    second = await inbox.add(tx, BOT, [(6, '{"other": 1}'), (7, "{}")], NOON + MINUTE, NOON)
    assert (set(first), set(second)) == ({5, 6}, {7})
    assert [(each.update_id, each.raw) for each in await inbox.unhandled(tx, BOT)] == [
        (5, "{}"),
        (6, "{}"),
        (7, "{}"),
    ]


async def test_a_handled_update_does_not_come_back(tx: Transaction) -> None:
    await inbox.add(tx, BOT, [(5, "{}")], NOON, NOON)
    await inbox.mark_handled(tx, BOT, 5, NOON)
    assert await inbox.add(tx, BOT, [(5, "{}")], NOON + timedelta(hours=23), NOON) == frozenset()
    assert await inbox.unhandled(tx, BOT) == []


async def test_a_number_used_again_after_days_is_another_update(tx: Transaction) -> None:
    await inbox.add(tx, BOT, [(5, "old")], NOON, NOON)
    await inbox.mark_handled(tx, BOT, 5, NOON)
    later = NOON + timedelta(days=8)
    assert await inbox.add(tx, BOT, [(5, "new")], later, later) == {5}
    assert [each.raw for each in await inbox.unhandled(tx, BOT)] == ["new"]


async def test_a_malformed_update_is_set_aside_with_its_fault(tx: Transaction) -> None:
    await inbox.add(tx, BOT, [(5, "{}"), (6, "{}"), (7, "{}")], NOON, NOON)
    await inbox.mark_fault(tx, BOT, 5, "KeyError", NOON)
    await inbox.mark_handled(tx, BOT, 6, NOON)
    assert await inbox.counts(tx, BOT) == Counts(waiting=1, handled=1, faulty=1)
    assert await inbox.purge(tx, NOON + MINUTE) == 1


async def test_the_first_committed_transaction_of_a_handler_marks_its_update(db: Database) -> None:
    async with db.write() as tx:
        await inbox.add(tx, BOT, [(5, "{}")], NOON, NOON)
    current_update.set(Current(BOT, 5, NOON))

    async def fails() -> None:
        async with db.write():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with db.read() as tx:
        assert len(await inbox.unhandled(tx, BOT)) == 1
    async with db.write():
        pass
    async with db.read() as tx:
        assert await inbox.unhandled(tx, BOT) == []


async def test_what_is_covered_never_goes_back(tx: Transaction) -> None:
    assert await liveness.covered_until(tx) is None
    await liveness.cover(tx, NOON)
    await liveness.cover(tx, NOON - MINUTE)
    assert await liveness.covered_until(tx) == NOON


async def test_gaps_that_end_after_a_moment_are_found(tx: Transaction) -> None:
    await liveness.add_outage(tx, Outage(NOON, NOON + 10 * MINUTE), NOON, "đồng hồ")
    gap = (Outage(NOON, NOON + 10 * MINUTE),)
    assert await liveness.outages_since(tx, NOON + 9 * MINUTE) == gap
    assert await liveness.outages_since(tx, NOON + 10 * MINUTE) == ()


# --- outbox --------------------------------------------------------------------------------------


async def test_a_notice_of_the_same_key_is_put_once(tx: Transaction) -> None:
    await outbox.put(tx, notice("a"), NOON)
    await outbox.put(tx, notice("a", chat_id=2), NOON)
    [row] = await outbox.claim(tx, NOON, 10)
    assert (row.chat_id, row.text) == (1, CARD.text)
    assert row.rows == [[{"label": "Đã nhận", "data": "1:got:1", "style": "primary"}]]


async def test_files_come_back_as_they_were_put(tx: Transaction) -> None:
    file = FileRef("tờ trình.pdf", "F1", "0" * 64)
    await outbox.put(tx, notice("a", files=(file,)), NOON)
    [row] = await outbox.claim(tx, NOON, 10)
    assert row.files == (file,)


async def test_answers_are_claimed_first_and_nothing_before_its_moment(
    tx: Transaction,
) -> None:
    await outbox.put(tx, notice("reminder", chat_id=1, priority=REMINDER), NOON)
    await outbox.put(tx, notice("later", chat_id=2, not_before=NOON + MINUTE), NOON)
    await outbox.put(tx, notice("notice", chat_id=3), NOON)
    await outbox.put(tx, notice("answer", chat_id=4, priority=ANSWER), NOON)
    assert await outbox.next_moment(tx, NOON - MINUTE) == NOON
    assert await outbox.unsettled(tx, NOON) == 3
    assert [row.key for row in await outbox.claim(tx, NOON, 2)] == ["answer", "notice"]
    assert [row.key for row in await outbox.claim(tx, NOON, 9)] == ["reminder"]
    assert await outbox.next_moment(tx, NOON) == NOON + MINUTE


async def test_a_live_card_changed_while_it_is_sent_is_sent_once_more(tx: Transaction) -> None:
    await live_cards.place(tx, 1, 10, "dashboard:1", NOON)
    await live_cards.refresh(tx, "dashboard:1", NOON)
    await live_cards.refresh(tx, "dashboard:1", NOON)
    [row] = await outbox.claim(tx, NOON, 9)
    await live_cards.refresh(tx, "dashboard:1", NOON)
    assert await outbox.claim(tx, NOON, 9) == []
    await outbox.settle_sent(tx, row.id, 10, NOON)
    [again] = await outbox.claim(tx, NOON, 9)
    assert (again.id, again.live, again.message_id) == (row.id, "dashboard:1", 10)
    await outbox.settle_sent(tx, row.id, 10, NOON)
    assert await outbox.claim(tx, NOON, 9) == []
    await live_cards.refresh(tx, "dashboard:1", NOON + MINUTE)
    assert len(await outbox.claim(tx, NOON + MINUTE, 9)) == 1


async def test_after_a_crash_whatever_was_claimed_waits_again(tx: Transaction) -> None:
    await outbox.put(tx, notice("legal", chat_id=1), NOON)
    await outbox.put(tx, notice("reminder", chat_id=2, legal=False), NOON)
    await outbox.put(tx, notice("edit", chat_id=3, legal=False, message_id=4), NOON)
    for _ in range(3):
        assert len(await outbox.claim(tx, NOON, 9)) == 3
        assert await outbox.recover(tx, NOON) == []
    assert await states(tx) == dict.fromkeys(("legal", "reminder", "edit"), ("pending", 0, None))


async def test_what_ends_run_after_run_is_given_up_and_told(tx: Transaction) -> None:
    await outbox.put(tx, notice("poison"), NOON)
    for _ in range(49):
        await outbox.claim(tx, NOON, 9)
        assert await outbox.recover(tx, NOON) == []
    await outbox.claim(tx, NOON, 9)
    [given_up] = await outbox.recover(tx, NOON)
    assert given_up.key == "poison"
    assert await states(tx) == {"poison": ("undeliverable", 0, "unknown")}


async def test_answers_and_edits_settled_long_ago_are_removed_and_notices_stay(
    tx: Transaction,
) -> None:
    for chat, kind in enumerate(("answer", "live", "opinion_form")):
        await outbox.put(tx, notice(f"old {kind}", chat_id=chat, kind=kind), NOON)
        await outbox.put(tx, notice(f"waits {kind}", kind=kind, not_before=NOON + MINUTE), NOON)
    for row in await outbox.claim(tx, NOON, 9):
        await outbox.settle_sent(tx, row.id, 1, NOON)
    assert await outbox.purge(tx, NOON) == 0
    assert await outbox.purge(tx, NOON + MINUTE) == 2
    assert sorted(await states(tx)) == [
        "old opinion_form",
        "waits answer",
        "waits live",
        "waits opinion_form",
    ]


async def test_a_retry_waits_for_its_moment(tx: Transaction) -> None:
    await outbox.put(tx, notice("a"), NOON)
    [row] = await outbox.claim(tx, NOON, 9)
    await outbox.retry(tx, row.id, NOON + MINUTE, unknown=True)
    assert await outbox.claim(tx, NOON, 9) == []
    [row] = await outbox.claim(tx, NOON + MINUTE, 9)
    assert row.unknown == 1


async def test_a_notice_without_a_card_is_refused(tx: Transaction) -> None:
    with pytest.raises(ValueError, match="card"):
        await outbox.put(tx, notice("a", card=None), NOON)


# --- cards and due moments -----------------------------------------------------------------------


async def test_a_message_shows_the_card_last_placed_there(tx: Transaction) -> None:
    await live_cards.place(tx, 1, 10, "mine:1", NOON)
    await live_cards.place(tx, 1, 10, "matter:2:1", NOON)
    await live_cards.place(tx, 2, 10, "matter:2:1", NOON)
    assert await live_cards.where(tx, "mine:1") == []
    assert sorted(await live_cards.where(tx, "matter:2:1")) == [(1, 10), (2, 10)]
    await live_cards.remove(tx, 1, 10)
    await live_cards.move_chat(tx, 2, -3)
    assert await live_cards.where(tx, "matter:2:1") == [(-3, 10)]


async def test_a_card_stands_wherever_one_of_its_pages_stands(tx: Transaction) -> None:
    await live_cards.place(tx, 1, 10, "matter:2", NOON)
    await live_cards.place(tx, 2, 10, "matter:2:1", NOON)
    await live_cards.place(tx, 3, 10, "matter:20", NOON)
    assert sorted(await live_cards.where(tx, "matter:2")) == [(1, 10), (2, 10)]


async def test_a_due_moment_moves_until_it_is_done(tx: Transaction) -> None:
    await dues.put(tx, "close:1", "close", NOON)
    await dues.put(tx, "close:1", "close", NOON + MINUTE)
    assert await dues.due_at(tx, NOON + MINUTE) == ()  # the moment itself still belongs to people
    [due] = await dues.due_at(tx, NOON + MINUTE + INSTANT)
    assert await dues.done(tx, due.id, NOON + MINUTE)
    assert not await dues.done(tx, due.id, NOON + MINUTE)
    await dues.put(tx, "close:1", "close", NOON + 2 * MINUTE)
    assert await dues.next_moment(tx) is None
    await dues.put(tx, "close:1", "close", NOON + 2 * MINUTE, rearm=True)
    assert await dues.next_moment(tx) == NOON + 2 * MINUTE + INSTANT


async def test_due_moments_come_earliest_first_and_can_be_cancelled(tx: Transaction) -> None:
    for minutes, key in enumerate(("c", "a", "b")):
        await dues.put(tx, key, "remind", NOON + minutes * MINUTE)
    late = NOON + timedelta(hours=1)
    assert await _keys(tx, late, 2) == ["c", "a"]
    await dues.cancel(tx, ["c", "b"])
    assert await _keys(tx, late) == ["a"]


async def _keys(tx: Transaction, now: datetime, limit: int | None = None) -> list[str]:
    found = await dues.due_at(tx, now, limit)
    return [due.key for due in found if isinstance(due, DueMoment)]


async def test_what_is_put_off_waits_for_its_moment_and_lets_the_others_pass(
    tx: Transaction,
) -> None:
    for minutes, key in enumerate(("a", "b")):
        await dues.put(tx, key, "remind", NOON + minutes * MINUTE)
    first, second = [due.id for due in await dues.due_at(tx, NOON + 2 * MINUTE)]
    assert await dues.failed(tx, first, "LookupError", NOON + 5 * MINUTE) == 1
    assert await _keys(tx, NOON + 5 * MINUTE) == ["b"]
    assert await dues.next_moment(tx) == NOON + MINUTE + INSTANT
    await dues.put_off(tx, second, NOON + 9 * MINUTE)
    assert await dues.next_moment(tx) == NOON + 5 * MINUTE + INSTANT
    assert await _keys(tx, NOON + 5 * MINUTE + INSTANT) == ["a"]
    await dues.set_aside(tx, first, NOON + 5 * MINUTE)
    assert await _keys(tx, NOON + 8 * MINUTE) == []


async def test_a_sent_row_records_its_message(tx: Transaction) -> None:
    await outbox.put(tx, notice("a"), NOON)
    [row] = await outbox.claim(tx, NOON, 9)
    await outbox.settle_sent(tx, row.id, 31, NOON)
    await tx.execute(update(outbox_table).values(kind="matter"))
    sent = (await tx.execute(select(outbox_table))).one()
    assert (sent.state, sent.sent_message_id, sent.settled_at) == ("sent", 31, NOON)
