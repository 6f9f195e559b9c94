"""A divided matter asked once more in writing: opened by its head, linked to the first round, settled with it.

What it comes to is judged by the rules; what is discussed again in a meeting is the affair of its agenda.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.calendar import face as calendar
from bot.consultations import access as matters
from bot.consultations import announcements, asking, opening
from bot.consultations import store as consultations
from bot.consultations.divided import LEAVES_OWED, of_dossier, of_voted
from bot.consultations.papers import store as papers
from bot.consultations.rules.consultation import FirstRound
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import again_deadline, offered_by, regulation_deadline
from bot.consultations.rules.outcome import Result
from bot.consultations.rules.rights import Rights, refuse_beyond, refuse_deadline, refuse_short
from bot.consultations.rules.second_round import Divided, may_ask_again, refuse_days
from bot.db import rulebooks
from bot.db.notice import Button, Card, Row
from bot.kit import access
from bot.kit.act import act
from bot.kit.ask import Given, Moment, Need, Words, minutes, moment_of
from bot.kit.card import moment_rows
from bot.kit.notify import content_of, number_of, reference
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, whole_number
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import face as meetings
from bot.owed import face as owed
from bot.owed.rules.debt import Debt
from bot.people.rules.delegating import only_head
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Outcome
from bot.values.action import action
from bot.values.files import sha256_of
from bot.values.limits import ASKED_TEXT_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require
from bot.values.words import refuse_secret
from bot.values.working_days import WorkingCalendar
from bot.votes import face as votes


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """A person before a matter that is to be asked again; `calendar` is that of now."""

    rights: Rights
    matter: Divided
    calendar: WorkingCalendar
    contents: tuple[Divided, ...] = ()
    """Of a slip with several contents each of them."""

    def at(self, content: str) -> Access:
        """The same before one content of the slip; a press of no such place is malformed."""
        place = whole_number(content)
        if not 1 <= place <= len(self.contents):
            raise MalformedPressError
        return replace(self, matter=self.contents[place - 1])

    @property
    def reference(self) -> str:
        """How the register names the divided matter."""
        return self.matter.named

    @property
    def first(self) -> FirstRound:
        """What it had come to; only asked of what may be asked again."""
        if self.matter.first is None:
            raise LookupError(f"{self.matter.named} has not ended")
        return self.matter.first


async def find(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    """The head before a consultation that has opened; clerks learn whose act it is, others nothing (I10)."""
    before = await matters.steering(work, account, consultation_id)
    found = await standing_before(work, before.person, await of_dossier(work, before.dossier))
    contents = tuple([await of_dossier(work, each) for each in before.dossier.several])
    return replace(found, contents=contents)


async def find_vote(work: UnitOfWork, account: int, vote_id: int) -> Access:
    """The head before a vote; clerks learn whose act it is, others nothing."""
    found = await votes.get(work.tx, vote_id)
    if found is None:
        refuse("vote_gone")
    before = await meetings.find(work, account, found[0])
    if not before.office:
        raise Refused(NO_RIGHT)
    return await standing_before(work, before.person, await of_voted(work, before.meeting, vote_id))


async def standing_before(work: UnitOfWork, person: Person, matter: Divided) -> Access:
    """The head, or who stands in, before a divided matter; others learn whose act it is."""
    staff = await matters.staff_before(work, matter.committee, matter.body, matter.roll)
    acting = staff.acting(person, matter.body)
    if acting is None:
        regulation = await rulebooks.regulation(work.tx, matter.rulebook)
        raise Refused(only_head("only_head", regulation, matter.body))
    rights = staff.standing(person, matter.body)
    days = await calendar.working_calendar(work.tx, matter.committee)
    return Access(person, rights, matter, days, acting=acting)


# --- what is asked before --------------------------------------------------------------------


def _may(before: Access, _at: datetime) -> Refusal | None:
    return may_ask_again(before.matter, before.rights)


def _may_a_content(before: Access, _at: datetime) -> Refusal | None:
    """Some content of the slip may be asked again; which one it is is asked when it is known."""
    refused = [may_ask_again(each, before.rights) for each in before.contents]
    return None if None in refused else next(iter(refused), None)


def _refuse_content(before: Access, content: str, _at: datetime) -> Refusal | None:
    return may_ask_again(before.at(content).matter, before.rights)


def _calendar(before: Access) -> tuple[WorkingCalendar, int]:
    return before.calendar, before.matter.body.written.window.day_ends_at


def _refuse_deadline(before: Access, until: datetime, at: datetime) -> Refusal | None:
    body = before.matter.body
    window = body.written.window
    return (
        refuse_deadline(until, at)
        or refuse_days(body, before.calendar, until, at)
        or refuse_short(window, before.calendar, until, at)
        or refuse_beyond(before.calendar, until)
    )


def _refuse_text(_before: Access, text: str, _at: datetime) -> Refusal | None:
    return refuse_secret(text)


def _needs(name: str, at: Callable[[Access, tuple[str, ...]], Access]) -> tuple[Need[Access], ...]:
    """Until when it is answered, then its text: as it was, or another one; `at` finds before what."""

    async def deadlines(
        work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
    ) -> Screen:
        rows = moment_rows(work.say, name, args, _offered(before, work.now))
        text = work.say.text("ask_again_deadline", **_told(at(before, args)))
        return Screen(Card(text, (*rows, _back(work, before))), as_new_message=True)

    async def text_of(
        work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
    ) -> Screen:
        until = moment_of(args[-1])
        if until is None:
            refuse("stale_question")
        text = work.say.text("ask_again_text", **_told(at(before, args)), until=until)
        as_it_was = action(name, *args[:-1], minutes(until), "")
        keep = Button(work.say.label("button.again_as_it_was"), as_it_was, style="primary")
        return Screen(Card(text, ((keep,), _back(work, before))))

    return (
        Moment(deadlines, _calendar, _refuse_deadline),
        Words(text_of, ASKED_TEXT_LIMIT, _refuse_text, optional=True),
    )


def _offered(before: Access, now: datetime) -> list[datetime]:
    """Deadlines that the launch offers, too, and that of the regulation's own days; the only one where it gives it."""
    body, days = before.matter.body, before.calendar
    given = again_deadline(body, days, now)
    if given is not None:
        return [given]
    window = body.written.window
    moments = {p.moment for p in offered_by(window, now, days)}
    if window.own:
        moments.add(regulation_deadline(body, days, now))
    return sorted(moment for moment in moments if _refuse_deadline(before, moment, now) is None)


