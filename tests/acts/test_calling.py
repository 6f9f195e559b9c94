"""Calling a meeting on the whole bot: what goes wrong, what a restart keeps, who gets which file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from icalendar import Calendar, Component
from sqlalchemy import func, select

from bot.db import drafts, people
from bot.db.schema import paper_receipts, register
from bot.meetings import overview
from bot.meetings import store as meetings
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.documents import store as papers
from bot.meetings.rules.meeting import MeetingKind
from bot.values.moments import VIET_NAM
from simulator import story
from simulator.founding import assemble
from simulator.messages import Message
from simulator.phone_client import PhoneClient
from simulator.rehearsal import take
from simulator.sandbox import Sandbox
from simulator.verbs.roster import Roster

FILE = Path(__file__).parents[1] / "stories" / "m_qn_called_and_heard.toml"
AN, BINH, CUONG, VAN = "Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Văn"
KHACH = "Đỗ Văn Khách"
START = datetime(2026, 3, 2, 8, tzinfo=VIET_NAM)
MEETS = "8 giờ 00 ngày 05/03/2026"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Roster]:
    """The story's committee before its first step."""
    async with Sandbox(tmp_path, START) as stage:
        yield await assemble(stage, story.read(FILE), FILE)


async def called(cast: Roster) -> int:
    """The story's meeting, called."""
    for step in cast.story.steps:
        await cast.stage.move_to(step.at)
        assert await take(cast, step) is None
    return cast.meetings.of("m1")


async def begun(hands: PhoneClient, cast: Roster) -> int:
    """A form at its agenda; gives its id."""
    await hands.say("/start")
    await hands.press("invite", cast.committee)
    draft = int(hands.screen_with("form_drop")["form_drop"][0])
    await hands.press("form_fill", draft, "kind", "regular")
    await hands.say(MEETS)
    await hands.say("Phòng họp tầng 2")
    return draft


def files_to(cast: Roster, name: str) -> list[Message]:
    return [m for m in cast.hands[name].messages if m.from_bot and m.document is not None]


def calendars(messages: Sequence[Message]) -> list[Component]:
    documents = [m.document for m in messages if m.document and m.document.name.endswith(".ics")]
    return [Calendar.from_ical(document.content.decode()) for document in documents]


# --- the calendar file -----------------------------------------------------------------------


async def test_the_calendar_file_keeps_its_uid_and_counts_up(cast: Roster) -> None:
    meeting = await called(cast)
    await cast.hands[VAN].press("mchange", meeting)
    await cast.hands[VAN].say("Đổi lịch")
    draft = int(cast.hands[VAN].screen_with("form_drop")["form_drop"][0])
    await cast.hands[VAN].press("form_again", draft, "starts")
    await cast.hands[VAN].say("14 giờ 00 ngày 05/03/2026")
    await cast.hands[VAN].press("form_send", draft)
    await cast.hands[AN].press("mcancel", meeting)
    await cast.hands[AN].say("Hoãn")
    found = calendars(files_to(cast, BINH))
    assert [str(each["method"]) for each in found] == ["PUBLISH"] * 3
    events = [each.walk("vevent")[0] for each in found]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [int(event["sequence"]) for event in events] == [0, 1, 2]
    assert [event["dtstart"].dt.astimezone(VIET_NAM).hour for event in events] == [8, 14, 14]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert str(events[0]["location"]) == "Phòng họp tầng 2"
    assert "Nhân sự" not in found[0].to_ical().decode()
    assert found[0].walk("vtimezone")


async def test_another_reader_of_calendars_understands_the_file(cast: Roster) -> None:
    """vobject knows nothing of who wrote it: a day, an end two hours later, a zone by its rules, nobody invited."""
    await called(cast)
    (sent,) = (m.document for m in files_to(cast, BINH) if m.document)
    event = vobject.readOne(sent.content.decode()).vevent
    begins, ends = event.dtstart.value, event.dtend.value
    assert begins.isoformat() == "2026-03-05T08:00:00+07:00"
    assert ends.isoformat() == "2026-03-05T10:00:00+07:00"
    assert event.summary.value == "Họp Đảng đoàn (giấy mời số 1)"
    assert event.location.value == "Phòng họp tầng 2"
    assert not hasattr(event, "attendee")


