"""A member's opinion form and its reminder, as they read. Their buttons stand in `opinion_buttons.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.consultations.opinion_buttons import EXCERPT, remind_me_button, rows_of, words_button
from bot.consultations.rules.consultation import (
    Choice,
    Consultation,
    FirstRound,
    InvalidSlip,
    Position,
    Reply,
)
from bot.consultations.rules.dating import Dating, dating, undatable
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import closes_at, due_moment, read_at, received_late
from bot.consultations.rules.outcome import over_with_term, shown_state
from bot.consultations.rules.rights import (
    may_reply,
    may_reply_to_any,
    may_reserve,
    reserved_until,
)
from bot.consultations.rules.tally import differs, silence_comes_to, stands_invalid
from bot.db.notice import Button, Card
from bot.kit.screen import Screen
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import SilencePolicy
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.spans import Span


def card(
    say: Rendering,
    dossier: Dossier,
    member: Person,
    now: datetime,
    *,
    changing: bool = False,
    scanned: bool = False,
) -> Card:
    """The form as this member sees it now; `changing` shows the choices again over an answer.

    `scanned`: a photo or scan of the own paper slip is kept.
    """
    asks = may_reply_to_any(dossier.running, member.id, now) is None
    if dossier.contents and not dossier.place and asks:
        dossier = _next_blank(dossier, member, now)
    running = dossier.running
    whole_slip = bool(dossier.contents) and not dossier.place
    reply = None if whole_slip else running.last_replies.get(member.id)
    text = say.text(
        "opinion_form",
        **_view(dossier, member, now),
        contents=_contents(dossier, member),
        done=whole_slip,
        reply=reply,
        stage=_stage(running, member, now),
        changing=changing,
        asked_until=running.asked_until.get(member.id),
        late=[late for late in dossier.late if late.person == member.id],
        dating=_dating(running, member),
        reserve_until=_reserve_until(running, member, now),
    )
    rows = rows_of(say, dossier, member, now, changing=changing)
    if scanned:
        shows = action("slip", dossier.id, member.id)
        rows = (*rows, (Button(say.label("button.slip"), shows),))
    return Card(text, rows)


def _next_blank(dossier: Dossier, member: Person, now: datetime) -> Dossier:
    """The first content that this member is to answer and has not; the slip where none is left, or none may be."""
    blank = (
        each
        for each in dossier.each
        if member.id not in each.running.last_replies
        and may_reply(each.running, member.id, now) is None
    )
    return next(blank, dossier)


@dataclass(frozen=True, slots=True)
class Line:
    """One of several contents as it stands on a member's form."""

    content: Dossier
    answer: Reply | None = None
    recused: bool = False
    """The member takes no part in it; what was answered before does not count."""

    @property
    def blank(self) -> bool:
        """Whether an answer of this member is still awaited."""
        return self.answer is None and not self.recused and self.content.closed_at is None


def _contents(dossier: Dossier, member: Person | None) -> list[Line]:
    """Each of several contents with the member's answer; of a slip with one nothing."""
    if member is None:
        return [Line(each) for each in dossier.several]
    person = member.id
    return [
        Line(each, each.running.last_replies.get(person), person in each.running.recused)
        for each in dossier.several
    ]


def reminder(say: Rendering, dossier: Dossier, member: Person, now: datetime) -> Card:
    """A short call to a member who has not answered, or not everything; it says what silence means."""
    blank = [each.content for each in _contents(dossier, member) if each.blank]
    text = say.text("reminder", **_view(dossier, member, now), blank=blank)
    later = remind_me_button(say, dossier, member, now)
    return Card(text, ((open_button(say, dossier),), *later))


def remind_me(
    say: Rendering,
    dossier: Dossier,
    member: Person,
    now: datetime,
    *,
    at: datetime | None,
    asks: bool = False,
    typed: datetime | None = None,
) -> str:
    """Words of «Nhắc tôi sau»: what is arranged, what can be chosen, what silence means."""
    return say.text("remind_me", **_view(dossier, member, now), at=at, asks=asks, typed=typed)


