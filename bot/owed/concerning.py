"""Whether a decision concerns somebody else's tasks: the office is asked, and only then a notice is owed (QN 13.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.calendar import face as calendar
from bot.db import live_cards, people
from bot.db.notice import Card
from bot.kit.act import act
from bot.kit.ask import Given
from bot.kit.live import live_card
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError
from bot.kit.unit import Line, UnitOfWork
from bot.kit.waiting import Waiting, waits
from bot.owed import access, cards, owing, store
from bot.owed.access import Access
from bot.owed.rules.debt import Debt, DebtKind, day_for
from bot.owed.rules.rights import may_say_concern
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body
from bot.values.action import action
from bot.values.refusal import Refusal

CONCERNS = {"yes": True, "no": False}


def shown(debt_id: int) -> str:
    """The live name of the question."""
    return f"concern:{debt_id}"


async def ask(
    work: UnitOfWork, committee: int, body: Body, of: str, subject: str, by: Person | None
) -> None:
    """A body has decided something: where its rule book passes decisions on, the office is asked whether this is one.

    Until that is answered the notice rests: nobody owes it.
    """
    rule = body.meetings.pass_on if body.meetings else None
    if rule is None:
        return
    days = await calendar.working_calendar(work.tx, committee)
    debt = Debt(
        DebtKind.NOTICE,
        of,
        subject,
        rule.article,
        since=work.now,
        days=body.upward_report_days,
        committee=committee,
        due_on=day_for(work.now, body.upward_report_days, days),
        body=body.id,
        rule=rule.id,
        to_whom=rule.to,
        rests_since=work.now,
    )
    detail = {"of": of, "subject": subject, "to": rule.to, "article": rule.article}
    entered = await work.write(
        store.enter(debt),
        lambda id_: Line(committee, by, "ask_concern", reference("debt", id_), detail),
    )
    everybody = await people.of_committee(work.tx, committee)
    clerks = [person for person in everybody if person.is_clerk]
    about = reference("debt", entered)
    await notify(work, clerks, shown(entered), f"concern:{entered}", about=about)


def _may_say(found: Access, _at: datetime) -> Refusal | None:
    return may_say_concern(found.debt, found.rights)


def _known(_found: Access, said: str, _at: datetime) -> Refusal | None:
    if said not in CONCERNS:
        raise MalformedPressError
    return None


@act("concerns", find=access.find, may=_may_say, needs=(Given(_known),))
async def say(work: UnitOfWork, found: Access, _at: datetime, said: str) -> Screen:
    """The office says that the decision concerns their tasks: the notice is owed from now on; or that it does not."""
    debt, by = found.debt, found.person
    if CONCERNS[said]:
        await owing.owe_after_all(work, debt, by)
    else:
        await owing.drop(work, debt, by, "concerns_nobody")
    await live_cards.refresh(work.tx, shown(debt.id), work.now, about=reference("debt", debt.id))
    toast = work.say.label(f"toast.concern_{said}")
    return Screen(live=shown(debt.id), toast=toast, about=reference("debt", debt.id))


@live_card("concern")
async def _card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    return cards.concern(work.say, await access.find(work, chat_id, ids[0]))


@waits(7)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """What the office has not said yet."""
    if not person.is_clerk:
        return []
    return [
        Waiting("concern", debt.subject, debt.since, committee, action("debt", debt.id))
        for debt in await store.undecided(work.tx, person.committee)
    ]
