"""What the clock brings to a consultation: reminders, the close, the hold. Each is checked anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from bot.calendar import face as calendar
from bot.consultations import aftermath, announcements, schedule, second_round
from bot.consultations import store as consultations
from bot.consultations.listing import store as listing
from bot.consultations.rules.consultation import Act, ActKind, Consultation, Position
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import closes_at, due_moment, falls_on_day_off, moved_by
from bot.consultations.rules.outcome import (
    HeldBy,
    Result,
    Stage,
    State,
    over_with_term,
    state,
    states,
)
from bot.db import dues, people
from bot.db.dues import DueMoment
from bot.db.fact import Fact
from bot.kit.due import Quiet, due
from bot.kit.occasions import Occurred, occurred
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import face as meetings
from bot.people.rules.people import Person
from bot.regulations.rules.duties import Happens
from bot.regulations.rules.regulation import Next, Outcome


async def conclude(work: UnitOfWork, dossier: Dossier) -> None:
    """Close, hold, or wait on: whatever the facts say now."""
    now_is = state(dossier.running, work.now)
    if now_is.stage is Stage.CLOSED and now_is.result is not None:
        act = Act(ActKind.CLOSE, now_is.result.closed_at or work.now)
        await end(work, dossier, act, reached=None if dossier.contents else now_is.result)
        return
    dossier = await _end_contents(work, dossier)
    if now_is.stage is Stage.OPEN or now_is.result is None:
        await schedule.arrange(work, dossier.running)
        return
    await _hold(work, dossier, now_is.result)
    await schedule.arrange_contents(work, dossier.running)


async def _end_contents(work: UnitOfWork, dossier: Dossier) -> Dossier:
    """Record and tell what an objection has ended of a slip that goes on; the same with these ends."""
    for place, reached in enumerate(states(dossier.running, work.now), 1):
        result, recorded = reached.result, place in dossier.running.ended_contents
        if reached.stage is not Stage.CLOSED or result is None or result.closed_at is None:
            continue
        if not recorded:
            act = Act(ActKind.CLOSE_CONTENT, result.closed_at, content=place)
            dossier = await _end_content(work, dossier.with_act(act), act, result)
    return dossier


async def _end_content(work: UnitOfWork, dossier: Dossier, act: Act, result: Result) -> Dossier:
    """What an objection ended is told and followed as if it had been alone on its slip."""
    detail = {"content": act.content, "reached": plain(result)}
    content = dossier.at(act.content or 0)
    await work.write(
        consultations.add_act(dossier.id, act),
        Line(dossier.committee, None, act.kind.value, dossier.reference, detail),
        *_waits(content, result, work.now),
    )
    await announcements.closed(work, content, result)
    await aftermath.owe(work, content, result, None)
    return dossier


async def _hold(work: UnitOfWork, dossier: Dossier, result: Result) -> None:
    because, due = str(result.held_by), closes_at(dossier.running)
    holds = [act for act in dossier.running.acts if act.kind is ActKind.HOLD]
    if any(act.until == due and act.reason == because for act in holds):
        return
    act = await _record_hold(work, dossier, because, due)
    await announcements.held(work, dossier.with_act(act), result, due)


async def _record_hold(work: UnitOfWork, dossier: Dossier, because: str, due: datetime) -> Act:
    act = Act(ActKind.HOLD, work.now, until=due, reason=because)
    detail = {"due": due.isoformat(), "because": because}
    line = Line(dossier.committee, None, "hold", dossier.reference, detail)
    await work.write(consultations.add_act(dossier.id, act), line)
    return act


async def hold_for_term(work: UnitOfWork, committee: int) -> None:
    """A new term has begun: whatever of the committee is open is held for whoever heads its body now."""
    for number in await listing.running_ids(work.tx, committee):
        dossier = await consultations.get(work.tx, number)
        if dossier is None or dossier.consultation is None:
            continue
        if state(dossier.running, work.now).stage in (Stage.OPEN, Stage.HELD):
            await _hold_over(work, dossier)


async def _hold_over(work: UnitOfWork, dossier: Dossier) -> None:
    """From now on it is no more than withdrawn, or opened anew."""
    due = closes_at(dossier.running)
    act = await _record_hold(work, dossier, HeldBy.TERM.value, due)
    await dues.cancel_of(work.tx, dossier.id)
    running = replace(dossier.running, acts=(*dossier.running.acts, act))
    reached = state(running, work.now).result
    if reached is not None:
        held = replace(dossier, consultation=running)
        await announcements.held(work, held, reached, due)


async def end(
    work: UnitOfWork,
    dossier: Dossier,
    act: Act,
    for_whom: Mapping[str, object] | None = None,
    *,
    reached: Result | None = None,
) -> None:
    """Record the act that ends the consultation, with the outcome reached in each content, and tell it.

    `for_whom` is what the line says of the head for whom another ended it. `reached` is what its one content has
    come to by time: recording that changes nothing of it.
    """
    running = replace(dossier.running, acts=(*dossier.running.acts, act))
    results = (reached,) if reached else _reached(states(running, work.now))
    if not results:
        raise RuntimeError(f"consultation {dossier.id} has ended without a result")
    stored = as_kept(results)
    closed_at = max((each.closed_at for each in results if each.closed_at), default=work.now)
    ended = replace(dossier, consultation=running, closed_at=closed_at)
    now_ended = [
        (each, result)
        for each, result in zip(ended.each, results, strict=True)
        if each.place not in running.ended_contents
    ]
    actor = await people.person(work.tx, act.by) if act.by else None
    detail = {"reason": act.reason, "result": stored, **(for_whom or {})}
    await work.write(
        consultations.add_act(dossier.id, act),
        Line(dossier.committee, actor, act.kind.value, dossier.reference, detail),
        consultations.close_it(dossier.id, closed_at, stored),
        *(waits for each, result in now_ended for waits in _waits(each, result, work.now)),
    )
    await dues.cancel_of(work.tx, dossier.id)
    withdrawn = all(each.outcome is Outcome.WITHDRAWN for each in results)
    if withdrawn:  # nothing was counted: the slip as a whole is told once
        await announcements.closed(work, ended, results[0])
    for each, result in now_ended:
        if not withdrawn:
            await announcements.closed(work, each, result)
        await aftermath.owe(work, each, result, actor)
    await second_round.ended(work, ended, results[0], actor)
    await occurred.happened(work, Occurred(dossier.committee, Happens.RESULT))


def _reached(found: Sequence[State]) -> tuple[Result, ...]:
    """The result of each content; empty where there is none yet."""
    return tuple(each.result for each in found if each.result is not None)


_AT_A_MEETING = frozenset(
    {Next.REPORT_BACK, Next.TO_MEETING, Next.STANDING_COMMITTEE, Next.SECOND_ROUND}
)


def _waits(dossier: Dossier, result: Result, at: datetime) -> list[Fact[int]]:
    """What the text sends to a meeting waits there by itself: of the body that the ruling names."""
    if result.next not in _AT_A_MEETING:
        return []
    named = dossier.running.rulings[result.row].body if result.row else None
    return [meetings.wait(dossier, named or dossier.body.id, result.next.value, at)]


async def _open(work: UnitOfWork, moment: DueMoment) -> Dossier | None:
    """The consultation of a moment, while it has no end and its term runs."""
    found = moment.consultation_id and await consultations.get(work.tx, moment.consultation_id)
    if not found or not found.consultation or found.consultation.end:
        return None
    return None if over_with_term(found.consultation) else found


@due(schedule.REMIND, on=_open, quiet=Quiet.WAIT)
async def _remind(work: UnitOfWork, dossier: Dossier, moment: DueMoment) -> None:
    """Only those of that due moment who have not answered everything, or whose answer lacks its words (5.3).

    Nobody after the moment itself; where a later reminder was missed, too, that one alone speaks. Where
    nobody at all has answered, the office is warned.
    """
    running = dossier.running
    due_then, mine = schedule.reminded_of(moment.key)
    if schedule.has_later_one(due_then, mine, work.now):
        return
    own = [
        seat.person
        for seat in running.on_slip
        if int(due_moment(running, seat.person).timestamp()) == due_then
        and due_moment(running, seat.person) > work.now
    ]
    silent = await _joined(work, [each for each in own if running.awaits(each)])
    if own and not running.first_replies:
        await announcements.nobody_answered(work, dossier)
    if silent:
        await announcements.remind(work, dossier, silent)
        detail = {"persons": [member.id for member in silent]}
        await work.record(dossier.committee, None, "remind", dossier.reference, detail)
    for content in dossier.each:
        await _remind_words(work, content, own, moment.key)


async def _remind_words(work: UnitOfWork, dossier: Dossier, own: list[int], key: str) -> None:
    """Those whose answer to this content lacks its words, and was not given on paper (5.3)."""
    last = dossier.running.last_replies
    asked = [each for each in own if dossier.running.asks(each)]
    wordless = [each for each in asked if each in last and last[each].lacks_words]
    brief = await _joined(work, [each for each in wordless if not last[each].on_paper])
    if brief:
        of = f".{dossier.place}" if dossier.place else ""
        await announcements.remind_words(work, dossier, brief, f"words_reminder:{key}{of}")
        detail = {"persons": [member.id for member in brief]}
        await work.record(dossier.committee, None, "remind_words", dossier.reference, detail)


async def _joined(work: UnitOfWork, wanted: list[int]) -> list[Person]:
    found = await people.persons(work.tx, wanted) if wanted else {}
    return [member for member in found.values() if member.joined]


async def to_remind(work: UnitOfWork, running: Consultation) -> list[Person]:
    """Those asked who have joined and have not answered everything."""
    waiting = [seat.person for seat in running.on_slip if running.awaits(seat.person)]
    members = (await people.persons(work.tx, waiting)).values()
    return [member for member in members if member.joined]


async def remind_all(work: UnitOfWork, dossier: Dossier, members: list[Person]) -> None:
    """Remind these at a clerk's request, at once or in the morning after."""
    await announcements.remind(work, dossier, members, by_clerk=True)


