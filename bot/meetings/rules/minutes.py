"""Minutes as facts: who keeps them, what was written of each item and when; who may name and write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingActKind, MeetingStage
from bot.people.rules.acting import Standing
from bot.values.action import action
from bot.values.limits import ASKED_TEXT_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody named to keep the minutes, by whom and when."""

    person: int
    at: datetime
    by: int
    acting_for: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on the course of the discussion of an item, as one message brought them; `anew`: in place of all before."""

    item_id: int
    words: str
    at: datetime
    by: int
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that was named and written, in order; nothing is ever taken away."""

    keepers: tuple[Keeper, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def keeper(self) -> int | None:
        """Who keeps them by name; None while a clerk does."""
        return self.keepers[-1].person if self.keepers else None

    def of(self, item_id: int) -> tuple[Piece, ...]:
        """What stands of an item: all since it was written anew the last time."""
        found = [each for each in self.pieces if each.item_id == item_id]
        begun = max((place for place, each in enumerate(found) if each.anew), default=0)
        return tuple(found[begun:])

    def text(self, item_id: int) -> str:
        """The course of the discussion of an item as it stands."""
        return "\n".join(each.words for each in self.of(item_id))

    def after_close(self, meeting: Meeting, item_id: int) -> tuple[Piece, ...]:
        """What was written of an item when the meeting was over: the trace of a later correction."""
        closed = meeting.act(MeetingActKind.CLOSE)
        if closed is None:
            return ()
        return tuple(
            each for each in self.pieces if each.item_id == item_id and each.at > closed.at
        )

    def kept_by(self, standing: Standing) -> bool:
        """Whether this person keeps them: who is named, and while nobody is a clerk."""
        return standing.clerk if self.keeper is None else self.keeper == standing.person


def may_name_keeper(meeting: Meeting, standing: Standing) -> Refusal | None:
    """Clerk or head name who keeps the minutes until the close; of a meeting entered by hand also afterwards."""
    if not standing.office:
        return NO_RIGHT
    running = meeting.stage in (MeetingStage.CALLED, MeetingStage.OPEN)
    if running or (meeting.by_hand and meeting.stage is MeetingStage.CLOSED):
        return None
    return Refusal("minutes_over", back=action("mshow", meeting.id))


def may_read(meeting: Meeting, minutes: Minutes, standing: Standing) -> Refusal | None:
    """The office and whoever keeps them, from the call on."""
    if not (standing.office or minutes.kept_by(standing)):
        return NO_RIGHT
    if meeting.stage in (MeetingStage.CALLED, MeetingStage.OPEN, MeetingStage.CLOSED):
        return None
    return Refusal("minutes_over", back=action("mshow", meeting.id))


def may_write(meeting: Meeting, minutes: Minutes, standing: Standing) -> Refusal | None:
    """Whoever keeps them writes from the opening on; what is written after the close is told apart."""
    refusal = may_read(meeting, minutes, standing)
    if refusal is not None:
        return refusal
    if not minutes.kept_by(standing):
        return Refusal("minutes_of_another", back=action("minutes", meeting.id))
    if meeting.stage is MeetingStage.CALLED:
        return Refusal("minutes_early", back=action("minutes", meeting.id))
    return None


def may_add(minutes: Minutes, item: AgendaItem, words: str, *, anew: bool) -> Refusal | None:
    """The course of one item fits a paper: 20,000 characters in all."""
    whole = len(words) + (0 if anew else len(minutes.text(item.id)) + 1)
    if whole <= ASKED_TEXT_LIMIT:
        return None
    values = {"limit": ASKED_TEXT_LIMIT, "count": whole}
    return Refusal("minutes_long", back=action("minutes_item", item.id), values=values)
