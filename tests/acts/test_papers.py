"""Papers in the chat: which are offered when, to whom, and what the register says of one."""

from __future__ import annotations

import io

import pytest
from docx import Document

from bot.db import drafts
from bot.kit.unit import Context
from tests.acts.committees import BINH, CLERK, DEPUTY, HEAD, STRANGER, VAN, House, founding
from tests.acts.phone import Phone
from tests.acts.running import opened


@pytest.fixture
async def matter(house: House) -> int:
    """A matter that runs; Bình has rejected it with words."""
    founded = await house.found(founding())
    await house.joins("Nguyễn Văn An", HEAD)
    await house.joins(BINH, DEPUTY)
    await house.joins(VAN, CLERK)
    return await opened(house, founded.committee)


async def test_before_the_close_there_are_slips_alone(
    house: House, context: Context, matter: int
) -> None:
    van = Phone(context, CLERK)
    await van.opens("papers", matter)
    assert van.buttons == ["Phiếu xin ý kiến", "Bảng theo dõi"]
    assert (await van.opens("paper_file", matter, "counting_minutes")).refused == "paper_not_now"


async def test_a_slip_for_each_member_comes_as_one_file_and_is_told(
    house: House, context: Context, matter: int
) -> None:
    van = Phone(context, CLERK)
    await (await van.opens("papers", matter)).presses("Phiếu xin ý kiến")
    (file,) = van.files
    assert file.name == "Phiếu xin ý kiến - số 1.docx"
    async with context.look() as work:
        content = await drafts.blob(work.tx, file.sha256)
    assert content is not None
    words = "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    assert words.count("PHIẾU XIN Ý KIẾN") == 4  # An, Bình, Cường, Dũng
    (line,) = await house.details("paper_made")
    assert line["sha256"] == file.sha256
    assert line["paper"] == "slip"


async def test_the_number_taken_stands_on_the_paper(
    house: House, context: Context, matter: int
) -> None:
    an = Phone(context, HEAD)
    await an.opens("heading_set", 1, "dang_doan", "symbol.slip")
    await an.types("PXYK/ĐĐ")
    await an.opens("heading_set", 1, "dang_doan", "place")
    await an.types("Quảng Ngãi")
    await (await an.opens("papers", matter)).presses("Lấy số: Phiếu xin ý kiến")
    await an.presses("Lấy số 01-PXYK/ĐĐ")
    await an.opens("papers", matter)
    assert an.buttons == ["Phiếu xin ý kiến", "Số 01-PXYK/ĐĐ", "Bảng theo dõi"]
    await an.presses("Phiếu xin ý kiến")

    async with context.look() as work:
        content = await drafts.blob(work.tx, an.files[0].sha256)
    assert content is not None
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Số 01-PXYK/ĐĐ" in cell for cell in cells)
    assert any("Quảng Ngãi, ngày 02 tháng 3 năm 2026" in cell for cell in cells)


@pytest.mark.parametrize("account", [DEPUTY, STRANGER])
async def test_papers_are_clerks_and_heads_alone(
    house: House, context: Context, matter: int, account: int
) -> None:
    somebody = Phone(context, account)
    assert (await somebody.opens("papers", matter)).refused is not None
    assert (await somebody.opens("paper_file", matter, "slip")).refused is not None
    assert await house.details("paper_made") == []


@pytest.mark.parametrize("forged", ["../../etc/passwd", "meeting_minutes", ""])
async def test_a_forged_paper_is_none(
    house: House, context: Context, matter: int, forged: str
) -> None:
    van = Phone(context, CLERK)
    await van.opens("paper_file", matter, forged)
    assert van.files == ()
