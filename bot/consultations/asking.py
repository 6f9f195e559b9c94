"""What clerk and head are asked before an act upon a consultation is done: a reason, a member, a deadline, a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.consultations import opinion_card, ways
from bot.consultations.access import Access
from bot.consultations.opinion_buttons import STYLES
from bot.consultations.rules import opinions
from bot.consultations.rules.consultation import ActKind, Choice, choices
from bot.consultations.rules.dating import answers
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import offered_by
from bot.consultations.rules.outcome import state
from bot.consultations.rules.rights import (
    may_add_page,
    may_choose,
    may_extend,
    may_record_reply,
    may_recuse,
    may_recuse_from_all,
)
from bot.db.notice import Button, Card, Row
from bot.kit.act import page as page_at
from bot.kit.ask import Given, Moment, Pick, Words
from bot.kit.card import moment_rows, page_of
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, whole_number
from bot.kit.unit import UnitOfWork
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.limits import REASON_LIMIT, REPLY_LIMIT
from bot.values.refusal import Refusal, refuse
from bot.values.working_days import WorkingCalendar

PAGE = 20
"""Names on one page of a list to pick from."""


def done(say: Rendering, dossier: Dossier, act: str) -> Screen:
    """After an act: what was done, in one line, with the way to the dashboard."""
    text = say.text("act_confirmed", dossier=dossier, act=act)
    return Screen(Card(text, (ways.to_dashboard(say, dossier),)))


def entered(say: Rendering, before: Access, act: str, of: int) -> Screen:
    """After a paper slip was entered: with the way to send photos of it, where they are kept."""
    shown = done(say, before.dossier, act)
    if before.running.rules.secret_slips or shown.card is None:
        return shown
    pages = Button(say.label("button.slip_page"), action("slip_page", before.dossier.id, of))
    return Screen(Card(shown.card.text, ((pages,), *shown.card.rows)))


# --- a reason --------------------------------------------------------------------------------


def reason(act: str) -> Words[Access]:
    """The reason of an act; nothing is done until it comes."""

    async def ask(work: UnitOfWork, before: Access, _args: tuple[str, ...], _page: int) -> Screen:
        say, dossier = work.say, before.dossier
        text = say.text("ask_reason", dossier=dossier, act=act)
        to_request = (Button(say.label("button.back"), action("asked", dossier.id)),)
        return Screen(
            Card(
                text,
                (
                    to_request
                    if act in ("decline", "send_back")
                    else ways.to_dashboard(say, dossier),
                ),
            )
        )

    return Words(ask, REASON_LIMIT)


# --- a member of the roll --------------------------------------------------------------------


def _anybody(_before: Access, _of: int, _at: datetime) -> Refusal | None:
    return None


def member(
    act: str, against: Callable[[Access, int, datetime], Refusal | None] = _anybody
) -> Pick[Access]:
    """A member of the roll for whom the act makes sense; refused where there is none."""

    async def ask(work: UnitOfWork, before: Access, args: tuple[str, ...], page: int) -> Screen:
        say, dossier = work.say, before.dossier
        seats = (
            opinions.standing_in_order(dossier) if act == "strike" else opinions.in_order(dossier)
        )
        if act == "delivery":
            seats = [seat for seat in seats if seat.person not in before.running.received_at]
        if not seats:
            refuse("nobody_to_pick", act=act)
        shown = page_of(seats, page, PAGE)
        rows: list[Row] = [
            (Button(seat.name, action(act, *args, seat.person)),) for seat in shown.entries
        ]
        rows += shown.turns(say, lambda number: page_at(act, args, number))
        text = say.text("pick_member", dossier=dossier, act=act)
        return Screen(Card(text, (*rows, ways.to_dashboard(say, dossier))))

    def refused(before: Access, answer: str, at: datetime) -> Refusal | None:
        return against(before, whole_number(answer), at)

    return Pick(ask, refused)


# --- a later deadline ------------------------------------------------------------------------


async def _later_deadlines(
    work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
) -> Screen:
    say, running, window = work.say, before.running, before.running.rules.window
    base = max(work.now, running.stated_deadline)
    offered = [each.moment for each in offered_by(window, base, running.calendar)]
    taken = (e for e in offered if may_extend(running, before.rights, e, work.now) is None)
    rows = moment_rows(say, "extend", args, taken)
    text = say.text("ask_deadline", dossier=before.dossier, due=running.stated_deadline)
    return Screen(Card(text, (*rows, ways.to_dashboard(say, before.dossier))))


def calendar(before: Access) -> tuple[WorkingCalendar, int]:
    """The frozen calendar, and the hour at which a day given without one ends."""
    return before.running.calendar, before.running.rules.window.day_ends_at


def _refuse_deadline(before: Access, until: datetime, at: datetime) -> Refusal | None:
    return may_extend(before.running, before.rights, until, at)


LATER_DEADLINE = Moment(_later_deadlines, calendar, _refuse_deadline)
"""A deadline later than the one that stands, offered or typed."""


# --- what cannot be dated --------------------------------------------------------------------

TAKINGS = {"count": ActKind.COUNT_UNDATABLE, "leave_out": ActKind.LEAVE_OUT_UNDATABLE}


async def _takings(work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int) -> Screen:
    """What it may come to, without names and choices, and the two ways to take it."""
    say, dossier = work.say, before.dossier
    rows: list[Row] = [
        (Button(say.label(f"taking.{taking}"), action("decide_outage", *args, taking)),)
        for taking in TAKINGS
    ]
    result = state(before.running, work.now).result
    text = say.text("ask_taking", dossier=dossier, result=result)
    return Screen(Card(text, (*rows, ways.to_dashboard(say, dossier))))


def _no_taking(_before: Access, answer: str, _at: datetime) -> Refusal | None:
    if answer not in TAKINGS:
        raise MalformedPressError
    return None


TAKEN = Pick(_takings, _no_taking)
"""Whether answers that cannot be dated are counted or left out."""


# --- what a paper says -----------------------------------------------------------------------


def _refuse_paper(before: Access, of: int, at: datetime) -> Refusal | None:
    return may_record_reply(before.running, before.rights, of, at)


def content_and_choice(before: Access, answer: str) -> tuple[int, str]:
    """Which content of the slip a pressed choice is of, and the choice: "2-approve", of one content "approve"."""
    place, _, choice = answer.rpartition("-")
    return (whole_number(place) if before.dossier.contents else 1), choice


async def _choices(work: UnitOfWork, before: Access, args: tuple[str, ...], page: int) -> Screen:
    """The boxes of one content: of the first that this member has not answered, or of the page looked at."""
    say, dossier, turns = work.say, before.dossier, list[Row]()
    if dossier.contents:
        person = whole_number(args[1])
        asked = [each for each in dossier.each if each.running.asks(person)]
        answers_it = [each for each in asked if each.closed_at is None]
        blank = [d.place for d in answers_it if person not in d.running.last_replies]
        places = [each.place for each in answers_it]
        place = page or next(iter((*blank, *places)), 1)
        dossier = before.at(place).dossier
        others = [
            *[p for p in places if p < place][-1:],
            *[p for p in places if p > place][:1],
        ]
        turns = [
            tuple(
                Button(say.label("button.content_blank", place=p), page_at("paper", args, p))
                for p in others
            )
        ]
    of = f"{dossier.place}-" if dossier.contents else ""
    rows: list[Row] = [
        (
            Button(
                say.label(f"choice.{choice.value}"),
                action("paper", *args, f"{of}{choice.value}"),
                style=STYLES[choice],
            ),
        )
        for choice in choices(before.running.rules)
    ]
    rows.append((Button(say.label("button.invalid_slip"), action("invalid_slip", *args)),))
    if may_recuse(dossier.running, int(args[1]), work.now) is None:
        key = "recuse_content" if dossier.place else "recuse"
        label = say.label(f"button.{key}", place=dossier.place)
        rows.append((Button(label, action("paper_recuse", *args, dossier.place)),))
    if may_add_page(before.running, before.rights, int(args[1]), work.now) is None:
        rows.append((Button(say.label("button.slip_page"), action("slip_page", *args)),))
    text = say.text("paper_choices", dossier=dossier, member=_name(before, args[1]))
    return Screen(Card(text, (*rows, *turns, ways.to_dashboard(say, dossier))))


def _name(before: Access, of: str) -> str:
    return next(seat.name for seat in before.running.roll if str(seat.person) == of)


def _no_choice(before: Access, answer: str, _at: datetime) -> Refusal | None:
    place, choice = content_and_choice(before, answer)
    if choice not in set(Choice):
        raise MalformedPressError
    return may_choose(before.at(place).running, Choice(choice))


async def _paper_words(
    work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
) -> Screen:
    place, pressed = content_and_choice(before, args[2])
    say, dossier, choice = work.say, before.at(place).dossier, Choice(pressed)
    name = _name(before, args[1])
    text = say.text("ask_paper_words", dossier=dossier, member=name, choice=choice.value)
    plain = Button(say.label("button.without_photo"), action("paper", *args, ""))
    return Screen(Card(text, ((plain,), ways.to_dashboard(say, dossier))))


async def _why_invalid(
    work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
) -> Screen:
    say, dossier, of = work.say, before.dossier, args[1]
    stands = any(int(of) in answers(each) for each in before.running.each)
    text = say.text("ask_invalid", dossier=dossier, member=_name(before, of), stands=stands)
    return Screen(Card(text, (ways.to_dashboard(say, dossier),)))


INVALID_SLIP = (member("invalid_slip", _refuse_paper), Words(_why_invalid, REASON_LIMIT))
"""Whose paper slip is no answer, and why."""


def about(before: Access, place: int) -> Access:
    """Before the content of that place; at 0 before the slip, whatever is on it."""
    if place and not before.dossier.contents:
        refuse("stale_question")
    return before.at(place) if place else before


def refuse_recusal(before: Access, of: int, place: int, at: datetime) -> Refusal | None:
    """Whether a member may say to take no part in one content, or at 0 in the slip."""
    may = may_recuse if place else may_recuse_from_all
    return may(about(before, place).running, of, at)


async def ask_recusal(
    work: UnitOfWork, before: Access, place: int, back: Button, of: str = ""
) -> Screen:
    """The reason of taking no part; `of` names the member whose paper says so."""
    dossier = about(before, place).dossier
    asked = opinion_card.ask_recusal(work.say, dossier, back, of)
    return Screen(asked, protects=dossier.id, keeps_place=True)


async def _why_on_paper(
    work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
) -> Screen:
    back = Button(work.say.label("button.back"), action("paper", *args[:2]))
    return await ask_recusal(work, before, whole_number(args[2]), back, _name(before, args[1]))


def _refuse_paper_of(before: Access, of: str, at: datetime) -> Refusal | None:
    return _refuse_paper(before, whole_number(of), at)


def _no_content(before: Access, place: str, _at: datetime) -> Refusal | None:
    about(before, whole_number(place))
    return None


PAPER_RECUSAL = (
    Given(_refuse_paper_of),
    Given(_no_content, default="0"),
    Words(_why_on_paper, REASON_LIMIT),
)
"""Whose paper says to take no part, in which content or at 0 in the slip, and why."""


PAPER = (
    member("paper", _refuse_paper),
    Pick(_choices, _no_choice),
    Words(_paper_words, REPLY_LIMIT, files=True),
)
"""Whose paper, which choice, and its words or a photo of it, where there are any."""
