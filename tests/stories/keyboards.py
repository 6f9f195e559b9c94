"""A watch on every keyboard that the bot sends: what a phone would cut, and what nobody could tell apart."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from bot.values.labels import room
from simulator import messages
from simulator.messages import Rows
from simulator.methods import sending

NEVER_BESIDE = {"Khai mạc", "Hủy cuộc họp"}


def watch(monkeypatch: pytest.MonkeyPatch, wrong: list[str]) -> None:
    """Write down every button whose words do not fit, or stand on two buttons of one message."""

    def read_rows(markup: object) -> Rows:
        rows = messages.read_rows(markup)
        wrong.extend(_faults(rows))
        return rows

    monkeypatch.setattr(sending, "read_rows", read_rows)


def _faults(rows: Rows) -> list[str]:
    long = [key.text for row in rows for key in row if len(key.text) > room(len(row))]
    read = Counter(key.text for row in rows for key in row)
    order = [key.text for row in rows for key in row]
    return [
        *(f"does not fit on a phone: {words!r}" for words in long),
        *(f"beside each other: {pair}" for pair in pairwise(order) if set(pair) == NEVER_BESIDE),
        *(f"stands on {count} buttons: {words!r}" for words, count in read.items() if count > 1),
    ]
