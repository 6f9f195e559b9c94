"""A dossier checked by itself, without any database: what it says must hold, and its outcome is counted anew."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from lzma import LZMAError
from typing import Any

from pydantic import ValidationError

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import INVALID
from bot.consultations.rules.outcome import Result, state
from bot.db.schema import acts, receipts, replies, roll
from bot.db.schema import consultations as consultations_table
from bot.dossiers import archive
from bot.dossiers.comparing import row_of, same
from bot.dossiers.duties import duties_differ
from bot.dossiers.extract import Rows, broken, told_rows
from bot.dossiers.meeting_checking import counts_differ, facts_differ
from bot.dossiers.meeting_record import MeetingPart
from bot.dossiers.page import NEAR, TEMPLATE, difference, page, speaking
from bot.dossiers.paper_checking import compared
from bot.dossiers.places import INDEX, LINES, PAPERS, RECORD, SUMS, TABLES
from bot.dossiers.reading import json_of, line_of
from bot.dossiers.record import VERSION, MatterPart, Record, consultation_of, rules_of
from bot.dossiers.year_checking import pictures_differ, years_differ
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation
from bot.rendering import UNSAYABLE, Rendering, shared_rendering
from bot.values.files import sha256_of

LARGEST, MOST = 2 * 1024**3, 20_000
"""Bytes that all files together may have, and how many files there may be."""
UNPACKABLE = (
    ArithmeticError,
    EOFError,
    LookupError,
    LZMAError,
    MemoryError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What unpacking a damaged file raises, by whatever method it says to be packed."""
UNCOUNTABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What counting raises of numbers and words that the product could not have recorded."""
_SUM = re.compile(r"([0-9a-f]{64})  (\S.*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold: its kind, and the file, line or matter that it concerns."""

    kind: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked of a dossier, and what of it does not hold."""

    faults: tuple[Fault, ...]
    committee: str = ""
    head: str = ""
    """The head of the register that the dossier leads to, as it is printed on papers."""
    files: int = 0
    lines: int = 0
    counted: int = 0
    """Outcomes computed anew: of each matter one, of a slip with several contents that of each."""
    uncounted: tuple[str, ...] = ()
    """Those whose outcome cannot be computed from a dossier alone: second rounds."""
    votes: int = 0
    """Votes in meetings whose result was computed anew; of secret ones that the numbers add up."""
    page: bool = False
    """Whether the page was drawn anew and is the same."""
    papers: int = 0
    """Papers that were compared to the record."""
    by_line: int = 0
    """Of these, papers drawn anew and compared line by line; of the others facts were looked for."""
    untold: tuple[str, ...] = ()
    """Facts that papers from the office's own templates do not tell, each after its file."""
    years: tuple[int, ...] = ()
    """The years whose numbers were compared to the rest of the record."""
    whole: bool = False
    """Whether it is the archive of a committee: there the name of the committee is checked, too."""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.faults


def checked(content: bytes) -> Checked:
    """Check a dossier; whatever it is, nothing is raised and nothing is written."""
    try:
        files = _unpacked(content)
    except UNPACKABLE:
        return Checked((Fault("no_dossier"),))
    if files is None:
        return Checked((Fault("too_large"),))
    digests = {name: sha256_of(content) for name, content in files.items()}
    faults = list(_sums(files, digests))
    try:
        read = json_of(files.get(RECORD, b""))
        version = read.get("version") if isinstance(read, dict) else None
        if isinstance(version, int) and version > VERSION:
            return Checked((*faults, Fault("newer", str(version))))
        record = Record.model_validate(read)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        return Checked((*faults, Fault("record", place)))
    except (ValueError, OverflowError):  # no JSON, or a moment before the first of all
        return Checked((*faults, Fault("record", RECORD)))
    return _of_record(record, files, digests, faults)


def _unpacked(content: bytes) -> dict[str, bytes] | None:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        infos = whole.infolist()
        if len(infos) > MOST or sum(info.file_size for info in infos) > LARGEST:
            return None
        names = [info.filename for info in infos]
        if len(set(names)) != len(names):
            raise ValueError("two files of one name")
        return {info.filename: whole.read(info) for info in infos}


