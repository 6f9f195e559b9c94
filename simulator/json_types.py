"""The shape of what goes over the wire, and its counting in UTF-16 units.

Nothing that knows a method or an object of the Bot API may live here.
"""

from typing import Any

Json = dict[str, Any]


def utf16_length(text: str) -> int:
    """How long Telegram takes a text to be, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