def _told(before: Access) -> dict[str, object]:
    matter, asked = before.matter, before.first.asked
    rule, because = matter.body.written.second_round, before.first.because
    return {
        "matter": matter,
        "rule": rule,
        "renewal": rule.causes.get(because) if rule and because else None,
        "of_agencies": matter.body.of_agencies,
        "because": because,
        "asked": [seat.name for seat in matter.roll if seat.person in asked],
    }


def _back(work: UnitOfWork, before: Access) -> Row:
    named = before.matter.named
    way = "vote_dash" if named.startswith("vote:") else "result"
    return (Button(work.say.label("button.back"), action(way, number_of(named))),)


# --- opening it ------------------------------------------------------------------------------


def _itself(before: Access, _args: tuple[str, ...]) -> Access:
    return before


def _its_content(before: Access, args: tuple[str, ...]) -> Access:
    return before.at(args[1])


@act("second_round", find=find, may=_may, needs=_needs("second_round", _itself))
async def ask_again(
    work: UnitOfWork, before: Access, _at: datetime, deadline: str, text: str
) -> Screen:
    """The head asks a divided consultation again; it goes out at once (HU 15.2, HD 2.2)."""
    return await _ask_again(work, before, deadline, text)


@act(
    "second_round_content",
    find=find,
    may=_may_a_content,
    needs=(Given(_refuse_content), *_needs("second_round_content", _its_content)),
)
async def ask_a_content_again(
    work: UnitOfWork, before: Access, _at: datetime, content: str, deadline: str, text: str
) -> Screen:
    """The head asks one divided content of a slip again, as a slip of its own; it goes out at once."""
    return await _ask_again(work, before.at(content), deadline, text)


