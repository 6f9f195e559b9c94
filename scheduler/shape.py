"""The shape of an update as far as it is read here: ids that are ids, words that are words. Nothing is understood here.

The library takes any value for any of them; a store then would, too, or would choke on it three times.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, InstanceOf, TypeAdapter

LARGEST = 2**63 - 1
"""The largest number that a store holds."""

Id = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]


def _storable(name: str) -> str:
    name.encode()  # half a character cannot be kept: UnicodeEncodeError is a ValueError
    return name


Name = Annotated[str, AfterValidator(_storable)]
"""What Telegram itself calls a file, an album, a press."""
Words = InstanceOf[str]
"""What a person wrote: halves of characters included, which are made readable where the words are taken."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True)


class _Person(_Part):
    id: Id


class _Chat(_Part):
    id: Id
    type: Name


class _File(_Part):
    file_id: Name
    file_unique_id: Name
    file_name: Words | None = None
    file_size: Id | None = None


class _Place(_Part):
    message_id: Id
    date: Id
    chat: _Chat
    sender: _Person | None = Field(None, alias="from")


class _Message(_Place):
    text: Words | None = None
    caption: Words | None = None
    document: _File | None = None
    photo: list[_File] | None = None
    media_group_id: Name | None = None
    reply_to_message: _Place | None = None


class _Press(_Part):
    id: Name
    sender: _Person = Field(alias="from")
    message: _Place | None = None
    data: Words | None = None


class _Status(_Part):
    status: Name


class _Membership(_Part):
    chat: _Chat
    sender: _Person = Field(alias="from")
    new_chat_member: _Status


class _Update(_Part):
    update_id: Annotated[int, Field(ge=0, le=LARGEST)]
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Press | None = None
    my_chat_member: _Membership | None = None


_UPDATE = TypeAdapter(_Update)


def check(update: dict[str, Any]) -> None:
    """Refuse (ValueError) an update in which an id or words are of another kind."""
    _UPDATE.validate_python(update)
