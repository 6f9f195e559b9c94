"""Methods by which the bot sends, changes and removes messages, and how the words of a call are read."""

from __future__ import annotations

from dataclasses import replace

from simulator.fields import Fields
from simulator.files import Document, Photo, named
from simulator.json_types import Json, utf16_length
from simulator.markup import Entity, cleaned, parse_html, trimmed, with_found
from simulator.messages import Message, Rows, read_rows
from simulator.parameters import Call
from simulator.people import Chat
from simulator.records import Delivery
from simulator.refusals import RefusedError, bad_request, not_modified
from simulator.world import World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_UNPARSED_LIMIT = 1 << 15
"""Bytes of a text before its marks are read."""
Words = tuple[str, tuple[Entity, ...]]


def read_text(world: World, call: Call, *, too_long: str = "message is too long") -> Words:
    """The text of a message; refuses an empty one and one over 4096 units after parsing."""
    text = call.text("text")
    if not text:
        raise bad_request("message text is empty")
    plain, entities = _parsed(world, text, call.text("parse_mode"), call, "entities")
    if not plain:
        raise bad_request("text must be non-empty")
    if utf16_length(plain) > TEXT_LIMIT:
        raise bad_request(too_long)
    return plain, entities


def read_caption(world: World, source: Call | Json) -> Words:
    """The caption of a file; may be empty, refuses one over 1024 units after parsing."""
    call = source if isinstance(source, Call) else Call("", source)
    mode = call.text("parse_mode")
    plain, entities = _parsed(world, call.text("caption"), mode, call, "caption_entities")
    if utf16_length(plain) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return plain, entities


def _parsed(world: World, text: str, mode: str, call: Call, marks: str) -> Words:
    if len(text.encode()) > _UNPARSED_LIMIT:
        raise bad_request("text is too long")
    if mode.lower() == "html":
        plain, entities = parse_html(cleaned(text), world.acquaintance)
    elif mode and mode.lower() != "none":
        raise _unsupported(mode)
    else:
        plain = cleaned(text)
        entities = _given(world, plain, call.structure_or_none(marks))
    plain, kept = trimmed(plain, entities)
    return plain, with_found(plain, kept)


def _unsupported(mode: str) -> RefusedError:
    if mode.lower() in ("markdown", "markdownv2"):
        return bad_request("this local server reads parse mode HTML alone")
    return bad_request("unsupported parse_mode")


_OF_ENTITY = "can't parse MessageEntity: "
_FOUND_BY_TELEGRAM = frozenset(
    ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number")
)
_OF_STYLE = frozenset(
    ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote")
) | {"expandable_blockquote"}


def _given(world: World, text: str, entities: object) -> list[Entity]:
    """The entities that came with a plain text; what is no list of them counts as none, as at Telegram."""
    if not isinstance(entities, list):
        return []
    read = (_entity(world, Fields(each, _OF_ENTITY)) for each in entities)
    kept = [entity for entity in read if entity is not None]
    length = utf16_length(text)
    for entity in kept:
        if entity.offset < 0 or entity.length < 0:
            raise bad_request("receive an entity with incorrect offset or length")
        if entity.end > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text "
                f"at UTF-16 offset {entity.end}"
            )
    return [entity for entity in kept if entity.length]


def _entity(world: World, given: Fields) -> Entity | None:
    """One entity; None for those that Telegram finds by itself, and for a person it does not know."""
    kind, offset, length = given.text("type"), given.number("offset"), given.number("length")
    if kind in _OF_STYLE:
        return Entity(kind, offset, length)
    if kind == "pre":
        return Entity(kind, offset, length, language=given.text("language", "") or None)
    if kind == "text_link":
        return Entity(kind, offset, length, url=given.text("url"))
    if kind == "text_mention":
        person = world.acquaintance(given.fields("user").account("id"))
        return Entity(kind, offset, length, user=person) if person is not None else None
    if kind in _FOUND_BY_TELEGRAM:
        return None
    raise given.refusal("unsupported type specified")


_ALBUM_LIMIT = 10


def send_message(world: World, call: Call) -> Json:
    """Bot API sendMessage."""
    chat = world.reachable(call.chat_id())
    return _deliver(world, call, _draft(world, call, chat, read_text(world, call)))


def send_document(world: World, call: Call) -> Json:
    """sendDocument: an upload, or a file id that keeps its file."""
    chat = world.reachable(call.chat_id())
    message = _draft(world, call, chat, read_caption(world, call))
    message.document = _document(world, call, call.values.get("document"), "document")
    return _deliver(world, call, message)


def send_photo(world: World, call: Call) -> Json:
    """sendPhoto: an upload, or a file id that keeps its picture."""
    chat = world.reachable(call.chat_id())
    message = _draft(world, call, chat, read_caption(world, call))
    message.photo = _photo(world, call, call.values.get("photo"), "photo")
    return _deliver(world, call, message)


