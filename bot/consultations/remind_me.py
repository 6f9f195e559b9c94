"""«Nhắc tôi sau»: one more reminder that a member who has not answered asks for. No count depends on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.consultations import access, announcements, answering, asking, opinion_card
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.rules.rights import Rights, may_be_reminded, may_be_reminded_at
from bot.db import dues, people
from bot.db.dues import DueMoment
from bot.db.notice import Button, Card, Row
from bot.kit.act import Verb, act
from bot.kit.ask import Moment, minutes, moment_of
from bot.kit.due import Quiet, due
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.moments import VIET_NAM
from bot.values.quiet_hours import first_awake, morning_of
from bot.values.refusal import Refusal, refuse

REMIND_ME = "remind_me"
IN_A_WHILE = timedelta(hours=3)


def _key(before: Access) -> str:
    """One for each member and matter: a new choice takes the place of the one before."""
    return f"{REMIND_ME}:{before.dossier.id}:{before.person.id}"


def _may(before: Access, at: datetime) -> Refusal | None:
    return may_be_reminded(before.running, before.person.id, at)


def _may_at(before: Access, moment: datetime, at: datetime) -> Refusal | None:
    return may_be_reminded_at(before.running, before.person.id, moment, at)


def _offered(now: datetime) -> Iterator[tuple[str, datetime]]:
    """In three hours and tomorrow at eight; what would fall into the quiet hours is moved to their end."""
    soon = now + IN_A_WHILE
    yield "awake" if first_awake(soon) > soon else "hours", first_awake(soon)
    tomorrow = now.astimezone(VIET_NAM).date() + timedelta(days=1)
    yield "tomorrow", morning_of(tomorrow)


async def _moments(work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int) -> Screen:
    rows = [
        (
            Button(
                work.say.label(f"remind_me.{key}", at=work.say.moment_button(moment)),
                action(REMIND_ME, *args, minutes(moment)),
            ),
        )
        for key, moment in _offered(work.now)
        if _may_at(before, moment, work.now) is None
    ]
    at = await dues.open_moment(work.tx, _key(before))
    return _shown(work, before, rows, at=at, asks=True)


def _shown(
    work: UnitOfWork,
    before: Access,
    rows: Sequence[Row],
    *,
    at: datetime | None,
    asks: bool = False,
    typed: datetime | None = None,
) -> Screen:
    """What is arranged, if anything, and what silence means; `typed` is what the quiet hours moved."""
    say, of = work.say, before.dossier.id
    text = opinion_card.remind_me(
        say, before.dossier, before.person, work.now, at=at, asks=asks, typed=typed
    )
    if at is not None:
        rows = [*rows, (Button(say.label("button.remind_me_not"), action("remind_me_not", of)),)]
    back = (Button(say.label("button.back"), action("form", of)),)
    return Screen(Card(text, (*rows, back)), protects=of, keeps_place=True)


@act(
    REMIND_ME,
    find=access.member,
    may=_may,
    needs=(Moment(_moments, asking.calendar, _may_at),),
    verb=Verb("remind_me", "matter", ("remind_at",)),
)
async def remind_me(work: UnitOfWork, before: Access, _at: datetime, wanted: str) -> Screen:
    """Remind once more at that moment, or, where it lies in the quiet hours, at their end, which is said."""
    typed = moment_of(wanted)
    if typed is None:
        refuse("stale_question")
    at = first_awake(typed)
    of, person = before.dossier.id, before.person.id
    work.context.moments.wake()
    await dues.put(
        work.tx, _key(before), REMIND_ME, at, consultation_id=of, person_id=person, rearm=True
    )
    await _record(work, before, at.isoformat())
    again = (Button(work.say.label("button.remind_me_again"), action(REMIND_ME, of)),)
    return _shown(work, before, [again], at=at, typed=typed if at > typed else None)


@act("remind_me_not", find=access.member, verb=Verb("remind_me_not", "matter"))
async def remind_me_not(work: UnitOfWork, before: Access, _at: datetime) -> Screen:
    """Take the reminder back; where there is none any more nothing changes."""
    if await dues.open_moment(work.tx, _key(before)) is not None:
        await dues.cancel(work.tx, [_key(before)])
        await _record(work, before, None)
    return answering.form_of(before, work.say.label("toast.remind_me_not"))


async def _record(work: UnitOfWork, before: Access, at: str | None) -> None:
    line = before.line("remind_me", {"at": at})
    await work.record(line.committee, line.actor, line.act, line.subject, line.detail)


async def _silent(work: UnitOfWork, moment: DueMoment) -> Access | None:
    """The member of that moment, while an answer is still awaited and there is time for one."""
    person = moment.person_id and await people.person(work.tx, moment.person_id)
    if not isinstance(person, Person) or moment.consultation_id is None:
        return None
    dossier = await consultations.there(work.tx, moment.consultation_id)
    before = Access(person, Rights(person.id), dossier)
    return before if _may(before, work.now) is None else None


@due(REMIND_ME, on=_silent, quiet=Quiet.WAIT)
async def _remind(work: UnitOfWork, before: Access, _moment: DueMoment) -> None:
    """The reminder itself; one message where it meets another of the same matter."""
    await announcements.remind(work, before.dossier, [before.person])
    detail = {"persons": [before.person.id]}
    await work.record(before.dossier.committee, None, "remind", before.reference, detail)