def words_reminder(say: Rendering, dossier: Dossier, member: Person, now: datetime) -> Card:
    """A short call to a member whose answer has no words yet; it counts without them (5.3)."""
    reply = dossier.running.last_replies[member.id]
    text = say.text("words_reminder", **_view(dossier, member, now), reply=reply)
    return Card(text, ((words_button(say, dossier, reply),), (open_button(say, dossier),)))


def open_button(say: Rendering, dossier: Dossier) -> Button:
    """The way from a notice to the form."""
    return Button(say.label("button.open_form"), action("form", dossier.id), style="primary")


def whole_text(say: Rendering, dossier: Dossier) -> Card:
    """The text in full, for whoever may read it."""
    return Card(say.text("whole_text", dossier=dossier))


def whole(say: Rendering, dossier: Dossier) -> Screen:
    """The text in full and its files, as new messages."""
    return Screen(
        extra=(whole_text(say, dossier),) if dossier.text else (),
        files=dossier.files,
        files_card=Card(say.text("files", dossier=dossier)) if dossier.files else None,
        protects=dossier.id,
    )


def ask_words(say: Rendering, dossier: Dossier, choice: Choice) -> Card:
    """Asks for the words that belong to a choice, which is recorded without them (5.3)."""
    text = say.text(
        "ask_words", dossier=dossier, choice=choice.value, of_agencies=dossier.body.of_agencies
    )
    return Card(text, ((Button(say.label("button.back"), action("form", dossier.id)),),))


def ask_recusal(say: Rendering, dossier: Dossier, back: Button, of: str = "") -> Card:
    """Asks why a member takes no part in what this speaks about; `of` names whose paper says so."""
    rule = dossier.body.written.recusal
    told = {"of_agencies": dossier.body.of_agencies, "member": of, "rule": rule}
    return Card(say.text("ask_recusal", dossier=dossier, **told), ((back,),))


def preview(say: Rendering, dossier: Dossier, now: datetime, deadline: datetime) -> str:
    """The words members will see, before there is a roll or a number."""
    return say.text(
        "opinion_form",
        dossier=dossier,
        name=None,
        of_agencies=dossier.body.of_agencies,
        contents=_contents(dossier, None),
        begun=False,
        done=False,
        excerpt=_excerpt(dossier),
        due=deadline,
        now=now,
        silence=silence_view(dossier, confirmed=dossier.silence_confirmed),
        own_days=_own_days(dossier),
        received_late=None,
        reply=None,
        stage="open",
        changing=False,
        asked_until=None,
        late=(),
        dating=None,
        reserve_until=None,
        before=None,
        invalid=None,
        objected=None,
    )


def _view(dossier: Dossier, member: Person, now: datetime) -> dict[str, object]:
    running = read_at(dossier.running, member.id, now)
    return {
        "dossier": dossier,
        "name": member.name,
        "of_agencies": dossier.body.of_agencies,
        "excerpt": _excerpt(dossier),
        "due": due_moment(running, member.id),
        "now": now,
        "silence": silence_view(dossier, confirmed=running.silence_confirmed, reader=member.id),
        "invalid": invalid_slip(running, member.id),
        "own_days": _own_days(dossier),
        "received_late": received_late(running, member.id),
        "before": _before(dossier, member.id),
        "objected": _ended_early(dossier),
    }


def _ended_early(dossier: Dossier) -> str | None:
    """The article by which objections ended it before its deadline, where they did."""
    rule, running = dossier.body.written.objection, dossier.running
    return rule.article if rule and closes_at(running) < running.stated_deadline else None


