"""What comes to a meeting with an item: differing opinions word for word, or what another body has settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.consultations.rules.consultation import Reply
from bot.kit.event import Question
from bot.kit.unit import UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.rules.closing import Said
from bot.meetings.rules.closing import opinions as spoken_in
from bot.meetings.rules.meeting import TO_BE_HEARD, AgendaItem, Meeting, Waits
from bot.votes import face as votes


@dataclass(frozen=True, slots=True)
class Opinions:
    """What differed on one item before it came here; of one that gathers, what it reports."""

    written: tuple[tuple[str, Reply], ...] = ()
    """Answers in writing in the order of the roll; of secret slips without names, sorted by text."""
    spoken: str = ""
    """What was said of it before in other words: one opinion a line, with its name."""
    first: tuple[tuple[str, Reply], ...] = ()
    """Where that was a second round, those of the first in the same way."""
    said: tuple[Said, ...] = ()
    """Of earlier open votes."""
    to_members: bool = False
    """Whether members read reserved words in full."""
    settled: str = ""
    """What another body settled between two sessions, subject and outcome, one a line (BK 1.9, 2.10)."""
    announced: str = ""
    """The outcome's id of the consultation that is announced here (BK 11.1)."""

    def __bool__(self) -> bool:
        came = self.written or self.first or self.spoken or self.said
        return bool(came or self.settled or self.announced)

    def shown(self, *, whole: bool) -> Mapping[str, object]:
        """As a template reads it: `whole` for the office, members read reserved words as is set (BK 9.2, HU 17.2)."""
        every = whole or self.to_members
        first, written = (
            [(name, reply) for name, reply in those if every or not reply.reserved]
            for those in (self.first, self.written)
        )
        said = [each for each in self.said if every or not each.reserved]
        came = len(self.first) + len(self.written) + len(self.said)
        hidden = came - len(first) - len(written) - len(said)
        return {
            "first": first,
            "written": written,
            "spoken": self.spoken,
            "said": said,
            "reserved": hidden,
            "settled": self.settled,
            "announced": self.announced,
        }


NONE = Opinions()

Asked = tuple[int, int | None]
"""A consultation by its id; of a slip with several contents which one."""

in_writing: Question[Asked, Opinions] = Question()
"""What differed in one consultation."""
outcome_in_writing: Question[Asked, str] = Question()
"""The outcome's id of one consultation, "" while it has none."""


async def of_meeting(work: UnitOfWork, meeting: Meeting) -> dict[int, Opinions]:
    """The opinions on each item of a meeting, by the item's id; items without any are left out."""
    found = await of_items(work, meeting.items)
    return {item.id: each for item, each in zip(meeting.items, found, strict=True) if each}


async def of_items(work: UnitOfWork, items: Sequence[AgendaItem]) -> list[Opinions]:
    """The opinions on these items, in their order. What is only to be heard brings none, but what it reports."""
    waited = await agenda.some(work.tx, [item.waiting_id for item in items if item.waiting_id])
    found = []
    for item in items:
        before = waited.get(item.waiting_id or 0)
        if item.reason in TO_BE_HEARD:
            found.append(await _reported(work, item, before))
            continue
        spoken = before.words if before and before.proposed_by is None else ""
        asked = _asked(item, before)
        came = await in_writing.ask(work, asked) if asked else NONE
        came = replace(came, spoken=spoken)
        found.append(await _with_votes(work, came, before.votes if before else ()))
    return found


async def _reported(work: UnitOfWork, item: AgendaItem, before: WaitingItem | None) -> Opinions:
    """What is to be heard: all that another body settled, or what one consultation came to."""
    if item.reason == Waits.SETTLED_BETWEEN:
        return Opinions(settled=before.words) if before else NONE
    asked = _asked(item, before)
    return Opinions(announced=await outcome_in_writing.ask(work, asked)) if asked else NONE


def _asked(item: AgendaItem, before: WaitingItem | None) -> Asked | None:
    """What was asked in writing before the item came to a meeting."""
    if item.consultation_id is None:
        return None
    return item.consultation_id, before.content if before else None


async def _with_votes(work: UnitOfWork, came: Opinions, ids: Sequence[int]) -> Opinions:
    """With what was said in these earlier votes, as it is reserved now."""
    for vote_id in ids:
        known = await votes.get(work.tx, vote_id)
        meeting = await meetings.get(work.tx, known[0]) if known else None
        if known is None or meeting is None:
            continue
        said = tuple(spoken_in(meeting, known[1]))
        to_members = meeting.body.members_read_reserved
        came = replace(came, said=(*came.said, *said), to_members=to_members)
    return came
