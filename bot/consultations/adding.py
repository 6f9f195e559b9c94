"""Papers added to what runs, by clerk or head: told to all at once, and never in the place of another.

The text provides neither for nor against it; the deadline stays, and that it can be extended is offered.
"""

from __future__ import annotations

from datetime import datetime

from bot.consultations import access, announcements, asking, ways
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.papers import store as papers
from bot.consultations.rules.correcting import may_add_file
from bot.db.notice import Button, Card
from bot.kit.act import act
from bot.kit.ask import YES, Confirm, Handed, file_alone
from bot.kit.files import refuse_file
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.values.action import action
from bot.values.refusal import Refusal, refuse, require


def _may(before: Access, at: datetime) -> Refusal | None:
    return may_add_file(before.running, before.rights, at)


async def _confirm(work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int) -> Screen:
    """What it means, and that the file is no state secret, before any is sent: it goes out at once."""
    say, dossier = work.say, before.dossier
    go_on = Button(say.label("button.secret_free"), action("add_file", *args, YES), style="primary")
    text = say.text("add_file", dossier=dossier, confirmed=False)
    return Screen(Card(text, ((go_on,), ways.to_dashboard(say, dossier))))


async def _ask(work: UnitOfWork, before: Access, _args: tuple[str, ...], _page: int) -> Screen:
    say, dossier = work.say, before.dossier
    text = say.text("add_file", dossier=dossier, confirmed=True)
    return Screen(Card(text, (ways.to_dashboard(say, dossier),)))


def _refuse(before: Access, handed: Handed, _at: datetime) -> Refusal | None:
    file, files = handed.file, before.dossier.files
    if file is None:
        return Refusal("file_needed")
    if any(each.sha256 == file.sha256 for each in files):
        return Refusal("file_there_already")
    return refuse_file(file.name, file.size, len(files))


@act(
    "add_file",
    find=access.steering,
    may=_may,
    needs=(Confirm(_confirm), file_alone(_ask, _refuse)),
)
async def add_file(
    work: UnitOfWork, before: Access, _at: datetime, _confirmed: str, handed: str
) -> Screen:
    """One more paper: all on the roll get it, and those who have answered learn that they may change it (5.3)."""
    file = Handed.of(handed).file
    if file is None:
        refuse("file_needed")
    require(_may(before, work.now))
    told = {"name": file.name, "sha256": file.sha256, "size": file.size}
    await work.write(
        papers.add_file(before.dossier.id, file, before.person.id, work.now),
        before.line("add_file", {"file": told, "state_secret": False}),
    )
    dossier = await consultations.there(work.tx, before.dossier.id)
    await announcements.file_added(work, dossier, before.by)
    return asking.done(work.say, dossier, "add_file")
