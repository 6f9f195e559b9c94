"""Which papers a consultation or a meeting gives rise to now."""

from __future__ import annotations

from collections.abc import Iterable

from bot.consultations.rules.consultation import ActKind
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Result
from bot.issuing.rules.letterhead import Paper
from bot.meetings.rules.closing import at_the_close, by_paper_ballot, sat
from bot.meetings.rules.meeting import AgendaItem, Conclusion, Meeting, MeetingKind, MeetingStage
from bot.meetings.rules.voted import DIVIDED, divided_on, votes_on
from bot.regulations.rules.regulation import Outcome
from bot.votes.rules.vote import Vote

WITHOUT_COUNT = frozenset({ActKind.WITHDRAW, ActKind.TO_MEETING})
"""Ends of a matter after which members are told no numbers: nothing was summed up."""

INVITED = frozenset({Paper.INVITATION})
HELD = INVITED | {Paper.MINUTES, Paper.BALLOTS, Paper.CONCLUSION, Paper.RESOLUTION, Paper.DIFFERING}
NUMBERED = {
    MeetingStage.SUBMITTED: INVITED,
    MeetingStage.SENT_BACK: INVITED,
    MeetingStage.CALLED: INVITED,
    MeetingStage.OPEN: INVITED,
    MeetingStage.CLOSED: HELD,
}
"""Papers of a meeting that bear numbers, by where it stands."""


def papers_of(dossier: Dossier, result: Result | None) -> tuple[Paper, ...]:
    """What the office and the head may have drawn up: slips once it has opened, the others once it is closed.

    Opinions are shown to nobody before the close, on paper as little as on a screen. Of a slip with several
    contents the slip itself has what is sent, and each content what it came to: a paper tells one result.
    """
    if dossier.consultation is None:
        return ()
    if dossier.contents and bool(dossier.place) is (dossier.closed_at is None):
        return ()
    if dossier.closed_at is None or result is None:
        return (Paper.SLIP,)
    if result.outcome is Outcome.WITHDRAWN:
        return (Paper.RESULT,)
    told = (Paper.COUNT, Paper.TABLE, Paper.RESULT)
    return (*told, Paper.DIFFERING) if result.outcome in DIVIDED else told


def numbered_of_slip(results: Iterable[tuple[Dossier, Result | None]]) -> frozenset[Paper]:
    """Of which papers of a slip a number may be taken; a resolution on what was counted is drawn up by hand.

    It is told with each of its contents what came of it. A number is the slip's: papers of its contents are
    parts of one, and bear it together.
    """
    papers = frozenset(paper for each, result in results for paper in papers_of(each, result))
    return papers | {Paper.RESOLUTION} if Paper.COUNT in papers else papers


def numbered_of_meeting(meeting: Meeting) -> frozenset[Paper]:
    """Of which papers of a meeting a number may be taken, some of them drawn up by hand; of one not held of none."""
    return NUMBERED.get(meeting.stage, frozenset())


def papers_of_meeting(meeting: Meeting) -> tuple[Paper, ...]:
    """What the office and the head may have drawn up: invitations once it is called, what it came to once it is over.

    Minutes are kept of every meeting that was opened, a conclusion or a resolution follows one that sat (QN 8.2.3,
    HU 15.3, 21.1). Of one that is entered afterwards nothing but its day is known, and there is no paper.
    """
    if meeting.stage in (MeetingStage.CALLED, MeetingStage.OPEN):
        return (Paper.INVITATION,)
    if meeting.stage is not MeetingStage.CLOSED or meeting.by_hand:
        return ()
    told = [Paper.MINUTES]
    if ballots(meeting):
        told.append(Paper.BALLOTS)
    if told_outside(meeting) and (sat(meeting) or meeting.kind is MeetingKind.KEY_CADRES):
        told.append(Paper.CONCLUSION)
    if adopted(meeting):
        told.append(Paper.RESOLUTION)
    if differed(meeting):
        told.append(Paper.DIFFERING)
    return tuple(told)


def by_hand_of_meeting(meeting: Meeting) -> frozenset[Paper]:
    """What the office alone draws up of a meeting that is over; its invitation went out before."""
    if meeting.stage is not MeetingStage.CLOSED:
        return frozenset()
    return numbered_of_meeting(meeting) - INVITED - frozenset(papers_of_meeting(meeting))


def differed(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items whose differing opinions are reported, those dealt with among members too: it goes upward.

    Of what a vote divided the report is asked for (QN 7.2, HU 15.2); what somebody reserves may go upward (BK 9.2,
    HU 17.2). Where neither is, the minutes hold what was said, and no text asks for more.
    """
    return tuple(
        item for item in meeting.items if is_divided(meeting, item) or _is_reserved(meeting, item)
    )


def is_divided(meeting: Meeting, item: AgendaItem) -> bool:
    """Whether a vote divided the body over an item, in the bot or by a ballot on paper (QN 7.2, HU 15.2)."""
    if by_paper_ballot(meeting, item):
        return at_the_close(meeting, item).value in DIVIDED
    return bool(divided_on(meeting, item)) or at_the_close(meeting, item).value in DIVIDED


def _is_reserved(meeting: Meeting, item: AgendaItem) -> bool:
    if meeting.body.reserve is None:
        return False
    cast = (each for vote in votes_on(meeting, item) for each in vote.effective.values())
    return any(each.reserved for each in cast)


def ballots(meeting: Meeting) -> tuple[Vote, ...]:
    """The secret votes whose counting minutes tell numbers: in the order in which they were opened."""
    return tuple(each for each in meeting.votes if each.secret and each.result is not None)


def told_outside(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items that a paper for others may tell: none that was dealt with among members (BK 11.1)."""
    return tuple(item for item in meeting.items if not item.closed)


def adopted(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items that a resolution states."""
    return tuple(
        item for item in told_outside(meeting) if at_the_close(meeting, item) is Conclusion.ADOPTED
    )
