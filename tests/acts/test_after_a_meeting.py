"""What is due after a meeting that the office entered by hand, and that was no meeting after all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.kit.unit import Context
from bot.people.rules.founding import Founding
from bot.reports import store as reports
from bot.reports.rules.report import Report
from tests.acts.committees import AN, BINH, CLERK, HEAD, VAN, House, clerk, member
from tests.acts.phone import Phone

BOOK = Path(__file__).parents[1] / "regulations" / "others" / "hoi_dong_truong.toml"
PEOPLE = (member(AN, "chairman", "hoi_dong"), member(BINH, "lecturer", "hoi_dong"), clerk())
ASSUMED = frozenset(
    {"receipt", "least_notice", "day_ends_at", "rhythm_reminders", "duty_reminders"}
)


async def owed(context: Context, committee: int) -> list[Report]:
    async with context.look() as work:
        return await reports.of_committee(work.tx, committee)


async def test_entered_by_hand_its_minutes_are_due_and_taken_back_they_are_not(
    context: Context, house: House, van: Phone
) -> None:
    text = BOOK.read_text(encoding="utf-8")
    plan = Founding("Hội đồng Thử nghiệm", BOOK.name, text, PEOPLE, confirmed=ASSUMED)
    committee = (await house.found(plan)).committee
    await house.joins(AN, HEAD)
    await house.joins(VAN, CLERK)
    await (await van.opens("rhythm", committee)).presses("Đã họp rồi")
    await van.types("27/02/2026")  # a Friday
    (minutes,) = await owed(context, committee)
    assert (minutes.duty, minutes.is_open) == ("HDT-R1", True)
    # 2 to 6, 9 to 13, 16 to 20 March
    assert (minutes.first_day, minutes.last_day) == (date(2026, 2, 27), date(2026, 3, 20))
    await van.presses("Bỏ ghi nhận")
    (minutes,) = await owed(context, committee)
    assert minutes.excused is not None
    assert minutes.excused.words == "Cuộc họp làm phát sinh báo cáo không diễn ra như đã định"
