"""What a pressed button asks for, as a short versioned code. No right and no choice of words lives here."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "1"
LIMIT = 64
"""Telegram's limit for callback_data, in bytes."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action with its ids and arguments, all short ASCII."""

    action: str
    args: tuple[str, ...] = ()


def action(action: str, *args: str | int) -> Action:
    """Build a press; whole numbers become their decimal digits."""
    return Action(action, tuple(str(arg) for arg in args))


def encode(wanted: Action) -> str:
    """Write a press as callback data; raises ValueError when Telegram would not carry it."""
    text = ":".join((VERSION, wanted.action, *wanted.args))
    if len(text) > LIMIT or not text.isascii():
        raise ValueError(f"button code does not fit {LIMIT} ASCII bytes: {text!r}")
    return text


def parse(text: str) -> Action | None:
    """Read callback data back; None when it is cut, forged or of another version."""
    if len(text) > LIMIT or not text.isascii():
        return None
    version, *rest = text.split(":")
    if version != VERSION or not rest or not rest[0]:
        return None
    return Action(rest[0], tuple(rest[1:]))
