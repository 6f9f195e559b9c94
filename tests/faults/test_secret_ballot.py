"""Attacks on the secret ballot: what is written anywhere, what presses repeated or forged can do."""

from __future__ import annotations

import io
import itertools
import json
import logging
import random
import sqlite3
import stat
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
import structlog

from bot import logs
from bot.db.backup import back_up
from bot.meetings import store as meetings
from bot.meetings.rules.meeting import Mark, MeetingAct, MeetingActKind
from bot.values.action import action, encode
from bot.votes import ballots as ballot_services
from bot.votes import store as ballots
from bot.votes.store import Box
from tests.faults.committee import CLERK, HOUR, STRANGER, Committee, committee
from tests.faults.machine import count
from tests.faults.sitting import Sitting, sitting
from tests.registers import enter

SIZE = 9
NAMES = tuple(f"Ứng viên thứ {number}" for number in range(1, 11))
CHOICE_WORDS = ("Phiếu của đồng chí", "Xác nhận bỏ phiếu", '"1:cast:', "1:cast:")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, SIZE) as made:
        yield made
        await made.stage.settle()
        assert count(made.stage.path, "inbox", "fault IS NOT NULL OR handled_at IS NULL") == 0
        assert count(made.stage.path, "outbox", "state = 'undeliverable'") == 0


