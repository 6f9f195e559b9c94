"""Words belong to a question only where it stands on the last screen shown: every question that is registered."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.db import drafts, live_cards
from bot.kit.act import TABLE
from bot.kit.form import FORMS
from bot.values.action import action, encode
from simulator.messages import Message
from tests.faults.committee import CLERK, DAY, HOUR, Committee, committee

TRAFFIC = {"inbox", "outbox", "cards", "liveness"}
"""What a message and its answer may change though nothing is taken from them."""
GROUP = -1_001_000_000_777
STRAY = "Chào chị, mai họp mấy giờ?"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, 3) as made:
        yield made


def everything(path: Path) -> dict[str, list[Any]]:
    """Every row of every table but those of the traffic."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as database:
        named = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            table: database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our tables
            for (table,) in named
            if table not in TRAFFIC
        }


async def asked(house: Committee, kind: str, account: int = CLERK) -> None:
    """Somebody was asked this, by an update of before."""
    async with house.stage.bot.context.work() as work:
        fields: dict[str, Any] = {}
        form = next((each for each in FORMS if each == kind), "launch")
        draft = await drafts.add(work.tx, house.id, house.persons[account], form, fields, work.now)
        ref = {"draft": draft.id, "of": 1, "answers": [], "consultation": 1, "choice": "reject"}
        name = "form" if kind in FORMS else kind
        await drafts.await_words(work.tx, account, name, ref, work.now)
        await drafts.shown(work.tx, account, f"CÂU HỎI {kind}")


QUESTIONS = sorted({*TABLE.words, *FORMS} - TABLE.goes_on)


async def test_no_question_takes_what_is_typed_after_going_home(house: Committee) -> None:
    clerk = house.hands(CLERK)
    for kind in QUESTIONS:
        await asked(house, kind)
        await clerk.say("/start")
        before = everything(house.stage.path)
        seen = await clerk.say(STRAY)
        assert everything(house.stage.path) == before, kind
        assert f"CÂU HỎI {kind}" in seen[-1]
        assert STRAY in seen[-1]


async def test_no_question_takes_what_is_typed_after_another_button(house: Committee) -> None:
    clerk = house.hands(CLERK)
    await clerk.say("/start")
    for kind in QUESTIONS:
        await asked(house, kind)
        await clerk.press("tasks")
        before = everything(house.stage.path)
        assert f"CÂU HỎI {kind}" in (await clerk.say(STRAY))[-1]
        assert everything(house.stage.path) == before, kind


async def test_no_question_takes_what_is_typed_on_another_day(house: Committee) -> None:
    for kind in QUESTIONS:
        await asked(house, kind)
    await house.stage.move_to(house.stage.clock.now() + DAY)
    before = everything(house.stage.path)
    assert "CHƯA ĐƯỢC GHI NHẬN" in (await house.hands(CLERK).say(STRAY))[-1]
    assert everything(house.stage.path) == before


async def test_a_question_below_which_a_message_came_is_answered_only_when_said_so(
    house: Committee,
) -> None:
    head, first = house.hands(house.head), await house.opens("Kế hoạch kiểm tra")
    await head.press("extend", first)
    await house.stage.move_to(house.stage.clock.now() + HOUR)
    await house.asks("Dự toán")  # what waits for the head's approval comes below the question
    await house.stage.move_to(house.stage.clock.now() + HOUR)
    before = everything(house.stage.path)
    seen = await head.say("17 giờ ngày 20/3")
    assert "GIA HẠN · số 1 · Kế hoạch kiểm tra" in seen[-1]
    assert everything(house.stage.path) == before
    assert "nhập lý do" in (await head.press_label("Lấy làm câu trả lời"))[-1]
    await head.say("Cần thêm thời gian.")
    assert "Cần thêm thời gian." in head.messages[-1].text


