"""A request taken up again by the clerk: one that was declined as a new form, one sent back where it stood."""

from __future__ import annotations

from typing import Any

from bot.consultations import store as consultations
from bot.consultations.launch_form import FORM, clerk_of
from bot.consultations.launch_view import OWN_DAYS
from bot.consultations.rules.consultation import Dossier
from bot.consultations.rules.correcting import may_reopen
from bot.consultations.rules.rights import asks_election
from bot.kit.act import press
from bot.kit.correcting import REMARK, reopened
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.values.refusal import refuse, require


@press("again")
async def again(context: Context, tap: Tap) -> Screen:
    """A declined request as a new form; deadline, files and the tick are asked for again."""
    async with context.work() as work:
        declined = await consultations.get(work.tx, tap.number(0))
        if declined is None or not declined.declined:
            refuse("gone")
        clerk = await clerk_of(work, tap.account, declined.committee)
        fields = _answers(declined)
        fields |= {"text": declined.text} if declined.text else {}
        return await FORM.begin(work, clerk, fields, again=True)


@press("reopen")
async def reopen(context: Context, tap: Tap) -> Screen:
    """A request sent back as its form, complete, with the remark on top; any answer may be taken up alone.

    Another form left unfinished is not lost by it.
    """
    async with context.work() as work:
        back = await consultations.get(work.tx, tap.number(0))
        if back is None:
            refuse("gone")
        clerk = await clerk_of(work, tap.account, back.committee)
        require(may_reopen(back, clerk=clerk.is_clerk))
        remark = back.sent_back.reason if back.sent_back else ""
        turn = {"of": back.id, "turn": back.revision}
        answers = {**_answers(back), **_rest(back), REMARK: remark}
        return await reopened(work, FORM, clerk, turn, answers, back.files)


def _answers(request: Dossier) -> dict[str, Any]:
    return {
        "body": request.body.id,
        "ground": request.ground.value,
        "matter": request.matter.value,
        "silence_confirmed": request.silence_confirmed,
        "subject": request.subject,
    }


def _rest(request: Dossier) -> dict[str, Any]:
    """The answers that a new request would be asked for anew."""
    submission, deadline = request.submission_date, request.deadline
    election = {"no_election": True} if asks_election(request.body, request.matter) else {}
    early = not request.special_reason
    dated = {"submission_date": submission.isoformat(), "early_enough": early} if submission else {}
    return {
        **election,
        **dated,
        **({} if early else {"special_reason": request.special_reason}),
        "text": request.text,
        "deadline": deadline.isoformat() if deadline else OWN_DAYS,
        "secret_free": True,
    }
