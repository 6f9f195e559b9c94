"""Members ask for an extraordinary meeting: counted, told when enough ask, taken back, declined, answered by a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.db import drafts, people
from bot.kit import access as kit_access
from bot.kit.act import press, words
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings.requests import cards, store
from bot.meetings.requests.requests import Access, about, body_of, find
from bot.meetings.rules.meeting import Meeting, MeetingKind
from bot.meetings.rules.requests import (
    Asked,
    MeetingRequest,
    RequestKind,
    Settled,
    asked,
    may_decline,
    request_rule,
)
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.regulation import Body
from bot.values.action import action
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require
from bot.values.words import read_text

# --- asked for -------------------------------------------------------------------------------


async def require_may_ask(work: UnitOfWork, found: Access, body_id: str) -> None:
    """Everybody asks once until it is settled; refused with the way to take it back."""
    require(found.may(RequestKind.MEETING, body_id))
    for one in await store.unsettled(work.tx, found.person.committee):
        if one.person == found.person.id and body_id in ("", one.body):
            way = action("wish_unask", one.id)
            values = {"at": one.at}
            raise Refused(
                Refusal("wish_asked_already", instead="wish_unask", button=way, values=values)
            )


async def ask_reason(work: UnitOfWork, account: int, found: Access, body: Body) -> Screen:
    """Why a meeting is asked for; nothing is kept until it is said."""
    committee = found.person.committee
    ref = {"committee": committee, "body": body.id, "wish": RequestKind.MEETING.value}
    await drafts.await_words(work.tx, account, "wish", ref, work.now)
    return Screen(cards.ask_words(work.say, committee, RequestKind.MEETING, body))


@words("wish")
async def ask(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """The request is kept; once more than enough of all members ask, clerk and head are told (HU 19.1)."""
    committee, body_id = ref["committee"], ref["body"]
    if ref["wish"] != RequestKind.MEETING.value:  # asked before items and questions were forms
        refuse("stale_question")
    reason = read_text(sent.text, REASON_LIMIT)
    async with context.work() as work:
        found = await find(work, sent.account, committee)
        await require_may_ask(work, found, body_id)
        body, me = found.regulation.body(body_id), found.person
        request = MeetingRequest(0, committee, body_id, me.id, reason, work.now)
        before = await _open(work, found, body)
        stands = _counted(found, body, [*before, request])
        told = [one.id for one in before if stands.enough and _told(before)]
        joins = replace(request, told_at=work.now if told else None)
        line = Line(
            committee,
            me,
            "ask_for_meeting",
            reference("body", body_id),
            {"body": body_id, "reason": reason},
        )
        request_id = await work.write(store.ask(joins), line, store.told(told, work.now))
        await drafts.answered(work.tx, sent.account)
        if stands.enough and not told:
            await _tell_enough(work, found, body, stands)
        shown = cards.asked_for_meeting(work.say, committee, request_id, body, stands)
        return Screen(shown, about=about(committee))


async def _open(work: UnitOfWork, found: Access, body: Body) -> list[MeetingRequest]:
    """Requests of those who are members of the body now."""
    members = {person.id for person in members_of(found.everybody, body.id)}
    every = await store.unsettled(work.tx, found.person.committee, body.id)
    return [one for one in every if one.person in members]


def _told(every: Sequence[MeetingRequest]) -> bool:
    """Whether clerk and head know of these."""
    return any(one.told_at is not None for one in every)


def _counted(found: Access, body: Body, every: Sequence[MeetingRequest]) -> Asked:
    rule = request_rule(body)
    if rule is None:
        raise LookupError(f"members of {body.id} cannot ask for a meeting")
    members = {
        person.id: seat.office
        for person in members_of(found.everybody, body.id)
        if (seat := person.seat_in(body.id))
    }
    return asked(rule, [one.person for one in every], members)


async def _tell_enough(work: UnitOfWork, found: Access, body: Body, stands: Asked) -> None:
    """Once, with names and reasons, for the deciding body; later requests join those told."""
    every = await _open(work, found, body)
    lines = [cards.RequestLine(one, body, found.named(one.person)) for one in every]
    committee = found.person.committee
    key = f"wish_enough:{every[-1].id}"
    decided_by = _decided_by(found, body)
    for person in found.office(body):
        shown = cards.enough_ask(
            work.say, committee, lines, stands, decided_by, head=_heads(found, person, body)
        )
        await notify(work, [person], shown, key, about=about(committee))
    detail = {"body": body.id, "persons": [one.person for one in every], "total": stands.total}
    line = Line(committee, None, "enough_ask_for_meeting", reference("body", body.id), detail)
    await work.write(store.told([one.id for one in every], work.now), line)


def _decided_by(found: Access, body: Body) -> str:
    """The name of the body that decides upon the requests."""
    rule = request_rule(body)
    ids = {each.id: each.name for each in found.regulation.bodies}
    return ids.get(rule.decided_by or "", "") if rule else ""


def _heads(found: Access, person: Person, body: Body) -> bool:
    """Whether somebody is offered to decline: the head, where the text lets a body decide."""
    head = found.staff.standing(person, body).refuse_rest() is None
    return head and may_decline(body) is None


# --- taken back ------------------------------------------------------------------------------


@press("wish_unask")
async def take_back(context: Context, tap: Tap) -> Screen:
    """Whoever asked takes it back while nobody has settled it; clerk and head learn if it is no longer enough."""
    async with context.work() as work:
        one = await _own(work, tap.account, tap.number(0))
        if one is None:
            refuse("wish_settled")
        found = await find(work, tap.account, one.committee)
        body = await body_of(work, found, one.body)
        before = await _open(work, found, body)
        stands = _counted(found, body, [each for each in before if each.id != one.id])
        untold = [each.id for each in before if _told(before) and not stands.enough]
        await work.write(
            store.settle([one.id], Settled.WITHDRAWN, work.now),
            Line(
                one.committee,
                found.person,
                "take_back_request",
                reference("body", one.body),
                {"body": one.body},
            ),
            store.told(untold, None),
        )
        if untold:
            shown = cards.no_longer_enough(work.say, one.committee, found.person.name, body, stands)
            key, of = f"wish_no_longer:{one.id}", about(one.committee)
            await notify(work, found.office(body), shown, key, about=of)
        return Screen(cards.taken_back(work.say, one.committee))


async def _own(work: UnitOfWork, account: int, request_id: int) -> MeetingRequest | None:
    for person in await people.of_account(work.tx, account):
        for one in await store.unsettled(work.tx, person.committee):
            if one.id == request_id and one.person == person.id:
                return one
    return None


# --- answered --------------------------------------------------------------------------------


@press("wish_decline")
async def ask_why_not(context: Context, tap: Tap) -> Screen:
    """The press "Chưa triệu tập": the head is asked for the reason; nothing is settled until it comes."""
    committee, body_id = tap.number(0), tap.word(1)
    async with context.work() as work:
        _, body, _ = await _before_head(work, tap.account, committee, body_id)
        ref = {"committee": committee, "body": body_id}
        await drafts.await_words(work.tx, tap.account, "wish_decline", ref, work.now)
        return Screen(cards.ask_why_not(work.say, committee, body))


async def _before_head(
    work: UnitOfWork, account: int, committee: int, body_id: str
) -> tuple[Access, Body, list[MeetingRequest]]:
    """The head before the requests that wait in the own body; refused where none does."""
    found = await find(work, account, committee)
    body = next((each for each in found.regulation.bodies if each.id == body_id), None)
    if body is None:
        raise Refused(NO_RIGHT)
    require(found.staff.standing(found.person, body).refuse_rest())
    require(may_decline(body))
    every = await _open(work, found, body)
    if not every:
        refuse("wish_settled")
    return found, body, every


@words("wish_decline")
async def decline(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """The head declines with a reason; those who asked are told."""
    committee = ref["committee"]
    reason = read_text(sent.text, REASON_LIMIT)
    async with context.work() as work:
        found, body, every = await _before_head(work, sent.account, committee, ref["body"])
        await _settle(work, found, body, Settled.DECLINED, reason)
        await drafts.answered(work.tx, sent.account)
        asking = {one.person for one in every}
        to = [person for person in found.everybody if person.id in asking or person.is_clerk]
        by = kit_access.by(found.person, found.staff.acting(found.person, body))
        shown = cards.declined(work.say, committee, body, by, reason)
        await notify(work, to, shown, f"wish_declined:{every[-1].id}", about=about(committee))
        return Screen(cards.settled(work.say, committee, body))


async def _settle(work: UnitOfWork, found: Access, body: Body, how: Settled, reason: str) -> None:
    committee = found.person.committee
    every = await store.unsettled(work.tx, committee, body.id)
    detail: dict[str, object] = {
        "body": body.id,
        "persons": [one.person for one in every],
        "reason": reason,
    }
    detail |= kit_access.acted_for(found.staff.acting(found.person, body))
    line = Line(
        committee, found.person, f"requests_{how.value}", reference("body", body.id), detail
    )
    await work.write(store.settle([one.id for one in every], how, work.now), line)


async def settled_by_call(work: UnitOfWork, meeting: Meeting, by: Person) -> None:
    """An extraordinary meeting of the body answers every request for one; those who asked are invited to it."""
    if meeting.kind is not MeetingKind.EXTRAORDINARY:
        return
    every = await store.unsettled(work.tx, meeting.committee, meeting.body.id)
    if not every:
        return
    detail = {"body": meeting.body.id, "persons": [one.person for one in every]}
    line = Line(meeting.committee, by, "requests_called", reference("meeting", meeting.id), detail)
    await work.write(store.settle([one.id for one in every], Settled.CALLED, work.now), line)