def _before(dossier: Dossier, person: int) -> dict[str, object] | None:
    """Of a second round: where this member stood in the first, and the differing opinions of then."""
    first = dossier.first
    if first is None or dossier.consultation is None:
        return None
    return {
        "round": first,
        "article": dossier.body.written.second_round.article
        if dossier.body.written.second_round
        else "",
        "position": first.positions.get(person),
        "opinions": first_opinions(dossier),
        "reserved": 0 if dossier.body.members_read_reserved else _reserved_first(first),
    }


def first_opinions(dossier: Dossier) -> list[tuple[str, Reply]]:
    """The differing opinions of the first round that members may read, in the order of its roll.

    Those struck off come last; of secret slips without names, sorted by text.
    """
    first, told = dossier.first, differs(dossier.body.written)
    every = dossier.body.members_read_reserved
    if first is None:
        return []
    names = {seat.person: seat.name for seat in dossier.running.roll}
    found = [(names[person], reply) for person, reply in first.replies.items() if person in names]
    found = [
        (name, reply)
        for name, reply in (*found, *first.struck)
        if Position(reply.choice.value) in told and (every or not reply.reserved)
    ]
    if dossier.body.written.secret_slips:
        return [("", reply) for _, reply in sorted(found, key=lambda each: each[1].words)]
    return found


def _reserved_first(first: FirstRound) -> int:
    """How many opinions of the first round are reserved."""
    every = (*first.replies.values(), *(reply for _, reply in first.struck))
    return sum(reply.reserved for reply in every)


def invalid_slip(running: Consultation, person: int) -> InvalidSlip | None:
    """The invalid paper slip of a member of whom no answer stands."""
    return running.invalid_slips[person] if stands_invalid(running, person) else None


def silence_view(dossier: Dossier, *, confirmed: bool, reader: int = 0) -> dict[str, object]:
    """What silence will mean here, with the article that says so, or that says nothing of it.

    To the `reader` of whom an invalid slip is all that came it is told what becomes of that; to one who has begun
    a slip with several contents, what a blank one is.
    """
    silence, running = dossier.silence, dossier.consultation
    again = dossier.first is not None
    comes_to = silence_comes_to(
        silence, dossier.matter, dossier.ground, confirmed=confirmed, again=again
    )
    return {
        "consents": comes_to is SilencePolicy.CONSENT,
        "abstains": comes_to is SilencePolicy.ABSTENTION,
        "provided": silence.policy == "consent",
        "article": silence.article,
        "shared": silence.shares_responsibility,
        "collated": dossier.threshold is None,
        "keeps": again,
        "of_agencies": dossier.body.of_agencies,
        "invalid": running is not None and stands_invalid(running, reader),
        "begun": running is not None and bool(dossier.contents) and reader in running.first_replies,
    }


def _own_days(dossier: Dossier) -> Span | None:
    """What each recipient has from its own receipt, where its own clock runs."""
    window, running = dossier.body.written.window, dossier.consultation
    stated = running.deadline_stated if running else dossier.deadline is not None
    alone = window.stated_alone and stated
    return window.own if window.clock == "recipient" and not alone else None


def _dating(running: Consultation, member: Person) -> Dating | None:
    """How the member's own answer is taken, where nobody knows whether it was in time (5.5)."""
    unclear = undatable(running).get(member.id)
    return dating(running, unclear[-1]) if unclear else None


def _reserve_until(running: Consultation, member: Person, now: datetime) -> datetime | None:
    """After the result: until when this member may still have the opinion reserved, and not any more."""
    may = may_reserve(running, member.id, now) is None
    return reserved_until(running, now) if may else None


def _excerpt(dossier: Dossier) -> str:
    if len(dossier.text) <= EXCERPT:
        return dossier.text
    return dossier.text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def _stage(running: Consultation, member: Person, now: datetime) -> str:
    if member.id in running.struck:
        return "struck"
    if member.id in running.recused_from_all:
        return "recused"
    if running.end is None and over_with_term(running) is not None:
        return "over_with_term"
    return shown_state(running, now).stage.value
