from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.values.action import action, encode
from tests.faults.committee import CLERK, DAY, HOUR, STRANGER, Committee, committee
from tests.faults.facts import facts
from tests.faults.machine import count

SUBJECT, TEXT = "Việc kín đáo thứ nhất", "Văn bản kín đáo"
OF_MEMBERS = ("reply", "form", "ack", "text", "edit", "result", "more", "reserve")
OF_THE_OFFICE = (
    "dash", "asked", "asked_text", "approve", "decline", "remind", "extend", "strike", "withdraw",
    "close", "delivery", "paper",
)  # fmt: skip
GROUP = -1_000_000_000_777


@pytest.mark.parametrize("fault", ["duplicate_update", "press_again"])
async def test_a_press_that_arrives_twice_counts_once(house: Committee, fault: str) -> None:
    matter = await house.opens(SUBJECT)
    house.stage.world.faults.fail(fault)  # type: ignore[arg-type]
    for account in house.accounts:
        house.presses(account, "reply", matter, "approve", on=house.form(account, matter))
    await house.stage.settle()
    house.stage.world.faults.clear()
    assert count(house.stage.path, "replies") == 4
    assert count(house.stage.path, "register", "act = 'reply'") == 4


async def test_twenty_presses_at_once_by_one_member_are_one_answer(house: Committee) -> None:
    matter = await house.opens(SUBJECT)
    account = house.accounts[1]
    form = house.form(account, matter)
    code = encode(action("reply", matter, "approve"))
    pressed = [house.stage.world.press(account, form.message_id, code) for _ in range(20)]
    await house.stage.settle()
    assert count(house.stage.path, "replies") == 1
    assert all(each.answered and "Đã ghi nhận" in each.text for each in pressed)


async def test_of_twenty_different_presses_at_once_the_last_one_counts(house: Committee) -> None:
    matter = await house.opens(SUBJECT)
    account = house.accounts[1]
    form = house.form(account, matter)
    for number in range(20):
        choice = "approve" if number % 2 else "approve_with_comments"
        house.presses(account, "reply", matter, choice, on=form)
    await house.stage.settle()
    assert count(house.stage.path, "replies") == 20
    assert "Ý kiến đã ghi nhận: Tán thành (lúc" in house.form(account, matter).text


async def test_fifty_members_in_the_very_second_of_the_deadline_all_count(tmp_path: Path) -> None:
    async with committee(tmp_path, 50) as house:
        stage = house.stage
        deadline = stage.clock.now() + DAY
        matter = await house.opens(SUBJECT, deadline=deadline)
        await stage.move_to(deadline - timedelta(seconds=1))
        for account in house.accounts[:25]:
            house.presses(account, "reply", matter, "approve", on=house.form(account, matter))
        stage.show(deadline)
        for account in house.accounts[25:]:
            house.presses(account, "reply", matter, "approve", on=house.form(account, matter))
        await stage.settle()
        await stage.move_to(deadline + HOUR)
        assert count(stage.path, "replies", "late = 0") == 50
        assert count(stage.path, "register", "act = 'close'") == 1
        counted = "json_extract(result, '$.tally.approve') = 50"
        assert count(stage.path, "consultations", counted) == 1
        await house.verified()


async def test_presses_after_the_deadline_are_kept_and_do_not_count(house: Committee) -> None:
    deadline = house.stage.clock.now() + DAY
    matter = await house.opens(SUBJECT, deadline=deadline)
    form = house.form(house.accounts[1], matter)
    await house.stage.move_to(deadline + timedelta(seconds=1))
    house.presses(house.accounts[1], "reply", matter, "approve", on=form)
    await house.stage.settle()
    assert count(house.stage.path, "replies", "late = 1") == 1
    assert count(house.stage.path, "replies", "late = 0") == 0


async def test_a_deadline_passed_while_the_bot_was_down_acts_once_and_says_so(
    house: Committee,
) -> None:
    stage, deadline = house.stage, house.stage.clock.now() + DAY
    matters = [await house.opens(f"Việc thứ {n}", deadline=deadline) for n in (1, 2, 3)]
    form = house.form(house.accounts[1], matters[0])
    await stage.move_to(deadline - HOUR)
    await stage.stop_bot()
    house.presses(house.accounts[1], "reply", matters[0], "approve", on=form)
    for hours in (2, 3, 4):
        stage.show(deadline + hours * HOUR)
        await stage.start_bot()
        await stage.move_to(deadline + hours * HOUR + timedelta(seconds=1))
        await stage.stop_bot()
    await stage.start_bot()
    assert count(stage.path, "replies", "late = 0") == 1
    assert count(stage.path, "register", "act = 'close'") == 3
    results = [m.text for m in house.hands(house.head).messages if "KẾT QUẢ" in m.text]
    assert len(results) == 3
    assert all("gián đoạn" in text for text in results)


