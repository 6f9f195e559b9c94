"""A vote in the room as its head prepares, opens and closes it. How members answer is in `voting` and `ballots`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.db import key_holders, live_cards, people
from bot.db.ballot_keys import KeyNotKeptError
from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.kit.access import acted_for
from bot.kit.act import press
from bot.kit.form import Answers, Field, Form, View, preview_rows, ways_out
from bot.kit.heads import with_head
from bot.kit.notify import notify
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.people.rules.people import Person
from bot.regulations.rules.meetings import VoteRule
from bot.regulations.rules.terms import Matter
from bot.rendering import Rendering
from bot.values.limits import VOTED_NAME_LIMIT
from bot.values.refusal import NO_RIGHT, Refused, refuse, require
from bot.values.texts import listed
from bot.values.words import read_line
from bot.votes import access, cards, upward
from bot.votes import store as votes
from bot.votes.access import Access, dash, subject
from bot.votes.rules import rights
from bot.votes.rules import vote as rules_vote
from bot.votes.rules.rights import Wanted
from bot.votes.rules.vote import (
    MOST_NAMES,
    Unpublished,
    Vote,
    VoteKind,
    VoteResult,
    count,
    unpublished,
)
from bot.votes.store import Box, box_of
from bot.votes.voting import hand_out

# --- what is voted on, and how ---------------------------------------------------------------

IS_SECRET = {"open": False, "secret": True}


async def _may_begin(
    work: UnitOfWork, account: int, item_id: int
) -> tuple[meetings.Access, AgendaItem]:
    """Head or delegate before an item that may be put to the vote now."""
    found, item = await access.find_item(work, account, item_id)
    require(rights.may_put_to_vote(found.meeting, item, head=found.head))
    return found, item


def _matter(found: meetings.Access, tap: Tap) -> Matter:
    """The kind of content on a button, of those that the rule book knows; a press of another is malformed."""
    matter = found.meeting.body.matter(tap.word(1))
    if matter is None:
        raise MalformedPressError
    return matter


@press("vote_new")
async def choose(context: Context, tap: Tap) -> Screen:
    """The press "Lấy biểu quyết" of an item: what can be voted on, in which form."""
    async with context.look() as work:
        found, item = await _may_begin(work, tap.account, tap.number(0))
    matter = _matter(found, tap) if tap.args[1:] else item.matter
    card = cards.chooser(context.say, found.meeting, item, matter)
    return Screen(card, about=meetings.about(found.meeting.id))


@press("vote_matter")
async def choose_matter(context: Context, tap: Tap) -> Screen:
    """Another kind of matter than the agenda says."""
    async with context.look() as work:
        found, item = await _may_begin(work, tap.account, tap.number(0))
    card = cards.matters(context.say, found.meeting, item)
    return Screen(card, about=meetings.about(found.meeting.id))


@press("vote_open")
async def take(context: Context, tap: Tap) -> Screen:
    """The kind and form chosen: a vote to approve opens at once, a list asks for its names."""
    item_id, kind = tap.number(0), tap.one_of(2, VoteKind)
    if tap.word(3) not in IS_SECRET:
        raise MalformedPressError
    async with context.work() as work:
        found, item = await access.find_item(work, tap.account, item_id)
        matter = _matter(found, tap)
        wanted = Wanted(kind, IS_SECRET[tap.word(3)], matter)
        if kind is VoteKind.APPROVE:
            return await open_vote(work, found, item, wanted)
        require(rights.may_put_to_vote(found.meeting, item, head=found.head))
        require(rights.may_take_form(found.meeting, item, wanted))
        chosen: Answers = {
            "item": item_id,
            "matter": matter.value,
            "kind": kind.value,
            "secret": wanted.secret,
        }
        return await FORM.begin(work, found.person, chosen, again=True)


# --- the names of a list ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """The list of names that the head is about to put to the vote."""

    of_meeting: meetings.Access
    item: AgendaItem

    @property
    def about(self) -> str:
        """The meeting."""
        return meetings.about(self.of_meeting.meeting.id)

    @property
    def wanted(self) -> Wanted:
        """The vote as it would be opened."""
        return self.with_names(self.fields.get("names", ()))

    def with_names(self, names: Sequence[str]) -> Wanted:
        """The vote upon these names."""
        kind, matter = VoteKind(self.fields["kind"]), Matter(self.fields["matter"])
        return Wanted(kind, self.fields["secret"], matter, tuple(names))


async def _view(work: UnitOfWork, person: Person, draft: Draft) -> ListView:
    account = person.account or 0
    found, item = await access.find_item(work, account, draft.fields["item"])
    return ListView(draft=draft, person=person, files=(), now=work.now, of_meeting=found, item=item)


def _names(view: ListView, text: str, _at: datetime) -> Answers:
    """One name a line, without the numbers or dashes people put before them; empty lines do not count."""
    names = [read_line(line, VOTED_NAME_LIMIT) for line in listed(text)]
    found = view.of_meeting
    require(rights.may_open(found.meeting, view.item, view.with_names(names), head=found.head))
    return {"names": names}


def _card(say: Rendering, view: ListView, question: str) -> Card:
    ways = ways_out(say, FORM, view, home=False)
    if question == "names":
        return cards.asks_names(
            say, view.of_meeting.meeting, view.item, view.wanted.kind, MOST_NAMES, ways
        )
    rows = preview_rows(say, FORM, view, say.label("vote_button.open"), style="primary")
    return cards.preview(say, view.of_meeting.meeting, view.item, view.wanted, (*rows, *ways))


async def _send(work: UnitOfWork, view: ListView) -> Screen:
    """The vote opens on the list as it was shown."""
    return await open_vote(work, view.of_meeting, view.item, view.wanted)


def _dropped(say: Rendering, view: ListView) -> Card:
    return cards.chooser(say, view.of_meeting.meeting, view.item, view.wanted.matter)


FORM = Form(
    "vote",
    (Field("names", said=_names),),
    view=_view,
    card=_card,
    send=_send,
    dropped=_dropped,
    gone="stale_question",
)


# --- opening ---------------------------------------------------------------------------------


async def open_vote(
    work: UnitOfWork, found: meetings.Access, item: AgendaItem, wanted: Wanted
) -> Screen:
    """Every member who is here gets a card; of a secret vote the key is on disk before it is committed."""
    meeting = found.meeting
    require(rights.may_open(meeting, item, wanted, head=found.head))
    try:
        vote = await _enter(work, found, item, wanted)
    except KeyNotKeptError:
        refuse("ballot_no_key")
    here = await people.persons(work.tx, [each.person for each in meeting.present])
    await hand_out(work, meeting, vote, here.values())
    await meetings.refresh(work, meeting)
    return Screen(live=dash(vote.id), about=meetings.about(meeting.id))


async def _enter(work: UnitOfWork, by: meetings.Access, item: AgendaItem, wanted: Wanted) -> Vote:
    what = {
        "kind": wanted.kind.value,
        "secret": wanted.secret,
        "matter": wanted.matter.value,
        "names": list(wanted.names),
    }
    values = {
        **what,
        "meeting_id": by.meeting.id,
        "item_id": item.id,
        "opened_at": work.now,
        "opened_by": by.person.id,
        "opened_for": by.acting_for,
        "abstains": rights.abstains(by.meeting, wanted),
    }
    article = rights.chosen_by_body(by.meeting, item, wanted)
    chosen = {"chosen_by_body": article} if article else {}
    vote = await work.write(
        votes.open_it(values, work.context.db.keys, len(by.meeting.roll)),
        lambda vote: _line(by, "vote_open", vote.id, {"item": item.subject, **what, **chosen}),
    )
    if vote.secret:
        await key_holders.hold(work.context.db, vote.id)
    return vote


def _line(by: meetings.Access, act: str, vote: int, detail: Mapping[str, object]) -> Line:
    """The line of the register that tells an act upon a vote, with whom a delegate stood in for."""
    told = {**detail, **acted_for(by.acting)}
    return Line(by.meeting.committee, by.person, act, subject(vote), told)


def box(meeting: Meeting, vote: Vote) -> Box:
    """The box of a secret vote: room for a ballot of everybody on the roll."""
    return box_of(vote, len(meeting.roll))


# --- closing ---------------------------------------------------------------------------------


@press("vote_dash")
async def dashboard(context: Context, tap: Tap) -> Screen:
    """How far a vote is, for the office."""
    async with context.look() as work:
        found = await access.find(work, tap.account, tap.number(0))
    if not found.office:
        raise Refused(NO_RIGHT)
    return Screen(live=dash(found.vote.id), about=meetings.about(found.meeting.id))


async def leads(context: Context, tap: Tap) -> bool:
    """Whether who presses is head or delegate of the vote's meeting now: what was pressed before still counts."""
    async with context.look() as work:
        try:
            return (await access.find(work, tap.account, tap.number(0))).head
        except Refused:
            return False


