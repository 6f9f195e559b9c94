"""Members' requests on a real file: who may have which, who is told, what is taken back, what is declined."""

from __future__ import annotations

import pytest

from bot.db import people
from bot.kit.unit import Context
from bot.meetings.agenda import store as agenda
from bot.owed import store as debts
from bot.owed.rules.debt import Debt
from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.people import Role
from bot.values.moments import in_viet_nam
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    DUNG,
    HEAD,
    STRANGER,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone

DUNGS = 104
BCH, BTV = "ban_chap_hanh", "ban_thuong_vu"
TWO_SEATS = (SeatWanted(BCH, "deputy"), SeatWanted(BTV, "deputy"))
PERSONS = (
    Newcomer(AN, Role.MEMBER, (SeatWanted(BCH, "secretary"), SeatWanted(BTV, "secretary"))),
    Newcomer(BINH, Role.MEMBER, TWO_SEATS),
    member(CUONG, body=BCH),
    member(DUNG, "standing_member", body=BTV),
    clerk(),
)


@pytest.fixture
async def huyen(house: House) -> int:
    """Ban Chấp hành of An, Bình and Cường; Ban Thường vụ of An, Bình and Dũng; everybody has joined."""
    founded = await house.found(founding(PERSONS, "Huyện ủy Thử nghiệm", "cap_huyen"))
    for name, account in (
        *((AN, HEAD), (BINH, DEPUTY), (CUONG, CUONGS), (DUNG, DUNGS), (VAN, CLERK)),
    ):
        await house.joins(name, account)
    return founded.committee


async def heard(house: House, account: int, words: str) -> int:
    return sum(words in text for text in await house.heard(account))


async def asks(context: Context, account: int, committee: int, why: str = "Lũ quét") -> Phone:
    on = Phone(context, account)
    await on.opens("wish", committee, "meeting")
    return await on.types(why) if on.refused is None else on


# --- a mark of secrecy -----------------------------------------------------------------------


async def test_what_waits_instead_of_being_asked_in_writing_stops_at_a_mark_of_secrecy(
    context: Context, huyen: int
) -> None:
    van = Phone(context, CLERK)
    await van.opens("item_instead", huyen, BTV, "personnel")
    assert (await van.types("Nhân sự TUYỆT MẬT")).refused == "secret"
    async with context.look() as work:
        assert await agenda.waiting(work.tx, huyen) == []


async def questions(context: Context, committee: int) -> Debt:
    """Cường asks Bình; gives the answer that is owed."""
    asker = Phone(context, CUONGS)
    await asker.opens("wish", committee, "question")
    await asker.types("Vì sao chậm?")
    await asker.presses("Chọn người được hỏi")
    await asker.presses(BINH)
    await asker.presses("Gửi chất vấn")
    [owed] = await owed_now(context, committee)
    return owed


async def owed_now(context: Context, committee: int) -> list[Debt]:
    async with context.look() as work:
        return await debts.open_of(work.tx, committee)


async def test_an_answer_to_a_question_stops_at_a_mark_of_secrecy(
    house: House, context: Context, huyen: int
) -> None:
    owed = await questions(context, huyen)
    binh = Phone(context, DEPUTY)
    await binh.opens("answer", owed.id)
    assert (await binh.types("Theo văn bản TỐI MẬT")).refused == "secret"
    assert await owed_now(context, huyen) == [owed]
    assert await heard(house, CUONGS, "TỐI MẬT") == 0


# --- a question at a meeting without the bot -------------------------------------------------


async def test_a_question_dealt_with_at_a_meeting_entered_by_hand_is_answered(
    context: Context, huyen: int
) -> None:
    owed = await questions(context, huyen)
    van = await held_by_hand(context, huyen)
    await van.presses("Đã bàn: Vì sao chậm?")
    assert await owed_now(context, huyen) == []
    assert "Đã trả lời tại cuộc họp." in (await Phone(context, DEPUTY).opens("debt", owed.id)).text
    await van.presses("Bỏ ghi nhận")
    [again] = await owed_now(context, huyen)
    assert (again.id, again.due_on) == (owed.id, owed.due_on)


async def test_an_answer_in_writing_stays_when_the_meeting_was_entered_by_mistake(
    context: Context, huyen: int
) -> None:
    owed = await questions(context, huyen)
    await (await Phone(context, DEPUTY).opens("answer", owed.id)).types("Do mưa lũ.")
    van = await held_by_hand(context, huyen)
    await van.presses("Đã bàn: Vì sao chậm?")
    await van.presses("Bỏ ghi nhận")
    assert await owed_now(context, huyen) == []


