"""What people do with their phones: write, press, block, read; each act becomes an update for the bot.

What the bot does is in methods/; nothing of HTTP may live here.
"""

from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from simulator.difference import NotPossibleError
from simulator.json_types import Json, utf16_length
from simulator.markup import Entity, cleaned, trimmed, with_found
from simulator.messages import Message
from simulator.people import Chat, Person
from simulator.presses import PressResult
from simulator.records import Records

TEXT_LIMIT = 4096
EDITABLE = timedelta(hours=48)
_LOW_HALF = range(0xDC, 0xE0)  # the upper byte of a character's second half
DEMO_TOKEN = "7000000001:local-demonstration-only"  # noqa: S105 - opens nothing but this server


class World(Records):
    """A small Telegram: its memory (Records), and everything a person can do in the app."""

    def __init__(
        self,
        clock: Clock,
        token: str = DEMO_TOKEN,
        bot_username: str = "dongthuan_demo_bot",
    ) -> None:
        super().__init__(clock, token, bot_username)

    def say(
        self, user_id: int, text: str, chat_id: int | None = None, reply_to: int | None = None
    ) -> Message:
        """Write to the bot, or into a group; a text over 4096 units goes out in pieces, as apps do.

        Returns the last message. Refuses a blank text, and a person who has blocked the bot.
        """
        chat = self._open_to(user_id, chat_id)
        whole, _ = trimmed(cleaned(text), ())
        if not whole:
            raise NotPossibleError("blank_message")
        for piece in _pieces(whole):
            last = self._write(user_id, chat, piece, with_found(piece, ()), reply_to)
            self._send(last)
        return last

    def open_link(self, user_id: int, payload: str = "") -> Message:
        """Follow t.me/<bot>?start=<payload> and press START; unblocks the bot if it was blocked."""
        if self.people[user_id].blocked:
            self.unblock(user_id)
        return self.say(user_id, f"/start {payload}".strip())

    def send_document(
        self,
        user_id: int,
        name: str,
        content: bytes,
        caption: str = "",
        chat_id: int | None = None,
        *,
        album: str | None = None,
    ) -> Message:
        """Send a file to the bot; files of one album were chosen together."""
        chat = self._open_to(user_id, chat_id)
        caption = cleaned(caption)
        message = self._write(user_id, chat, caption, with_found(caption, ()))
        message.document = self.files.put_document(name, content)
        message.album = album
        return self._send(message)

    def send_photo(
        self, user_id: int, content: bytes, caption: str = "", chat_id: int | None = None
    ) -> Message:
        """Send a picture to the bot."""
        chat = self._open_to(user_id, chat_id)
        caption = cleaned(caption)
        message = self._write(user_id, chat, caption, with_found(caption, ()))
        message.photo = self.files.put_photo(content)
        return self._send(message)

    def edit(self, user_id: int, message_id: int, text: str, chat_id: int | None = None) -> Message:
        """Change a message one has written; the bot hears of it as edited_message.

        Refused for another's message, after 48 hours, and for what the app would not send.
        """
        chat = self._open_to(user_id, chat_id)
        message = self._message(chat.chat_id, message_id)
        if message.from_bot or message.sender_id != user_id:
            raise NotPossibleError("own_messages_only")
        if not self.may_edit(message):
            raise NotPossibleError("edited_too_late", hours=EDITABLE // timedelta(hours=1))
        whole, _ = trimmed(cleaned(text), ())
        if not whole and not message.has_media:
            raise NotPossibleError("blank_message")
        if utf16_length(whole) > TEXT_LIMIT:
            raise NotPossibleError("edited_too_long", limit=TEXT_LIMIT)
        message.versions.append(message.text)
        message.text = whole
        message.entities = with_found(message.text, ())
        message.edited_at = self.clock.now()
        self.show("edit", message)
        self._queue("edited_message", message.chat_id, self.message_json(message))
        return message

    def may_edit(self, message: Message) -> bool:
        """Whether whoever wrote this can still change it in the app."""
        own = not message.from_bot and message.forwarded_from is None
        return own and self.clock.now() - message.date <= EDITABLE

    def press(
        self, user_id: int, message_id: int, data: str, chat_id: int | None = None
    ) -> PressResult:
        """Press a button; like a forged app, also one with data that the message does not offer."""
        home = chat_id if chat_id is not None else user_id
        if self.people[user_id].blocked:
            raise NotPossibleError("bot_blocked", user=user_id)
        message = self._message(home, message_id)
        pressed = self.presses.open(user_id, home)
        query: Json = {
            "id": pressed.query_id,
            "from": self.people[user_id].as_json(),
            "message": self.message_json(message),
            "chat_instance": str(7_300_000_000 + abs(home)),
            "data": data,
        }
        self.read(user_id)
        self.events.publish("press", user_id=user_id, message_id=message_id, data=data)
        self._queue("callback_query", home, query)
        if self.faults.strike_update("press_again", home):
            self._queue("callback_query", home, query)
        return pressed

    def read(self, user_id: int) -> None:
        """Look at the chat with the bot: nothing is unread any more."""
        for message in reversed(self.chats[user_id].messages):
            if message.from_bot and not message.unread:
                break
            message.unread = False

    def forward(self, user_id: int, message_id: int, to_chat: int) -> Message:
        """Forward a message of the bot to a group: without its buttons; refused when protected."""
        message = self._message(user_id, message_id)
        if message.protected:
            raise NotPossibleError("protected")
        forwarded = replace(
            message,
            message_id=self.new_message_id(),
            chat_id=to_chat,
            sender_id=user_id,
            from_bot=False,
            rows=[],
            versions=[],
            date=self.clock.now(),
            forwarded_from=self.profile.name,
        )
        self.post(forwarded)
        return forwarded

    def block(self, user_id: int) -> None:
        """Block the bot; it hears of it as my_chat_member."""
        self._change_status(self.people[user_id], "member", "kicked")

    def unblock(self, user_id: int) -> None:
        """Let the bot write again; it hears of it as my_chat_member."""
        self._change_status(self.people[user_id], "kicked", "member")

    def deactivate(self, user_id: int) -> None:
        """Delete the account."""
        self.people[user_id].deactivated = True

    def add_bot(self, user_id: int, chat_id: int) -> None:
        """Bring the bot into a group; it hears of it as my_chat_member."""
        chat = self.chats[chat_id]
        before, chat.bot_status = chat.bot_status, "member"
        self._tell_status(self.people[user_id], chat, before, "member")

    def remove_bot(self, user_id: int, chat_id: int) -> None:
        """Throw the bot out of a group; it hears of it as my_chat_member."""
        chat = self.chats[chat_id]
        before, chat.bot_status = chat.bot_status, "kicked"
        self._tell_status(self.people[user_id], chat, before, "kicked")

    def migrate(self, chat_id: int, to: int) -> Chat:
        """Make a group a supergroup with a new id; the bot learns it when it writes to the old one."""
        old = self.chats[chat_id]
        old.migrated_to = to
        return self.add_group(to, old.title, old.member_ids)

    def inject(self, kind: str, content: Json) -> int | None:
        """Queue an update exactly as given, well formed or not: for hostile tests."""
        return self.updates.add(kind, content)

    def _open_to(self, user_id: int, chat_id: int | None) -> Chat:
        person, chat = self.people[user_id], self.chats[user_id if chat_id is None else chat_id]
        if person.deactivated:
            raise NotPossibleError("account_deleted", user=user_id)
        if chat.person is None:
            if user_id not in chat.member_ids:
                raise NotPossibleError("not_in_group", user=user_id, chat=chat.chat_id)
        elif chat.person is not person:
            raise NotPossibleError("private_chat")
        elif person.blocked:
            raise NotPossibleError("bot_blocked", user=user_id)
        else:
            person.started = True
        return chat

    def _write(
        self,
        user_id: int,
        chat: Chat,
        text: str,
        entities: tuple[Entity, ...],
        reply_to: int | None = None,
    ) -> Message:
        return Message(
            message_id=self.new_message_id(),
            chat_id=chat.chat_id,
            sender_id=user_id,
            from_bot=False,
            date=self.clock.now(),
            text=text,
            entities=entities,
            reply_to=reply_to,
        )

    def _send(self, message: Message) -> Message:
        self.read(message.sender_id)
        self.post(message)
        if self._heard_by_bot(message):
            self._queue("message", message.chat_id, self.message_json(message))
        return message

    def _heard_by_bot(self, message: Message) -> bool:
        """In a group the bot hears commands, its own name and replies to it: privacy mode is on."""
        chat = self.chats[message.chat_id]
        if chat.person is not None:
            return True
        if chat.bot_status != "member":
            return False
        replied = chat.find(message.reply_to) if message.reply_to is not None else None
        command, _, meant = message.text.partition(" ")[0].partition("@")
        return (
            (command.startswith("/") and meant in ("", self.bot_username))
            or f"@{self.bot_username}" in message.text
            or (replied is not None and replied.from_bot)
        )

    def _queue(self, kind: str, chat_id: int, content: Json) -> None:
        again = self.faults.strike_update("duplicate_update", chat_id) is not None
        self.updates.add(kind, content, again=again)

    def _message(self, chat_id: int, message_id: int) -> Message:
        message = self.chats[chat_id].find(message_id)
        if message is None:
            raise NotPossibleError("no_message", message=message_id, chat=chat_id)
        return message

    def _change_status(self, person: Person, old: str, new: str) -> None:
        person.blocked = new == "kicked"
        self._tell_status(person, self.chats[person.user_id], old, new)
        self.events.publish("status", user_id=person.user_id, blocked=person.blocked)

    def _tell_status(self, person: Person, chat: Chat, old: str, new: str) -> None:
        change: Json = {
            "chat": chat.as_json(),
            "from": person.as_json(),
            "date": int(self.clock.now().timestamp()),
            "old_chat_member": self.bot_member_json(old),
            "new_chat_member": self.bot_member_json(new),
        }
        self._queue("my_chat_member", chat.chat_id, change)


def _pieces(text: str) -> list[str]:
    units = text.encode("utf-16-le", "surrogatepass")
    pieces: list[str] = []
    while units:
        end = 2 * TEXT_LIMIT
        if end < len(units) and units[end + 1] in _LOW_HALF:
            end -= 2  # never between the halves of one character
        pieces.append(units[:end].decode("utf-16-le", "surrogatepass"))
        units = units[end:]
    return pieces
