"""What a clerk takes up again: a declined request, or what a new term holds, as a new form; one sent back as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.consultations import access, closing
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.launch_form import FORM, clerk_of
from bot.consultations.launch_view import OWN_DAYS
from bot.consultations.launching import LAUNCH, opened_anew
from bot.consultations.rules.consultation import ActKind
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import asks_election, may_prepare_anew, may_withdraw
from bot.kit import access as kit_access
from bot.kit.act import press
from bot.kit.prepared import REMARK, reopened, reopens
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.acting import standing_of
from bot.values.files import FileRef
from bot.values.refusal import refuse, require


@press("again")
async def again(context: Context, tap: Tap) -> Screen:
    """A declined request as a new form; deadline, files and the tick are asked for again.

    What it took up of an ended term it takes up again, unless another does so by now.
    """
    async with context.work() as work:
        declined = await consultations.get(work.tx, tap.number(0))
        if declined is None or not declined.declined:
            refuse("gone")
        clerk = await clerk_of(work, tap.account, declined.committee)
        fields = _answers(declined)
        fields |= {"text": declined.text} if declined.text else {}
        if declined.anew_of is not None:
            held = await consultations.there(work.tx, declined.anew_of.id)
            if may_prepare_anew(held, clerk=clerk.is_clerk) is None:
                fields["anew_of"] = held.id
        return await FORM.begin(work, clerk, fields, again=True)


async def _again(_work: UnitOfWork, before: Access) -> tuple[Mapping[str, Any], Sequence[FileRef]]:
    """A request sent back: every answer kept, with the remark on top."""
    back = before.dossier
    remark = back.sent_back.reason if back.sent_back else ""
    return {**_answers(back), **_rest(back), REMARK: remark}, back.files


reopens(LAUNCH, "reopen", FORM, _again)


@press("prepare_anew")
async def prepare_anew(context: Context, tap: Tap) -> Screen:
    """What a new term holds, as a new form for the roll of now; only days and the tick are asked for again."""
    async with context.work() as work:
        before = await access.office(work, tap.account, tap.number(0))
        held = before.dossier
        require(may_prepare_anew(held, clerk=before.rights.clerk))
        await work.require_open(held.committee)
        answers = {**_answers(held), **_election(held), "text": held.text}
        turn = {"anew_of": held.id}
        return await reopened(work, FORM, before.person, turn, answers, held.files)


@opened_anew.follow
async def _end_held(work: UnitOfWork, after: Access) -> None:
    """What the new term held is taken back by whoever has it opened anew; refused to who may not."""
    if after.dossier.anew_of is None:
        return
    held = await consultations.there(work.tx, after.dossier.anew_of.id)
    if held.running.end is not None:
        return
    acting = (await access.staff_of(work, held)).acting(after.person, held.body)
    before = Access(after.person, standing_of(after.person, acting), held, acting=acting)
    require(may_withdraw(held.running, before.rights, work.now))
    ended = before.act(ActKind.WITHDRAW, held.running.not_before(work.now))
    detail = {**kit_access.acted_for(acting), "anew": after.reference}
    await closing.end(work, held, ended, detail)


def _contents(request: Dossier) -> list[Dossier]:
    """What it asks about, without contents that an objection had ended; where one is left, that one alone."""
    running = request.consultation
    ended = running.ended_contents if running else {}
    return [each for each in request.each if each.place not in ended]


def _answers(request: Dossier) -> dict[str, Any]:
    contents = _contents(request)
    first = contents[0]
    alone = len(contents) == 1
    several = () if alone else contents
    return {
        "body": request.body.id,
        "ground": request.ground.value,
        "matter": first.matter.value,
        "silence_confirmed": request.silence_confirmed,
        "subject": first.subject if alone else request.subject,
        "contents": [{"subject": each.subject, "matter": each.matter} for each in several],
    }


def _election(request: Dossier) -> dict[str, Any]:
    asked = any(asks_election(request.body, each.matter) for each in _contents(request))
    return {"no_election": True} if asked else {}


def _rest(request: Dossier) -> dict[str, Any]:
    """The answers that a new request would be asked for anew."""
    submission, deadline = request.submission_date, request.deadline
    early = not request.special_reason
    dated = {"submission_date": submission.isoformat(), "early_enough": early} if submission else {}
    return {
        **_election(request),
        **dated,
        **({} if early else {"special_reason": request.special_reason}),
        "text": request.text,
        "deadline": deadline.isoformat() if deadline else OWN_DAYS,
        "secret_free": True,
    }
