"""Urgent decisions of a body that may settle matters for another: recorded, and told at its next meeting."""

from __future__ import annotations

from bot.db import drafts, people, rulebooks
from bot.db.notice import Button, Card
from bot.kit import access
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import home_row
from bot.meetings import agenda
from bot.meetings.agenda import WaitingItem
from bot.people.rules.people import Person, head_of, sits
from bot.regulations.rules.meetings import UrgentDecision
from bot.regulations.rules.regulation import Body, Matter, Next, Regulation
from bot.rendering import initial
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal, faulty
from bot.values.texts import TextFault, clean, shortened

LIMIT = 2_000
"""Characters of a decision as it is recorded."""
SUBJECT_LIMIT = 200
"""Characters of it that stand on an agenda."""


def rule_of(regulation: Regulation) -> tuple[Body, UrgentDecision] | None:
    """The body that may decide urgently, and its rule, where the regulation has one (BK 3.3)."""
    for body in regulation.bodies:
        if body.meetings is not None and body.meetings.urgent is not None:
            return body, body.meetings.urgent
    return None


async def _entitled(
    work: UnitOfWork, account: int, committee: int
) -> tuple[Person, Body, UrgentDecision, Regulation] | Refusal:
    """Clerk or head of the deciding body; nobody else learns anything."""
    person = await access.in_committee(work, account, committee)
    if person is None:
        return NO_RIGHT
    rulebook = (await people.committee(work.tx, committee)).rulebook
    regulation = await rulebooks.regulation(work.tx, rulebook)
    found = rule_of(regulation)
    if found is None:
        return Refusal("no_urgent_rule")
    body, rule = found
    if not await _has_right(work, person, body):
        return NO_RIGHT
    return person, body, rule, regulation


@home_row(46, "urgent")
async def _on_home(work: UnitOfWork, person: Person) -> bool:
    return (person.is_clerk or sits(person)) and await may_record(work, person)


async def may_record(work: UnitOfWork, person: Person) -> bool:
    """Whether the regulation has such decisions and this person records them: its button is then shown."""
    rulebook = (await people.committee(work.tx, person.committee)).rulebook
    found = rule_of(await rulebooks.regulation(work.tx, rulebook))
    return found is not None and await _has_right(work, person, found[0])


async def _has_right(work: UnitOfWork, person: Person, body: Body) -> bool:
    head = head_of(await people.of_committee(work.tx, person.committee), body)
    return person.is_clerk or (head is not None and head.id == person.id)


async def ask_body(context: Context, account: int, committee: int) -> Screen | Refusal:
    """For which body it was decided."""
    async with context.look() as work:
        found = await _entitled(work, account, committee)
    if isinstance(found, Refusal):
        return found
    _, body, rule, regulation = found
    rows = [
        (Button(regulation.body(each).name, action("urgent_for", committee, each)),)
        for each in rule.instead_of
    ]
    return _card(context, "body", body, rule, rows)


async def ask_matter(context: Context, account: int, committee: int, of: str) -> Screen | Refusal:
    """What kind of matter it was; the excluded kinds are refused when chosen."""
    async with context.look() as work:
        found = await _entitled(work, account, committee)
    if isinstance(found, Refusal):
        return found
    _, body, rule, _ = found
    if of not in rule.instead_of:
        return Refusal("stale_question")
    rows = [
        (
            Button(
                initial(context.say.label(f"matter.{matter.value}")),
                action("urgent_on", committee, of, matter.value),
            ),
        )
        for matter in Matter
        if matter is not Matter.APPRAISAL
    ]
    return _card(context, "matter", body, rule, rows)


async def ask_words(
    context: Context, account: int, committee: int, of: str, matter: Matter
) -> Screen | Refusal:
    """The decision in words; nothing is recorded until they come."""
    async with context.work() as work:
        found = await _entitled(work, account, committee)
        if isinstance(found, Refusal):
            return found
        _, body, rule, _ = found
        refusal = _refuse(rule, of, matter)
        if refusal:
            return refusal
        ref = {"committee": committee, "of": of, "matter": matter.value}
        await drafts.await_words(work.tx, account, "urgent", ref, work.now)
    return _card(context, "words", body, rule, [])


def _refuse(rule: UrgentDecision, of: str, matter: Matter) -> Refusal | None:
    if of not in rule.instead_of:
        return Refusal("stale_question")
    if matter in rule.excluded:
        return Refusal("urgent_excluded", rule.article, values={"matter": matter.value})
    return None


async def record(
    context: Context, account: int, committee: int, of: str, matter: Matter, words: str
) -> Screen | Refusal:
    """Record the decision; it waits on the agenda of the body it was decided for."""
    decision = clean(words, LIMIT)
    if isinstance(decision, TextFault):
        return faulty(decision)
    async with context.work() as work:
        found = await _entitled(work, account, committee)
        if isinstance(found, Refusal):
            return found
        person, body, rule, regulation = found
        refusal = _refuse(rule, of, matter)
        if refusal:
            return refusal
        await agenda.wait_for(work.tx, committee, _item(of, matter, decision), work.now)
        detail = {"body": body.id, "of": of, "matter": matter.value, "decision": decision}
        await work.record(committee, person, "urgent_decision", f"body:{body.id}", detail)
        await drafts.answered(work.tx, account)
    text = context.say.text(
        "urgent_recorded", body=body, of=regulation.body(of), rule=rule, decision=decision
    )
    return Screen(Card(text, (_home(context),)))


def _item(of: str, matter: Matter, decision: str) -> WaitingItem:
    """On the agenda under its first words; where those are not all, the whole stands beside them."""
    subject = shortened(decision, SUBJECT_LIMIT)
    words = "" if subject == decision else decision
    return WaitingItem(of, subject, Next.REPORT_BACK.value, matter, words)


def _card(
    context: Context,
    question: str,
    body: Body,
    rule: UrgentDecision,
    rows: list[tuple[Button]],
) -> Screen:
    text = context.say.text("urgent", question=question, body=body, rule=rule)
    return Screen(Card(text, (*rows, _home(context))))


def _home(context: Context) -> tuple[Button]:
    return (Button(context.say.label("button.home"), action("home")),)
