"""What people do with their phones, and what the bot hears of it."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, ChatMember
from telegram.error import ChatMigrated

from bot.clock import MovableClock
from simulator.difference import NotPossibleError
from simulator.world import World
from tests.simulator.conftest import AN, BINH, GROUP, STRANGER, Raw


async def heard(raw: Raw) -> list[dict[str, Any]]:
    """What the bot hears now, confirmed."""
    updates: list[dict[str, Any]] = await raw.result("getUpdates")
    if updates:
        await raw.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    return updates


async def test_a_link_opens_the_bot_with_its_payload(bot: Bot, world: World) -> None:
    world.open_link(STRANGER, "moi-abc")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start moi-abc"
    assert update.message.parse_entities(["bot_command"]) == {update.message.entities[0]: "/start"}
    assert update.effective_user is not None
    assert update.effective_user.id == STRANGER
    await bot.send_message(STRANGER, "Chào đồng chí")


async def test_a_press_is_answered_by_a_toast_or_an_alert(bot: Bot, world: World) -> None:
    sent = await bot.send_message(AN, "x")
    pressed = world.press(AN, sent.message_id, "1:ack:7")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id, query.message) == ("1:ack:7", AN, sent)
    assert not pressed.answered
    await query.answer("Đã ghi nhận", show_alert=True)
    assert await pressed.wait() is pressed
    assert (pressed.text, pressed.alert, pressed.answers) == ("Đã ghi nhận", True, 1)
    assert not world.chat(AN).messages[0].unread


async def test_one_may_press_with_forged_data_but_not_on_what_is_gone(
    bot: Bot, world: World
) -> None:
    sent = await bot.send_message(AN, "x")
    world.press(BINH, sent.message_id, "forged", chat_id=AN)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.from_user.id == BINH
    await bot.delete_message(AN, sent.message_id)
    with pytest.raises(NotPossibleError):
        world.press(AN, sent.message_id, "1:ack:7")


async def test_blocking_and_unblocking_are_told_as_my_chat_member(bot: Bot, world: World) -> None:
    world.block(AN)
    with pytest.raises(NotPossibleError):
        world.say(AN, "x")
    world.unblock(AN)
    changes = [u.my_chat_member for u in await bot.get_updates()]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes if c] == [
        (ChatMember.MEMBER, ChatMember.BANNED),
        (ChatMember.BANNED, ChatMember.MEMBER),
    ]
    world.block(AN)
    world.open_link(AN)
    await bot.send_message(AN, "x")


async def test_an_edited_message_is_told_as_such(
    bot: Bot, world: World, clock: MovableClock
) -> None:
    written = world.say(AN, "Đồng ý")
    clock.advance(timedelta(minutes=1))
    world.edit(AN, written.message_id, "Không đồng ý")
    _, edited = await bot.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "Không đồng ý"
    assert edited.edited_message.edit_date == clock.now()
    with pytest.raises(NotPossibleError):
        world.edit(BINH, written.message_id, "x", chat_id=AN)
    for words in (" \n", "x" * 4097):
        with pytest.raises(NotPossibleError):
            world.edit(AN, written.message_id, words)
    clock.advance(timedelta(hours=48, seconds=1))
    with pytest.raises(NotPossibleError):
        world.edit(AN, written.message_id, "Đồng ý")
    assert written.text == "Không đồng ý"


async def test_a_long_opinion_goes_out_in_pieces_that_split_no_character(
    raw: Raw, world: World
) -> None:
    world.say(AN, "a" + "😀" * 4096)
    texts = [u["message"]["text"] for u in await heard(raw)]
    assert [len(text.encode("utf-16-le")) // 2 for text in texts] == [4095, 4096, 2]
    assert "".join(texts) == "a" + "😀" * 4096


async def test_blank_and_hostile_texts_come_as_telegram_would_send_them(
    raw: Raw, world: World
) -> None:
    with pytest.raises(NotPossibleError):
        world.say(AN, " \n\u202e")
    world.say(AN, "{{7*7}} <b>&\x00\u202eabc")
    (update,) = await heard(raw)
    assert update["message"]["text"] == "{{7*7}} <b>& abc"


async def test_in_a_group_the_bot_hears_commands_its_name_and_replies_alone(
    raw: Raw, world: World
) -> None:
    card = await raw.result("sendMessage", chat_id=GROUP, text="Mở riêng")
    for words in (
        "chuyện riêng",
        "/help",
        "/help@other_bot",
        "/help@dongthuan_demo_bot",
        "này @dongthuan_demo_bot",
    ):
        world.say(AN, words, GROUP)
    world.say(BINH, "trả lời", GROUP, reply_to=card["message_id"])
    texts = [u["message"]["text"] for u in await heard(raw)]
    assert texts == ["/help", "/help@dongthuan_demo_bot", "này @dongthuan_demo_bot", "trả lời"]
    with pytest.raises(NotPossibleError):
        world.say(STRANGER, "x", GROUP)


async def test_several_people_press_under_one_group_message(bot: Bot, world: World) -> None:
    sent = await bot.send_message(GROUP, "x")
    world.press(AN, sent.message_id, "1:a", GROUP)
    world.press(BINH, sent.message_id, "1:a", GROUP)
    presses = [u.callback_query for u in await bot.get_updates()]
    assert [(q.from_user.id, q.message.chat.id) for q in presses if q and q.message] == [
        (AN, GROUP),
        (BINH, GROUP),
    ]
    assert len({q.id for q in presses if q}) == 2


async def test_a_bot_brought_in_and_thrown_out_hears_it(raw: Raw, world: World) -> None:
    world.remove_bot(AN, GROUP)
    words = await raw.refused("sendMessage", chat_id=GROUP, text="x")
    assert words == "Forbidden: bot was kicked from the group chat"
    world.add_bot(AN, GROUP)
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in await heard(raw)]
    assert statuses == ["kicked", "member"]


async def test_a_group_that_became_a_supergroup_names_its_new_id(bot: Bot, world: World) -> None:
    world.migrate(GROUP, -1_000_000_000_500)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(GROUP, "x")
    assert moved.value.new_chat_id == -1_000_000_000_500
    sent = await bot.send_message(moved.value.new_chat_id, "x")
    assert sent.chat.type == "supergroup"


async def test_chats_of_different_people_stay_apart(bot: Bot, world: World) -> None:
    await bot.send_message(AN, "cho An")
    await bot.send_message(BINH, "cho Bình")
    assert [m.text for m in world.chat(AN).messages] == ["cho An"]
    assert [m.text for m in world.chat(BINH).messages] == ["cho Bình"]


async def test_whoever_watches_sees_everything_live(
    bot: Bot, world: World, clock: MovableClock
) -> None:
    watching = world.events.subscribe()
    written = world.say(AN, "x")
    sent = await bot.send_message(AN, "y")
    await bot.edit_message_text("z", AN, sent.message_id)
    pressed = world.press(AN, sent.message_id, "1:a")
    await bot.answer_callback_query(pressed.query_id, "Xong")
    await bot.send_chat_action(AN, "typing")
    await bot.delete_message(AN, sent.message_id)
    clock.advance(timedelta(hours=1))
    world.faults.fail(500)
    world.events.publish("narrator", text="Sáng thứ Hai")
    seen = watching.ready()
    assert [event["kind"] for event in seen] == [
        "message", "message", "edit", "press", "toast", "typing", "delete", "clock", "fault", "narrator",
    ]  # fmt: skip
    assert (seen[0]["chat_id"], seen[0]["message_id"]) == (AN, written.message_id)
    assert seen[3]["data"] == "1:a"
    assert seen[4]["text"] == "Xong"
    watching.close()
    world.say(AN, "unseen")
    assert watching.ready() == []


def test_ids_are_given_once(world: World) -> None:
    with pytest.raises(ValueError, match="already"):
        world.add_person(AN, "Khác")
    with pytest.raises(ValueError, match="no free id"):
        world.add_group(5, "Dương", [])


async def test_malformed_updates_can_be_put_in_as_they_are(raw: Raw, world: World) -> None:
    world.inject("message", {"message_id": "?"})
    assert [u["message"] for u in await raw.result("getUpdates")] == [{"message_id": "?"}]
