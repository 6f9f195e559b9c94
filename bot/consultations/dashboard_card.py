"""The dashboard of a consultation: how far it is, for clerk and head, and what each of them can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.consultations import request_cards, result_cards
from bot.consultations.rules.consultation import Consultation
from bot.consultations.rules.correcting import may_add_file
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import (
    closes_at,
    computed_years,
    due_moment,
    moved_by,
    received_late,
)
from bot.consultations.rules.opinions import in_order, listed, standing_in_order
from bot.consultations.rules.outcome import Result, Stage, shown_state
from bot.consultations.rules.rights import (
    HEAD,
    Rights,
    may_act,
    may_assist,
    may_bring_to_meeting,
    may_close_by_hand,
    may_decide_outage,
    may_withdraw,
)
from bot.consultations.ways import to_papers
from bot.counting.rules.board import Board
from bot.db.notice import Button, Card, Row, Rows
from bot.kit.card import page_of
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.working_days import WorkingCalendar

PAGE = 30
"""Names on one page of the card."""
DANGER = frozenset({"withdraw", "strike"})
RUNS = (Stage.OPEN, Stage.HELD)

GROUPS = ("not_received", "received", "invalid", "replied")


@dataclass(frozen=True, slots=True)
class Line:
    """One member: the group it stands in, its name, its own due moment and what moved it."""

    group: str
    name: str
    office: str
    due: datetime
    asked_until: datetime | None
    received_late: datetime | None
    blank: int
    """How many contents of the slip are still to be answered."""


def card(
    say: Rendering,
    dossier: Dossier,
    now: datetime,
    page: int = 0,
    *,
    rights: Rights = HEAD,
    calendar: WorkingCalendar | None = None,
    board: Board | None = None,
    scanned: bool = False,
) -> Card:
    """The dashboard as it stands, with the acts open to its reader; a press checks them again.

    `calendar` is the committee's calendar of now, where it may differ from the one of the opening; `board`
    counts the slips, where one is named; `scanned`: photos or scans of paper slips are kept.
    """
    if dossier.consultation is None:
        return request_cards.waiting(say, dossier, rights)
    running = dossier.consultation
    lines = sorted(_lines(dossier), key=lambda line: GROUPS.index(line.group))
    now_is = shown_state(running, now)
    shown = page_of(lines, page, PAGE)
    text = say.text(
        "dashboard",
        dossier=dossier,
        of_agencies=dossier.body.of_agencies,
        stage=now_is.stage.value,
        head=rights.head,
        result=result_cards.view(dossier, now_is.result) if now_is.result else None,
        contents=_by_content(dossier, now),
        aside=_aside(dossier),
        counts={group: sum(line.group == group for line in lines) for group in GROUPS},
        partly=sum(line.group == "replied" and line.blank > 0 for line in lines),
        lines=shown.entries,
        page=shown.number + 1,
        pages=shown.count,
        closes_at=closes_at(running),
        now=now,
        computed_years=computed_years(running),
        moved=moved_by(running, calendar) if calendar else (),
        board=board,
        **_roll(dossier),
    )
    acts = _acts(say, dossier, rights, now) if now_is.stage in RUNS else ()
    turns = shown.turns(say, lambda number: action("dash", dossier.id, number))
    slips_shown = ((Button(say.label("button.slips"), action("slips", dossier.id)),),)
    scans = slips_shown if scanned else ()
    anew = result_cards.anew_rows(say, dossier, rights)
    return Card(text, (*anew, *turns, *acts, *scans, to_papers(say, dossier), _back(say, dossier)))


def _lines(dossier: Dossier) -> Iterator[Line]:
    """Every member who is asked, in the order of lists."""
    running = dossier.running
    for seat in in_order(dossier):
        if seat.person in running.first_replies:
            group = "replied"
        elif seat.person in running.invalid_slips:
            group = "invalid"
        else:
            group = "received" if seat.person in running.received_at else "not_received"
        due, asked = due_moment(running, seat.person), running.asked_until.get(seat.person)
        late, blank = received_late(running, seat.person), len(running.blank_for(seat.person))
        yield Line(group, seat.name, seat.office, due, asked, late, blank)


def _roll(dossier: Dossier) -> dict[str, object]:
    """How many are on the roll, and who of them is not asked: not again, taking no part, struck off."""
    running = dossier.running
    everybody, standing = listed(dossier, running.roll), standing_in_order(dossier)
    asked, out = {seat.person for seat in running.on_slip}, running.recused_from_all
    unasked = [seat for seat in standing if seat.person not in asked]
    return {
        "roll": len(standing),
        "roll_at_opening": len(running.roll),
        "unasked": [seat.name for seat in unasked if seat.person not in out],
        "recused": [seat.name for seat in everybody if seat.person in out],
        "struck": [seat.name for seat in everybody if seat.person in running.struck],
    }


def _by_content(dossier: Dossier, now: datetime) -> list[tuple[Dossier, Result | None, int]]:
    """Of a slip with several contents each of them, what it came to, and how many have answered it."""
    return [
        (
            each,
            shown_state(each.running, now).result,
            sum(seat.person in each.running.last_replies for seat in each.running.asked),
        )
        for each in dossier.several
    ]


def _aside(dossier: Dossier) -> dict[int, list[str]]:
    """By the place of a content who takes no part in it, while taking part in another one."""
    out = dossier.running.recused_from_all
    return {
        each.place: [
            seat.name
            for seat in listed(each, each.running.roll)
            if seat.person in each.running.recused - out
        ]
        for each in dossier.several
    }


def _acts(say: Rendering, dossier: Dossier, rights: Rights, now: datetime) -> Rows:
    return tuple(
        (
            Button(
                say.label(f"button.{act}"),
                action(act, dossier.id),
                style="danger" if act in DANGER else None,
            ),
        )
        for act, refused in _refusals(dossier.running, rights, now).items()
        if not refused
    )


def _refusals(running: Consultation, rights: Rights, now: datetime) -> dict[str, bool]:
    """Each act with whether it would be refused now, or would find nobody to be done upon."""
    asked, head = running.on_slip, may_act(running, rights, now)
    office = may_assist(running, rights, now) is not None
    return {
        "remind": office or not any(running.awaits(seat.person) for seat in asked),
        "extend": head is not None,
        "delivery": office or all(seat.person in running.received_at for seat in asked),
        "paper": office,
        "board": office,
        "add_file": may_add_file(running, rights, now) is not None,
        "strike": head is not None or len(running.standing_on_slip) == 1,
        "decide_outage": may_decide_outage(running, rights, now) is not None,
        "close": may_close_by_hand(running, rights, now) is not None,
        "meeting": may_bring_to_meeting(running, rights, now) is not None,
        "withdraw": may_withdraw(running, rights, now) is not None,
    }


def _back(say: Rendering, dossier: Dossier) -> Row:
    return (Button(say.label("button.back"), action("watch", dossier.committee)),)
