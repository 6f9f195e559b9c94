"""Reading one call of the Bot API: forms, multipart, JSON or the address, all to the same parameters.

No method and no answer may live here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import HttpProcessingError

from simulator.fields import NOT_UTF8, Fields, read_json, utf8
from simulator.json_types import Json
from simulator.multipart import read_parts
from simulator.refusals import RefusedError, bad_request

_TRUE = frozenset({"true", "yes", "1"})
_ATTACH = "attach://"
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded", "application/json")


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
        return utf8(value if isinstance(value, str) else json.dumps(value))

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
            return read_json(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def structure_or_none(self, name: str) -> Any:
        """As `structure`, but what cannot be read counts as left out."""
        try:
            return self.structure(name)
        except RefusedError:
            return None

    def array(self, name: str, of: str) -> list[Any]:
        """A list, sent as such or as a JSON string; empty when left out, refused when something else."""
        value = self.structure(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {of}")
        return value or []

    def fields(self, name: str, before: str = "", no_object: str = "") -> Fields | None:
        """An object, sent as such or as a JSON string; None when left out, refused when something else."""
        value = self.structure(name)
        return None if value is None else Fields(value, before, no_object)

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
    """The call a request makes, in whichever of the four forms; the body wins over the address.

    Refused when the body cannot be read. A body of another kind says nothing, as at Telegram.
    """
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("Content-Type", "")
    form = next((form for form in _FORMS if form in kind.lower()), None)
    if form is not None and request.can_read_body:
        body = await _body(request)
        if form == "application/json":
            values |= _json_object(body)
        elif form == "multipart/form-data":
            for part in read_parts(body, kind):
                if part.filename is None:
                    values[part.name] = part.text
                else:
                    uploads[part.name] = Upload(part.filename, part.content)
        else:
            words = body.decode("utf-8", "surrogateescape")
            values |= parse_qsl(words, keep_blank_values=True, errors="surrogateescape")
    return Call(method.lower(), values, uploads)


async def _body(request: web.Request) -> bytes:
    """The whole body; one that breaks off or was packed wrongly is refused."""
    try:
        return await request.read()
    except (ClientPayloadError, HttpProcessingError, web.RequestPayloadError):
        raise bad_request("can't read the body") from None


def _json_object(body: bytes) -> Json:
    try:
        words = body.decode()
    except UnicodeDecodeError:
        raise bad_request(NOT_UTF8) from None
    try:
        values = read_json(words) if words.strip() else {}
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("object expected")
    return values