async def test_the_calendar_file_may_be_kept_and_papers_may_not(cast: Roster) -> None:
    draft = await begun(cast.hands[VAN], cast)
    await cast.hands[VAN].say("Chương trình công tác")
    await cast.hands[VAN].send_file("Du thao.docx", b"noi dung")
    await finished(cast, draft)
    await cast.hands[AN].press("mapprove", 1)
    sent = {m.document.name: m.protected for m in files_to(cast, BINH) if m.document}
    assert sent == {"Du thao.docx": True, "lich-hop-so-1.ics": False}


async def to_preview(hands: PhoneClient, draft: int) -> None:
    """From the agenda to the preview, without guests."""
    for field in ("agenda", "guests", "secret_free"):
        await hands.press("form_fill", draft, field, "done")


async def finished(cast: Roster, draft: int) -> None:
    """From the agenda to the submission, without guests."""
    await to_preview(cast.hands[VAN], draft)
    await cast.hands[VAN].press("form_send", draft)


# --- papers ----------------------------------------------------------------------------------


async def test_when_each_got_each_paper_is_recorded_at_delivery(cast: Roster) -> None:
    draft = await begun(cast.hands[VAN], cast)
    await cast.hands[VAN].say("Chương trình công tác")
    await cast.hands[VAN].send_file("Du thao.docx", b"noi dung")
    await finished(cast, draft)
    cast.stage.world.block(cast.hands[CUONG].user_id)
    await cast.stage.move_to(START + timedelta(hours=1))
    await cast.hands[AN].press("mapprove", 1)
    async with cast.stage.bot.context.look() as work:
        kept = await papers.of_meeting(work.tx, 1)
        got = await papers.receipts(work.tx, 1)
    assert [each.sent_at for each in kept] == [START + timedelta(hours=1)]
    assert set(got) == {(kept[0].id, cast.persons[name]) for name in (AN, BINH)}
    assert set(got.values()) == {START + timedelta(hours=1)}
    cast.stage.world.unblock(cast.hands[CUONG].user_id)
    await cast.stage.settle()
    assert any("GIẤY MỜI HỌP" in m.text for m in cast.hands[CUONG].messages)


async def test_a_document_comes_in_from_who_prepares_the_item_and_goes_out_from_the_clerk(
    cast: Roster,
) -> None:
    clerk, cuong = cast.hands[VAN], cast.hands[CUONG]
    draft = await begun(clerk, cast)
    await clerk.say("Báo cáo lĩnh vực")
    await clerk.press("mentry", draft, "o1")
    await clerk.press("mset", draft, "o1", "who", cast.persons[CUONG])
    await clerk.press("form_show", draft)
    await finished(cast, draft)
    await cast.hands[AN].press("mapprove", 1)
    await cast.stage.move_to(START + timedelta(hours=2))
    assert (await cast.hands[BINH].try_press("mbring", 1)).refusal is not None
    await cuong.press("mbring", 1)
    assert (await cuong.try_say("Xin gửi sau")).refusal is not None
    await cuong.send_file("Bao cao.docx", b"bao cao")
    assert any("Bao cao.docx" in m.text for m in clerk.messages)
    assert not any(m.document.name == "Bao cao.docx" for m in files_to(cast, BINH) if m.document)
    await clerk.press("mpapers", 1)
    await clerk.press("mpsend", 1)
    assert any(m.document.name == "Bao cao.docx" for m in files_to(cast, BINH) if m.document)
    assert (await clerk.try_press("mpsend", 1)).refusal is not None, "nothing waits any more"


