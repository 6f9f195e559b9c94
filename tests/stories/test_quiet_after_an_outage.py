"""After an outage that ends at night nobody is reminded before the morning, and of two missed reminders once."""

from __future__ import annotations

from pathlib import Path

from bot.values.moments import in_viet_nam
from simulator import story
from simulator.chronicle import Line
from simulator.rehearsal import play

TOLD = """
title = "Ban đêm không ai được nhắc"
regulation = "quang_ngai"
body = "dang_doan"
start = 2026-03-02T08:00:00+07:00
end = {end}
[[member]]
name = "Nguyễn Văn An"
office = "secretary"
[[member]]
name = "Trần Thị Bình"
office = "deputy"
[[clerk]]
name = "Phạm Thị Văn"
[[step]]
at = 2026-03-02T08:00:00+07:00
who = "Phạm Thị Văn"
does = "launch"
matter = "general"
ground = "urgent_no_meeting"
subject = "Chương trình công tác quý II"
deadline = {deadline}
"""

BACK_AT_NIGHT = """
[[step]]
at = 2026-03-02T09:00:00+07:00
who = "Nguyễn Văn An"
does = "approve_launch"
[[step]]
at = 2026-03-04T07:00:00+07:00
does = "bot_stops"
[[step]]
at = 2026-03-04T22:00:00+07:00
does = "bot_starts"
"""


async def heard(
    folder: Path, steps: str, *, deadline: str, end: str = "2026-03-06T08:00:00+07:00"
) -> tuple[Line, ...]:
    """What the deputy heard until then, in a story of a launch and these steps."""
    path = folder / "night.toml"
    told = TOLD.format(deadline=deadline, end=end) + steps + "[expect]\n"
    path.write_text(told, encoding="utf-8")
    played = await play(story.read(path), path)
    assert played.failures == ()
    return played.heard["Trần Thị Bình"]


def moments(said: tuple[Line, ...], words: str) -> list[str]:
    """When something with these words was said."""
    return [f"{in_viet_nam(line.at):%d/%m %H:%M}" for line in said if words in line.text]


async def reminded(folder: Path, deadline: str) -> list[str]:
    """When the deputy was reminded, where the bot comes back at ten in the evening."""
    return moments(await heard(folder, BACK_AT_NIGHT, deadline=deadline), "NHẮC")


async def test_a_reminder_found_at_night_waits_for_the_morning(tmp_path: Path) -> None:
    # Missed: 8 giờ ngày 04/03. Ahead: 14 giờ ngày 05/03, three hours before.
    assert await reminded(tmp_path, "2026-03-05T17:00:00+07:00") == ["05/03 07:00", "05/03 14:00"]


async def test_of_two_missed_reminders_the_last_one_goes_out(tmp_path: Path) -> None:
    # Missed: 8 giờ ngày 04/03, and 20 giờ 30, the evening before the deadline at 9.
    assert await reminded(tmp_path, "2026-03-05T09:00:00+07:00") == ["05/03 07:00"]


BEGINS_AT_MIDNIGHT = """
[[step]]
at = 2026-03-02T09:00:00+07:00
who = "Nguyễn Văn An"
does = "delegate"
to = "Trần Thị Bình"
from = 2026-03-03T00:00:00+07:00
until = 2026-03-04T17:00:00+07:00
"""


async def test_what_waits_for_the_head_reaches_who_stands_in_from_midnight_in_the_morning(
    tmp_path: Path,
) -> None:
    said = await heard(
        tmp_path,
        BEGINS_AT_MIDNIGHT,
        deadline="2026-03-05T17:00:00+07:00",
        end="2026-03-03T12:00:00+07:00",
    )
    assert moments(said, "Chương trình công tác quý II") == ["03/03 07:00"]
