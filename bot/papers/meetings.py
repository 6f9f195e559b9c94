"""What the papers of a meeting tell, as words for a template: invitations, minutes, what was concluded and resolved.

Nothing is judged or counted here anew. Items that were dealt with among members stand in the minutes alone, and in
the invitations of those who see them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.counting.rules.board import Board
from bot.issuing.rules.letterhead import Letterhead, Paper
from bot.issuing.rules.numbers import Number
from bot.kit.access import By
from bot.meetings.face import Around
from bot.meetings.overview import concluded_words
from bot.meetings.rules.calling import items_for
from bot.meetings.rules.closing import opinions, sat
from bot.meetings.rules.meeting import (
    AgendaItem,
    Invitee,
    Mark,
    Meeting,
    MeetingActKind,
)
from bot.meetings.rules.minutes import Minutes
from bot.meetings.rules.quorum import found
from bot.meetings.rules.voted import votes_on
from bot.papers.counted_by import signatures, told_board
from bot.papers.differing import differing_of, grounds, told_said
from bot.papers.heading import headed, office_words
from bot.papers.rules.which import adopted, ballots, differed, told_outside
from bot.rendering import Rendering, initial
from bot.values.moments import as_papers_write, in_viet_nam
from bot.votes.rules.rights import rule_of
from bot.votes.rules.vote import Vote, VoteResult


@dataclass(frozen=True, slots=True)
class Task:
    """What a conclusion asks of somebody by a day."""

    name: str
    words: str
    until: date


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """All that a paper of a meeting is drawn up from."""

    meeting: Meeting
    around: Around
    chair: By | None
    """Who opened it; None before that."""
    minutes: Minutes
    head: Letterhead
    number: Number | None
    register_head: str
    now: datetime
    boards: Mapping[int, Board | None] = field(default_factory=dict)
    """Who counted the slips of each secret vote, where the office has named them."""
    tasks: Mapping[int, Sequence[Task]] = field(default_factory=dict)
    """What was asked of whom, by item."""


def meeting_view(say: Rendering, paper: Paper, facts: MeetingFacts) -> dict[str, Any]:
    """The fields of a template for this paper: words, and lists of words."""
    told = {
        **headed(say, facts.head, paper, facts.number, _day(facts, paper)),
        **_called(say, facts),
    }
    if paper is Paper.INVITATION:
        return {**told, "letters": _letters(say, facts)}
    told |= _held(say, facts)
    if paper is Paper.MINUTES:
        return {**told, **_attended(say, facts), "items": _course(say, facts)}
    if paper is Paper.BALLOTS:
        return {**told, **_ballots(say, facts)}
    if paper is Paper.DIFFERING:
        return {**told, **_differing(say, facts)}
    stated = told_outside(facts.meeting) if paper is Paper.CONCLUSION else adopted(facts.meeting)
    return {**told, "items": _concluded(say, facts, stated)}


def _day(facts: MeetingFacts, paper: Paper) -> date:
    """An invitation bears the day of the call, every other paper that of the close."""
    meeting = facts.meeting
    closed = meeting.act(MeetingActKind.CLOSE)
    at = closed.at if closed and paper is not Paper.INVITATION else meeting.called_at
    return in_viet_nam(at or facts.now).date()


def _called(say: Rendering, facts: MeetingFacts) -> dict[str, Any]:
    """Which meeting it is, whatever came of it."""
    meeting, session = facts.meeting, facts.around.session
    party = session.party if session else ""
    occasion = say.label(
        f"paper_meeting.{meeting.kind.value}", body=_in_prose(meeting), party=party
    )
    convener = facts.around.convener
    return {
        "body": meeting.body.name,
        "inviter": session.host if session else meeting.body.name,
        "occasion": occasion,
        "number": str(meeting.number or ""),
        "starts_at": say.moment(meeting.starts_at),
        "day": as_papers_write(in_viet_nam(meeting.starts_at).date()),
        "place": meeting.place,
        "convener": _by(say, convener),
        "register_head": facts.register_head,
        "made_at": say.moment(facts.now),
    }


def _in_prose(meeting: Meeting) -> str:
    return meeting.body.name.replace("Các ", "các ", 1)


def _by(say: Rendering, by: By | None) -> str:
    """Who did something, and for whom a stand-in did it."""
    if by is None:
        return ""
    key = "stands_in" if by.acting_for else "in_person"
    return say.label(f"paper_words.{key}", name=by.name, head=by.acting_for)


# --- before it -----------------------------------------------------------------------------------


def _letters(say: Rendering, facts: MeetingFacts) -> list[dict[str, Any]]:
    """One invitation for each who is invited, with the items that this person may know of."""
    meeting = facts.meeting
    return [
        {
            "to": _addressed(say, meeting, each),
            "guest": say.label("paper_words.guest_speaks") if each.guest else "",
            "items": [
                {"place": str(place), "subject": item.subject, "note": _note(say, facts, item)}
                for place, item in enumerate(items_for(meeting, each), 1)
            ],
        }
        for each in meeting.invitees
    ]


def _addressed(say: Rendering, meeting: Meeting, invited: Invitee) -> str:
    agency = meeting.body.of_agencies and not invited.guest
    office = office_words(say, invited.office)
    return say.label(
        f"paper_words.to_{'agency' if agency else 'person'}", name=invited.name, office=office
    )


def _note(say: Rendering, facts: MeetingFacts, item: AgendaItem) -> str:
    """What stands behind an item: that it is dealt with among members, and who answers for it."""
    closed = say.label("paper_words.among_members") if item.closed else ""
    name = facts.around.names.get(item.responsible or 0, "")
    kind = "agency" if facts.meeting.body.of_agencies else "person"
    answers = say.label(f"paper_words.responsible_{kind}", name=name) if name else ""
    return "".join(f"; {each}" for each in (closed, answers) if each)


# --- after it ------------------------------------------------------------------------------------


def _held(say: Rendering, facts: MeetingFacts) -> dict[str, Any]:
    meeting = facts.meeting
    opened, closed = meeting.act(MeetingActKind.OPEN), meeting.act(MeetingActKind.CLOSE)
    return {
        "opened_at": say.moment(opened.at) if opened else "",
        "closed_at": say.moment(closed.at) if closed else "",
        "chair": _by(say, facts.chair),
        "chair_name": facts.chair.name if facts.chair else "",
        "articles": ", ".join(found(meeting).articles),
    }


def _attended(say: Rendering, facts: MeetingFacts) -> dict[str, Any]:
    """Who came, who did not, and whether it could decide."""
    meeting, stands = facts.meeting, found(facts.meeting)
    came = [each for each in meeting.roll if meeting.last(each.person, Mark.CHECK_IN)]
    key = "quorum_held" if sat(meeting) else "quorum_missed"
    quorum = say.label(
        f"paper_words.{key}",
        required=stands.required,
        roll=len(meeting.roll),
        article=", ".join(stands.articles),
    )
    return {
        "keeper": facts.around.names.get(facts.minutes.keeper or 0, ""),
        "roll": len(meeting.roll),
        "came": len(came),
        "excused": len(meeting.absent_with_consent),
        "unexcused": len(meeting.absent_without_consent),
        "quorum": quorum if stands.required else "",
        "rows": [_row(say, meeting, each, place) for place, each in enumerate(meeting.roll, 1)],
        "guests": [
            _addressed(say, meeting, each)
            for each in meeting.guests
            if meeting.last(each.person, Mark.CHECK_IN)
        ],
    }


def _row(say: Rendering, meeting: Meeting, each: Invitee, place: int) -> dict[str, str]:
    return {
        "place": str(place),
        "name": each.name,
        "office": office_words(say, each.office),
        "came": _came(say, meeting, each),
    }


def _came(say: Rendering, meeting: Meeting, each: Invitee) -> str:
    if meeting.is_present(each.person):
        return say.label("paper_attendance.present")
    left = meeting.last(each.person, Mark.LEAVE)
    if left is not None:
        return say.label("paper_attendance.left", at=say.moment(left.at))
    kind = "excused" if each in meeting.absent_with_consent else "unexcused"
    return say.label(f"paper_attendance.{kind}")


def _course(say: Rendering, facts: MeetingFacts) -> list[dict[str, Any]]:
    """Every item with the votes on it, in order, the differing opinions word for word, and its conclusion."""
    meeting = facts.meeting
    return [
        {
            **each,
            "course": facts.minutes.text(item.id),
            "votes": _told_votes(say, meeting, item),
            "differing": [
                opinion for vote in votes_on(meeting, item) for opinion in _said(say, meeting, vote)
            ],
        }
        for each, item in zip(_concluded(say, facts, meeting.items), meeting.items, strict=True)
    ]


def _differing(say: Rendering, facts: MeetingFacts) -> dict[str, Any]:
    """Every item whose differing opinions are reported, with what the votes on it came to."""
    meeting = facts.meeting
    told, items = differing_of(say, meeting, facts.around), differed(meeting)
    reserve = meeting.body.reserve
    return {
        "items": [
            {**concluded, **opinions_of, "votes": _told_votes(say, meeting, item)}
            for concluded, opinions_of, item in zip(
                _concluded(say, facts, items), told, items, strict=True
            )
        ],
        "reserved": sum(
            bool(one["reserved"]) for each in told for one in (*each["differing"], *each["earlier"])
        ),
        "reserve_article": reserve.article if reserve else "",
        "ruling_article": grounds(meeting),
    }


def _told_votes(say: Rendering, meeting: Meeting, item: AgendaItem) -> list[str]:
    """What each vote on an item came to, a line a sentence."""
    return [
        line for vote in votes_on(meeting, item) for line in _vote(say, meeting, vote).splitlines()
    ]


def _vote(say: Rendering, meeting: Meeting, vote: Vote) -> str:
    """What a vote came to; of a secret one no name stands beside a choice."""
    rule, result = rule_of(meeting, vote), vote.result
    counted = rule.base_of(result.roll, result.present, result.base) if rule and result else 0
    out = [each.name for each in meeting.roll if each.person in vote.recused]
    recusal = rule.recusal if rule else None
    return say.plain(
        "papers/vote", vote=vote, result=result, base=counted, recused=out, recusal=recusal
    )


def _ballots(say: Rendering, facts: MeetingFacts) -> dict[str, Any]:
    """Every secret vote in numbers; everybody who counted signs, and whoever chaired where nobody was named."""
    meeting = facts.meeting
    boards = [facts.boards.get(each.id) for each in ballots(meeting)]
    chaired = say.label("paper_signs.chair")
    return {
        "ballots": [
            {
                "place": str(place),
                "subject": _subject(meeting, vote),
                "board": told_board(say, facts.boards.get(vote.id)),
                "opened_at": say.moment(vote.opened_at),
                "closed_at": say.moment(vote.closed_at) if vote.closed_at else "",
                "roll": vote.result.roll,
                "present": vote.result.present,
                "turnout": vote.result.turnout,
                "lines": list(_counted(say, vote.result)),
                "told": _vote(say, meeting, vote).splitlines()[1:],
            }
            for place, vote in enumerate(ballots(meeting), 1)
            if vote.result is not None
        ],
        "signatures": signatures(say, boards, chaired, facts.chair.name if facts.chair else ""),
    }


def _subject(meeting: Meeting, vote: Vote) -> str:
    item = meeting.item(vote.item_id)
    return item.subject if item else ""


def _counted(say: Rendering, result: VoteResult) -> Iterator[dict[str, Any]]:
    """How often each box was ticked, of a list under each name."""
    for name, counts in result.counts.items():
        for option, count in counts.items():
            what = initial(say.label(f"vote_position.{option}"))
            yield {
                "what": f"{name}: {what[:1].lower()}{what[1:]}" if name else what,
                "count": count,
                "of_all": f"{count}/{result.roll}",
            }


def _said(say: Rendering, meeting: Meeting, vote: Vote) -> list[dict[str, str]]:
    if vote.secret:
        return []
    return [told_said(say, each) for each in opinions(meeting, vote)]


def _task(say: Rendering, facts: MeetingFacts, task: Task) -> str:
    """What is asked of whom by when; an agency is no comrade."""
    kind = "agency" if facts.meeting.body.of_agencies else "person"
    until = as_papers_write(task.until)
    words = task.words.rstrip(" .;")
    return say.label(f"paper_words.task_{kind}", name=task.name, words=words, until=until)


def _concluded(
    say: Rendering, facts: MeetingFacts, items: Sequence[AgendaItem]
) -> list[dict[str, Any]]:
    return [
        {
            "place": str(place),
            "subject": item.subject,
            "note": _note(say, facts, item),
            "conclusion": initial(concluded_words(say, facts.meeting, item)),
            "words": item.concluded.words if item.concluded else "",
            "tasks": [_task(say, facts, each) for each in facts.tasks.get(item.id, ())],
        }
        for place, item in enumerate(items, 1)
    ]
