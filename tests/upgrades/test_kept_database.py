from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.dossiers.checking import checked
from bot.dossiers.whole import archived
from tests.upgrades.kept import DATABASE, Phone, unpack

HEAD, DEPUTY, ORGANISER = "Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"
MEMBER, ANOTHER = "Hoàng Thị Dung", "Vũ Văn Em"
HEIR, HEIRS_DEPUTY, HEIRS_OFFICE = "Vũ Thị Hoa", "Đặng Văn Giang", "Đinh Thị Lan"
GONE = "Bùi Thị Mai"
OFFICE, UNIT = "Phạm Thị Văn", "Chi bộ Sở Y tế"

FACTS = {
    "dang_doan": {
        "accounts": 8,  # nine people, one of whom never joined
        "people": 9,
        "seats": 9,
        "consultations": 6,
        "roll": 30,  # five that were opened, of six members each
        "replies": 7,
        "receipts": 29,
        "acts": 6,  # closed twice, withdrawn, declined, extended, one member struck off
        "meetings": 4,
        "meeting_acts": 7,  # called 3, opened 2, closed 1, papers sent 1
        "agenda_items": 8,
        "agenda_waiting": 1,
        "conclusions": 2,
        "invitees": 19,  # six members at three meetings, one guest
        "attendance": 14,
        "delegations": 1,
        "votes": 3,
        "open_votes": 8,  # five in the vote that is closed, three in the one that runs
        "ballot_rolls": 4,
        "ballot_boxes": 1,
        "attachments": 4,
        "blobs": 8,
        "member_notices": 1,
        "notice_receipts": 5,
        "hand_duties": 1,
        "report_dues": 31,
        "report_acts": 3,
        "register": 112,
    },
    "ban_chap_hanh": {
        "accounts": 9,
        "people": 9,
        "seats": 9,
        "meetings": 1,
        "agenda_items": 3,  # one typed, two that had waited
        "agenda_waiting": 3,  # those two, and one proposed after the call
        "invitees": 5,
        "meeting_requests": 2,
        "hand_duties": 1,
        "report_settings": 1,
        "report_dues": 31,
        "report_acts": 40,
        "register": 35,
    },
    "ke_tuc": {
        "committees": 2,
        "accounts": 9,  # four and five people; the one whom the new term brought has not joined
        "people": 10,
        "closures": 1,
        "consultations": 4,
        "roll": 15,  # three, and three times four
        "replies": 11,  # of two contents three each, two of them once more with words; three of the others
        "acts": 5,  # closed twice, recused twice, held by the new term
        "agenda_waiting": 4,  # three left, one of them taken over
        "approvals": 8,  # two wait: what is left behind, another term
        "approval_voices": 6,
        "roster_turns": 1,
        "rulebook_turns": 1,
        "rulebooks": 4,  # of each committee two; the second of the one that goes on is to come
        "issuing_settings": 1,
        "paper_numbers": 2,  # one taken, one skipped
        "debts": 2,
        "report_dues": 17,
        "register": 95,
    },
}
"""Rows of every table that keeps facts, as they were kept."""


def rows(path: Path, tables: dict[str, int]) -> dict[str, int]:
    """How many rows these tables have, read beside the bot."""
    with closing(sqlite3.connect(path)) as database:
        return {
            table: database.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608 - the names stand above
            for table in tables
        }


async def verified(folder: Path) -> str:
    """What `dongthuan verify` says while the bot runs; it must hold."""
    settings = folder / "dongthuan.toml"
    settings.write_text(f'database = "{folder / DATABASE}"\n', encoding="utf-8")
    asked = ["verify", "--settings", str(settings)]
    result = await asyncio.to_thread(CliRunner().invoke, main, asked)
    assert result.exit_code == 0, result.output
    return result.output


def at(day: int, clock: str, month: int = 3) -> datetime:
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{clock}+07:00")


