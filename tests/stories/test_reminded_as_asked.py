"""When exactly somebody who asked for «Nhắc tôi sau» is reminded, and in how many messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.test_quiet_after_an_outage import heard, moments

OPENED = """
[[step]]
at = 2026-03-02T09:00:00+07:00
who = "Nguyễn Văn An"
does = "approve_launch"
"""
BY_CLERK = """
[[step]]
at = 2026-03-02T22:00:00+07:00
who = "Phạm Thị Văn"
does = "remind"
"""
DOWN = """
[[step]]
at = {stops}
does = "bot_stops"
[[step]]
at = {starts}
does = "bot_starts"
"""


def asked(at: str, remind_at: str) -> str:
    """The deputy asks at a moment to be reminded at another, both as "02 15:00" of March."""
    return f"""
[[step]]
at = {march(at)}
who = "Trần Thị Bình"
does = "remind_me"
remind_at = {march(remind_at)}
"""


def march(moment: str) -> str:
    """A moment of March 2026 as a story writes it."""
    day, time = moment.split()
    return f"2026-03-{day}T{time}:00+07:00"


def down(stops: str, starts: str) -> str:
    """The machine stands still between two moments."""
    return DOWN.format(stops=march(stops), starts=march(starts))


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        pytest.param("", ["04/03 08:00", "05/03 14:00"], id="who asks for none gets the common"),
        pytest.param(
            asked("02 10:00", "02 13:00"),
            ["02/03 13:00", "04/03 08:00", "05/03 14:00"],
            id="one more beside the common ones",
        ),
        pytest.param(
            asked("02 10:00", "02 13:00") + asked("02 10:05", "02 15:20"),
            ["02/03 15:20", "04/03 08:00", "05/03 14:00"],
            id="a new choice replaces the one before",
        ),
        pytest.param(
            asked("02 10:00", "02 13:00") + asked("02 14:00", "02 16:00"),
            ["02/03 13:00", "02/03 16:00", "04/03 08:00", "05/03 14:00"],
            id="after one has come another may be asked for",
        ),
        pytest.param(
            asked("03 10:00", "04 08:00"),
            ["04/03 08:00", "05/03 14:00"],
            id="one message where it meets the common one",
        ),
        pytest.param(
            asked("02 19:00", "03 07:00") + BY_CLERK,
            ["03/03 07:00", "04/03 08:00", "05/03 14:00"],
            id="one message where it meets that of the office",
        ),
        pytest.param(
            asked("03 20:00", "04 07:30") + down("03 21:00", "04 09:00"),
            ["04/03 09:00", "05/03 14:00"],
            id="one message where an outage kept both",
        ),
        pytest.param(
            asked("02 10:00", "02 20:30") + down("02 20:00", "02 22:00"),
            ["03/03 07:00", "04/03 08:00", "05/03 14:00"],
            id="found due at night it waits for the morning",
        ),
        pytest.param(
            asked("02 10:00", "02 23:00"),
            ["03/03 07:00", "04/03 08:00", "05/03 14:00"],
            id="typed for the night it is moved to the morning",
        ),
    ],
)
async def test_the_reminders_come_when_they_must(
    tmp_path: Path, steps: str, told: list[str]
) -> None:
    said = await heard(tmp_path, OPENED + steps, deadline="2026-03-05T17:00:00+07:00")
    assert moments(said, "NHẮC TRẢ LỜI") == told
