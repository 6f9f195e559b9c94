"""Cards about a consultation: the dashboard, what was decided about it, its result. Words live in templates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from bot.consultations import opinion_card, request_cards
from bot.consultations.rules.consultation import (
    Consultation,
    Dossier,
    Position,
    Reply,
    Seat,
)
from bot.consultations.rules.correcting import may_add_file
from bot.consultations.rules.due import (
    Moved,
    closes_at,
    computed_years,
    due_moment,
    falls_on_day_off,
    moved_by,
    received_late,
)
from bot.consultations.rules.opinions import in_order, listed, standing_in_order, written
from bot.consultations.rules.outcome import Result, Stage, shown_state, state
from bot.consultations.rules.rights import (
    Rights,
    may_act,
    may_assist,
    may_bring_to_meeting,
    may_close_by_hand,
    may_decide_outage,
    may_prepare_anew,
    may_withdraw,
)
from bot.consultations.rules.tally import (
    AGAINST,
    slips,
    standing_answers,
    struck_differing,
)
from bot.counting.rules.board import Board
from bot.db.notice import Button, Card
from bot.kit.access import By
from bot.kit.card import page_of
from bot.kit.notify import number_of
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Outcome
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


HEAD = Rights(0, head=True)
"""Whoever may do everything the office may."""


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
    lines = [_line(dossier, seat) for seat in in_order(dossier)]
    lines.sort(key=lambda line: GROUPS.index(line.group))
    now_is = shown_state(running, now)
    shown = page_of(lines, page, PAGE)
    text = say.text(
        "dashboard",
        dossier=dossier,
        of_agencies=dossier.body.of_agencies,
        stage=now_is.stage.value,
        head=rights.head,
        result=view(dossier, now_is.result) if now_is.result else None,
        contents=_by_content(dossier, now),
        counts={group: sum(line.group == group for line in lines) for group in GROUPS},
        lines=shown.entries,
        page=shown.number + 1,
        pages=shown.count,
        closes_at=closes_at(running),
        now=now,
        roll=len(running.standing),
        roll_at_opening=len(running.roll),
        computed_years=computed_years(running),
        moved=moved_by(running, calendar) if calendar else (),
        board=board,
        unasked=[
            seat.name
            for seat in standing_in_order(dossier)
            if seat not in running.asked and seat.person not in running.recused
        ],
        recused=[
            seat.name for seat in listed(dossier, running.roll) if seat.person in running.recused
        ],
        struck=[
            seat.name for seat in listed(dossier, running.roll) if seat.person in running.struck
        ],
    )
    acts = _acts(say, dossier, rights, now) if now_is.stage in RUNS else ()
    turns = shown.turns(say, lambda number: action("dash", dossier.id, number))
    slips_shown = ((Button(say.label("button.slips"), action("slips", dossier.id)),),)
    scans = slips_shown if scanned else ()
    anew = anew_rows(say, dossier, rights)
    return Card(text, (*anew, *turns, *acts, *scans, _papers(say, dossier), _back(say, dossier)))


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


def _line(dossier: Dossier, seat: Seat) -> Line:
    running = dossier.running
    if seat.person in running.first_replies:
        group = "replied"
    elif seat.person in running.invalid_slips:
        group = "invalid"
    else:
        group = "received" if seat.person in running.received_at else "not_received"
    due = due_moment(running, seat.person)
    asked, late = running.asked_until.get(seat.person), received_late(running, seat.person)
    return Line(group, seat.name, seat.office, due, asked, late)


def _acts(
    say: Rendering, dossier: Dossier, rights: Rights, now: datetime
) -> tuple[tuple[Button, ...], ...]:
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
    asked, head = running.asked, may_act(running, rights, now)
    office = may_assist(running, rights, now) is not None
    return {
        "remind": office or all(seat.person in running.first_replies for seat in asked),
        "extend": head is not None,
        "delivery": office or all(seat.person in running.received_at for seat in asked),
        "paper": office,
        "board": office,
        "add_file": may_add_file(running, rights, now) is not None,
        "strike": head is not None or len(running.standing) == 1,
        "decide_outage": may_decide_outage(running, rights, now) is not None,
        "close": may_close_by_hand(running, rights, now) is not None,
        "meeting": may_bring_to_meeting(running, rights, now) is not None,
        "withdraw": may_withdraw(running, rights, now) is not None,
    }


def _papers(say: Rendering, dossier: Dossier) -> tuple[Button, ...]:
    return (Button(say.label("button.papers"), action("papers", dossier.id)),)


def _back(say: Rendering, dossier: Dossier) -> tuple[Button, ...]:
    return (Button(say.label("button.back"), action("watch", dossier.committee)),)


def calendar_moved(
    say: Rendering, dossier: Dossier, moved: Sequence[Moved], now_is: WorkingCalendar
) -> Card:
    """Which due moments would be later by the calendar of now, with the way to extend."""
    running = dossier.running
    text = say.text(
        "calendar_moved",
        dossier=dossier,
        moved=[(key, list(those)) for key, those in groupby(moved, lambda m: (m.due, m.later))],
        falls_on_day_off=falls_on_day_off(running, now_is),
        due=running.stated_deadline,
    )
    return Card(text, ((Button(say.label("button.dashboard"), action("dash", dossier.id, 0)),),))


def unreached(say: Rendering, dossier: Dossier, members: Sequence[Person]) -> Card:
    """To the office: who has not joined the bot, so that the text did not reach them."""
    names = [member.name for member in members]
    text = say.text("unreached", dossier=dossier, members=names)
    return Card(text, (to_dashboard(say, dossier),))


def unreachable(say: Rendering, dossier: Dossier, member: Person, reason: str) -> Card:
    """To the office: a member whom Telegram does not reach."""
    text = say.text("unreachable", dossier=dossier, member=member.name, reason=reason)
    return Card(text, (to_dashboard(say, dossier),))


def unacknowledged(say: Rendering, dossier: Dossier, names: Sequence[str]) -> Card:
    """To the office: who has not confirmed receipt one working day after sending."""
    return Card(
        say.text("unacknowledged", dossier=dossier, members=names), (to_dashboard(say, dossier),)
    )


def nobody_answered(say: Rendering, dossier: Dossier, now: datetime) -> Card:
    """To the office, before the close: not one answer has come yet."""
    due = dossier.running.stated_deadline
    text = say.text("nobody_answered", dossier=dossier, due=due, now=now)
    return Card(text, (to_dashboard(say, dossier),))


def more_time(
    say: Rendering, dossier: Dossier, member: Person, until: datetime, now: datetime
) -> Card:
    """To the requester: until when a recipient will answer."""
    article = dossier.body.written.more_time
    text = say.text(
        "more_time",
        dossier=dossier,
        member=member.name,
        until=until,
        now=now,
        article=article.article if article else None,
    )
    return Card(text, (to_dashboard(say, dossier),))


def recused(say: Rendering, dossier: Dossier, member: Person, reason: str) -> Card:
    """To the office: who takes no part, and why."""
    text = say.text(
        "recused",
        dossier=dossier,
        member=member.name,
        reason=reason,
        rule=dossier.body.written.recusal,
        of_agencies=dossier.body.of_agencies,
    )
    return Card(text, (to_dashboard(say, dossier),))


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody who is told of an act stands to it."""

    waits: bool
    """An answer is still awaited."""
    due: datetime | None
    mine: bool
    """It is about the reader, who is struck off or was handed the paper: told in the second person."""
    person: int = 0


