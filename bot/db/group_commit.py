"""Group commit: writers one after the other, and one wait for the disk for all. What is written is not known here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.db.transaction import Engine, OpenConnection, Transaction, TransactionLostError


@dataclass(slots=True)
class _Group:
    """An open transaction with the writers whose facts are in it."""

    tx: OpenConnection
    committed: asyncio.Future[None]
    writers: int = field(default=0)


class GroupCommit:
    """Gives the one writing connection to one writer after the other.

    Whoever waits while another writes is committed together with it, so that the disk is waited for
    once for all of them. Until then each stands or falls alone, and none goes on before the commit.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._open: _Group | None = None
        self._commits: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Transaction]:
        """A transaction for one writer: it is on disk when the block has been left without an error."""
        async with self._turn:
            group = self._open or await self._begun()
            try:
                async with _apart(group):
                    yield group.tx
            except TransactionLostError as lost:
                await self._end(group, lost)
                raise
            except BaseException:
                if not group.writers:
                    await self._end(group, None)
                raise
            group.writers += 1
            if group.writers == 1:
                self._commit_after_those_who_wait(group)
        await asyncio.shield(group.committed)

    @asynccontextmanager
    async def pause(self) -> AsyncIterator[None]:
        """Nobody writes within the block; everything written before it has been committed."""
        async with self._turn:
            if self._open is not None:
                await self._settle(self._open)
            yield

    async def close(self) -> None:
        """Return when nothing is left to commit."""
        await asyncio.gather(*self._commits)

    async def _begun(self) -> _Group:
        tx = await self._engine.connect()
        try:
            await tx.begin()
        except BaseException:
            await tx.close()
            raise
        self._open = _Group(tx, asyncio.get_running_loop().create_future())
        return self._open

    def _commit_after_those_who_wait(self, group: _Group) -> None:
        """Turns are given in the order asked for: those who wait now write first, into the same."""
        commit = asyncio.create_task(self._commit(group))
        self._commits.add(commit)
        commit.add_done_callback(self._commits.discard)

    async def _commit(self, group: _Group) -> None:
        async with self._turn:
            if self._open is group:
                await self._settle(group)

    async def _settle(self, group: _Group) -> None:
        try:
            await group.tx.commit()
        except Exception as error:  # noqa: BLE001 - it is raised by every writer of the group
            await self._end(group, error)
        except BaseException:
            await self._end(group, TransactionLostError("cut off while it was committed"))
            raise
        else:
            await self._end(group, None)

    async def _end(self, group: _Group, error: BaseException | None) -> None:
        """Let the connection go; what is not committed is undone."""
        self._open = None
        try:
            await group.tx.close()
        finally:
            if error is None:
                group.committed.set_result(None)
            else:
                group.committed.set_exception(error)
                group.committed.exception()  # a group without a writer left is no riddle in the log


@asynccontextmanager
async def _apart(group: _Group) -> AsyncIterator[None]:
    """Undo one writer alone when it fails; the first has nobody before it."""
    if not group.writers:
        yield
        return
    async with group.tx.begin_nested():
        yield
