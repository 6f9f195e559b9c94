"""Reading one call of the Bot API: forms, multipart, JSON or the address, all to the same parameters.

No method and no answer may live here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from simulator.json_types import Json
from simulator.refusals import bad_request

_TRUE = frozenset({"true", "yes", "1"})
_ATTACH = "attach://"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


@dataclass(slots=True)
class Call:
    """The parameters of one call; each is read as the kind the method needs, or refused."""

    method: str
    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A string."""
        value = self.values.get(name)
        if value is None:
            return default
        words = value if isinstance(value, str) else json.dumps(value)
        try:
            words.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return words

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as the default, as at Telegram."""
        return _whole(self.values.get(name), default)

    def flag(self, name: str) -> bool:
        """A yes or no."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def structure(self, name: str) -> Any:
        """A nested object or list, sent as such or as a JSON string; None when left out."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def chat_id(self, name: str = "chat_id") -> int | None:
        """The chat meant: a number, or None for a name we do not know. Refused when left out."""
        value = self.values.get(name)
        if value is None or value == "":
            raise bad_request(f"{name} is empty")
        return self.chat_id_or_none(name)

    def chat_id_or_none(self, name: str = "chat_id") -> int | None:
        """The chat meant, where the method may do without one."""
        number = _whole(self.values.get(name), 0)
        return number or None

    def upload(self, reference: object, name: str) -> Upload | None:
        """The file under this name, or the one an attach:// reference means."""
        if isinstance(reference, str) and reference.startswith(_ATTACH):
            name = reference.removeprefix(_ATTACH)
        return self.uploads.get(name)


def _whole(value: object, default: int) -> int:
    if isinstance(value, int):
        return int(value)
    try:
        return int(str(value)) if value is not None else default
    except ValueError:
        return default


async def read_call(method: str, request: web.Request) -> Call:
    """The call a request makes, in whichever of the four forms; the body wins over the address."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    uploads: dict[str, Upload] = {}
    if request.can_read_body:
        kind = request.content_type
        if kind == "application/json":
            values |= _json_object(await request.read())
        elif kind == "multipart/form-data":
            await _read_multipart(request, values, uploads)
        else:
            body = (await request.read()).decode("utf-8", "surrogateescape")
            values |= parse_qsl(body, keep_blank_values=True, errors="surrogateescape")
    return Call(method.lower(), values, uploads)


def _json_object(body: bytes) -> Json:
    try:
        values = json.loads(body) if body.strip() else {}
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("object expected")
    return values


async def _read_multipart(
    request: web.Request, values: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read())
            value.file.close()
        else:
            values[name] = value.decode() if isinstance(value, bytes | bytearray) else value
