"""After an outage that ends at night nobody is reminded before the morning, and of two missed reminders once."""

from __future__ import annotations

from pathlib import Path

from bot.values.moments import in_viet_nam
from simulator import story
from simulator.rehearsal import play

TOLD = """
title = "Bot hoạt động lại vào ban đêm"
regulation = "quang_ngai"
body = "dang_doan"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-06T08:00:00+07:00
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
[expect]
"""


async def reminded(folder: Path, deadline: str) -> list[str]:
    """When the deputy was reminded, on a story whose bot comes back at ten in the evening."""
    path = folder / "night.toml"
    path.write_text(TOLD.format(deadline=deadline), encoding="utf-8")
    played = await play(story.read(path), path)
    assert played.failures == ()
    said = played.heard["Trần Thị Bình"]
    return [f"{in_viet_nam(line.at):%d/%m %H:%M}" for line in said if "NHẮC" in line.text]


async def test_a_reminder_found_at_night_waits_for_the_morning(tmp_path: Path) -> None:
    # Missed: 8 giờ ngày 04/03. Ahead: 14 giờ ngày 05/03, three hours before.
    assert await reminded(tmp_path, "2026-03-05T17:00:00+07:00") == ["05/03 07:00", "05/03 14:00"]


async def test_of_two_missed_reminders_the_last_one_goes_out(tmp_path: Path) -> None:
    # Missed: 8 giờ ngày 04/03, and 20 giờ 30, the evening before the deadline at 9.
    assert await reminded(tmp_path, "2026-03-05T09:00:00+07:00") == ["05/03 07:00"]


BEGINS_AT_MIDNIGHT = """
title = "Ủy quyền từ một ngày"
regulation = "quang_ngai"
body = "dang_doan"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-03T12:00:00+07:00
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
deadline = 2026-03-05T17:00:00+07:00
[[step]]
at = 2026-03-02T09:00:00+07:00
who = "Nguyễn Văn An"
does = "delegate"
to = "Trần Thị Bình"
from = 2026-03-03T00:00:00+07:00
until = 2026-03-04T17:00:00+07:00
[expect]
"""


async def test_what_waits_for_the_head_reaches_who_stands_in_from_midnight_in_the_morning(
    tmp_path: Path,
) -> None:
    path = tmp_path / "midnight.toml"
    path.write_text(BEGINS_AT_MIDNIGHT, encoding="utf-8")
    played = await play(story.read(path), path)
    assert played.failures == ()
    said = played.heard["Trần Thị Bình"]
    sent = [line.at for line in said if "Chương trình công tác quý II" in line.text]
    assert [f"{in_viet_nam(at):%d/%m %H:%M}" for at in sent] == ["03/03 07:00"]
