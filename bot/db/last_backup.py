"""When a backup of a database was made last: a small file beside it. The backup itself is made elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

ENDING = "-last-backup"


def note(database: Path, at: datetime) -> None:
    """Say that a backup was made at a moment; raises OSError where nothing can be written beside the database."""
    place = _place(database)
    fresh = place.with_name(f"{place.name}.part")
    fresh.write_text(f"{at.astimezone(UTC).isoformat()}\n", encoding="ascii")
    fresh.replace(place)


def last(database: Path) -> datetime | None:
    """The moment of the last backup; None where none was noted, or the note cannot be read."""
    try:
        return datetime.fromisoformat(_place(database).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def _place(database: Path) -> Path:
    return database.with_name(database.name + ENDING)