def act_done(
    say: Rendering,
    dossier: Dossier,
    kind: str,
    *,
    by: By,
    reason: str,
    of: Person | None,
    reader: Reader,
    now: datetime,
) -> Card:
    """To the roll: an act that touches the count, and to whoever has not answered, what silence means."""
    running = dossier.running
    text = say.text(
        "act_done",
        dossier=dossier,
        kind=kind,
        by=by,
        reason=reason,
        of=of.name if of else None,
        mine=reader.mine,
        due=reader.due,
        now=now,
        waits=reader.waits,
        roll=len(running.standing),
        roll_at_opening=len(running.roll),
        silence=opinion_card.silence_view(
            dossier, confirmed=running.silence_confirmed, reader=reader.person
        ),
    )
    return Card(text, ((opinion_card.open_button(say, dossier),),) if reader.waits else ())


def file_added(
    say: Rendering,
    dossier: Dossier,
    *,
    by: By,
    due: datetime | None,
    now: datetime,
    answered: bool,
    may_extend: bool,
    more_time: bool,
    reader: int = 0,
) -> Card:
    """To the roll and the office: the paper that was added, and what its reader can do about it now.

    `due` is the reader's own moment, for whoever is to answer.
    """
    text = say.text(
        "file_added",
        dossier=dossier,
        added=dossier.added[-1],
        by=by,
        due=due,
        now=now,
        answered=answered,
        may_extend=may_extend,
        more_time=more_time,
        silence=opinion_card.silence_view(
            dossier, confirmed=dossier.running.silence_confirmed, reader=reader
        ),
    )
    rows: list[tuple[Button, ...]] = []
    if due is not None:
        rows.append((opinion_card.open_button(say, dossier),))
    if may_extend:
        rows.append((Button(say.label("button.extend"), action("extend", dossier.id)),))
    return Card(text, tuple(rows))


