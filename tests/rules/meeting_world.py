"""A small language for tests of meetings: who is invited, what is noted, what was voted. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.meetings.rules.meeting import (
    AgendaItem,
    Concluded,
    Conclusion,
    Invitee,
    Mark,
    Meeting,
    MeetingAct,
    MeetingActKind,
    MeetingKind,
    Noted,
)
from bot.regulations.rules.terms import Matter, Next, Outcome
from bot.votes.rules.vote import Vote, VoteKind, VoteResult
from tests.rules.committee import body, moment

CALLED = moment("2026-03-02 09:00")
STARTS = moment("2026-03-05 08:00")
MINUTE = timedelta(minutes=1)
GUEST = 99
OFFICES = ("secretary", "deputy", "organisation_member")


def called(
    size: int = 6, *, regulation: str = "quang_ngai", of: str = "dang_doan", part_time: int = 0
) -> Meeting:
    """A regular meeting of so many members, the last ones part-time, with one guest."""
    offices = (*OFFICES, *["member"] * size)
    roll = [
        Invitee(n, f"Ủy viên {n}", offices[n - 1], full_time=n <= size - part_time)
        for n in range(1, size + 1)
    ]
    return Meeting(
        id=1,
        committee=1,
        rulebook="0",
        body=body(regulation, of),
        kind=MeetingKind.REGULAR,
        starts_at=STARTS,
        place="Phòng họp số 1",
        uid="1",
        sequence=0,
        prepared_by=80,
        submitted_at=CALLED,
        called_at=CALLED,
        invitees=(*roll, Invitee(GUEST, "Khách mời", "guest", guest=True)),
        items=(AgendaItem(1, 1, "Kế hoạch"), AgendaItem(2, 2, "Kết quả", reason="report_back")),
        acts=(MeetingAct(MeetingActKind.CALL, CALLED, 1),),
    )


def acted(of: Meeting, *kinds: MeetingActKind) -> Meeting:
    acts = [MeetingAct(kind, STARTS, 1) for kind in kinds]
    return replace(of, acts=(*of.acts, *acts))


def opened(of: Meeting) -> Meeting:
    return acted(of, MeetingActKind.OPEN)


def marked(of: Meeting, mark: Mark, *persons: int, at: datetime = CALLED) -> Meeting:
    notes = [Noted(person, mark, at, person) for person in persons]
    return replace(of, notes=(*of.notes, *notes))


def noted(of: Meeting, notes: Sequence[tuple[int, Mark]]) -> Meeting:
    return replace(of, notes=tuple(Noted(person, mark, CALLED, person) for person, mark in notes))


def voted(
    of: Meeting, outcome: Outcome | None, *, item: int = 1, closed_at: datetime = STARTS
) -> Meeting:
    """After a vote on an item that came to this; None while it runs."""
    result = outcome and VoteResult(outcome, Next.NONE, 6, 5, 5, 4, {}, (), ("8.2.2",))
    vote = Vote(
        id=len(of.votes) + 1,
        item_id=item,
        kind=VoteKind.APPROVE,
        secret=False,
        matter=Matter.GENERAL,
        names=(),
        opened_at=STARTS,
        opened_by=1,
        closed_at=closed_at if outcome else None,
        result=result or None,
    )
    return replace(of, votes=(*of.votes, vote))


def concluded(
    of: Meeting, item: int, kind: Conclusion, at: datetime = STARTS, words: str = ""
) -> Meeting:
    said = Concluded(kind, at, 80, words)
    items = [replace(i, concluded=said) if i.id == item else i for i in of.items]
    return replace(of, items=tuple(items))
