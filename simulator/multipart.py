"""Multipart bodies, read as Telegram reads them: with names of files that other servers would not understand.

A name may stand without quotes, with blanks and Vietnamese letters in it. `filename*` says nothing to Telegram:
a part that has no other name of a file is a value. What the parts are for may not live here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.fields import NOT_UTF8
from simulator.refusals import bad_request

_LONGEST_BOUNDARY = 70
_BOUNDARY = re.compile(r"boundary[^=]*=([^;]*)", re.IGNORECASE)
_DISPOSITION = "form-data;"
_PARAMETER = re.compile(r'\s*([^=;]*?)\s*=\s*(?:"(.*?)"\s*(?=;|$)|([^;]*))', re.DOTALL)
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
    _, found, rest = (b"\r\n" + body).partition(boundary)
    if not found:
        raise bad_request("boundary not found in the body")
    while not rest.startswith(b"--"):
        part, found, rest = rest.partition(boundary)
        if not found:
            raise bad_request("multipart/form-data ends without its boundary")
        yield _part(part)


def _boundary(content_type: str) -> bytes:
    if "boundary" not in content_type.lower():
        raise bad_request("boundary not found")
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise bad_request("boundary value not found")
    value = found[1]
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    boundary = (value[1:-1] if quoted else value).encode("utf-8", "surrogateescape")
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise bad_request("boundary too big or empty")
    return boundary


def _part(part: bytes) -> Part:
    head, found, content = part.partition(b"\r\n\r\n")
    if not found or not head:
        raise bad_request("headers in multipart/form-data are empty")
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
    found = _PARAMETER.findall(disposition.removeprefix(_DISPOSITION))
    return {name: quoted or bare.strip() for name, quoted, bare in found}


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise bad_request(NOT_UTF8) from None
