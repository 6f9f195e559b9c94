"""A secret ballot as letters and bytes: as a button carries it, and as it lies in the box. Nobody is named here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.meetings import ConfidenceLevel
from bot.domain.vote import APPROVE, REJECT, Vote

LETTERS = {
    APPROVE: "a",
    REJECT: "r",
    ConfidenceLevel.HIGH.value: "h",
    ConfidenceLevel.CONFIDENCE.value: "c",
    ConfidenceLevel.LOW.value: "l",
}
"""One letter for each answer: a ballot has one for each question, in the order of the list."""
_OPTIONS = {letter: option for option, letter in LETTERS.items()}
_COUNT_BYTES = 2


def fits(vote: Vote, letters: str, *, whole: bool) -> bool:
    """Whether the letters answer the first questions of this vote, or all of them with `whole`."""
    allowed = {LETTERS[option] for option in vote.options}
    most = len(vote.questions)
    return set(letters) <= allowed and (len(letters) == most if whole else len(letters) <= most)


def answers(vote: Vote, letters: str) -> dict[str, str]:
    """What the letters answer, by question."""
    return {
        question: _OPTIONS[letter]
        for question, letter in zip(vote.questions, letters, strict=False)
    }


def packed(ballots: Sequence[str], width: int, places: int) -> bytes:
    """A box: ballots of `width` letters, sorted, in as many bytes as all `places` of the roll need.

    Neither the order of casting nor, once sealed, the number of ballots can be read from it.
    """
    if len(ballots) > places or any(len(each) != width for each in ballots):
        raise ValueError("these ballots do not fit the box")
    inside = "".join(sorted(ballots)).encode("ascii")
    return len(ballots).to_bytes(_COUNT_BYTES, "big") + inside.ljust(width * places, b"\0")


def unpacked(box: bytes, width: int) -> tuple[str, ...]:
    """The ballots in a box, sorted."""
    number = int.from_bytes(box[:_COUNT_BYTES], "big")
    inside = box[_COUNT_BYTES : _COUNT_BYTES + number * width].decode("ascii")
    return tuple(inside[place * width : (place + 1) * width] for place in range(number))
