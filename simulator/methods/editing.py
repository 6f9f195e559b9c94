"""Methods that change or remove what stands in a chat already.

No sending of new messages may live here.
"""

from simulator.json_types import Json
from simulator.keyboards import read_rows
from simulator.messages import Message, Rows
from simulator.methods.wording import Words, read_caption, read_text
from simulator.parameters import Call
from simulator.refusals import bad_request, not_modified
from simulator.world import World


def edit_message_text(world: World, call: Call) -> Json:
    """editMessageText: text and buttons in place; buttons left out vanish."""
    message = _own_message(world, call)
    words = read_text(call, too_long="MESSAGE_TOO_LONG")
    if message.has_media:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, words, read_rows(call.structure("reply_markup")))


def edit_message_caption(world: World, call: Call) -> Json:
    """editMessageCaption: caption and buttons in place; buttons left out vanish."""
    message = _own_message(world, call)
    words = read_caption(call)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, message, words, read_rows(call.structure("reply_markup")))


def edit_message_reply_markup(world: World, call: Call) -> Json:
    """editMessageReplyMarkup: the buttons alone."""
    message = _own_message(world, call)
    words = message.text, message.entities
    return _change(world, message, words, read_rows(call.structure("reply_markup")))


def delete_message(world: World, call: Call) -> bool:
    """deleteMessage: the bot's own, or any in a private chat."""
    chat = world.reachable(call.chat_id())
    message = chat.find(call.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not message.from_bot and chat.person is None:
        raise bad_request("message can't be deleted")
    message.deleted = True
    world.show("delete", message)
    return True


def pin_chat_message(world: World, call: Call) -> bool:
    """Bot API pinChatMessage."""
    chat = world.reachable(call.chat_id())
    message = chat.find(call.number("message_id"))
    if message is None:
        raise bad_request("message to pin not found")
    chat.pinned = message.message_id
    world.show("edit", message)
    return True


def unpin_chat_message(world: World, call: Call) -> bool:
    """Bot API unpinChatMessage."""
    world.reachable(call.chat_id()).pinned = None
    return True


def _own_message(world: World, call: Call) -> Message:
    """The message to edit; refused when it is gone or not the bot's."""
    message = world.reachable(call.chat_id()).find(call.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, words: Words, rows: Rows) -> Json:
    """Change a message in place; refused when nothing would change."""
    if (message.text, message.entities) == words and message.rows == rows:
        raise not_modified()
    message.versions.append(message.text)
    (message.text, message.entities), message.rows = words, rows
    message.edited_at = world.clock.now()
    world.show("edit", message)
    return world.message_json(message)
