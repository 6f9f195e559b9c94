"""Reads pages of rows as JSON from standard input, and writes each as a PNG, in Base64 in one JSON list."""

from __future__ import annotations

import base64
import json
import os
import sys
from contextlib import suppress

from bot.drawing.page import png

POLITE = 10
"""How far the drawing stands back behind the bot for the processor."""


def main() -> None:
    """Draw everything that was asked for; any fault ends the program without a picture."""
    with suppress(PermissionError):  # a service may be forbidden even to step back
        os.nice(POLITE)
    pages = json.load(sys.stdin)
    json.dump([base64.b64encode(png(rows)).decode("ascii") for rows in pages], sys.stdout)


if __name__ == "__main__":
    main()