def paper_reply(
    say: Rendering,
    dossier: Dossier,
    member: Person,
    by: Person,
    reply: Reply | None,
    *,
    due: datetime | None,
    now: datetime,
    waits: bool,
    reader: int = 0,
) -> Card:
    """That a paper reply was entered; with the reply itself only for those entitled to it."""
    confirmed = dossier.running.silence_confirmed
    silence = opinion_card.silence_view(dossier, confirmed=confirmed, reader=reader)
    text = say.text(
        "paper_reply",
        dossier=dossier,
        member=member.name,
        by=by.name,
        reply=reply,
        due=due,
        now=now,
        waits=waits,
        silence=silence,
    )
    return Card(text, ((opinion_card.open_button(say, dossier),),) if waits else ())


def invalid_slip(
    say: Rendering,
    dossier: Dossier,
    member: Person,
    by: Person,
    reason: str,
    *,
    reader: Reader,
    stands: bool,
    now: datetime,
) -> Card:
    """That a paper slip is no answer; the reason only for those entitled to it, and whether an answer stands."""
    confirmed = dossier.running.silence_confirmed
    text = say.text(
        "invalid_slip",
        dossier=dossier,
        member=member.name,
        by=by.name,
        reason=reason,
        due=reader.due,
        now=now,
        waits=reader.waits,
        mine=reader.mine,
        stands=stands,
        silence=opinion_card.silence_view(dossier, confirmed=confirmed, reader=reader.person),
    )
    return Card(text, ((opinion_card.open_button(say, dossier),),) if reader.waits else ())


def to_dashboard(say: Rendering, dossier: Dossier) -> tuple[Button, ...]:
    """The way to the dashboard."""
    return (Button(say.label("button.dashboard"), action("dash", dossier.id, 0)),)


ORDER = tuple(Position)
WITH_WORDS = (*AGAINST, Position.APPROVE_WITH_COMMENTS)


def for_members(say: Rendering, dossier: Dossier, result: Result) -> Card:
    """What every member sees after the close; of reserved opinions as the committee has set (BK 9.2, HU 17.2)."""
    way = action("result_notice", dossier.id, *dossier.of_content)
    notice = Button(say.label("button.result_notice"), way)
    return Card(say.text("result", **view(dossier, result), office=False), ((notice,),))


def results(
    say: Rendering, dossier: Dossier, now: datetime, *, again: Collection[int] | None
) -> list[Card]:
    """What it came to, content by content: as the office reads it, or with `again` None as members do.

    `again` are the places of what its reader may ask once more; 0 is a slip with one content.
    """
    found = []
    for each in dossier.each:
        reached = state(each.running, now).result
        if reached is not None:
            found.append(
                for_members(say, each, reached)
                if again is None
                else for_office(say, each, reached, again=each.place in again)
            )
    return found


def for_office(say: Rendering, dossier: Dossier, result: Result, *, again: bool = False) -> Card:
    """What clerk and head see: every position, the words of differing opinions, what follows.

    With `again` its reader may ask the divided matter once more.
    """
    rows: list[tuple[Button, ...]] = []
    if again:
        label = "again_of_agencies" if dossier.body.of_agencies else "again_in_writing"
        asks = action("second_round", dossier.id)
        if dossier.place:
            asks = action("second_round_content", dossier.id, dossier.place)
        rows.append((Button(say.label(f"button.{label}"), asks, style="primary"),))
    if result.offers_meeting:
        way = action("meeting_after", dossier.id, *dossier.of_content)
        rows.append((Button(say.label("button.to_meeting"), way),))
    rows += _other_round(say, dossier)
    if result.outcome is not Outcome.WITHDRAWN:
        rows.append((Button(say.label("sheet_button.tally"), action("tally_sheet", dossier.id)),))
    rows.append(_papers(say, dossier))
    if not dossier.body.written.secret_slips:
        rows.append((Button(say.label("button.dossier"), action("dossier_matter", dossier.id)),))
    rows.append((Button(say.label("button.dashboard"), action("dash", dossier.id, 0)),))
    return Card(say.text("result", **view(dossier, result), office=True), tuple(rows))