def heard(phone: Phone, words: str) -> int:
    """How many messages with these words have come since the upgrade."""
    return phone.stage.world.deliveries_to(phone.account, words)


async def through(phone: Phone, *labels: str) -> None:
    """From the home screen through these buttons."""
    await phone.say("/start")
    for label in labels:
        await phone.press(label, on=phone.latest)


async def settled(phone: Phone, task: str, label: str, words: str = "") -> None:
    """Do what still stands among somebody's tasks: what was begun before may have done it already."""
    await through(phone, "Việc của tôi")
    if phone.latest.button(task):
        await phone.press(task, on=phone.latest)
        await phone.press(label, on=phone.latest)
        if words:
            await phone.say(words)


async def test_votes_texts_and_duties_of_a_kept_database_go_on(tmp_path: Path) -> None:
    stage, phones = unpack("dang_doan.zip", tmp_path)
    kept = FACTS["dang_doan"]
    assert rows(tmp_path / DATABASE, kept) == kept
    (key,) = (tmp_path / f"{DATABASE}.keys").glob("*.key")  # of the secret vote that runs
    sealed_with = key.read_bytes()
    async with stage:
        await stage.settle()
        assert (stage.bot.db.keys.folder / key.name).read_bytes() == sealed_with
        assert not key.parent.exists(), "no key is left beside the data"
        # The head's own text, which had waited, has reached the head meanwhile; and the rule book is that of now.
        # Six members owe their self-criticism to the body now (8.1.3); what they owed to the superior lapses.
        lapsed = {"report_dues": 37, "report_acts": 9}
        now = kept | lapsed | {"receipts": 30, "register": 122}
        assert rows(tmp_path / DATABASE, kept) == now
        told = await verified(tmp_path)
        assert f"từ dòng {kept['register'] + 1} của sổ" in told, "what stood before is told once"

        # Votes in the room, opened before, close by presses.
        assert await phones[ORGANISER].say("Chia đều cho các xã.")  # begun before: «Ý kiến khác»
        vote = "Biểu quyết: Phân bổ kinh phí"
        await settled(phones[ORGANISER], vote, "Ý kiến khác", "Chia đều cho các xã.")
        assert await phones[MEMBER].press("Tán thành")  # on a card of before
        await settled(phones[MEMBER], "Biểu quyết: Phân bổ kinh phí", "Tán thành")
        await settled(phones[MEMBER], "Biểu quyết: Giới thiệu nhân sự", "Tán thành")
        await phones[MEMBER].press("Xác nhận bỏ phiếu")
        for item, cut in (
            ("Phân bổ kinh phí", "Phân bổ kinh …"),
            ("Giới thiệu nhân sự", "Giới thiệu …"),
        ):
            head = phones[HEAD]
            await through(
                head, "Lịch họp", "06/3, thứ Sáu, 19 giờ · Đảng …", f"Đang biểu quyết: {cut}"
            )
            await head.press("Kết thúc biểu quyết", on=head.latest)
            if head.latest.button("Kết thúc ngay"):
                await head.press("Kết thúc ngay", on=head.latest)
            # Open: four approve, one differs. Secret: four approve, one rejects. Four of six are needed.
            result = next(m.text for m in reversed(head.messages) if item in m.text)
            assert "Thông qua." in result
            assert "Số cần đạt: 4/6" in result

        # So is an answer to a consultation.
        words = "Đề nghị làm rõ nguồn chi."
        assert await phones[DEPUTY].say(words)  # begun before: «Tán thành, có góp ý»
        await settled(phones[DEPUTY], "Trả lời: Dự toán năm 2026", "Tán thành, có góp ý", words)

        # What waited for Telegram goes out, to each once.
        sent = "XIN Ý KIẾN BẰNG VĂN BẢN · số 5"
        assert [heard(phones[who], sent) for who in (DEPUTY, MEMBER)] == [0, 0]
        await stage.move_to(at(7, "00:00"))
        assert [heard(phones[who], sent) for who in (DEPUTY, MEMBER)] == [1, 1]

        # Dues act: the reminder that was put off for the night, the report, the close, the meeting.
        await stage.move_to(at(7, "07:00:01"))
        for who, times in ((DEPUTY, 0), (ORGANISER, 1), (MEMBER, 1)):
            assert heard(phones[who], "NHẮC XÁC NHẬN THÔNG BÁO") == times
        await stage.move_to(at(10, "17:00:01"))
        result = next(m.text for m in phones[HEAD].messages if "KẾT QUẢ · số 4" in m.text)
        # Of six one is struck off. The head and one member approve, the deputy with comments; two
        # who have the text and say nothing are deemed to.
        assert "Thông qua. Số cần đạt: 4/5" in result
        assert "Đạt 5/5, gồm: 2 tán thành; 1 tán thành, có góp ý" in result
        assert "2 được xem là đồng ý do quá hạn trả lời" in result
        assert "Đề nghị làm rõ nguồn chi." in result
        assert heard(phones[MEMBER], "NHẮC BÁO CÁO") == 1
        assert heard(phones[UNIT], "NHẮC BÁO CÁO") == 0
        await stage.move_to(at(12, "08:00"))
        assert heard(phones[DEPUTY], "CUỘC HỌP SẮP BẮT ĐẦU") == 1
        await verified(tmp_path)


