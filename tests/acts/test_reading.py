"""What a message of Telegram is to the acts, before any of them sees it."""

from datetime import UTC, datetime
from typing import Any

from telegram import Message

from handlers.reading import sent_of

SENT = datetime(2026, 3, 6, 10, 1, 20, tzinfo=UTC)
"""17:01:20 in Viet Nam."""


def message(**said: Any) -> Message:
    content = {
        "message_id": 7,
        "date": int(SENT.timestamp()),
        "chat": {"id": 1, "type": "private"},
        "from": {"id": 1, "is_bot": False, "first_name": "Vân"},
    }
    read = Message.de_json(content | said, None)
    assert read is not None
    return read


async def fetch(_file_id: str) -> bytes:
    return b""


def name_of(**said: Any) -> str:
    file = sent_of(message(**said), SENT, fetch).file
    assert file is not None
    return file.name


def test_a_photo_is_named_by_its_moment_and_never_by_an_identifier() -> None:
    sizes = [
        {"file_id": f"id{side}", "file_unique_id": f"3bafc63ea19e5dc{side}", "file_size": side}
        | {"width": side, "height": side}
        for side in (1, 2)
    ]
    assert name_of(photo=sizes) == "06-03-2026 17.01.20.jpg"


def test_a_document_keeps_the_name_that_its_sender_gave_it() -> None:
    document = {
        "file_id": "id",
        "file_unique_id": "u",
        "file_size": 3,
        "file_name": "Tờ trình.docx",
    }
    assert name_of(document=document) == "Tờ trình.docx"