def reserved(say: Rendering, dossier: Dossier, name: str, *, reserved: bool) -> Card:
    """To the office after the result: an opinion is reserved now, or not any more; secret slips have no `name`."""
    text = say.text("reserved", dossier=dossier, name=name, reserved=reserved)
    shown = Button(say.label("button.result"), action("result", dossier.id))
    return Card(text, ((shown,), to_dashboard(say, dossier)))


def anew_rows(say: Rendering, dossier: Dossier, rights: Rights) -> tuple[tuple[Button, ...], ...]:
    """Of what a new term holds: to prepare it anew, or the way to where it goes on; of that one the way back."""
    if may_prepare_anew(dossier, clerk=rights.clerk) is None:
        way = action("prepare_anew", dossier.id)
        return ((Button(say.label("button.prepare_anew"), way, style="primary"),),)
    others = (("button.anew", dossier.anew), ("button.anew_of", dossier.anew_of))
    return tuple(
        (Button(say.label(label), action("dash", other.id, 0)),) for label, other in others if other
    )


def _other_round(say: Rendering, dossier: Dossier) -> list[tuple[Button, ...]]:
    """The way from the first round to the second, and back."""
    rows: list[tuple[Button, ...]] = []
    if dossier.first is not None:
        way = "vote_dash" if dossier.first.by_vote else "result"
        of = number_of(dossier.first.of)
        rows.append((Button(say.label("button.first_round"), action(way, of)),))
    if dossier.second is not None:
        rows.append((Button(say.label("button.second_round"), action("dash", dossier.second.id)),))
    return rows


def held(
    say: Rendering,
    dossier: Dossier,
    result: Result,
    now: datetime,
    *,
    head: bool = True,
    rights: Rights = HEAD,
) -> Card:
    """Nothing is decided by absence: why, and what the officer can do; what it may come to is the head's."""
    contents = [
        (each.place, each.subject, reached)
        for each in dossier.several
        if (reached := state(each.running, now).result) is not None
    ]
    left = max([len(result.possible), *(len(reached.possible) for *_, reached in contents)])
    unclear = sum(reached.undatable for *_, reached in contents) or result.undatable
    told = {"contents": contents, "possible_outcomes": left, "undatable": unclear}
    text = say.text("held", **view(dossier, result), now=now, head=head, **told)
    dashboard = Button(say.label("button.dashboard"), action("dash", dossier.id, 0))
    anew = anew_rows(say, dossier, rights)
    return Card(text, (*anew, (dashboard if anew else replace(dashboard, style="primary"),)))


def view(dossier: Dossier, result: Result) -> dict[str, object]:
    """The facts of a result as templates read them."""
    running = dossier.running
    counts = {p.value: result.tally[p] for p in ORDER if result.tally[p]}
    return {
        "dossier": dossier,
        "result": result,
        "of_agencies": dossier.body.of_agencies,
        "counts": counts,
        "agreeing": result.tally.agreeing,
        "slips": slips(running.until(result.closed_at) if result.closed_at else running),
        "names": _names(dossier, result),
        "struck_differing": struck_differing(running),
        "threshold": dossier.threshold,
        "silence_article": dossier.silence.article,
        "answers": standing_answers(running),
        "kept": set(result.kept),
        "kept_names": [
            seat.name for seat in listed(dossier, running.asked) if seat.person in result.kept
        ],
        "asked": {seat.person for seat in running.asked},
        "opinions": written(dossier, result, AGAINST),
        "comments": written(dossier, result, (Position.APPROVE_WITH_COMMENTS,)),
        "reserved": [each for each in written(dossier, result, WITH_WORDS) if each[1].reserved],
        "outages": [o for o in running.outages if o.start < (result.closed_at or o.end)],
    }


def _names(dossier: Dossier, result: Result) -> Mapping[str, list[str]]:
    by_position: dict[str, list[str]] = {}
    for seat in listed(dossier, dossier.running.roll):
        by_position.setdefault(result.positions[seat.person].value, []).append(seat.name)
    return by_position