async def test_wishes_and_reports_of_a_kept_database_go_on(tmp_path: Path) -> None:
    stage, phones = unpack("ban_chap_hanh.zip", tmp_path)
    kept = FACTS["ban_chap_hanh"]
    assert rows(tmp_path / DATABASE, kept) == kept
    async with stage:
        await stage.settle()
        # Starting makes what falls due in April, and takes the rule book of now: the body as such reviews itself
        # at the end of the term only (22.3), the deputy owes the yearly inspection programme (7.1).
        taken = {"report_acts": kept["report_acts"] + 1, "register": 40}
        assert rows(tmp_path / DATABASE, kept) == kept | {"report_dues": 36} | taken
        await verified(tmp_path)

        # A third of five asks for a meeting: half of them have, and the head hears of it.
        asks = phones[ANOTHER]
        assert await asks.say("Dịch tả lợn châu Phi")
        if not heard(phones[HEAD], "Có 3/5 ủy viên đề nghị"):
            await through(asks, "Lịch họp", "Đề nghị với cuộc họp", "Đề nghị họp đột xuất")
            await asks.say("Dịch tả lợn châu Phi")
        assert heard(phones[HEAD], "Có 3/5 ủy viên đề nghị") == 1

        await stage.move_to(at(1, "09:00", month=4))
        office = phones[OFFICE]
        assert heard(office, "có 4 báo cáo vừa qua hạn") == 1
        assert heard(office, "chưa có cuộc họp định kỳ nào") == 1
        await stage.move_to(at(3, "09:00", month=4))
        # The day that the office had fixed by hand is over: of two units one had delivered.
        late = "có 1 báo cáo vừa qua hạn mà chưa ghi nhận được: Ban Tuyên giáo Huyện ủy."
        assert heard(phones[HEAD], late) == 1
        await stage.move_to(at(15, "08:00", month=4))
        assert heard(phones[ORGANISER], "NHẮC TRẢ LỜI GIẤY MỜI") == 2
        await verified(tmp_path)