async def test_a_refused_press_leaves_the_question_unless_it_was_its_own(house: Committee) -> None:
    head, first = house.hands(house.head), await house.opens("Kế hoạch kiểm tra")
    await head.press("extend", first)
    assert (await head.try_press("extend", first, "1")).refusal is not None
    assert "nhập lý do" in (await head.say("17 giờ ngày 20/3"))[-1]
    await head.press("extend", first)
    assert (await head.try_press("approve", 999)).refusal is not None
    assert "GIA HẠN · số 1" in (await head.say("17 giờ ngày 20/3"))[-1]
    assert "CHƯA ĐƯỢC GHI NHẬN" in head.messages[-1].text


async def test_a_message_taken_later_is_kept_as_it_was_sent(house: Committee) -> None:
    member, matter = house.hands(house.accounts[1]), await house.opens("Kế hoạch kiểm tra")
    await member.press("reply", matter, "differ")
    await member.say("/start")
    await member.say("Nên lùi sang quý III.")
    await member.say("/help@ten_bot")
    await member.press_label("Lấy làm câu trả lời")
    assert replies(house) == [("differ", ""), ("differ", "Nên lùi sang quý III.")]
    assert (await member.try_press("take_words", 1, 1)).refusal is not None
    assert len(replies(house)) == 2


async def test_nobody_takes_the_message_of_another(house: Committee) -> None:
    member, other = house.hands(house.accounts[1]), house.hands(house.accounts[2])
    matter = await house.opens("Kế hoạch kiểm tra")
    for hands in (member, other):
        await hands.press("reply", matter, "differ")
        await hands.say("/start")
        await hands.say("Ý kiến riêng.")
    (_, (mine, _)), *_ = member.labelled("take_words")
    (_, (_, of_other)), *_ = other.labelled("take_words")
    assert (await other.try_press("take_words", mine, of_other)).refusal is not None
    assert replies(house) == [("differ", ""), ("differ", "")]


def replies(house: Committee) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(house.stage.path)) as database:
        rows = database.execute("SELECT choice, words FROM replies ORDER BY id").fetchall()
    return [(choice, words) for choice, words in rows]


# --- what a person may believe to count --------------------------------------------------------


async def test_a_reply_to_a_card_of_another_matter_is_no_answer_to_the_question(
    house: Committee,
) -> None:
    member = house.hands(house.accounts[1])
    first, second = await house.opens("Việc một"), await house.opens("Việc hai")
    await member.press("reply", second, "reject")
    card = house.form(member.user_id, first)
    said = "Tôi đồng ý việc này."
    house.stage.world.say(member.user_id, said, reply_to=card.message_id)
    await house.stage.settle()
    shown = member.messages[-1]
    assert "Việc một" in shown.text
    assert "KHÔNG TÁN THÀNH · số 2 · Việc hai" in shown.text
    assert replies(house) == [("reject", "")]
    await member.press_label("Mở nội dung này")
    assert "số 1" in member.messages[-1].text
    question = member.shows("words", second) or house.form(member.user_id, second)
    house.stage.world.say(member.user_id, "Chưa cần.", reply_to=question.message_id)
    await house.stage.settle()
    await member.press_label("Lấy làm câu trả lời")
    assert replies(house)[-1] == ("reject", "Chưa cần.")


async def test_a_reply_to_the_question_itself_answers_it(house: Committee) -> None:
    member, matter = house.hands(house.accounts[1]), await house.opens("Việc một")
    card = house.form(member.user_id, matter)
    await member.press("reply", matter, "reject")
    house.stage.world.say(member.user_id, "Chưa cần.", reply_to=card.message_id)
    await house.stage.settle()
    assert replies(house)[-1] == ("reject", "Chưa cần.")


NOT_TAKEN: dict[str, Any] = {
    "sticker": {
        "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
        "is_animated": False, "is_video": False,
    },
    "voice": {"file_id": "v", "file_unique_id": "v", "duration": 3},
    "video": {"file_id": "v", "file_unique_id": "v", "duration": 3, "width": 1, "height": 1},
    "contact": {"phone_number": "0", "first_name": "A"},
    "location": {"longitude": 105.8, "latitude": 21.0},
    "poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
        "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        "allows_revoting": False, "members_only": False,
    },
}  # fmt: skip


