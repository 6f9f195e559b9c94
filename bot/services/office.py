"""The steps of clerk and head between a press and an act: picking a member, a moment, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.card import Answer, Button, Card
from bot.domain.consultation import ActKind, Choice, Seat
from bot.domain.deadlines import presets
from bot.domain.dossier import Dossier
from bot.domain.press import press
from bot.domain.refusal import Refusal, faulty
from bot.domain.rights import may_extend
from bot.domain.texts import TextFault, clean
from bot.services import announcements, steering
from bot.services.cards import opinion_form, results
from bot.services.desk import Desk
from bot.services.steering import Officer
from bot.store import drafts

REASON_LIMIT = 2_000
PAGE = 20
"""Names on one page of a list to pick from."""

Rows = list[tuple[Button, ...]]

ENDS = {
    "withdraw": ActKind.WITHDRAW,
    "close": ActKind.CLOSE_BY_HAND,
    "meeting": ActKind.TO_MEETING,
}


def reason_words(text: str) -> str | Refusal:
    """A reason, cleaned; an empty or endless one is refused."""
    words = clean(text, REASON_LIMIT)
    return faulty(words) if isinstance(words, TextFault) else words


async def ask_reason(
    desk: Desk, account: int, dossier: Dossier, act: str, more: Mapping[str, Any] | None = None
) -> Answer:
    """Ask for the reason of an act; nothing is done until it comes."""
    async with desk.work() as work:
        ref = {"consultation": dossier.id, **(more or {})}
        await drafts.await_words(work.tx, account, act, ref, work.now)
    text = desk.say.text("ask_reason", dossier=dossier, act=act)
    back = Button(desk.say.label("button.back"), press("asked", dossier.id))
    return Answer(Card(text, ((back,) if act == "decline" else _back(desk, dossier),)))


async def done(desk: Desk, account: int, dossier: Dossier, act: str) -> Answer:
    """After an act: what was done, in one line, with the way to the dashboard."""
    async with desk.work() as work:
        await drafts.answered(work.tx, account)
    return Answer(
        Card(desk.say.text("act_confirmed", dossier=dossier, act=act), (_back(desk, dossier),))
    )


def _back(desk: Desk, dossier: Dossier) -> tuple[Button, ...]:
    return (Button(desk.say.label("button.dashboard"), press("dash", dossier.id, 0)),)


async def ask_ending(
    desk: Desk, account: int, consultation_id: int, act: str, at: datetime
) -> Answer | Refusal:
    """Withdraw, close by hand, bring to a meeting: the right is checked before a reason is asked."""
    officer = await steering.may_end(desk, account, consultation_id, ENDS[act], at)
    if isinstance(officer, Refusal):
        return officer
    return await ask_reason(desk, account, officer.dossier, act)


async def pick_member(
    desk: Desk, account: int, consultation_id: int, act: str, at: datetime, page: int = 0
) -> Answer | Refusal:
    """A list of members to choose from: those of the roll for whom the act makes sense."""
    officer = await steering.may_steer(
        desk, account, consultation_id, at, head_only=act == "strike"
    )
    if isinstance(officer, Refusal):
        return officer
    seats = _candidates(officer, act)
    if not seats:
        return Refusal("nobody_to_pick", values={"act": act})
    pages = -(-len(seats) // PAGE)
    page %= pages
    rows: Rows = [
        (Button(seat.name, press(f"{act}_of", consultation_id, seat.person)),)
        for seat in seats[page * PAGE : (page + 1) * PAGE]
    ]
    if pages > 1:
        rows.append(_pages(desk, consultation_id, act, page, pages))
    rows.append(_back(desk, officer.dossier))
    text = desk.say.text("pick_member", dossier=officer.dossier, act=act)
    return Answer(Card(text, tuple(rows)))


def _pages(desk: Desk, consultation_id: int, act: str, page: int, pages: int) -> tuple[Button, ...]:
    before = press(act, consultation_id, (page - 1) % pages)
    after = press(act, consultation_id, (page + 1) % pages)
    return (
        Button(desk.say.label("button.page_before"), before),
        Button(desk.say.label("button.page_after"), after),
    )


def _candidates(officer: Officer, act: str) -> list[Seat]:
    running = officer.dossier.running
    seats = results.in_order(officer.dossier)
    if act == "delivery":
        seats = [seat for seat in seats if seat.person not in running.received_at]
    return seats


async def ask_deadline(
    desk: Desk, account: int, consultation_id: int, at: datetime
) -> Answer | Refusal:
    """Offer later deadlines; a typed one is taken too."""
    officer = await steering.may_steer(desk, account, consultation_id, at, head_only=True)
    if isinstance(officer, Refusal):
        return officer
    running, window = officer.dossier.running, officer.dossier.body.written.window
    async with desk.work() as work:
        ref = {"consultation": consultation_id}
        await drafts.await_words(work.tx, account, "extend", ref, work.now)
        base = max(work.now, running.stated_deadline)
        offered = presets(base, running.calendar, window.suggested_days, window.day_ends_at)
    rows: Rows = [
        (
            Button(
                desk.say.moment_short(preset.moment),
                press("extend_at", consultation_id, int(preset.moment.timestamp()) // 60),
            ),
        )
        for preset in offered
        if may_extend(running, officer.rights, preset.moment, at) is None
    ]
    rows.append(_back(desk, officer.dossier))
    text = desk.say.text("ask_deadline", dossier=officer.dossier, due=running.stated_deadline)
    return Answer(Card(text, tuple(rows)))


async def extend_to(
    desk: Desk, account: int, consultation_id: int, until: datetime, at: datetime
) -> Answer | Refusal:
    """A later deadline was chosen: checked now, then the reason is asked for."""
    officer = await steering.may_steer(desk, account, consultation_id, at, head_only=True)
    if isinstance(officer, Refusal):
        return officer
    refusal = may_extend(officer.dossier.running, officer.rights, until, at)
    if refusal:
        return refusal
    more = {"until": until.isoformat()}
    return await ask_reason(desk, account, officer.dossier, "extend_reason", more)


async def paper_choices(
    desk: Desk, account: int, consultation_id: int, of: int, at: datetime
) -> Answer | Refusal:
    """What the paper of this member says."""
    officer = await steering.may_steer(desk, account, consultation_id, at, head_only=False)
    if isinstance(officer, Refusal):
        return officer
    if not officer.dossier.running.has(of):
        return Refusal("not_on_roll")
    rows: Rows = [
        (
            Button(
                desk.say.label(f"choice.{choice.value}"),
                press("paper_as", consultation_id, of, choice.value),
                style=opinion_form.STYLES[choice],
            ),
        )
        for choice in Choice
    ]
    rows.append(_back(desk, officer.dossier))
    name = _name(officer, of)
    text = desk.say.text("paper_choices", dossier=officer.dossier, member=name)
    return Answer(Card(text, tuple(rows)))


def _name(officer: Officer, of: int) -> str:
    return next(seat.name for seat in officer.dossier.running.roll if seat.person == of)


async def ask_paper_words(
    desk: Desk, account: int, consultation_id: int, of: int, choice: Choice, at: datetime
) -> Answer | Refusal:
    """The words on the paper, or a photo of it; an agreement needs neither."""
    officer = await steering.may_steer(desk, account, consultation_id, at, head_only=False)
    if isinstance(officer, Refusal):
        return officer
    async with desk.work() as work:
        ref = {"consultation": consultation_id, "of": of, "choice": choice.value}
        await drafts.await_words(work.tx, account, "paper", ref, work.now)
    text = desk.say.text(
        "ask_paper_words", dossier=officer.dossier, member=_name(officer, of), choice=choice.value
    )
    rows: Rows = [_back(desk, officer.dossier)]
    if choice in (Choice.APPROVE, Choice.APPROVE_WITH_COMMENTS):
        plain = press("paper_plain", consultation_id, of, choice.value)
        rows.insert(0, (Button(desk.say.label("button.without_photo"), plain, style="primary"),))
    return Answer(Card(text, tuple(rows)))


async def dashboard(desk: Desk, account: int, consultation_id: int, page: int) -> Answer | Refusal:
    """The dashboard in place; only clerk and head see it."""
    async with desk.look() as look:
        officer = await steering.look_at(look, account, consultation_id)
    if isinstance(officer, Refusal):
        return officer
    name = announcements.dash(consultation_id)
    return Answer(live=f"{name}:{page}" if page else name)
