"""A meeting of a dossier checked by itself: its facts beside the lines, its votes counted anew by the frozen rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.db.schema import (
    agenda_items,
    attachments,
    attendance,
    ballot_rolls,
    conclusions,
    invitees,
    meeting_acts,
    meetings,
    minute_keepers,
    minute_pieces,
    open_votes,
    raised_hands,
    recusals,
    votes,
)
from bot.db.schema.proven import plain
from bot.dossiers.comparing import Row, row_of, same
from bot.dossiers.extract import Rows, told_rows
from bot.dossiers.meeting_record import LISTS, MeetingPart, VotePart, meeting_of
from bot.meetings.face import about
from bot.regulations.rules.regulation import Regulation
from bot.votes import overview as vote_overview


def facts_differ(
    meeting: MeetingPart, digests: Mapping[str, str], lines: list[dict[str, Any]]
) -> Iterator[str]:
    """What of a meeting is not what the register tells: the names of its tables, "file" for a file."""
    subjects = {about(meeting.id), *(f"vote:{each.id}" for each in meeting.votes)}
    told = told_rows(lines, subjects)
    sent = {(row["name"], row["sha256"]) for row in told.get(attachments.name, {}).values()}
    for each in meeting.files:
        named = (plain(attachments.c.name, each.name), each.sha256)
        if named not in sent or digests.get(each.path) != each.sha256:
            yield "file"
    rows = {**told, **_standing(told)}
    for table, facts in _facts(meeting):
        if not same(table, facts, rows.get(table.name, {}).values()):
            yield table.name
    for vote in meeting.votes:
        if {each.person for each in vote.cast if each.reserved} != _reserving(told, vote):
            yield "reservations"


def counts_differ(meeting: MeetingPart, committee: int, regulation: Regulation) -> list[int]:
    """The votes whose result does not follow from what the record tells of them."""
    try:
        held = meeting_of(meeting, committee, regulation.body(meeting.body))
        return [
            vote.id
            for vote, told in zip(held.votes, meeting.votes, strict=True)
            if not (_hands_fit(told) and vote_overview.follows(held, vote))
        ]
    except (ArithmeticError, LookupError, ValueError, TypeError, AttributeError):
        return [each.id for each in meeting.votes]  # nothing that the product could have recorded


def _hands_fit(vote: VotePart) -> bool:
    """Whether no more hands were raised than people were there: counted singly, a forged number would not end."""
    hands = vote.raised
    if hands is None:
        return True
    total = hands.approve + len(hands.against) + hands.abstain
    return min(hands.approve, hands.abstain) >= 0 and total <= len(hands.among)


def _standing(told: Rows) -> Rows:
    """Of what is appended and of which the last one stands, that one; of the agenda what was not taken off."""
    items = told.get(agenda_items.name, {})
    hands = _last(told.get(raised_hands.name, {}), "vote_id")
    return {
        agenda_items.name: {k: row for k, row in items.items() if not row.get("taken_off_at")},
        conclusions.name: _last(told.get(conclusions.name, {}), "item_id"),
        raised_hands.name: {
            key: row
            for key, row in hands.items()
            if row["approve"] or row["abstain"] or row["against"] != "[]"
        },
    }


def _last(rows: Mapping[str, Row], of: str) -> dict[str, Row]:
    found = {str(row[of]): row for row in sorted(rows.values(), key=lambda row: int(row["id"]))}
    return dict(found)


def _reserving(told: Rows, vote: VotePart) -> set[int]:
    """Who has the own opinion in an open vote reserved, of those who voted by phone."""
    marks = sorted(told.get("reservations", {}).values(), key=lambda row: int(row["id"]))
    last = {row["person_id"]: row["reserved"] for row in marks if row.get("vote_id") == vote.id}
    return {person for person, reserved in last.items() if reserved}


def _facts(meeting: MeetingPart) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """The facts of a record as rows of the tables that the register tells of."""
    yield meetings, [_meeting(meeting)]
    yield invitees, [row_of(each, person="person_id") for each in meeting.invitees]
    yield attendance, [row_of(each, person="person_id", mark="kind") for each in meeting.notes]
    yield meeting_acts, [row_of(each) for each in meeting.acts]
    yield agenda_items, [row_of(each, "concluded") for each in meeting.items]
    yield (
        conclusions,
        [
            {"item_id": each.id, **row_of(each.concluded)}
            for each in meeting.items
            if each.concluded
        ],
    )
    yield minute_keepers, [row_of(each, person="person_id") for each in meeting.keepers]
    yield minute_pieces, [row_of(each) for each in meeting.pieces]
    yield votes, [row_of(each, "cast", "voted", "raised", "recusals") for each in meeting.votes]
    yield (
        open_votes,
        [
            {"vote_id": vote.id, **row_of(each, "reserved", person="person_id")}
            for vote in meeting.votes
            for each in vote.cast
        ],
    )
    yield (
        raised_hands,
        [{"vote_id": vote.id, **row_of(vote.raised)} for vote in meeting.votes if vote.raised],
    )
    yield (
        recusals,
        [
            {"vote_id": vote.id, **row_of(each, person="person_id")}
            for vote in meeting.votes
            for each in vote.recusals
        ],
    )
    yield (
        ballot_rolls,
        [
            {"vote_id": vote.id, "person_id": person}
            for vote in meeting.votes
            for person in vote.voted
        ],
    )


def _meeting(meeting: MeetingPart) -> dict[str, Any]:
    return row_of(meeting, "body_name", "files", *LISTS, regulation="rulebook")
