"""What the bot may send and change, and how it is refused; expected words are Telegram's."""

import io
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
)
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.clock import MovableClock
from simulator.difference import NotPossibleError
from simulator.world import World
from tests.simulator.conftest import AN, BINH, GROUP, STRANGER, Raw

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x14\x00\x00\x00\x0a" + bytes(8)
CARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Tán thành", callback_data="1:reply:7:approve", style="success")]]
)


async def test_a_card_arrives_with_its_entities_and_buttons(bot: Bot, world: World) -> None:
    sent = await bot.send_message(
        AN, "<b>Kính gửi</b>", "HTML", reply_markup=CARD, protect_content=True
    )
    seen = world.chat(AN).messages[0]
    assert (seen.text, seen.html) == ("Kính gửi", "<b>Kính gửi</b>")
    assert (seen.from_bot, seen.unread, seen.protected) == (True, True, True)
    assert [(b.text, b.data, b.style) for b in seen.buttons] == [
        ("Tán thành", "1:reply:7:approve", "success")
    ]
    assert sent.has_protected_content
    assert sent.reply_markup == CARD
    assert sent.parse_entities() == {sent.entities[0]: "Kính gửi"}


@pytest.mark.parametrize(
    "link", ["tg://user?id=101", "tg:user?id=101", "TG://user?x=1&amp;id=101#y"]
)
async def test_a_link_to_an_account_names_the_person(bot: Bot, world: World, link: str) -> None:
    sent = await bot.send_message(BINH, f'Hỏi <a href="{link}">đồng chí An</a>', "HTML")
    (named,) = sent.entities
    assert (named.type, named.offset, named.length) == ("text_mention", 4, 11)
    assert named.user is not None
    assert (named.user.id, named.user.full_name) == (AN, "An Nguyễn Văn")
    assert named.url is None


@pytest.mark.parametrize("account", [STRANGER, 999, 10**18])
async def test_an_account_the_bot_has_never_met_is_not_named(bot: Bot, account: int) -> None:
    sent = await bot.send_message(AN, f'<a href="tg://user?id={account}">Lạ</a>', "HTML")
    assert (sent.text, sent.entities) == ("Lạ", ())


async def test_who_shares_a_group_with_the_bot_can_be_named(bot: Bot, world: World) -> None:
    world.chats[GROUP].member_ids.add(STRANGER)
    sent = await bot.send_message(AN, f'<a href="tg://user?id={STRANGER}">Lạ</a>', "HTML")
    assert [entity.type for entity in sent.entities] == ["text_mention"]


async def test_a_person_can_be_named_by_an_entity(raw: Raw) -> None:
    given = [{"type": "text_mention", "offset": 0, "length": 2, "user": {"id": AN}}]
    sent = await raw.result("sendMessage", chat_id=BINH, text="An", entities=given)
    assert sent["entities"][0]["user"]["first_name"] == "An"


async def test_an_edit_in_place_keeps_what_stood_before(
    bot: Bot, world: World, clock: MovableClock
) -> None:
    sent = await bot.send_message(AN, "Đang mở", reply_markup=CARD)
    clock.advance(timedelta(hours=1))
    await bot.edit_message_text("Đã kết thúc", AN, sent.message_id)
    seen = world.chat(AN).messages[0]
    assert (seen.text, seen.rows, seen.versions) == ("Đã kết thúc", [], ["Đang mở"])
    assert seen.edited_at == clock.now()
    assert world.deliveries_to(AN) == 1


async def test_buttons_alone_can_be_changed(bot: Bot, world: World) -> None:
    sent = await bot.send_message(AN, "x", reply_markup=CARD)
    await bot.edit_message_reply_markup(AN, sent.message_id)
    assert world.chat(AN).messages[0].buttons == []


async def test_an_edit_that_changes_nothing_is_refused(raw: Raw) -> None:
    sent = await raw.result("sendMessage", chat_id=AN, text="<b>x</b>", parse_mode="HTML")
    words = await raw.refused(
        "editMessageText",
        chat_id=AN,
        message_id=sent["message_id"],
        text=" <b>x</b> ",
        parse_mode="HTML",
    )
    assert words == (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )


