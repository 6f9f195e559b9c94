"""Urgent decisions of a body that may settle matters for another: recorded, and told at its next meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db import people, rulebooks
from bot.db.notice import Button, Card, Row
from bot.kit import access
from bot.kit.act import act
from bot.kit.ask import Pick, Words
from bot.kit.card import to_home
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError
from bot.kit.unit import UnitOfWork
from bot.kit.waiting import home_row
from bot.meetings import face as meetings
from bot.people.rules.people import Person, sits
from bot.regulations.rules.meetings import UrgentDecision
from bot.regulations.rules.regulation import Body, Matter, Next, Regulation
from bot.rendering import Rendering, initial
from bot.values.action import action
from bot.values.limits import REASON_LIMIT, URGENT_SUBJECT_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse
from bot.values.texts import shortened


@dataclass(frozen=True, slots=True)
class Deciding(access.Access):
    """Clerk or head of the body that may decide urgently, with its rule."""

    body: Body
    rule: UrgentDecision
    regulation: Regulation

    @property
    def reference(self) -> str:
        """How the register names the body."""
        return reference("body", self.body.id)


def rule_of(regulation: Regulation) -> tuple[Body, UrgentDecision] | None:
    """The body that may decide urgently, and its rule, where the regulation has one (BK 3.3)."""
    for body in regulation.bodies:
        if body.meetings is not None and body.meetings.urgent is not None:
            return body, body.meetings.urgent
    return None


@home_row(46, "urgent")
async def _on_home(work: UnitOfWork, person: Person) -> bool:
    return (person.is_clerk or sits(person)) and await may_record(work, person)


async def may_record(work: UnitOfWork, person: Person) -> bool:
    """Whether the regulation has such decisions and this person records them: its button is then shown."""
    rulebook = (await people.committee(work.tx, person.committee)).rulebook
    found = rule_of(await rulebooks.regulation(work.tx, rulebook))
    return found is not None and await _has_right(work, person, found[0])


async def _has_right(work: UnitOfWork, person: Person, body: Body) -> bool:
    staff = await access.staff(work, person.committee)
    return staff.standing(person, body).office


async def _deciding(work: UnitOfWork, account: int, committee: int) -> Deciding:
    """Clerk or head of the deciding body; nobody else learns anything."""
    person = await access.in_committee(work, account, committee)
    if person is None:
        raise Refused(NO_RIGHT)
    rulebook = (await people.committee(work.tx, committee)).rulebook
    regulation = await rulebooks.regulation(work.tx, rulebook)
    found = rule_of(regulation)
    if found is None:
        refuse("no_urgent_rule")
    body, rule = found
    acting = await access.acting(work, person, body)
    if not (person.is_clerk or acting):
        raise Refused(NO_RIGHT)
    return Deciding(person, body, rule, regulation, acting=acting)


# --- what is asked ---------------------------------------------------------------------------


async def _bodies(work: UnitOfWork, before: Deciding, args: tuple[str, ...], _page: int) -> Screen:
    rows = [
        (Button(before.regulation.body(each).name, action("urgent", *args, each)),)
        for each in before.rule.instead_of
    ]
    return _card(work.say, "body", before, rows)


def _refuse_body(before: Deciding, of: str, _at: datetime) -> Refusal | None:
    return None if of in before.rule.instead_of else Refusal("stale_question")


async def _matters(work: UnitOfWork, before: Deciding, args: tuple[str, ...], _page: int) -> Screen:
    """The excluded kinds are refused when chosen."""
    rows = [
        (Button(initial(work.say.label(f"matter.{each}")), action("urgent", *args, each)),)
        for each in before.body.matters
        if each is not Matter.APPRAISAL
    ]
    return _card(work.say, "matter", before, rows)


def _refuse_matter(before: Deciding, matter: str, _at: datetime) -> Refusal | None:
    if before.body.matter(matter) is None:
        raise MalformedPressError
    if matter in before.rule.excluded:
        return Refusal("urgent_excluded", before.rule.article, values={"matter": matter})
    return None


async def _decision(
    work: UnitOfWork, before: Deciding, _args: tuple[str, ...], _page: int
) -> Screen:
    return _card(work.say, "words", before, [])


def _card(say: Rendering, question: str, before: Deciding, rows: Sequence[Row]) -> Screen:
    text = say.text("urgent", question=question, body=before.body, rule=before.rule)
    return Screen(Card(text, (*rows, to_home(say))))


# --- recording it ----------------------------------------------------------------------------


@act(
    "urgent",
    find=_deciding,
    needs=(
        Pick(_bodies, _refuse_body),
        Pick(_matters, _refuse_matter),
        Words(_decision, REASON_LIMIT),
    ),
)
async def record(
    work: UnitOfWork, before: Deciding, _at: datetime, of: str, matter: str, decision: str
) -> Screen:
    """Record the decision; it waits on the agenda of the body it was decided for."""
    body, committee = before.body, before.person.committee
    detail = {"body": body.id, "of": of, "matter": matter, "decision": decision}
    await work.write(
        meetings.wait_for(committee, _item(of, Matter(matter), decision), work.now),
        before.line("urgent_decision", detail),
    )
    text = work.say.text(
        "urgent_recorded",
        body=body,
        of=before.regulation.body(of),
        rule=before.rule,
        decision=decision,
    )
    return Screen(Card(text, (to_home(work.say),)))


def _item(of: str, matter: Matter, decision: str) -> meetings.WaitingItem:
    """On the agenda under its first words; where those are not all, the whole stands beside them."""
    subject = shortened(decision, URGENT_SUBJECT_LIMIT)
    words = "" if subject == decision else decision
    return meetings.WaitingItem(of, subject, Next.REPORT_BACK.value, matter, words)
