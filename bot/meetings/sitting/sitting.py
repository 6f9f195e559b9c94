"""The sitting: opening, conclusions, the close, and what returns to the next agenda. Votes are held elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.db import dues
from bot.db.fact import Fact
from bot.kit.access import By
from bot.kit.act import act
from bot.kit.ask import Confirm, Given, Words
from bot.kit.event import Event
from bot.kit.heads import with_head
from bot.kit.notify import notify
from bot.kit.occasions import Occurred, occurred
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError
from bot.kit.unit import UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.agenda.returning import left_behind
from bot.meetings.attendance import awaiting
from bot.meetings.live import about
from bot.meetings.rules.closing import at_the_close, sat
from bot.meetings.rules.meeting import (
    AgendaItem,
    Concluded,
    Conclusion,
    Meeting,
    MeetingAct,
    MeetingActKind,
)
from bot.meetings.rules.quorum import found as quorum_now
from bot.meetings.rules.rights import may_close, may_conclude, may_conclude_in_words, may_open
from bot.meetings.sitting import cards
from bot.regulations.rules.duties import Happens
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require


def _may_open(found: Access, at: datetime) -> Refusal | None:
    return may_open(found.meeting, found.standing, at)


def _before_its_start(found: Access, at: datetime) -> bool:
    return at < found.meeting.starts_at


async def _ask_open(work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int) -> Screen:
    card = cards.ask_open(work.say, found.meeting, work.now)
    return Screen(card, about=about(found.meeting.id), keeps_place=True)


@act("mopen", find=access.find, may=_may_open, needs=(Confirm(_ask_open, _before_its_start),))
async def open_it(work: UnitOfWork, found: Access, at: datetime, _yes: str) -> Screen:
    """Head or delegate opens on the day, before its hour after one question.

    Without quorum too, and the dashboard says what that means.
    """
    stands = quorum_now(found.meeting)
    detail = {"present": stands.present, "roll": stands.roll, "quorum": stands.holds}
    await _act(work, found, MeetingActKind.OPEN, at, detail)
    return _dashboard(work, found, "toast.meeting_opened")


def _dashboard(work: UnitOfWork, found: Access, toast: str) -> Screen:
    board = live.dash(found.meeting.id)
    return Screen(live=board, toast=work.say.label(toast), about=about(found.meeting.id))


async def _act(
    work: UnitOfWork,
    found: Access,
    kind: MeetingActKind,
    at: datetime,
    detail: Mapping[str, object],
    *more: Fact[Any],
) -> None:
    act = MeetingAct(kind, at, found.person.id, acting_for=found.acting_for, detail=detail)
    line = found.line(f"{kind.value}_meeting", {**detail, "acting_for": found.acting_for})
    await work.write(meetings.add_act(found.meeting.id, act), line, *more)
    await live.refresh(work, found.meeting)


# --- conclusions -----------------------------------------------------------------------------


Item = tuple[Access, AgendaItem]
"""Somebody of the office before an item of a meeting."""


async def find_item(work: UnitOfWork, account: int, item_id: int) -> Item:
    """The office before an item of a meeting; nobody else learns anything."""
    meeting_id = await meetings.of_item(work.tx, item_id)
    if meeting_id is None:
        refuse("meeting_gone")
    found = await find_for_office(work, account, meeting_id)
    item = found.meeting.item(item_id)
    if item is None:
        refuse("sitting_item_gone", body=found.meeting.body.name)
    return found, item


async def find_for_office(work: UnitOfWork, account: int, meeting_id: int) -> Access:
    """Clerk or head before a meeting; nobody else learns anything."""
    found = await access.find(work, account, meeting_id)
    if not found.office:
        raise Refused(NO_RIGHT)
    return found


def _may_conclude(before: Item, _at: datetime) -> Refusal | None:
    found, item = before
    return may_conclude(found.meeting, found.standing, item)


def _may_conclude_as(before: Item, kind: str, _at: datetime) -> Refusal | None:
    """What a vote forbids is refused before words are asked for."""
    found, item = before
    if kind not in set(Conclusion):
        raise MalformedPressError
    return may_conclude(found.meeting, found.standing, item, Conclusion(kind))


async def _ask_words(work: UnitOfWork, before: Item, args: tuple[str, ...], _page: int) -> Screen:
    """The conclusion in words, which may be left out."""
    found, item = before
    card = cards.ask_words(work.say, found.meeting, item, Conclusion(args[1]))
    return Screen(card, about=about(found.meeting.id))


@act(
    "conclude",
    find=find_item,
    may=_may_conclude,
    needs=(Given(_may_conclude_as), Words(_ask_words, REASON_LIMIT, optional=True)),
)
async def conclude(work: UnitOfWork, before: Item, at: datetime, named: str, words: str) -> Screen:
    """The conclusion is recorded with who recorded it; a later one takes its place until the close.

    What the text has decided by secret ballot alone needs the count of one held on paper, where the bot has none.
    """
    (found, item), kind = before, Conclusion(named)
    require(may_conclude_in_words(found.meeting, item, kind, words))
    last = item.concluded
    if last is None or (last.kind, last.words) != (kind, words):
        await _conclude(work, found, item, kind, at, words)
        await live.refresh(work, found.meeting)
    return Screen(
        live=live.items(found.meeting.id),
        toast=work.say.label("toast.concluded"),
        about=about(found.meeting.id),
    )


async def _conclude(
    work: UnitOfWork, found: Access, item: AgendaItem, kind: Conclusion, at: datetime, words: str
) -> None:
    said = Concluded(kind, at, found.person.id, words, found.acting_for)
    detail = {
        "item": item.id,
        "subject": item.subject,
        "as": kind.value,
        "words": words,
        "acting_for": found.acting_for,
    }
    await work.write(meetings.conclude(item.id, said), found.line("conclude", detail))


# --- the close -------------------------------------------------------------------------------


closed: Event[Meeting] = Event()
"""A meeting has been closed; as it is now."""


def _may_close(found: Access, _at: datetime) -> Refusal | None:
    return may_close(found.meeting, found.standing)


async def _ask_close(work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int) -> Screen:
    """What will become of every item, before the meeting is closed for good."""
    return Screen(cards.ask_close(work.say, found.meeting), about=about(found.meeting.id))


@act("mclose", find=access.find, may=_may_close, needs=(Confirm(_ask_close),))
async def close(work: UnitOfWork, found: Access, at: datetime, _yes: str) -> Screen:
    """Every item gets its conclusion, what is undecided waits for the next agenda, all are told."""
    await _conclude_all(work, found, at)
    leaves = await left_behind(work, found.meeting, at)
    await _act(work, found, MeetingActKind.CLOSE, at, _numbers(found.meeting), *leaves)
    await dues.cancel_about(work.tx, about(found.meeting.id), awaiting.KINDS)
    now = await meetings.there(work.tx, found.meeting.id)
    await _tell_conclusions(work, now)
    await closed.happened(work, now)
    await occurred.happened(work, Occurred(now.committee, Happens.MEETING))
    return _dashboard(work, found, "toast.meeting_closed")


async def _conclude_all(work: UnitOfWork, found: Access, at: datetime) -> None:
    for item in found.meeting.items:
        kind = at_the_close(found.meeting, item)
        if item.concluded is None or item.concluded.kind is not kind:
            await _conclude(work, found, item, kind, at, "")


def _numbers(meeting: Meeting) -> dict[str, object]:
    """Attendance as it stands at the close, for the register."""
    return {
        "roll": len(meeting.roll),
        "present": [each.person for each in meeting.present],
        "with_consent": [each.person for each in meeting.absent_with_consent],
        "without_consent": [each.person for each in meeting.absent_without_consent],
        "guests": [each.person for each in meeting.guests if meeting.is_present(each.person)],
        "sat": sat(meeting),
    }


async def _tell_conclusions(work: UnitOfWork, meeting: Meeting) -> None:
    """The conclusions to the members, and to the office, which may copy them, with the way to the record."""
    chair = await chair_of(work, meeting)
    office = await access.office(work, meeting)
    members = await live.invited(work, meeting, guests=False)
    card = await with_head(work, meeting.committee, cards.concluded(work.say, meeting, chair))
    key = f"meeting_concluded:{meeting.id}"
    await notify(work, office, card, key)
    inside = {each.id for each in office}
    await notify(
        work, [m for m in members if m.id not in inside], card, key, about=about(meeting.id)
    )


async def chair_of(work: UnitOfWork, meeting: Meeting) -> By | None:
    """Who chaired: who opened the meeting, and for whom; None before it was opened."""
    act = meeting.act(MeetingActKind.OPEN)
    return await access.author(work, act.by, act.acting_for) if act and act.by else None