async def test_a_file_over_the_limit_is_refused_before_it_is_fetched(cast: Roster) -> None:
    hands = cast.hands[VAN]
    await begun(hands, cast)
    seen = await hands.try_send_file("To.zip", b"0" * (20 * 1024 * 1024 + 1))
    assert seen.refusal is not None
    assert "vượt mức 20 MB" in seen.refusal
    seen = await hands.try_send_file("Tài liệu MẬT.docx", b"0")
    assert seen.refusal is not None
    assert "MẬT" in seen.refusal


# --- the form --------------------------------------------------------------------------------


async def test_the_form_survives_a_restart_of_the_bot(cast: Roster) -> None:
    draft = await begun(cast.hands[VAN], cast)
    await cast.hands[VAN].say("Việc A\nViệc B")
    await cast.stage.stop_bot()
    await cast.stage.start_bot()
    seen = await cast.hands[VAN].say("Việc C")
    assert "3. Việc C" in seen[-1]
    await finished(cast, draft)
    found = await overview.meeting(cast.stage.bot.context, 1)
    assert found is not None
    assert found.agenda == ("Việc A", "Việc B", "Việc C")


async def test_old_buttons_of_the_form_change_nothing(cast: Roster) -> None:
    hands = cast.hands[VAN]
    draft = await begun(hands, cast)
    assert (await hands.try_press("form_fill", draft, "kind", "extraordinary")).refusal is not None
    assert (await hands.try_press("mentry", draft, "o7")).refusal is not None
    assert (await hands.try_press("mset", draft, "o7", "closed", "yes")).refusal is not None
    assert (await hands.try_press("mtick", draft, 99)).refusal is not None
    assert (await hands.try_press("mwho", draft, "-", 99, "yes")).refusal is not None
    assert (
        await hands.try_press("mwho", draft, "XX", cast.persons[KHACH], "yes")
    ).refusal is not None
    assert (await hands.try_press("mday", draft, "2026-02-30")).refusal is not None
    assert (await hands.try_press("form_again", draft, "place")).refusal is not None
    assert (await hands.try_press("form_fill", draft, "agenda", "done")).refusal is not None, (
        "empty"
    )
    await hands.press("form_show", draft)
    await hands.say("Việc A")
    await finished(cast, draft)
    assert (await hands.try_press("form_send", draft)).refusal is not None
    assert (await hands.try_press("form_show", draft)).refusal is not None


async def test_any_question_is_asked_again_from_the_preview_and_the_rest_stays(
    cast: Roster,
) -> None:
    hands = cast.hands[VAN]
    draft = await begun(hands, cast)
    await hands.say("Việc A")
    await to_preview(hands, draft)
    assert (await hands.try_press("form_again", draft, "secret_free")).refusal is not None
    seen = await hands.press("form_again", draft, "kind")
    assert "Loại cuộc họp" in seen[-1]
    seen = await hands.press("form_fill", draft, "kind", "extraordinary")
    assert "KIỂM TRA TRƯỚC KHI TRÌNH DUYỆT" in seen[-1]
    await hands.press("form_again", draft, "place")
    await hands.say("Hội trường")
    await hands.press("form_send", draft)
    async with cast.stage.bot.context.look() as work:
        sent = await meetings.get(work.tx, 1)
    assert sent is not None
    assert (sent.kind, sent.place) == (MeetingKind.EXTRAORDINARY, "Hội trường")
    assert [item.subject for item in sent.items] == ["Việc A"]


async def test_a_working_session_becomes_a_regular_meeting_without_its_party(
    tmp_path: Path,
) -> None:
    file = FILE.with_name("m_hd_exchange_every_half_year.toml")
    async with Sandbox(tmp_path, START) as stage:
        cast = await assemble(stage, story.read(file), file)
        hands = cast.hands[VAN]
        await hands.say("/start")
        await hands.press("invite", cast.committee)
        draft = int(hands.screen_with("form_drop")["form_drop"][0])
        seen = await hands.press("form_fill", draft, "kind", "HD-M1c")
        assert "làm việc với" in seen[-1]
        await hands.press("form_back", draft, "starts")
        seen = await hands.press("form_fill", draft, "kind", "regular")
        assert "làm việc với" not in seen[-1]


