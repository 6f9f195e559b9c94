"""How every command opens the store of an installation. What is done with it is not here."""

from __future__ import annotations

from bot.db.engine import Database
from bot.settings import Settings


async def store(settings: Settings, *, create: bool = False, alone: bool = True) -> Database:
    """The database, with the keys of its secret votes where they belong; refuses as `Database.open` does."""
    place, keys = settings.database, settings.keys
    return await Database.open(place, create=create, alone=alone, keys=keys)