def _sums(files: Mapping[str, bytes], digests: Mapping[str, str]) -> Iterator[Fault]:
    """Every file stands in the sums with its digest, and nothing else does."""
    listed = dict[str, str]()
    for line in files.get(SUMS, b"").decode(errors="replace").removesuffix("\n").split("\n"):
        form = _SUM.fullmatch(line)
        if form is None:
            yield Fault("sums", line[:80])
        else:
            listed[form[2]] = form[1]
    for name, digest in digests.items():
        if name == SUMS:
            continue
        if name not in listed:
            yield Fault("unlisted", name)
        elif listed[name] != digest:
            yield Fault("changed", name)
    yield from (Fault("missing", name) for name in listed if name not in files)
    if SUMS not in files:
        yield Fault("missing", SUMS)


def _of_record(
    record: Record, files: Mapping[str, bytes], digests: Mapping[str, str], faults: list[Fault]
) -> Checked:
    lines, unread = _lines(files.get(LINES, b""))
    rows = list(archive.read(files.get(TABLES, b"")))
    regulations, unfit = _regulations(record, files)
    faults += [*unread, *_register(record, lines), *unfit, *_unnamed(record, rows, digests)]
    if TABLES in files:
        faults += _archived(files[TABLES], rows, digests, lines)
        if record.committee not in {row.get("name") for name, row in rows if name == "committees"}:
            faults.append(Fault("committee", record.committee))
    faults += _of_matters(record, regulations, digests, lines)
    faults += _of_meetings(record, regulations, digests, lines)
    faults += [
        Fault("duty", str(each)) for each in duties_differ(record.duties, lines, record.made_at)
    ]
    faults += [Fault("picture", str(each)) for each in pictures_differ(record, digests)]
    faults += [Fault("year", str(each)) for each in years_differ(record, regulations)]
    speaks = _speaking(record, regulations)
    shown = speaks is not None and _page(speaks, record, files, regulations)
    if isinstance(shown, Fault):
        faults.append(shown)
    told, own, by_line = _papers(speaks, record, files, regulations)
    faults += told
    head = record.register_head
    fours = " ".join(head.digest[place : place + 4] for place in range(0, 20, 4))
    return Checked(
        tuple(faults),
        record.committee,
        f"{head.committee}:{head.number}:{fours}",
        len(files),
        len(lines),
        sum(_counted(each) for each in record.matters if each.regulation in regulations),
        tuple(_called(each) for each in record.matters if each.second_of is not None),
        sum(len(each.votes) for each in record.meetings if each.regulation in regulations),
        page=shown is True,
        papers=len(record.papers) if speaks is not None else 0,
        by_line=by_line,
        untold=own,
        years=tuple(each.number for each in record.years),
        whole=TABLES in files,
    )


def _of_matters(
    record: Record,
    regulations: Mapping[str, Regulation],
    digests: Mapping[str, str],
    lines: list[dict[str, Any]],
) -> Iterator[Fault]:
    """What is wrong with the consultations, as the register and their rule books have them."""
    for matter in record.matters:
        name, rules = _called(matter), regulations.get(matter.regulation)
        yield from (Fault(kind, name) for kind in _matter(matter, digests, lines))
        if rules is not None and not _is_named(matter, rules):
            yield Fault("body_name", name)
        if rules is not None and matter.second_of is None:
            yield from (Fault(kind, name) for kind in _outcome(matter, rules, record.made_at))


def _of_meetings(
    record: Record,
    regulations: Mapping[str, Regulation],
    digests: Mapping[str, str],
    lines: list[dict[str, Any]],
) -> Iterator[Fault]:
    """What is wrong with the meetings and the votes in them, likewise."""
    committee = record.register_head.committee
    for meeting in record.meetings:
        name, rules = _called(meeting), regulations.get(meeting.regulation)
        differs = facts_differ(meeting, digests, lines)
        yield from (Fault(f"meeting_{kind}", name) for kind in differs)
        if rules is not None and not _is_named(meeting, rules):
            yield Fault("meeting_body_name", name)
        if rules is not None:
            yield from (Fault("vote", str(v)) for v in counts_differ(meeting, committee, rules))


def _speaking(record: Record, regulations: Mapping[str, Regulation]) -> Rendering | None:
    """In the words of the dossier; None where only another program, or a rule book that is not there, has them."""
    say = shared_rendering()
    if record.page is None or record.page.edition != say.edition(TEMPLATE):
        return None
    return speaking(say, record, regulations)


