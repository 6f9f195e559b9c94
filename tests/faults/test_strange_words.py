from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from simulator.messages import Message
from tests.faults.committee import CLERK, Committee
from tests.faults.facts import facts
from tests.faults.machine import count

SUBJECT = "Việc thứ nhất"
LONG = "Ý kiến rất dài, " * 6_249 + "và hết ở đây rồi"[:15] + "."
MARKS = "o" + "\u0301" * 60_000
STRANGE = {
    "html": "<b>đậm</b> & <script>alert(1)</script>",
    "template": "{{7*7}} {% raw %} ${7*7} %s",
    "nul": "một\x00hai",
    "right_to_left": "\u202eđảo ngược\u202c",
    "marks": MARKS,
    "formula": "=cmd|' /C calc'!A0",
    "decomposed": "Quy\u0301 II: \u0110o\u0302\u0300ng thua\u0323\u0302n",
    "newlines": "dòng một\n\n\n\ndòng hai",
}
SHOWN = {
    "html": "<b>đậm</b> & <script>alert(1)</script>",
    "template": "{{7*7}} {% raw %} ${7*7} %s",
    "nul": "một hai",
    "right_to_left": "đảo ngược",
    "formula": "=cmd|' /C calc'!A0",
    "decomposed": "Quý II: Đồng thuận",
}


@pytest.mark.parametrize("kind", sorted(STRANGE))
async def test_strange_words_reach_everybody_as_written_wherever_they_stand(
    house: Committee, kind: str
) -> None:
    strange, shown = STRANGE[kind], SHOWN.get(kind, "")
    member, head = house.hands(house.accounts[1]), house.hands(house.head)
    await renamed(house, house.accounts[2], strange)
    matter = await house.opens(strange, strange)
    assert all(shown in house.form(account, matter).text for account in house.accounts)
    await member.press("reply", matter, "reject")
    await member.say(strange)
    # The press is the first of two answers kept; the words belong to it.
    assert count(house.stage.path, "replies", "choice = 'reject'") == 2
    assert count(house.stage.path, "replies", "choice = 'reject' AND words <> ''") == 1
    assert house.form(member.user_id, matter).text.count(shown) >= 2
    await head.press("withdraw", matter)
    await head.say(strange)
    assert count(house.stage.path, "acts", "kind = 'withdraw'") == 1
    assert shown in member.messages[-1].text
    everything = "".join(m.text for a in (*house.accounts, CLERK) for m in from_bot(house, a))
    assert not any(sign in everything for sign in ("\x00", "\u202e", "\u0301" * 5))


async def renamed(house: Committee, account: int, name: str) -> None:
    """The clerk writes a member's name anew; what no name can be is refused."""
    clerk = house.hands(CLERK)
    await clerk.press("people_rename", house.persons[account])
    await clerk.say(name)
    await clerk.press("people", house.id)


def from_bot(house: Committee, account: int) -> list[Message]:
    return [message for message in house.hands(account).messages if message.from_bot]


async def test_an_opinion_of_100_000_characters_is_kept_whole_and_no_longer_one(
    house: Committee,
) -> None:
    matter = await house.opens(SUBJECT)
    member = house.hands(house.accounts[1])
    await member.press("reply", matter, "reject")
    await member.say(LONG)
    assert (len(LONG), LONG[-1]) == (100_000, ".")
    assert last_words(house) == LONG
    assert "Không tán thành" in house.form(member.user_id, matter).text
    await member.press("reply", matter, "reject")
    seen = await member.try_say(LONG[:4000] + "x" * 97_000)
    assert seen.refusal is not None
    assert LONG[:4000] in last_words(house)


async def test_what_is_said_later_does_not_join_a_long_opinion(house: Committee) -> None:
    matter, long = await house.opens(SUBJECT), LONG[:4000].strip()
    member = house.hands(house.accounts[1])
    await member.press("reply", matter, "reject")
    await member.say(long)
    await house.stage.move_to(house.stage.clock.now() + timedelta(seconds=4))
    await member.say("Chào đồng chí")
    assert last_words(house) == long


async def test_a_text_of_several_messages_is_put_together_in_the_form(house: Committee) -> None:
    clerk, text = house.hands(CLERK), LONG[:15_999]
    await clerk.press("launch", house.id)
    draft = await house.draft()
    await clerk.press("form_fill", draft, "ground", "urgent_no_meeting")
    await clerk.press("form_fill", draft, "matter", "general")
    await clerk.say(SUBJECT)
    await clerk.say(text)
    await house.stage.move_to(house.stage.clock.now() + timedelta(seconds=4))
    await clerk.say("17:00 05/03/2026")
    await clerk.press("form_fill", draft, "secret_free", "yes")
    await clerk.press("form_send", draft)
    with closing(sqlite3.connect(house.stage.path)) as database:
        assert database.execute("SELECT text FROM consultations").fetchone()[0] == text.strip()


def last_words(house: Committee) -> str:
    """The words that count, as they are kept."""
    with closing(sqlite3.connect(house.stage.path)) as database:
        newest = "SELECT words FROM replies ORDER BY id DESC LIMIT 1"
        return str(database.execute(newest).fetchone()[0])


async def test_a_subject_and_a_reason_too_long_are_refused_and_change_nothing(
    house: Committee,
) -> None:
    matter = await house.opens(SUBJECT)
    head, clerk = house.hands(house.head), house.hands(CLERK)
    before = facts(house.stage.path)
    await head.press("withdraw", matter)
    seen = await head.try_say("x" * 4000)
    assert seen.refusal is not None
    assert "2000" in seen.refusal.replace(".", "")
    await clerk.press("launch", house.id)
    draft = await house.draft()
    await clerk.press("form_fill", draft, "ground", "urgent_no_meeting")
    await clerk.press("form_fill", draft, "matter", "general")
    seen = await clerk.try_say("y" * 4000)
    assert seen.refusal is not None
    assert "300" in seen.refusal
    assert facts(house.stage.path) == before


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "tuyệt mật", "Tối-Mật", "MA\u0323\u0302T"])
async def test_a_secrecy_mark_stops_the_form(house: Committee, mark: str) -> None:
    clerk, before = house.hands(CLERK), facts(house.stage.path)
    await clerk.press("launch", house.id)
    draft = await house.draft()
    await clerk.press("form_fill", draft, "ground", "urgent_no_meeting")
    await clerk.press("form_fill", draft, "matter", "general")
    seen = await clerk.try_say(f"Báo cáo {mark} quý II")
    assert seen.refusal is not None
    assert "117/2025/QH15" in seen.refusal
    await clerk.say("Báo cáo quý II")
    seen = await clerk.try_send_file(f"bao_cao_{mark}.docx", b"x")
    assert seen.refusal is not None
    assert count(house.stage.path, "blobs") == 0
    assert facts(house.stage.path) == before


async def test_a_file_over_the_limit_is_refused_before_it_is_fetched(house: Committee) -> None:
    clerk = house.hands(CLERK)
    await clerk.press("launch", house.id)
    draft = await house.draft()
    await clerk.press("form_fill", draft, "ground", "urgent_no_meeting")
    await clerk.press("form_fill", draft, "matter", "general")
    await clerk.say("Báo cáo quý II")
    seen = await clerk.try_send_file("qua_lon.pdf", b"\0" * (21 * 1024 * 1024))
    assert seen.refusal is not None
    assert "20 MB" in seen.refusal
    assert count(house.stage.path, "blobs") == 0
    seen = await clerk.try_send_file("vừa_đủ.pdf", b"noi dung")
    assert seen.refusal is None
    assert count(house.stage.path, "blobs") == 1