def send_media_group(world: World, call: Call) -> list[Json]:
    """sendMediaGroup: documents or pictures as one album; all of them or none."""
    chat = world.reachable(call.chat_id())
    media = call.array("media", "InputMedia")
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) > _ALBUM_LIMIT:
        raise bad_request("too much messages to send as an album")
    drafts = [_album_part(world, call, chat, part) for part in media]
    if len({draft.photo is None for draft in drafts}) > 1:
        raise bad_request("document can't be mixed with other media types")
    album = f"album{drafts[0].message_id}"
    return [_deliver(world, call, replace(draft, album=album)) for draft in drafts]


def copy_message(world: World, call: Call) -> Json:
    """copyMessage: the content again, without its buttons unless new ones are given."""
    chat = world.reachable(call.chat_id())
    source = world.chats.get(call.chat_id("from_chat_id") or 0)
    found = source.find(call.number("message_id")) if source is not None else None
    if found is None:
        raise bad_request("message to copy not found")
    if found.protected:
        raise bad_request("message can't be copied")
    draft = _draft(world, call, chat, (found.text, found.entities))
    draft.document, draft.photo = found.document, found.photo
    if found.has_media and "caption" in call.values:
        draft.text, draft.entities = read_caption(world, call)
    return {"message_id": _deliver(world, call, draft)["message_id"]}


_ACTIONS = frozenset(
    (
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    )
)  # fmt: skip


def send_chat_action(world: World, call: Call) -> bool:
    """sendChatAction: the page shows that the bot is typing."""
    chat = world.reachable(call.chat_id())
    if call.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.publish("typing", chat_id=chat.chat_id, action=call.text("action"))
    return True


def _draft(world: World, call: Call, chat: Chat, words: Words) -> Message:
    """The message a call asks for, not yet sent; refuses bad buttons and a reply to nothing."""
    text, entities = words
    return Message(
        message_id=world.new_message_id(),
        chat_id=chat.chat_id,
        sender_id=world.bot_id,
        from_bot=True,
        date=world.clock.now(),
        text=text,
        entities=entities,
        rows=read_rows(call.structure("reply_markup")),
        protected=call.flag("protect_content"),
        silent=call.flag("disable_notification"),
        unread=True,
        reply_to=_replied(call, chat),
    )


def _replied(call: Call, chat: Chat) -> int | None:
    asked = call.fields("reply_parameters", no_object="object expected as reply parameters")
    if not asked:
        message_id = call.number("reply_to_message_id")
        needless = call.flag("allow_sending_without_reply")
    else:
        message_id = asked.number("message_id")
        needless = asked.flag("allow_sending_without_reply")
    if message_id <= 0:
        return None
    if chat.find(message_id) is not None:
        return message_id
    if needless:
        return None
    raise bad_request("message to be replied not found")


def _album_part(world: World, call: Call, chat: Chat, part: object) -> Message:
    if not isinstance(part, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    draft = _draft(world, call, chat, read_caption(world, part))
    kind, media = part.get("type"), part.get("media")
    if kind == "document":
        draft.document = _document(world, call, media, "media")
    elif kind == "photo":
        draft.photo = _photo(world, call, media, "media")
    else:
        raise bad_request("can't parse InputMedia: type must be one of document, photo")
    return draft


def _document(world: World, call: Call, reference: object, name: str) -> Document:
    upload = call.upload(reference, name)
    if upload is not None:
        return world.files.put_document(named(upload.name), upload.content)
    kept = world.files.by_id(_reference(reference, name))
    if not isinstance(kept, Document):
        raise bad_request("wrong file identifier/HTTP URL specified")
    return kept


def _photo(world: World, call: Call, reference: object, name: str) -> Photo:
    upload = call.upload(reference, name)
    if upload is not None:
        return world.files.put_photo(upload.content)
    kept = world.files.by_id(_reference(reference, name))
    if not isinstance(kept, Photo):
        raise bad_request("wrong file identifier/HTTP URL specified")
    return kept


def _reference(reference: object, name: str) -> str:
    if not isinstance(reference, str) or not reference:
        raise bad_request(f"there is no {name} in the request")
    return reference


def _deliver(world: World, call: Call, message: Message) -> Json:
    world.post(message)
    world.deliveries.append(
        Delivery(call.method, message.chat_id, message.message_id, message.text, message.date)
    )
    return world.message_json(message)


def edit_message_text(world: World, call: Call) -> Json:
    """editMessageText: text and buttons in place; buttons left out vanish."""
    message = _own_message(world, call)
    words = read_text(world, call, too_long="MESSAGE_TOO_LONG")
    if message.has_media:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, words, read_rows(call.structure("reply_markup")))


def edit_message_caption(world: World, call: Call) -> Json:
    """editMessageCaption: caption and buttons in place; buttons left out vanish."""
    message = _own_message(world, call)
    words = read_caption(world, call)
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
