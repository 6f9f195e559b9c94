"""What came of a story, in plain values. Nothing is played here, and nothing is judged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.consultations import overview as consultations_overview
from bot.consultations.overview import MatterTold
from bot.kit.unit import Context
from bot.meetings import overview as meetings_told
from bot.meetings.overview import MeetingSnapshot, VoteSnapshot
from bot.reports import overview as reports_told
from simulator.chronicle import Line, written_down
from simulator.events import Subscription
from simulator.verbs import Cast
from simulator.verbs.cast import OCCASION, Named

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a story: matters, meetings and votes in order with their names, every chat, what went wrong."""

    matters: dict[str, MatterTold]
    meetings: dict[str, MeetingSnapshot]
    votes: dict[str, VoteSnapshot]
    board: dict[str, str | None]
    """Rows "duty period debtor" that the story asks for, each with how it stands."""
    due: dict[str, date | None]
    """Rows "duty period" that the story asks for, each with its last acceptable day."""
    chats: dict[str, tuple[Line, ...]]
    failures: tuple[str, ...]

    @property
    def heard(self) -> dict[str, tuple[Line, ...]]:
        """What the bot said to each, every version of a message edited in place."""
        return {
            name: tuple(line for line in chat if line.kind in ("bot", "edited"))
            for name, chat in self.chats.items()
        }


async def told(cast: Cast, events: Subscription, failures: tuple[str, ...]) -> Played:
    """Everything that came of it, at the end."""
    pressed = {hands.user_id: hands.pressed for hands in cast.hands.values()}
    chats = written_down(cast.stage.world, events.ready(), pressed, cast.story.start)
    async with cast.stage.context() as context:
        return Played(
            matters=await _of(cast.matters, context, consultations_overview.matter),
            meetings=await _of(cast.meetings, context, meetings_told.meeting),
            votes=await _of(cast.votes, context, meetings_told.vote),
            board=await _board(cast, context),
            due=await _due(cast, context),
            chats={name: chats.get(hands.user_id, ()) for name, hands in cast.hands.items()},
            failures=failures,
        )


async def _board(cast: Cast, context: Context) -> dict[str, str | None]:
    rows = {row for each in cast.story.expected for row in each.board}
    return {
        row: await reports_told.standing_of(context, cast.committee, *_three(cast, row))
        for row in sorted(rows)
    }


async def _due(cast: Cast, context: Context) -> dict[str, date | None]:
    rows = {row for each in cast.story.expected for row in each.due}
    return {
        row: await reports_told.due(context, cast.committee, *_three(cast, row))
        for row in sorted(rows)
    }


def _three(cast: Cast, row: str) -> tuple[str, str, str]:
    """Duty, period and debtor of a row; what is left out is empty, as is the period of one occasion."""
    duty, period, debtor, *_ = (*row.split(maxsplit=2), "", "", "")
    if f"{duty} {period}" in cast.occasions:
        return (*cast.occasions[f"{duty} {period}"], debtor)
    if duty not in cast.occasions:
        return duty, period, debtor
    named = cast.occasions[duty]
    if period in (*OCCASION, named[1]):
        return (*named, debtor)
    if period[:1].isdigit():
        return (duty, period, debtor) if named[0] == duty else (*named, debtor)
    return (*named, f"{period} {debtor}".strip())


async def _of(
    named: Named, context: Context, tell: Callable[[Context, int], Awaitable[T | None]]
) -> dict[str, T]:
    """Everything of one kind by its name in the story, in the order of its making."""
    found = {name: await tell(context, one) for name, one in named.ids.items()}
    return {name: each for name, each in found.items() if each is not None}
