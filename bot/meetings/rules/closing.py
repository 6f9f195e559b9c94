"""What a sitting comes to: whether it was a meeting at all, what becomes of each item, what returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.meetings.rules.meeting import (
    DECIDES,
    NO_BODY_MEETING,
    TO_BE_HEARD,
    AgendaItem,
    Conclusion,
    Mark,
    Meeting,
    MeetingActKind,
    MeetingKind,
    MeetingStage,
    Noted,
    Waits,
)
from bot.meetings.rules.quorum import quorum_of
from bot.meetings.rules.voted import by_vote, last_vote
from bot.regulations.rules.terms import Next, Ruling
from bot.values.moments import in_viet_nam
from bot.votes.rules.vote import DIFFER, THE_QUESTION, Vote

# --- whether it was a meeting ----------------------------------------------------------------


def sat(meeting: Meeting) -> bool:
    """Its quorum was there at some moment between opening and close, or it was entered by hand as held.

    Where the text sets no quorum, opening suffices. Only such a meeting fulfils a rhythm and discharges what
    was carried to it (QN 8.2.1–2, BK 11.1, HU 19.1). A conference of key cadres is none of the body.
    """
    if meeting.stage is MeetingStage.CANCELLED or meeting.kind is MeetingKind.KEY_CADRES:
        return False
    opened, closed = meeting.act(MeetingActKind.OPEN), meeting.act(MeetingActKind.CLOSE)
    if opened is None:
        return meeting.by_hand
    until = closed.at if closed else None
    return any(quorum_of(meeting, here).holds for here in _attendances(meeting, opened.at, until))


def _attendances(
    meeting: Meeting, since: datetime, until: datetime | None
) -> Iterator[frozenset[int]]:
    """Who was there at the opening, and after each arrival and departure until the close."""
    moves = [note for note in meeting.notes if note.mark in (Mark.CHECK_IN, Mark.LEAVE)]
    here: frozenset[int] = frozenset()
    for note in moves:
        if note.at <= since:
            here = _after(here, note)
    yield here
    for note in moves:
        if note.at > since and (until is None or note.at <= until):
            here = _after(here, note)
            yield here


def _after(here: frozenset[int], note: Noted) -> frozenset[int]:
    person = {note.person}
    return here | person if note.mark is Mark.CHECK_IN else here - person


def counts_on(meeting: Meeting, today: date) -> bool:
    """Whether it stands for its period: it sat, or it is called and its day has not passed."""
    called = meeting.stage in (MeetingStage.CALLED, MeetingStage.OPEN)
    return sat(meeting) or (called and today <= in_viet_nam(meeting.starts_at).date())


def has_lapsed(meeting: Meeting, today: date) -> bool:
    """It was called, and its day has passed without anybody opening it."""
    day = in_viet_nam(meeting.starts_at).date()
    return meeting.stage is MeetingStage.CALLED and today > day


# --- what becomes of an item -----------------------------------------------------------------


def at_the_close(meeting: Meeting, item: AgendaItem) -> Conclusion:
    """What holds of an item when the meeting closes.

    What was voted on takes what its votes come to. Else what was concluded holds, what was only to be
    announced is noted, the rest is adjourned. Without quorum at any moment what was carried to the meeting is
    adjourned whatever was said of it.
    """
    voted = None if by_paper_ballot(meeting, item) else by_vote(meeting, item)
    if voted is not None:
        return voted
    if item.reason and not sat(meeting):
        return Conclusion.ADJOURNED
    if item.concluded is not None:
        return item.concluded.kind
    announced = item.reason in TO_BE_HEARD and sat(meeting)
    return Conclusion.NOTED if announced else Conclusion.ADJOURNED


def unconcluded(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Items that were not voted on and on which nobody has concluded anything yet."""
    return tuple(
        item for item in meeting.items if item.concluded is None and by_vote(meeting, item) is None
    )


def must_be_secret(meeting: Meeting, item: AgendaItem) -> str | None:
    """The article by which an item is decided by secret ballot alone (QN 8.2.2); None where the text asks for none."""
    rule = meeting.rules.vote
    if rule is None or meeting.kind in NO_BODY_MEETING:
        return None
    return rule.secret_by(item.matter)


def decided_by_vote(meeting: Meeting, item: AgendaItem) -> Conclusion | None:
    """What the votes on an item decided; None where none was held, or what they came to is not published."""
    voted = by_vote(meeting, item)
    return None if voted is Conclusion.NOT_PUBLISHED else voted


def goes_upward(meeting: Meeting) -> Ruling | None:
    """What the text says of a vote that divides the body, where it is reported upward then (QN 7.2)."""
    vote = meeting.rules.vote
    divided = vote.divided if vote else None
    return divided if divided and divided.next is Next.UPWARD_REPORT else None


def of_a_ballot(meeting: Meeting) -> tuple[Conclusion, ...]:
    """What a ballot on paper may come to: also that it is reported upward, opinions being divided."""
    ruling = goes_upward(meeting)
    return (*DECIDES, Conclusion(ruling.outcome.value)) if ruling else DECIDES


def by_paper_ballot(meeting: Meeting, item: AgendaItem) -> str | None:
    """The same of one that no vote in the bot has decided: the office has entered a ballot held on paper.

    Where it is reported upward, with the article by which it is (QN 7.2).
    """
    said, last = item.concluded, last_vote(meeting, item)
    if said is None or said.kind not in of_a_ballot(meeting):
        return None
    if not said.words:
        return None  # of before its count was asked for: of no ballot anything is known
    if last is not None and (last.closed_at is None or said.at < last.closed_at):
        return None
    article = None if decided_by_vote(meeting, item) else must_be_secret(meeting, item)
    ruling = goes_upward(meeting) if said.kind not in DECIDES else None
    return f"{article}, {ruling.article}" if article and ruling else article


# --- what returns ----------------------------------------------------------------------------

RETURNS = (Conclusion.ADJOURNED, Conclusion.DISCUSS_AGAIN, Conclusion.NOT_PUBLISHED)
"""Conclusions with which an item waits for the body's next agenda."""
OWED = TO_BE_HEARD | {Next.SECOND_ROUND.value}
"""Reasons that stay with an item that was adjourned: an announcement and a second discussion are still owed."""


def returning(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items that wait for the next agenda when this meeting has ended; all of one that never began."""
    if meeting.act(MeetingActKind.OPEN) is None:
        return meeting.items
    return tuple(item for item in meeting.items if at_the_close(meeting, item) in RETURNS)


def returns_as(meeting: Meeting, item: AgendaItem) -> str:
    """Why an item that returns waits: what was owed stays owed, a division asks for a second discussion."""
    if at_the_close(meeting, item) is Conclusion.DISCUSS_AGAIN:
        return Next.SECOND_ROUND.value
    return item.reason if item.reason in OWED or not sat(meeting) else Waits.ADJOURNED.value


@dataclass(frozen=True, slots=True)
class Said:
    """A differing opinion of an open vote: whose, what was answered, its words, whether it is reserved."""

    name: str
    answer: str
    words: str
    reserved: bool


def opinions(meeting: Meeting, vote: Vote) -> Iterator[Said]:
    """Differing opinions of an open vote in the order of the roll, also without words; those against if reserved."""
    for seat in meeting.roll:
        cast = vote.effective.get(seat.person)
        if cast is None or not cast.differs:
            continue
        answer = cast.answers[THE_QUESTION]
        if cast.reserved or answer == DIFFER:
            yield Said(seat.name, answer, cast.words, cast.reserved)
