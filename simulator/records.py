"""What this Telegram knows: people, chats, messages, files, the bot's own profile; and its refusals.

What people do with their phones is in world.py; what the bot asks for is in methods/.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock, MovableClock
from simulator.events import EventFeed
from simulator.faults import Faults, Limits
from simulator.files import Shelf
from simulator.json_types import Json
from simulator.messages import Message
from simulator.people import Chat, Person, group_chat, private_chat
from simulator.presses import Presses
from simulator.refusals import bad_request, blocked, deactivated, forbidden, migrated
from simulator.updates import Updates


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message of the bot that reached a chat: what "once" is counted by."""

    method: str
    chat_id: int
    message_id: int
    text: str
    moment: datetime


@dataclass(slots=True)
class Profile:
    """What the bot says of itself; commands by scope and language."""

    name: str
    description: str = ""
    short_description: str = ""
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Webhook:
    """Where updates are sent instead of being polled; `url` is empty while polled."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: datetime | None = None
    last_synchronization_error_at: datetime | None = None
    """When Telegram last failed to fetch updates from itself."""

    def fails(self, words: str, at: datetime) -> None:
        """A delivery has failed."""
        self.last_error, self.last_error_at = words, at


class Records:
    """The memory of one Telegram with one bot."""

    def __init__(self, clock: Clock, token: str, bot_username: str) -> None:
        self.clock = clock
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.bot_username = bot_username
        self.profile = Profile("Đồng thuận")
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Shelf()
        self.events = EventFeed()
        self.limits = Limits(lambda: clock.now().timestamp())
        self.enforce_limits = False
        self.latency = 0.0
        self.updates = Updates(clock)
        self.faults = Faults(clock, self.events, self.updates.nudge)
        self.presses = Presses(clock)
        self.webhook = Webhook()
        self.calls: Counter[str] = Counter()
        self.deliveries: list[Delivery] = []
        self._last_message_id = 0
        if isinstance(clock, MovableClock):
            clock.on_move(lambda moment: self.events.publish("clock", now=moment.isoformat()))

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return self.updates.unconfirmed

    def add_person(
        self,
        user_id: int,
        first_name: str,
        last_name: str = "",
        title: str = "",
        username: str = "",
    ) -> Person:
        """Someone with a phone, who has not opened the bot yet. Refuses an id already taken."""
        if user_id in self.people:
            raise ValueError(f"there is a person {user_id} already")
        person = Person(user_id, first_name, last_name, title, username or None)
        self.people[user_id] = person
        self.chats[user_id] = private_chat(person)
        return person

    def add_group(
        self, chat_id: int, title: str, members: Iterable[int], *, with_bot: bool = True
    ) -> Chat:
        """A group of people, with the bot among them or not. Ids of groups are negative."""
        if chat_id >= 0 or chat_id in self.chats:
            raise ValueError(f"{chat_id} is no free id of a group")
        group = group_chat(chat_id, title, members)
        group.bot_status = "member" if with_bot else "left"
        self.chats[chat_id] = group
        return group

    def acquaintance(self, user_id: int) -> Person | None:
        """The person whom the bot may name by this account: one who opened it, or shares a group with it."""
        person = self.people.get(user_id)
        if person is None or person.started:
            return person
        groups = (chat for chat in self.chats.values() if chat.person is None)
        together = any(g.bot_status == "member" and user_id in g.member_ids for g in groups)
        return person if together else None

    def chat(self, chat_id: int) -> Chat:
        """The chat with this id; a private chat has the person's id."""
        return self.chats[chat_id]

    def deliveries_to(self, chat_id: int, containing: str = "") -> int:
        """How many messages of the bot with these words have reached a chat, later deleted or not."""
        return sum(d.chat_id == chat_id and containing in d.text for d in self.deliveries)

    def reachable(self, chat_id: int | None) -> Chat:
        """The chat the bot may write to, or Telegram's refusal."""
        chat = self.chats.get(chat_id) if chat_id is not None else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if chat.person is not None:
            _refuse_unreachable(chat.person)
        elif chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        elif chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def new_message_id(self) -> int:
        """The next id; the bot's chats share one count, as private chats do at Telegram."""
        self._last_message_id += 1
        return self._last_message_id

    def bot_json(self) -> Json:
        """The bot as a User of the Bot API."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.profile.name,
            "username": self.bot_username,
        }

    def bot_member_json(self, status: str) -> Json:
        """The bot's standing in a chat as a ChatMember of the Bot API."""
        body: Json = {"user": self.bot_json(), "status": status}
        return {**body, "until_date": 0} if status == "kicked" else body

    def message_json(self, message: Message, *, with_reply: bool = True) -> Json:
        """A Message of the Bot API."""
        sender = self.bot_json() if message.from_bot else self.people[message.sender_id].as_json()
        body: Json = {
            "message_id": message.message_id,
            "from": sender,
            "chat": self.chats[message.chat_id].as_json(),
            "date": int(message.date.timestamp()),
        }
        if message.edited_at is not None:
            body["edit_date"] = int(message.edited_at.timestamp())
        if message.protected:
            body["has_protected_content"] = True
        if message.album is not None:
            body["media_group_id"] = message.album
        if with_reply and message.reply_to is not None:
            replied = self.chats[message.chat_id].find(message.reply_to)
            if replied is not None:
                body["reply_to_message"] = self.message_json(replied, with_reply=False)
        return {**body, **message.content_json()}

    def post(self, message: Message) -> None:
        """Put a message into its chat and tell the page."""
        self.chats[message.chat_id].add(message)
        self.show("message", message)

    def show(self, kind: str, message: Message) -> None:
        """Tell the page of a message new, edited or deleted."""
        if self.events.watched:
            self.events.publish(kind, chat_id=message.chat_id, message_id=message.message_id)


def _refuse_unreachable(person: Person) -> None:
    if person.deactivated:
        raise deactivated()
    if person.blocked:
        raise blocked()
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")