def injected(house: Committee, account: int, **content: Any) -> None:
    world = house.stage.world
    message = {
        "message_id": world.new_message_id(),
        "date": int(house.stage.clock.now().timestamp()),
        "chat": {"id": account, "type": "private", "first_name": "A"},
        "from": world.people[account].as_json(),
    }
    world.inject("message", message | content)


@pytest.mark.parametrize("kind", sorted(NOT_TAKEN))
async def test_what_is_neither_words_nor_a_file_is_answered_and_the_question_goes_on(
    house: Committee, kind: str
) -> None:
    member, matter = house.hands(house.accounts[1]), await house.opens("Việc một")
    await member.press("reply", matter, "reject")
    injected(house, member.user_id, **{kind: NOT_TAKEN[kind]}, caption="Đồng ý")
    await house.stage.settle()
    assert "CHƯA ĐƯỢC GHI NHẬN" in member.messages[-1].text
    assert "KHÔNG TÁN THÀNH · số 1 · Việc một" in member.messages[-1].text
    assert replies(house) == [("reject", "")]
    await member.say("Chưa cần.")
    assert replies(house)[-1] == ("reject", "Chưa cần.")


async def test_what_telegram_tells_by_a_message_is_no_message_of_a_person(house: Committee) -> None:
    member = house.hands(house.accounts[1])
    count = len(member.messages)
    injected(
        house, member.user_id, message_auto_delete_timer_changed={"message_auto_delete_time": 1}
    )
    await house.stage.settle()
    assert len(member.messages) == count


async def test_an_unknown_command_is_no_words(house: Committee) -> None:
    member, matter = house.hands(house.accounts[1]), await house.opens("Việc một")
    await member.press("reply", matter, "reject")
    assert "không dùng lệnh" in (await member.say("/huy"))[-1]
    await member.say("Chưa cần.")
    assert replies(house) == [("reject", ""), ("reject", "Chưa cần.")]


async def test_in_a_group_only_what_means_the_bot_is_answered(house: Committee) -> None:
    world, member = house.stage.world, house.accounts[1]
    world.add_group(GROUP, "Nhóm chung", [*house.accounts])
    group = {"chat": {"id": GROUP, "type": "supergroup", "title": "Nhóm chung"}}
    name = world.bot_username
    for content in (
        {"text": "/start@bot_khac"},
        {"text": f"Hỏi @{name}_khac nhé"},
        {"text": "Tôi đồng ý."},
        {"sticker": NOT_TAKEN["sticker"]},
    ):
        injected(house, member, **content, **group)
    await house.stage.settle()
    assert [message for message in world.chat(GROUP).messages if message.from_bot] == []
    injected(house, member, text=f"Xin hỏi @{name}", **group)
    injected(house, member, text=f"/start@{name}", **group)
    await house.stage.settle()
    answers = [message for message in world.chat(GROUP).messages if message.from_bot]
    assert ["cuộc trò chuyện riêng" in each.text for each in answers] == [True, True]


# --- the screen of a question ------------------------------------------------------------------


def screen(house: Committee, account: int, words: str) -> Message:
    """The newest message of the bot that holds these words."""
    found = [m for m in house.hands(account).messages if m.from_bot and words in m.text]
    return found[-1]


async def test_a_question_answered_by_words_loses_its_buttons(house: Committee) -> None:
    head, first = house.hands(house.head), await house.opens("Kế hoạch kiểm tra")
    await head.press("extend", first)
    asked = screen(house, house.head, "GIA HẠN")
    assert asked.buttons

    await head.say("17 giờ ngày 20/3")
    assert asked.buttons == []
    assert asked.text == "GIA HẠN · số 1 · Kế hoạch kiểm tra\n\nĐã nhận câu trả lời bằng tin nhắn."
    reason = screen(house, house.head, "nhập lý do")
    assert reason.message_id != asked.message_id
    assert reason.buttons

    await head.say("Cần thêm thời gian.")
    assert reason.buttons == []
    told = [m for m in head.messages if "Đã nhận câu trả lời bằng tin nhắn" in m.text]
    assert told == [asked, reason], "edited, not sent anew"


