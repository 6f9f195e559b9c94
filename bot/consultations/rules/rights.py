"""Who may do what upon a consultation now, and what its launch accepts; one predicate for button and act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.consultations.rules.consultation import Choice, Consultation, Position, choices
from bot.consultations.rules.dating import answers, undatable
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import (
    before_more_time,
    closes_at,
    days_after,
    due_moment,
    ended_at_once,
    least_deadline,
    objection_ends,
)
from bot.consultations.rules.outcome import Stage, over_with_term, state, states
from bot.consultations.rules.tally import differs, struck_opinions
from bot.people.rules.acting import Standing
from bot.regulations.rules.regulation import Body, Exclusion, Ground, Matter, Window
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.quiet_hours import first_awake
from bot.values.refusal import NO_RIGHT, Refusal
from bot.values.working_days import WorkingCalendar

Rights = Standing
HEAD = Rights(0, head=True)
"""Whoever may do everything the office may."""


def may_reply(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """A member on the roll may answer and change the answer until the close (provisions 5.3, 5.4).

    Who was struck off may not any more; an answer given before stays.
    """
    strike = consultation.struck.get(person)
    if strike:
        values = {"at": strike.at, "of_agencies": consultation.body.of_agencies}
        return _closed(consultation, at) or Refusal("struck", values=values)
    if person in consultation.recused:
        rule = consultation.rules.recusal
        return _closed(consultation, at) or Refusal("recused", rule.article if rule else None)
    if not consultation.asks(person):
        return NO_RIGHT
    return _closed(consultation, at) or _over_with_term(consultation)


def may_reply_to_any(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """The same of the slip: whoever may answer one of its contents may."""
    refusal = None
    for each in consultation.each:
        why = may_reply(each, person, at)
        if why is None:
            return None
        refusal = refusal or why
    return refusal


def may_recuse(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """A member who is asked takes no part, where the text has it. Whether others are left is asked of the whole."""
    rule = consultation.rules.recusal
    if rule is None:
        return Refusal("no_recusal")
    return may_reply(consultation, person, at)


def may_recuse_from_all(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """The same of all that is on the slip."""
    if consultation.rules.recusal is None:
        return Refusal("no_recusal")
    return may_reply_to_any(consultation, person, at)


def may_take_part_in_all(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """Who takes part in nothing on the slip takes that back of all of it that is still asked."""
    still = [each for each in consultation.each if _closed(each, at) is None] or consultation.each
    of_some = (may_take_part(each, person, at) for each in still)
    return next((refusal for refusal in of_some if refusal is not None), None)


def may_take_part(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """Who said to take no part takes that back, up to the own due moment: what was answered before counts again.

    That and the moment are the product's: an article on recusal, where a rule book has one, is only to be compared.
    """
    rule = consultation.rules.recusal
    article = rule.article if rule else None
    if person in consultation.struck:
        return may_reply(consultation, person, at)
    if person not in consultation.said_to_recuse:
        return Refusal("not_recused", article)
    refusal = _closed(consultation, at) or _over_with_term(consultation)
    if refusal:
        return refusal
    due = due_moment(consultation, person)
    return Refusal("recused_for_good", article, values={"due": due}) if at > due else None


def refuse_last_asked(consultation: Consultation) -> Refusal | None:
    """The last one who is asked cannot say to take no part: nobody would be left."""
    rule = consultation.rules.recusal
    if rule is None or len(consultation.asked) > 1:
        return None
    return Refusal("recuse_last", rule.article)


def may_choose(consultation: Consultation, choice: Choice) -> Refusal | None:
    """Only a box that the slip has: nobody abstains where the rule book does not provide for it."""
    if choice in choices(consultation.rules):
        return None
    return Refusal("no_abstain", consultation.rules.article)


def may_add_words(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """Words belong to the answer as long as one may be given (5.3).

    Past the due moment they say nothing about a press of which nobody knows whether it was in time (5.5).
    """
    refusal, due = may_reply(consultation, person, at), closes_at(consultation)
    answered = consultation.last_replies.get(person)
    if refusal is None and at > due and person in undatable(consultation):
        refusal = Refusal("closed", consultation.rules.article, values={"at": due})
    if refusal is None or refusal.kind != "closed" or answered is None:
        return refusal
    return replace(refusal, kind="late_words", values={**refusal.values, "choice": answered.choice})


def may_reserve(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """Whoever differs may have the opinion reserved, and not any more, until some working days after the result.

    Only where the regulation has it (BK 9.2, HU 17.2). An opinion that stays after a strike may be reserved, too.
    """
    reserve = consultation.body.reserve
    if reserve is None:
        return Refusal("no_reserve", consultation.rules.article)
    if not any(seat.person == person for seat in consultation.roll):
        return NO_RIGHT
    until = reserved_until(consultation, at)
    if until is not None and at > until:
        return Refusal("reserve_late", reserve.article, values={"until": until})
    if until is None and (closed := _closed(consultation, at)):
        return closed
    return None if _differs(consultation, person) else Refusal("reserve_what", reserve.article)


def _differs(consultation: Consultation, person: int) -> bool:
    """Whether an opinion of this person stands that differs; a strike erases none (5.13)."""
    if person in consultation.struck:
        return person in struck_opinions(consultation)
    reply = answers(consultation).get(person)
    return reply is not None and Position(reply.choice.value) in differs(consultation.rules)


def reserved_until(consultation: Consultation, at: datetime) -> datetime | None:
    """Until when opinions are reserved after the result; None without one, or where the text has nothing."""
    now_is, reserve = state(consultation, at), consultation.body.reserve
    if now_is.result is None or now_is.result.closed_at is None or reserve is None:
        return None
    if now_is.stage is Stage.WITHDRAWN:
        return None
    return days_after(consultation, now_is.result.closed_at, reserve.days)


def may_have_more_time(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """A recipient who has not answered all that is asked may fix a later moment where the regulation has it."""
    more_time = consultation.rules.more_time
    if more_time is None:
        return Refusal("no_more_time", consultation.rules.article, instead="reply_or_words")
    if person in consultation.answered_all:
        return Refusal("replied_already", more_time.article)
    return may_reply_to_any(consultation, person, at)


def may_have_time_until(
    consultation: Consultation, person: int, until: datetime, at: datetime
) -> Refusal | None:
    """Not in the past, later than the own due moment, and within the most days the rule allows."""
    refusal = may_have_more_time(consultation, person, at)
    more_time = consultation.rules.more_time
    if refusal or more_time is None:
        return refusal
    own = before_more_time(consultation, person)
    latest = consultation.calendar.end_of_day(
        in_viet_nam(own).date() + timedelta(days=more_time.most_days),
        consultation.rules.window.day_ends_at,
    )
    values = {"due": due_moment(consultation, person), "latest": latest, "until": until}
    if until <= at:
        return Refusal("moment_past", values=values)
    if until <= own:
        return Refusal("not_later", more_time.article, values=values)
    if until > latest:
        return Refusal("too_much_time", more_time.article, values=values)
    return refuse_beyond(consultation.calendar, until)


def may_be_reminded(consultation: Consultation, person: int, at: datetime) -> Refusal | None:
    """Who has not answered everything may be reminded once more, while an hour is left before the due moment."""
    if consultation.asks_anything(person) and not consultation.awaits(person):
        return Refusal("remind_answered")
    refusal, due = may_reply_to_any(consultation, person, at), due_moment(consultation, person)
    if refusal is None and first_awake(at) >= due:
        return Refusal("remind_no_time", values={"due": due})
    return refusal


def may_be_reminded_at(
    consultation: Consultation, person: int, moment: datetime, at: datetime
) -> Refusal | None:
    """Ahead, and before the own due moment, also where the quiet hours put it off."""
    refusal = may_be_reminded(consultation, person, at)
    if refusal:
        return refusal
    due = due_moment(consultation, person)
    if moment <= at:
        return Refusal("moment_past", values={"until": moment})
    if first_awake(moment) >= due:
        return Refusal("remind_too_late", values={"due": due, "quiet": moment < due})
    return None


def may_act(consultation: Consultation, rights: Rights, at: datetime) -> Refusal | None:
    """The head acts upon a running or held consultation; who stands in, as far as that reaches."""
    return may_withdraw(consultation, rights, at) or _over_with_term(consultation)


def may_withdraw(consultation: Consultation, rights: Rights, at: datetime) -> Refusal | None:
    """The head takes it back while it has no end; whoever heads the body since a new term began may, too."""
    return rights.refuse_rest() or _closed(consultation, at)


def may_assist(consultation: Consultation, rights: Rights, at: datetime) -> Refusal | None:
    """Clerk and head remind, record deliveries and paper replies while it runs."""
    if not rights.office:
        return NO_RIGHT
    return _closed(consultation, at) or _over_with_term(consultation)


def may_extend(
    consultation: Consultation, rights: Rights, deadline: datetime, at: datetime
) -> Refusal | None:
    """The whole matter is extended, never shortened, never into the past."""
    refusal = may_act(consultation, rights, at)
    if refusal:
        return refusal
    values = {"due": consultation.stated_deadline, "until": deadline}
    if deadline <= at:
        return Refusal("moment_past", values=values)
    if deadline <= consultation.stated_deadline:
        return Refusal("never_shorter", consultation.rules.article, values=values)
    return refuse_beyond(consultation.calendar, deadline)


def may_strike(consultation: Consultation, rights: Rights, of: int, at: datetime) -> Refusal | None:
    """A member of the roll may be struck off, but never the last one.

    Who stands in for the head strikes off neither himself nor the head.
    """
    refusal = may_act(consultation, rights, at) or rights.refuse_about(of)
    if refusal:
        return refusal
    on = [each.standing for each in consultation.each if each.has(of)]
    if not on:
        return Refusal("not_on_roll")
    if any(len(standing) == 1 for standing in on):
        return Refusal("last_on_roll", instead="withdraw")
    return None


def may_record_delivery(
    consultation: Consultation, rights: Rights, of: int, at: datetime
) -> Refusal | None:
    """A paper delivery is recorded for a member whose receipt is not proven yet."""
    refusal = may_record_reply(consultation, rights, of, at)
    if refusal:
        return refusal
    if of in consultation.received_at:
        values = {"at": consultation.received_at[of]}
        return Refusal("received_already", values=values)
    return None


def may_record_reply(
    consultation: Consultation, rights: Rights, of: int, at: datetime
) -> Refusal | None:
    """A paper reply counts as any other, for a member on the roll."""
    refusal = may_assist(consultation, rights, at)
    if refusal:
        return refusal
    return None if consultation.asks_anything(of) else Refusal("not_on_roll")


def may_record_answer(
    consultation: Consultation, rights: Rights, of: int, at: datetime
) -> Refusal | None:
    """The same of one content: whoever takes no part in it gives no answer to it on paper either."""
    return may_record_reply(consultation, rights, of, at) or may_reply(consultation, of, at)


def may_add_page(
    consultation: Consultation, rights: Rights, of: int, at: datetime
) -> Refusal | None:
    """A photo or scan is kept beside a paper slip that was entered; never of one that has no name."""
    refusal = may_record_reply(consultation, rights, of, at)
    if refusal:
        return refusal
    if consultation.rules.secret_slips:
        return Refusal("no_photo_of_slips", consultation.rules.article)
    if has_paper(consultation, of):
        return None
    return Refusal("no_paper_slip", values={"of_agencies": consultation.body.of_agencies})


def has_paper(consultation: Consultation, of: int) -> bool:
    """Whether a paper slip of this member was entered, valid or not."""
    on_paper = any(reply.person == of and reply.on_paper for reply in consultation.replies)
    return on_paper or of in consultation.invalid_slips


def still_to_answer(consultation: Consultation, at: datetime) -> Sequence[int]:
    """Members who have left something unanswered and not passed their own due moment; at it, it is not passed."""
    return [
        seat.person
        for seat in consultation.on_slip
        if consultation.awaits(seat.person) and at <= due_moment(consultation, seat.person)
    ]


def may_close_by_hand(consultation: Consultation, rights: Rights, at: datetime) -> Refusal | None:
    """Only when nobody is left who may still answer in time (5.9); while held nobody is."""
    refusal = may_act(consultation, rights, at)
    if refusal:
        return refusal
    left = still_to_answer(consultation, at)
    if left:
        values: dict[str, object] = {"count": len(left)}
        if consultation.contents:
            values["several"] = True
        return Refusal(
            "still_to_answer", consultation.rules.article, instead="extend_withdraw", values=values
        )
    if may_decide_outage(consultation, rights, at) is None:
        return Refusal("undatable_left", consultation.rules.article, instead="decide_outage")
    return None


def may_decide_outage(consultation: Consultation, rights: Rights, at: datetime) -> Refusal | None:
    """The head counts or leaves out what may have been pressed in time or late, where that decides (5.5).

    Of a slip with several contents one that it decides is enough.
    """
    refusal = may_act(consultation, rights, at)
    if refusal:
        return refusal
    reached = [each.result for each in states(consultation, at)]
    if any(held is not None and len(held.possible) > 1 for held in reached):
        return None
    return Refusal("nothing_undatable", consultation.rules.article)


def may_bring_to_meeting(
    consultation: Consultation, rights: Rights, at: datetime
) -> Refusal | None:
    """The officer's choice where the regulation gives it, before the close (HD 3.3)."""
    if consultation.rules.meeting_article is None:
        return Refusal("no_meeting_choice", consultation.rules.article)
    return may_act(consultation, rights, at)