def _page(
    say: Rendering,
    record: Record,
    files: Mapping[str, bytes],
    regulations: Mapping[str, Regulation],
) -> Fault | bool:
    """True where the page drawn anew is the one that is there."""
    try:
        drawn = page(say, record, files, regulations)
        differs = difference(drawn, files.get(INDEX, b""))
    except UNSAYABLE:
        return Fault("page", RECORD)
    return differs is None or Fault("page", differs)


def _papers(
    say: Rendering | None,
    record: Record,
    files: Mapping[str, bytes],
    regulations: Mapping[str, Regulation],
) -> tuple[list[Fault], tuple[str, ...], int]:
    """What papers do not tell: as faults, and of the office's own templates, which may leave it out, apart.

    And how many were compared line by line.
    """
    if say is None:
        return [], (), 0
    faults, own, by_line = list[Fault](), list[str](), 0
    for each in compared(say, record, files, regulations):
        where = each.paper.path
        by_line += each.by_line
        told = [f"{where}: {words[:NEAR]}" for words in each.unsaid]
        if not each.is_read:
            faults.append(Fault("paper_unread", where))
        elif each.paper.own_template:
            own += told
        else:
            faults += [Fault("paper", words) for words in told]
    return faults, tuple(own), by_line


def _archived(
    content: bytes,
    rows: Sequence[archive.Row],
    digests: Mapping[str, str],
    lines: list[dict[str, Any]],
) -> Iterator[Fault]:
    """The rows of an archive are those that the lines tell, and the files that they name are there."""
    yield from (Fault("row", each) for each in archive.broken(content, lines))
    yield from (Fault("kept_file", each[:16]) for each in archive.lacking(rows, digests))


def _unnamed(
    record: Record, rows: Sequence[archive.Row], digests: Mapping[str, str]
) -> Iterator[Fault]:
    """Files that no fact names. Records of versions before named no paper: of those the sums alone say anything."""
    named = {RECORD, LINES, SUMS, INDEX, *(each.path for each in record.papers)}
    parts: list[MatterPart | MeetingPart] = [*record.matters, *record.meetings]
    gone_by = {each.regulation for each in [*parts, *record.duties]}
    named.update(each.path for each in record.regulations if each.digest in gone_by)
    for part in parts:
        named.update(each.path for each in part.files)
    for year in record.years:
        named.update(each.path for each in year.pictures)
    if TABLES in digests:
        named |= {TABLES, *archive.held(rows, digests)}
    papers_told = record.page is not None
    for name in digests:
        if name not in named and (papers_told or not name.startswith(f"{PAPERS}/")):
            yield Fault("unnamed", name)


def _called(part: MatterPart | MeetingPart) -> str:
    return str(part.number or part.id)


def _is_named(part: MatterPart | MeetingPart, rules: Regulation) -> bool:
    """Whether its body bears the name that the regulation gives it."""
    return any((each.id, each.name) == (part.body, part.body_name) for each in rules.bodies)


def _counted(matter: MatterPart) -> int:
    """How many results of it are computed anew; of a second round only the product does."""
    if matter.second_of is not None or matter.result is None:
        return 0
    return len(matter.contents) or 1


def _register(record: Record, lines: list[dict[str, Any]]) -> Iterator[Fault]:
    """The lines hold together, are of its committee, and end where the record says."""
    yield from (Fault("line", str(number)) for number in broken(lines))
    last, head = (lines[-1] if lines else {"number": 0, "digest": ""}), record.register_head
    others = any(line.get("committee_id", head.committee) != head.committee for line in lines)
    if others or (last["number"], last["digest"]) != (head.number, head.digest):
        yield Fault("head", str(head.number))


def _regulations(
    record: Record, files: Mapping[str, bytes]
) -> tuple[dict[str, Regulation], list[Fault]]:
    """The regulations that are what their digests say, by these, and the others as faults."""
    found, faults = dict[str, Regulation](), list[Fault]()
    for part in record.regulations:
        read = _regulation(files.get(part.path, b""), part.name, part.settings)
        if read is None or read.digest != part.digest:
            faults.append(Fault("regulation", part.path))
        else:
            found[part.digest] = read
    return found, faults


