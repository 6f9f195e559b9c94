from __future__ import annotations

import pytest

from bot.clock import MovableClock
from bot.kit.unit import Context
from bot.notices import store as member_notices
from tests.acts.committees import AN, BINH, DEPUTY, HEAD, HOUR, STRANGER, House
from tests.acts.phone import Phone
from tests.registers import broken_lines

SUBJECT = "Nội dung cơ bản kỳ họp Tỉnh ủy"
SESSION = "Truyền đạt nội dung cơ bản sau mỗi kỳ họp Tỉnh ủy"
SECRET_FREE = "Không thuộc bí mật nhà nước"


@pytest.fixture
def head(context: Context) -> Phone:
    return Phone(context, HEAD)


@pytest.fixture
def binh(context: Context) -> Phone:
    return Phone(context, DEPUTY)


async def asked_for_its_text(head: Phone, committee: int) -> None:
    await head.opens("notices", committee)
    await head.presses("Gửi thông báo")
    await head.presses(SESSION)
    await head.types(SUBJECT)


async def sent(head: Phone, committee: int) -> None:
    await asked_for_its_text(head, committee)
    await head.types("Các đồng chí quán triệt trong lĩnh vực phụ trách.")
    await head.presses(SECRET_FREE)
    await head.presses("Gửi đến 3 nơi nhận")


async def test_the_head_sends_and_sees_who_has_acknowledged(
    head: Phone, binh: Phone, house: House, committee: int
) -> None:
    await sent(head, committee)
    assert head.toast == "Đã gửi thông báo: 3 nơi nhận."
    assert "Đã xác nhận: 0/3 đồng chí" in head.text
    assert "<b>Chưa tham gia bot</b> (2)" in head.text

    await binh.opens("notice", 1)
    assert "Căn cứ: Điều 4.6 Quy chế." in binh.text
    await binh.presses("Đã nhận")
    assert "Đã xác nhận nhận được lúc 08 giờ 00" in binh.text
    await head.opens("nboard", 1)
    assert "Đã xác nhận: 1/3 đồng chí" in head.text
    assert (AN, "send_notice", "notice:1") in await house.acts(committee)
    assert (BINH, "acknowledge_notice", "notice:1") in await house.acts(committee)


async def test_acknowledging_twice_is_acknowledging_once(
    head: Phone, binh: Phone, house: House, clock: MovableClock, committee: int
) -> None:
    await sent(head, committee)
    await binh.opens("nack", 1)
    first = await kept(house)
    clock.move_to(clock.now() + HOUR)
    await binh.opens("nack", 1)
    assert binh.refused is None
    assert binh.toast == "Việc nhận thông báo đã được ghi nhận từ trước."
    assert await kept(house) == first
    acts = [act for _, act, _ in await house.acts(committee)]
    assert acts.count("acknowledge_notice") == 1


async def kept(house: House) -> object:
    async with house.context.look() as work:
        return await member_notices.get(work.tx, 1)


async def test_a_notice_without_text_and_file_is_not_sent(head: Phone, committee: int) -> None:
    await asked_for_its_text(head, committee)
    await head.types("   ")
    assert head.refused == "text_empty"
    await head.opens("form_fill", 1, "text", "done")
    assert head.refused == "notice_empty"
    await head.opens("form_send", 1)
    assert head.refused == "form_incomplete"


async def test_files_alone_are_enough(head: Phone, binh: Phone, committee: int) -> None:
    await asked_for_its_text(head, committee)
    await head.sends("Kết luận.docx")
    await head.presses("Chỉ gửi tệp, không viết thêm")
    await head.presses(SECRET_FREE)
    await head.presses("Gửi đến 3 nơi nhận")
    await binh.opens("notice", 1)
    assert "(1 tệp)" in binh.text
    await binh.presses("Xem tệp kèm theo")
    assert [file.name for file in binh.files] == ["Kết luận.docx"]


