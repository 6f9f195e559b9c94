"""Small corrections of what waits for approval, by its office and its head; a larger change goes by sending it back.

Who corrected, what was before and what is after stands in the register and on the card that asks for approval.
Which things may be corrected, and what a subject writes for it, is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Generic, TypeVar

from bot.db.fact import Fact
from bot.db.notice import Button, Card, Row
from bot.kit.access import Access, By
from bot.kit.act import act, press
from bot.kit.approval import Finds, Kind, Step, Taken, take_and_show
from bot.kit.ask import Handed, Need, Pick, file_alone
from bot.kit.files import refuse_file
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.values.action import Action, action
from bot.values.corrections import Changed, Correction, as_told
from bot.values.files import FileRef
from bot.values.refusal import Refusal, refuse, require

C = TypeVar("C", bound=Access)
ANOTHER = "new"
"""Stands on a button for no file yet there: the one sent comes beside the others."""
DIGITS = 16
"""Digits of a digest that tell the files of one request apart."""


def _never(_before: object, _at: datetime) -> Refusal | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections(Generic[C]):
    """What of one kind may be corrected, as its subject answers for it.

    `name` begins the presses ("correct", "correct_file"), `words` the templates ("correct", "correct_ask").
    """

    kind: Kind[Any]
    name: str
    words: str
    find: Finds[C]
    """Somebody of the office before it, with all by which a correction is judged; others are refused."""
    names: Callable[[C], Sequence[str]]
    """The acts by which something of it may be corrected now, beside a file."""
    view: Callable[[C], Mapping[str, object]]
    """What its templates tell of it."""
    back: Callable[[C], Action]
    """The way back from a question."""
    kept: Callable[[C], Mapping[str, Any]]
    """Whose content a screen shows, as `Screen` takes it."""
    files: Callable[[C], Sequence[FileRef]]
    """The files that came with it."""
    put: Callable[[C, FileRef | None, FileRef], Sequence[Fact[Any]]]
    """A file in another's place, or beside those it has."""
    late: Callable[[C, datetime], Refusal | None] = _never
    """Why no file comes any more."""
    too_many: str = "too_many_files"

    def may(self, before: C, _at: datetime) -> Refusal | None:
        """Clerk and head, while it waits for approval."""
        return self.kind.refusal(Step.CORRECTED, before)

    def screen(self, work: UnitOfWork, before: C, text: str, rows: Sequence[Row]) -> Screen:
        """A question about it, with the way back."""
        back = Button(work.say.label("button.back"), self.back(before))
        return Screen(Card(text, (*rows, (back,))), **self.kept(before))


def asks(
    of: Corrections[C], work: UnitOfWork, before: C, what: str, *rows: Row, **more: object
) -> Screen:
    """The question what stands in the place of what stands now."""
    text = work.say.text(f"{of.words}_ask", what=what, now=work.now, **of.view(before), **more)
    return of.screen(work, before, text, rows)


async def correct(
    of: Corrections[C],
    work: UnitOfWork,
    before: C,
    change: Changed,
    *facts: Fact[Any],
    values: Mapping[str, object] | None = None,
    detail: Mapping[str, object] | None = None,
    file: FileRef | None = None,
) -> Screen:
    """Keep a correction with its line; the head's card shows it, who prepared it hears of another's."""
    told = {**as_told(change), **(detail or {})}
    taken = Taken(
        Step.CORRECTED, changes=(change,), values=values or {}, facts=facts, detail=told, file=file
    )
    return await take_and_show(of.kind, work, before, taken)


def enter(of: Corrections[C]) -> Corrections[C]:
    """Enter the press that asks what is to be corrected, and the correction of a file."""
    press(of.name)(partial(_what, of))
    name = f"{of.name}_file"
    needs: tuple[Need[C], ...] = (
        Pick(partial(_ask_which, of, name), partial(_refuse_which, of)),
        file_alone(partial(_ask_file, of), partial(_refuse_file, of)),
    )
    act(name, find=of.find, may=of.may, needs=needs)(partial(_correct_file, of))
    return of


async def _what(of: Corrections[C], context: Context, tap: Tap) -> Screen:
    """The press "Sửa trước khi duyệt": what of it may be corrected."""
    async with context.look() as work:
        before = await of.find(work, tap.account, tap.number(0))
        require(of.may(before, work.now))
        rows = [
            (Button(work.say.label(f"button.{each}"), action(each, tap.number(0))),)
            for each in (*of.names(before), f"{of.name}_file")
        ]
        text = work.say.text(of.words, head=before.head, **of.view(before))
        return of.screen(work, before, text, rows)


# --- a file ----------------------------------------------------------------------------------


async def _ask_which(
    of: Corrections[C], name: str, work: UnitOfWork, before: C, args: tuple[str, ...], _page: int
) -> Screen:
    """Which file is to be replaced, or that one more comes."""
    say, files = work.say, of.files(before)
    rows: list[Row] = [
        (
            Button(
                say.label("button.replace_file", name=file.name),
                action(name, *args, file.sha256[:DIGITS]),
            ),
        )
        for file in files
    ]
    rows.append((Button(say.label("button.another_file"), action(name, *args, ANOTHER)),))
    return asks(of, work, before, "which_file", *rows, files=files)


def chosen(files: Sequence[FileRef], which: str) -> FileRef | None:
    """The file that a button named; None for another one, and for what no button named."""
    named = (file for file in files if file.sha256.startswith(which))
    return next(named, None) if len(which) == DIGITS else None


def _refuse_which(of: Corrections[C], before: C, which: str, _at: datetime) -> Refusal | None:
    known = which == ANOTHER or chosen(of.files(before), which)
    return None if known else Refusal("stale_question")


async def _ask_file(
    of: Corrections[C], work: UnitOfWork, before: C, args: tuple[str, ...], _page: int
) -> Screen:
    return asks(of, work, before, "file", gone=chosen(of.files(before), args[1]))


def _refuse_file(of: Corrections[C], before: C, handed: Handed, at: datetime) -> Refusal | None:
    """Nothing was sent, or what is there already; or it comes too late."""
    if handed.file is None:
        return Refusal("file_needed")
    if any(each.sha256 == handed.file.sha256 for each in of.files(before)):
        return Refusal("nothing_changed")
    return of.late(before, at)


async def _correct_file(
    of: Corrections[C], work: UnitOfWork, before: C, _at: datetime, which: str, handed: str
) -> Screen:
    """A file in the place of one submitted, or one more; the bytes of both stay kept."""
    files, file = of.files(before), Handed.of(handed).file
    if file is None:
        refuse("file_needed")
    gone = chosen(files, which)
    if gone is None:
        require(refuse_file(file.name, file.size, len(files), too_many=of.too_many))
    change = ("file", gone.name if gone else "", file.name)
    detail = {"sha256": file.sha256, **({"gone_sha256": gone.sha256} if gone else {})}
    return await correct(
        of, work, before, change, *of.put(before, gone, file), detail=detail, file=file
    )


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
