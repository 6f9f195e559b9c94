"""What the page of phones shows, as JSON: people, messages and the bot's commands, read from the world.

Nothing that changes the world and no HTTP may live here.
"""

import json

from simulator.chapters import Chapter
from simulator.json_types import Json
from simulator.messages import KeyButton, Message
from simulator.people import Person
from simulator.world import World

QUOTED = 90  # characters of the message replied to


def message_view(world: World, message: Message) -> Json:
    """One message as the page draws it; of a deleted one only that it is gone."""
    if message.deleted:
        return {"id": message.message_id, "deleted": True}
    return {
        "id": message.message_id,
        "side": "bot" if message.from_bot else "person",
        "at": message.date.isoformat(),
        "edited": message.edited_at is not None,
        "editable": world.may_edit(message),
        "text": message.text,
        "entities": [entity.as_json() for entity in message.entities],
        "rows": [[_key_view(key) for key in row] for row in message.rows],
        "file": _file_view(message),
        "protected": message.protected,
        "unread": message.unread,
        # Telegram shows nobody what stood there; of a secret ballot it would be the choice.
        "versions": [] if message.protected else list(message.versions),
        "quote": _quote(world, message),
    }


def person_view(world: World, person: Person, invitation: str | None) -> Json:
    """Whose phone it is and what stands open to that person; without the messages."""
    messages = world.chat(person.user_id).messages
    return {
        "id": person.user_id,
        "name": person.full_name,
        "title": person.title,
        "blocked": person.blocked,
        "started": person.started,
        "invitation": invitation is not None,
        "unread": sum(message.unread and not message.deleted for message in messages),
        "commands": commands_for(world, person.user_id),
    }


def chapter_view(chapter: Chapter) -> Json:
    """A chapter of a tale: its year, and what it is called and tells in both languages."""
    return {"year": chapter.year, "vi": chapter.vi.model_dump(), "en": chapter.en.model_dump()}


def conversation_view(world: World, person: Person) -> list[Json]:
    """All messages a person sees now, oldest first."""
    return [message_view(world, message) for message in world.chat(person.user_id).shown]


def commands_for(world: World, user_id: int) -> list[Json]:
    """The commands the app offers this person: the narrowest scope set, Vietnamese first."""
    listed = {
        (_scope(json.loads(scope)), language): commands
        for (scope, language), commands in world.profile.commands.items()
        if commands
    }
    scopes = (f"chat:{user_id}", "all_private_chats", "default")
    places = ((scope, language) for scope in scopes for language in ("vi", ""))
    return next((listed[place] for place in places if place in listed), [])


def _scope(scope: Json) -> str:
    return f"chat:{scope['chat_id']}" if scope["type"] == "chat" else str(scope["type"])


def event_view(event: Json) -> Json | None:
    """An event that carries all it shows: an answer to a press, a typing bot, the narrator."""
    match event.get("kind", event.get("type")):
        case "toast":
            answer = {"text": event["text"], "alert": event["alert"]}
            return {"type": "answer", "user": event["user_id"], **answer}
        case "settled":
            return {"type": "settled", "ticket": event["ticket"]}
        case "typing":
            return {"type": "typing", "user": event["chat_id"]}
        case "narrator":
            told = {key: event.get(key) for key in ("at", "vi", "en", "article")}
            return {"type": "narrator", **told}
    return None


def _key_view(key: KeyButton) -> Json:
    return {"text": key.text, "data": key.data, "url": key.url, "style": key.style}


def _file_view(message: Message) -> Json | None:
    kept = message.document or message.photo
    if kept is None:
        return None
    return {
        "name": kept.name,
        "size": kept.size,
        "photo": message.photo is not None,
        "url": f"/page/file/{message.chat_id}/{message.message_id}",
    }


def _quote(world: World, message: Message) -> str | None:
    if message.reply_to is None:
        return None
    replied = world.chat(message.chat_id).find(message.reply_to)
    if replied is None:
        return None
    first = replied.text.partition("\n")[0]
    return first if len(first) <= QUOTED else f"{first[:QUOTED]}…"
