"""The tales that can be shown: which there are, and under which regulation each is told. Nothing is played here."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from simulator import story
from simulator.story import Story

FOLDER = Path(__file__).parent / "demos"
USUAL_REGULATION = "quang_ngai"


class Tale(StrEnum):
    """What a demonstration tells."""

    CONSULTATION = "consultation"
    MEETING = "meeting"
    REPORTS = "reports"


class NotToldError(Exception):
    """A regulation under which a tale is not told; the message says which are."""


def regulations() -> tuple[str, ...]:
    """The regulations that can be shown, the usual one first."""
    known = sorted(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.toml")))
    return (USUAL_REGULATION, *(each for each in known if each != USUAL_REGULATION))


def under(regulation: str) -> tuple[Tale, ...]:
    """The tales told under a regulation."""
    return tuple(tale for tale in Tale if _path(regulation, tale).is_file())


def read(regulation: str, tale: Tale) -> tuple[Story, Path]:
    """A tale and where it lies; NotToldError where it is not told."""
    path = _path(regulation, tale)
    if not path.is_file():
        places = ", ".join(each for each in regulations() if tale in under(each)) or "none"
        raise NotToldError(
            f"The tale {tale.value!r} is not told under {regulation}, but under: {places}. "
            f"Told under {regulation}: {', '.join(under(regulation)) or 'none'}."
        )
    return story.read(path), path


def _path(regulation: str, tale: Tale) -> Path:
    return FOLDER / regulation / f"{tale.value}.toml"