def may_prepare_anew(held: Dossier, *, clerk: bool) -> Refusal | None:
    """A clerk prepares anew, for the roll of now, what was open when a new term began; one at a time.

    Never a second round: anew it were a first one, and after it came a third (HU 15.2, HD 2.2).
    """
    if not clerk:
        return NO_RIGHT
    if held.consultation is None or over_with_term(held.consultation) is None:
        return Refusal("not_over_with_term")
    if held.first is not None:
        rule = held.body.written.second_round
        return Refusal("round_anew", rule.article if rule else None)
    if held.anew is not None:
        way = action("dash", held.anew.id, 0)
        number = held.anew.number
        return Refusal(
            "prepared_anew", instead="prepared_anew", values={"number": number}, button=way
        )
    return None


def _over_with_term(consultation: Consultation) -> Refusal | None:
    """What stood open when a new term began is only withdrawn. No article: no text says anything of it."""
    began = over_with_term(consultation)
    if began is None:
        return None
    values = {"at": began, "second": consultation.first is not None}
    return Refusal("over_with_term", values=values)


def _closed(consultation: Consultation, at: datetime) -> Refusal | None:
    """Exactly at the due moment still counts, until the close has been recorded (provisions 5.9).

    Not so where an objection ended it at once: what is said at the same moment comes after it.
    """
    now_is = state(consultation, at)
    if now_is.result is None or now_is.result.closed_at is None:
        return None
    values: dict[str, object] = {"at": now_is.result.closed_at}
    if now_is.stage is Stage.WITHDRAWN:
        return Refusal("withdrawn", consultation.rules.article, values=values)
    if consultation.apart and consultation.end is None and objection_ends(consultation):
        values["content"] = consultation.place
    over = consultation.close_recorded or ended_at_once(consultation)
    if not over and at <= now_is.result.closed_at:
        return None
    return Refusal("closed", consultation.rules.article, values=values)