async def test_an_approval_refused_for_want_of_items_leaves_the_request_as_it_was(
    cast: Roster,
) -> None:
    clerk, context = cast.hands[VAN], cast.stage.bot.context
    async with context.work() as work:
        waits = WaitingItem("dang_doan", "Đề nghị của ủy viên", "proposed")
        item = await agenda.wait_for(cast.committee, waits, work.now).into(work.tx)
    draft = await begun(clerk, cast)
    await finished(cast, draft)
    async with context.work() as work:
        assert await agenda.withdraw(item, work.now).into(work.tx)
    seen = await cast.hands[AN].try_press("mapprove", 1)
    assert seen.refusal is not None
    assert "nội dung" in seen.refusal
    async with context.look() as work:
        request = await meetings.get(work.tx, 1)
    assert request is not None
    assert [each.subject for each in request.items] == ["Đề nghị của ủy viên"]


async def test_a_file_sent_on_the_screen_of_an_item_is_that_items_document(cast: Roster) -> None:
    hands = cast.hands[VAN]
    draft = await begun(hands, cast)
    await hands.say("Việc A\nViệc B")
    await hands.press("mentry", draft, "o2")
    seen = await hands.send_file("Bao cao.docx", b"bao cao")
    assert "Việc B" in seen[-1]
    await hands.press("mpick", draft, "o1", "matter")
    await hands.send_file("Du thao.docx", b"du thao")
    await hands.press("form_show", draft)
    await hands.send_file("Chung.docx", b"chung")
    await finished(cast, draft)
    async with cast.stage.bot.context.look() as work:
        kept = await papers.of_meeting(work.tx, 1)
        sent = await meetings.get(work.tx, 1)
    assert sent is not None
    subjects = {item.id: item.subject for item in sent.items}
    found = {each.file.name: subjects.get(each.item or 0) for each in kept}
    assert found == {"Bao cao.docx": "Việc B", "Du thao.docx": "Việc A", "Chung.docx": None}


async def test_nobody_else_opens_the_form_or_the_request(cast: Roster) -> None:
    draft = await begun(cast.hands[VAN], cast)
    await cast.hands[VAN].say("Việc A")
    for name in (CUONG, KHACH, AN):
        assert (await cast.hands[name].try_press("form_show", draft)).refusal is not None
    await finished(cast, draft)
    for name in (CUONG, KHACH):
        for action in ("mshow", "mapprove", "mdecline", "mrecall", "mchange", "mcancel", "mtext"):
            assert (await cast.hands[name].try_press(action, 1)).refusal is not None, action
        assert (await cast.hands[name].try_press("invite", cast.committee)).refusal is not None


async def test_the_month_leads_to_the_hours_and_an_hour_is_the_start(cast: Roster) -> None:
    hands = cast.hands[VAN]
    await hands.say("/start")
    await hands.press("invite", cast.committee)
    draft = int(hands.screen_with("form_drop")["form_drop"][0])
    await hands.press("form_fill", draft, "kind", "regular")
    await hands.press("form_month", draft, 2026, 3)
    await hands.press("mday", draft, "2026-03-05")
    starts = int(datetime(2026, 3, 5, 13, 30, tzinfo=VIET_NAM).timestamp()) // 60
    assert hands.shows("form_fill", draft, "starts", starts) is not None
    seen = await hands.press("form_fill", draft, "starts", starts)
    assert "13 giờ 30, thứ Năm, 05/03/2026" in seen[-1]
    seen = await hands.press("form_back", draft, "place")
    assert "Thời gian họp" in seen[-1]
    await hands.press("form_drop", draft, "starts")
    await hands.press("form_drop_yes", draft)
    assert (await hands.try_press("form_show", draft)).refusal is not None


