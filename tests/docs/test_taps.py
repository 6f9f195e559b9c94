"""What each job costs in taps and messages, played from the first screen or from the message that asks for it.

The page tells people these numbers; what the bot really takes is counted here, button by button as they read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from simulator import story
from simulator.founding import assemble
from simulator.phone_client import PhoneClient
from simulator.sandbox import Sandbox

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "so-lan-bam.md"
COMMITTEE = HERE / "taps.toml"
CLERK, HEAD, MEMBER, OTHER = "Phạm Thị Văn", "Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"
HOME = "/start"


@dataclass(frozen=True, slots=True)
class Job:
    """One job of one person: what is tapped, "> typed" and "@ sent". Without a name it only leads on to the next.

    `since` moves the clock on before it; `home` begins it on the first screen, else on the message that asks.
    """

    name: str
    who: str
    steps: Sequence[str]
    home: bool = False
    since: str = ""


JOBS = (
    Job(
        "Lập phiếu xin ý kiến",
        CLERK,
        (
            "Lập phiếu xin ý kiến",
            "Cần thiết, đột xuất",
            "Nội dung chung",
            "> Chương trình công tác quý II",
            "> Đề nghị cho ý kiến.",
            "05/3, thứ Năm, 17 giờ",
            "Không thuộc bí mật nhà nước",
            "Trình duyệt",
        ),
        home=True,
    ),
    Job("Duyệt phiếu", HEAD, ("Duyệt và gửi",)),
    Job("Trả lời phiếu", MEMBER, ("Tán thành",)),
    Job("Trả lời kèm ý kiến", OTHER, ("Không tán thành", "> Chưa rõ kinh phí.")),
    Job(
        "Bổ sung tài liệu",
        CLERK,
        (
            "Theo dõi",
            "Chương trình công tác quý II",
            "Bổ sung tài liệu",
            "Không thuộc bí mật nhà nước",
            "@ phu-luc.xlsx",
        ),
        home=True,
    ),
    Job("Tra cứu", MEMBER, ("Lịch họp", "Tra cứu", "> quý II"), home=True),
    Job(
        "Mời họp",
        CLERK,
        (
            "Mời họp",
            "Họp thường kỳ",
            "> 8 giờ ngày 9/3",
            "> Phòng họp",
            "> Việc A\nViệc B",
            "Xong chương trình",
            "Không mời thêm",
            "Không thuộc bí mật nhà nước",
            "Trình duyệt",
        ),
        home=True,
    ),
    Job("Duyệt mời họp", HEAD, ("Duyệt và gửi giấy mời",)),
    Job("Nhận lời dự họp", MEMBER, ("Dự họp",)),
    Job("Xin vắng họp", OTHER, ("Xin vắng", "> Đi công tác.")),
    Job(
        "Gửi báo cáo",
        MEMBER,
        ("Báo cáo của tôi", "Quý I/2026 · Kết quả thực hiện …", "Đã gửi", "@ bao-cao.docx"),
        home=True,
    ),
    Job(
        "Thêm báo cáo đột xuất",
        CLERK,
        (
            "Việc khác",
            "Thêm báo cáo đột xuất",
            "Việc khác, ngoài các điều trên",
            "> Tình hình hội viên",
            "– Lê Văn Cường",
            "Tiếp tục (đã chọn 1)",
            "Đảng đoàn",
            "> 17 giờ ngày 20/3",
            "Không ghi thêm",
            "Giao và báo ngay (1)",
        ),
        home=True,
    ),
    Job(
        "Thêm người",
        CLERK,
        (
            "Việc khác",
            "Thêm người",
            "> Hồ Văn Mới",
            "Thành viên biểu quyết",
            "Đảng đoàn",
            "Ủy viên",
            "Chuyên trách",
            "> Số 12-QĐ/TU ngày 27/02/2026",
            "Gửi đề nghị",
        ),
        home=True,
    ),
    Job("Xác nhận thay đổi nhân sự", HEAD, ("Xác nhận",)),
    Job("Điểm danh", MEMBER, ("Có mặt",), since="2026-03-09T07:50:00+07:00"),
    Job("", HEAD, ("Có mặt",)),
    Job("Khai mạc", HEAD, ("Khai mạc",), since="2026-03-09T08:01:00+07:00"),
    Job(
        "Mở biểu quyết",
        HEAD,
        ("Nội dung và kết luận", "1. Việc A", "Lấy biểu quyết", "Biểu quyết công khai"),
    ),
    Job("Biểu quyết", MEMBER, ("Tán thành",)),
    Job("", HEAD, ("Tán thành",)),
    Job("Kết thúc biểu quyết", HEAD, ("Kết thúc biểu quyết",)),
    Job(
        "Ghi kết luận",
        HEAD,
        ("Về cuộc họp", "Nội dung và kết luận", "2. Việc B", "Ghi nhận", "Không ghi thêm"),
    ),
)


async def _played(hands: PhoneClient, steps: Sequence[str]) -> tuple[int, int]:
    """How many taps and how many messages a job took."""
    taps = 0
    for step in steps:
        if step.startswith("> "):
            await hands.say(step.removeprefix("> "))
        elif step.startswith("@ "):
            await hands.send_file(step.removeprefix("@ "), step.encode())
        else:
            await hands.press_label(step)
            taps += 1
    return taps, len(steps) - taps


async def _counted(folder: Path) -> dict[str, tuple[int, int]]:
    told, found = story.read(COMMITTEE), dict[str, tuple[int, int]]()
    async with Sandbox(folder, told.start) as stage:
        cast = await assemble(stage, told, COMMITTEE)
        for job in JOBS:
            hands = cast.hands[job.who]
            if job.since:
                await stage.move_to(datetime.fromisoformat(job.since))
            if job.home:
                await hands.say(HOME)
            taken = await _played(hands, job.steps)
            if job.name:
                found[job.name] = taken
    return found


def _told() -> dict[str, tuple[int, int]]:
    """The table of the page: each job with its taps and its messages."""
    row = re.compile(r"^\| ([^|]+) \| [^|]+ \| (\d+) \| (\d+) \|", re.MULTILINE)
    return {
        name: (int(taps), int(said)) for name, taps, said in row.findall(PAGE.read_text("utf-8"))
    }


async def test_each_job_takes_as_many_taps_and_messages_as_the_page_says(tmp_path: Path) -> None:
    assert await _counted(tmp_path) == _told()
