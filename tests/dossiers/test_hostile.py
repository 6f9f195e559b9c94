"""A damaged or forged dossier ends in faults that are named, never in an exception, and never does it not end."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from bot.db.register import digest_of
from bot.dossiers.checking import Fault, checked
from bot.dossiers.places import LINES, RECORD
from tests.dossiers.test_dossier import MEETING, STORY, dossier_of, sealed, unpacked

DEEP = "[" * 100_000 + "]" * 100_000
FLIPS = 300
ODD: tuple[Any, ...] = ({}, [], {"a": 1}, [[1]], None, "x", -1, 1e400, 10**30, True, "\ud800")


@pytest.fixture(scope="module")
def dossier() -> bytes:
    return dossier_of(STORY)


@pytest.fixture(scope="module")
def of_a_meeting() -> bytes:
    return dossier_of(MEETING)


def test_one_flipped_bit_anywhere_raises_nothing(dossier: bytes) -> None:
    drawn = random.Random(8117)  # noqa: S311 - places in a file, no secret
    for place in (8117, *(drawn.randrange(len(dossier)) for _ in range(FLIPS))):
        content = bytearray(dossier)
        content[place] ^= 1 << drawn.randrange(8)
        checked(bytes(content))


def test_a_file_that_does_not_unpack_is_no_dossier(dossier: bytes) -> None:
    content = bytearray(dossier)
    start = content.index(b"record.json") + len("record.json")
    content[start : start + 40] = b"\xff" * 40
    assert checked(bytes(content)).faults == (Fault("no_dossier"),)


@pytest.mark.parametrize("deep", [DEEP, '{"a":' * 300 + "1" + "}" * 300])
def test_what_is_nested_too_deep_is_a_fault_of_its_file(dossier: bytes, deep: str) -> None:
    files = unpacked(dossier)
    assert checked(sealed({**files, RECORD: deep.encode()})).faults == (Fault("record", RECORD),)
    lines = files[LINES] + deep.encode() + b"\n"
    found = checked(sealed({**files, LINES: lines})).faults
    assert Fault("line_unread", str(lines.count(b"\n"))) in found


def forged(files: dict[str, bytes], change: Callable[[dict[str, Any]], None]) -> list[str]:
    """The lines with what was changed in each, bound to each other anew."""
    lines, before = list[str](), ""
    for told in files[LINES].decode().splitlines():
        line = json.loads(told)
        change(line)
        line["previous"] = before or line["previous"]
        if "detail" in line:
            line["digest"] = digest_of({n: v for n, v in line.items() if n != "digest"})
        before = line["digest"]
        lines.append(json.dumps(line))
    return lines


PLACES = ("subject", "number", "digest", "previous", "detail", "act", "actor", "at")


def test_an_odd_value_anywhere_in_a_line_is_a_fault(dossier: bytes) -> None:
    files = unpacked(dossier)
    told = files[LINES].decode().splitlines()
    number = next(place for place, each in enumerate(told) if '"put"' in each)
    for name in PLACES:
        for odd in ODD:
            line = {**json.loads(told[number]), name: odd}
            lines = [*told[:number], json.dumps(line), *told[number + 1 :]]
            assert checked(sealed({**files, LINES: "\n".join(lines).encode() + b"\n"})).faults


@pytest.mark.parametrize("odd", [{}, [[1]], None, "x", 1e400])
def test_an_odd_value_in_a_row_that_a_line_tells_raises_nothing(
    of_a_meeting: bytes, odd: Any
) -> None:
    files = unpacked(of_a_meeting)
    tables = {
        (table, name)
        for line in files[LINES].decode().splitlines()
        for table, rows in json.loads(line)
        .get("detail", {})
        .get("facts", {})
        .get("put", {})
        .items()
        for row in rows
        for name in row
    }
    assert tables
    for table, name in sorted(tables):

        def change(line: dict[str, Any], table: str = table, name: str = name) -> None:
            for row in line.get("detail", {}).get("facts", {}).get("put", {}).get(table, ()):
                row[name] = odd

        content = "\n".join(forged(files, change)).encode() + b"\n"
        found = checked(sealed({**files, LINES: content}))
        assert found.faults or odd in (None, "x")  # some column of which nothing else is told


@pytest.mark.parametrize("name", ["id", "vote_id", "approve", "abstain", "against"])
def test_a_row_of_hands_that_lacks_what_it_is_judged_by_is_an_unread_line(
    of_a_meeting: bytes, name: str
) -> None:
    files = unpacked(of_a_meeting)

    def change(line: dict[str, Any]) -> None:
        for row in line.get("detail", {}).get("facts", {}).get("put", {}).get("raised_hands", ()):
            del row[name]

    content = "\n".join(forged(files, change)).encode() + b"\n"
    kinds = {each.kind for each in checked(sealed({**files, LINES: content})).faults}
    assert "line_unread" in kinds


@pytest.mark.parametrize("hands", [("approve", 10**15), ("abstain", 10**15), ("approve", -1)])
def test_more_hands_than_people_are_refused_before_they_are_counted(
    of_a_meeting: bytes, hands: tuple[str, int]
) -> None:
    files = unpacked(of_a_meeting)
    record = json.loads(files[RECORD])
    votes = [each for meeting in record["meetings"] for each in meeting["votes"]]
    (raised,) = [each for each in votes if each["raised"]]
    raised["raised"][hands[0]] = hands[1]
    found = checked(sealed({**files, RECORD: json.dumps(record).encode()}))
    assert Fault("vote", str(raised["id"])) in found.faults


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_no_calendar_holds_is_a_fault_of_the_record(
    dossier: bytes, moment: str
) -> None:
    files = unpacked(dossier)
    record = json.loads(files[RECORD]) | {"made_at": moment}
    found = checked(sealed({**files, RECORD: json.dumps(record).encode()}))
    assert Fault("record", RECORD) in found.faults
