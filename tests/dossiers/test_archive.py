"""The archive of a committee: all that its register tells, whole, checked by itself, and nothing of another's."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from bot.consultations import overview
from bot.db import people
from bot.dossiers.archive import KEPT
from bot.dossiers.checking import Fault, checked
from bot.dossiers.packing import Wanted, contents, packed
from bot.dossiers.places import LINES, RECORD, TABLES
from bot.founding import Founded, found
from bot.kit.unit import Context
from bot.reports import overview as reports
from simulator import story
from simulator.rehearsal import play
from tests.acts.committees import clerk, founding, member
from tests.docs.pages import ROOT
from tests.dossiers.test_dossier import redrawn, sealed, unpacked

STORIES = ROOT / "tests" / "stories"
OTHERS = ("Vũ Thị Ngọc Hoa", "Đinh Thị Mỹ Lan", "Đảng đoàn Hội Láng giềng Thử nghiệm")


@pytest.fixture(scope="module")
def archive() -> bytes:
    """Of a committee that has ended, in a bot that serves another one."""
    import asyncio  # noqa: PLC0415 - the fixture is for the whole module, its loop for itself

    made = list[bytes]()

    async def look(context: Context) -> None:
        other = founding([member(OTHERS[0], "secretary"), clerk(OTHERS[1])], OTHERS[2])
        assert isinstance(await found(context, other), Founded)
        async with context.look() as work:
            committee = (await people.all_committees(work.tx))[0].id
            matters = await overview.opened(work.tx, committee, number=None, year=None)
            duties = await reports.ids_of(work.tx, committee, None)
        wanted = Wanted(tuple(matters), duties=tuple(duties))
        told = await contents(context, committee, wanted, whole=True)
        made.append(packed(told))

    path = STORIES / "y_qn_closed_with_open_matters.toml"
    asyncio.run(play(story.read(path), path, look=look))
    return made[0]


def rows(files: dict[str, bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in files[TABLES].decode().splitlines()]


def test_it_is_whole_and_holds_by_itself(archive: bytes) -> None:
    found = checked(archive)
    assert found.faults == ()
    files = unpacked(archive)
    lines = [json.loads(line) for line in files[LINES].decode().splitlines()]
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert all("detail" in line for line in lines)
    assert lines[-1]["act"] == "committee_closed"


def test_it_holds_people_matters_reports_rule_books_and_the_end(archive: bytes) -> None:
    tables = {str(row["table"]) for row in rows(unpacked(archive))}
    assert {
        "approvals",
        "closures",
        "committees",
        "consultations",
        "people",
        "replies",
        "report_dues",
        "rulebooks",
        "seats",
    } <= tables


@pytest.fixture(scope="module")
def with_reports() -> bytes:
    """Of a committee to which reports were delivered as files."""
    import asyncio  # noqa: PLC0415 - as above

    made = list[bytes]()

    async def look(context: Context) -> None:
        made.append(packed(await contents(context, 1, Wanted(), whole=True)))

    path = STORIES / "q_bk_ad_hoc_report.toml"
    asyncio.run(play(story.read(path), path, look=look))
    return made[0]


def test_every_file_that_a_row_may_name_is_looked_for() -> None:
    assert {
        ("attachments", "sha256"),
        ("replies", "photo_sha256"),
        ("report_acts", "file_sha256"),
        ("slip_pages", "sha256"),
    } == KEPT


def test_the_files_of_reports_are_in_it_and_one_that_is_taken_out_is_named(
    with_reports: bytes,
) -> None:
    files = unpacked(with_reports)
    acts = [dict(each["row"]) for each in rows(files) if each["table"] == "report_acts"]  # type: ignore[call-overload]
    delivered = {each["file_sha256"] for each in acts if each["file_sha256"]}
    there = {sha256(content).hexdigest() for content in files.values()}
    assert delivered
    assert delivered <= there
    assert checked(with_reports).faults == ()
    for digest in delivered:
        rest = {name: each for name, each in files.items() if sha256(each).hexdigest() != digest}
        assert checked(redrawn(rest)).faults == (Fault("kept_file", digest[:16]),)


def test_a_file_that_no_row_names_is_a_fault_even_by_the_name_of_one_that_a_row_does(
    with_reports: bytes,
) -> None:
    files = unpacked(with_reports)
    kept = next(name for name in files if name.startswith("tai-lieu/"))
    forged = {**files, kept: b"x", "tai-lieu/moi": files[kept]}
    assert {Fault("unnamed", kept), Fault("unnamed", "tai-lieu/moi")} == set(
        checked(redrawn(forged)).faults
    )


def test_nothing_of_another_committee_is_in_it(archive: bytes) -> None:
    for name, content in unpacked(archive).items():
        text = content.decode()
        assert [each for each in OTHERS if each in text] == [], name


def test_a_changed_a_missing_and_an_invented_row_are_named(archive: bytes) -> None:
    files = unpacked(archive)
    lines = files[TABLES].decode().splitlines()
    place = next(n for n, line in enumerate(lines) if json.loads(line)["table"] == "replies")
    changed = json.loads(lines[place])
    changed["row"]["choice"] = "reject"
    invented = json.loads(lines[place])
    invented["row"]["id"] = 999
    for forged in (
        [*lines[:place], json.dumps(changed), *lines[place + 1 :]],
        [*lines[:place], *lines[place + 1 :]],
        [*lines, json.dumps(invented)],
        [*lines, "{"],
    ):
        faults = checked(sealed({**files, TABLES: "\n".join(forged).encode()})).faults
        assert [fault.kind for fault in faults] == ["row"]


def test_the_name_of_the_committee_is_the_one_that_the_register_tells(archive: bytes) -> None:
    files = unpacked(archive)
    record = json.loads(files[RECORD])
    record["committee"] = "Đảng đoàn Hội Khác"
    faults = checked(redrawn({**files, RECORD: json.dumps(record).encode()})).faults
    assert faults == (Fault("committee", "Đảng đoàn Hội Khác"),)
