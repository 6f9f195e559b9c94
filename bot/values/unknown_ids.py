"""Ids that were typed, compared with those that there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence


class UnknownIdsError(LookupError):
    """These are the ids of nothing that is there."""

    def __init__(self, ids: Sequence[str | int]) -> None:
        super().__init__(*ids)
        self.ids = tuple(ids)


def require_known(ids: Sequence[str | int], known: Collection[str | int]) -> None:
    """Go on only where each of them is known; raises `UnknownIdsError` with the others."""
    unknown = [each for each in ids if each not in known]
    if unknown:
        raise UnknownIdsError(unknown)
