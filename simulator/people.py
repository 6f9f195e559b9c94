"""The people who hold phones, the chats they see, and how the Bot API names them.

No act of a person (see world.py) may live here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from simulator.json_types import Json
from simulator.messages import Message

_FIRST_SUPERGROUP = -1_000_000_000_000


@dataclass(slots=True)
class Person:
    """A Telegram account; `title` is for the page alone and never goes over the wire."""

    user_id: int
    first_name: str
    last_name: str = ""
    title: str = ""
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def full_name(self) -> str:
        """Both names as the app shows them."""
        return f"{self.first_name} {self.last_name}".strip()

    def as_json(self) -> Json:
        """A User of the Bot API."""
        body: Json = {
            "id": self.user_id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": "vi",
        }
        if self.last_name:
            body["last_name"] = self.last_name
        if self.username:
            body["username"] = self.username
        return body


@dataclass(slots=True)
class Chat:
    """A conversation: private (its id is the person's), or a group."""

    chat_id: int
    type: str
    title: str
    person: Person | None = None
    member_ids: set[int] = field(default_factory=set)
    bot_status: str = "member"
    migrated_to: int | None = None
    pinned: int | None = None
    messages: list[Message] = field(default_factory=list)
    _by_id: dict[int, Message] = field(default_factory=dict)

    @property
    def shown(self) -> list[Message]:
        """The messages a person sees now: those not deleted."""
        return [message for message in self.messages if not message.deleted]

    def add(self, message: Message) -> None:
        """Put a message at the end."""
        self.messages.append(message)
        self._by_id[message.message_id] = message

    def find(self, message_id: int) -> Message | None:
        """The message with this id, unless it was deleted."""
        message = self._by_id.get(message_id)
        return None if message is None or message.deleted else message

    def as_json(self) -> Json:
        """A Chat of the Bot API."""
        if self.person is None:
            return {"id": self.chat_id, "type": self.type, "title": self.title}
        body = self.person.as_json()
        kept: Json = {
            key: body[key] for key in ("first_name", "last_name", "username") if key in body
        }
        return {"id": self.chat_id, "type": "private", **kept}


def private_chat(person: Person) -> Chat:
    """The chat of one person with the bot."""
    return Chat(person.user_id, "private", person.full_name, person, {person.user_id})


def group_chat(chat_id: int, title: str, members: Iterable[int]) -> Chat:
    """A group; ids below -1000000000000 are supergroups, as at Telegram."""
    kind = "supergroup" if chat_id <= _FIRST_SUPERGROUP else "group"
    return Chat(chat_id, kind, title, None, set(members))