@press("vote_close", after_all=leads)
async def ask_close(context: Context, tap: Tap) -> Screen:
    """The press "Kết thúc biểu quyết": at once when all here have voted, enough to be published; else it is asked."""
    vote_id = tap.number(0)
    async with context.look() as work:
        found = await access.find(work, tap.account, vote_id)
        require(rights.may_close(found.meeting, found.vote, head=found.head))
    meeting, vote = found.meeting, found.vote
    room = rights.room(meeting, vote)
    waiting = room.present - room.recused - vote.turnout
    if waiting or vote.turnout < (rights.ballots_needed(meeting, vote) or 0):
        return Screen(cards.asks_close(context.say, meeting, found.item, vote, waiting))
    return await close(context, tap.account, vote_id)


@press("vote_close_yes", after_all=leads)
async def close_now(context: Context, tap: Tap) -> Screen:
    """The same, although somebody has not voted."""
    return await close(context, tap.account, tap.number(0))


@press("vote_void", after_all=leads)
async def close_void(context: Context, tap: Tap) -> Screen:
    """A vote that decides nothing because the quorum was lost is ended: no choice is told."""
    return await close(context, tap.account, tap.number(0), void=True)


async def close(context: Context, account: int, vote_id: int, *, void: bool = False) -> Screen:
    """Count, record, tell; refused while too few took part. The key of a secret box goes after the commit."""
    async with context.work() as work:
        found = await access.find(work, account, vote_id)
        meeting, vote = found.meeting, found.vote
        if vote.secret:  # whoever closes destroys the key, and only its own machine can
            await require_key_here(work, vote)
        ends_void = void and not rights.stands(meeting, vote).holds
        if ends_void:
            require(rights.may_end(vote, head=found.head))
        else:
            require(rights.may_close(meeting, vote, head=found.head))
        result = _no_quorum(found) if ends_void else await _counted(work, found)
        closed = await settle(work, meeting, found.item, vote, result, found.of_meeting)
        await upward.owe(work, found, closed)
        work.then.append(partial(_destroy_key, context, vote_id))
    return Screen(live=dash(vote_id), about=meetings.about(meeting.id))