def refuse_body(body: Body) -> Refusal | None:
    """A body whose regulation gives it no consultation in writing."""
    forbidden = body.written.forbidden
    return _excluded("body_excluded", forbidden, body=body.name) if forbidden else None


def refuse_matter(body: Body, matter: Matter, ground: Ground | None = None) -> Refusal | None:
    """A matter that is not asked in writing on that ground, with its article and what to do instead."""
    refusal = refuse_body(body)
    if refusal:
        return refusal
    exclusion = body.written.exclusion(matter, ground)
    if exclusion is not None:
        return _excluded("matter_excluded", exclusion, matter=matter.value)
    if matter in body.written.matters:
        return None
    return Refusal("matter_excluded", body.written.article, values={"matter": matter.value})


def asks_election(body: Body, matter: Matter) -> bool:
    """Whether the requester confirms at launch that this is no election (BK 1.6, 4.9)."""
    rule = body.written.no_election
    return rule is not None and matter in rule.matters


def refuse_election(body: Body) -> Refusal:
    """An election follows the election rules, not an exchange of slips."""
    rule = body.written.no_election
    return Refusal("election", rule.article if rule else None, values={"body": body.name})


def refuse_ground(body: Body, ground: Ground) -> Refusal | None:
    """A ground the regulation does not know for this body."""
    refusal = refuse_body(body)
    if refusal or ground in body.written.grounds:
        return refusal
    return Refusal("ground_unknown", body.written.article, values={"ground": ground.value})


