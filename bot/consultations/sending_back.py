"""A request that the head sends back with a remark, and its coming again: the same request, under the same id.

The clerk's answers are all kept. What is otherwise when it comes again is kept as corrections, so that the
head reads what has become of the remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.consultations.launching import LAUNCH
from bot.consultations.papers import store as papers
from bot.consultations.rules.consultation import Content
from bot.consultations.rules.dossier import Dossier
from bot.kit.approval import Step, Taken, take
from bot.kit.unit import UnitOfWork
from bot.regulations.rules.regulation import Body, Matter
from bot.values.corrections import (
    Changed,
    as_told,
    differing,
    files_differing,
    kept_day,
    kept_moment,
    kept_yes,
)
from bot.values.files import FileRef
from bot.values.refusal import require


@dataclass(frozen=True, slots=True)
class Again:
    """A request as it comes before the head again: of which form, what its columns hold, its files."""

    draft: int
    columns: Mapping[str, Any]
    files: Sequence[FileRef]
    body: Body


async def submit_again(
    work: UnitOfWork, account: int, of: int, again: Again, told: Mapping[str, object]
) -> Dossier:
    """Put the answers of now in the place of those sent back; refused once it does not wait for that any more."""
    before = await LAUNCH.find_author(work, account, of)
    require(LAUNCH.refusal(Step.SUBMITTED_AGAIN, before))
    changes = tuple(_differences(before.dossier, again))
    taken = Taken(
        Step.SUBMITTED_AGAIN,
        changes=changes,
        values=again.columns,
        facts=(papers.replace_files(of, again.draft),),
        detail={**told, "changed": [_told(each) for each in changes]},
    )
    return (await take(LAUNCH, work, before, taken)).dossier


def _contents(columns: Sequence[Mapping[str, str]] | None) -> tuple[Content, ...]:
    return tuple(Content(each["subject"], Matter(each["matter"])) for each in columns or ())


def _listed(contents: Sequence[Content]) -> str:
    """The contents of a slip as one line keeps them."""
    return "; ".join(f"{place}. {each.subject}" for place, each in enumerate(contents, 1))


def _matters(contents: Sequence[Content]) -> str:
    """The matter of each content, in their order."""
    return " ".join(each.matter for each in contents)


def _told(change: Changed) -> dict[str, str]:
    """What the line tells of it; of the whole text only that it is another."""
    told = as_told(change)
    return {"what": "text"} if told["what"] == "text" else told


def _differences(before: Dossier, again: Again) -> Iterator[Changed]:
    """What is otherwise, by the questions of the launch, as it is kept; a text whole, a file by its name."""
    now_is = again.columns
    was, will = before.silence_confirmed, now_is["silence_confirmed"]
    submission, deadline = now_is["submission_date"], now_is["deadline"]
    several = _contents(now_is["contents"])
    compared = (
        ("body", before.body.name, again.body.name),
        ("ground", before.ground.value, now_is["ground"]),
        ("matter", before.matter.value, now_is["matter"]),
        ("silence_confirmed", kept_yes(was), kept_yes(will)),
        ("subject", before.subject, now_is["subject"]),
        ("contents", _listed(before.contents), _listed(several)),
        ("content_matters", _matters(before.contents), _matters(several)),
        ("text", before.text, now_is["text"]),
        ("submission_date", kept_day(before.submission_date), kept_day(submission)),
        ("special_reason", before.special_reason, now_is["special_reason"] or ""),
        ("deadline", kept_moment(before.deadline), kept_moment(deadline)),
    )
    yield from differing(compared)
    yield from files_differing(before.files, again.files)
