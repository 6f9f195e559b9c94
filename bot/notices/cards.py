"""Cards about notices to members: the form, a member's card, who has acknowledged. Words live in templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.notice import Button, Card, Row
from bot.kit.act import page as page_at
from bot.kit.card import page_of, to_home
from bot.notices.rules.notice import MemberNotice, Recipient
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Rendering
from bot.values.action import action

PAGE = 30
"""Names on one page of a card."""
PICKED = 20
LISTED = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient: the group it stands in, its name, when it acknowledged."""

    group: str
    name: str
    at: datetime | None
    on_paper: bool


GROUPS = ("absent", "not_received", "received", "acknowledged")


def dropped(say: Rendering) -> Card:
    """The form was put aside."""
    return Card(say.text("notice_dropped"), (to_home(say),))


# --- a member's card -------------------------------------------------------------------------


def notice(
    say: Rendering,
    sent: MemberNotice,
    regulation: Regulation,
    sender: Person | None,
    to: Recipient,
) -> Card:
    """The notice as this member sees it now."""
    text = say.text(
        "notice",
        of_agencies=regulation.body(sent.body).of_agencies,
        name=to.name,
        sender=sender.name if sender else "",
        office=office(sender, sent.body) if sender else "",
        subject=sent.subject,
        words=sent.text,
        files=sent.files,
        duty=regulation.duty(sent.duty),
        acknowledged_at=to.acknowledged_at,
        on_paper=to.on_paper,
    )
    rows: list[Row] = []
    if to.acknowledged_at is None:
        label = say.label("button.acknowledge")
        rows.append((Button(label, action("nack", sent.id), style="success"),))
    if sent.files:
        rows.append((Button(say.label("notice_button.files"), action("nfiles", sent.id)),))
    return Card(text, (*rows, to_home(say)))


def office(person: Person, body: str) -> str:
    """The office of a person in that body, else in any."""
    seat = person.seat_in(body) or next(iter(person.seats), None)
    return seat.office if seat else ""


def files(say: Rendering, sent: MemberNotice) -> Card:
    """What stands above the files of a notice."""
    return Card(say.text("notice_files", subject=sent.subject, files=sent.files))


def reminder(say: Rendering, sent: MemberNotice) -> Card:
    """A short call to those who have not acknowledged."""
    way = Button(say.label("notice_button.open"), action("notice", sent.id), style="primary")
    return Card(say.text("notice_reminder", subject=sent.subject, sent_at=sent.sent_at), ((way,),))


# --- the office ------------------------------------------------------------------------------


def board(
    say: Rendering,
    sent: MemberNotice,
    regulation: Regulation,
    sender: Person | None,
    absent: frozenset[int],
    page: int = 0,
) -> Card:
    """Who has acknowledged, who has not, whom it has not reached."""
    lines = sorted((_line(one, absent) for one in sent.recipients), key=_place)
    shown = page_of(lines, page, PAGE)
    text = say.text(
        "notice_board",
        of_agencies=regulation.body(sent.body).of_agencies,
        sent=sent,
        sender=sender.name if sender else "",
        body=regulation.body(sent.body),
        duty=regulation.duty(sent.duty),
        lines=shown.entries,
        counts={group: sum(line.group == group for line in lines) for group in GROUPS},
        page=shown.number + 1,
        pages=shown.count,
    )
    rows: list[Row] = [*shown.turns(say, lambda other: action("nboard", sent.id, other))]
    if any(one.person not in absent for one in sent.waiting):
        rows.append((Button(say.label("notice_button.remind"), action("nremind", sent.id)),))
    if sent.waiting:
        rows.append((Button(say.label("notice_button.paper"), action("npaper", sent.id)),))
    return Card(text, (*rows, _to_list(say, sent.committee)))


def _line(one: Recipient, absent: frozenset[int]) -> Line:
    if one.acknowledged_at is not None:
        group = "acknowledged"
    elif one.person in absent:
        group = "absent"
    else:
        group = "received" if one.delivered_at else "not_received"
    return Line(group, one.name, one.acknowledged_at, one.on_paper)


def _place(line: Line) -> int:
    return GROUPS.index(line.group)


def pick(say: Rendering, sent: MemberNotice, page: int = 0) -> Card:
    """Names to choose from: those who have not acknowledged."""
    shown = page_of(sent.waiting, page, PICKED)
    rows: list[Row] = [
        (Button(one.name, action("npaper", sent.id, one.person)),) for one in shown.entries
    ]
    rows += shown.turns(say, lambda other: page_at("npaper", (str(sent.id),), other))
    back = Button(say.label("button.back"), action("nboard", sent.id))
    return Card(say.text("notice_paper", subject=sent.subject), (*rows, (back,)))


def listed(
    say: Rendering,
    committee: int,
    found: Sequence[MemberNotice],
    page: int,
    *,
    office: bool,
    may_send: bool,
) -> Card:
    """The latest notices, newest first; the office goes to the board, a member to the card."""
    shown = page_of(found, page, LISTED)
    way = "nboard" if office else "notice"
    text = say.text(
        "notice_list",
        found=shown.entries,
        office=office,
        page=shown.number + 1,
        pages=shown.count,
    )
    rows: list[Row] = [(Button(one.subject, action(way, one.id)),) for one in shown.entries]
    rows += shown.turns(say, lambda other: action("notices", committee, other))
    if may_send:
        label = say.label("notice_button.send")
        rows.append((Button(label, action("nform", committee), style="primary"),))
    return Card(text, (*rows, to_home(say)))


def _to_list(say: Rendering, committee: int) -> Row:
    return (Button(say.label("notice_button.list"), action("notices", committee)),)
