"""A meeting as people see it: the request before its head, the invitation, what changed since. Words are templates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.db.notice import Button, Card, Row, Rows
from bot.kit.access import By
from bot.kit.approval import approves as approving
from bot.kit.card import to_home
from bot.kit.correcting import as_read
from bot.meetings.agenda.opinions import Opinions
from bot.meetings.attendance.cards import own_rows
from bot.meetings.documents.store import Paper
from bot.meetings.rules.calling import guest_rule, is_late, items_for, papers_due
from bot.meetings.rules.meeting import (
    AgendaItem,
    GuestWanted,
    Invitee,
    Meeting,
    MeetingActKind,
    MeetingKind,
    MeetingStage,
)
from bot.people.rules.acting import Standing
from bot.regulations.rules.meetings import WorkingSession
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.corrections import Correction
from bot.values.files import FileRef


@dataclass(frozen=True, slots=True)
class Line:
    """An item as it is shown: who answers for it, how many documents belong to it."""

    item: AgendaItem
    responsible: str
    papers: int
    opinions: Mapping[str, object] | None = None
    """Differing opinions that came with it; a guest is not told them."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a meeting when it is shown."""

    names: dict[int, str]
    """Persons who answer for items."""
    papers: tuple[Paper, ...] = ()
    session: WorkingSession | None = None
    convener: By | None = None
    """Who approved it, and for whom a delegate did."""
    opinions: Mapping[int, Opinions] = field(default_factory=dict)
    """Differing opinions that come with items, by the item's id."""


def papers_for(
    meeting: Meeting, papers: Sequence[Paper], invited: Invitee | GuestWanted
) -> tuple[Paper, ...]:
    """The documents that somebody invited may have: of the whole meeting, and of items to be seen."""
    seen = {item.id for item in items_for(meeting, invited)}
    return tuple(each for each in papers if each.item is None or each.item in seen)


def text(
    say: Rendering,
    meeting: Meeting,
    around: Around,
    invited: Invitee | GuestWanted,
    now: datetime,
) -> str:
    """The invitation as this person reads it."""
    papers = papers_for(meeting, around.papers, invited)
    guest = isinstance(invited, GuestWanted) or invited.guest
    return say.text(
        "meeting_invitation",
        meeting=meeting,
        stage=meeting.stage.value,
        name=invited.name,
        guest=guest,
        rule=guest_rule(meeting.rules, invited.category) if guest else None,
        agency=not guest and meeting.body.of_agencies,
        lines=_lines(meeting, around, papers, invited),
        whole=sum(each.item is None for each in papers),
        session=around.session,
        convener=around.convener,
        late=any(_late(meeting, each, now) for each in papers),
        due=papers_due(meeting.rules, meeting.starts_at),
        answer=meeting.answer(invited.person) if invited.person else None,
        consent=meeting.consent(invited.person) if invited.person else None,
        here=invited.person is not None and meeting.is_present(invited.person),
        now=now,
    )


def _late(meeting: Meeting, paper: Paper, now: datetime) -> bool:
    """An extraordinary meeting alone may have its papers late; of any other they do not go out."""
    if meeting.kind is not MeetingKind.EXTRAORDINARY:
        return False
    return is_late(meeting.rules, meeting.starts_at, paper.sent_at or now)


def _lines(
    meeting: Meeting,
    around: Around,
    papers: Sequence[Paper],
    invited: Invitee | GuestWanted,
) -> list[Line]:
    return [
        Line(
            item,
            around.names.get(item.responsible or 0, ""),
            sum(each.item == item.id for each in papers),
            _opinions(around, item, invited),
        )
        for item in items_for(meeting, invited)
    ]


def _opinions(
    around: Around, item: AgendaItem, invited: Invitee | GuestWanted
) -> Mapping[str, object] | None:
    """To members only: guests and anybody outside never learn them (BK 9.2, HU 17.2)."""
    found = around.opinions.get(item.id)
    member = isinstance(invited, Invitee) and not invited.guest
    return found.shown(whole=False) if found and member else None


def card(say: Rendering, meeting: Meeting, around: Around, invited: Invitee, now: datetime) -> Card:
    """The invitation with its answers, as long as an answer is taken."""
    return Card(text(say, meeting, around, invited, now), _rows(say, meeting, around, invited, now))


def _rows(
    say: Rendering, meeting: Meeting, around: Around, invited: Invitee, now: datetime
) -> Rows:
    rows: list[Row] = []
    if meeting.stage is MeetingStage.CALLED and now <= meeting.starts_at:
        rows += _answers(say, meeting, invited.person)
    rows += own_rows(say, meeting, invited.person, now)
    if papers_for(meeting, around.papers, invited):
        rows.append((Button(say.label("button.open_text"), action("mtext", meeting.id)),))
    return tuple(rows)


def _answers(say: Rendering, meeting: Meeting, person: int) -> Rows:
    """What has not been said yet; nothing more from who is there already."""
    said = meeting.answer(person)
    return tuple(
        (_answer(say, meeting, each),)
        for each in ("attend", "absent")
        if not meeting.is_present(person) and (said is None or said.mark.value != each)
    )


