"""The list of everything a person can press, say or open, each with its handler."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot import subjects  # noqa: F401 - every subject enters its acts
from bot.kit import act
from bot.kit.act import TABLE, Table
from bot.kit.screen import Screen
from bot.kit.taps import Fetch, HasRight, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.values.refusal import Refusal, Refused
from handlers import (
<<<<<<< HEAD
    sitting,
=======
    launching,
    members,
    steering,
    urgent,
    votes,
>>>>>>> c-people
)


@dataclass(frozen=True, slots=True)
class Routes:
    """Every act, also those that do not register themselves yet and give back what they refuse."""

    presses: Mapping[str, Pressed]
    words: Mapping[str, Typed]
    private: Collection[str]
    after_all: Mapping[str, HasRight]


def routes(fetch: Fetch) -> Table:
    """The table of acts as the door asks it: whatever is refused is raised."""
    left = _routes(fetch)
    return Table(
        presses={name: _press(each) for name, each in left.presses.items()},
        words={name: _words(each) for name, each in left.words.items()},
        private=set(left.private),
        after_all=dict(left.after_all),
    )


def _press(given: Pressed) -> act.Pressed:
    async def pressed(context: Context, tap: Tap) -> Screen:
        return _raised(await given(context, tap))

    return pressed


def _words(given: Typed) -> act.Typed:
    async def said(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
        return _raised(await given(context, sent, ref))

    return said


def _raised(answer: Screen | Refusal) -> Screen:
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return answer


def _routes(fetch: Fetch) -> Routes:
    """All acts; `fetch` brings the bytes of a file a person sent."""
    return Routes(
        presses={
            **TABLE.presses,
<<<<<<< HEAD
            **sitting.PRESSES,
        },
        words={
            **TABLE.words,
            **sitting.WORDS,
=======
            **members.PRESSES,
            **launching.PRESSES,
            **steering.PRESSES,
            **urgent.PRESSES,
            **votes.PRESSES,
            **votes.PRIVATE,
        },
        words={
            **TABLE.words,
            **members.WORDS,
            **launching.WORDS,
            "draft": launching.typed(fetch),
            **steering.WORDS,
            **urgent.WORDS,
            "paper": steering.paper_words(fetch),
            **votes.WORDS,
>>>>>>> c-people
        },
        private=TABLE.private,
        after_all=TABLE.after_all,
    )
