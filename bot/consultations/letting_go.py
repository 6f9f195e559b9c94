"""A divided matter that is not discussed again: decided once by its head, where a new term put others into the body.

No text says who goes on with a first round of another roll. To ask or discuss it again is the affair of others.
"""

from __future__ import annotations

from datetime import datetime

from bot.consultations import divided
from bot.consultations.access import staff_before
from bot.consultations.rules.second_round import may_let_go
from bot.consultations.second_round import Access, standing_before, what_is_owed
from bot.db import people
from bot.db.notice import Button, Card
from bot.kit import access
from bot.kit.act import act
from bot.kit.ask import Words
from bot.kit.card import to_home
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.owed import face as owed
from bot.owed.rules.debt import Debt, DebtKind
from bot.people.rules.people import members_of
from bot.values.action import action
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse
from bot.values.words import refuse_secret

BECAUSE = "another_roll"
"""Why nobody owes a second discussion any more, as the register tells it."""


@owed.may_be_let_go.told_by
async def _may_be(work: UnitOfWork, debt: Debt) -> bool:
    if debt.kind is not DebtKind.SECOND_ROUND or not debt.is_open:
        return False
    matter = await divided.find(work, debt.of)
    return matter is not None and may_let_go(matter) is None


async def find(work: UnitOfWork, account: int, debt_id: int) -> Access:
    """The head of now before a second discussion that is owed; clerks learn whose act it is, others nothing (I10)."""
    debt = await owed.get(work.tx, debt_id)
    person = await access.in_committee(work, account, debt.committee) if debt else None
    if debt is None or person is None:
        raise Refused(NO_RIGHT)
    matter = await divided.find(work, debt.of)
    if matter is None or debt.kind is not DebtKind.SECOND_ROUND:
        refuse("gone")
    staff = await staff_before(work, matter.committee, matter.body, matter.roll)
    if not staff.standing(person, matter.body).office:
        raise Refused(NO_RIGHT)
    return await standing_before(work, person, matter)


def _may(before: Access, _at: datetime) -> Refusal | None:
    return before.rights.refuse_rest() or may_let_go(before.matter)


def _refuse_reason(_before: Access, reason: str, _at: datetime) -> Refusal | None:
    """It goes out to the body."""
    return refuse_secret(reason)


async def _ask_reason(
    work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
) -> Screen:
    text = work.say.text("ask_let_go", matter=before.matter)
    back = Button(work.say.label("button.back"), action("debt", int(args[0])))
    return Screen(Card(text, ((back,),)))


@act("let_go", find=find, may=_may, needs=(Words(_ask_reason, REASON_LIMIT, _refuse_reason),))
async def let_go(work: UnitOfWork, before: Access, _at: datetime, reason: str) -> Screen:
    """The head decides, with a reason, that it is not discussed again: it waits for no meeting and nobody owes it."""
    named, rule = before.reference, before.matter.body.written.second_round
    line = before.line("let_go", {"reason": reason, "article": rule.article if rule else ""})
    item = await meetings.to_discuss_again(work.tx, named)
    if item is not None:
        await work.write(meetings.stop_waiting(item.id, work.now), line)
    else:
        await work.record(line.committee, line.actor, line.act, line.subject, line.detail)
    (debt,) = await what_is_owed(work, before.matter.committee, named)
    await owed.drop(work, debt, before.person, BECAUSE)
    await _tell(work, before, debt, reason)
    await meetings.discussion_moved.happened(work, named)
    about = reference("debt", debt.id)
    return Screen(live=owed.shown(debt.id), toast=work.say.label("toast.let_go"), about=about)


async def _tell(work: UnitOfWork, before: Access, debt: Debt, reason: str) -> None:
    """To whoever sits in the body now or sat on the roll of the first round, and to the office."""
    matter = before.matter
    everybody = await people.of_committee(work.tx, matter.committee)
    staff = await staff_before(work, matter.committee, matter.body, matter.roll)
    office = staff.office(matter.body)
    of_first = {seat.person for seat in matter.roll}
    sat = [each for each in everybody if each.id in of_first]
    told = {each.id: each for each in (*members_of(everybody, matter.body.id), *sat, *office)}
    card = Card(
        work.say.text("let_go", matter=matter, by=before.by, reason=reason, at=work.now),
        (to_home(work.say),),
    )
    about = reference("debt", debt.id)
    await notify(work, list(told.values()), card, f"let_go:{debt.id}", about=about)
