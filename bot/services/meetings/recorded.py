"""Meetings held without the bot, entered by hand afterwards; and how rhythms stand. Nobody is invited here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.card import Answer, Button
from bot.domain.meeting import Meeting, MeetingAct, MeetingActKind, MeetingKind
from bot.domain.moments import VIET_NAM, in_viet_nam
from bot.domain.people import Person
from bot.domain.press import press
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.domain.rhythm import Cadence, cadences
from bot.domain.typed_days import DayFault, TypedDays, parse_days
from bot.services import actors
from bot.services.cards.meetings import rhythm as cards
from bot.services.desk import Desk, Work
from bot.services.meetings import rhythm
from bot.services.meetings.rhythm import Watch
from bot.store import drafts, meetings, people
from bot.store import rhythm as counted

FARTHEST_BACK = timedelta(days=400)
"""A day longer ago is taken for a slip."""
NOON = time(12, 0)
"""The hour is not known; noon lies in the same day in every zone near."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Clerk or head before the rhythms of a committee."""

    person: Person
    over: Watch

    def minds(self, cadence: Cadence) -> bool:
        """Whether this rhythm is one of the person's: a clerk's are all."""
        return self.over.minds(self.person, cadence)


async def _watcher(work: Work, account: int, committee: int) -> Watcher | Refusal:
    person = await actors.in_committee(work, account, committee)
    if person is None:
        return NO_RIGHT
    found = Watcher(person, await rhythm.watch(work, committee))
    known = any(found.minds(cadence) for cadence in found.over.cadences)
    return found if known or person.is_clerk else NO_RIGHT


async def list_rows(work: Work, person: Person) -> list[tuple[Button, ...]]:
    """The way to the rhythms from the list of meetings, for clerks and heads."""
    over = await rhythm.watch(work, person.committee)
    if not any(over.minds(person, cadence) for cadence in over.cadences):
        return []
    label = work.say.label("rhythm_button.overview")
    return [(Button(label, press("rhythm", person.committee)),)]


async def overview(desk: Desk, account: int, committee: int) -> Answer | Refusal:
    """How the rhythms stand that concern this person."""
    async with desk.look() as work:
        found = await _watcher(work, account, committee)
        if isinstance(found, Refusal):
            return found
        stands = await rhythm.current(work, found.over)
        name = (await people.committee(work.tx, committee)).name
    mine = [lack for lack in stands if found.minds(lack.cadence)]
    return Answer(cards.overview(desk.say, committee, name, mine, _today(work)))


async def ask_day(desk: Desk, account: int, committee: int, code: str) -> Answer | Refusal:
    """Ask on which day it was held."""
    async with desk.work() as work:
        found = await _cadence(work, account, committee, code)
        if isinstance(found, Refusal):
            return found
        _, cadence = found
        ref = {"committee": committee, "code": code}
        await drafts.await_words(work.tx, account, "held", ref, work.now)
        today = _today(work)
        lack = await rhythm.stands_in(work, committee, cadence, cadence.period(today), today)
    return Answer(cards.ask_day(desk.say, committee, lack))


async def _cadence(
    work: Work, account: int, committee: int, code: str
) -> tuple[Watcher, Cadence] | Refusal:
    found = await _watcher(work, account, committee)
    if isinstance(found, Refusal):
        return found
    every = cadences(found.over.regulation)
    cadence = next((c for c in every if c.code == code and found.minds(c)), None)
    return (found, cadence) if cadence else Refusal("old_button")


async def record(
    desk: Desk, account: int, committee: int, code: str, text: str
) -> Answer | Refusal:
    """Enter it as held on the day typed; it counts for its rhythm at once."""
    async with desk.work() as work:
        found = await _cadence(work, account, committee, code)
        if isinstance(found, Refusal):
            return found
        watcher, cadence = found
        day = _day_meant(text, _today(work))
        if isinstance(day, Refusal):
            return day
        period, today = cadence.period(day), _today(work)
        if await _is_known(work, committee, cadence, day):
            return Refusal("rhythm_already", values={"day": day})
        meeting_id = await _enter(work, watcher, cadence, day)
        await drafts.answered(work.tx, account)
        lack = await rhythm.stands_in(work, committee, cadence, period, today)
    return Answer(cards.recorded(desk.say, committee, meeting_id, lack, day))


