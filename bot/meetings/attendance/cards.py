"""Cards about answers, absences and who is there. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db.notice import Button, Card, Row, Rows, Style
from bot.kit.access import By
from bot.kit.act import page as page_at
from bot.kit.card import page_of
from bot.meetings.access import Access
from bot.meetings.rules.meeting import Invitee, Mark, Meeting
from bot.meetings.rules.quorum import forecast
from bot.meetings.rules.rights import may_check_in, may_consent
from bot.people.rules.acting import Standing
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import action

PAGE = 20
"""Names on one page of a list to pick from."""


def way(say: Rendering, meeting: Meeting) -> Row:
    """The way to the meeting, whatever it is to the reader."""
    return (Button(say.label("sitting_button.show"), action("mshow", meeting.id)),)


def ask_absence(say: Rendering, found: Access) -> Card:
    """Why the person will be absent."""
    own = found.head and found.acting_for is None
    text = say.text(
        "meeting_ask_absence",
        meeting=found.meeting,
        agencies=found.meeting.body.of_agencies,
        guest=not found.member,
        own=own,
    )
    back = Button(say.label("button.back"), action("minvite", found.meeting.id))
    return Card(text, ((back,),))


def head_absent(say: Rendering, meeting: Meeting) -> Card:
    """The head will be away: who can take the chair."""
    delegate = Button(
        say.label("button.deleg"), action("deleg", meeting.committee), style="primary"
    )
    return Card(say.text("meeting_head_absent", meeting=meeting), ((delegate,), way(say, meeting)))


def absence(
    say: Rendering, meeting: Meeting, member: Invitee, standing: Standing, by: By | None
) -> Card:
    """Asks the head for consent to an absence; afterwards it shows what was said."""
    answer, said = meeting.answer(member.person), meeting.consent(member.person)
    asks = answer is not None and answer.mark is Mark.ABSENT
    text = say.text(
        "meeting_absence",
        meeting=meeting,
        agencies=meeting.body.of_agencies,
        member=member,
        reason=answer.reason if answer else "",
        asks=asks,
        said=said,
        by=by,
        forecast=forecast(meeting),
        rule=meeting.rules.absence,
    )
    open_to_say = may_consent(meeting, standing, member.person) is None
    return Card(
        text, (*_consents(say, meeting, member, said, allowed=open_to_say), way(say, meeting))
    )


def _consents(
    say: Rendering, meeting: Meeting, member: Invitee, said: object, *, allowed: bool
) -> Rows:
    mark = getattr(said, "mark", None)
    buttons: dict[Mark, tuple[str, str, Style]] = {
        Mark.CONSENT: ("absence_ok", "consent", "success"),
        Mark.REFUSE: ("absence_no", "refuse", "danger"),
    }
    return tuple(
        (
            Button(
                say.label(f"sitting_button.{label}"),
                action(act, meeting.id, member.person),
                style=style,
            ),
        )
        for each, (act, label, style) in buttons.items()
        if allowed and each is not mark
    )


def ask_refusal(say: Rendering, meeting: Meeting, of: int) -> Card:
    """Why the absence is not consented to; it may be left out."""
    member = meeting.invitee(of)
    plain = Button(
        say.label("sitting_button.refuse_plain"), action("absence_no", meeting.id, of, "")
    )
    back = Button(say.label("button.back"), action("absence", meeting.id, of))
    text = say.text(
        "meeting_ask_refusal",
        meeting=meeting,
        agencies=meeting.body.of_agencies,
        name=member.name if member else "",
    )
    return Card(text, ((plain,), (back,)))


def absence_answered(
    say: Rendering, meeting: Meeting, member: Person, mark: Mark, reason: str, by: By
) -> Card:
    """To the member: what the head said."""
    text = say.text(
        "meeting_absence_answered",
        meeting=meeting,
        agencies=meeting.body.of_agencies,
        name=member.name,
        consents=mark is Mark.CONSENT,
        reason=reason,
        by=by,
        rule=meeting.rules.absence,
    )
    return Card(text, (way(say, meeting),))


def answers(say: Rendering, meeting: Meeting) -> Rows:
    """The two answers to an invitation."""
    return (
        (
            Button(
                say.label("sitting_button.attend"),
                action("attend", meeting.id),
                style="success",
            ),
        ),
        (Button(say.label("sitting_button.absent"), action("absent", meeting.id)),),
    )


def own_rows(say: Rendering, meeting: Meeting, person: int, now: datetime) -> Rows:
    """On the day: the button to check in, or to go."""
    if may_check_in(meeting, person, now) is not None:
        return ()
    if meeting.is_present(person):
        return ((Button(say.label("sitting_button.leave_self"), action("leave", meeting.id)),),)
    label = say.label("sitting_button.check_in")
    return ((Button(label, action("checkin", meeting.id), style="success"),),)


def reminder(say: Rendering, meeting: Meeting, to: Person, now: datetime) -> Card:
    """To somebody who has not answered the invitation."""
    invitee = meeting.invitee(to.id)
    text = say.text(
        "meeting_reminder",
        meeting=meeting,
        agency=meeting.body.of_agencies and invitee is not None and not invitee.guest,
        name=to.name,
        now=now,
    )
    return Card(text, (*answers(say, meeting), way(say, meeting)))


def arrival(say: Rendering, meeting: Meeting, to: Person) -> Card:
    """Shortly before the start: the button to check in."""
    invitee = meeting.invitee(to.id)
    text = say.text(
        "meeting_arrival",
        meeting=meeting,
        agency=meeting.body.of_agencies and invitee is not None and not invitee.guest,
        name=to.name,
    )
    check_in = Button(
        say.label("sitting_button.check_in"), action("checkin", meeting.id), style="success"
    )
    return Card(text, ((check_in,), way(say, meeting)))


def noted_by_office(
    say: Rendering, meeting: Meeting, to: Person, mark: Mark, at: datetime, by: By
) -> Card:
    """To somebody whose coming or going the office noted."""
    invitee = meeting.invitee(to.id)
    text = say.text(
        "meeting_noted",
        meeting=meeting,
        agency=meeting.body.of_agencies and invitee is not None and not invitee.guest,
        name=to.name,
        came=mark is Mark.CHECK_IN,
        at=at,
        by=by,
    )
    return Card(text, (way(say, meeting),))


def pick(say: Rendering, meeting: Meeting, among: Sequence[Invitee], mark: Mark, page: int) -> Card:
    """Names to note as there, or as gone; members first, guests after them."""
    part = page_of(among, page, PAGE)
    act = "checkin_of" if mark is Mark.CHECK_IN else "leave_of"
    guest = say.label("office.guest")
    rows: list[Row] = [
        (
            Button(
                f"{each.name} ({guest})" if each.guest else each.name,
                action(act, meeting.id, each.person),
            ),
        )
        for each in part.entries
    ]
    rows += part.turns(say, lambda number: page_at(act, (str(meeting.id),), number))
    text = say.text("meeting_pick", meeting=meeting, came=mark is Mark.CHECK_IN)
    rows.append((Button(say.label("sitting_button.dashboard"), action("mdash", meeting.id)),))
    return Card(text, tuple(rows))
