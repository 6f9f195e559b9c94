"""Photos and scans of signed paper slips: added page by page by the office, shown to it and to whose slip it is."""

from __future__ import annotations

from datetime import datetime

from bot.consultations import access, announcements, asking, ways
from bot.consultations.access import Access
from bot.consultations.papers import store as papers
from bot.consultations.rules.consultation import Seat
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import may_add_page, may_assist
from bot.db import drafts
from bot.db.notice import Button, Card
from bot.kit.act import act, press
from bot.kit.ask import Handed, file_alone
from bot.kit.files import refuse_file
from bot.kit.screen import Screen
from bot.kit.taps import Tap, whole_number
from bot.kit.unit import Context, UnitOfWork
from bot.values.action import action
from bot.values.files import FileRef, ending_of_scan
from bot.values.names import sort_key
from bot.values.refusal import Refusal, refuse, require

# --- adding a page ---------------------------------------------------------------------------


def _may(before: Access, at: datetime) -> Refusal | None:
    return may_assist(before.running, before.rights, at)


def _refuse_member(before: Access, of: int, at: datetime) -> Refusal | None:
    return may_add_page(before.running, before.rights, of, at)


async def _ask(work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int) -> Screen:
    return await _next(work, before.dossier, whole_number(args[1]))


def _refuse_file(_before: Access, handed: Handed, _at: datetime) -> Refusal | None:
    file = handed.file
    return refuse_file(file.name, file.size, 0) if file else Refusal("file_needed")


@act(
    "slip_page",
    find=access.steering,
    may=_may,
    needs=(asking.member("slip_page", _refuse_member), file_alone(_ask, _refuse_file)),
)
async def add_page(work: UnitOfWork, before: Access, at: datetime, of: str, handed: str) -> Screen:
    """One more page of a paper slip: a picture or a PDF, none twice; the next one is awaited."""
    file, person = Handed.of(handed).file, int(of)
    if file is None:
        refuse("file_needed")
    kept = (await papers.pages(work.tx, before.dossier.id)).get(person, ())
    require(refuse_file(file.name, file.size, len(kept)))
    if file.sha256 in kept:
        refuse("file_there_already")
    content = await drafts.blob(work.tx, file.sha256)
    if content is None or ending_of_scan(content) is None:
        refuse("page_kind")
    page = papers.add_page(before.dossier.id, person, file.sha256, at=at, by=before.person.id)
    told = {"of": person, "sha256": file.sha256, "page": len(kept) + 1}
    await work.write(page, before.line("slip_page", told))
    await announcements.refresh(work, before.dossier, person)
    return await go_on(work, before, person)


async def go_on(work: UnitOfWork, before: Access, person: int) -> Screen:
    """Await the next page of a slip of which one has just been kept: several may come as one album."""
    if before.person.account is not None:
        ref = {"of": before.dossier.id, "answers": [str(person)]}
        await drafts.await_words(work.tx, before.person.account, "slip_page", ref, work.now)
    return await _next(work, before.dossier, person)


async def _next(work: UnitOfWork, dossier: Dossier, person: int) -> Screen:
    kept = (await papers.pages(work.tx, dossier.id)).get(person, ())
    name = _name(dossier, person)
    text = work.say.text("slip_page", dossier=dossier, member=name, kept=len(kept))
    return Screen(Card(text, (ways.to_dashboard(work.say, dossier),)))


def _name(dossier: Dossier, person: int) -> str:
    return next((seat.name for seat in dossier.running.roll if seat.person == person), "")


# --- showing them ----------------------------------------------------------------------------


@press("slips")
async def show_list(context: Context, tap: Tap) -> Screen:
    """To the office: whose paper slips have been photographed or scanned, also after the close."""
    async with context.look() as work:
        dossier = (await access.steering(work, tap.account, tap.number(0))).dossier
        kept = await papers.pages(work.tx, dossier.id)
    rows = tuple(
        (Button(seat.name, action("slip", dossier.id, seat.person)),)
        for seat in _in_order(dossier)
        if seat.person in kept
    )
    text = context.say.text("slips", dossier=dossier, count=len(rows))
    return Screen(Card(text, (*rows, ways.to_dashboard(context.say, dossier))))


def _in_order(dossier: Dossier) -> list[Seat]:
    """The whole roll, those struck off too: persons by given name, agencies as they stand on it."""
    roll = list(dossier.running.roll)
    return roll if dossier.body.of_agencies else sorted(roll, key=lambda s: sort_key(s.name))


@press("slip")
async def show(context: Context, tap: Tap) -> Screen:
    """The pages of one slip as files: to the office, and to whose slip it is; to nobody else."""
    of, person = tap.number(0), tap.number(1)
    async with context.look() as work:
        own = await access.is_own(work, tap.account, person)
        find = access.member if own else access.steering
        dossier = (await find(work, tap.account, of)).dossier
        kept = (await papers.pages(work.tx, of)).get(person, ())
        contents = [await drafts.blob(work.tx, digest) or b"" for digest in kept]
    if not kept:
        refuse("no_pages")
    name = _name(dossier, person)
    files = tuple(
        FileRef(_file_name(context, name, page, content), "", digest, len(content))
        for page, (digest, content) in enumerate(zip(kept, contents, strict=True), 1)
    )
    text = context.say.text("slip_shown", dossier=dossier, member=name, count=len(files))
    protects = dossier.id if own else None
    return Screen(files=files, files_card=Card(text), protects=protects)


def _file_name(context: Context, name: str, page: int, content: bytes) -> str:
    named = context.say.label("slip.page", name=name, page=page)
    return f"{named}{ending_of_scan(content) or ''}"