def _destroy_key(context: Context, vote_id: int) -> None:
    with suppress(OSError):  # the wipe after the meeting, or the next start, tries again
        context.db.keys.destroy(vote_id)


def _no_quorum(found: Access) -> VoteResult:
    meeting, vote = found.meeting, found.vote
    rule, stands = _rule(meeting, vote), rights.stands(meeting, vote)
    room = rights.room(meeting, vote)
    return unpublished(rule, room, vote.turnout, Unpublished.NO_QUORUM, stands.articles)


async def _counted(work: UnitOfWork, found: Access) -> VoteResult:
    meeting, vote = found.meeting, found.vote
    cast = vote.answers
    also = rights.articles(meeting, found.item, vote)
    room = rights.room(meeting, vote)
    if vote.secret:
        inside = await votes.opened(work.tx, work.context.db.keys, box(meeting, vote))
        fault = _fault(inside, vote)
        if fault is not None:
            return unpublished(_rule(meeting, vote), room, len(vote.voted), fault, also)
        cast = [rules_vote.answers(vote, letters) for letters in inside or ()]
    return count(
        _rule(meeting, vote),
        vote.kind,
        vote.questions,
        cast,
        room,
        secret=vote.secret,
        also=also,
        again=rights.was_divided(found.item),
        head=rules_vote.said_by(vote, rights.head_of(meeting)),
    )


async def require_key_here(work: UnitOfWork, vote: Vote) -> None:
    """Refuse what needs the key of a secret box while another machine that serves this bot has it."""
    if await key_holders.is_elsewhere(work.context.db, vote.id):
        refuse("ballot_key_elsewhere")


def _fault(inside: tuple[str, ...] | None, vote: Vote) -> Unpublished | None:
    """Why what is in the box cannot be counted."""
    if inside is None:
        return Unpublished.BOX_LOST
    fits = all(rules_vote.fits(vote, each, whole=True) for each in inside)
    return None if fits and len(inside) == len(vote.voted) else Unpublished.BOX_DIFFERS


def _rule(meeting: Meeting, vote: Vote) -> VoteRule:
    rule = rights.rule_of(meeting, vote)
    if rule is None:
        raise LookupError(f"{meeting.body.id} has no rule of votes")
    return rule


async def settle(
    work: UnitOfWork,
    meeting: Meeting,
    item: AgendaItem,
    vote: Vote,
    result: VoteResult,
    closing: meetings.Access | None = None,
) -> Vote:
    """End a vote: the facts, the register's one line with the roll of a secret vote, what everybody is told.

    Gives it as it then is. Nobody closes it where it ends with its committee.
    """
    by = closing.person.id if closing else None
    acting_for = closing.acting_for if closing else None
    detail: dict[str, object] = {"result": votes.plain(result)}
    if vote.secret:
        detail["roll"] = sorted(vote.voted)
    closed = replace(vote, closed_at=work.now, closed_by=by, closed_for=acting_for, result=result)
    await work.write(
        votes.close(vote.id, at=work.now, by=by, acting_for=acting_for, result=result),
        _line(closing, "vote_close", vote.id, detail)
        if closing
        else Line(meeting.committee, None, "vote_close", subject(vote.id), detail),
        votes.remove(vote.id),
    )
    await _tell(work, meeting, item, closed)
    return closed


async def _tell(work: UnitOfWork, meeting: Meeting, item: AgendaItem, vote: Vote) -> None:
    """The result to every member, and to the office in full; every card of the vote shows its end."""
    office = await meetings.office(work, meeting)
    inside = {each.id for each in office}
    invited = await meetings.invited(work, meeting, guests=False)
    members = [person for person in invited if person.id not in inside]
    key, of = f"vote_result:{vote.id}", meetings.about(meeting.id)
    told = cards.for_members(work.say, meeting, item, vote)
    full = cards.for_office(work.say, meeting, item, vote)
    await notify(work, members, await with_head(work, meeting.committee, told), key, about=of)
    await notify(work, office, await with_head(work, meeting.committee, full), key, about=of)
    await live_cards.refresh(work.tx, (subject(vote.id), dash(vote.id)), work.now, about=of)
    await meetings.refresh(work, meeting)
