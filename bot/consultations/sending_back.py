"""A request that the head sends back with a remark, and its coming again: the same request, under the same id.

The clerk's answers are all kept. What is otherwise when it comes again is kept as corrections, so that the
head reads what has become of the remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultations import access, announcements, asking
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.papers import store as papers
from bot.consultations.papers.store import Change
from bot.consultations.rules.consultation import Act, ActKind, Dossier
from bot.consultations.rules.correcting import may_reopen
from bot.kit import access as kit_access
from bot.kit.act import act
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body
from bot.values.corrections import (
    Changed,
    differing,
    files_differing,
    kept_day,
    kept_moment,
    kept_yes,
)
from bot.values.files import FileRef
from bot.values.refusal import refuse, require


@act(
    "send_back",
    find=access.approving,
    needs=(asking.reason("send_back"),),
)
async def send_back(work: UnitOfWork, before: Access, _at: datetime, remark: str) -> Screen:
    """The head sends it back with a remark: nothing goes out, the clerk's draft opens again."""
    sent = before.act(ActKind.SEND_BACK, work.now, reason=remark)
    line = before.line("send_back", {"reason": remark})
    await work.write(consultations.add_act(before.dossier.id, sent), line)
    dossier = await consultations.there(work.tx, before.dossier.id)
    await announcements.sent_back(work, dossier, before.by, remark)
    return asking.done(work.say, dossier, "send_back")


@dataclass(frozen=True, slots=True)
class Again:
    """A request as it comes before the head again: of which form, what its columns hold, its files."""

    draft: int
    columns: Mapping[str, Any]
    files: Sequence[FileRef]
    body: Body


async def submit_again(
    work: UnitOfWork, clerk: Person, of: int, again: Again, told: Mapping[str, object]
) -> Dossier:
    """Put the answers of now in the place of those sent back; refused once it does not wait for that any more."""
    before = await consultations.get(work.tx, of)
    if before is None:
        refuse("gone")
    require(may_reopen(before, clerk=clerk.is_clerk))
    heads = (await kit_access.staff(work, before.committee)).heads(again.body)
    if not heads:
        refuse("no_head", again.body.head_article)
    made = [
        Change(what, was, now_is, work.now, clerk.id)
        for what, was, now_is in _differences(before, again)
    ]
    changed = [{"what": each.what, **({} if each.what == "text" else _both(each))} for each in made]
    await work.write(
        consultations.add_act(of, Act(ActKind.SUBMIT_AGAIN, work.now, by=clerk.id)),
        Line(
            before.committee, clerk, "submit_again", before.reference, {**told, "changed": changed}
        ),
        papers.correct(of, made, again.columns),
        papers.replace_files(of, again.draft),
    )
    dossier = await consultations.there(work.tx, of)
    await announcements.submitted_again(work, dossier, heads)
    return dossier


def _both(change: Change) -> dict[str, str]:
    return {"before": change.before, "after": change.after}


def _differences(before: Dossier, again: Again) -> Iterator[Changed]:
    """What is otherwise, by the questions of the launch, as it is kept; a text whole, a file by its name."""
    now_is = again.columns
    was, will = before.silence_confirmed, now_is["silence_confirmed"]
    submission, deadline = now_is["submission_date"], now_is["deadline"]
    compared = (
        ("body", before.body.name, again.body.name),
        ("ground", before.ground.value, now_is["ground"]),
        ("matter", before.matter.value, now_is["matter"]),
        ("silence_confirmed", kept_yes(was), kept_yes(will)),
        ("subject", before.subject, now_is["subject"]),
        ("text", before.text, now_is["text"]),
        ("submission_date", kept_day(before.submission_date), kept_day(submission)),
        ("special_reason", before.special_reason, now_is["special_reason"] or ""),
        ("deadline", kept_moment(before.deadline), kept_moment(deadline)),
    )
    yield from differing(compared)
    yield from files_differing(before.files, again.files)
