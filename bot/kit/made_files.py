"""Files that the bot makes and sends once: held until they are sent, three days at most."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.db import drafts
from bot.kit.access import Access
from bot.kit.unit import Context, UnitOfWork
from bot.values.files import FileRef

Finds = Callable[[UnitOfWork], Awaitable[Access]]
"""Who has a file made, before what; refuses everybody else."""
NOTHING_MORE: Mapping[str, object] = MappingProxyType({})


async def hold(work: UnitOfWork, name: str, content: bytes, *, protected: bool = False) -> FileRef:
    """Held until it is sent; it may be saved and passed on, which is what it is for, unless it is `protected`."""
    sha256 = await drafts.pass_on(work.tx, content, work.now)
    return FileRef(name, "", sha256, len(content), open=not protected)


async def hand_out(
    context: Context,
    find: Finds,
    name: str,
    content: bytes,
    line: str,
    detail: Mapping[str, object] = NOTHING_MORE,
    *,
    protected: bool = False,
) -> FileRef:
    """A file that somebody asked for, held, and the line of the register that tells it with its digest.

    It took its time to be made: the right to it is asked once more.
    """
    async with context.work(reads=True) as work:
        before = await find(work)
        file = await hold(work, name, content, protected=protected)
        told = {**detail, "sha256": file.sha256}
        await work.record(before.person.committee, before.person, line, before.reference, told)
    return file