@due(schedule.REMIND_ALL, on=_open, quiet=Quiet.WAIT)
async def _remind_everybody(work: UnitOfWork, dossier: Dossier, _moment: DueMoment) -> None:
    await remind_all(work, dossier, await to_remind(work, dossier.running))


@due(schedule.UNACKNOWLEDGED, on=_open, quiet=Quiet.WAIT)
async def _list_unacknowledged(work: UnitOfWork, dossier: Dossier, _moment: DueMoment) -> None:
    running = dossier.running
    names = [seat.name for seat in running.on_slip if seat.person not in running.received_at]
    if names:
        await announcements.unacknowledged(work, dossier, names)


@due(schedule.CLOSE, on=_open)
async def _close(work: UnitOfWork, dossier: Dossier, _moment: DueMoment) -> None:
    await conclude(work, dossier)


@calendar.changed.follow
async def _calendar_changed(work: UnitOfWork, committee: int) -> None:
    """Each running matter whose due moments would now be later is shown to its office; none moves by itself.

    A matter keeps the calendar it opened with; to give more time is the head's act (provisions 5.15).
    """
    now_is = await calendar.working_calendar(work.tx, committee)
    for each in await listing.running_ids(work.tx, committee):
        dossier = await consultations.there(work.tx, each)
        moved = moved_by(dossier.running, now_is)
        if moved or falls_on_day_off(dossier.running, now_is):
            await announcements.calendar_moved(work, dossier, moved, now_is)
        await announcements.refresh_dash(work, dossier)