async def test_words_that_are_refused_leave_the_question_its_buttons(house: Committee) -> None:
    head, first = house.hands(house.head), await house.opens("Kế hoạch kiểm tra")
    await head.press("extend", first)
    asked = screen(house, house.head, "GIA HẠN")
    buttons, text = list(asked.buttons), asked.text
    assert (await head.try_say("khi nào xong thì thôi")).refusal is not None
    assert (asked.buttons, asked.text) == (buttons, text)


async def test_what_the_message_shows_since_is_not_taken_away(house: Committee) -> None:
    clerk = house.hands(CLERK)
    await clerk.say("/start")
    await clerk.press("calendar", house.id)
    asked = clerk.messages[-1]
    await clerk.press_label("Thêm ngày nghỉ")
    await clerk.press("calendar", house.id, 2026)
    shown, buttons = asked.text, list(asked.buttons)
    await clerk.say("30/4/2026")
    await clerk.press_label("Lấy làm câu trả lời")
    assert "30/4/2026" in clerk.messages[-1].text
    assert (asked.text, asked.buttons) == (shown, buttons), "no question stands there any more"


async def test_a_card_over_which_words_were_asked_shows_the_answer_with_its_buttons(
    house: Committee,
) -> None:
    member, matter = house.hands(house.accounts[1]), await house.opens("Kế hoạch kiểm tra")
    form = screen(house, house.accounts[1], "Kế hoạch kiểm tra")
    world, data = house.stage.world, encode(action("reply", matter, "differ"))
    for words in ("Nên lùi sang quý III.", "Nên lùi sang quý IV."):
        world.press(member.user_id, form.message_id, data)
        await house.stage.settle()
        await member.say(words)
        shown = (form.text, *form.versions)
        assert not any("Đã nhận câu trả lời bằng tin nhắn" in each for each in shown)
        assert form.buttons


async def test_what_was_found_before_keeps_its_buttons(house: Committee) -> None:
    clerk = house.hands(CLERK)
    await house.opens("Kế hoạch kiểm tra")
    await clerk.say("/start")
    await clerk.press("search", house.id)
    await clerk.say("kiểm tra")
    found = clerk.messages[-1]
    assert found.buttons
    await clerk.say("kế hoạch")
    assert clerk.messages[-1] is not found
    assert found.buttons


# --- files -------------------------------------------------------------------------------------


async def at_the_text(house: Committee) -> int:
    """The clerk's launch form, where it asks for the text."""
    clerk = house.hands(CLERK)
    await clerk.say("/start")
    await clerk.press("launch", house.id)
    draft = await house.draft()
    await clerk.press("form_fill", draft, "ground", "urgent_no_meeting")
    await clerk.press("form_fill", draft, "matter", "general")
    await clerk.say("Kế hoạch kiểm tra")
    return draft


async def test_an_album_is_taken_in_order_with_its_caption_and_answered_once(
    house: Committee,
) -> None:
    clerk, draft = house.hands(CLERK), await at_the_text(house)
    count = len(clerk.messages)
    for number in range(5):
        caption = "Kính gửi các đồng chí." if number == 0 else ""
        house.stage.world.send_document(
            CLERK, f"Tệp {number}.pdf", b"%d" % number, caption, album="77"
        )
    await house.stage.settle()
    answers = [message for message in clerk.messages[count:] if message.from_bot]
    assert len(answers) == 1
    places = [answers[0].text.index(f"Tệp {number}.pdf") for number in range(5)]
    assert places == sorted(places)
    assert "Kính gửi các đồng chí." in answers[0].text
    await clerk.press("form_fill", draft, "text", "done")
    await clerk.say("17 giờ ngày 5/3")
    await clerk.press("form_fill", draft, "secret_free", "yes")
    assert "Kính gửi các đồng chí." in clerk.messages[-1].text


async def test_an_album_that_nobody_asked_for_is_answered_once(house: Committee) -> None:
    member = house.hands(house.accounts[1])
    count = len(member.messages)
    for number in range(4):
        house.stage.world.send_document(member.user_id, f"{number}.pdf", b"x", album="78")
    await house.stage.settle()
    answers = [message for message in member.messages[count:] if message.from_bot]
    assert ["Tệp vừa gửi chưa được ghi nhận" in each.text for each in answers] == [True]


