"""A dossier proves itself: whatever is changed in it is named, and whatever is no dossier is told."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.consultations import face as consultations
from bot.dossiers.checking import Fault, checked
from bot.dossiers.packing import Wanted, contents, packed, zipped
from bot.dossiers.page import page, speaking
from bot.dossiers.places import INDEX, RECORD, SUMS
from bot.dossiers.record import Record
from bot.kit.unit import Context
from bot.meetings import face as meetings
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import parse
from bot.rendering import UNSAYABLE, shared_rendering
from bot.reports import overview as reports
from simulator import story
from simulator.rehearsal import play
from tests.docs.pages import ROOT

STORIES = ROOT / "tests" / "stories"
STORY = STORIES / "qn_deemed_with_comments_exactly.toml"
SEVERAL = STORIES / "contents_silence.toml"
MEETING = STORIES / "d_qn_meeting_that_proves_itself.toml"
ON_PAPER = STORIES / "m_qn_personnel_by_a_paper_ballot.toml"
RECUSED = STORIES / "o_ub_recused_last_one_votes.toml"
DUTIES = STORIES / "q_qn_extension.toml"
RECOUNT = ROOT / "docs" / "recount" / "recount.py"


@pytest.fixture(scope="module")
def dossier() -> bytes:
    """Of a matter of nine in which two are deemed to agree."""
    return dossier_of(STORY)


@pytest.fixture(scope="module")
def of_several() -> bytes:
    """Of a slip with three contents, on which four members stand differently."""
    return dossier_of(SEVERAL)


@pytest.fixture(scope="module")
def of_a_meeting() -> bytes:
    """Of a meeting with open votes, by phone and by hand."""
    return dossier_of(MEETING)


@pytest.fixture(scope="module")
def of_recusals() -> bytes:
    """Of a meeting with a vote in which somebody takes no part, out of the base."""
    return dossier_of(RECUSED)


@pytest.fixture(scope="module")
def of_duties() -> bytes:
    """Of the reports that a committee owed, one of them with more time."""
    return dossier_of(DUTIES)


def dossier_of(path: Path) -> bytes:
    """The dossier of all that a story has come to."""
    made = list[bytes]()

    async def look(context: Context) -> None:
        async with context.look() as work:
            matters = await consultations.ids_of_committee(work.tx, 1, 10)
            held = await meetings.ids_of_committee(work.tx, 1, 10)
            duties = await reports.ids_of(work.tx, 1, None) if path == DUTIES else []
        wanted = Wanted(tuple(matters), tuple(held), tuple(duties))
        made.append(packed(await contents(context, 1, wanted)))

    asyncio.run(play(story.read(path), path, look=look))
    return made[0]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def sealed(files: dict[str, bytes]) -> bytes:
    """As whoever forges one would close it again: with sums that fit."""
    rest = {name: content for name, content in files.items() if name != SUMS}
    sums = [f"{hashlib.sha256(rest[name]).hexdigest()}  {name}\n" for name in sorted(rest)]
    return zipped({**rest, SUMS: "".join(sums).encode()})


def redrawn(files: dict[str, bytes]) -> bytes:
    """As `sealed`, by one who has the program, too: the page says what the facts say now."""
    try:
        record = Record.model_validate_json(files[RECORD])
        books = {
            each.digest: parse(files[each.path].decode(), each.name, each.settings)
            for each in record.regulations
        }
        say = speaking(shared_rendering(), record, books)
        assert say is not None
        return sealed({**files, INDEX: page(say, record, files, books)})
    except (RegulationFaults, *UNSAYABLE):
        # No such facts can be told, and what is wrong with them is told before.
        return sealed(files)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in items:
            yield from leaves(each, (*path, key))
    else:
        yield path


def changed(value: Any, path: tuple[Any, ...]) -> None:
    """Change one leaf into something else that could stand there."""
    for key in path[:-1]:
        value = value[key]
    was = value[path[-1]]
    if isinstance(was, bool):
        value[path[-1]] = not was
    elif isinstance(was, int):
        value[path[-1]] = was + 1
    else:
        value[path[-1]] = {"approve": "reject", "reject": "approve"}.get(was, f"{was}1")


def test_what_was_made_is_whole(dossier: bytes) -> None:
    found = checked(dossier)
    assert found.faults == ()
    assert found.counted == 1


def test_of_a_slip_with_several_contents_each_is_counted(of_several: bytes) -> None:
    found = checked(of_several)
    assert found.faults == ()
    assert found.counted == 3


def test_of_a_meeting_its_votes_are_counted(of_a_meeting: bytes) -> None:
    found = checked(of_a_meeting)
    assert found.faults == ()
    assert found.votes == 2


def test_of_a_vote_in_which_somebody_takes_no_part_the_base_is_counted(of_recusals: bytes) -> None:
    found = checked(of_recusals)
    assert (found.faults, found.votes) == ((), 1)
    (meeting,) = json.loads(unpacked(of_recusals)[RECORD])["meetings"]
    (vote,) = meeting["votes"]
    assert [(each["person"], each["out"], each["by"]) for each in vote["recusals"]] == [
        (2, True, 4),
        (2, False, 2),
        (2, True, 2),
    ]
    assert (vote["result"]["roll"], vote["result"]["required"]) == (2, 2)


def test_of_a_secret_vote_no_name_stands_beside_a_choice(of_a_meeting: bytes) -> None:
    (meeting,) = json.loads(unpacked(of_a_meeting)[RECORD])["meetings"]
    votes = [each for each in meeting["votes"] if each["secret"]]
    assert votes
    for vote in votes:
        assert vote["cast"] == []
        assert len(vote["voted"]) == vote["result"]["turnout"]


def test_the_page_names_a_secret_ballot_that_was_held_on_paper() -> None:
    content = dossier_of(ON_PAPER)
    lines = unpacked(content)[INDEX].decode().split("\n")
    assert [line for line in lines if line.startswith("<p>Kết luận:")] == [
        "<p>Kết luận: <strong>thông qua</strong> (biểu quyết bằng phiếu kín trên giấy, ghi nhận tại cuộc họp;"
        " Điều 8.2.2 Quy chế)</p>",
        "<p>Kết luận: <strong>hoãn sang cuộc họp sau</strong></p>",
        "<p>Kết luận: <strong>thông qua</strong></p>",
    ]
    told = checked(content)
    assert (told.faults, told.page) == ((), True)


@pytest.mark.parametrize(
    "of", ["dossier", "of_several", "of_a_meeting", "of_recusals", "of_duties"]
)
def test_every_fact_of_the_record_is_held_by_the_register_the_rules_or_the_count(
    of: str, request: pytest.FixtureRequest
) -> None:
    files = unpacked(request.getfixturevalue(of))
    record = json.loads(files[RECORD])
    untold = []
    for path in leaves(record):
        forged = json.loads(files[RECORD])
        changed(forged, path)
        if checked(redrawn({**files, RECORD: json.dumps(forged).encode()})).holds:
            untold.append(".".join(str(each) for each in path if not isinstance(each, int)))
    assert set(untold) <= NOT_HELD
    assert untold


NOT_HELD = {"committee", "regulations.name", "page.edition", "page.papers"}
"""What nothing else in a dossier says a second time; the sums hold it all the same."""


@pytest.mark.parametrize("name", ["record.json", "register.jsonl", "index.html", "SHA256SUMS"])
def test_one_changed_byte_of_any_file_is_named(dossier: bytes, name: str) -> None:
    files = unpacked(dossier)
    for place in range(0, len(files[name]), max(1, len(files[name]) // 40)):
        content = bytearray(files[name])
        content[place] ^= 1
        assert not checked(zipped({**files, name: bytes(content)})).holds, (name, place)


def test_every_line_of_the_register_is_held_by_the_chain(dossier: bytes) -> None:
    files = unpacked(dossier)
    lines = files["register.jsonl"].decode().splitlines()
    for place, line in enumerate(lines):
        read = json.loads(line)
        if "actor" in read:
            read["actor"] += "x"
        else:
            read["digest"] = "0" * 64
        forged = [*lines[:place], json.dumps(read, ensure_ascii=False), *lines[place + 1 :]]
        content = ("\n".join(forged) + "\n").encode()
        assert not checked(sealed({**files, "register.jsonl": content})).holds, line[:80]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def renamed_member(content: bytes) -> bytes:
    return sealed(
        {
            name: file.replace("Nguyễn Văn An".encode(), "Nguyễn Văn Ánh".encode())
            if name == RECORD
            else file
            for name, file in unpacked(content).items()
        }
    )


def one_more(content: bytes) -> bytes:
    return zipped({**unpacked(content), "them.txt": b"x"})


def one_less(content: bytes) -> bytes:
    files = unpacked(content)
    return zipped({name: file for name, file in files.items() if name != "index.html"})


def one_more_sealed(content: bytes) -> bytes:
    return sealed({**unpacked(content), "tai-lieu/ket-luan.pdf": b"x"})


def one_more_regulation(content: bytes) -> bytes:
    files = unpacked(content)
    record = json.loads(files[RECORD])
    text = (ROOT / "regulations" / "bac_kan.toml").read_text(encoding="utf-8")
    book = parse(text, "bac_kan", {})
    part = {"digest": book.digest, "name": "bac_kan", "path": "quy-che/x.toml", "settings": {}}
    record["regulations"].append(part)
    return sealed({**files, RECORD: json.dumps(record).encode(), "quy-che/x.toml": text.encode()})


def newer(content: bytes) -> bytes:
    files = unpacked(content)
    record = json.loads(files[RECORD]) | {"version": 4}
    return sealed({**files, RECORD: json.dumps(record).encode()})


def elsewhere(content: bytes) -> bytes:
    return zipped({**unpacked(content), "../../etc/cron.d/x": b"x"})


def nothing(_content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize(
    ("done", "kind"),
    [
        (cut, "no_dossier"),
        (nothing, "no_dossier"),
        (renamed_member, "roll"),
        (one_more, "unlisted"),
        (one_more_sealed, "unnamed"),
        (one_more_regulation, "unnamed"),
        (elsewhere, "unlisted"),
        (one_less, "missing"),
        (newer, "newer"),
    ],
)
def test_what_was_done_to_it_is_told(
    dossier: bytes, done: Callable[[bytes], bytes], kind: str
) -> None:
    assert kind in {each.kind for each in checked(done(dossier)).faults}


def edited(files: dict[str, bytes], was: str, becomes: str) -> bytes:
    """The page with other words in one place, and the sums made anew."""
    page_ = files[INDEX].decode()
    assert was in page_
    return sealed({**files, INDEX: page_.replace(was, becomes, 1).encode()})


def test_the_page_is_drawn_anew_and_any_other_word_or_number_is_named(
    dossier: bytes, of_several: bytes, of_a_meeting: bytes, of_duties: bytes
) -> None:
    for content in (dossier, of_several, of_a_meeting, of_duties):
        assert checked(content).page
        files = unpacked(content)
        lines = files[INDEX].decode().splitlines()
        places = [place for place, line in enumerate(lines) if line.strip()]
        for place in places[:: max(1, len(places) // 25)]:
            forged = [*lines[:place], lines[place] + "x", *lines[place + 1 :]]
            forgery = sealed({**files, INDEX: ("\n".join(forged) + "\n").encode()})
            assert checked(forgery).faults == (Fault("page", forged[place].strip()[:120]),)


def test_a_changed_number_in_the_page_is_named_with_its_line(
    dossier: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(edited(unpacked(dossier), "cần 6/9", "cần 5/9"))
    done = CliRunner().invoke(main, ["verify", str(path)])
    assert done.exit_code == 1
    assert "index.html không đúng như record.json" in done.output
    assert "cần 5/9" in done.output


def test_the_page_of_a_program_with_other_words_is_not_compared_and_that_is_said(
    dossier: bytes, tmp_path: Path
) -> None:
    files = unpacked(dossier)
    record = json.loads(files[RECORD])
    record["page"]["edition"] = "0" * 64
    forged = {**files, RECORD: json.dumps(record).encode(), INDEX: b"x"}
    found = checked(sealed(forged))
    assert (found.faults, found.page) == ((), False)
    path = tmp_path / "a.zip"
    for content, said in ((sealed(forged), "không dựng lại được"), (dossier, "đã dựng lại")):
        path.write_bytes(content)
        done = CliRunner().invoke(main, ["verify", str(path)])
        assert done.exit_code == 0, done.output
        (line,) = [line for line in done.output.splitlines() if "index.html" in line]
        assert said in line


@pytest.mark.parametrize("version", [1, 2])
def test_a_record_of_a_version_before_is_read_and_its_page_is_said_to_be_unchecked(
    dossier: bytes, version: int
) -> None:
    files = unpacked(dossier)
    record = json.loads(files[RECORD]) | {"version": version}
    for name in ("page", "papers"):
        del record[name]
    older = {**files, RECORD: json.dumps(record).encode(), "van-ban/a.docx": b"x"}
    found = checked(sealed(older))
    assert (found.faults, found.page) == ((), False)


def test_the_stranger_counts_the_same_and_sees_a_changed_answer(
    dossier: bytes, tmp_path: Path
) -> None:
    whole, forged = tmp_path / "a.zip", tmp_path / "b.zip"
    whole.write_bytes(dossier)
    files = unpacked(dossier)
    record = json.loads(files[RECORD])
    record["matters"][0]["replies"][-1]["choice"] = "approve"
    forged.write_bytes(sealed({**files, RECORD: json.dumps(record).encode()}))
    ran = [
        subprocess.run(
            [sys.executable, "-I", RECOUNT, path], capture_output=True, text=True, check=False
        )
        for path in (whole, forged)
    ]
    assert [each.returncode for each in ran] == [0, 1]
    assert "agrees (adopted, 6 of 9 needed)" in ran[0].stdout


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (("matters", 0, "rules"), {"weights": {"1": 2}}),
        (("matters", 0), {"veto": True}),
        (("matters", 0), {"place": 1}),
        (("matters", 0, "contents", 1), {"veto": True}),
        (("matters", 0, "contents", 1, "rules"), {"weights": {}}),
    ],
)
def test_the_stranger_judges_nothing_by_rules_or_facts_that_it_does_not_know(
    of_several: bytes, dossier: bytes, tmp_path: Path, place: tuple[Any, ...], told: dict[str, Any]
) -> None:
    files = unpacked(of_several if "contents" in place else dossier)
    record = inner = json.loads(files[RECORD])
    for key in place:
        inner = inner[key]
    inner |= told
    path = tmp_path / "a.zip"
    path.write_bytes(sealed({**files, RECORD: json.dumps(record).encode()}))
    ran = subprocess.run(
        [sys.executable, "-I", RECOUNT, path], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    (name,) = told
    assert f"not judged (rules or facts that are not described: {name})" in ran.stdout


@pytest.mark.parametrize("part", ["roll", "receipts", "replies", "acts"])
def test_the_stranger_refuses_a_fact_of_a_member_that_it_does_not_know(
    dossier: bytes, tmp_path: Path, part: str
) -> None:
    assert told_by_the_stranger(dossier, tmp_path, ("matters", 0, part, 0, "weight"), 3) == (
        0,
        "matter 1: not judged (rules or facts that are not described: weight)",
    )


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("matters", 0, "rules", "share"), "1/0", "matter 1: differs (it cannot be counted: "),
        (("matters", 0, "rules", "rulings"), {}, "matter 1: differs (it cannot be counted: "),
        (("matters", 0, "closed_at"), None, "matter 1: differs (it cannot be counted: "),
        (("matters", 0, "result"), {}, "matter 1: differs (it cannot be counted: "),
        (("matters", 0, "result"), "x", "no dossier: "),
    ],
)
def test_of_what_cannot_be_counted_the_stranger_says_so_and_breaks_off_over_nothing(
    dossier: bytes, tmp_path: Path, place: tuple[Any, ...], value: object, said: str
) -> None:
    code, told = told_by_the_stranger(dossier, tmp_path, place, value)
    assert code == (2 if said.startswith("no") else 1)
    assert told.startswith(said)


def told_by_the_stranger(
    dossier: bytes, folder: Path, place: tuple[Any, ...], value: object
) -> tuple[int, str]:
    """What the stranger says of a dossier in whose record something else stands in one place."""
    files = unpacked(dossier)
    record = inner = json.loads(files[RECORD])
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    path = folder / "a.zip"
    path.write_bytes(sealed({**files, RECORD: json.dumps(record).encode()}))
    ran = subprocess.run(
        [sys.executable, "-I", RECOUNT, path], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout.strip()


def test_the_stranger_counts_each_content_of_a_slip_with_several(
    of_several: bytes, tmp_path: Path
) -> None:
    whole = tmp_path / "a.zip"
    whole.write_bytes(of_several)
    ran = subprocess.run(
        [sys.executable, "-I", RECOUNT, whole], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert [line.partition(" (")[0] for line in ran.stdout.splitlines()] == [
        "matter 1.1: agrees",
        "matter 1.2: agrees",
        "matter 1.3: agrees",
    ]


def test_the_stranger_counts_who_takes_no_part_and_who_takes_part_again(tmp_path: Path) -> None:
    whole = tmp_path / "a.zip"
    whole.write_bytes(dossier_of(STORIES / "o_ub_takes_part_again.toml"))
    ran = subprocess.run(
        [sys.executable, "-I", RECOUNT, whole], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == ["matter 1: agrees (adopted, 2 of 3 needed)"]


def test_the_stranger_names_what_it_does_not_count(
    of_a_meeting: bytes, of_duties: bytes, tmp_path: Path
) -> None:
    nothing = unpacked(of_duties)
    owed = json.loads(nothing[RECORD])
    record = {**owed, "duties": []}
    files = (of_a_meeting, of_duties, sealed({**nothing, RECORD: json.dumps(record).encode()}))
    said = list[str]()
    for place, content in enumerate(files):
        path = tmp_path / f"{place}.zip"
        path.write_bytes(content)
        ran = subprocess.run(
            [sys.executable, "-I", RECOUNT, path], capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        said += ran.stdout.splitlines()
    assert said == [
        "meeting 1: not judged (attendance; votes: 2)",
        f"duties: not judged (reports owed: {len(owed['duties'])})",
        "record.json: not judged (nothing is in it)",
    ]


def test_the_strangers_program_is_small_and_imports_nothing_of_ours() -> None:
    text = RECOUNT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 250
    assert "bot" not in {
        line.split()[1].partition(".")[0]
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
    }
