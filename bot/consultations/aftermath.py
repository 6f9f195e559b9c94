"""What a closed consultation leaves owed: an upward report of all opinions, and perhaps a notice of the decision."""

from __future__ import annotations

from bot.consultations import access, result_cards
from bot.consultations.divided import LEAVES_OWED, again_in
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Result
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.owed import face as owed
from bot.owed.rules.debt import Debt, DebtKind
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Outcome
from bot.values.action import Action, action
from bot.values.refusal import refuse


async def owe(work: UnitOfWork, dossier: Dossier, result: Result, by: Person | None) -> None:
    """What the ruling leaves owed by the head: a report upward (QN 7.2, HD 2.2), or a second discussion (HU 15.2).

    Of what was decided the office is asked whom it concerns (QN 13.3), and another body hears of it (BK 2.10).
    """
    if result.outcome is Outcome.ADOPTED:
        of, subject = dossier.named, dossier.subject
        await owed.ask_whom_it_concerns(work, dossier.committee, dossier.body, of, subject, by)
    if result.outcome in meetings.SETTLED_BETWEEN:
        settled = [(dossier.subject, result.outcome.value)]
        await meetings.gather_settled(work, dossier.committee, dossier.body.id, settled)
    kind = LEAVES_OWED.get(result.next)
    if kind is None:
        return
    body = dossier.body
    again = kind is DebtKind.SECOND_ROUND
    debt = Debt(
        kind,
        dossier.named,
        dossier.subject,
        result.ruling_article,
        since=work.now,
        days=body.days_to_discuss_again if again else body.upward_report_days,
        committee=dossier.committee,
        body=dossier.body.id,
    )
    await owed.owe(work, debt, by)


@owed.leads("consultation")
def _way(consultation: int) -> Action:
    return action("opinions", consultation)


@press("opinions")
async def show(context: Context, tap: Tap) -> Screen:
    """The result with every opinion word for word, for the office, from which its report is written."""
    async with context.look() as work:
        before = await access.steering(work, tap.account, tap.number(0))
        dossier = before.dossier
        if all(each.closed_at is None for each in dossier.each):
            refuse("debt_not_closed", dossier.body.written.article)
        again = await again_in(work, dossier, before.rights)
        first, *more = result_cards.results(work.say, dossier, work.now, again=again)
    return Screen(first, extra=tuple(more), protects=dossier.id, as_new_message=True)