def _lines(content: bytes) -> tuple[list[dict[str, Any]], list[Fault]]:
    found, faults = list[dict[str, Any]](), list[Fault]()
    for place, line in enumerate(
        content.decode(errors="replace").removesuffix("\n").split("\n"), 1
    ):
        try:
            found.append(line_of(line))
        except ValueError:
            faults.append(Fault("line_unread", str(place)))
    return found, faults


def _regulation(content: bytes, name: str, settings: Mapping[str, Any]) -> Regulation | None:
    try:
        return parse(content.decode(), name, settings)
    except (RegulationFaults, RecursionError, *UNCOUNTABLE):
        return None


def _matter(
    matter: MatterPart, digests: Mapping[str, str], lines: list[dict[str, Any]]
) -> Iterator[str]:
    """Whether the facts of the record are those that the register tells, and its files those of its digests."""
    for each in matter.files:
        if digests.get(each.path) != each.sha256:
            yield "file"
    told = told_rows(lines, {f"consultation:{matter.id}"})
    for table, facts in _facts(matter):
        if not same(table, facts, told.get(table.name, {}).values()):
            yield table.name
    if {(e.person, e.content) for e in matter.replies if e.reserved} - _reserving(told):
        yield "replies"
    closes = [line for line in lines if line.get("subject") == f"consultation:{matter.id}"]
    results = [line["detail"]["result"] for line in closes if "result" in line["detail"]]
    if matter.closed_at is not None and (results[-1:] != [matter.result]):
        yield "result_told"


def _facts(matter: MatterPart) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """The facts of a record as rows of the tables that the register tells of."""
    yield consultations_table, [_consultation(matter)]
    yield roll, [row_of(each, person="person_id") for each in matter.roll]
    yield receipts, [row_of(each, person="person_id") for each in matter.receipts]
    given = [row_of(each, "reserved", **_REPLY) for each in matter.replies]
    back = [{**_INVALID, **row_of(each, **_REPLY)} for each in matter.invalid]
    yield replies, given + back
    yield acts, [row_of(each) for each in matter.acts]


_REPLY = {
    "person": "person_id",
    "latest": "latest_at",
    "on_paper": "entered_by",
    "photo": "photo_sha256",
    "reason": "words",
}
_INVALID = {
    "person_id": 0,
    "choice": INVALID,
    "words": "",
    "at": 0,
    "latest_at": None,
    "late": False,
    "entered_by": True,
    "photo_sha256": False,
    "content": None,
}
APART = ("body_name", "files", "roll", "receipts", "replies", "invalid", "acts", "outages", "rules")


def _consultation(matter: MatterPart) -> dict[str, Any]:
    of = [{"subject": each.subject, "matter": each.matter.value} for each in matter.contents]
    return {
        **row_of(matter, *APART, "calendar", "contents", "result", regulation="rulebook"),
        "text_sha256": sha256_of(matter.text.encode()),
        "calendar_version": matter.calendar.version,
        "days_off": matter.calendar.model_dump_json(exclude={"version"}),
        "contents": json.dumps(of) if of else None,
    }


def _reserving(told: Rows) -> set[tuple[int, int | None]]:
    """Who has the own opinion reserved, of several contents on which, by the last word of each."""
    marks = sorted(told.get("reservations", {}).values(), key=lambda row: row["id"])
    last = {(row["person_id"], row.get("content")): row["reserved"] for row in marks}
    return {opinion for opinion, reserved in last.items() if reserved}


def _outcome(matter: MatterPart, regulation: Regulation, made_at: datetime) -> Iterator[str]:
    """The outcome computed anew by the frozen rules, beside the one that was recorded."""
    try:
        running = consultation_of(matter, regulation.body(matter.body))
        rules = [rules_of(each) for each in running.each]
        told = [each.rules for each in matter.contents] or [matter.rules]
        if told != rules or matter.rules != rules[0]:
            yield "rules"
        if matter.result is None:
            return
        states = (state(each, matter.closed_at or made_at).result for each in running.each)
        results = [each for each in states if each is not None]
    except UNCOUNTABLE:
        yield "outcome"
        return
    if not _agrees(matter.result, results):
        yield "outcome"


def _agrees(recorded: Mapping[str, Any], results: Sequence[Result]) -> bool:
    try:
        return consultations.agrees(recorded, results)
    except UNCOUNTABLE:
        return False  # nothing that the product could have recorded