async def test_what_was_to_come_and_what_was_left_in_a_kept_database_goes_on(
    tmp_path: Path,
) -> None:
    stage, phones = unpack("ke_tuc.zip", tmp_path)
    kept = FACTS["ke_tuc"]
    assert rows(tmp_path / DATABASE, kept) == kept
    ended, goes_on = 1, 2
    async with stage:
        await stage.settle()
        assert rows(tmp_path / DATABASE, kept) == kept
        await verified(tmp_path)

        # What the committee that ended left is decided, by a press on a card of before.
        left = await phones[HEIR].press("Xác nhận: Không tiếp nhận: Sửa …")
        assert any("Lý do: Trụ sở đã bàn giao" in text for text in left)
        assert any("ĐÃ ĐƯỢC XÁC NHẬN" in text for text in await phones[HEIR].press("Xác nhận"))
        await through(phones[HEIRS_OFFICE], "Tiếp nhận công việc")
        # Four people, one item of three, one task, seventeen reports; of the items one was taken over before.
        assert "Còn 23 nội dung chưa quyết định." in phones[HEIRS_OFFICE].latest.text

        # Another term is confirmed; what the last one has held is withdrawn.
        await through(phones[HEIR], "Việc của tôi", "Xác nhận: Nhiệm kỳ mới, từ …")
        await phones[HEIR].press("Xác nhận")
        await through(phones[HEIR], "Việc của tôi")
        assert "Tạm dừng trước hạn 17 giờ 00, thứ Sáu, 20/03/2026." in phones[HEIR].latest.text
        await phones[HEIR].press("Quyết định: Chương trình năm")
        await phones[HEIR].press("Rút nội dung")
        await phones[HEIR].say("Nhiệm kỳ mới xem xét lại")

        # Of four one is recused and out of the base: two of three are more than half.
        await through(phones[HEIRS_DEPUTY], "Việc của tôi", "Trả lời: Bố trí cán bộ")
        await phones[HEIRS_DEPUTY].press("Tán thành")
        await stage.move_to(at(20, "17:00:01"))
        result = next(m.text for m in phones[HEIR].messages if "KẾT QUẢ · số 3" in m.text)
        assert "Thông qua." in result
        assert "Số cần đạt: 2/3" in result

        # The value is another from its day on, and the term begins on its own.
        await stage.move_to(at(1, "08:00", month=4))
        assert heard(phones[HEIRS_DEPUTY], "QUY CHẾ ĐÃ THAY ĐỔI") == 1
        assert heard(phones[HEIRS_DEPUTY], "NHIỆM KỲ MỚI ĐÃ BẮT ĐẦU") == 0
        await stage.move_to(at(4, "08:00", month=5))
        assert heard(phones[HEIRS_DEPUTY], "NHIỆM KỲ MỚI ĐÃ BẮT ĐẦU") == 1

        # Whom the last term let go is a stranger to the bot.
        assert "chỉ phục vụ những người được mời" in (await phones[GONE].say("/start"))[-1]

        # The one that ended is read, its people hear nothing more, and the archives of both hold.
        assert "đã kết thúc hoạt động" in (await phones[HEAD].say("/start"))[-1]
        assert heard(phones[DEPUTY], "NHẮC") == 0
        async with stage.context() as context:
            for committee in (ended, goes_on):
                assert checked(await archived(context, committee, papers=False)).faults == ()
        await verified(tmp_path)


@pytest.mark.parametrize("name", sorted(FACTS))
async def test_every_button_and_begun_form_of_before_leads_to_a_screen(
    name: str, tmp_path: Path
) -> None:
    stage, phones = unpack(f"{name}.zip", tmp_path)
    async with stage:
        await stage.settle()
        own = [phone for name, phone in phones.items() if name != GONE]
        hearing = [p for p in own if p.messages and not p.person.blocked]
        for phone in hearing:
            # What was typed half-way through a form is taken, or shows what there is to do.
            assert await phone.say("Nội dung gõ dở từ hôm trước")
            assert phone.latest.buttons
        tried: set[str] = set()
        for phone in hearing:
            old = {key.text: message for message in phone.messages for key in message.buttons}
            for label, message in old.items():
                if label not in tried and message.button(label):  # the card may have changed
                    assert await phone.press(label, on=message), f"{phone.person}: {label}"
                    tried.add(label)
            assert await phone.say("/start")
        await verified(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        assert not database.execute("select fault from inbox where fault is not null").fetchall()