@pytest.mark.parametrize(
    ("name", "size", "refused"),
    [
        ("TỐI MẬT ket luan.pdf", 10, "secret"),
        ("lon.pdf", 20 * 1024 * 1024 + 1, "file_too_large"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused_before_it_is_fetched(
    head: Phone, committee: int, name: str, size: int, refused: str
) -> None:
    await asked_for_its_text(head, committee)
    await head.sends(name, size=size)
    assert head.refused == refused


async def test_ten_files_are_taken_and_no_more(head: Phone, committee: int) -> None:
    await asked_for_its_text(head, committee)
    for number in range(10):
        await head.sends(f"{number}.pdf", str(number).encode())
    await head.sends("10.pdf")
    assert head.refused == "too_many_files"


async def test_a_mark_of_secrecy_stops_the_form(head: Phone, committee: int) -> None:
    await head.opens("nform", committee)
    await head.presses(SESSION)
    await head.types("MẬT: nội dung kỳ họp")
    assert head.refused == "secret"
    await head.types(SUBJECT)
    await head.types("Tài liệu TUYỆT MẬT")
    assert head.refused == "secret"


async def test_a_press_of_an_earlier_screen_changes_nothing(head: Phone, committee: int) -> None:
    await asked_for_its_text(head, committee)
    await head.opens("form_fill", 1, "purpose", "QN-R5")
    assert head.refused == "stale_question"
    await head.opens("form_show", 1)
    await head.presses("« Quay lại")
    assert "Tên thông báo" in head.text
    await head.presses("Hủy bản nháp")
    await head.presses("Hủy bản nháp")
    await head.opens("form_show", 1)
    assert head.refused == "draft_gone"


async def test_the_clerk_follows_but_does_not_send(head: Phone, van: Phone, committee: int) -> None:
    await van.opens("nform", committee)
    assert van.refused == "notice_only_head"
    await sent(head, committee)
    await van.opens("notices", committee)
    await van.presses(SUBJECT)
    await van.presses("Ghi nhận giao bản giấy")
    await van.presses("Hoàng Văn Dũng")
    assert van.toast == "Đã ghi nhận việc giao bản giấy."
    assert "(bản giấy)" in van.text
    await van.opens("npaper", 1, 99)
    assert van.refused == "notice_not_to"


@pytest.mark.parametrize("account", [DEPUTY, STRANGER])
async def test_who_is_neither_sender_nor_clerk_learns_nothing_of_the_others(
    context: Context, head: Phone, committee: int, account: int
) -> None:
    await sent(head, committee)
    phone = Phone(context, account)
    for action, args in (
        ("nform", (committee,)),
        ("nboard", (1,)),
        ("nremind", (1,)),
        ("npaper", (1,)),
        ("npaper", (1, 2)),
        ("form_send", (1,)),
    ):
        await phone.opens(action, *args)
        assert phone.refused in ("no_right", "draft_gone")


async def test_a_stranger_reads_no_notice(context: Context, head: Phone, committee: int) -> None:
    await sent(head, committee)
    stranger = Phone(context, STRANGER)
    for action in ("notice", "nack", "nfiles"):
        await stranger.opens(action, 1)
        assert stranger.refused == "no_right"
    await head.opens("notice", 77)
    assert head.refused == "gone"
    await head.opens("nack", 1)  # the sender is none of those it was sent to
    assert head.refused == "no_right"


async def test_only_those_who_have_not_acknowledged_are_reminded(
    head: Phone, binh: Phone, house: House, committee: int
) -> None:
    await sent(head, committee)
    await head.presses("Nhắc xác nhận")
    assert [text for text in await house.heard(DEPUTY) if "NHẮC XÁC NHẬN" in text]
    await binh.opens("nack", 1)
    await head.opens("nremind", 1)
    assert head.refused == "notice_nobody_waits"


async def test_nobody_is_reminded_at_night(
    head: Phone, house: House, clock: MovableClock, committee: int
) -> None:
    await sent(head, committee)
    clock.move_to(clock.now() + 14 * HOUR)  # 22 giờ
    await head.opens("nremind", 1)
    assert "07 giờ 00" in head.toast
    assert not [text for text in await house.heard(DEPUTY) if "NHẮC XÁC NHẬN" in text]


async def test_who_joins_later_gets_what_waits(
    head: Phone, house: House, context: Context, committee: int
) -> None:
    await sent(head, committee)
    await house.joins("Lê Văn Cường", 103)
    cuong = Phone(context, 103)
    await cuong.opens("notice", 1)
    assert SUBJECT in cuong.text
    assert (AN, "send_notice", "notice:1") in await house.acts(committee)


async def test_strange_words_are_shown_as_they_are(
    head: Phone, binh: Phone, committee: int
) -> None:
    await asked_for_its_text(head, committee)
    await head.types("<b>{{7*7}}</b> & \u202etxt.exe")
    await head.presses(SECRET_FREE)
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt; &amp; txt.exe" in head.text


async def test_the_register_of_a_notice_holds(
    head: Phone, binh: Phone, house: House, committee: int
) -> None:
    await sent(head, committee)
    await binh.opens("nack", 1)
    async with house.context.look() as work:
        assert await broken_lines(work.tx, committee) == []
