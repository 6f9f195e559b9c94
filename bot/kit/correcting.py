"""What waits for approval until it is approved: sent back with a remark, opened again, corrected, approved as seen.

Every subject that a head approves has these in one way. Its facts, and what may be corrected, are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from bot.db import drafts
from bot.db.notice import Button
from bot.kit.access import By
from bot.kit.ask import Given, Handed
from bot.kit.form import Form, View
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.corrections import Correction
from bot.values.files import FileRef
from bot.values.refusal import Refusal

V = TypeVar("V", bound=View)
REMARK = "remark"
"""Where a reopened draft keeps what the head remarked."""
ANOTHER = "new"
"""Stands on a button for no file yet there: the one sent comes beside the others."""
DIGITS = 16
"""Digits of a digest that tell the files of one request apart."""


# --- approved as seen ------------------------------------------------------------------------


SEEN: Given[Any] = Given(default="0")
"""What an approval needs: the revision that its reader saw; a button from before any correction names none."""


def approval(name: str, of: int, revision: int) -> Action:
    """The press that approves what stands on its card, and nothing that came after it."""
    return action(name, of, *((revision,) if revision else ()))


def shown_as_now(work: UnitOfWork, live: str, *, about: str = "") -> Screen:
    """In place of an approval of what was corrected since: the card as it is now, which asks again."""
    return Screen(live=live, toast=work.say.label("toast.corrected_since"), about=about)


# --- sent back, opened again -----------------------------------------------------------------


async def reopened(
    work: UnitOfWork,
    form: Form[V],
    person: Person,
    turn: Mapping[str, int],
    answers: Mapping[str, Any],
    files: Sequence[FileRef] = (),
) -> Screen:
    """A form with every answer kept, the remark among them; any may be taken up alone.

    `turn` names what was sent back ("of") and which time ("turn"): pressed once more, the same draft goes
    on. Another form left unfinished is not lost by it.
    """
    draft = await drafts.about(work.tx, person.id, form.kind, dict(turn))
    if draft is None:
        fields = {**answers, **turn}
        draft = await drafts.add(work.tx, person.committee, person.id, form.kind, fields, work.now)
        for file in files:
            await drafts.attach(work.tx, draft.id, file, person.id)
    return await form.shown(work, await form.own(work, person.account or 0, draft.id))


# --- as it is shown --------------------------------------------------------------------------


def as_read(correction: Correction) -> dict[str, object]:
    """A correction as templates read it: moments and days in the place of how they are kept."""
    read = _READS.get(correction.what, str)
    before, after = correction.before, correction.after
    return {
        "what": correction.what,
        "before": read(before) if before else None,
        "after": read(after) if after else None,
        "at": correction.at,
        "by": By(correction.by, correction.acting_for),
    }


_READS: Mapping[str, Callable[[str], object]] = {
    "deadline": datetime.fromisoformat,
    "starts": datetime.fromisoformat,
    "submission_date": date.fromisoformat,
}


def file_rows(
    say: Rendering, name: str, args: tuple[str, ...], files: Sequence[FileRef]
) -> list[tuple[Button, ...]]:
    """Which file is to be replaced, or that one more comes."""
    rows = [
        (
            Button(
                say.label("button.replace_file", name=file.name),
                action(name, *args, file.sha256[:DIGITS]),
            ),
        )
        for file in files
    ]
    return [*rows, (Button(say.label("button.another_file"), action(name, *args, ANOTHER)),)]


def chosen(files: Sequence[FileRef], which: str) -> FileRef | None:
    """The file that a button named; None for another one, and for what no button named."""
    named = (file for file in files if file.sha256.startswith(which))
    return next(named, None) if len(which) == DIGITS else None


def refuse_file_again(files: Sequence[FileRef], handed: Handed) -> Refusal | None:
    """Nothing was sent, or what is there already."""
    if handed.file is None:
        return Refusal("file_needed")
    if any(each.sha256 == handed.file.sha256 for each in files):
        return Refusal("nothing_changed")
    return None
