"""Plays stories that lie here, begins every form without ending it, and keeps what then stands. README.md says when.

Run as `python -m tests.upgrades.make NAME …`, at the commit whose installation is to be kept.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot import logs
from simulator import story
from simulator.founding import assemble, committee_of
from simulator.rehearsal import take
from simulator.sandbox import Sandbox
from tests.upgrades.kept import HERE, Phone, pack

HOUR = 3600

HALF_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "dang_doan": (
        # The office begins a form of each kind; the last question asked is the one that waits.
        "Phạm Thị Văn: /start",
        "Phạm Thị Văn: «Bảng báo cáo»",
        "Phạm Thị Văn: «Thêm báo cáo đột xuất»",
        "Phạm Thị Văn: «Việc khác, ngoài các điều trên»",
        "Phạm Thị Văn: Báo cáo thiệt hại do mưa đá",
        "Phạm Thị Văn: /start",
        "Phạm Thị Văn: «Nhân sự»",
        "Phạm Thị Văn: «Thêm người»",
        "Phạm Thị Văn: Ngô Văn Mới",
        "Phạm Thị Văn: /start",
        "Phạm Thị Văn: «Mời họp»",
        "Phạm Thị Văn: «Họp thường kỳ»",
        "Phạm Thị Văn: 8 giờ ngày 25/3",
        "Phạm Thị Văn: Phòng họp số 3",
        "Phạm Thị Văn: /start",
        "Phạm Thị Văn: «Lập phiếu xin ý kiến»",
        "Phạm Thị Văn: «Nội dung chung»",
        "Phạm Thị Văn: «Cần thiết, đột xuất»",
        "Phạm Thị Văn: Kế hoạch sơ kết quý I",
        "Phạm Thị Văn: Dự thảo kế hoạch kèm theo.",
        # The head is about to send a notice and to have a third item voted on.
        "Nguyễn Văn An: /start",
        "Nguyễn Văn An: «Thông báo»",
        "Nguyễn Văn An: «Gửi thông báo»",
        "Nguyễn Văn An: Lịch tiếp công dân",
        "Nguyễn Văn An: /start",
        "Nguyễn Văn An: «Lịch họp»",
        "Nguyễn Văn An: «thứ Sáu, 06/03/2026»",
        "Nguyễn Văn An: «Nội dung và kết luận»",
        "Nguyễn Văn An: «3. Việc khác»",
        "Nguyễn Văn An: «Lấy biểu quyết»",
        "Nguyễn Văn An: «Danh sách, biểu quyết công khai»",
        # Members have begun an answer and not said it yet.
        "Trần Thị Bình: /start",
        "Trần Thị Bình: «Việc của tôi»",
        "Trần Thị Bình: «Trả lời: Dự toán năm 2026»",
        "Trần Thị Bình: «Tán thành, có góp ý»",
        "Lê Văn Cường: «Ý kiến khác»",
    ),
    "ban_chap_hanh": (
        "Vũ Văn Em: /start",
        "Vũ Văn Em: «Lịch họp»",
        "Vũ Văn Em: «Đề nghị với cuộc họp»",
        "Vũ Văn Em: «Đề nghị họp đột xuất»",
        "Trần Thị Bình: /start",
        "Trần Thị Bình: «Lịch họp»",
        "Trần Thị Bình: «Đề nghị với cuộc họp»",
        "Trần Thị Bình: «Đề nghị nội dung họp»",
        "Trần Thị Bình: Đường dây điện nông thôn",
        "Hoàng Thị Dung: /start",
        "Hoàng Thị Dung: «Lịch họp»",
        "Hoàng Thị Dung: «Đề nghị với cuộc họp»",
        "Hoàng Thị Dung: «Gửi chất vấn»",
    ),
    "ke_tuc": (
        # The office is about to leave one thing behind, and to change a value.
        "Đinh Thị Lan: /start",
        "Đinh Thị Lan: «Tiếp nhận công việc»",
        "Đinh Thị Lan: «5. Kho lưu trữ»",
        "Đinh Thị Lan: «Không tiếp nhận»",
        "Đinh Thị Lan: /start",
        "Đinh Thị Lan: «Việc khác»",
        "Đinh Thị Lan: «Sửa quy chế, giả định»",
        "Đinh Thị Lan: «Giả định 1»",
        # Who heads sees what is asked, and what the new term holds.
        "Vũ Thị Hoa: /start",
        "Vũ Thị Hoa: «Việc của tôi»",
        # Of the committee that has ended everybody may look.
        "Nguyễn Văn An: /start",
        "Phạm Thị Văn: /start",
        "Phạm Thị Văn: «Việc khác»",
        "Đặng Văn Giang: /start",
    ),
}
"""What people do when the story has ended: «a button» is pressed, anything else is typed."""
WHILE_MEMBERS_HEAR_NOTHING: Mapping[str, tuple[str, ...]] = {
    "dang_doan": (
        # The head sends a consultation out, whose texts then wait for Telegram.
        "Nguyễn Văn An: /start",
        "Nguyễn Văn An: «Việc của tôi»",
        "Nguyễn Văn An: «Duyệt: Quy chế tiếp khách»",
        "Nguyễn Văn An: «Duyệt và gửi»",
    ),
}
"""What the head does last, while Telegram lets nothing through to anybody else."""


async def do(phones: Mapping[str, Phone], lines: Sequence[str]) -> None:
    """One act after the other."""
    for line in lines:
        who, _, what = line.partition(": ")
        if what.startswith("«"):
            await phones[who].press(what.strip("«»"))
        else:
            await phones[who].say(what)


async def make(name: str) -> None:
    """Keep the installation of one story; exits when a step goes otherwise than the story says."""
    path = HERE / f"{name}.toml"
    told = story.read(path)
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(Path(folder), told.start) as stage:
            cast = await assemble(stage, told, path, committee=committee_of(stage, told, path))
            for step in told.steps:
                await stage.move_to(step.at)
                if failure := await take(cast, step):
                    raise SystemExit(f"{path}: {step.does} at {step.at}: {failure}")
            await stage.move_to(told.end)
            phones = {who: Phone(stage, hands.user_id) for who, hands in cast.hands.items()}
            await do(phones, HALF_WRITTEN[name])
            others = [each.account for who, each in phones.items() if who != "Nguyễn Văn An"]
            stage.world.faults.fail(429, chats=others, retry_after=HOUR)
            await do(phones, WHILE_MEMBERS_HEAR_NOTHING.get(name, ()))
            await stage.stop_bot()
            pack(stage, HERE / f"{name}.zip")


async def main(names: Sequence[str]) -> None:
    """Make those named."""
    logs.set_up(level="ERROR")
    for name in names:
        await make(name)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
