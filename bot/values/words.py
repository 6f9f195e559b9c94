"""Words as they are kept: cleaned, measured, and stopped by a mark of secrecy."""

from __future__ import annotations

from bot.values.refusal import Refusal, Refused, faulty, refuse, require
from bot.values.secrecy import secrecy_mark
from bot.values.texts import TextFault, clean, clean_line, listed


def read_line(text: str, limit: int) -> str:
    """One line of at most `limit` characters; raises `Refused` when it is none, too long, or marked secret."""
    return _read(clean_line(text, limit))


def read_text(text: str, limit: int) -> str:
    """A text of at most `limit` characters; raises `Refused` when it is none, too long, or marked secret."""
    return _read(clean(text, limit))


def read_list(text: str, needed: str) -> list[str]:
    """What a message names, one a line, at least one; raises `Refused` of the kind `needed` where it names nothing."""
    return listed(text) or refuse(needed)


def _read(cleaned: str | TextFault) -> str:
    if isinstance(cleaned, TextFault):
        raise Refused(faulty(cleaned))
    require(refuse_secret(cleaned))
    return cleaned


def refuse_secret(text: str) -> Refusal | None:
    """What carries a mark of secrecy stops here (Law 117/2025/QH15)."""
    mark = secrecy_mark(text)
    return Refusal("secret", values={"mark": mark}) if mark else None
