"""What a member does with an opinion form: open it, answer, go on with long words, reserve, ask for time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.consultations import access, announcements, asking, opinion_card, result_cards, schedule
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.divided import again_in
from bot.consultations.rules.consultation import (
    ASKS_WORDS,
    Act,
    ActKind,
    Choice,
    Position,
    Receipt,
    Reply,
)
from bot.consultations.rules.dating import answers
from bot.consultations.rules.due import days_after, due_moment, may_move
from bot.consultations.rules.rights import (
    may_add_words,
    may_choose,
    may_have_more_time,
    may_have_time_until,
    may_reply,
    may_reply_to_any,
    may_reserve,
)
from bot.consultations.rules.tally import differs
from bot.db import drafts, live_cards
from bot.db.notice import Button, Card
from bot.kit import access as kit_access
from bot.kit.act import Verb, act, press, words
from bot.kit.ask import Moment, moment_of
from bot.kit.card import moment_rows
from bot.kit.screen import Screen
from bot.kit.taps import NotAwaitedError, Sent, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Strength
from bot.values import texts
from bot.values.action import action
from bot.values.limits import REPLY_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, faulty, refuse, require
from bot.values.texts import Cut, TextFault, clean, joined

OFFERED_DAYS = (1, 2, 3, 5, 10)
"""Working days beyond the own due moment offered to who asks for more time."""


# --- the form and what belongs to it ---------------------------------------------------------


@press("form")
async def show_form(context: Context, tap: Tap) -> Screen:
    """The form in place of whatever stood here; opening it proves receipt."""
    return form_of(await _acknowledged(context, tap))


@press("ack")
async def acknowledge(context: Context, tap: Tap) -> Screen:
    """The press "Đã nhận"; repeating it changes nothing."""
    return form_of(await _acknowledged(context, tap), context.say.label("toast.acknowledged"))


@press("text")
async def open_text(context: Context, tap: Tap) -> Screen:
    """The whole text and its files, as new messages; opening them proves receipt."""
    return opinion_card.whole(context.say, (await _acknowledged(context, tap)).dossier)


@press("result")
async def show_result(context: Context, tap: Tap) -> Screen:
    """The result once more, for the roll as members see it, for the office whole; nobody else."""
    async with context.look() as work:
        dossier = await consultations.get(work.tx, tap.number(0))
        if dossier is None or all(each.closed_at is None for each in dossier.each):
            refuse("gone")
        if dossier.consultation is None:  # taken back before it opened
            refuse("gone")
        office = [person.account for person in await access.office_of(work, dossier)]
        person = await kit_access.in_committee(work, tap.account, dossier.committee)
        staff = await access.staff_of(work, dossier)
        rights = staff.standing(person, dossier.body) if person else None
        again = await again_in(work, dossier, rights) if rights else frozenset[int]()
    on_roll = person and any(seat.person == person.id for seat in dossier.running.roll)
    in_office = tap.account in office
    told = result_cards.results(context.say, dossier, work.now, again=again if in_office else None)
    if not told or not (in_office or on_roll):
        raise Refused(NO_RIGHT)
    first, *more = told
    protects = None if in_office else dossier.id
    return Screen(first, extra=tuple(more), as_new_message=True, protects=protects)


def form_of(before: Access, toast: str = "") -> Screen:
    """The form as it is now, in place or as the next message."""
    live = announcements.form(before.dossier.id, before.person.id)
    return Screen(live=live, toast=toast, protects=before.dossier.id)


async def _acknowledged(context: Context, tap: Tap) -> Access:
    """The member has seen the text; while it may be answered this proves receipt, once."""
    async with context.work(reads=True) as work:
        before = await access.member(work, tap.account, tap.number(0))
        may = may_reply_to_any(before.running, before.person.id, tap.at) is None
        if may and await prove_receipt(work, before):
            await follow(work, before)
        return before


async def prove_receipt(work: UnitOfWork, before: Access) -> bool:
    """Keep the proof of receipt that lies in a member's own act, under its own line: a clock may start with it.

    False, and nothing written, where it is kept already.
    """
    if before.running.has_receipt(before.person.id, Strength.ACKNOWLEDGED):
        return False
    proof = consultations.add_receipt(before.dossier.id, _receipt(work, before))
    return await work.write(proof, before.line("acknowledge"))


def _receipt(work: UnitOfWork, before: Access) -> Receipt:
    return Receipt(before.person.id, Strength.ACKNOWLEDGED, work.now)


# --- an answer -------------------------------------------------------------------------------


def place_of(tap: Tap, at: int) -> int:
    """Which content of a slip a press is about: its argument there; the only one where it has none."""
    return tap.number(at) if len(tap.args) > at else 1


@press("reply")
async def reply(context: Context, tap: Tap) -> Screen:
    """A choice is the answer, recorded at the press; only then its words are asked for (5.3).

    After the close it is kept as late. The choice that stands already is shown so, or asked for its words again.
    """
    choice = tap.one_of(1, Choice)
    before = await _give(context, tap, choice)
    toast = context.say.label("toast.recorded", choice=context.say.label(f"choice.{choice.value}"))
    if choice not in ASKS_WORDS:
        stood = before.running.last_replies.get(before.person.id)
        stands = stood is not None and stood.choice is choice
        return form_of(before, toast) if stands else Screen(toast=toast)
    card = opinion_card.ask_words(context.say, before.dossier, choice)
    return Screen(card, toast=toast, protects=before.dossier.id, keeps_place=True)


async def _give(context: Context, tap: Tap, choice: Choice) -> Access:
    """Record an answer pressed at that moment, and await the words that belong to it."""
    of, place = tap.number(0), place_of(tap, 2)
    try:
        async with context.work() as work:
            before = (await access.member(work, tap.account, of)).at(place)
            person, last = before.person.id, before.running.last_replies.get(before.person.id)
            require(may_choose(before.running, choice))
            require(may_reply(before.running, person, tap.at))
            asks = choice in ASKS_WORDS
            if last is None or last.choice is not choice:
                pressed = Reply(person, choice, tap.at, latest=tap.latest, content=place)
                await record(work, before, pressed, over_form=asks)
            if asks:
                ref = {"consultation": of, "choice": choice.value, "place": place}
                await drafts.await_words(work.tx, tap.account, "words", ref, work.now)
            else:
                await drafts.answered(work.tx, tap.account)
            return before
    except Refused as no:
        if no.refusal.kind == "closed" and not await _keep_late(
            context, tap.account, of, Reply(0, choice, tap.at, content=place)
        ):
            return await _give(context, tap, choice)
        raise


@press("edit")
async def change(context: Context, tap: Tap) -> Screen:
    """The press "Sửa ý kiến": the choices again, over the answer that stands until another is given."""
    async with context.work() as work:
        before = (await access.member(work, tap.account, tap.number(0))).at(place_of(tap, 1))
        require(may_reply(before.running, before.person.id, tap.at))
        if await prove_receipt(work, before):
            await follow(work, before, over_form=True)
    card = opinion_card.card(context.say, before.dossier, before.person, work.now, changing=True)
    return Screen(card, protects=before.dossier.id, keeps_place=True)


@words("words", changed=lambda ref: action("edit", ref["consultation"]))
async def said(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """The words that belong to an answer given before, whole; after the close they are kept as late words."""
    if sent.file is not None:
        refuse("words_not_file")
    given = clean(sent.text, REPLY_LIMIT)
    if isinstance(given, TextFault):
        raise Refused(faulty(given))
    of, choice, place = ref["consultation"], Choice(ref["choice"]), ref.get("place", 1)
    try:
        async with context.work() as work:
            before = (await access.member(work, sent.account, of)).at(place)
            person, last = before.person.id, before.running.last_replies.get(before.person.id)
            require(may_add_words(before.running, person, sent.at))
            if last is not None and last.choice is not choice:
                refuse("stale_question")
            if last is None or last.words != given:
                await record(work, before, Reply(person, choice, sent.at, given, content=place))
            await _await_the_rest(work, before, sent.account, texts.cut(sent.text, sent.at))
            return form_of(before)
    except Refused as no:
        if no.refusal.kind in ("closed", "late_words") and not await _keep_late(
            context, sent.account, of, Reply(0, choice, sent.at, given, content=place)
        ):
            return await said(context, sent, ref)
        raise


@words("words_go_on", goes_on=True)
async def said_more(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """The next piece of words that were too long for one message; anything else is not awaited."""
    if sent.file is not None or not texts.goes_on(ref["cut"], sent.at):
        raise NotAwaitedError
    async with context.work() as work:
        before = await access.member(work, sent.account, ref["consultation"])
        before = before.at(ref.get("place", 1))
        person, running = before.person.id, before.running
        require(may_add_words(running, person, sent.at))
        last = running.last_replies.get(person)
        if last is None:
            refuse("gone")
        whole = joined(last.words, sent.text, ref["cut"], REPLY_LIMIT)
        if isinstance(whole, TextFault):
            raise Refused(faulty(whole))
        if whole != last.words:
            said_now = Reply(person, last.choice, sent.at, whole, content=last.content)
            await record(work, before, said_now)
        await _await_the_rest(work, before, sent.account, texts.cut(sent.text, sent.at))
    return Screen()


async def _await_the_rest(
    work: UnitOfWork, before: Access, account: int, cut_at: Cut | None
) -> None:
    if cut_at is None:
        await drafts.answered(work.tx, account)
        return
    place = before.dossier.place or 1  # of a slip with one content it is the first
    ref = {"consultation": before.dossier.id, "cut": dict(cut_at), "place": place}
    await drafts.await_words(work.tx, account, "words_go_on", ref, work.now)


class _InTimeAfterAllError(Exception):
    """The head has extended meanwhile: nothing of the transaction may stay."""


async def _keep_late(context: Context, account: int, of: int, given: Reply) -> bool:
    """Keep what came after the close: as late, in a transaction of its own, then it is refused (5.4).

    False, and nothing kept, where the head has extended meanwhile: it may be given in time after all.
    """
    try:
        async with context.work() as work:
            before = (await access.member(work, account, of)).at(given.content)
            may = may_add_words if given.words else may_reply
            if may(before.running, before.person.id, given.at) is None:
                raise _InTimeAfterAllError
            await record(work, before, replace(given, person=before.person.id), late=True)
    except _InTimeAfterAllError:
        return False
    return True


async def record(
    work: UnitOfWork,
    before: Access,
    given: Reply,
    *,
    of: Person | None = None,
    photo: bytes | None = None,
    late: bool = False,
    over_form: bool = False,
) -> None:
    """Keep an answer, its register line, and have done what hangs on it: given by phone, or late.

    `of` is the member whose paper somebody of the office enters, with its `photo` where there is one.
    With `over_form` its words are about to be asked for where the form stood.
    """
    if of is None and not late:
        await prove_receipt(work, before)
    dossier, by = before.dossier, before.person
    sha256 = await drafts.keep_blob(work.tx, photo) if photo else None
    answered = consultations.add_reply(
        dossier.id,
        given,
        received_at=work.now,
        late=late,
        entered_by=by.id if of is not None else None,
        photo_sha256=sha256,
        content=given.content if dossier.contents else None,
    )
    detail: dict[str, object] = {"choice": given.choice.value, "words": given.words}
    if dossier.contents:
        detail["content"] = given.content
    if of is not None:
        detail |= {"of": of.id, "photo": sha256}
    else:
        detail["at"] = given.at.isoformat()
    act_done = "paper_reply" if of is not None else "late_reply" if late else "reply"
    await work.write(answered, before.line(act_done, detail))
    after = dossier if late else dossier.with_reply(await _with_mark(work, before, given, of or by))
    if of is not None:
        await announcements.paper_reply(work, after, of, by, given)
        await announcements.refresh(work, after, of.id)
        await schedule.arrange(work, after.running)
    elif late:
        await announcements.refresh(work, after)
    else:
        after = after.with_receipt(_receipt(work, before))
        await follow(work, replace(before, dossier=after), over_form=over_form)


# --- reserving it ----------------------------------------------------------------------------


@press("reserve")
async def reserve(context: Context, tap: Tap) -> Screen:
    """The press "Bảo lưu ý kiến": the choice itself does not change, and counts as before."""
    return await _mark(context, tap, reserved=True)


@press("unreserve")
async def unreserve(context: Context, tap: Tap) -> Screen:
    """The mark is taken off again."""
    return await _mark(context, tap, reserved=False)


async def _mark(context: Context, tap: Tap, *, reserved: bool) -> Screen:
    async with context.work() as work:
        before = (await access.member(work, tap.account, tap.number(0))).at(place_of(tap, 1))
        require(may_reserve(before.running, before.person.id, tap.at))
        if answers(before.running)[before.person.id].reserved != reserved:
            await _set_mark(work, before, before.person, reserved=reserved)
            await announcements.refresh(work, before.dossier, before.person.id)
            if before.running.end is not None:
                await announcements.reserved(work, before.dossier, before.person, reserved=reserved)
    toast = context.say.label("toast.reserved" if reserved else "toast.unreserved")
    return Screen(toast=toast)


async def _with_mark(work: UnitOfWork, before: Access, given: Reply, of: Person) -> Reply:
    """A new answer keeps the mark of the one before as long as it differs; with agreement the mark ends."""
    last = before.running.last_replies.get(of.id)
    if last is None or not last.reserved:
        return given
    stays = Position(given.choice.value) in differs(before.running.rules)
    if not stays:
        await _set_mark(work, before, of, reserved=False)
    return replace(given, reserved=stays)


async def _set_mark(work: UnitOfWork, before: Access, of: Person, *, reserved: bool) -> None:
    """Keep that the opinion is reserved, or not any more, with its line."""
    mark = consultations.add_reservation(before.dossier, of.id, reserved=reserved, at=work.now)
    detail: dict[str, object] = {"reserved": reserved}
    if of.id != before.person.id:
        detail["of"] = of.id
    if before.dossier.contents:
        detail["content"] = before.dossier.place
    await work.write(mark, before.line("reserve", detail))


# --- more time -------------------------------------------------------------------------------


def _may_have_more_time(before: Access, at: datetime) -> Refusal | None:
    return may_have_more_time(before.running, before.person.id, at)


def _refuse_time(before: Access, until: datetime, at: datetime) -> Refusal | None:
    return may_have_time_until(before.running, before.person.id, until, at)


async def _moments(work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int) -> Screen:
    say, dossier, running = work.say, before.dossier, before.running
    last = max(due_moment(running, before.person.id), work.now)
    offered = [days_after(running, last, days) for days in OFFERED_DAYS]
    taken = (each for each in offered if _refuse_time(before, each, work.now) is None)
    rows = moment_rows(say, "more", args, taken)
    text = say.text("ask_time", dossier=dossier, more_time=running.rules.more_time)
    back = (Button(say.label("button.back"), action("form", dossier.id)),)
    return Screen(Card(text, (*rows, back)), protects=dossier.id, keeps_place=True)


@act(
    "more",
    find=access.member,
    may=_may_have_more_time,
    needs=(Moment(_moments, asking.calendar, _refuse_time),),
    verb=Verb("ask_more_time", "matter", ("until",)),
)
async def ask_more_time(work: UnitOfWork, before: Access, at: datetime, until: str) -> Screen:
    """The recipient fixes when it will answer (HD 3.1); the requester is told, its clock moves."""
    dossier, person, moment = before.dossier, before.person, moment_of(until)
    if moment is None:
        refuse("stale_question")
    asked = Act(ActKind.MORE_TIME, at, by=person.id, of=person.id, until=moment)
    await prove_receipt(work, before)
    line = before.line("more_time", {"until": moment.isoformat()})
    await work.write(consultations.add_act(dossier.id, asked), line)
    await announcements.more_time(work, dossier, person, moment)
    await follow(work, before, moved=True)
    return form_of(before, work.say.label("toast.more_time"))


async def follow(
    work: UnitOfWork, before: Access, *, moved: bool = False, over_form: bool = False
) -> None:
    """After a member's act: cards show it, and what falls due moves where clocks depend on it.

    With `over_form` a question is about to stand where the form stood: it must not be drawn over.
    """
    dossier, running = before.dossier, before.running
    if over_form:
        await live_cards.refresh(work.tx, announcements.dash(dossier.id), work.now)
    else:
        await announcements.refresh(work, dossier, before.person.id)
    if moved or may_move(running, before.person.id, work.now):
        whole = await consultations.there(work.tx, dossier.id)
        await schedule.arrange(work, whole.running)