async def test_who_answers_for_an_item_must_still_be_there(cast: Roster) -> None:
    hands = cast.hands[VAN]
    draft = await begun(hands, cast)
    await hands.say("Báo cáo lĩnh vực")
    await hands.press("mset", draft, "o1", "who", cast.persons[CUONG])
    async with cast.stage.bot.context.work() as work:
        await people.retire(work.tx, cast.persons[CUONG], work.now)
    for field in ("agenda", "guests", "secret_free"):
        await hands.press("form_fill", draft, field, "done")
    seen = await hands.try_press("form_send", draft)
    assert seen.refusal is not None
    assert "không còn tham gia" in seen.refusal
    await hands.press("mset", draft, "o1", "who", cast.persons[BINH])
    await hands.press("form_send", draft)


# --- the head --------------------------------------------------------------------------------


async def test_two_taps_call_one_meeting(cast: Roster) -> None:
    meeting = await called(cast)
    assert (await cast.hands[AN].try_press("mapprove", meeting)).refusal is not None
    assert (await cast.hands[AN].try_press("mdecline", meeting)).refusal is not None
    async with cast.stage.bot.context.look() as work:
        lines = select(func.count()).where(register.c.act == "meeting_call")
        assert (await work.tx.execute(lines)).scalar_one() == 1
    assert len([m for m in cast.hands[BINH].messages if "GIẤY MỜI HỌP" in m.text]) == 1


async def test_only_what_was_pressed_is_called_recorded_before(cast: Roster) -> None:
    """The opposite of what stands is refused: whoever declines must not read that it was recorded."""
    recorded, refused = "ĐÃ ĐƯỢC GHI NHẬN TỪ TRƯỚC\n", "KHÔNG THỰC HIỆN ĐƯỢC\n"
    meeting = await called(cast)
    for act, head in (
        ("mapprove", recorded),
        ("mdecline", refused),
        ("mrecall", refused),
    ):
        said = (await cast.hands[AN].try_press(act, meeting)).refusal
        assert said is not None
        assert said.startswith(head), act
    await cast.hands[AN].press("mcancel", meeting)
    await cast.hands[AN].say("Chủ tọa đi công tác")
    for act, head in (("mcancel", recorded), ("mapprove", refused)):
        said = (await cast.hands[AN].try_press(act, meeting)).refusal
        assert said is not None
        assert said.startswith(head), act


async def test_a_guest_not_known_before_gets_a_way_in_and_then_the_invitation(cast: Roster) -> None:
    clerk = cast.hands[VAN]
    draft = await begun(clerk, cast)
    await clerk.say("Việc A")
    await clerk.press("form_fill", draft, "agenda", "done")
    await clerk.press("mguests", draft, "QN-M7")
    await clerk.say("Ngô Thị Lạ")
    await clerk.press("form_show", draft)
    assert (await clerk.try_say(BINH)).refusal is not None, "a member is on the roll"
    await clerk.press("form_fill", draft, "guests", "done")
    await clerk.press("form_fill", draft, "secret_free", "yes")
    await clerk.press("form_send", draft)
    await cast.hands[AN].press("mapprove", 1)
    words = " ".join(m.text for m in clerk.messages).split()
    link = next(word for word in reversed(words) if "start=" in word)
    cast.stage.world.add_person(799_999, "Ngô Thị Lạ")
    stranger = PhoneClient(cast.stage, 799_999)
    await stranger.open_link(link)
    assert any("GIẤY MỜI HỌP" in m.text and "8.2.5" in m.text for m in stranger.messages)
    async with cast.stage.bot.context.look() as work:
        assert (
            await work.tx.execute(select(func.count()).select_from(paper_receipts))
        ).scalar() == 0


