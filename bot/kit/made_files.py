"""Files that the bot makes to be sent once: held until then, and made anew from the facts whenever they are wanted."""

from __future__ import annotations

from bot.db import drafts
from bot.kit.unit import UnitOfWork
from bot.values.files import FileRef


async def hold(work: UnitOfWork, name: str, content: bytes) -> FileRef:
    """Hold a file until it is sent; it may be saved and passed on, which is what it is for."""
    sha256 = await drafts.pass_on(work.tx, content, work.now)
    return FileRef(name, "", sha256, len(content), open=True)
