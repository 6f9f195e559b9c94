"""Cards of a meeting's office: the dashboard, items and conclusions, the close. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.notice import Button, Card, Row, Style
from bot.kit.access import By
from bot.kit.ask import YES
from bot.meetings.access import Access
from bot.meetings.attendance.cards import own_rows, way
from bot.meetings.rules.closing import (
    RETURNS,
    at_the_close,
    by_paper_ballot,
    goes_upward,
    must_be_secret,
    sat,
    unconcluded,
)
from bot.meetings.rules.meeting import AgendaItem, Conclusion, Meeting, MeetingStage
from bot.meetings.rules.quorum import forecast, found, unanswered, waits_for_consent
from bot.meetings.rules.rights import (
    may_check_in,
    may_close,
    may_conclude,
    may_consent,
    may_open,
    may_remind,
    needs_ballot,
    open_votes,
)
from bot.meetings.rules.voted import by_vote, decided_on, holding_on
from bot.rendering import Rendering, initial
from bot.values.action import Action, action
from bot.votes.rules.rights import Wanted, too_few
from bot.votes.rules.vote import VoteKind

NAMED = 30
"""Names in one list of the dashboard before the rest is counted."""


@dataclass(frozen=True, slots=True)
class ChairAhead:
    """Who will chair a meeting to come: the delegate by name, or nobody yet."""

    delegate: str = ""
    empty: bool = False
    by_absence: bool = False
    """The delegate acts because the head was entered as away."""


KNOWN_CHAIR = ChairAhead()
"""The head chairs, as usual."""


def _by_absence(stood: Access) -> bool:
    """Whether the person stands in because the head is away, and not by delegation."""
    given = stood.acting.standing_in if stood.acting else None
    return given is not None and given.absence is not None


def dashboard(
    say: Rendering,
    stood: Access,
    chair: By | None,
    more: Sequence[Row],
    now: datetime,
    *,
    ahead: ChairAhead = KNOWN_CHAIR,
) -> Card:
    """Where the meeting stands, first in one line, with the acts open to its reader."""
    meeting = stood.meeting
    text = say.text(
        "meeting_dashboard",
        meeting=meeting,
        stage=meeting.stage.value,
        agencies=meeting.body.of_agencies,
        forecast=forecast(meeting),
        stands=found(meeting),
        waiting=waits_for_consent(meeting),
        guests_here=[each for each in meeting.guests if meeting.is_present(each.person)],
        unconcluded=len(unconcluded(meeting)),
        chair=chair,
        ahead=ahead,
        acting_for=stood.acting_for is not None,
        by_absence=_by_absence(stood),
        most=NAMED,
        now=now,
    )
    return Card(text, (*_acts(say, stood, now), *more, _list(say)))


def _acts(say: Rendering, stood: Access, now: datetime) -> list[Row]:
    meeting, standing = stood.meeting, stood.standing
    rows: list[Row] = [
        _row(say, "absence", action("absence", meeting.id, each.person), name=each.name)
        for each in waits_for_consent(meeting)
        if may_consent(meeting, standing, each.person) is None
    ]
    if may_open(meeting, standing, now) is None:
        rows.append(_row(say, "open", action("mopen", meeting.id), style="primary"))
    if meeting.stage in (MeetingStage.OPEN, MeetingStage.CLOSED):
        sits = meeting.stage is MeetingStage.OPEN
        style: Style | None = "primary" if sits else None
        rows.append(_row(say, "items", action("mitems", meeting.id), style=style))
    rows += _arrivals(say, stood, now)
    if may_close(meeting, standing) is None:
        rows.append(_row(say, "close", action("mclose", meeting.id), style="danger"))
    if may_remind(meeting, standing, now) is None and unanswered(meeting):
        rows.append(_row(say, "remind", action("mremind", meeting.id)))
    if stood.invitee is not None:
        rows.append(_row(say, "invitation", action("minvite", meeting.id)))
    return rows


def _arrivals(say: Rendering, stood: Access, now: datetime) -> list[Row]:
    """On the day: the own arrival, and that of others."""
    meeting = stood.meeting
    if not meeting.invitees or may_check_in(meeting, meeting.invitees[0].person, now):
        return []
    rows = [*own_rows(say, meeting, stood.person.id, now)]
    here = [meeting.is_present(each.person) for each in meeting.invitees]
    if not all(here):
        rows.append(_row(say, "check_in_of", action("checkin_of", meeting.id)))
    if any(here):
        rows.append(_row(say, "leave_of", action("leave_of", meeting.id)))
    return rows


def _row(
    say: Rendering, label: str, to: Action, *, style: Style | None = None, **values: object
) -> Row:
    return (Button(say.label(f"sitting_button.{label}", **values), to, style=style),)


def items(say: Rendering, meeting: Meeting) -> Card:
    """The items in order with what was concluded; a button opens each."""
    text = say.text("meeting_items", meeting=meeting, lines=_lines(meeting))
    rows = [
        _row(
            say,
            "item",
            action("mitem", item.id),
            place=place,
            subject=item.subject,
        )
        for place, item in enumerate(meeting.items, 1)
    ]
    return Card(text, (*rows, _dash(say, meeting)))


def _lines(meeting: Meeting) -> list[dict[str, object]]:
    return [_line(meeting, item) for item in meeting.items]


def _line(meeting: Meeting, item: AgendaItem) -> dict[str, object]:
    """One item with what becomes of it; words that were said before a vote turned it over are not shown."""
    becomes, said = at_the_close(meeting, item), item.concluded
    on_paper = by_paper_ballot(meeting, item) if said and said.kind is becomes else None
    return {
        "item": item,
        "concluded": said if said and said.kind is becomes else None,
        **_voted(meeting, item),
        "decided": not on_paper and by_vote(meeting, item),
        "becomes": becomes.value,
        "on_paper": on_paper,
        "beside": decided_on(meeting, item) if on_paper else (),
        "returns": becomes in RETURNS,
    }


def _voted(meeting: Meeting, item: AgendaItem) -> dict[str, object]:
    """What holds of the votes on an item, and whether one runs."""
    return {
        "voted": by_vote(meeting, item),
        "votes": [each.vote for each in holding_on(meeting, item)],
        "running": any(vote.item_id == item.id for vote in open_votes(meeting)),
    }


def item(
    say: Rendering,
    stood: Access,
    one: AgendaItem,
    *,
    by: By | None,
    responsible: str,
    more: Sequence[Row],
    opinions: Mapping[str, object] | None = None,
) -> Card:
    """One item: its votes, its conclusion, and what can be done now."""
    meeting, standing = stood.meeting, stood.standing
    text = say.text(
        "meeting_item",
        meeting=meeting,
        stage=meeting.stage.value,
        item=one,
        place=meeting.items.index(one) + 1,
        **_voted(meeting, one),
        secret=must_be_secret(meeting, one),
        on_paper=by_paper_ballot(meeting, one),
        stands=found(meeting),
        responsible=responsible,
        opinions=opinions,
        by=by,
    )
    kinds = [
        (
            Button(
                initial(say.label(f"conclusion.{kind.value}")),
                action("conclude", one.id, kind.value),
            ),
        )
        for kind in Conclusion
        if may_conclude(meeting, standing, one, kind) is None
    ]
    back = _row(say, "items", action("mitems", meeting.id))
    return Card(text, (*more, *kinds, back))


def ask_words(say: Rendering, meeting: Meeting, one: AgendaItem, kind: Conclusion) -> Card:
    """The conclusion in words; they may be left out, but for the count of a ballot that must be secret."""
    ballot = needs_ballot(meeting, one, kind)
    text = say.text(
        "meeting_ask_conclusion",
        meeting=meeting,
        item=one,
        kind=kind.value,
        ballot=ballot,
        divided=ballot and goes_upward(meeting),
        least=too_few(meeting, Wanted(VoteKind.APPROVE, secret=True, matter=one.matter)),
    )
    back = (Button(say.label("button.back"), action("mitem", one.id)),)
    plain = _row(say, "without_words", action("conclude", one.id, kind.value, ""))
    return Card(text, (back,) if ballot else (plain, back))


def ask_open(say: Rendering, meeting: Meeting, now: datetime) -> Card:
    """Its hour has not come: who is there, and one more tap opens."""
    text = say.text("meeting_ask_open", meeting=meeting, stands=found(meeting), now=now)
    yes = _row(say, "open_yes", action("mopen", meeting.id, YES), style="primary")
    return Card(text, (yes, _dash(say, meeting)))


def ask_close(say: Rendering, meeting: Meeting) -> Card:
    """What will become of every item; one more tap closes."""
    text = say.text(
        "meeting_ask_close",
        meeting=meeting,
        lines=_lines(meeting),
        unconcluded=unconcluded(meeting),
        sat=sat(meeting),
        stands=found(meeting),
    )
    yes = _row(say, "close_yes", action("mclose", meeting.id, YES), style="danger")
    return Card(text, (yes, _row(say, "items", action("mitems", meeting.id)), _dash(say, meeting)))


def concluded(say: Rendering, meeting: Meeting, chair: By | None) -> Card:
    """To members and office: what was concluded on every item."""
    text = say.text(
        "meeting_concluded",
        meeting=meeting,
        agencies=meeting.body.of_agencies,
        lines=_lines(meeting),
        came=[each for each in meeting.roll if each not in _never_came(meeting)],
        with_consent=meeting.absent_with_consent,
        without_consent=meeting.absent_without_consent,
        chair=chair,
        sat=sat(meeting),
        stands=found(meeting),
    )
    return Card(text, (way(say, meeting),))


def _never_came(meeting: Meeting) -> tuple[object, ...]:
    return (*meeting.absent_with_consent, *meeting.absent_without_consent)


def _dash(say: Rendering, meeting: Meeting) -> Row:
    return _row(say, "dashboard", action("mdash", meeting.id))


def _list(say: Rendering) -> Row:
    return (Button(say.label("button.meetings"), action("mlist")),)
