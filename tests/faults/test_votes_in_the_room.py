"""Votes in the room under bad input: wrong persons, wrong moments, presses repeated, a quorum that is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.db import drafts
from bot.db.ballot_keys import BallotKeys
from bot.meetings.rules.meeting import Mark
from bot.people import store as people_store
from bot.proofs.verification import verify
from bot.regulations.rules.terms import Matter
from bot.values.action import action, encode
from bot.votes import access, ballots, polling
from bot.votes.rules.rights import Wanted
from bot.votes.rules.vote import VoteKind
from tests.faults.committee import CLERK, STRANGER, Committee, committee
from tests.faults.machine import count
from tests.faults.sitting import SUBJECT, Sitting, sitting
from tests.registers import enter

NAMES = ("Cao Văn Một", "Tô Thị Hai")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, 6) as made:
        yield made
        await made.stage.settle()
        assert count(made.stage.path, "inbox", "fault IS NOT NULL OR handled_at IS NULL") == 0
        await made.verified()


@pytest.fixture
async def room(house: Committee) -> Sitting:
    return await sitting(house)


def open_votes(room: Sitting) -> int:
    return count(room.house.stage.path, "votes", "closed_at IS NULL")


async def test_only_the_head_opens_and_closes(room: Sitting) -> None:
    house = room.house
    for account in (house.accounts[1], CLERK):
        seen = await house.hands(account).try_press(
            "vote_open", room.item, "general", "approve", "open"
        )
        assert seen.refusal is not None
    assert open_votes(room) == 0
    vote = await room.opens(form="open", matter="general")
    for account in (house.accounts[1], CLERK):
        for act in ("vote_close", "vote_close_yes", "vote_void"):
            assert (await house.hands(account).try_press(act, vote)).refusal is not None
    assert open_votes(room) == 1


async def test_pressed_twice_a_vote_opens_once(room: Sitting) -> None:
    house, head = room.house, room.house.hands(room.house.head)
    shown = head.messages[-1].message_id
    code = encode(action("vote_open", room.item, "general", "approve", "open"))
    for _ in range(5):
        house.stage.world.press(house.head, shown, code)
    await house.stage.settle()
    assert open_votes(room) == 1


async def test_a_list_is_opened_once_however_often_its_button_is_pressed(room: Sitting) -> None:
    head = room.house.hands(room.house.head)
    await head.press("vote_open", room.item, "general", "names", "open")
    await head.say("1. Cao Văn Một\n\n- Tô Thị Hai")
    (draft,) = head.screen_with("form_send")["form_send"]
    await head.press("form_send", draft)
    assert (await head.try_press("form_send", draft)).refusal is not None
    assert open_votes(room) == 1
    assert "2. Tô Thị Hai" in room.house.hands(room.house.accounts[1]).messages[-1].text


@pytest.mark.parametrize(
    "typed", ["  \n - \n", "\n".join(f"Người {n}" for n in range(31)), "An\nAn"]
)
async def test_a_list_that_cannot_be_voted_on_is_refused_with_what_is_wrong(
    room: Sitting, typed: str
) -> None:
    head = room.house.hands(room.house.head)
    await head.press("vote_open", room.item, "general", "names", "open")
    if typed.strip():
        assert (await head.try_say(typed)).refusal is not None
    assert open_votes(room) == 0


async def test_a_figure_that_begins_a_name_is_no_number_of_the_list(room: Sitting) -> None:
    head = room.house.hands(room.house.head)
    await head.press("vote_open", room.item, "general", "names", "open")
    await head.say("1. 30 năm tuổi Đảng\n2) 500 triệu đồng cho Hội A")
    assert "1. 30 năm tuổi Đảng" in head.messages[-1].text
    assert "2. 500 triệu đồng cho Hội A" in head.messages[-1].text


async def test_a_list_is_gone_back_in_and_dropped_as_every_form(room: Sitting) -> None:
    head = room.house.hands(room.house.head)
    seen = await head.press("vote_open", room.item, "general", "names", "open")
    asked = seen[-1]
    assert "form_back" not in head.screen_with("form_drop")
    await head.say("Cao Văn Một")
    seen = await head.press("form_back", *head.screen_with("form_send")["form_back"])
    assert seen[-1] == asked
    await head.say("Tô Thị Hai")
    assert "1. Tô Thị Hai" in head.messages[-1].text
    ways = head.screen_with("form_send")
    await head.press("form_drop", *ways["form_drop"])
    await head.press("form_drop_yes", ways["form_drop"][0])
    assert (await head.try_press("form_send", *ways["form_send"])).refusal is not None
    assert open_votes(room) == 0


async def test_what_is_typed_after_another_choice_is_no_differing_opinion(room: Sitting) -> None:
    house = room.house
    vote, account = await room.opens(form="open", matter="general"), house.accounts[1]
    member = house.hands(account)
    await member.press("vote", vote, "differ")
    await member.press("vote", vote, "approve")
    await member.say("Cảm ơn đồng chí")
    assert count(house.stage.path, "open_votes") == 2
    assert (await room.closes(vote)).counts["differ"] == 0


async def test_a_differing_opinion_counts_from_the_press_and_keeps_its_words_when_pressed_again(
    room: Sitting,
) -> None:
    house = room.house
    vote = await room.opens(form="open", matter="general")
    silent, talks = house.hands(house.accounts[1]), house.hands(house.accounts[2])
    await silent.press("vote", vote, "approve")
    await silent.press("vote", vote, "differ")
    await talks.press("vote", vote, "differ")
    await talks.say("Nên lùi sang quý III.")
    await talks.press("vote", vote, "differ")
    assert count(house.stage.path, "open_votes") == 4
    assert (await room.closes(vote)).counts["differ"] == 2


async def test_a_choice_leaves_awaited_what_another_question_asked_for(room: Sitting) -> None:
    house = room.house
    vote, account = await room.opens(form="open", matter="general"), house.accounts[1]
    async with house.stage.bot.context.work() as work:
        await drafts.await_words(work.tx, account, "form", {"draft": 1}, work.now)
    await house.hands(account).press("vote", vote, "approve")
    assert count(house.stage.path, "prompts", f"account_id = {account}") == 1


async def test_a_forwarded_card_pressed_by_somebody_else_changes_and_tells_nothing(
    room: Sitting,
) -> None:
    house, vote = room.house, await room.opens(form="open", matter="general")
    house.stage.world.say(STRANGER, "/start")
    await house.stage.settle()
    stranger = house.hands(STRANGER)
    for act, args in (
        ("vote", ("approve",)),
        ("vote_card", ()),
        ("vote_dash", ()),
        ("ballot", ()),
        ("cast", ("a",)),
    ):
        seen = await stranger.try_press(act, vote, *args)
        assert seen.refusal is not None
        assert "Việc này do người đứng đầu" in seen.refusal
    assert not any(SUBJECT in message.text for message in stranger.messages)
    assert count(house.stage.path, "open_votes") == 0


async def test_a_member_who_has_left_the_committee_meanwhile_votes_no_more(room: Sitting) -> None:
    house, vote = room.house, await room.opens(form="open", matter="general")
    gone = house.accounts[4]
    async with house.stage.bot.context.work() as work:
        await enter(work, house.id, people_store.retire(house.persons[gone], work.now))
    assert (await house.hands(gone).try_press("vote", vote, "approve")).refusal is not None
    assert count(house.stage.path, "open_votes") == 0


async def test_the_last_answer_before_the_close_counts_and_none_after_it(room: Sitting) -> None:
    house, vote = room.house, await room.opens(form="open", matter="general")
    for account in house.accounts[:4]:
        await house.hands(account).press("vote", vote, "reject")
        await house.hands(account).press("vote", vote, "approve")
    told = await room.closes(vote)
    assert told.counts == {"approve": 4, "reject": 0, "differ": 0}
    seen = await house.hands(house.accounts[5]).try_press("vote", vote, "reject")
    assert seen.refusal is not None
    assert (await room.told(vote)).counts == {"approve": 4, "reject": 0, "differ": 0}


async def test_tapped_twice_a_choice_stands_where_it_was_and_is_kept_once(room: Sitting) -> None:
    house, vote = room.house, await room.opens(form="open", matter="general")
    hands = house.hands(house.accounts[1])
    await hands.press("vote", vote, "approve")
    await hands.press("vote", vote, "approve")
    choices = [said for said, _ in hands.labelled("vote")]
    assert choices[:2] == ["√ Tán thành", "Không tán thành"]
    assert count(house.stage.path, "open_votes") == 1


async def test_asked_again_a_name_shows_its_answer_ticked_and_keeps_the_same_once(
    room: Sitting,
) -> None:
    house = room.house
    vote = await room.opens(kind="names", form="open", matter="general", names=NAMES)
    hands = house.hands(house.accounts[1])
    await hands.press("vote_name", vote, 0, "approve")
    choices = [said for said, _ in hands.labelled("vote_name")]
    assert choices[:2] == ["Tán thành", "Không tán thành"], "the next name has no answer yet"
    await hands.press("vote_name", vote, 1, "reject")
    await hands.press("vote_on", vote, 0)
    choices = [said for said, _ in hands.labelled("vote_name")]
    assert choices[:2] == ["√ Tán thành", "Không tán thành"]
    await hands.press("vote_name", vote, 0, "approve")
    assert hands.shows("vote_on", vote, 0) is not None
    assert count(house.stage.path, "open_votes") == 2


async def test_before_the_close_nobody_but_the_voter_sees_a_choice(room: Sitting) -> None:
    house, vote = room.house, await room.opens(form="open", matter="general")
    await house.hands(house.accounts[1]).press("vote", vote, "reject")
    for account in (house.head, CLERK, house.accounts[2]):
        heard = " ".join(m.text for m in house.hands(account).messages)
        assert "Không tán thành" not in heard
    assert (await room.told(vote)).counts == {}


@pytest.mark.parametrize("form", ["open", "secret"])
async def test_without_quorum_a_vote_ends_only_without_a_result(room: Sitting, form: str) -> None:
    house, vote = room.house, await room.opens(form=form, matter="general")
    head, voters = house.hands(house.head), house.accounts[1:4]
    for account in voters:
        if form == "open":
            await house.hands(account).press("vote", vote, "approve")
        else:
            await room.casts(account, vote, "a")
    await room.note(Mark.LEAVE, house.head, *house.accounts[4:])
    seen = await head.try_press("vote_close", vote)
    assert seen.refusal is not None
    assert "8.2.2" in seen.refusal
    await head.press("vote_void", vote)
    told = await room.told(vote)
    assert (told.outcome, told.next, told.counts) == ("not_published", "decide", {})
    assert house.stage.bot.db.keys.key(vote) is None


async def test_with_quorum_a_vote_is_not_thrown_away(room: Sitting) -> None:
    house, vote = room.house, await room.opens(form="open", matter="general")
    for account in house.accounts:
        await house.hands(account).press("vote", vote, "approve")
    await house.hands(house.head).press("vote_void", vote)
    assert (await room.told(vote)).outcome == "adopted"


@pytest.mark.parametrize("kind", ["approve", "names"])
async def test_a_secret_vote_whose_key_cannot_be_kept_does_not_open(
    room: Sitting, kind: str
) -> None:
    house, head = room.house, room.house.hands(room.house.head)
    folder = house.stage.bot.db.keys.folder
    folder.rmdir()
    folder.write_bytes(b"")  # where the folder of keys should be
    seen = await head.try_press("vote_open", room.item, "personnel", kind, "secret")
    if kind == "names":
        await head.say("\n".join(NAMES))
        seen = await head.try_press("form_send", *head.screen_with("form_send")["form_send"])
    assert seen.refusal is not None
    assert "không ghi được khóa" in seen.refusal
    assert count(house.stage.path, "votes") == count(house.stage.path, "ballot_boxes") == 0
    folder.unlink()
    assert await room.opens() == 1


async def test_a_key_that_a_crash_left_is_destroyed_at_the_next_start(room: Sitting) -> None:
    house, vote = room.house, await room.opens()
    keys = house.stage.bot.db.keys
    for left in (vote + 1, vote + 7):
        keys.make(left)
    await house.stage.stop_bot()
    await house.stage.start_bot()
    await house.stage.settle()
    folder = house.stage.bot.db.keys.folder
    assert [path.name for path in folder.iterdir()] == [f"{vote}.key"]
    assert BallotKeys(folder).key(vote) is not None


async def test_a_key_is_not_destroyed_while_its_vote_is_only_being_opened(room: Sitting) -> None:
    """Old keys go after another meeting in the very moment in which a vote opens here."""
    house, context = room.house, room.house.stage.bot.context
    async with context.work() as work:
        found, item = await access.find_item(work, house.head, room.item)
    wanted = Wanted(VoteKind.APPROVE, secret=True, matter=Matter.PERSONNEL)
    async with asyncio.TaskGroup() as both, context.work() as work:
        await polling.open_vote(work, found, item, wanted)
        wiping = both.create_task(ballots.wipe(context))
        for _ in range(100):  # as far as it comes before this is on disk
            await asyncio.sleep(0)
    assert wiping.result()
    for account in house.accounts[:5]:
        await room.casts(account, 1, "a")
    assert (await room.closes(1)).counts == {"approve": 5, "reject": 0}


async def test_a_vote_waits_under_my_tasks_until_it_is_answered(room: Sitting) -> None:
    house, vote = (
        room.house,
        await room.opens(kind="names", form="open", matter="general", names=NAMES),
    )
    hands = house.hands(house.accounts[2])
    await hands.say("/start")
    await hands.press("tasks")
    assert hands.shows("vote_card", vote) is not None
    await hands.press("vote_name", vote, 0, "approve")
    await hands.press("tasks")
    assert "Biểu quyết" in hands.messages[-1].text
    await hands.press("vote_name", vote, 1, "approve")
    await hands.press("tasks")
    assert "Biểu quyết tại cuộc họp" not in hands.messages[-1].text


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE votes SET result = replace(result, '\"approve\": 4', '\"approve\": 5')",
        'UPDATE open_votes SET answers = \'{"": "reject"}\'',
        "DELETE FROM ballot_rolls",
    ],
)
async def test_a_result_changed_behind_the_bot_is_found(tmp_path: Path, forged: str) -> None:
    async with committee(tmp_path, 6) as house:
        room = await sitting(house)
        secret, openly = await room.opens(), 0
        for account in house.accounts:
            await room.casts(account, secret, "a")
        await room.closes(secret)
        openly = await room.opens(form="open", matter="general")
        for account in house.accounts[:4]:
            await house.hands(account).press("vote", openly, "approve")
        await room.closes(openly)
        assert (await house.verified()).checked[0].results == 2
        with closing(sqlite3.connect(house.stage.path)) as database:
            assert database.execute(forged).rowcount > 0
            database.commit()
        found = await verify(house.stage.bot.context)
        assert {each.kind for each in found.checked[0].breaks} == {"vote"}