async def held_by_hand(context: Context, committee: int) -> Phone:
    """Văn enters that Ban Chấp hành met that day."""
    van = await Phone(context, CLERK).opens("rhythm", committee)
    [held] = [label for label in van.buttons if label.startswith("Đã họp: Ban Chấp hành")]
    await van.presses(held)
    return await van.types(f"{in_viet_nam(context.clock.now()):%d/%m/%Y}")


# --- an extraordinary meeting ----------------------------------------------------------------


async def test_who_sits_in_two_bodies_asks_where_the_rule_is(context: Context, huyen: int) -> None:
    on = await asks(context, DEPUTY, huyen)
    assert "ĐÃ GHI NHẬN ĐỀ NGHỊ HỌP ĐỘT XUẤT</b> · Ban Chấp hành" in on.text
    assert "Hiện có 1/3 ủy viên đề nghị; cần ít nhất 2" in on.text


async def test_a_body_without_the_rule_is_refused_with_a_way_to_propose_an_item(
    context: Context, huyen: int
) -> None:
    on = await asks(context, DUNGS, huyen)
    assert on.refused == "wish_no_requests"
    assert "Điều 19.1 Quy chế" in on.text
    await on.presses("Đề nghị nội dung họp")
    assert on.refused is None


async def test_enough_are_told_once_to_head_and_clerk(
    context: Context, house: House, huyen: int
) -> None:
    await asks(context, DEPUTY, huyen)
    await asks(context, CUONGS, huyen)
    await asks(context, HEAD, huyen)
    told = "ỦY VIÊN ĐỀ NGHỊ HỌP ĐỘT XUẤT"
    assert await heard(house, HEAD, told) == await heard(house, CLERK, told) == 1
    assert await heard(house, CUONGS, told) == await heard(house, DUNGS, told) == 0


async def test_who_takes_it_back_may_ask_again_and_enough_is_told_again(
    context: Context, house: House, huyen: int
) -> None:
    await asks(context, DEPUTY, huyen)
    on = await asks(context, CUONGS, huyen)
    await on.presses("Rút đề nghị họp")
    assert "ĐÃ RÚT ĐỀ NGHỊ" in on.text
    gone = "đã rút đề nghị. Hiện còn 1/3"
    assert await heard(house, HEAD, gone) == await heard(house, CLERK, gone) == 1
    await asks(context, CUONGS, huyen)
    assert await heard(house, HEAD, "ỦY VIÊN ĐỀ NGHỊ HỌP ĐỘT XUẤT") == 2


async def test_nobody_takes_back_what_another_asked(context: Context, huyen: int) -> None:
    await asks(context, CUONGS, huyen)
    for account in (DEPUTY, STRANGER):
        on = Phone(context, account)
        await on.opens("wish_unask", 1)
        assert on.refused == "wish_settled"


async def test_the_head_declines_with_a_reason_that_those_who_asked_hear(
    context: Context, house: House, huyen: int
) -> None:
    await asks(context, DEPUTY, huyen)
    await asks(context, CUONGS, huyen)
    head = Phone(context, HEAD)
    await head.opens("wish_decline", huyen, BCH)
    await head.types("Đã có cuộc họp ngày 20/3")
    assert "đã được gửi đến các đồng chí đã đề nghị" in head.text
    said = "Đã có cuộc họp ngày 20/3"
    assert await heard(house, DEPUTY, said) == await heard(house, CUONGS, said) == 1
    assert await heard(house, DUNGS, said) == 0
    assert (await asks(context, CUONGS, huyen)).refused is None
    acts = [act for _, act, _ in await house.acts(huyen)]
    assert acts.count("requests_declined") == 1


@pytest.mark.parametrize("account", [DEPUTY, CLERK, STRANGER])
async def test_nobody_but_the_head_declines(context: Context, huyen: int, account: int) -> None:
    await asks(context, CUONGS, huyen)
    on = Phone(context, account)
    await on.opens("wish_decline", huyen, BCH)
    assert on.refused == "no_right"


async def test_there_is_nothing_to_decline_when_nobody_asks(context: Context, huyen: int) -> None:
    head = Phone(context, HEAD)
    await head.opens("wish_decline", huyen, BCH)
    assert head.refused == "wish_settled"
    await head.opens("wish_decline", huyen, "no_body")
    assert head.refused == "no_right"


