"""A dossier as one .zip: what lies in it, and the sums of it all. Nothing is judged here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.consultations import face as consultations
from bot.consultations.rules.dossier import Dossier
from bot.db import closures, drafts, people, register, rulebooks
from bot.dossiers import archive, places
from bot.dossiers.duties import TOLD_IN, DutyPart, duty_part
from bot.dossiers.extract import extract, telling
from bot.dossiers.meeting_record import MeetingPart, meeting_part, references_of
from bot.dossiers.page import page, page_part, words
from bot.dossiers.part import FilePart
from bot.dossiers.places import INDEX, LINES, RECORD, SUMS, TABLES
from bot.dossiers.record import (
    VERSION,
    LeftOutPart,
    MatterPart,
    PaperPart,
    Record,
    RegisterPart,
    RegulationPart,
    matter_of,
)
from bot.dossiers.rules.rights import may_be_proven
from bot.dossiers.years import year_part
from bot.kit.notify import reference
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Meeting, MeetingStage
from bot.papers import face as papers
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Rendering, shared_rendering
from bot.reports import overview as reports
from bot.sheets import overview as sheets
from bot.sheets.rules.year import Year
from bot.values.files import sha256_of
from bot.values.refusal import require

FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of what a dossier is made: consultations, meetings and report duties, by their ids."""

    matters: tuple[int, ...] = ()
    meetings: tuple[int, ...] = ()
    duties: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    """Those that are told at a glance, too, where anything was in them."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that goes into a dossier but its papers and its sums."""

    record: Record
    files: Mapping[str, bytes]
    """By the path in the dossier."""
    wanted: Wanted
    books: Mapping[str, Regulation]
    """The rule books that it goes by, by their digests."""
    say: Rendering
    """Speaks their words."""
    left_out: tuple[Dossier, ...] = ()
    """Consultations that are among the wanted, but whose slips stay without their names."""
    years: tuple[Year, ...] = ()