BY_CONTENT = "by_content"
"""What a slip is called whose contents have come to different outcomes."""


def as_kept(results: Sequence[Result]) -> dict[str, Any]:
    """What a slip came to as JSON keeps it: its one result, or that of each content."""
    if len(results) == 1:
        return plain(results[0])
    outcomes = {result.outcome for result in results}
    return {
        "outcome": outcomes.pop() if len(outcomes) == 1 else BY_CONTENT,
        "contents": [plain(result) for result in results],
    }


def plain(result: Result) -> dict[str, Any]:
    """A result as JSON keeps it; comparing two of these proves that nothing moved (I4)."""
    values = {field.name: getattr(result, field.name) for field in fields(result)}
    del values["place"]  # where it stands in what is kept says it
    values["tally"] = {p.value: n for p, n in sorted(result.tally.counts.items())}
    values["positions"] = {str(p): position.value for p, position in result.positions.items()}
    values["articles"] = list(result.articles)
    values["closed_at"] = _in_utc(result.closed_at) if result.closed_at else None
    values["possible"] = list(result.possible)
    values["kept"] = list(result.kept)
    # What says nothing is left out, as of every result that was kept before there was such a thing.
    without: dict[str, Any] = {
        "undatable": 0,
        "dating": None,
        "possible": [],
        "row": None,
        "kept": [],
        "base": None,
        "by_tie": False,
        "answers": 0,
        "answers_required": 0,
        "objected": None,
        "because": None,
    }
    return {key: each for key, each in values.items() if key not in without or each != without[key]}


def agrees(stored: Mapping[str, Any], results: Sequence[Result]) -> bool:
    """Whether what was written at a close is what the facts give now, content by content."""
    kept = stored.get("contents", [stored])
    alike = len(kept) == len(results) and all(map(_agrees, kept, results))
    return alike and ("contents" not in stored or stored["outcome"] == as_kept(results)["outcome"])


def _agrees(stored: Mapping[str, Any], result: Result) -> bool:
    """Whether one written result is what the facts give now.

    Earlier ones were written without the row that decided and without those struck off, and with their moment
    in the zone that it was computed in.
    """
    values, stored = plain(result), dict(stored)
    if isinstance(stored.get("closed_at"), str):
        stored["closed_at"] = _in_utc(datetime.fromisoformat(stored["closed_at"]))
    if stored != values and "row" not in stored:
        values.pop("row", None)
        values["tally"].pop(Position.STRUCK.value, None)
        standing = values["positions"].items()
        values["positions"] = {p: where for p, where in standing if where != Position.STRUCK}
    return stored == values


def _in_utc(moment: datetime) -> str:
    """The same words for the same moment, whatever zone it was computed in."""
    return moment.astimezone(UTC).isoformat()
