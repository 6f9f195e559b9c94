"""Files that the bot makes and sends once: held until they are sent, three days at most."""

from __future__ import annotations

from bot.db import drafts
from bot.kit.unit import UnitOfWork
from bot.values.files import FileRef


async def hold(work: UnitOfWork, name: str, content: bytes, *, protected: bool = False) -> FileRef:
    """Held until it is sent; it may be saved and passed on, which is what it is for, unless it is `protected`."""
    sha256 = await drafts.pass_on(work.tx, content, work.now)
    return FileRef(name, "", sha256, len(content), open=not protected)