async def test_edits_of_what_is_gone_or_not_the_bots_are_refused(raw: Raw, world: World) -> None:
    own = (await raw.result("sendMessage", chat_id=AN, text="x"))["message_id"]
    written = world.say(AN, "y").message_id
    edit = "editMessageText"
    assert await raw.result("deleteMessage", chat_id=AN, message_id=own) is True
    assert await raw.refused(edit, chat_id=AN, message_id=own, text="z") == (
        "Bad Request: message to edit not found"
    )
    assert await raw.refused(edit, chat_id=AN, message_id=written, text="z") == (
        "Bad Request: message can't be edited"
    )
    assert await raw.refused("deleteMessage", chat_id=AN, message_id=own) == (
        "Bad Request: message to delete not found"
    )
    assert [m.text for m in world.chat(AN).shown] == ["y"]


@pytest.mark.parametrize(
    ("chat_id", "words"),
    [
        (999, "Bad Request: chat not found"),
        ("@nobody", "Bad Request: chat not found"),
        ("", "Bad Request: chat_id is empty"),
        (STRANGER, "Forbidden: bot can't initiate conversation with a user"),
    ],
)
async def test_chats_out_of_reach_are_refused(raw: Raw, chat_id: object, words: str) -> None:
    assert await raw.refused("sendMessage", chat_id=chat_id, text="x") == words


async def test_who_blocked_the_bot_or_left_telegram_is_out_of_reach(bot: Bot, world: World) -> None:
    world.block(AN)
    with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await bot.send_message(AN, "x")
    world.unblock(AN)
    await bot.send_message(AN, "x")
    world.deactivate(AN)
    with pytest.raises(Forbidden, match=r"^Forbidden: user is deactivated$"):
        await bot.send_message(AN, "x")
    assert world.deliveries_to(AN) == 1


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<i>x", "parse_mode": "html"},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "i"'),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
    ],
)  # fmt: skip
async def test_bad_texts_are_refused(raw: Raw, parameters: dict[str, object], words: str) -> None:
    assert await raw.refused("sendMessage", chat_id=AN, **parameters) == f"Bad Request: {words}"


async def test_length_is_counted_in_utf16_after_parsing(raw: Raw, world: World) -> None:
    text = f"<b>{'😀' * 2048}</b>"
    await raw.result("sendMessage", chat_id=AN, text=text, parse_mode="HTML")
    assert world.chat(AN).messages[0].text == "😀" * 2048
    message_id = world.chat(AN).messages[0].message_id
    assert await raw.refused(
        "editMessageText", chat_id=AN, message_id=message_id, text="x" * 4097
    ) == ("Bad Request: MESSAGE_TOO_LONG")


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "đ" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"text": "x", "callback_data": "x", "style": "rainbow"}, "BUTTON_STYLE_INVALID"),
        ({"text": "x", "url": "ftp://x"}, "inline keyboard button URL 'ftp://x' is invalid: Wrong HTTP URL"),
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ],
)  # fmt: skip
async def test_bad_buttons_are_refused(raw: Raw, button: dict[str, str], words: str) -> None:
    refused = await raw.refused(
        "sendMessage", chat_id=AN, text="x", reply_markup={"inline_keyboard": [[button]]}
    )
    assert refused == f"Bad Request: {words}"


async def test_a_reply_shows_what_it_answers(bot: Bot, world: World) -> None:
    written = world.say(AN, "Xin hỏi")
    sent = await bot.send_message(AN, "Trả lời", reply_to_message_id=written.message_id)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Xin hỏi"


async def test_a_document_goes_out_and_again_by_its_id(bot: Bot, world: World) -> None:
    first = await bot.send_document(
        AN, io.BytesIO(b"Van ban"), "<b>Tờ trình</b>", filename="tờ trình.pdf", parse_mode="HTML"
    )
    assert first.document is not None
    again = await bot.send_document(BINH, first.document.file_id)
    assert again.document == first.document
    seen = world.chat(AN).messages[0]
    assert (seen.text, seen.html) == ("Tờ trình", "<b>Tờ trình</b>")
    kept = world.chat(BINH).messages[0].document
    assert kept is not None
    assert (kept.name, kept.mime, kept.content) == ("tờ trình.pdf", "application/pdf", b"Van ban")
    await bot.edit_message_caption(AN, first.message_id, caption="Đã đóng", reply_markup=CARD)
    assert (seen.text, seen.versions, len(seen.buttons)) == ("Đã đóng", ["Tờ trình"], 1)


async def test_a_picture_has_its_size(bot: Bot) -> None:
    sent = await bot.send_photo(AN, PNG, caption="Mã QR")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (20, 10)
    assert (await bot.send_photo(AN, sent.photo[-1].file_id)).photo == sent.photo