@pytest.fixture
async def room(house: Committee) -> Sitting:
    return await sitting(house)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything any logger writes at any level."""
    before, page = logging.getLogger().level, io.StringIO()
    logs.set_up(level="DEBUG", to=page)
    yield page
    logging.basicConfig(force=True, level=before)
    structlog.reset_defaults()


def files_of(house: Committee) -> dict[str, bytes]:
    """Every file beside the database and the database itself, but for the keys."""
    folder = house.stage.path.parent
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def every_byte(house: Committee) -> bytes:
    return b"\n".join(files_of(house).values())


def holds(bytes_: bytes, words: str) -> bool:
    """Whether the words stand anywhere, plain or as JSON writes them."""
    escaped = json.dumps(words)[1:-1]
    return words.encode() in bytes_ or escaped.encode() in bytes_


async def inside(house: Committee, vote: int, width: int = 1) -> tuple[str, ...]:
    """The ballots in the box, opened with its key as nobody but the close may."""
    db = house.stage.bot.db
    async with db.read() as tx:
        found = await ballots.opened(tx, db.keys, Box(vote, width, len(house.accounts)))
    assert found is not None
    return found


def roll(house: Committee, vote: int) -> int:
    return count(house.stage.path, "ballot_rolls", f"vote_id = {vote}")


def unlike_ballots(number: int) -> list[str]:
    """Ballots over ten names, no two alike, none of which occurs in a file by chance."""
    chance = random.Random(12)  # noqa: S311 - the same ballots each time
    found: set[str] = set()
    while len(found) < number:
        found.add("".join(chance.choice("ar") for _ in NAMES))
    return sorted(found, key=lambda _: chance.random())


# --- what is written -------------------------------------------------------------------------


async def test_no_byte_on_disk_and_no_line_of_the_log_holds_a_choice_before_or_after_the_close(
    written: io.StringIO, tmp_path: Path
) -> None:
    async with committee(tmp_path, SIZE) as house:
        room = await sitting(house)
        vote = await room.opens(kind="names", names=NAMES)
        cast = unlike_ballots(6)
        for place, (account, letters) in enumerate(zip(house.accounts, cast, strict=False)):
            await room.casts(account, vote, letters)
            on_disk = every_byte(house)
            assert [each for each in cast if each.encode() in on_disk] == [], place
            assert [words for words in CHOICE_WORDS if holds(on_disk, words)] == [], place
        back_up(house.stage.path, tmp_path / "ban-sao.db")
        assert Counter(await inside(house, vote, len(NAMES))) == Counter(cast)
        told = await room.closes(vote)
        assert told.turnout == 6
        assert sum(told.counts[NAMES[0]].values()) == 6  # type: ignore[union-attr]
        on_disk = every_byte(house)
        assert [each for each in cast if each.encode() in on_disk] == []
        assert [words for words in CHOICE_WORDS if holds(on_disk, words)] == []
        log = written.getvalue()
        assert [each for each in (*cast, "cast:", *NAMES) if each in log] == []


async def test_of_a_secret_press_not_even_the_number_reaches_the_inbox(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    before = count(house.stage.path, "inbox")
    await room.casts(house.accounts[1], vote, "r")
    assert count(house.stage.path, "inbox") == before


async def test_a_cast_leaves_no_line_in_the_register_and_no_row_of_a_person_in_the_outbox(
    room: Sitting,
) -> None:
    house, vote = room.house, await room.opens()
    lines, rows = count(house.stage.path, "register"), count(house.stage.path, "outbox")
    for account in house.accounts[1:8]:
        await room.casts(account, vote, "a")
    edits_of_the_dashboard = count(house.stage.path, "outbox", "key LIKE 'live:vdash:%'")
    assert count(house.stage.path, "register") == lines
    assert count(house.stage.path, "outbox") == rows + edits_of_the_dashboard
    await room.closes(vote)
    assert count(house.stage.path, "register", "act = 'vote_close'") == 1


async def test_what_quotes_the_screen_of_confirmation_is_kept_without_it(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    account = house.accounts[2]
    await room.chooses(account, vote, "r")
    hands = house.hands(account)
    shown = hands.messages[-1]
    assert "Phiếu của đồng chí" in shown.text
    house.stage.world.say(account, "Đã rõ", reply_to=shown.message_id)
    house.stage.world.press(account, shown.message_id, encode(action("home")))
    await house.stage.settle()
    on_disk = every_byte(house)
    assert [words for words in CHOICE_WORDS if holds(on_disk, words)] == []


async def test_a_button_of_another_version_is_not_kept_either(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    hands = house.hands(house.accounts[1])
    before = count(house.stage.path, "inbox")
    for data in (f"2:cast:{vote}:a", f"cast:{vote}:a", f"1:cast:{vote}:a:a:a", "1:cast:x:a"):
        house.stage.world.press(house.accounts[1], hands.messages[-1].message_id, data)
    await house.stage.settle()
    assert count(house.stage.path, "inbox") == before


async def test_two_backups_of_a_running_vote_differ_by_names_and_not_by_choices(
    room: Sitting, tmp_path: Path
) -> None:
    house, vote = room.house, await room.opens()
    seen = []
    for account, letters in zip(house.accounts, "aaarrra", strict=False):
        await room.casts(account, vote, letters)
        target = tmp_path / f"sao-{account}.db"
        back_up(house.stage.path, target)
        seen.append((letters, box_in(target, vote), target.stat().st_size))
    assert len({len(box) for _, box, _ in seen}) == 1
    assert len({size for _, _, size in seen}) == 1
    boxes = [box for _, box, _ in seen]
    for (_, one), (_, other) in itertools.combinations(enumerate(boxes), 2):
        alike = sum(a == b for a, b in zip(one, other, strict=True))
        assert alike < len(one) // 2, "two states of the box resemble each other"
    assert all(
        key not in path.read_bytes() for key in keys(house) for path in tmp_path.glob("sao-*")
    )


def box_in(path: Path, vote: int) -> bytes:
    with closing(sqlite3.connect(path)) as copy:
        found = copy.execute("SELECT sealed FROM ballot_boxes WHERE vote_id = ?", (vote,))
        return bytes(found.fetchone()[0])


def keys(house: Committee) -> list[bytes]:
    folder = house.stage.bot.db.keys.folder
    return [path.read_bytes() for path in folder.glob("*.key")]


async def test_only_the_owner_can_read_a_key_and_the_close_ends_it(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    folder = house.stage.bot.db.keys.folder
    file = folder / f"{vote}.key"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for account in house.accounts:
        await room.casts(account, vote, "a")
    await room.closes(vote)
    assert list(folder.iterdir()) == []


async def test_the_rows_of_the_roll_stand_in_no_order_of_casting(room: Sitting) -> None:
    """Over many votes the order of the roll agrees with the order of casting no more than chance has it."""
    house, chance = room.house, random.Random(31)  # noqa: S311 - the same order each time
    agreeing = pairs = 0
    for _ in range(12):
        vote, order = await room.opens(), list(house.accounts[:6])
        chance.shuffle(order)
        for account in order:
            await room.casts(account, vote, chance.choice("ar"))
        with closing(sqlite3.connect(house.stage.path)) as database:
            query = "SELECT person_id FROM ballot_rolls WHERE vote_id = ?"
            stored = [row[0] for row in database.execute(query, (vote,))]
        cast = [house.persons[account] for account in order]
        for one, other in itertools.combinations(stored, 2):
            agreeing += cast.index(one) < cast.index(other)
            pairs += 1
        assert list(await inside(house, vote)) == sorted(await inside(house, vote))
        await room.closes(vote)
    assert abs(agreeing / pairs - 0.5) < 0.15


async def test_after_the_meeting_no_older_page_is_left(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    for account in house.accounts[:7]:
        await room.casts(account, vote, "a")
    sealed = box_in(house.stage.path, vote)
    await room.closes(vote)
    assert sealed in every_byte(house), "the journal keeps older pages until it is emptied"
    context = house.stage.bot.context
    async with context.work() as work:
        head = house.persons[house.head]
        act = MeetingAct(MeetingActKind.CLOSE, work.now, head)
        await enter(work, house.id, meetings.add_act(room.id, act))
        meeting = await meetings.get(work.tx, room.id)
        assert meeting is not None
        await ballot_services.after_close(work, meeting)
    await house.stage.move_to(house.stage.clock.now() + HOUR)
    assert count(house.stage.path, "dues", "kind = 'wipe' AND done_at IS NULL") == 0
    assert sealed not in every_byte(house)
    await house.verified()


# --- presses ---------------------------------------------------------------------------------


async def test_double_parallel_and_repeated_presses_give_one_ballot_and_one_answer(
    room: Sitting,
) -> None:
    house, vote = room.house, await room.opens()
    account = house.accounts[3]
    await room.chooses(account, vote, "r")
    shown = house.hands(account).messages[-1]
    code = encode(action("cast", vote, "r"))
    pressed = [house.stage.world.press(account, shown.message_id, code) for _ in range(20)]
    await house.stage.settle()
    assert roll(house, vote) == len(await inside(house, vote)) == 1
    assert {each.text for each in pressed} == {"Đã ghi nhận phiếu."}
    other = house.stage.world.press(account, shown.message_id, encode(action("cast", vote, "a")))
    await house.stage.settle()
    assert other.text == "Đã ghi nhận phiếu."
    assert await inside(house, vote) == ("r",)


async def test_what_is_said_after_casting_is_the_same_for_every_choice(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    said = [
        (await room.casts(account, vote, letters)).texts[-1]
        for account, letters in zip(house.accounts[1:5], "aarr", strict=True)
    ]
    assert len(set(said)) == 1
    assert "tán thành" not in said[0].lower()


async def test_everybody_at_once_gives_each_one_ballot(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    for number, account in enumerate(house.accounts):
        await room.chooses(account, vote, "ar"[number % 2])
    for number, account in enumerate(house.accounts):
        shown = house.hands(account).shows("cast", vote, "ar"[number % 2])
        assert shown is not None
        code = encode(action("cast", vote, "ar"[number % 2]))
        house.stage.world.press(account, shown.message_id, code)
    await house.stage.settle()
    assert roll(house, vote) == SIZE
    assert await inside(house, vote) == tuple("aaaaarrrr")


async def test_a_cast_whose_answer_was_lost_is_answered_when_telegram_brings_it_again(
    room: Sitting,
) -> None:
    house, vote = room.house, await room.opens()
    account = house.accounts[1]
    await room.chooses(account, vote, "a")
    house.stage.world.faults.fail(500, "editMessageText")
    await house.hands(account).press("cast", vote, "a")
    assert roll(house, vote) == 1
    house.stage.world.faults.clear()
    seen = await house.hands(account).try_press("cast", vote, "a")
    assert seen.refusal is None
    assert "Đồng chí đã bỏ phiếu kín" in house.hands(account).messages[-1].text
    assert roll(house, vote) == len(await inside(house, vote)) == 1


@pytest.mark.parametrize("fault", ["duplicate_update", "press_again"])
async def test_an_update_that_telegram_brings_twice_gives_one_ballot(
    room: Sitting, fault: Literal["duplicate_update", "press_again"]
) -> None:
    house, vote = room.house, await room.opens()
    house.stage.world.faults.fail(fault)
    for account in house.accounts[:5]:
        await room.casts(account, vote, "r")
    assert roll(house, vote) == 5
    assert await inside(house, vote) == tuple("rrrrr")


async def test_nobody_but_a_member_who_is_here_casts(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    absent = house.accounts[8]
    await room.note(Mark.LEAVE, absent)
    for account in (CLERK, STRANGER, absent):
        if account == STRANGER:
            house.stage.world.say(STRANGER, "/start")
            await house.stage.settle()
        seen = await house.hands(account).try_press("cast", vote, "a")
        assert seen.refusal is not None
    assert roll(house, vote) == len(await inside(house, vote)) == 0


async def test_a_ballot_that_does_not_fit_the_vote_is_not_taken(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    for letters in ("", "h", "aa", "x", "A"):
        seen = await house.hands(house.accounts[1]).try_press("cast", vote, letters)
        assert seen.refusal is not None, letters
    assert roll(house, vote) == len(await inside(house, vote)) == 0


async def test_a_second_choice_is_refused_and_changes_nothing(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    await room.casts(house.accounts[1], vote, "a")
    seen = await room.chooses(house.accounts[1], vote, "r")
    assert seen.refusal is not None
    assert await inside(house, vote) == ("a",)


async def test_an_open_answer_cannot_be_put_into_a_secret_vote_nor_the_other_way(
    room: Sitting,
) -> None:
    house, vote = room.house, await room.opens()
    hands = house.hands(house.accounts[1])
    assert (await hands.try_press("vote", vote, "approve")).refusal is not None
    assert count(house.stage.path, "open_votes") == 0
    for account in house.accounts:
        await room.casts(account, vote, "a")
    await room.closes(vote)
    openly = await room.opens(form="open", matter="general")
    assert (await hands.try_press("cast", openly, "a")).refusal is not None
    assert roll(house, openly) == 0


# --- the box ---------------------------------------------------------------------------------


async def test_nobody_knows_anything_but_the_turnout_before_the_close(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    for account in house.accounts[:6]:
        await room.casts(account, vote, "r")
    told = await room.told(vote)
    assert (told.outcome, told.turnout, told.counts) == ("open", 6, {})
    for account in (house.head, CLERK):
        heard = " ".join(m.text.lower() for m in house.hands(account).messages)
        assert "không tán thành: 6" not in heard


async def test_too_few_ballots_are_not_published(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    for account in house.accounts[:4]:
        await room.casts(account, vote, "a")
    told = await room.closes(vote)
    assert (told.outcome, told.next, told.counts) == ("not_published", "decide", {})
    heard = house.hands(house.accounts[5]).messages[-1].text
    assert "Không công bố kết quả." in heard
    assert "Chỉ có 4 phiếu" in heard


async def test_a_box_whose_key_is_lost_takes_no_ballot_and_is_not_published(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    for account in house.accounts[:6]:
        await room.casts(account, vote, "a")
    house.stage.bot.db.keys.destroy(vote)
    seen = await room.casts(house.accounts[6], vote, "a")
    assert seen.refusal is not None
    assert "không mở được" in seen.refusal
    assert roll(house, vote) == 6
    told = await room.closes(vote)
    assert (told.outcome, told.counts) == ("not_published", {})


async def test_a_box_that_differs_from_the_roll_is_not_published(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    for account in house.accounts[:6]:
        await room.casts(account, vote, "a")
    with closing(sqlite3.connect(house.stage.path)) as database:
        database.execute(
            "DELETE FROM ballot_rolls WHERE person_id = ?", (house.persons[house.head],)
        )
        database.commit()
    assert (await room.closes(vote)).outcome == "not_published"


async def test_a_box_of_another_vote_does_not_open_in_its_place(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    before = box_in(house.stage.path, vote)
    for account in house.accounts[:6]:
        await room.casts(account, vote, "a")
    with closing(sqlite3.connect(house.stage.path)) as database:
        database.execute("UPDATE ballot_boxes SET sealed = ?", (before[:-1] + b"\0",))
        database.commit()
    assert (await room.closes(vote)).outcome == "not_published"
