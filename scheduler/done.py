"""What one run of the bot has done so far, counted for whoever watches it. Nothing is decided by it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Done:
    """Counts since the start."""

    updates: int = 0
    """Handled by the door."""
    sent: int = 0
    undeliverable: int = 0
    waits: int = 0
    """How often Telegram has asked to wait (429)."""
