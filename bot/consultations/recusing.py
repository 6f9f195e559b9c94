"""A member takes no part in a content or in the whole slip, and takes that back; by phone, or as a paper says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.consultations import access, announcements, answering, asking
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.rules.consultation import Act, ActKind
from bot.consultations.rules.rights import (
    may_recuse_from_all,
    may_take_part,
    may_take_part_in_all,
    refuse_last_asked,
)
from bot.db.notice import Button
from bot.kit.act import act
from bot.kit.ask import Given, Words
from bot.kit.screen import Screen
from bot.kit.taps import whole_number
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import Refusal, require


def _may_recuse(before: Access, at: datetime) -> Refusal | None:
    return may_recuse_from_all(before.running, before.person.id, at)


def _refuse_out_of(before: Access, place: str, at: datetime) -> Refusal | None:
    """Of one content, or at 0 of the slip."""
    return asking.refuse_recusal(before, before.person.id, whole_number(place), at)


def _refuse_back_in(before: Access, answer: str, at: datetime) -> Refusal | None:
    place = whole_number(answer)
    may = may_take_part if place else may_take_part_in_all
    return may(asking.about(before, place).running, before.person.id, at)


async def _why(work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int) -> Screen:
    back = Button(work.say.label("button.back"), action("form", before.dossier.id))
    return await asking.ask_recusal(work, before, whole_number(args[1]), back)


@act(
    "recuse",
    find=access.member,
    may=_may_recuse,
    needs=(Given(_refuse_out_of, default="0"), Words(_why, REASON_LIMIT)),
)
async def recuse(
    work: UnitOfWork, before: Access, at: datetime, answer: str, reason: str
) -> Screen:
    """Who has an own interest at stake takes no part in a content, or at 0 in the slip; the office learns why."""
    place = whole_number(answer)
    await answering.prove_receipt(work, before)
    await record_recusal(work, before, before.person, place, at, reason)
    return answering.form_of(before, work.say.label("toast.recused"))


async def record_recusal(
    work: UnitOfWork, before: Access, of: Person, place: int, at: datetime, reason: str
) -> None:
    """Keep that a member takes no part, by phone or as a paper says; the last one asked cannot."""
    whole = await consultations.there(work.tx, before.dossier.id)
    about = whole.at(place)
    for each in (about,) if place else whole.each:
        if each.closed_at is None and each.running.asks(of.id):
            require(refuse_last_asked(each.running))
    kind = ActKind.RECUSE_CONTENT if place else ActKind.RECUSE
    by = before.person
    done = Act(kind, at, by=by.id, of=of.id, reason=reason, content=place or None)
    line = before.line("recuse", {"of": of.id, "reason": reason} | _named(place))
    await work.write(consultations.add_act(whole.id, done), line)
    await announcements.recused(work, about, of, reason, by=by)
    await answering.follow(work, replace(before, person=of), moved=True)


def _named(place: int) -> dict[str, object]:
    return {"content": place} if place else {}


@act("take_part", find=access.member, needs=(Given(_refuse_back_in, default="0"),))
async def take_part(work: UnitOfWork, before: Access, at: datetime, answer: str) -> Screen:
    """Who had said to take no part in a content, or at 0 in the slip, answers again; the office learns it."""
    dossier, person, place = before.dossier, before.person, whole_number(answer)
    kind = ActKind.TAKE_PART_CONTENT if place else ActKind.TAKE_PART
    done = Act(kind, at, by=person.id, of=person.id, content=place or None)
    line = before.line("take_part", {"of": person.id} | _named(place))
    await work.write(consultations.add_act(dossier.id, done), line)
    await announcements.takes_part(work, dossier.at(place), person)
    await answering.follow(work, before, moved=True)
    anew = replace(before, dossier=await consultations.there(work.tx, dossier.id))
    return answering.form_of(anew, work.say.label("toast.takes_part"))