def _day_meant(text: str, today: date) -> date | Refusal:
    """The day of a meeting that was held: a day without its year is the last one of that name."""
    typed = parse_days(text, today.year)
    if isinstance(typed, TypedDays) and typed.first > today:
        earlier = parse_days(text, today.year - 1)
        if isinstance(earlier, TypedDays) and earlier.first < typed.first:
            typed = earlier
    if isinstance(typed, DayFault) or typed.first != typed.last:
        return Refusal("rhythm_unclear")
    if typed.first > today:
        return Refusal("rhythm_ahead", values={"day": typed.first})
    if typed.first < today - FARTHEST_BACK:
        return Refusal("rhythm_long_ago", values={"day": typed.first})
    return typed.first


async def _is_known(work: Work, committee: int, cadence: Cadence, day: date) -> bool:
    start = datetime.combine(day, time(), VIET_NAM)
    period = cadence.period(day)
    met = await counted.met(work.tx, committee, start, start + timedelta(days=1))
    return rhythm.any_counts(cadence, met, period)


async def _enter(work: Work, watcher: Watcher, cadence: Cadence, day: date) -> int:
    committee = watcher.over.committee
    stamp = int(work.now.timestamp() * 1_000_000)
    values = {
        "committee_id": committee,
        "rulebook": watcher.over.regulation.digest,
        "body": cadence.body.id,
        "kind": cadence.kind.value,
        "session": cadence.session,
        "starts_at": datetime.combine(day, NOON, VIET_NAM),
        "place": "",
        "uid": f"held-{committee}-{cadence.code}-{stamp}",
        "sequence": 0,
        "prepared_by": watcher.person.id,
        "submitted_at": work.now,
    }
    meeting_id = await meetings.add(work.tx, values)
    act = MeetingAct(MeetingActKind.RECORD, work.now, by=watcher.person.id)
    await meetings.add_act(work.tx, meeting_id, act)
    detail = {"body": cadence.body.id, "rule": cadence.rule.id, "day": day.isoformat()}
    await work.record(committee, watcher.person, "meeting_held", f"meeting:{meeting_id}", detail)
    return meeting_id


async def take_back(desk: Desk, account: int, meeting_id: int) -> Answer | Refusal:
    """A slip: what was entered by hand counts no more. It stays in the register."""
    async with desk.work() as work:
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is None or not meeting.by_hand:
            return Refusal("rhythm_gone")
        found = await _watcher(work, account, meeting.committee)
        if isinstance(found, Refusal):
            return found
        cadence = _cadence_of(found, meeting)
        if cadence is None or not found.minds(cadence):
            return NO_RIGHT
        if meeting.act(MeetingActKind.CANCEL) is None:
            act = MeetingAct(MeetingActKind.CANCEL, work.now, by=found.person.id)
            await meetings.add_act(work.tx, meeting_id, act)
            subject = f"meeting:{meeting_id}"
            await work.record(meeting.committee, found.person, "meeting_not_held", subject, {})
        day = in_viet_nam(meeting.starts_at).date()
        period = cadence.period(day)
        lack = await rhythm.stands_in(work, meeting.committee, cadence, period, _today(work))
    return Answer(cards.taken_back(desk.say, meeting.committee, lack, day))


def _cadence_of(watcher: Watcher, meeting: Meeting) -> Cadence | None:
    own = meeting.kind is MeetingKind.REGULAR
    return next(
        (
            cadence
            for cadence in cadences(watcher.over.regulation)
            if cadence.kind is meeting.kind
            and (cadence.body.id == meeting.body.id if own else cadence.session == meeting.session)
        ),
        None,
    )


def _today(work: Work) -> date:
    return in_viet_nam(work.now).date()
