"""Multipart bodies, read as Telegram reads them: with names of files that other servers would not understand.

A name may stand without quotes, with blanks and Vietnamese letters in it. `filename*` says nothing to Telegram:
a part that has no other name of a file is a value. What the parts are for may not live here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.fields import NOT_UTF8
from simulator.refusals import RefusedError, bad_request

_LONGEST_BOUNDARY = 70
_LONGEST_HEAD = 1 << 14
"""Bytes of the headers of one part."""
_DISPOSITION = "form-data;"
_QUOTED = re.compile(r'"(.*?)"\s*(?:;|$)', re.DOTALL)
_FOLDED = re.compile(r"\r\n[ \t]")


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form; `filename` is None where it is a value and no file."""

    name: str
    filename: str | None
    content: bytes

    @property
    def text(self) -> str:
        """The value; refused when it is no UTF-8."""
        return _decoded(self.content)


def read_parts(body: bytes, content_type: str) -> Iterator[Part]:
    """The parts of a form in their order; refused where Telegram could not tell them apart."""
    boundary = b"\r\n--" + _boundary(content_type)
    whole = b"\r\n" + body
    begin = whole.find(boundary)
    if begin < 0:
        raise bad_request("boundary not found in the body")
    begin += len(boundary)
    while not whole.startswith(b"--", begin):
        end = whole.find(boundary, begin)
        if end < 0:
            raise bad_request("multipart/form-data ends without its boundary")
        yield _part(whole[begin:end])
        begin = end + len(boundary)


def _boundary(content_type: str) -> bytes:
    _, found, after = content_type.lower().partition("boundary")
    if not found:
        raise bad_request("boundary not found")
    _, equals, value = content_type[len(content_type) - len(after) :].partition("=")
    if not equals:
        raise bad_request("boundary value not found")
    value = value.partition(";")[0]
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    boundary = (value[1:-1] if quoted else value).encode("utf-8", "surrogateescape")
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise bad_request("boundary too big or empty")
    return boundary


def _part(part: bytes) -> Part:
    head, found, content = part.partition(b"\r\n\r\n")
    if not found or not head:
        raise bad_request("headers in multipart/form-data are empty")
    if len(head) > _LONGEST_HEAD:
        raise RefusedError(431, "Request Header Fields Too Large: total headers size exceeded")
    values: dict[str, str] = {}
    for line in _FOLDED.sub(" ", _decoded(head)).split("\r\n")[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            raise bad_request("can't parse form data headers")
        if name.strip().lower() == "content-disposition":
            values |= _parameters(value.strip())
    if not values.get("name"):
        raise bad_request("field name in multipart/form-data not found")
    return Part(values["name"], values.get("filename"), content)


def _parameters(disposition: str) -> dict[str, str]:
    if not disposition.startswith(_DISPOSITION):
        raise bad_request("expected form-data content disposition")
    values: dict[str, str] = {}
    rest = disposition.removeprefix(_DISPOSITION)
    while "=" in rest:
        name, _, rest = rest.partition("=")
        quoted = _QUOTED.match(rest.lstrip())
        if quoted is not None:
            value, rest = quoted[1], rest.lstrip()[quoted.end() :]
        else:
            value, _, rest = rest.partition(";")
        values[name.strip()] = value if quoted is not None else value.strip()
    return values


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise bad_request(NOT_UTF8) from None
