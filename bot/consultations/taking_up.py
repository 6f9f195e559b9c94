"""A request taken up again by the clerk: one that was declined as a new form, one sent back where it stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.launch_form import FORM, clerk_of
from bot.consultations.launch_view import OWN_DAYS
from bot.consultations.launching import LAUNCH
from bot.consultations.rules.consultation import Dossier
from bot.consultations.rules.rights import asks_election
from bot.kit.act import press
from bot.kit.prepared import REMARK, reopens
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.values.files import FileRef
from bot.values.refusal import refuse


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


async def _again(_work: UnitOfWork, before: Access) -> tuple[Mapping[str, Any], Sequence[FileRef]]:
    """A request sent back: every answer kept, with the remark on top."""
    back = before.dossier
    remark = back.sent_back.reason if back.sent_back else ""
    return {**_answers(back), **_rest(back), REMARK: remark}, back.files


reopens(LAUNCH, "reopen", FORM, _again)


def _answers(request: Dossier) -> dict[str, Any]:
    return {
        "body": request.body.id,
        "ground": request.ground.value,
        "matter": request.matter.value,
        "silence_confirmed": request.silence_confirmed,
        "subject": request.subject,
        "contents": [{"subject": each.subject, "matter": each.matter} for each in request.contents],
    }


def _rest(request: Dossier) -> dict[str, Any]:
    """The answers that a new request would be asked for anew."""
    submission, deadline = request.submission_date, request.deadline
    matters = (request.matter, *(each.matter for each in request.contents))
    election = (
        {"no_election": True} if any(asks_election(request.body, each) for each in matters) else {}
    )
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