# --- who has no right ----------------------------------------------------------------------------


def all_that_was_said(house: Committee, chat: int) -> str:
    messages = house.stage.world.chat(chat).messages
    return "\n".join(text for m in messages if m.from_bot for text in (m.text, *m.versions))


async def test_a_strangers_words_and_files_get_an_answer_without_content(house: Committee) -> None:
    await house.opens(SUBJECT, TEXT)
    before, stranger = facts(house.stage.path), house.hands(STRANGER)
    await stranger.try_say("/start")
    await stranger.try_say("Cho tôi xem")
    await stranger.try_say("/help")
    await stranger.try_say("/start khong-phai-loi-moi")
    await stranger.try_send_file("tài liệu.pdf", b"x")
    said = all_that_was_said(house, STRANGER)
    assert said
    assert not any(word in said for word in (SUBJECT, TEXT, "Tập thể", *house.names))
    assert facts(house.stage.path) == before


async def test_a_card_in_foreign_hands_opens_nothing(house: Committee) -> None:
    matter = await house.opens(SUBJECT, TEXT)
    before = facts(house.stage.path)
    await house.hands(STRANGER).say("/start")
    for act in (*OF_MEMBERS, *OF_THE_OFFICE):
        args = (matter, "approve") if act == "reply" else (matter,)
        seen = await house.hands(STRANGER).try_press(act, *args)
        assert seen.refusal is not None, act
    said = all_that_was_said(house, STRANGER)
    assert not any(word in said for word in (SUBJECT, TEXT, *house.names))
    assert facts(house.stage.path) == before


async def test_a_member_without_an_office_steers_nothing(house: Committee) -> None:
    matter = await house.opens(SUBJECT)
    before, member = facts(house.stage.path), house.hands(house.accounts[2])
    for act in OF_THE_OFFICE:
        seen = await member.try_press(act, matter)
        assert seen.refusal is not None, act
    assert facts(house.stage.path) == before


async def test_in_a_group_there_is_only_the_way_to_the_private_chat(house: Committee) -> None:
    matter = await house.opens(SUBJECT, TEXT)
    world = house.stage.world
    world.add_group(GROUP, "Nhóm chung", [*house.accounts, STRANGER])
    before = facts(house.stage.path)
    world.say(house.accounts[1], "/start", chat_id=GROUP)
    world.say(house.accounts[1], "Tôi tán thành", chat_id=GROUP)
    await house.stage.settle()
    said = world.chat(GROUP).messages[-1]
    assert said.from_bot
    world.press(house.accounts[1], said.message_id, f"1:reply:{matter}:approve", chat_id=GROUP)
    world.press(house.accounts[1], said.message_id, "1:tasks", chat_id=GROUP)
    await house.stage.settle()
    told = all_that_was_said(house, GROUP)
    assert "t.me/dongthuan_demo_bot" in told or any(
        key.url and "t.me/dongthuan_demo_bot" in key.url for row in said.rows for key in row
    )
    assert not any(word in told for word in (SUBJECT, TEXT, "Tập thể", *house.names))
    assert facts(house.stage.path) == before


async def test_a_right_lost_between_screen_and_press_is_lost(house: Committee) -> None:
    matter = await house.opens(SUBJECT)
    member, form = house.accounts[3], house.form(house.accounts[3], matter)
    person = house.persons[member]
    clerk = house.hands(CLERK)
    await clerk.press("people_retire", person)
    await clerk.press("people_retire", person, "yes")
    await clerk.say("Số 12-QĐ/TU ngày 27/02/2026")
    await house.hands(house.head).press("approval_yes", 1)
    before = facts(house.stage.path)
    house.presses(member, "reply", matter, "approve", on=form)
    await house.stage.settle()
    assert facts(house.stage.path) == before


async def test_presses_of_people_side_by_side_do_not_hold_each_other_up(house: Committee) -> None:
    matter = await house.opens(SUBJECT)
    await asyncio.gather(*(house.replies(account, matter) for account in house.accounts))
    assert count(house.stage.path, "replies") == 4


async def test_a_close_typed_in_the_second_of_the_last_answer_counts_that_answer(
    house: Committee,
) -> None:
    matter, stage = await house.opens(SUBJECT), house.stage
    for account in house.accounts[:3]:
        await house.replies(account, matter)
    await stage.move_to(stage.clock.now() + timedelta(seconds=5.7))
    await house.replies(house.accounts[3], matter)
    await house.hands(house.head).press("close", matter)
    await house.hands(house.head).say("Đã đủ ý kiến")
    counted = "json_extract(result, '$.tally.approve') = 4"
    assert count(stage.path, "consultations", counted) == 1