def refuse_deadline(deadline: datetime, now: datetime) -> Refusal | None:
    """A deadline must lie ahead."""
    if deadline <= now:
        return Refusal("moment_past", values={"until": deadline})
    return None


def refuse_short(
    window: Window, calendar: WorkingCalendar, deadline: datetime, now: datetime
) -> Refusal | None:
    """A deadline that leaves less time than the text gives at least; its very end is enough."""
    nearest = least_deadline(window, calendar, now)
    if window.least is None or nearest is None or deadline >= nearest:
        return None
    values = {"until": deadline, "nearest": nearest, "span": window.least.span}
    return Refusal("deadline_short", window.least.article, values=values)


def refuse_beyond(calendar: WorkingCalendar, until: datetime) -> Refusal | None:
    """A deadline in a year whose days off nobody knows yet (provisions 5.15)."""
    if calendar.reaches(in_viet_nam(until).date()):
        return None
    return Refusal("calendar_ends", values={"until": until, "last": calendar.last_year})


def refuse_submission(
    body: Body, submission: date, today: date, special_reason: str
) -> Refusal | None:
    """A text for appraisal comes early enough, unless marked special with a reason (TV 5.2)."""
    lead = body.written.lead_time
    if lead is None:
        return None
    if submission <= today:
        return Refusal("submission_past", lead.article, values={"submission": submission})
    days = (submission - today).days
    if days < lead.days and not special_reason.strip():
        values = {"days": days, "needed": lead.days, "submission": submission}
        return Refusal("lead_time", lead.article, instead="special_reason", values=values)
    return None


def awaited_too_long(body: Body, submission: date | None, due: datetime) -> str | None:
    """The article by which an appraisal comes before the submission, where its deadline does not (TV 5.2).

    The text sets no deadline: this is told to whoever prepares and approves, and nothing is refused for it.
    """
    lead = body.written.lead_time
    if lead is None or submission is None or in_viet_nam(due).date() < submission:
        return None
    return lead.article


def _excluded(kind: str, exclusion: Exclusion, **values: object) -> Refusal:
    """The values tell what the text itself says: whether it forbids, or provides nothing."""
    return Refusal(
        kind,
        exclusion.article,
        because=exclusion.because,
        instead=exclusion.instead,
        values=values | ({"says": exclusion.says.value} if exclusion.says else {}),
    )
