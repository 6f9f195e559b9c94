"""Updates as nobody means them: real ones with parts missing, of a wrong kind, too large, or put together anew.

Whom they come from and what their buttons ask for is the test's affair. Everything follows from one seed.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Json = dict[str, Any]
Place = tuple[Any, Any]
"""A container and the key in it."""

DEPTH = 200
"""Deeper than any object of the Bot API, and as deep as JSON still comes through a poll."""
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 1.5, 2**31, 2**53, 2**63, 2**64, -(2**63) - 1, 10**300, float("nan"), float("inf"),
    "", "x", "0", "\ud800", "\udfff\ud83d", "\x00", "\u202eabc", "o" + "\u0301" * 500, "<b>&{{7*7}}", "9" * 5000,
    [], [[]], [None], {}, {"id": None}, {"": {}}, [{"id": 1}] * 3,
)  # fmt: skip
SAID = (
    "sticker", "voice", "video_note", "video", "audio", "animation", "contact", "venue", "location", "poll", "dice",
    "story", "game", "checklist",
)  # fmt: skip
"""What a person may send beside words and files."""
OF_SERVICE: Json = {
    "new_chat_members": [{"id": 5, "is_bot": False, "first_name": "Mới"}],
    "left_chat_member": {"id": 5, "is_bot": False, "first_name": "Cũ"},
    "new_chat_title": "Tên mới",
    "delete_chat_photo": True,
    "group_chat_created": True,
    "migrate_to_chat_id": -1_000_000_000_777,
    "migrate_from_chat_id": -777,
    "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}},
    "users_shared": {"request_id": 1, "users": [{"user_id": 5}]},
    "write_access_allowed": {"web_app_name": "x"},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 60},
    "successful_payment": {
        "currency": "XTR", "total_amount": 1, "invoice_payload": "x",
        "telegram_payment_charge_id": "1", "provider_payment_charge_id": "1",
    },
    "web_app_data": {"data": "1:approve:1", "button_text": "x"},
    "forum_topic_created": {"name": "x", "icon_color": 1},
    "video_chat_started": {},
    "boost_added": {"boost_count": 1},
}  # fmt: skip
"""What Telegram itself writes into a chat."""


def updates_of_other_kinds(person: Json, chat: Json, date: int) -> list[Json]:
    """Kinds of update that the bot does not ask for, and that may come all the same."""
    message = {"message_id": 7, "date": date, "chat": {**chat, "type": "channel"}, "text": "Kênh"}
    poll = {
        "id": "1", "question": "?", "options": [{"text": "a", "voter_count": 0}], "total_voter_count": 0,
        "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
    }  # fmt: skip
    status = {"user": person, "status": "member"}
    return [
        {"channel_post": message},
        {"edited_channel_post": {**message, "edit_date": date}},
        {"business_message": {**message, "business_connection_id": "1"}},
        {"message_reaction": {
            "chat": chat, "message_id": 7, "date": date, "user": person, "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }},
        {"message_reaction_count": {"chat": chat, "message_id": 7, "date": date, "reactions": []}},
        {"inline_query": {"id": "1", "from": person, "query": "kín", "offset": ""}},
        {"chosen_inline_result": {"result_id": "1", "from": person, "query": "kín"}},
        {"poll": poll},
        {"poll_answer": {"poll_id": "1", "user": person, "option_ids": [0]}},
        {"chat_member": {
            "chat": chat, "from": person, "date": date, "old_chat_member": status, "new_chat_member": status,
        }},
        {"chat_join_request": {"chat": chat, "from": person, "user_chat_id": 5, "date": date}},
        {"shipping_query": {"id": "1", "from": person, "invoice_payload": "x", "shipping_address": {}}},
        {"khong_co": {"from": person, "text": "một loại của ngày mai"}},
        {},
    ]  # fmt: skip


class Mutator:
    """Breaks updates in one to three places, the same way for the same seed."""

    def __init__(self, chance: random.Random, bases: Sequence[Json]) -> None:
        self._chance = chance
        self._bases = bases
        self._ways: tuple[Callable[[Place], None], ...] = (
            self._without, self._strange, self._strange, self._nested, self._grafted, self._cut, self._repeated,
        )  # fmt: skip

    def any_base(self) -> Json:
        """A real update, to be changed."""
        return copy.deepcopy(self._chance.choice(self._bases))

    def broken(self, update: Json) -> Json:
        """The update with something in it that Telegram would not write."""
        for _ in range(self._chance.choice((1, 1, 2, 3))):
            places = list(_places(update))
            if places:
                self._chance.choice(self._ways)(self._chance.choice(places))
        return update

    def _without(self, place: Place) -> None:
        del place[0][place[1]]

    def _strange(self, place: Place) -> None:
        place[0][place[1]] = copy.deepcopy(self._chance.choice(STRANGE))

    def _nested(self, place: Place) -> None:
        value = place[0][place[1]]
        for _ in range(self._chance.choice((1, 2, DEPTH))):
            value = [value] if self._chance.random() < 0.5 else {"message": value}
        place[0][place[1]] = value

    def _grafted(self, place: Place) -> None:
        """A part of another update in this place."""
        container, key = self._chance.choice(list(_places(self.any_base())))
        place[0][place[1]] = container[key]

    def _cut(self, place: Place) -> None:
        value = place[0][place[1]]
        if isinstance(value, str | list):
            place[0][place[1]] = value[: self._chance.randint(0, len(value))]

    def _repeated(self, place: Place) -> None:
        value = place[0][place[1]]
        place[0][place[1]] = value * 50 if isinstance(value, str) else [value] * 5


def _places(part: Any) -> Iterator[Place]:
    """Every value in it, by the container that holds it."""
    keys = part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    for key in keys:
        yield part, key
        yield from _places(part[key])