@act("second_round_vote", find=find_vote, may=_may, needs=_needs("second_round_vote", _itself))
async def ask_again_after_vote(
    work: UnitOfWork, before: Access, _at: datetime, deadline: str, text: str
) -> Screen:
    """The head has what was divided in a meeting answered in writing; it goes out at once (HU 15.2)."""
    return await _ask_again(work, before, deadline, text)


async def _ask_again(work: UnitOfWork, before: Access, deadline: str, text: str) -> Screen:
    until = moment_of(deadline)
    if until is None:
        refuse("stale_question")
    require(_refuse_deadline(before, until, work.now))
    asked = await _submit(work, before, until, text or before.matter.text)
    roll, days = before.matter.roll, before.calendar
    opened = await opening.open_it(work, asked, before, roll, days, asked.deadline or work.now)
    await opening.send_out(work, opened, before.person)
    await _let_rest(work, before, opened)
    await meetings.discussion_moved.happened(work, before.matter.named)
    return asking.done(work.say, opened, "second_round")


async def _submit(work: UnitOfWork, before: Access, until: datetime, text: str) -> Dossier:
    """The new matter with what is carried over: subject, text, files, and what the first round came to."""
    matter = before.matter
    digest = sha256_of(text.encode())
    rule = matter.body.written.second_round
    detail: dict[str, object] = {
        "second_of": matter.named,
        "subject": matter.subject,
        "text_sha256": digest,
        "files": [{"name": file.name, "sha256": file.sha256} for file in matter.files],
        "asked": sorted(before.first.asked),
        "article": rule.article if rule else "",
    }
    entered = await work.write(
        papers.submit_again(
            before.first,
            matter.files,
            committee_id=matter.committee,
            rulebook=matter.rulebook,
            body=matter.body.id,
            matter=matter.matter.value,
            ground=matter.ground.value if matter.ground else "",
            subject=matter.subject,
            text=text,
            text_sha256=digest,
            deadline=until,
            silence_confirmed=False,
            prepared_by=matter.prepared_by,
            submitted_at=work.now,
        ),
        lambda new: before.line("second_round", detail, of=reference("consultation", new)),
    )
    return await consultations.there(work.tx, entered)


async def _let_rest(work: UnitOfWork, before: Access, opened: Dossier) -> None:
    """The first round's item leaves the agenda, and what is owed for it rests until the second has ended."""
    named, detail = before.matter.named, {"second": opened.reference}
    item = await meetings.to_discuss_again(work.tx, named)
    if item is not None:
        line = before.line("asked_again", detail)
        await work.write(meetings.stop_waiting(item.id, work.now), line)
    else:
        await work.record(before.matter.committee, before.person, "asked_again", named, detail)
    for debt in await what_is_owed(work, before.matter.committee, named):
        await owed.rest(work, debt, before.person)


async def what_is_owed(work: UnitOfWork, committee: int, named: str) -> list[Debt]:
    """What is owed for a divided matter and not over."""
    found = [await owed.open_for(work, committee, named, kind) for kind in LEAVES_OWED.values()]
    return [debt for debt in found if debt is not None]


# --- how it ends -----------------------------------------------------------------------------


async def ended(work: UnitOfWork, dossier: Dossier, result: Result, by: Person | None) -> None:
    """What was owed for the first round is settled by the second; taken back, it is owed again."""
    if dossier.first is None:
        return
    named = dossier.first.of
    withdrawn = result.outcome is Outcome.WITHDRAWN
    for debt in await what_is_owed(work, dossier.committee, named):
        if withdrawn:
            await owed.resume(work, debt, by)
        else:
            await owed.settle(work, debt, by, owed.Settlement(work.now, by.id if by else None))
    item = await meetings.taken_off(work.tx, named) if withdrawn else None
    if item is not None:
        line = Line(dossier.committee, by, "waits_again", named, {"second": dossier.reference})
        await work.write(meetings.wait_again(item.id), line)
    await meetings.discussion_moved.happened(work, named)


@meetings.discussion_moved.follow
async def _moved(work: UnitOfWork, named: str) -> None:
    """The cards of the divided consultation show whether it may be asked again."""
    if not named.startswith("vote:"):
        await announcements.outcome_changed(work, number_of(named), content_of(named))