async def test_guests_whose_names_differ_in_marks_alone_are_three(cast: Roster) -> None:
    clerk = cast.hands[VAN]
    draft = await begun(clerk, cast)
    await clerk.say("Việc A")
    await clerk.press("form_fill", draft, "agenda", "done")
    await clerk.press("mguests", draft, "-")
    seen = await clerk.say("Đỗ Thị Hoa\nĐỗ Thị Hòa\nĐỗ Thị Hoá\nĐỖ THỊ HOA")
    assert all(f"{n}. {name}" in seen[-1] for n, name in enumerate(("Đỗ Thị Hòa", "Đỗ Thị Hoá"), 1))
    await clerk.press("form_show", draft)
    await clerk.press("form_fill", draft, "guests", "done")
    await clerk.press("form_fill", draft, "secret_free", "yes")
    await clerk.press("form_send", draft)
    await cast.hands[AN].press("mapprove", 1)
    async with cast.stage.bot.context.look() as work:
        sent = await meetings.get(work.tx, 1)
    assert sent is not None
    named = [each.name for each in sent.guests]
    assert named == ["Đỗ Thị Hòa", "Đỗ Thị Hoá", "ĐỖ THỊ HOA"]


async def test_an_item_is_moved_and_renamed_on_its_own_screen(cast: Roster) -> None:
    hands = cast.hands[VAN]
    draft = await begun(hands, cast)
    await hands.say("Việc A\nViệc B\nViệc C")
    await hands.press("mentry", draft, "o3")
    assert hands.shows("mmove", draft, "o3", "down") is None, "the last goes no further"
    seen = await hands.press("mmove", draft, "o3", "up")
    assert "NỘI DUNG 2" in seen[-1]
    seen = await hands.say("Việc C, bản sửa")
    assert "NỘI DUNG 2" in seen[-1]
    assert "Việc C, bản sửa" in seen[-1]
    assert (await hands.try_say("việc  a")).refusal is not None, "it stands there already"
    await hands.press("form_show", draft)
    await hands.say("Việc D")
    await finished(cast, draft)
    found = await overview.meeting(cast.stage.bot.context, 1)
    assert found is not None
    assert found.agenda == ("Việc A", "Việc C, bản sửa", "Việc B", "Việc D")


async def test_an_item_that_was_waiting_keeps_its_name(cast: Roster) -> None:
    async with cast.stage.bot.context.work() as work:
        item = WaitingItem("dang_doan", "Việc chờ", "proposed")
        await agenda.wait_for(cast.committee, item, work.now).into(work.tx)
    hands = cast.hands[VAN]
    draft = await begun(hands, cast)
    key = next(args[1] for _, args in hands.labelled("mentry"))
    await hands.press("mentry", draft, key)
    refusal = (await hands.try_say("Tên khác")).refusal
    assert refusal is not None
    assert "giữ tên" in refusal


async def test_older_copies_of_a_form_lose_their_buttons(cast: Roster) -> None:
    hands = cast.hands[VAN]
    draft = await begun(hands, cast)
    await hands.say("Việc A")
    await hands.say("Việc B")
    shown = [
        message
        for message in hands.messages
        if any(key.text == "Hủy bản nháp" for key in message.buttons)
    ]
    assert shown == [hands.messages[-1]]
    older = [m for m in hands.messages if "tiếp tục ở màn hình mới hơn" in m.text]
    assert len(older) == 4, "of the start, the place, the empty agenda, the first item"
    assert all(not m.buttons for m in older)
    await finished(cast, draft)


async def test_a_draft_is_dropped_after_one_question_and_may_be_kept(cast: Roster) -> None:
    hands = cast.hands[VAN]
    draft = await begun(hands, cast)
    seen = await hands.press("form_drop", draft, "agenda")
    assert "HỦY BẢN NHÁP?" in seen[-1]
    assert [key.text for key in hands.messages[-1].buttons] == ["Hủy bản nháp", "Giữ lại"]
    seen = await hands.press("form_show", draft)
    assert "Phòng họp tầng 2" in seen[-1]
    await hands.press("form_drop", draft, "agenda")
    seen = await hands.press("form_drop_yes", draft)
    assert "ĐÃ HỦY BẢN NHÁP" in seen[-1]
    assert (await hands.try_press("form_show", draft)).refusal is not None


