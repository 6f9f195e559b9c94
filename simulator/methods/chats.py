"""Methods about chats: what they are, who is in them, and leaving them.

No message may live here.
"""

from simulator.json_types import Json
from simulator.parameters import Call
from simulator.people import Chat
from simulator.refusals import bad_request
from simulator.world import World


def get_chat(world: World, call: Call) -> Json:
    """getChat: also of a person who has blocked the bot."""
    chat = _known(world, call)
    body = {**chat.as_json(), "accent_color_id": 0, "max_reaction_count": 11}
    body["accepted_gift_types"] = dict.fromkeys(_GIFTS, False)
    if chat.pinned is not None and (pinned := chat.find(chat.pinned)) is not None:
        body["pinned_message"] = world.message_json(pinned, with_reply=False)
    return body


def get_chat_member(world: World, call: Call) -> Json:
    """getChatMember: a member, or one who has left."""
    chat, user_id = _known(world, call), call.number("user_id")
    if user_id == world.bot_id:
        return world.bot_member_json(chat.bot_status)
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return {"user": person.as_json(), "status": "member" if user_id in chat.member_ids else "left"}


def leave_chat(world: World, call: Call) -> bool:
    """leaveChat: groups alone can be left."""
    chat = world.reachable(call.chat_id())
    if chat.person is not None:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def _known(world: World, call: Call) -> Chat:
    chat = world.chats.get(call.chat_id() or 0)
    if chat is None or (chat.person is not None and not chat.person.started):
        raise bad_request("chat not found")
    return chat