async def test_who_has_left_the_body_asks_no_more(
    context: Context, house: House, huyen: int
) -> None:
    await asks(context, CUONGS, huyen)
    cuong = await house.person(CUONG, huyen)
    assert cuong is not None
    async with context.work() as work:
        await people.retire(work.tx, cuong.id, work.now)
    on = await asks(context, DEPUTY, huyen)
    assert "Hiện có 1/2 ủy viên đề nghị; cần ít nhất 2" in on.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("   \u200b ", "text_empty"),
        ("x" * 2_001, "text_too_long"),
        ("Tài liệu TUYỆT MẬT", "secret"),
    ],
)
async def test_words_that_cannot_be_kept_are_refused(
    context: Context, huyen: int, text: str, kind: str
) -> None:
    on = await asks(context, CUONGS, huyen, text)
    assert on.refused == kind
    await on.types("Lũ quét tại ba xã")
    assert on.refused is None


# --- items and questions ---------------------------------------------------------------------


async def proposes(context: Context, account: int, committee: int, subject: str) -> Phone:
    on = Phone(context, account)
    await on.opens("wish", committee, "item")
    return await on.types(subject)


async def waiting(context: Context, committee: int) -> list[agenda.WaitingItem]:
    async with context.look() as work:
        return await agenda.waiting(work.tx, committee)


async def test_an_item_waits_with_its_words_and_kind(
    context: Context, house: House, huyen: int
) -> None:
    on = await proposes(context, CUONGS, huyen, "  Phương án\nsửa chữa trụ sở ")
    await (await on.presses("Ghi lý do")).types("Xuống cấp")
    await (await on.presses("Chọn loại nội dung")).presses("Công tác cán bộ")
    assert await waiting(context, huyen) == []
    await on.presses("Gửi đề nghị")
    (item,) = await waiting(context, huyen)
    assert (item.body, item.subject, item.words) == (BCH, "Phương án sửa chữa trụ sở", "Xuống cấp")
    assert (item.matter.value, item.reason) == ("personnel", "proposed")
    assert item.proposed_by == house.ids[CUONG]
    assert await heard(house, CLERK, "Phương án sửa chữa trụ sở") == 1


async def test_who_sits_in_two_bodies_says_of_which(context: Context, huyen: int) -> None:
    on = Phone(context, DEPUTY)
    await on.opens("wish", huyen, "item")
    await (await on.presses("Ban Thường vụ")).types("Dự toán quý II")
    await on.presses("Gửi đề nghị")
    (item,) = await waiting(context, huyen)
    assert item.body == BTV


async def test_sending_twice_sends_once(context: Context, huyen: int) -> None:
    on = await proposes(context, CUONGS, huyen, "Dự toán quý II")
    sent = on.card
    await on.presses("Gửi đề nghị")
    on.card = sent
    await on.presses("Gửi đề nghị")
    assert on.refused == "wish_sent"
    assert len(await waiting(context, huyen)) == 1


async def test_what_waits_already_is_not_proposed_again(context: Context, huyen: int) -> None:
    await (await proposes(context, CUONGS, huyen, "Dự toán quý II")).presses("Gửi đề nghị")
    on = await proposes(context, CUONGS, huyen, "DỰ TOÁN quý ii")
    await on.presses("Gửi đề nghị")
    assert on.refused == "wish_twice"


async def test_what_is_dropped_is_not_sent(context: Context, house: House, huyen: int) -> None:
    on = await proposes(context, CUONGS, huyen, "Dự toán quý II")
    await on.presses("Hủy bản nháp")
    await on.presses("Hủy bản nháp")
    assert "Đề nghị chưa được gửi đi" in on.text
    assert await waiting(context, huyen) == []
    assert await heard(house, CLERK, "Dự toán quý II") == 0


async def test_its_proposer_takes_it_back_while_it_waits(
    context: Context, house: House, huyen: int
) -> None:
    on = await proposes(context, CUONGS, huyen, "Dự toán quý II")
    await on.presses("Gửi đề nghị")
    other = Phone(context, DEPUTY)
    (item,) = await waiting(context, huyen)
    await other.opens("wish_undo", item.id)
    assert other.refused == "wish_taken"
    await on.presses("Rút lại")
    assert await waiting(context, huyen) == []
    assert await heard(house, CLERK, "đã rút:") == 1
    await on.opens("wish_undo", item.id)
    assert on.refused == "wish_taken"


