"""A press is one transaction with what its person is shown."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from bot.db import drafts, inbox
from bot.db.drafts import Prompt
from bot.db.inbox import Current, current_update
from bot.kit.unit import Answering, Context, UnitOfWork

LAN, BINH = 700001, 700002
BOT = 7


async def ask(work: UnitOfWork, account: int = LAN) -> None:
    await drafts.await_words(work.tx, account, "words", {}, work.now)


async def asked(context: Context, account: int = LAN) -> Prompt | None:
    """As anybody else finds it on disk."""
    async with context.db.read() as tx:
        return await drafts.awaited(tx, account)


async def waiting(context: Context) -> int:
    """How many updates would come again after a crash."""
    async with context.db.read() as tx:
        return (await inbox.counts(tx, BOT)).waiting


async def test_what_was_done_is_on_disk_together_with_what_is_shown(context: Context) -> None:
    async with Answering.within(context) as answering:
        async with answering.work() as work:
            await ask(work)
        assert await asked(context) is None
        async with answering.last_work() as work:
            await ask(work, BINH)
        assert await asked(context) is not None
        assert await asked(context, BINH) is not None


async def test_where_nothing_is_shown_it_is_on_disk_at_the_end(context: Context) -> None:
    async with Answering.within(context) as answering, answering.work() as work:
        await ask(work)
    assert await asked(context) is not None


async def fails_while_it_is_shown(context: Context) -> None:
    async with Answering.within(context) as answering:
        async with answering.work() as work:
            await ask(work)
        async with answering.last_work() as work:
            await ask(work, BINH)
            raise ZeroDivisionError


async def fails_after_the_act(context: Context) -> None:
    async with Answering.within(context) as answering:
        async with answering.work() as work:
            await ask(work)
        raise ZeroDivisionError


@pytest.mark.parametrize("fails", [fails_while_it_is_shown, fails_after_the_act])
async def test_an_act_whose_screen_cannot_be_shown_is_undone(context: Context, fails: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        await fails(context)
    assert (await asked(context), await asked(context, BINH)) == (None, None)


async def fails_within(answering: Answering) -> None:
    async with answering.work() as work:
        await ask(work)
        raise ZeroDivisionError


async def test_what_an_act_undid_is_not_kept_by_what_is_shown_after_it(context: Context) -> None:
    async with Answering.within(context) as answering:
        with pytest.raises(ZeroDivisionError):
            await fails_within(answering)
        async with answering.last_work() as work:
            await ask(work, BINH)
    assert await asked(context) is None
    assert await asked(context, BINH) is not None


async def test_a_further_unit_of_work_commits_the_one_before_it(context: Context) -> None:
    async with Answering.within(context) as answering:
        async with answering.work() as work:
            await ask(work)
        with pytest.raises(ZeroDivisionError):
            await fails_within(answering)
        assert await asked(context) is not None


async def test_a_unit_that_was_undone_makes_room_for_another(context: Context) -> None:
    async with Answering.within(context) as answering:
        with pytest.raises(ZeroDivisionError):
            await fails_within(answering)
        async with answering.work() as work:
            await ask(work, BINH)
    assert (await asked(context), (await asked(context, BINH)) is not None) == (None, True)


async def test_what_is_made_ready_beforehand_leaves_the_press_to_come_again(
    context: Context,
) -> None:
    async with context.db.write() as tx:
        await inbox.add(tx, BOT, [(1, "{}")], context.clock.now(), context.clock.now())
    handled = current_update.set(Current(BOT, 1, context.clock.now(), None))
    async with Answering.within(context) as answering:
        async with answering.beforehand() as work:
            await ask(work, BINH)
        assert await asked(context, BINH) is not None
        assert await waiting(context) == 1
        async with answering.work() as work:
            await ask(work)
    current_update.reset(handled)
    assert await waiting(context) == 0


async def test_a_look_sees_what_was_done_before_it(context: Context) -> None:
    async with Answering.within(context) as answering:
        async with answering.work() as work:
            await ask(work)
        async with answering.look() as work:
            assert await drafts.awaited(work.tx, LAN) is not None
        assert await asked(context) is None, "it is on disk with what is shown, and not before"


async def test_what_cannot_be_undone_waits_for_the_disk(context: Context) -> None:
    """What is shown goes with the act: a crash after the commit leaves nobody before a screen of before."""
    done = list[str]()
    async with Answering.within(context) as answering:
        async with answering.work() as work:
            await ask(work)
            work.then.append(lambda: done.append("key destroyed"))
        async with answering.last_work() as work:
            await ask(work, BINH)
            assert not done
        assert await asked(context) is not None
        assert done == ["key destroyed"]
    assert done == ["key destroyed"]


async def destroys_and_fails(context: Context, done: list[str]) -> None:
    async with context.work() as work:
        work.then.append(lambda: done.append("key destroyed"))
    raise ZeroDivisionError


async def test_what_cannot_be_undone_is_not_done_where_its_act_is_undone(context: Context) -> None:
    done = list[str]()
    with suppress(ZeroDivisionError):
        async with Answering.within(context) as answering:
            await destroys_and_fails(answering, done)
    assert not done
    with suppress(ZeroDivisionError):
        await destroys_and_fails(context, done)
    assert done == ["key destroyed"], "by itself its act was on disk before the fault"
