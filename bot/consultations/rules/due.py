"""When a consultation falls due, for each member and as a whole; and the deadlines offered for choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Literal

from bot.consultations.rules.consultation import (
    DIFFERING,
    OUT_OF_IT,
    Act,
    Consultation,
    Position,
    Receipt,
    Reply,
)
from bot.regulations.rules.regulation import Body, Clock, Strength, Window
from bot.values.moments import INSTANT, VIET_NAM, in_viet_nam
from bot.values.working_days import WorkingCalendar


def due_moment(consultation: Consultation, person: int) -> datetime:
    """The member's own due moment; exactly at it still counts (provisions 5.9)."""
    own = before_more_time(consultation, person)
    asked = consultation.asked_until.get(person)
    return max(own, asked) if asked else own


def closes_at(consultation: Consultation) -> datetime:
    """The latest due moment of those who are asked anything, or before it the end that an objection brings.

    A slip with several contents closes with the last of them.
    """
    last = time_is_over(consultation)
    ended = [objection_ends(content) for content in _about(consultation)]
    return max(last if each is None else min(last, each) for each in ended)


def time_is_over(consultation: Consultation) -> datetime:
    """The latest due moment of those who are asked anything on the slip."""
    moments = [due_moment(consultation, seat.person) for seat in consultation.on_slip]
    return max(moments, default=consultation.stated_deadline)


def content_ends(consultation: Consultation) -> tuple[datetime, ...]:
    """When objections end contents of a slip with several; without those whose end stands in the record."""
    found = ((content, objection_ends(content)) for content in consultation.each if content.apart)
    return tuple(at for content, at in found if at is not None and not content.close_recorded)


def _about(consultation: Consultation) -> tuple[Consultation, ...]:
    """What a moment is asked of: one content, or every content of a slip, which may end one by one."""
    return (consultation,) if consultation.apart else consultation.each


def objection_ends(consultation: Consultation) -> datetime | None:
    """When an objection ends the matter: that stood so many minutes; what comes after changes nothing.

    A strike takes back no objection: an opinion that was given stays (5.13). Who takes no part within these
    minutes has none, and who takes part again has it from then on: else it would end what others answered
    meanwhile. While the matter is held for itself an objection ends nothing and may be taken back: what stands of
    it once the time is extended ends the matter then at the earliest.
    """
    return min(_objected(consultation).values(), default=None)


def ended_by_objection_of(consultation: Consultation, person: int) -> bool:
    """Whether the objection of this member ended it before its time was over."""
    ended = _objected(consultation)
    end = min(ended.values(), default=None)
    return end is not None and ended.get(person) == end < time_is_over(consultation)


def _objected(consultation: Consultation) -> dict[int, datetime]:
    """Whose objections stood long enough, and since when they had."""
    rule = consultation.rules.objection
    if rule is None:
        return {}
    first = consultation.first.positions.items() if consultation.first else ()
    aside = {person for person, at in first if at is Position.RECUSED}
    said, stands = _said(consultation), timedelta(minutes=rule.minutes)
    held = _held(consultation)
    ended = {each: _stood(said[each], stands, held) for each in said if each not in aside}
    return {person: at for person, at in ended.items() if at is not None}


def ended_at_once(consultation: Consultation) -> bool:
    """Whether an objection ended it that gave nobody a minute."""
    rule = consultation.rules.objection
    return rule is not None and not rule.minutes and objection_ends(consultation) is not None


def _said(consultation: Consultation) -> dict[int, list[tuple[datetime, Reply | Act]]]:
    """What each member answered and said of taking part, in the order of its moments."""
    said = defaultdict[int, list[tuple[datetime, Reply | Act]]](list)
    for reply in consultation.own_replies:
        said[reply.person].append((reply.latest or reply.at, reply))
    for act in consultation.recusals:
        if act.of is not None:
            said[act.of].append((act.at, act))
    for each in said.values():
        each.sort(key=itemgetter(0))
    return said


def _held(consultation: Consultation) -> tuple[tuple[datetime, datetime], ...]:
    """From when until when it was held for itself: since its time was over, until that was extended (5.10).

    A content that had ended by then, as its end stands in the record, was not: its slip was held for another one.
    """
    ended = consultation.ended_contents.get(consultation.place)
    return tuple(
        (time_is_over(consultation.until(at - INSTANT)), at)
        for at, _ in consultation.extensions
        if ended is None or at <= ended
    )


