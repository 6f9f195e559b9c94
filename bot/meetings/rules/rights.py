"""Who may do what at a meeting at a given moment; one predicate decides the button and the tap alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.meetings.rules.closing import decided_by_vote, must_be_secret, of_a_ballot
from bot.meetings.rules.meeting import (
    BY_VOTE_ALONE,
    DECIDES,
    AgendaItem,
    Conclusion,
    Mark,
    Meeting,
    MeetingActKind,
    MeetingStage,
)
from bot.meetings.rules.quorum import found
from bot.meetings.rules.voted import by_vote, votes_by, with_a_ballot
from bot.people.rules.acting import Standing
from bot.values.action import action
from bot.values.moments import begins, in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes.rules.vote import Vote

OVER = (
    MeetingStage.DECLINED,
    MeetingStage.CANCELLED,
    MeetingStage.CLOSED,
    MeetingStage.LAPSED,
)
"""Stages after which nothing more happens."""
OVER_BY = (
    MeetingActKind.DECLINE,
    MeetingActKind.CANCEL,
    MeetingActKind.CLOSE,
    MeetingActKind.RECORD,
    MeetingActKind.LAPSE,
)
"""Acts that lead there."""

# --- answers to the invitation ---------------------------------------------------------------


def may_answer(meeting: Meeting, person: int, at: datetime) -> Refusal | None:
    """Whoever is invited may answer, and answer anew, until the meeting begins; exactly then, too."""
    if meeting.invitee(person) is None:
        return NO_RIGHT
    if meeting.stage is not MeetingStage.CALLED:
        return _not_called(meeting)
    if at > meeting.starts_at:
        return Refusal("sitting_answer_late", values=_values(meeting))
    return None


def may_consent(meeting: Meeting, standing: Standing, of: int) -> Refusal | None:
    """The head says yes or no to an absence that was asked for, until the close; never to the own one."""
    if not standing.head:
        return _only_head(meeting, standing, _consent_article(meeting))
    if meeting.stage not in (MeetingStage.CALLED, MeetingStage.OPEN):
        return _not_called(meeting)
    invitee, answer = meeting.invitee(of), meeting.answer(of)
    asked = answer is not None and answer.mark is Mark.ABSENT
    if invitee is None or invitee.guest or not asked:
        name = invitee.name if invitee else ""
        return Refusal("sitting_no_absence", values={**_values(meeting), "name": name})
    if of == standing.person:
        return Refusal("sitting_own_absence", _consent_article(meeting))
    return None


def may_remind(meeting: Meeting, standing: Standing, at: datetime) -> Refusal | None:
    """Clerk and head remind until the meeting begins."""
    if not standing.office:
        return NO_RIGHT
    if meeting.stage is not MeetingStage.CALLED:
        return _not_called(meeting)
    return (
        None if at <= meeting.starts_at else Refusal("sitting_answer_late", values=_values(meeting))
    )


def _consent_article(meeting: Meeting) -> str | None:
    return meeting.rules.absence.article if meeting.rules.absence else chair_article(meeting)


def chair_article(meeting: Meeting) -> str | None:
    """The article by which the head convenes, chairs and concludes, where there is one."""
    return meeting.rules.convener.article if meeting.rules.convener else None


# --- attendance on the day -------------------------------------------------------------------


def may_check_in(meeting: Meeting, of: int, at: datetime) -> Refusal | None:
    """Whoever is invited, on the day of the meeting (Viet Nam) and until its close, late or not."""
    if meeting.invitee(of) is None:
        return Refusal("sitting_not_invited")
    return _on_the_day(meeting, at, "sitting_check_in_early")


def may_leave(meeting: Meeting, of: int, at: datetime) -> Refusal | None:
    """Only whoever has checked in can be noted as gone."""
    refusal = may_check_in(meeting, of, at)
    if refusal is None and meeting.last(of, Mark.CHECK_IN) is None:
        return Refusal("sitting_not_checked_in", values=_values(meeting))
    return refusal


def _on_the_day(meeting: Meeting, at: datetime, early: str) -> Refusal | None:
    if meeting.stage not in (MeetingStage.CALLED, MeetingStage.OPEN):
        return _not_called(meeting)
    if in_viet_nam(at).date() < day_of(meeting):
        return Refusal(early, values=_values(meeting))
    if meeting.stage is MeetingStage.CALLED and in_viet_nam(at).date() > day_of(meeting):
        return Refusal("sitting_day_passed", values=_values(meeting))
    return None


def day_of(meeting: Meeting) -> date:
    """The day of the meeting in Viet Nam."""
    return in_viet_nam(meeting.starts_at).date()


# --- the sitting -----------------------------------------------------------------------------


def may_open(meeting: Meeting, standing: Standing, at: datetime) -> Refusal | None:
    """The head opens on the day; whether there is a quorum yet decides over votes, not over this."""
    if not standing.head:
        return _only_head(meeting, standing, chair_article(meeting))
    if meeting.stage is MeetingStage.OPEN:
        return Refusal("sitting_opened_already", values=_values(meeting))
    return _on_the_day(meeting, at, "sitting_open_early")


def may_conclude(
    meeting: Meeting, standing: Standing, item: AgendaItem, kind: Conclusion | None = None
) -> Refusal | None:
    """Clerk or head, while the meeting is open.

    On an item that was voted on only what its votes came to, with words if wanted (QN 8.2.2, 7.2); without a
    vote nothing is decided while there is no quorum. What a ballot on paper may come to is entered where the text
    has such an item decided by secret ballot alone, and none in the bot has decided it; of an item of which the bot
    has decided other names, what both come to.
    """
    if not standing.office:
        return NO_RIGHT
    if meeting.stage is not MeetingStage.OPEN:
        return _not_open(meeting)
    if any(vote.item_id == item.id for vote in open_votes(meeting)):
        return Refusal("sitting_vote_runs", values=_values(meeting))
    if kind is None:
        return None
    voted = by_vote(meeting, item)
    if voted is None or needs_ballot(meeting, item, kind):
        return _without_vote(meeting, item, kind)
    return _as_voted(meeting, item, voted, kind)


def _as_voted(
    meeting: Meeting, item: AgendaItem, voted: Conclusion, kind: Conclusion
) -> Refusal | None:
    if kind is voted:
        return None
    named = (vote.result.articles for vote in votes_by(meeting, item, voted) if vote.result)
    articles = ", ".join(dict.fromkeys(article for each in named for article in each))
    return Refusal("sitting_against_vote", articles, values={"conclusion": voted.value})


def _without_vote(meeting: Meeting, item: AgendaItem, kind: Conclusion) -> Refusal | None:
    ballot = needs_ballot(meeting, item, kind)
    if ballot and (all_in_all := with_a_ballot(meeting, item, kind)) is not kind:
        return _as_voted(meeting, item, all_in_all, kind)
    if kind in BY_VOTE_ALONE and not ballot:
        article = meeting.rules.vote.article if meeting.rules.vote else None
        return Refusal("sitting_needs_vote", article, values={"conclusion": kind.value})
    stands = found(meeting)
    if (kind in DECIDES or ballot) and not stands.holds:
        lacks = {
            "present": stands.present,
            "required": stands.required,
            "roll": stands.roll,
            "groups": stands.groups,
        }
        return Refusal("sitting_no_quorum", ", ".join(stands.articles), values=lacks)
    return None


def needs_ballot(meeting: Meeting, item: AgendaItem, kind: Conclusion) -> str | None:
    """The article by which this conclusion follows a secret ballot alone, where none in the bot has decided it."""
    if kind not in of_a_ballot(meeting) or decided_by_vote(meeting, item) is not None:
        return None
    return must_be_secret(meeting, item)


def may_conclude_in_words(
    meeting: Meeting, item: AgendaItem, kind: Conclusion, words: str
) -> Refusal | None:
    """What needs a secret ballot is not concluded without the count of one held on paper (QN 8.2.2): its numbers."""
    article = needs_ballot(meeting, item, kind)
    if article is None or any(letter.isdigit() for letter in words):
        return None
    back = action("conclude", item.id, kind.value)
    values = {"matter": item.matter.value}
    return Refusal("sitting_needs_ballot", article, back=back, values=values)


def may_close(meeting: Meeting, standing: Standing) -> Refusal | None:
    """The head closes an open meeting, never while a vote runs."""
    if not standing.head:
        return _only_head(meeting, standing, chair_article(meeting))
    if meeting.stage is not MeetingStage.OPEN:
        return _not_open(meeting)
    if open_votes(meeting):
        return Refusal("sitting_vote_runs", values=_values(meeting))
    return None


def may_give_task(meeting: Meeting, standing: Standing, item: AgendaItem) -> Refusal | None:
    """Clerk or head, from the conclusion on an item on, also after the close and of a meeting entered by hand."""
    if not standing.office:
        return NO_RIGHT
    if meeting.stage not in (MeetingStage.OPEN, MeetingStage.CLOSED):
        return _not_open(meeting)
    if item.concluded is None and by_vote(meeting, item) is None:
        return Refusal("sitting_not_concluded", values={"subject": item.subject})
    return None


def open_votes(meeting: Meeting) -> Sequence[Vote]:
    """Votes that are not closed yet."""
    return [vote for vote in meeting.votes if vote.closed_at is None]


# --- why not ---------------------------------------------------------------------------------


def _only_head(meeting: Meeting, standing: Standing, article: str | None) -> Refusal:
    """The clerk is told whose right it is; nobody else learns anything."""
    return (
        Refusal("sitting_only_chair", article, values=_values(meeting))
        if standing.clerk
        else NO_RIGHT
    )


def _not_called(meeting: Meeting) -> Refusal:
    kinds = {
        MeetingStage.OPEN: "sitting_runs",
        MeetingStage.CLOSED: "sitting_closed",
        MeetingStage.CANCELLED: "sitting_cancelled",
        MeetingStage.LAPSED: "sitting_day_passed",
    }
    return Refusal(kinds.get(meeting.stage, "sitting_not_called"), values=_values(meeting))


def _not_open(meeting: Meeting) -> Refusal:
    return (
        Refusal("sitting_not_open", values=_values(meeting))
        if meeting.stage is MeetingStage.CALLED
        else _not_called(meeting)
    )


def _values(meeting: Meeting) -> dict[str, object]:
    closed = next((a.at for a in reversed(meeting.acts) if a.kind.value == "close"), None)
    opened = next((a.at for a in reversed(meeting.acts) if a.kind.value == "open"), None)
    return {
        "body": meeting.body.name,
        "starts_at": meeting.starts_at,
        "from": begins(day_of(meeting)),
        "opened_at": opened,
        "closed_at": closed,
    }