async def test_files_that_are_none_are_refused(raw: Raw) -> None:
    refused = raw.refused
    assert await refused("sendDocument", chat_id=AN, document="x") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await refused("sendDocument", chat_id=AN) == (
        "Bad Request: there is no document in the request"
    )
    assert await refused("sendDocument", chat_id=AN, caption="x" * 1025, document="x") == (
        "Bad Request: message caption is too long"
    )
    sent = await raw.result("sendMessage", chat_id=AN, text="x")
    assert await refused(
        "editMessageCaption", chat_id=AN, message_id=sent["message_id"], caption="y"
    ) == ("Bad Request: there is no caption in the message to edit")


async def test_an_empty_file_and_a_false_picture_are_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)file must be non-empty"):
        await bot.send_document(AN, io.BytesIO(b""), filename="a.pdf")
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(AN, b"text")


async def test_an_album_arrives_whole_or_not_at_all(bot: Bot, world: World) -> None:
    files = [
        InputMediaDocument(b"a", filename="a.pdf"),
        InputMediaDocument(b"b", filename="b.pdf", caption="Hai"),
    ]
    sent = await bot.send_media_group(AN, files)
    assert [m.document.file_name for m in sent if m.document] == ["a.pdf", "b.pdf"]
    assert len({m.media_group_id for m in sent}) == 1
    assert [m.text for m in world.chat(AN).messages] == ["", "Hai"]
    with pytest.raises(BadRequest, match=r"(?i)can't be mixed"):
        await bot.send_media_group(AN, [InputMediaDocument(b"a"), InputMediaPhoto(PNG)])
    assert world.deliveries_to(AN) == 2


async def test_a_copy_carries_the_content_but_not_what_is_protected(bot: Bot, world: World) -> None:
    free = await bot.send_message(AN, "Công khai", reply_markup=CARD)
    closed = await bot.send_message(AN, "Kín", protect_content=True)
    await bot.copy_message(BINH, AN, free.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message can't be copied"):
        await bot.copy_message(BINH, AN, closed.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to copy not found"):
        await bot.copy_message(BINH, AN, 99)
    assert [(m.text, m.rows) for m in world.chat(BINH).messages] == [("Công khai", [])]


async def test_people_forward_what_is_not_protected_without_its_buttons(
    bot: Bot, world: World
) -> None:
    free = await bot.send_message(AN, "Công khai", reply_markup=CARD)
    closed = await bot.send_message(AN, "Kín", protect_content=True)
    assert world.forward(AN, free.message_id, GROUP).rows == []
    with pytest.raises(NotPossibleError):
        world.forward(AN, closed.message_id, GROUP)


async def test_the_bot_keeps_its_profile(bot: Bot, raw: Raw) -> None:
    await bot.set_my_commands([BotCommand("help", "Hướng dẫn")])
    assert await bot.get_my_commands() == (BotCommand("help", "Hướng dẫn"),)
    assert await bot.get_my_commands(language_code="vi") == ()
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    await bot.set_my_name("Tên mới")
    await bot.set_my_description("Dài")
    await bot.set_my_short_description("Ngắn")
    await bot.set_chat_menu_button(AN, MenuButtonCommands())
    assert (await bot.get_my_name()).name == (await bot.get_me()).first_name == "Tên mới"
    assert (await bot.get_my_description()).description == "Dài"
    assert (await bot.get_my_short_description()).short_description == "Ngắn"
    assert await bot.get_chat_menu_button(AN) == MenuButtonCommands()
    commands = [{"command": "Trợ giúp", "description": "x"}]
    assert (
        await raw.refused("setMyCommands", commands=commands) == "Bad Request: BOT_COMMAND_INVALID"
    )


async def test_chats_tell_who_they_are_and_groups_can_be_left(bot: Bot, world: World) -> None:
    sent = await bot.send_message(AN, "x")
    await bot.pin_chat_message(AN, sent.message_id)
    chat = await bot.get_chat(AN)
    assert (chat.type, chat.full_name, chat.username) == ("private", "An Nguyễn Văn", None)
    assert chat.pinned_message is not None
    assert (await bot.get_chat_member(GROUP, BINH)).status == "member"
    assert (await bot.get_chat_member(GROUP, STRANGER)).status == "left"
    await bot.send_chat_action(AN, "typing")
    await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(GROUP, "x")
    assert world.chat(GROUP).messages == []


async def test_a_wrong_token_reads_as_such_to_the_library(world: World, bot: Bot) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:x", bot.base_url.removesuffix(world.token)):
            pass