async def test_an_album_sent_after_going_home_is_taken_whole_when_said_so(house: Committee) -> None:
    clerk, _ = house.hands(CLERK), await at_the_text(house)
    await clerk.say("/start")
    for number in range(3):
        house.stage.world.send_document(CLERK, f"Tệp {number}.pdf", b"%d" % number, album="79")
    await house.stage.settle()
    await clerk.press_label("Lấy làm câu trả lời")
    shown = clerk.messages[-1].text
    assert [f"Tệp {number}.pdf" in shown for number in range(3)] == [True, True, True]


async def test_typed_words_take_the_place_of_a_caption(house: Committee) -> None:
    clerk, draft = house.hands(CLERK), await at_the_text(house)
    house.stage.world.send_document(CLERK, "Tờ trình.pdf", b"x", "Gửi anh xem")
    await house.stage.settle()
    await clerk.say("Kính đề nghị cho ý kiến.")
    await clerk.say("17 giờ ngày 5/3")
    await clerk.press("form_fill", draft, "secret_free", "yes")
    assert "Kính đề nghị cho ý kiến." in clerk.messages[-1].text
    assert "Gửi anh xem" not in clerk.messages[-1].text


# --- drafts ------------------------------------------------------------------------------------


async def test_a_draft_stands_on_the_first_screen_and_goes_on_where_it_stood(
    house: Committee,
) -> None:
    clerk, draft = house.hands(CLERK), await at_the_text(house)
    await clerk.say("/start")
    await clerk.press_label("Bản nháp đang lập")
    assert clerk.messages[-1].buttons[0].text.startswith("Kế hoạch kiểm tra · Phiếu")
    shown = await clerk.press("form_show", draft)
    assert "Tên nội dung: Kế hoạch kiểm tra" in shown[-1]
    await clerk.say("Kính đề nghị cho ý kiến.")
    await clerk.say("17 giờ ngày 5/3")
    await clerk.press("form_fill", draft, "secret_free", "yes")
    await clerk.press("form_send", draft)
    await clerk.say("/start")
    assert "Bản nháp đang lập" not in [key.text for key in clerk.messages[-1].buttons]


async def test_a_card_two_steps_old_drops_nothing_of_the_draft_of_now(house: Committee) -> None:
    clerk, draft = house.hands(CLERK), await at_the_text(house)
    for button in ("form_drop", "form_drop_yes", "form_back"):
        seen = await clerk.try_press(button, draft, "matter")
        assert seen.refusal is not None
        assert seen.refusal.startswith("ĐỀ NGHỊ DÙNG MÀN HÌNH MỚI NHẤT")
    await clerk.say("/start")
    assert "Bản nháp đang lập" in [key.text for key in clerk.messages[-1].buttons]


async def test_whether_a_draft_is_dropped_is_asked_on_the_card_of_that_draft(
    house: Committee,
) -> None:
    """Under another name it would be taken for what bears the same number, such as a consultation."""
    clerk, draft = house.hands(CLERK), await at_the_text(house)
    await clerk.press("form_drop", draft, "text")
    asked = clerk.messages[-1].message_id
    async with house.stage.bot.context.look() as work:
        assert await live_cards.standing(work.tx, CLERK, asked) == f"draft:{draft}"


async def test_nothing_typed_where_a_draft_may_be_dropped_answers_the_question_below(
    house: Committee,
) -> None:
    clerk, draft = house.hands(CLERK), await at_the_text(house)
    await clerk.press("form_drop", draft, "text")
    assert "LẬP PHIẾU XIN Ý KIẾN: văn bản xin ý kiến" in (await clerk.say("Không"))[-1]
    await clerk.press("form_drop", draft, "text")
    await clerk.press("form_drop_yes", draft, "text")
    await clerk.say("/start")
    assert "Bản nháp đang lập" not in [key.text for key in clerk.messages[-1].buttons]
