"""How many messages a year of reports brings to each person, counted by hand from the calendar of 2026."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.values.moments import in_viet_nam
from simulator import story
from simulator.chronicle import Line
from simulator.comparison import differences
from simulator.rehearsal import play
from tests.stories import requests

YEAR = Path(__file__).parent / "q_bk_year_of_five_cycles.toml"

MORNINGS = {
    "01": ("23/01", "27/01", "29/01", "30/01"),
    "02": ("13/02", "24/02", "26/02", "27/02"),  # the 20th lies in Tết: the last morning before it
    "03": ("24/03", "27/03", "30/03", "31/03"),  # the 28th is a Saturday
    "04": ("22/04", "24/04", "28/04", "29/04"),  # the 26th is a Sunday; the 30th is a holiday
    "05": ("22/05", "26/05", "28/05", "29/05"),
    "06": ("23/06", "26/06", "29/06", "30/06"),
    "07": ("24/07", "28/07", "30/07", "31/07"),
    "08": ("21/08", "25/08", "27/08", "28/08"),  # the 31st is off before the national day
    "09": ("23/09", "25/09", "29/09", "30/09"),
    "10": ("23/10", "27/10", "29/10", "30/10"),
    "11": (
        "23/11",
        "27/11",
        "30/11",
    ),  # one day before is a Sunday: the same Friday as three before
    "12": ("24/12", "28/12", "30/12", "31/12"),
}
"""On which mornings whoever has not delivered is reminded: 7, 3, 1 days before the last working day, and then."""
ALL = tuple(morning for month in MORNINGS.values() for morning in month)
TO_HEAD = 47
"""Eleven months with four mornings, one with three: delivered at ten on the last day."""
TO_UNIT = 35
"""Eleven months with three, one with two: delivered at ten on the working day before the last."""
TO_MEMBER = 4
"""The four mornings of December: the yearly self-criticism alone."""


def mornings(lines: tuple[Line, ...], words: str) -> list[str]:
    return [
        f"{in_viet_nam(line.at):%d/%m}"
        for line in lines
        if line.kind == "bot" and line.text.startswith(words)
    ]


async def test_each_person_hears_of_a_year_as_often_as_counted_by_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refusable: list[str] = []
    requests.watch(monkeypatch, refusable)
    told = story.read(YEAR)
    played = await play(told, YEAR)
    assert differences(told, played) == []
    assert refusable == []

    head = mornings(played.chats["Nguyễn Văn An"], "NHẮC BÁO CÁO")
    assert head == list(ALL)
    assert len(head) == TO_HEAD
    assert mornings(played.chats["Phạm Thị Văn"], "NHẮC BÁO CÁO") == list(ALL)
    unit = mornings(played.chats["Chi bộ Sở Nội vụ"], "NHẮC BÁO CÁO")
    assert unit == [day for month in MORNINGS.values() for day in month[:-1]]
    assert len(unit) == TO_UNIT
    member = mornings(played.chats["Trần Thị Bình"], "NHẮC BÁO CÁO")
    assert member == list(MORNINGS["12"])
    assert len(member) == TO_MEMBER
    late = mornings(played.chats["Lê Văn Cường"], "NHẮC BÁO CÁO")
    assert late == [*MORNINGS["12"], "04/01"]

    lists = Counter(
        {name: len(mornings(chat, "BÁO CÁO QUÁ HẠN")) for name, chat in played.chats.items()}
    )
    assert +lists == Counter({"Phạm Thị Văn": 1, "Nguyễn Văn An": 1})