@dataclass(frozen=True, slots=True)
class Packed:
    """A dossier as a file, and what was wanted and is not in it."""

    content: bytes
    left_out: tuple[Dossier, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What of the wanted is there to be told: consultations that opened, meetings that are closed, duties."""

    matters: tuple[Dossier, ...]
    meetings: tuple[Meeting, ...]
    duties: tuple[DutyPart, ...]

    @property
    def kept(self) -> Wanted:
        """The same by their ids."""
        told = (self.matters, self.meetings, self.duties)
        return Wanted(*(tuple(each.id for each in part) for part in told))

    @property
    def rulebooks(self) -> Iterable[str]:
        """The digests of those that they go by, each once."""
        pinned = [(each.running.opened_at, each.rulebook) for each in self.matters]
        pinned += [(each.starts_at, each.rulebook) for each in self.meetings]
        pinned.sort()
        # The last one speaks on the page: of what was decided, not of what was owed.
        owed = [each.regulation for each in self.duties]
        return dict.fromkeys([*owed, *(digest for _, digest in pinned)])

    @property
    def subjects(self) -> set[str]:
        """What lines of the register about them are about."""
        named = {each.reference for each in self.matters}.union(*map(references_of, self.meetings))
        return named | {reference("report", each.id) for each in self.duties}


async def contents(
    context: Context, committee: int, wanted: Wanted, *, whole: bool = False, as_set: bool = False
) -> Contents:
    """All facts of what is wanted, read in one transaction.

    Consultations that never opened and meetings that are not closed are left out.
    Refused where slips stay without their names: what proves a count says whose each of them is. Wanted `as_set`, and
    not each by its name, such ones are left out and told; refused only where nothing else is there.
    With `whole` it is the archive of the committee: every line of its register and every row that they tell, without
    such slips and their lines.
    """
    async with context.look() as work:
        found = await _found(work, committee, wanted)
        unproven = tuple(each for each in found.matters if may_be_proven(each) is not None)
        nameless = {each.reference for each in unproven}
        told = replace(found, matters=tuple(e for e in found.matters if e not in unproven))
        if not whole and (not as_set or told.kept == Wanted()):
            for each in unproven:
                require(may_be_proven(each))
        found = told
        files = dict[str, bytes]()
        record = await _record(work, committee, found, files)
        files |= (
            await _archive(work, committee, nameless)
            if whole
            else {LINES: await _lines(work, committee, found, nameless)}
        )
        books = {each: await rulebooks.regulation(work.tx, each) for each in found.rulebooks}
        say = _speaking(books)
        shown = page_part(say, await closures.of(work.tx, committee))
        without = tuple(LeftOutPart(number=e.number, subject=e.subject) for e in unproven)
        shown = shown.model_copy(update={"left_out": without})
        every = [await sheets.whole_year(work, committee, each) for each in wanted.years]
        years = tuple(each for each in every if not each.is_empty)
    told_too = {"page": shown, "years": tuple(year_part(say, each) for each in years)}
    record = record.model_copy(update=told_too)
    return Contents(record, files, found.kept, books, say, unproven, years)


def _speaking(books: Mapping[str, Regulation]) -> Rendering:
    """In the words of what it goes by: of whatever the committee goes by since nothing is in it."""
    say = shared_rendering()
    return say.under(words([each.vocabulary for each in books.values()], say.keys))


async def _found(work: UnitOfWork, committee: int, wanted: Wanted) -> _Found:
    matters = [await consultations.get(work.tx, each) for each in wanted.matters]
    sittings = [await meetings.get(work.tx, each) for each in wanted.meetings]
    owed = await reports.of_ids(work, committee, wanted.duties)
    return _Found(
        tuple(each for each in matters if each is not None and each.consultation is not None),
        tuple(each for each in sittings if each and each.stage is MeetingStage.CLOSED),
        tuple(duty_part(each.report, each.standing) for each in owed),
    )


async def _record(
    work: UnitOfWork, committee: int, found: _Found, files: dict[str, bytes]
) -> Record:
    """What `record.json` tells; the files that it names are laid among `files`."""
    head = await register.head(work.tx, committee)
    return Record(
        version=VERSION,
        committee=(await people.committee(work.tx, committee)).name,
        made_at=work.now,
        regulations=tuple([await _regulation(work, each, files) for each in found.rulebooks]),
        register_head=RegisterPart(committee=committee, number=head.number, digest=head.digest),
        matters=tuple([await _matter(work, each, files) for each in found.matters]),
        meetings=tuple([await _meeting(work, each, files) for each in found.meetings]),
        duties=found.duties,
    )


async def _lines(
    work: UnitOfWork, committee: int, found: _Found, nameless: Collection[str]
) -> bytes:
    """The lines of the register about what is told; never those about slips without names."""
    tells = telling(found.subjects, TOLD_IN if found.duties else frozenset[str]())
    lines = await extract(
        work, committee, lambda line: line["subject"] not in nameless and tells(line)
    )
    return lines.encode()


async def _archive(work: UnitOfWork, committee: int, nameless: Collection[str]) -> dict[str, bytes]:
    """Every line but those about slips without names, every row that they tell, files and rule books."""
    found = await archive.rows(work, committee, nameless)
    lines = await extract(work, committee, lambda line: line["subject"] not in nameless)
    files = {LINES: lines.encode(), TABLES: archive.written(found).encode()}
    for digest, content in (await archive.kept_files(work, found)).items():
        files[places.of_kept(digest)] = content
    for digest, text in archive.regulations(found):
        files[places.of_regulation(digest)] = text.encode()
    return files


async def _matter(work: UnitOfWork, dossier: Dossier, files: dict[str, bytes]) -> MatterPart:
    paths = dict[str, str]()
    for place, each in enumerate(dossier.files, 1):
        paths.setdefault(each.sha256, places.of_file(str(dossier.number), place, each.name))
        files[paths[each.sha256]] = await drafts.blob(work.tx, each.sha256) or b""
    stored = await consultations.result_written(work.tx, dossier.id)
    return matter_of(dossier, stored, paths)


async def _meeting(work: UnitOfWork, meeting: Meeting, files: dict[str, bytes]) -> MeetingPart:
    """A meeting with the documents that went out for it."""
    sent = [each.file for each in await meetings.papers_of(work.tx, meeting.id) if each.sent_at]
    parts = []
    for place, each in enumerate(sent, 1):
        path = places.of_file(f"hop-{meeting.number or meeting.id}", place, each.name)
        part = FilePart(name=each.name, sha256=each.sha256, path=path)
        files[part.path] = await drafts.blob(work.tx, each.sha256) or b""
        parts.append(part)
    minutes = await meetings.minutes_of(work.tx, meeting.id)
    return meeting_part(meeting, minutes, tuple(parts))


async def _regulation(work: UnitOfWork, digest: str, files: dict[str, bytes]) -> RegulationPart:
    kept = await rulebooks.kept(work.tx, digest)
    path = places.of_regulation(digest)
    files[path] = kept.text.encode()
    return RegulationPart(digest=digest, name=kept.name, path=path, settings=kept.settings)


async def with_papers(
    context: Context, told: Contents, seen: Callable[[int, int], None] | None = None
) -> Contents:
    """The same with every paper of its matters and meetings, written by one process beside everything else.

    They are in the words of the dossier, so that whoever checks it can draw them anew from it alone.
    `seen` is told how many of how many are there.
    """
    drafts = list[tuple[str, papers.Draft]]()
    for matter in told.wanted.matters:
        of = reference("consultation", matter)
        drafts += [(of, each) for each in await papers.all_of_matter(context, matter, told.say)]
    for meeting in told.wanted.meetings:
        of = meetings.about(meeting)
        drafts += [(of, each) for each in await papers.all_of_meeting(context, meeting, told.say)]
    files, parts = dict(told.files), list[PaperPart]()
    made = await papers.all_written([each for _, each in drafts], seen)
    for (of, draft), paper in zip(drafts, made, strict=True):
        path = places.of_paper(paper.name, files)
        files[path] = paper.content
        parts.append(
            PaperPart(
                path=path,
                paper=draft.paper,
                of=of,
                content=draft.place or None,
                own_template=draft.template is not None,
            )
        )
    record = told.record.model_copy(update={"papers": tuple(parts)})
    return replace(told, record=record, files=files)


async def with_pictures(told: Contents) -> Contents:
    """The same with its years as pictures, drawn by a program of its own; refused where they cannot be drawn."""
    files, parts = dict(told.files), []
    for year, part in zip(told.years, told.record.years, strict=True):
        made = await sheets.drawn(told.say, year)
        drawn = tuple(
            FilePart(name=name, sha256=sha256_of(content), path=places.of_picture(name))
            for name, content in made.items()
        )
        files |= {places.of_picture(name): content for name, content in made.items()}
        parts.append(part.model_copy(update={"pictures": drawn}))
    record = told.record.model_copy(update={"years": tuple(parts)})
    return replace(told, record=record, files=files)


def packed(told: Contents) -> bytes:
    """The dossier; the same facts at the same moment make the same bytes."""
    files = dict(told.files)
    files[RECORD] = (told.record.model_dump_json(indent=1) + "\n").encode()
    files[INDEX] = page(told.say, told.record, files, told.books)
    sums = [f"{sha256_of(files[name])}  {name}\n" for name in sorted(files)]
    return zipped({**files, SUMS: "".join(sums).encode()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a .zip, in the order of their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            whole.writestr(info, files[name])
    return made.getvalue()