async def test_the_deputy_prepares_takes_back_and_prepares_again(cast: Roster) -> None:
    deputy = cast.hands[BINH]
    draft = await begun(deputy, cast)
    await deputy.say("Việc A")
    for field in ("agenda", "guests", "secret_free"):
        await deputy.press("form_fill", draft, field, "done")
    await deputy.press("form_send", draft)
    await deputy.press("mrecall", 1)
    assert (await cast.hands[AN].try_press("mapprove", 1)).refusal is not None
    seen = await deputy.try_press("magain", 1)
    assert seen.refusal is None
    assert "Thời gian họp" in seen.texts[-1]
    await deputy.say(MEETS)
    again = int(deputy.screen_with("form_drop")["form_drop"][0])
    await deputy.press("form_fill", again, "secret_free", "yes")
    await deputy.press("form_send", again)
    await cast.hands[AN].press("mapprove", 2)


async def test_a_change_of_nothing_and_a_change_too_late_are_refused(cast: Roster) -> None:
    meeting = await called(cast)
    clerk = cast.hands[VAN]
    await clerk.press("mchange", meeting)
    await clerk.say("Thử")
    draft = int(clerk.screen_with("form_drop")["form_drop"][0])
    assert (await clerk.try_press("form_send", draft)).refusal is not None
    await cast.hands[AN].press("mcancel", meeting)
    await cast.hands[AN].say("Hoãn")
    assert (await clerk.try_press("form_send", draft)).refusal is not None
    assert (await clerk.try_press("mchange", meeting)).refusal is not None
    assert (await clerk.try_press("mcancel", meeting)).refusal is not None
    assert (await clerk.try_press("mpapers", meeting)).refusal is not None


async def test_a_called_meeting_stays_regular_and_its_papers_keep_their_lead_time(
    cast: Roster,
) -> None:
    meeting = await called(cast)
    clerk = cast.hands[VAN]
    await cast.stage.move_to(START + timedelta(days=1, hours=4))
    await clerk.press("mchange", meeting)
    await clerk.say("Họp sớm hơn")
    draft = int(clerk.screen_with("form_drop")["form_drop"][0])
    await clerk.press("form_again", draft, "agenda")
    await clerk.send_file("Du thao.docx", b"noi dung")
    await clerk.press("form_fill", draft, "agenda", "done")
    await clerk.press("form_again", draft, "starts")
    await clerk.say("8 giờ 00 ngày 04/03/2026")
    seen = await clerk.try_press("form_send", draft)
    assert seen.refusal is not None
    assert "ít nhất 1 ngày" in seen.refusal
    assert "bất thường" not in seen.refusal, "what is not offered is not said to be possible"
    assert clerk.shows("mextra", draft) is None
    assert (await clerk.try_press("mextra", draft)).refusal is not None
    assert (await clerk.try_press("form_send", draft)).refusal == seen.refusal


async def test_going_back_in_a_change_ends_at_the_start(cast: Roster) -> None:
    meeting = await called(cast)
    clerk = cast.hands[VAN]
    await clerk.press("mchange", meeting)
    for asked in (
        "bí mật nhà nước",
        "Đại biểu mời",
        "Chương trình",
        "Địa điểm họp",
        "Thời gian họp",
    ):
        seen = await clerk.press("form_back", *clerk.screen_with("form_back")["form_back"])
        assert asked in seen[-1]
    assert "form_back" not in clerk.screen_with("form_drop")
    draft = int(clerk.screen_with("form_drop")["form_drop"][0])
    for question, value in (("kind", "extraordinary"), ("body", "dang_doan")):
        assert (await clerk.try_press("form_fill", draft, question, value)).refusal is not None


