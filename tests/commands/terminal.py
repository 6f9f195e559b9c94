"""Commands as they are typed, `dongthuan init` above all, and what it left behind."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.db import people
from bot.db.engine import Database
from bot.db.people import Committee
from bot.issuing import store
from bot.places import regulations_dir
from bot.regulations.loader import load
from tests.registers import broken_lines

LINK = re.compile(r"https://t\.me/(\w+)\?start=([\w-]{43})")

ASKED = [each.name for each in load(regulations_dir() / "quang_ngai.toml").settings]
PLAN = f"""
name = "Đảng đoàn Liên hiệp Hội tỉnh Mẫu"
regulation = "quang_ngai"
roster = "danh_sach.csv"
bot = "mau_bot"
confirmed = {json.dumps(ASKED)}
"""
ROSTER = """Họ và tên;Vai trò;Chức vụ
Nguyễn Văn An;;Bí thư
Trần Thị Bình;;Ủy viên
Phạm Thị Văn;Cán bộ văn phòng;
"""


def run(*args: str, answers: tuple[str, ...] | None = None) -> Result:
    """The command with its answers; from a file and without answers it is a script's, which says yes beforehand."""
    said = "".join(f"{line}\n" for line in answers) if answers is not None else None
    yes = ["--yes"] if "--from" in args and answers is None else []
    return CliRunner().invoke(main, ["init", *args, *yes], input=said, catch_exceptions=False)


def told(*words: str | Path) -> Result:
    """What a command says to these words; a fault of ours is raised."""
    return CliRunner().invoke(main, [str(each) for each in words], catch_exceptions=False)


def kept() -> list[Committee]:
    async def read() -> list[Committee]:
        db = await Database.open("dongthuan.db", create=False)
        async with db.read() as tx:
            committees = await people.all_committees(tx)
            for each in committees:
                assert await broken_lines(tx, each.id) == []
        await db.close()
        return committees

    return asyncio.run(read()) if Path("dongthuan.db").exists() else []


def headed(body: str) -> dict[str, object]:
    """What the first committee has set for the papers of a body."""

    async def read() -> dict[str, object]:
        db = await Database.open("dongthuan.db", create=False)
        async with db.read() as tx:
            found = await store.settings(tx, 1, body)
        await db.close()
        return found

    return asyncio.run(read())


def nothing_kept(result: Result) -> bool:
    return result.exit_code == 1 and kept() == [] and not list(Path().glob("loi-moi*"))
