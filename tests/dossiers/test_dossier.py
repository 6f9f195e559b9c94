"""A dossier proves itself: whatever is changed in it is named, and whatever is no dossier is told."""

from __future__ import annotations

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

from bot.consultations import face as consultations
from bot.dossiers.checking import checked
from bot.dossiers.packing import RECORD, SUMS, contents, packed, zipped
from bot.kit.unit import Context
from simulator import story
from simulator.rehearsal import play
from tests.docs.pages import ROOT

STORY = ROOT / "tests" / "stories" / "qn_deemed_with_comments_exactly.toml"
RECOUNT = ROOT / "docs" / "recount" / "recount.py"


@pytest.fixture(scope="module")
def dossier() -> bytes:
    """Of a matter of nine in which two are deemed to agree."""
    import asyncio  # noqa: PLC0415 - the fixture is for the whole module, its loop for itself

    made = list[bytes]()

    async def look(context: Context) -> None:
        async with context.look() as work:
            (matter,) = await consultations.ids_of_committee(work.tx, 1, 10)
        made.append(packed(context.say, await contents(context, 1, [matter])))

    asyncio.run(play(story.read(STORY), STORY, look=look))
    return made[0]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def sealed(files: dict[str, bytes]) -> bytes:
    """As whoever forges one would close it again: with sums that fit."""
    rest = {name: content for name, content in files.items() if name != SUMS}
    sums = [f"{hashlib.sha256(rest[name]).hexdigest()}  {name}\n" for name in sorted(rest)]
    return zipped({**rest, SUMS: "".join(sums).encode()})


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


def test_every_fact_of_the_record_is_held_by_the_register_the_rules_or_the_count(
    dossier: bytes,
) -> None:
    files = unpacked(dossier)
    record = json.loads(files[RECORD])
    untold = []
    for path in leaves(record):
        forged = json.loads(files[RECORD])
        changed(forged, path)
        if checked(sealed({**files, RECORD: json.dumps(forged).encode()})).holds:
            untold.append(".".join(str(each) for each in path if not isinstance(each, int)))
    assert set(untold) == NOT_HELD


NOT_HELD = {
    "committee",
    "register_head.committee",
    "regulations.name",
    "matters.body_name",
}
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


def newer(content: bytes) -> bytes:
    files = unpacked(content)
    record = json.loads(files[RECORD]) | {"version": 3}
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
        (elsewhere, "unlisted"),
        (one_less, "missing"),
        (newer, "newer"),
    ],
)
def test_what_was_done_to_it_is_told(
    dossier: bytes, done: Callable[[bytes], bytes], kind: str
) -> None:
    assert kind in {each.kind for each in checked(done(dossier)).faults}


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


def test_the_strangers_program_is_small_and_imports_nothing_of_ours() -> None:
    text = RECOUNT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 250
    assert "bot" not in {
        line.split()[1].partition(".")[0]
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
    }