async def test_head_and_deputy_find_the_way_to_a_meeting_on_their_first_screen(
    cast: Roster,
) -> None:
    for name, offered in ((AN, True), (BINH, True), (CUONG, False), (KHACH, False), (VAN, True)):
        await cast.hands[name].say("/start")
        found = cast.hands[name].shows("invite", cast.committee) is not None
        assert found is offered, name


async def test_wrong_documents_are_put_aside_before_they_go_out(cast: Roster) -> None:
    clerk = cast.hands[VAN]
    draft = await begun(clerk, cast)
    await clerk.say("Việc A")
    await clerk.send_file("Nham.docx", b"nham")
    await clerk.press("mnofiles", draft, "all")
    assert (await clerk.try_press("mnofiles", draft, "all")).refusal is not None
    await finished(cast, draft)
    await cast.hands[AN].press("mapprove", 1)
    await clerk.press("mpapers", 1)
    await clerk.send_file("Nham nua.docx", b"nham nua")
    await clerk.press("mpaway", 1)
    assert (await clerk.try_press("mpsend", 1)).refusal is not None
    assert [m.document.name for m in files_to(cast, BINH) if m.document] == ["lich-hop-so-1.ics"]


async def test_a_closed_item_taken_off_is_told_to_members_and_to_no_guest(cast: Roster) -> None:
    meeting = await called(cast)
    clerk = cast.hands[VAN]
    await clerk.press("mchange", meeting)
    await clerk.say("Chưa chuẩn bị xong")
    draft = int(clerk.screen_with("form_drop")["form_drop"][0])
    await clerk.press("form_again", draft, "agenda")
    await clerk.press("mtakeoff", draft, "i2")
    await clerk.press("form_fill", draft, "agenda", "done")
    await clerk.press("form_send", draft)
    told_of = {
        name: any("THAY ĐỔI CUỘC HỌP" in m.text for m in cast.hands[name].messages)
        for name in (BINH, KHACH)
    }
    assert told_of == {BINH: True, KHACH: False}


NOTHING_NAMED = ("-", "–", "1.", "1.\n2)", "12")


async def test_numbers_and_dashes_alone_are_no_items_and_no_guests(cast: Roster) -> None:
    clerk = cast.hands[VAN]
    draft = await begun(clerk, cast)
    await clerk.say("Chương trình công tác")
    before = await fields_of(cast, draft)
    for words in NOTHING_NAMED:
        seen = await clerk.try_say(words)
        assert seen.refusal is not None, words
        assert "ĐỀ NGHỊ NHẬP TÊN NỘI DUNG" in seen.refusal
        assert "Chương trình họp không thay đổi" in seen.refusal
    assert await fields_of(cast, draft) == before

    await clerk.press("form_show", draft)
    await clerk.press("mentry", draft, "o1")
    assert "ĐỀ NGHỊ NHẬP TÊN NỘI DUNG" in (await clerk.try_say("–")).texts[-1], "nor a new name"
    assert await fields_of(cast, draft) == before

    await clerk.press("form_show", draft)
    await clerk.press("form_fill", draft, "agenda", "done")
    await clerk.say("Ông Lý Văn Khách")
    before = await fields_of(cast, draft)
    for words in NOTHING_NAMED:
        seen = await clerk.try_say(words)
        assert seen.refusal is not None, words
        assert "ĐỀ NGHỊ NHẬP TÊN ĐẠI BIỂU MỜI" in seen.refusal
    assert await fields_of(cast, draft) == before
    await clerk.say("1. Bà Đỗ Thị Mời")
    assert [each["name"] for each in (await fields_of(cast, draft))["invited"]] == [
        "Ông Lý Văn Khách",
        "Bà Đỗ Thị Mời",
    ]


async def fields_of(cast: Roster, draft: int) -> dict[str, Any]:
    """What the form holds so far."""
    async with cast.stage.bot.context.look() as work:
        found = await drafts.get(work.tx, draft)
    assert found is not None
    return found.fields
