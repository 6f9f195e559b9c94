"""The dashboard of clerk and head: who has received, who has answered. No choice before the close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.card import Button, Card
from bot.domain.consultation import Consultation, Seat
from bot.domain.dossier import Dossier
from bot.domain.due import closes_at, due_moment
from bot.domain.outcome import Stage, shown_state
from bot.domain.press import press
from bot.domain.rights import (
    Rights,
    may_act,
    may_assist,
    may_bring_to_meeting,
    may_close_by_hand,
)
from bot.rendering import Rendering
from bot.services.cards import results

PAGE = 30
"""Names on one page of the card."""
DANGER = frozenset({"withdraw", "strike"})
RUNS = (Stage.OPEN, Stage.HELD)

GROUPS = ("not_received", "received", "replied")


@dataclass(frozen=True, slots=True)
class Line:
    """One member: the group it stands in, its name, its own due moment."""

    group: str
    name: str
    office: str
    due: datetime
    asked_until: datetime | None


HEAD = Rights(0, head=True)
"""Whoever may do everything the office may."""


def card(
    say: Rendering, dossier: Dossier, now: datetime, page: int = 0, *, rights: Rights = HEAD
) -> Card:
    """The dashboard as it stands, with the acts open to its reader; a press checks them again."""
    if dossier.consultation is None:
        return _waiting(say, dossier)
    running = dossier.consultation
    lines = [_line(dossier, seat) for seat in results.in_order(dossier)]
    lines.sort(key=lambda line: GROUPS.index(line.group))
    now_is = shown_state(running, now)
    pages = max(1, -(-len(lines) // PAGE))
    page = min(page, pages - 1)
    text = say.text(
        "dashboard",
        dossier=dossier,
        of_agencies=dossier.body.of_agencies,
        stage=now_is.stage.value,
        result=results.view(dossier, now_is.result) if now_is.result else None,
        counts={group: sum(line.group == group for line in lines) for group in GROUPS},
        lines=lines[page * PAGE : (page + 1) * PAGE],
        page=page + 1,
        pages=pages,
        closes_at=closes_at(running),
        now=now,
        roll=len(running.standing),
        roll_at_opening=len(running.roll),
    )
    acts = _acts(say, dossier, rights, now) if now_is.stage in RUNS else ()
    return Card(text, (*_pages(say, dossier, page, pages), *acts, _back(say, dossier)))


def _waiting(say: Rendering, dossier: Dossier) -> Card:
    """Before the opening: where the request is, and the way to take it back."""
    text = say.text("dashboard_waiting", dossier=dossier)
    if dossier.declined or dossier.recalled:
        return Card(text, (_back(say, dossier),))
    take_back = Button(say.label("button.recall"), press("withdraw", dossier.id), style="danger")
    return Card(text, ((take_back,), _back(say, dossier)))


def _line(dossier: Dossier, seat: Seat) -> Line:
    running = dossier.running
    if seat.person in running.last_replies:
        group = "replied"
    else:
        group = "received" if seat.person in running.received_at else "not_received"
    due = due_moment(running, seat.person)
    return Line(group, seat.name, seat.office, due, running.asked_until.get(seat.person))


def _pages(
    say: Rendering, dossier: Dossier, page: int, pages: int
) -> tuple[tuple[Button, ...], ...]:
    if pages == 1:
        return ()
    before = Button(say.label("button.page_before"), press("dash", dossier.id, (page - 1) % pages))
    after = Button(say.label("button.page_after"), press("dash", dossier.id, (page + 1) % pages))
    return ((before, after),)


def _acts(
    say: Rendering, dossier: Dossier, rights: Rights, now: datetime
) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (
            Button(
                say.label(f"button.{act}"),
                press(act, dossier.id),
                style="danger" if act in DANGER else None,
            ),
        )
        for act, refused in _refusals(dossier.running, rights, now).items()
        if not refused
    )


def _refusals(running: Consultation, rights: Rights, now: datetime) -> dict[str, bool]:
    """Each act with whether it would be refused now, or would find nobody to be done upon."""
    standing, head = running.standing, may_act(running, rights, now)
    office = may_assist(running, rights, now) is not None
    return {
        "remind": office or all(seat.person in running.last_replies for seat in standing),
        "extend": head is not None,
        "delivery": office or all(seat.person in running.received_at for seat in standing),
        "paper": office,
        "strike": head is not None or len(standing) == 1,
        "close": may_close_by_hand(running, rights, now) is not None,
        "meeting": may_bring_to_meeting(running, rights, now) is not None,
        "withdraw": head is not None,
    }


def _back(say: Rendering, dossier: Dossier) -> tuple[Button, ...]:
    return (Button(say.label("button.back"), press("watch", dossier.committee)),)
