"""A meeting in `record.json`: who was invited and came, what was dealt with, every vote; see docs/recount/README.md.

Of a secret vote the record has who took part and the counts, and no name beside a choice.
"""

from __future__ import annotations

from typing import Any

from bot.dossiers.part import FilePart, Moment, Part, part_of, parts_of, values_of
from bot.meetings.face import about
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
from bot.meetings.rules.minutes import Keeper, Minutes, Piece
from bot.regulations.rules.regulation import Body
from bot.regulations.rules.terms import Matter
from bot.votes.face import result_as_kept, result_from_kept
from bot.votes.rules.vote import OpenVote, RaisedHands, Recusing, Vote, VoteKind


class InviteePart(Part):
    """One who was invited; a guest votes on nothing."""

    person: int
    name: str
    office: str
    full_time: bool
    guest: bool
    category: str
    part_time_vice_president: bool


class NotedPart(Part):
    """A mark of attendance of one person, in the order in which they were made."""

    person: int
    mark: Mark
    at: Moment
    by: int
    reason: str
    acting_for: int | None


class MeetingActPart(Part):
    """An act upon the meeting (by null is the clock)."""

    kind: MeetingActKind
    at: Moment
    by: int | None
    reason: str
    acting_for: int | None
    detail: dict[str, Any]


class ConcludedPart(Part):
    """The conclusion on an item as it stands."""

    kind: Conclusion
    at: Moment
    by: int
    words: str
    acting_for: int | None


class ItemPart(Part):
    """An item of the agenda; `closed` was dealt with among members."""

    id: int
    place: int
    subject: str
    matter: Matter
    closed: bool
    reason: str
    responsible: int | None
    waiting_id: int | None
    consultation_id: int | None
    concluded: ConcludedPart | None


class KeeperPart(Part):
    """Who was named to keep the minutes."""

    person: int
    at: Moment
    by: int
    acting_for: int | None


class PiecePart(Part):
    """Words on the course of an item; `anew` takes the place of all before."""

    item_id: int
    words: str
    at: Moment
    by: int
    anew: bool


class CastPart(Part):
    """A named answer in an open vote, by question; the question of a vote without names is ""."""

    person: int
    answers: dict[str, str]
    at: Moment
    words: str
    reserved: bool


class HandsPart(Part):
    """Hands that were raised beside the phones, by `among`; of those against it is known who."""

    approve: int
    against: tuple[int, ...]
    abstain: int
    among: tuple[int, ...]
    at: Moment
    by: int
    acting_for: int | None


class RecusingPart(Part):
    """What was said of a member's taking no part in a vote (`out`), or of taking part again; the last word counts."""

    person: int
    out: bool
    reason: str
    at: Moment
    by: int
    acting_for: int | None


class VotePart(Part):
    """A vote on an item; of a secret one `cast` and `raised` are empty, and `voted` is who took part."""

    id: int
    item_id: int
    kind: VoteKind
    secret: bool
    matter: Matter
    names: tuple[str, ...]
    opened_at: Moment
    opened_by: int
    opened_for: int | None
    closed_at: Moment | None
    closed_by: int | None
    closed_for: int | None
    cast: tuple[CastPart, ...]
    voted: tuple[int, ...]
    raised: HandsPart | None
    result: dict[str, Any] | None
    abstains: bool
    recusals: tuple[RecusingPart, ...] = ()


class MeetingPart(Part):
    """One meeting that was closed."""

    id: int
    number: int | None
    body: str
    body_name: str
    kind: MeetingKind
    session: str
    starts_at: Moment
    place: str
    prepared_by: int
    submitted_at: Moment
    called_at: Moment | None
    regulation: str
    """The digest of the regulation it was called under."""
    files: tuple[FilePart, ...]
    invitees: tuple[InviteePart, ...]
    notes: tuple[NotedPart, ...]
    acts: tuple[MeetingActPart, ...]
    items: tuple[ItemPart, ...]
    keepers: tuple[KeeperPart, ...]
    pieces: tuple[PiecePart, ...]
    votes: tuple[VotePart, ...]