def _answer(say: Rendering, meeting: Meeting, answer: str) -> Button:
    return Button(
        say.label(f"sitting_button.{answer}"),
        action(answer, meeting.id),
        style="success" if answer == "attend" else None,
    )


def open_button(say: Rendering, meeting: Meeting) -> Button:
    """The way from a notice to the meeting."""
    return Button(say.label("calling_button.show"), action("mshow", meeting.id), style="primary")


def documents(
    say: Rendering, meeting: Meeting, papers: Sequence[Paper], items: Sequence[AgendaItem]
) -> Card:
    """What stands above the documents: which of them belong to which item."""
    groups = documents_by_item(papers, items)
    return Card(say.text("meeting_papers", meeting=meeting, groups=groups, more=False, late=False))


def documents_by_item(
    papers: Sequence[Paper], items: Sequence[AgendaItem]
) -> list[tuple[AgendaItem | None, list[FileRef]]]:
    """Documents of the whole meeting first, then those of each item in the order of the agenda."""
    groups = [(None, _files(papers, None)), *((each, _files(papers, each.id)) for each in items)]
    return [(item, files) for item, files in groups if files]


def _files(papers: Sequence[Paper], item: int | None) -> list[FileRef]:
    return [each.file for each in papers if each.item == item]


# --- before it is called ---------------------------------------------------------------------

ANYBODY = Invitee(0, "", "")
"""Whom a preview is addressed to."""


def request(
    say: Rendering,
    meeting: Meeting,
    around: Around,
    clerk: str,
    now: datetime,
    *,
    standing: Standing,
    corrections: Sequence[Correction] = (),
) -> Card:
    """The whole meeting as members will read it, for who decides on it and who prepares it."""
    shown = say.text(
        "calling_asked",
        meeting=meeting,
        stage=meeting.stage.value,
        recalled=meeting.stage is MeetingStage.CANCELLED and meeting.called_at is None,
        reason=_reason(meeting),
        clerk=clerk,
        head=standing.head,
        preview=text(say, meeting, around, ANYBODY, now),
        late=is_late(meeting.rules, meeting.starts_at, now),
        due=papers_due(meeting.rules, meeting.starts_at),
        papers=len(around.papers),
        remark=meeting.act(MeetingActKind.SEND_BACK),
        corrections=[as_read(each) for each in corrections],
    )
    return Card(shown, (*_request_rows(say, meeting, around, standing), to_home(say)))


def _reason(meeting: Meeting) -> str:
    act = meeting.act(MeetingActKind.DECLINE) or meeting.act(MeetingActKind.CANCEL)
    return act.reason if act else ""


def _request_rows(
    say: Rendering, meeting: Meeting, around: Around, standing: Standing
) -> list[Row]:
    one = meeting.id
    take_back = Button(say.label("calling_button.recall"), action("mrecall", one), style="danger")
    if meeting.stage is MeetingStage.SENT_BACK:
        return [_reopen(say, meeting), (take_back,)] if standing.clerk else []
    if meeting.stage is not MeetingStage.SUBMITTED:
        again = Button(say.label("calling_button.again"), action("magain", one))
        return [] if standing.head or meeting.called_at else [(again,)]
    papers = (Button(say.label("button.open_text"), action("mtext", one)),)
    rows: list[Row] = [papers] if around.papers else []
    correct = (Button(say.label("button.correct"), action("mcorrect", one)),)
    if not standing.head:
        return [*rows, correct, (take_back,)]
    approves = approving("mapprove", one, meeting.revision)
    approve = Button(say.label("calling_button.approve"), approves, style="success")
    back = Button(say.label("button.send_back"), action("msend_back", one))
    decline = Button(say.label("calling_button.decline"), action("mdecline", one), style="danger")
    return [*rows, (approve,), (back,), correct, (decline,)]


def _reopen(say: Rendering, meeting: Meeting) -> Row:
    return (Button(say.label("button.reopen"), action("mreopen", meeting.id), style="primary"),)


def sent_back(say: Rendering, meeting: Meeting, by: By, remark: str) -> Card:
    """To the person who prepared it: the head's remark; the draft opens again with every answer kept."""
    text = say.text("calling_sent_back", meeting=meeting, by=by, remark=remark)
    return Card(text, (_reopen(say, meeting), (open_button(say, meeting),)))


def corrected(say: Rendering, meeting: Meeting, by: By, made: Correction) -> Card:
    """To the person who prepared it: what another has corrected of it."""
    text = say.text("calling_corrected", meeting=meeting, by=by, made=as_read(made))
    return Card(text, ((open_button(say, meeting),),))


def declined(say: Rendering, meeting: Meeting, by: By, reason: str) -> Card:
    """To the person who prepared it: what the head said; it can be prepared again."""
    text = say.text("calling_declined", meeting=meeting, by=by, reason=reason)
    again = Button(say.label("calling_button.again"), action("magain", meeting.id))
    return Card(text, ((again,), to_home(say)))


