"""What can be wrong with a store, as a typed error. Its words live in templates."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "missing",
    "corrupt",
    "newer",
    "older",
    "foreign",
    "ordering",
    "locked",
    "unreachable",
    "replaced",
    "keys",
]


class StoreFault(Exception):  # noqa: N818 - a fault of the store, in the words of this house
    """The store cannot be used, and nothing was changed.

    `kind` names the sentence the command line prints: missing (no file there), corrupt (damaged, or
    no database), newer (written by a later version), older (a second reader may not migrate it),
    foreign (somebody else's database), ordering (a server's database that orders or keeps texts otherwise
    than a file does), locked (another instance runs on it), unreachable (the disk
    or the server refused), replaced (the file was removed, or another put in its place, while it was
    open), keys (no key of a secret vote could be kept in that folder). `where` is the path, `detail` the bare evidence.
    """

    def __init__(self, kind: Kind, where: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {where}" + (f" ({detail})" if detail else ""))
        self.kind: Kind = kind
        self.where = where
        self.detail = detail