async def test_what_is_on_an_agenda_is_not_taken_back(context: Context, huyen: int) -> None:
    on = await proposes(context, CUONGS, huyen, "Dự toán quý II")
    await on.presses("Gửi đề nghị")
    (item,) = await waiting(context, huyen)
    async with context.work() as work:
        await agenda.take([item.id], work.now).into(work.tx)
    await on.opens("wish_undo", item.id)
    assert on.refused == "wish_taken"


async def test_a_question_goes_to_whom_it_is_asked_of(
    context: Context, house: House, huyen: int
) -> None:
    on = Phone(context, CUONGS)
    await on.opens("wish", huyen, "question")
    await on.types("Tiến độ dự án ra sao?")
    await (await on.presses("Chọn người được hỏi")).presses(BINH)
    await on.presses("Gửi chất vấn")
    (item,) = await waiting(context, huyen)
    assert (item.reason, item.asked_of) == ("question", house.ids[BINH])
    assert await heard(house, DEPUTY, "gửi câu hỏi đến đồng chí") == 1
    assert await heard(house, HEAD, "Tiến độ dự án") == 0
    await on.presses("Rút lại")
    assert await heard(house, DEPUTY, "đã rút:") == 1


async def test_nobody_asks_oneself_or_an_outsider(
    context: Context, house: House, huyen: int
) -> None:
    on = Phone(context, CUONGS)
    await on.opens("wish", huyen, "question")
    await on.types("Tiến độ dự án ra sao?")
    draft = 1
    for person in (house.ids[CUONG], house.ids[VAN], 404):
        await on.opens("form_fill", draft, "asked_of", person)
        assert on.refused == "wish_whom"


async def test_a_body_without_questions_is_told_where_they_belong(
    context: Context, huyen: int
) -> None:
    on = Phone(context, DUNGS)
    await on.opens("wish", huyen, "question")
    assert on.refused == "wish_no_questions"
    assert "Điều 22.4 Quy chế" in on.text


# --- who -------------------------------------------------------------------------------------


async def test_the_clerk_sees_every_request_and_has_none(context: Context, huyen: int) -> None:
    await (await proposes(context, CUONGS, huyen, "Dự toán quý II")).presses("Gửi đề nghị")
    await asks(context, CUONGS, huyen)
    van = Phone(context, CLERK)
    await van.opens("wishes", huyen)
    assert "đồng chí Lê Văn Cường: Dự toán quý II" in van.text
    assert "họp đột xuất, đồng chí Lê Văn Cường" in van.text
    assert "Đề nghị nội dung họp" not in van.buttons
    await van.opens("wish", huyen, "item")
    assert van.refused == "wish_members_only"


async def test_a_member_sees_the_own_requests_alone(context: Context, huyen: int) -> None:
    await (await proposes(context, CUONGS, huyen, "Dự toán quý II")).presses("Gửi đề nghị")
    other = Phone(context, DUNGS)
    await other.opens("wishes", huyen)
    assert "Dự toán" not in other.text
    own = Phone(context, CUONGS)
    await own.opens("wishes", huyen)
    assert "Rút: Dự toán quý II" in own.buttons


async def test_a_stranger_learns_nothing(context: Context, huyen: int) -> None:
    on = Phone(context, STRANGER)
    for args in (("wishes", huyen), ("wish", huyen, "item"), ("wish", huyen, "meeting")):
        await on.opens(*args)
        assert on.refused == "no_right"


async def test_another_member_does_not_open_a_draft(context: Context, huyen: int) -> None:
    await proposes(context, CUONGS, huyen, "Dự toán quý II")
    on = Phone(context, DEPUTY)
    for action in ("form_show", "form_send", "form_drop"):
        await on.opens(action, 1)
        assert on.refused == "no_right"
    for question in ("words", "matter", "asked_of"):
        await on.opens("form_again", 1, question)
        assert on.refused == "no_right"


async def test_cut_and_forged_buttons_are_old_ones(context: Context, huyen: int) -> None:
    await proposes(context, CUONGS, huyen, "Dự toán quý II")
    on = Phone(context, CUONGS)
    for args in (
        ("wish", huyen),
        ("wish", huyen, "everything"),
        ("form_fill", 1, "matter", "no_matter"),
        ("wish_undo",),
    ):
        await on.opens(*args)
        assert on.refused == "old_button"
    await on.opens("wish", huyen, "item", "no_body")
    assert on.refused == "wish_members_only"