def called(
    say: Rendering,
    meeting: Meeting,
    by: By,
    *,
    unreached: Sequence[str],
    newcomers: Sequence[str],
    dropped: Sequence[str],
) -> Card:
    """To the office: that the invitations are out, whom none reached, which guests are new."""
    text = say.text(
        "calling_called",
        meeting=meeting,
        by=by,
        unreached=unreached,
        newcomers=newcomers,
        dropped=dropped,
    )
    return Card(text, ((open_button(say, meeting),),))


def reason_asked(say: Rendering, meeting: Meeting, act: str) -> Card:
    """A reason is needed; nothing is done until it comes."""
    back = Button(say.label("button.back"), action("mshow", meeting.id))
    return Card(say.text("calling_reason", meeting=meeting, act=act), ((back,),))


def done(say: Rendering, meeting: Meeting, act: str) -> Card:
    """What was done, in one line, with the way to the meeting."""
    text = say.text("calling_done", meeting=meeting, act=act)
    return Card(text, ((open_button(say, meeting),), to_home(say)))


# --- since it was called ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """A change as it was made: what was before, what is different, why."""

    reason: str
    starts_before: datetime | None = None
    place_before: str = ""
    agenda_before: tuple[AgendaItem, ...] | None = None
    guests: tuple[str, ...] = ()
    """New guests, by name."""
    newcomers: frozenset[int] = frozenset()
    """New guests by id: they get the invitation itself."""
    uninvited: tuple[str, ...] = ()
    """Guests no longer invited, by name."""

    def for_person(self, seen: Collection[AgendaItem], *, closed: bool) -> Difference:
        """As somebody may know of it: a change of closed items alone is none for who does not see them."""
        if self.agenda_before is None:
            return self
        before = [item.subject for item in self.agenda_before if closed or not item.closed]
        same = before == [item.subject for item in seen]
        return replace(self, agenda_before=None) if same else self

    @property
    def needs_calendar(self) -> bool:
        """Whether a calendar would show it."""
        return self.starts_before is not None or bool(self.place_before)

    @property
    def nothing(self) -> bool:
        """Whether nobody need be told: guests come and go without the others."""
        return not self.needs_calendar and self.agenda_before is None


def changed(
    say: Rendering,
    meeting: Meeting,
    by: By,
    difference: Difference,
    invited: Invitee,
    now: datetime,
) -> Card:
    """To somebody invited: what was and what is; an answer given stands."""
    text = say.text(
        "meeting_changed",
        meeting=meeting,
        by=by,
        d=difference,
        items=items_for(meeting, invited),
        answer=meeting.answer(invited.person),
        agency=not invited.guest and meeting.body.of_agencies,
        now=now,
    )
    return Card(text, ((open_button(say, meeting),),))


def uninvited(say: Rendering, meeting: Meeting, by: By) -> Card:
    """To a guest who is not invited any more."""
    return Card(say.text("meeting_uninvited", meeting=meeting, by=by))


def unseated(say: Rendering, meeting: Meeting) -> Card:
    """To who is no member any more by the roll that the committee has on the day of the meeting."""
    return Card(say.text("meeting_unseated", meeting=meeting))


def reseated(
    say: Rendering,
    meeting: Meeting,
    *,
    come: Sequence[str],
    gone: Sequence[str],
    untold: Sequence[str],
    unreached: Sequence[str],
) -> Card:
    """To the office: the meeting has another roll; who was invited or told not to come, and who is out of reach."""
    text = say.text(
        "meeting_reseated",
        meeting=meeting,
        come=come,
        gone=gone,
        untold=untold,
        unreached=unreached,
    )
    return Card(text, ((open_button(say, meeting),),))


def cancelled(say: Rendering, meeting: Meeting, by: By, reason: str, invited: Invitee) -> Card:
    """To somebody invited: the meeting does not take place."""
    agency = not invited.guest and meeting.body.of_agencies
    text = say.text("meeting_cancelled", meeting=meeting, by=by, reason=reason, agency=agency)
    return Card(text)


def more_papers(
    say: Rendering, meeting: Meeting, sent: Sequence[Paper], invited: Invitee, now: datetime
) -> Card:
    """To somebody invited: further documents, by item; late ones are marked so."""
    late = meeting.kind is not MeetingKind.WORKING_SESSION and is_late(
        meeting.rules, meeting.starts_at, now
    )
    groups = documents_by_item(sent, items_for(meeting, invited))
    text = say.text("meeting_papers", meeting=meeting, groups=groups, more=True, late=late)
    return Card(text, ((open_button(say, meeting),),))


def office_word(
    say: Rendering, meeting: Meeting, by: By, act: str, difference: Difference | None = None
) -> Card:
    """To head or clerks: what the other of them did, with the way to mend it."""
    text = say.text("meeting_office", meeting=meeting, by=by, act=act, d=difference)
    return Card(text, ((open_button(say, meeting),),))