LISTS = ("invitees", "notes", "acts", "items", "keepers", "pieces", "votes")
"""What has rows of its own."""


def references_of(meeting: Meeting) -> set[str]:
    """How the register names the meeting and what was voted on in it."""
    return {about(meeting.id), *(f"vote:{each.id}" for each in meeting.votes)}


# --- from the facts ------------------------------------------------------------------------------


def meeting_part(meeting: Meeting, minutes: Minutes, files: tuple[FilePart, ...]) -> MeetingPart:
    """A meeting as the record tells it."""
    return part_of(
        MeetingPart,
        meeting,
        body=meeting.body.id,
        body_name=meeting.body.name,
        regulation=meeting.rulebook,
        files=files,
        invitees=parts_of(InviteePart, meeting.invitees),
        notes=parts_of(NotedPart, meeting.notes),
        acts=tuple(part_of(MeetingActPart, e, detail=dict(e.detail)) for e in meeting.acts),
        items=tuple(_item_part(e) for e in meeting.items),
        keepers=parts_of(KeeperPart, minutes.keepers),
        pieces=parts_of(PiecePart, minutes.pieces),
        votes=tuple(_vote_part(e) for e in meeting.votes),
    )


def _item_part(item: AgendaItem) -> ItemPart:
    concluded = item.concluded
    said = part_of(ConcludedPart, concluded) if concluded else None
    return part_of(ItemPart, item, concluded=said)


def _vote_part(vote: Vote) -> VotePart:
    cast = tuple(part_of(CastPart, each, answers=dict(each.answers)) for each in vote.cast)
    raised = None
    if vote.raised:
        among = tuple(sorted(vote.raised.among))
        raised = part_of(HandsPart, vote.raised, among=among)
    return part_of(
        VotePart,
        vote,
        cast=cast,
        voted=tuple(sorted(vote.voted)) if vote.secret else (),
        raised=raised,
        recusals=parts_of(RecusingPart, vote.recusals),
        result=result_as_kept(vote.result) if vote.result else None,
    )


# --- and back ------------------------------------------------------------------------------------


def meeting_of(part: MeetingPart, committee: int, body: Body) -> Meeting:
    """The meeting that a record tells, under the rules of its body."""
    return Meeting(
        id=part.id,
        committee=committee,
        rulebook=part.regulation,
        body=body,
        kind=part.kind,
        starts_at=part.starts_at,
        place=part.place,
        uid="",
        sequence=0,
        prepared_by=part.prepared_by,
        submitted_at=part.submitted_at,
        session=part.session,
        number=part.number,
        called_at=part.called_at,
        invitees=tuple(Invitee(**values_of(each)) for each in part.invitees),
        items=tuple(_item(each) for each in part.items),
        notes=tuple(Noted(**values_of(each)) for each in part.notes),
        acts=tuple(MeetingAct(**values_of(each)) for each in part.acts),
        votes=tuple(_vote(each) for each in part.votes),
    )


def minutes_of(part: MeetingPart) -> Minutes:
    """The minutes that a record tells."""
    return Minutes(
        tuple(Keeper(**values_of(each)) for each in part.keepers),
        tuple(Piece(**values_of(each)) for each in part.pieces),
    )


def _item(part: ItemPart) -> AgendaItem:
    concluded = Concluded(**values_of(part.concluded)) if part.concluded else None
    return AgendaItem(**{**values_of(part), "concluded": concluded})


def _vote(part: VotePart) -> Vote:
    cast = tuple(OpenVote(**values_of(each)) for each in part.cast)
    raised = None
    if part.raised:
        raised = RaisedHands(**{**values_of(part.raised), "among": frozenset(part.raised.among)})
    return Vote(
        **{
            **values_of(part),
            "cast": cast,
            "voted": frozenset(part.voted if part.secret else (each.person for each in cast)),
            "raised": raised,
            "recusals": tuple(Recusing(**values_of(each)) for each in part.recusals),
            "result": result_from_kept(part.result) if part.result else None,
        }
    )
