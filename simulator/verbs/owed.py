"""Verbs of what is owed as what people do on their phones: a paper that went out, an answer given."""

from __future__ import annotations

from bot.owed import overview
from bot.owed.rules.debt import DebtKind
from simulator.difference import NotPossibleError
from simulator.phone_client import PhoneClient
from simulator.story import Step, local
from simulator.verbs.roster import Roster, Verb


async def settle_upward(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Say number and date of the upward report of a matter or a vote."""
    await _settle(hands, await _debt(cast, step, DebtKind.UPWARD_REPORT), step)


async def let_go(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Decide that a divided matter or vote is not discussed again, and say why."""
    debt = await _debt(cast, step, DebtKind.SECOND_ROUND)
    if not debt:
        raise NotPossibleError("nothing_owed")
    await hands.press("let_go", debt)
    await hands.say(step.reason)


async def _debt(cast: Roster, step: Step, kind: DebtKind) -> int:
    """What is owed of that kind for what the step is about; 0 for nothing."""
    debt = 0
    async with cast.stage.context() as context:
        for of in _could_mean(cast, step):
            debt = debt or await overview.debt_of(context, cast.committee, kind, of)
    return debt


def _could_mean(cast: Roster, step: Step) -> list[str]:
    """What the step may be about: what it names, else the latest matter, then the latest vote; or a content of it."""
    named, content = [("consultation", cast.matters), ("vote", cast.votes)], step.content
    return [
        f"{subject}:{things.of(step.id, step.body)}" + (f".{content}" if content else "")
        for subject, things in named
        if step.id is None or step.id in things.ids
    ]


async def settle_notice(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Say number and date of the notice that is owed first by the row of the rule book."""
    async with cast.stage.context() as context:
        debt = await overview.first_by_rule(context, cast.committee, step.duty)
    await _settle(hands, debt, step)


def _says(concerns: str) -> Verb:
    async def say(cast: Roster, hands: PhoneClient, step: Step) -> None:
        """Say whether a decision concerns others: that of the subject named, else the oldest not said yet."""
        async with cast.stage.context() as context:
            waiting = await overview.undecided(context, cast.committee)
        named = [debt for debt, subject in waiting if step.subject in ("", subject)]
        if not named:
            raise NotPossibleError("none_to_concern")
        await hands.press("concerns", named[0], concerns)

    return say


async def _settle(hands: PhoneClient, debt: int, step: Step) -> None:
    if not debt:
        raise NotPossibleError("nothing_owed")
    await hands.press("settle_paper", debt)
    day = f"ngày {local(step.paper_on)}" if step.paper_on else ""
    await hands.say(" ".join(filter(None, (f"số {step.number}" if step.number else "", day))))


async def answer_question(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Answer a question in writing."""
    await hands.press("answer", cast.questions.of(step.question or step.id, step.body))
    await hands.say(step.words)


async def settle_task(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Say that a task is done, with words on it or without."""
    task = cast.tasks.of(step.task or step.id, step.body)
    await hands.press("task_done", task)
    if step.words:
        await hands.say(step.words)
    else:
        await hands.press("task_done", task, "")


async def put_off_task(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Give more time for a task, until a day that is typed."""
    await hands.press("task_put_off", cast.tasks.of(step.task or step.id, step.body))
    await hands.say(local(step.until or step.at))


VERBS: dict[str, Verb] = {
    "settle_upward": settle_upward,
    "let_go": let_go,
    "settle_notice": settle_notice,
    "answer_question": answer_question,
    "settle_task": settle_task,
    "put_off_task": put_off_task,
    "concerns_agency": _says("yes"),
    "concerns_nobody": _says("no"),
}