def _stood(
    said: list[tuple[datetime, Reply | Act]],
    stands: timedelta,
    held: Sequence[tuple[datetime, datetime]],
) -> datetime | None:
    """When an objection of this member had stood so long, and not while it was held.

    One taken back at that very moment had not stood, unless it ends the matter at once: then nothing takes it back.
    """

    def end(since: datetime) -> datetime:
        stood = since + stands
        return next((until for over, until in held if over <= stood < until), stood)

    objects, takes_part, since = False, True, None
    for at, each in said:
        if since is not None and (at > end(since) or (not stands and at >= end(since))):
            break
        if isinstance(each, Reply):
            objects = each.choice in DIFFERING
        else:
            takes_part = each.kind not in OUT_OF_IT
        if not (objects and takes_part):
            since = None
        elif since is None:
            since = at
    return None if since is None else end(since)


def before_more_time(consultation: Consultation, person: int) -> datetime:
    """The member's due moment without the time it asked for.

    The latest of the stated deadline, the clock that the text gives each recipient, and the least
    notice of whom the text reached late.
    """
    start = consultation.clock_from.get(person)
    if start is None:
        return consultation.stated_deadline
    own = _own_end(consultation, start)
    notice = _notice(consultation, person, start)
    late = days_after(consultation, start, notice) if notice else None
    return max(filter(None, (consultation.stated_deadline, own, late)))


def _own_end(consultation: Consultation, start: datetime) -> datetime | None:
    """When a recipient's own clock ends that began at `start`; None where the stated deadline alone binds."""
    window = consultation.rules.window
    if window.own is None or (window.stated_alone and consultation.deadline_stated):
        return None
    return window.own.end(start, consultation.calendar, window.day_ends_at)


def _notice(consultation: Consultation, person: int, start: datetime) -> int:
    """The working days after a late receipt that are left at least, on both sides of the deadline (5.14).

    The receipt is the slip's, what is answered is each content's: for one that is left blank the notice stays.
    """
    if start <= consultation.opened_at + SENDING_TAKES:
        return 0
    answered = consultation.answered_all.get(person)
    if answered and answered <= max(start, consultation.deadline_at(answered)):
        return 0  # answered by the deadline, or with the answer that proved the receipt
    window = consultation.rules.window
    late = start > consultation.deadline_at(start)
    return window.notice_after_deadline if late else window.least_notice


def may_move(consultation: Consultation, person: int, at: datetime) -> bool:
    """Whether a receipt or an answer of this member at `at` can move when something falls due."""
    if consultation.rules.window.clock is Clock.RECIPIENT or at >= consultation.stated_deadline:
        return True
    if consultation.rules.objection is not None:
        return True
    start = consultation.clock_from.get(person, at)
    return start > consultation.opened_at + SENDING_TAKES


def read_at(consultation: Consultation, person: int, at: datetime) -> Consultation:
    """The same for a member who reads the text at `at`: where delivery is enough, that is the receipt."""
    enough = consultation.rules.silence.receipt is Strength.DELIVERED
    if not enough or person in consultation.received_at or not consultation.asks_anything(person):
        return consultation
    receipt = Receipt(person, Strength.DELIVERED, at)
    return replace(consultation, receipts=(*consultation.receipts, receipt))


def received_late(consultation: Consultation, person: int) -> datetime | None:
    """When the text reached a member whose due moment is later for it; None for all others."""
    start = consultation.clock_from.get(person)
    if start is None:
        return None
    notice = _notice(consultation, person, start)
    if not notice:
        return None
    late, own = days_after(consultation, start, notice), _own_end(consultation, start)
    later = late > consultation.stated_deadline and (own is None or late > own)
    return start if later else None


def days_after(consultation: Consultation, moment: datetime, days: int) -> datetime:
    """The end of the last of `days` working days after the day of `moment`, which is not counted."""
    calendar = consultation.calendar
    last = calendar.add_working_days(moment.astimezone(VIET_NAM).date(), days)
    return calendar.end_of_day(last, consultation.rules.window.day_ends_at)


def regulation_deadline(body: Body, calendar: WorkingCalendar, opened: datetime) -> datetime:
    """The deadline where none is stated: the regulation's time after the opening."""
    window = body.written.window
    return window.usual.end(opened, calendar, window.day_ends_at)


def again_deadline(body: Body, calendar: WorkingCalendar, opened: datetime) -> datetime | None:
    """The deadline of a second round where the regulation gives its days; None where whoever opens it names one."""
    rule, window = body.written.second_round, body.written.window
    if rule is None or rule.answer_days is None:
        return None
    last = calendar.add_working_days(in_viet_nam(opened).date(), rule.answer_days)
    return calendar.end_of_day(last, window.day_ends_at)


