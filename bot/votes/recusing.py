"""Taking no part in a vote, an own interest being at stake: said by the member or entered by the office; taken back."""

from __future__ import annotations

from datetime import datetime

from bot.db import live_cards, people
from bot.db.notice import Button
from bot.kit.access import acted_for
from bot.kit.act import act, press
from bot.kit.ask import Given, Words
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.taps import Tap, whole_number
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import face as meetings
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, require
from bot.votes import access, recusal_cards
from bot.votes import store as votes
from bot.votes.access import Access, card_name, dash, subject
from bot.votes.rules import recusing as rules
from bot.votes.rules.vote import Recusing
from bot.votes.voting import own_screen


def _may_recuse(found: Access, _at: datetime) -> Refusal | None:
    return found.may_recuse()


async def _why(work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int) -> Screen:
    back = Button(work.say.label("button.back"), action("vote_card", found.vote.id))
    return _asked(work, found, back)


def _asked(work: UnitOfWork, found: Access, back: Button, of: str = "") -> Screen:
    card = recusal_cards.ask(work.say, found.meeting, found.item, found.vote, back, of)
    return Screen(card, about=meetings.about(found.meeting.id), keeps_place=True)


@act(
    "vote_recuse",
    find=access.find,
    may=_may_recuse,
    needs=(Words(_why, REASON_LIMIT),),
)
async def recuse(work: UnitOfWork, found: Access, _at: datetime, reason: str) -> Screen:
    """Who has an own interest at stake takes no part in this vote; the office learns why."""
    await _keep(work, found, found.person, reason, out=True)
    return own_screen(found, work.say.label("toast.recused"))


# --- the office ------------------------------------------------------------------------------


@press("vote_recusals")
async def show(context: Context, tap: Tap) -> Screen:
    """The press "Ghi nhận không tham gia" of the dashboard: of whom the office may enter it, or take it back."""
    async with context.look() as work:
        found = await access.find(work, tap.account, tap.number(0))
        require(rules.may_enter_recusals(found.meeting, found.vote, office=found.office))
        here = await people.persons(work.tx, [each.person for each in found.meeting.present])
    by_phone = {each.id for each in here.values() if each.account}
    page = tap.number(1) if tap.args[1:] else 0
    card = recusal_cards.members(context.say, found.meeting, found.item, found.vote, by_phone, page)
    return Screen(card, about=meetings.about(found.meeting.id))


def _may_enter(found: Access, _at: datetime) -> Refusal | None:
    return rules.may_enter_recusals(found.meeting, found.vote, office=found.office)


def _is_member(found: Access, of: str, _at: datetime) -> Refusal | None:
    invitee = found.meeting.invitee(whole_number(of))
    return None if invitee is not None and not invitee.guest else NO_RIGHT


async def _require_may_record(work: UnitOfWork, found: Access, of: str) -> Person:
    """The member, where the office may enter now that this person takes no part."""
    member = await people.person(work.tx, int(of))
    if member is None:
        raise Refused(NO_RIGHT)
    by_phone = member.account is not None
    require(
        rules.may_record_recusal(
            found.meeting, found.vote, member.id, office=found.office, by_phone=by_phone
        )
    )
    return member


async def _why_of(work: UnitOfWork, found: Access, args: tuple[str, ...], _page: int) -> Screen:
    member = await _require_may_record(work, found, args[1])
    back = Button(work.say.label("button.back"), action("vote_recusals", found.vote.id))
    return _asked(work, found, back, member.name)


@act(
    "vote_recuse_of",
    find=access.find,
    may=_may_enter,
    needs=(Given(_is_member), Words(_why_of, REASON_LIMIT)),
)
async def record(work: UnitOfWork, found: Access, _at: datetime, of: str, reason: str) -> Screen:
    """The office enters that a member who is there takes no part; the member learns it."""
    member = await _require_may_record(work, found, of)
    await _keep(work, found, member, reason, out=True)
    return _to_dashboard(work, found, "toast.recused")


# --- back ------------------------------------------------------------------------------------


def _may_take_part(found: Access, of: str, _at: datetime) -> Refusal | None:
    meeting, vote, person = found.meeting, found.vote, whole_number(of)
    if person in (0, found.person.id):
        return rules.may_take_part(meeting, vote, found.person.id)
    return rules.may_take_back_for(meeting, vote, person, office=found.office)


@act("vote_take_part", find=access.find, needs=(Given(_may_take_part, default="0"),))
async def take_part(work: UnitOfWork, found: Access, _at: datetime, of: str) -> Screen:
    """Who takes no part takes that back until the close; what the office entered for a member it takes back, too."""
    if int(of) in (0, found.person.id):
        await _keep(work, found, found.person, "", out=False)
        return own_screen(found, work.say.label("toast.takes_part"))
    await _keep(work, found, await _member(work, of), "", out=False)
    return _to_dashboard(work, found, "toast.takes_part")


# --- kept and told ---------------------------------------------------------------------------


async def _member(work: UnitOfWork, of: str) -> Person:
    """A member of the roll, as the guard of the act has found."""
    person = await people.person(work.tx, int(of))
    if person is None:
        raise Refused(NO_RIGHT)
    return person


def _to_dashboard(work: UnitOfWork, found: Access, toast: str) -> Screen:
    of = meetings.about(found.meeting.id)
    return Screen(live=dash(found.vote.id), toast=work.say.label(toast), about=of)


async def _keep(work: UnitOfWork, found: Access, of: Person, reason: str, *, out: bool) -> None:
    """Keep what was said, with its line; the cards show it, and who must know is told."""
    vote, by = found.vote, found.person
    acting = None if of.id == by.id else found.of_meeting.acting
    for_ = None if of.id == by.id else found.of_meeting.acting_for
    said = Recusing(of.id, out, reason, work.now, by.id, for_)
    act_name = "recuse" if out else "take_part"
    detail = {"of": of.id, **({"reason": reason} if out else {}), **acted_for(acting)}
    line = Line(found.meeting.committee, by, act_name, subject(vote.id), detail)
    await work.write(votes.add_recusal(vote.id, said), line)
    shown = (card_name(vote.id, of.id), dash(vote.id))
    about = meetings.about(found.meeting.id)
    await live_cards.refresh(work.tx, shown, work.now, about=about)
    await _tell(work, found, of, said)


async def _tell(work: UnitOfWork, found: Access, of: Person, said: Recusing) -> None:
    """The office learns who takes no part, and why, or takes part again; the member, where the office entered it."""
    told = {each.id: each for each in await meetings.office(work, found.meeting)}
    if said.by != of.id:
        told[of.id] = of
    key = f"vote_recusal:{found.vote.id}:{of.id}:{stamp(work)}"
    for person in told.values():
        card = recusal_cards.told(
            work.say,
            found.meeting,
            found.item,
            found.vote,
            of,
            said,
            by=found.person if said.by != of.id else None,
            mine=person.id == of.id and said.by != of.id,
        )
        await notify(work, [person], card, key, about=meetings.about(found.meeting.id))