def least_deadline(window: Window, calendar: WorkingCalendar, opened: datetime) -> datetime | None:
    """The nearest deadline that leaves the least time after the opening; None where there is none."""
    return window.least.span.end(opened, calendar, window.day_ends_at) if window.least else None


def computed_years(consultation: Consultation) -> tuple[int, ...]:
    """The years its due moments lie in or run through whose days off are only computed yet (5.15)."""
    opened, closes = in_viet_nam(consultation.opened_at), in_viet_nam(closes_at(consultation))
    return consultation.calendar.computed_between(opened.date(), closes.date())


@dataclass(frozen=True, slots=True)
class Moved:
    """A member whose due moment would come later by another calendar; it does not move by itself."""

    name: str
    due: datetime
    later: datetime


def moved_by(consultation: Consultation, calendar: WorkingCalendar) -> tuple[Moved, ...]:
    """Whose due moments would be later by the calendar of now, soonest first; earlier is never of weight (5.15)."""
    if calendar == consultation.calendar:
        return ()
    anew = replace(consultation, calendar=calendar)
    pairs = [
        Moved(seat.name, due_moment(consultation, seat.person), due_moment(anew, seat.person))
        for seat in consultation.on_slip
        if consultation.awaits(seat.person)
    ]
    later = (each for each in pairs if each.later > each.due)
    return tuple(sorted(later, key=lambda each: (each.due, each.later)))


def falls_on_day_off(consultation: Consultation, calendar: WorkingCalendar) -> bool:
    """Whether the stated deadline was on a working day when it was set, and by this calendar is not."""
    day = in_viet_nam(consultation.stated_deadline).date()
    return consultation.calendar.is_working(day) and not calendar.is_working(day)


SENDING_TAKES = timedelta(hours=1)
"""Whom the text reached within this time after the sending had it in time."""
NEAREST_OFFERED = timedelta(hours=3)
"""A preset nearer than this is not offered: nobody could be expected to answer."""
WORKING_DAYS_OFFERED = (3, 5, 7)
FRIDAY = 4

PresetKey = Literal["today", "next_working_day", "friday", "working_days", "suggested"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A deadline on offer; `count` says how many working days, where `key` counts them."""

    key: PresetKey
    moment: datetime
    count: int = 0


def offered_by(window: Window, now: datetime, calendar: WorkingCalendar) -> tuple[Preset, ...]:
    """Deadlines worth offering at `now` by a rule book: those that everybody is offered, and the one it suggests."""
    found = presets(now, calendar, window.suggested_days, window.day_ends_at)
    if window.suggested is None:
        return found
    moment = window.suggested.end(now, calendar, window.day_ends_at).replace(
        second=0, microsecond=0
    )
    others = [each for each in found if each.moment != moment]
    mine = Preset("suggested", moment, window.suggested.count)
    return tuple(sorted((mine, *others), key=lambda each: each.moment))


def presets(
    now: datetime, calendar: WorkingCalendar, suggestion_days: int = 3, day_ends_at: int = 17
) -> tuple[Preset, ...]:
    """Deadlines worth offering at `now`, soonest first, each moment once and at least 3 hours away."""
    offered: dict[datetime, Preset] = {}
    today = in_viet_nam(now).date()
    for key, days, count in _candidates(today, calendar, suggestion_days):
        moments = (calendar.end_of_day(day, day_ends_at) for day in days)
        moment = next((each for each in moments if each - now >= NEAREST_OFFERED), None)
        if moment:
            offered.setdefault(moment, Preset(key, moment, count))
    return tuple(offered[moment] for moment in sorted(offered))


def _candidates(
    today: date, calendar: WorkingCalendar, suggestion_days: int
) -> Iterator[tuple[PresetKey, Sequence[date], int]]:
    """Each preset with its days, of which the first still possible is meant."""
    yield "today", _working((today,), calendar), 0
    yield "next_working_day", (calendar.next_working_day(today),), 0
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    yield "friday", _working((friday, friday + timedelta(days=7)), calendar), 0
    for count in sorted({suggestion_days, *WORKING_DAYS_OFFERED}):
        yield "working_days", (calendar.add_working_days(today, count),), count


def _working(days: Sequence[date], calendar: WorkingCalendar) -> Sequence[date]:
    return [day for day in days if calendar.is_working(day)]
