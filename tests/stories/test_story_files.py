"""A story file that is wrong says where and why; one that does not hold says what differs; and how both are told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.values.language import Language
from simulator import story
from simulator.comparison import differences
from simulator.rehearsal import Played, play
from simulator.story_faults import StoryError

HEAD = """
title = "Kết quả thử"
regulation = "quang_ngai"
body = "dang_doan"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-06T08:00:00+07:00
[[member]]
name = "Nguyễn Văn An"
office = "secretary"
[[member]]
name = "Trần Thị Bình"
[[member]]
name = "Lê Văn Cường"
joined = false
[[clerk]]
name = "Phạm Thị Văn"
"""
LAUNCH = """
[[step]]
at = 2026-03-02T08:00:00+07:00
who = "Phạm Thị Văn"
does = "launch"
id = "c1"
matter = "general"
ground = "urgent_no_meeting"
subject = "Chương trình công tác"
deadline = 2026-03-05T17:00:00+07:00
"""
APPROVAL = """
[[step]]
at = 2026-03-02T09:00:00+07:00
who = "Nguyễn Văn An"
does = "approve_launch"
"""
RECORDED = """
[[step]]
at = 2026-03-03T09:00:00+07:00
who = "Phạm Thị Văn"
does = "record_reply"
of = "Trần Thị Bình"
choice = "approve"
"""
CALL = """
[[step]]
at = 2026-03-03T09:00:00+07:00
who = "Phạm Thị Văn"
does = "call_meeting"
kind = "regular"
starts = 2026-03-05T08:00:00+07:00
"""
NAMED = """
[[step]]
at = 2026-03-03T09:00:00+07:00
who = "Nguyễn Văn An"
does = "open_vote"
item = 1
secret = true
kind = "confidence"
names = ["Lê Văn Cường"]
"""
SEVERAL = """
title = "Hai tập thể"
regulation = "cap_huyen"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-06T08:00:00+07:00
[[body]]
id = "thuong_truc"
members = ["Nguyễn Văn An", "Lê Văn Cường"]
[[body]]
id = "ban_thuong_vu"
members = ["Nguyễn Văn An", "Trần Thị Bình"]
[[member]]
name = "Nguyễn Văn An"
office = "secretary"
[[member]]
name = "Trần Thị Bình"
offices = { ban_thuong_vu = "standing_member" }
[[member]]
name = "Lê Văn Cường"
[[clerk]]
name = "Phạm Thị Văn"
"""
CHAPTER = """
[[chapter]]
until = 2026-03-03T09:00:00+07:00
vi = { title = "Bắt đầu", told = "Tập thể bắt đầu." }
en = { title = "It begins", told = "It begins." }
"""
BESIDE = """
[[with]]
name = "Chi bộ Thử"
body = "dang_doan"
[[with.member]]
name = "Nguyễn Văn An"
office = "secretary"
[[with.member]]
name = "Vũ Thị Hoa"
[[with.clerk]]
name = "Đinh Thị Lan"
"""
ELSEWHERE = """
[[body]]
id = "ban_chap_hanh"
members = ["Nguyễn Văn An", "Trần Thị Bình"]
"""
NAMESAKE = """
[[member]]
name = "Nguyễn Văn An"
unit = "Sở Y tế"
"""


def step(who: str, does: str, more: str = "", at: str = "2026-03-03T09:00:00+07:00") -> str:
    whose = f'who = "{who}"\n' if who else ""
    return f'[[step]]\nat = {at}\n{whose}does = "{does}"\n{more}\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "story.toml"
    path.write_text(text, encoding="utf-8")
    return path


async def played(folder: Path, text: str) -> tuple[Played, list[str]]:
    path = written(folder, text)
    told = story.read(path)
    came = await play(told, path)
    return came, [each.told(Language.ENGLISH) for each in differences(told, came)]


# --- files that are wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "story.toml"),
        ("title = 'x'", "regulation"),
        (HEAD + "colour = 'red'", "colour"),
        (
            HEAD.replace('name = "Trần Thị Bình"', 'name = "Nguyễn Văn An"'),
            "member.2.name: có nhiều người tên «Nguyễn Văn An»",
        ),
        (HEAD + step("Ai Đó", "join"), "step.1.who: không có ai tên «Ai Đó»"),
        (HEAD + step("Trần Thị Bình", "dance"), "step.1.does: không có việc «dance»"),
        (HEAD + step("Trần Thị Bình", "reply"), "việc «reply» thiếu khóa «choice»"),
        (HEAD + step("Trần Thị Bình", "reply", 'choice = "maybe"'), "choice"),
        (
            HEAD
            + step("Trần Thị Bình", "reply", 'choice = "approve"\nanswers = { "1" = "reject" }'),
            "step.1.answers: việc «reply» có cả «choice» và «answers»",
        ),
        (
            HEAD + RECORDED.replace("choice", "invalid") + 'choice = "reject"',
            "step.1.invalid: việc «record_reply» có cả «choice» và «invalid»",
        ),
        (HEAD + RECORDED.replace("choice", "# choice"), "«record_reply» thiếu khóa «choice»"),
        (HEAD + step("Trần Thị Bình", "vote", 'words = "a"'), "việc «vote» thiếu khóa «choice»"),
        (
            HEAD + step("Trần Thị Bình", "acknowledge", 'words = "a"'),
            "step.1.words: việc «acknowledge» không nhận khóa «words»",
        ),
        (HEAD + step("", "acknowledge"), "việc «acknowledge» phải có người làm"),
        (
            HEAD + step("Trần Thị Bình", "bot_stops"),
            "step.1.who: việc «bot_stops» không do người nào làm",
        ),
        (
            HEAD + step("Trần Thị Bình", "join", at="2026-03-09T09:00:00+07:00"),
            "step.1.at: thời điểm 2026-03-09T09:00:00+07:00 nằm ngoài",
        ),
        (HEAD + step("Trần Thị Bình", "join", at="2026-03-03T09:00:00"), "step.1.at"),
        (
            HEAD + step("Trần Thị Bình", "join", "refused = 8.2"),
            "step.1.refused: giá trị 8.2 không phải là true, cũng không phải là một điều",
        ),
        (
            HEAD + CHAPTER.replace("2026-03-03", "2026-03-09"),
            "chapter.1.until: thời điểm 2026-03-09T09:00:00+07:00 nằm ngoài",
        ),
        (HEAD + CHAPTER.replace("told", "words"), "chapter.1.vi: thiếu khóa «told»"),
        (HEAD + step("", "telegram_fails", "with = 404"), "with"),
        (
            HEAD + BESIDE + step("Vũ Thị Hoa", "join", 'in = "Chi bộ Thủ"'),
            "step.1.in: không có tập thể nào tên «Chi bộ Thủ» trong các phần [[with]]",
        ),
        (
            HEAD + BESIDE.replace("Vũ Thị Hoa", "Đinh Thị Lan"),
            "with.1.member.2.name: có nhiều người tên «Đinh Thị Lan»",
        ),
        ("beside = []" + HEAD, "beside: khóa «beside» không có"),
        (HEAD + BESIDE.replace("[[with.clerk]]", "[[with.clerks]]"), "with.1.clerks"),
        (
            HEAD + LAUNCH + step("Trần Thị Bình", "acknowledge", 'id = "c9"'),
            "step.2.id: không bước nào đặt id «c9»",
        ),
        (HEAD + LAUNCH + '[expect.c9]\noutcome = "adopted"', "c9"),
        (HEAD + '[expect.heard]\n"Ai Đó" = ["x"]', "Ai Đó"),
        (HEAD + '[expect]\ncolour = "red"', "colour"),
        (HEAD + '[expect]\noutcome = "adoptd"', "expect.outcome: không có mã «adoptd»"),
        (HEAD + LAUNCH + '[expect.c1]\nnext = "report"', "expect.c1.next: không có mã «report»"),
        (HEAD + '[expect]\nstate = "opened"', "expect.state: không có mã «opened»"),
        (HEAD + "[expect]\ncounts = { aprove = 0 }", "expect.counts.aprove: không có mã «aprove»"),
        (
            HEAD + '[expect]\ncounts = { "Lê Văn Cường" = { aprove = 0 } }',
            "expect.counts.Lê Văn Cường: không có mã «Lê Văn Cường»",
        ),
        (
            HEAD + NAMED + '[expect]\ncounts = { "Lê Văn Cường" = { hihg = 0 } }',
            "expect.counts.Lê Văn Cường.hihg: không có mã «hihg»",
        ),
        (
            HEAD + '[expect.positions]\n"Trần Thị Bình" = "aprove"',
            "expect.positions.Trần Thị Bình: không có mã «aprove»",
        ),
        (
            HEAD + NAMED.replace('"confidence"', '"confidense"'),
            "step.1.kind: không có mã «confidense»",
        ),
        (HEAD + CALL.replace('"regular"', '"regulr"'), "step.1.kind: không có mã «regulr»"),
        (HEAD + '[expect.board]\n"QN-R1 2026 A" = "in_time"', "không có mã «in_time»"),
        ('bodies = "x"' + HEAD, "bodies: khóa «bodies» không có"),
        (HEAD + LAUNCH.replace('"c1"', '"owed"'), "step.1.id: «owed» là từ của phần [expect]"),
        (
            HEAD + step("Trần Thị Bình", "join", 'body = "dang_doan"'),
            "step.1.body: việc «join» không nhận khóa «body»",
        ),
        (HEAD + "[expect.waiting]\ndang_doan = 'Việc'", "expect.waiting.dang_doan"),
        (
            SEVERAL + "[[body]]\nmembers = []",
            "body.3: thiếu khóa «id» (viết thêm khóa «id» vào phần [body.3])",
        ),
        (SEVERAL + '[[body]]\nid = "thuong_truc"', "tập thể «thuong_truc» có nhiều bảng"),
        (
            SEVERAL.replace('"Lê Văn Cường"]', '"Ai Đó"]'),
            "body.1.members.2: «Ai Đó» không phải là thành viên",
        ),
        (SEVERAL.replace('"Lê Văn Cường"]', '"Nguyễn Văn An"]'), "«Nguyễn Văn An» được ghi 2 lần"),
        (SEVERAL.replace("members = [", "members = 1 # ["), "body.1.members"),
        (
            SEVERAL.replace("ban_thuong_vu = ", "thuong_truc = "),
            "member.2.offices.thuong_truc: «Trần Thị Bình» có chức vụ",
        ),
        (SEVERAL.replace("[[body]]", "[[body]]\ncolour = 'red'"), "body.1.colour"),
        (
            HEAD.replace('"Trần Thị Bình"', '"Nguyễn Văn An"\nunit = "Sở Y tế"') + NAMESAKE,
            'unit = "…"',
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(StoryError) as wrong:
        story.read(written(tmp_path, text))
    assert words in str(wrong.value)
    assert "story.toml" in str(wrong.value)


def test_a_misspelt_key_is_not_told_as_a_missing_one_too(tmp_path: Path) -> None:
    text = HEAD + step("Trần Thị Bình", "reply", 'chioce = "approve"')
    with pytest.raises(StoryError) as wrong:
        story.read(written(tmp_path, text))
    (fault,) = wrong.value.faults
    assert (fault.key, fault.meant) == ("step.1.chioce", "choice")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD.replace('"quang_ngai"', '"ha_noi"'), "quang_ngai"),
        (HEAD.replace('"dang_doan"', '"hoi_dong"'), "dang_doan"),
        (HEAD + "[settings]\nbeauty = true", "beauty"),
        (HEAD.replace('"secretary"', '"chairman"'), "chairman"),
        (HEAD.replace('"secretary"', '"member"'), "chưa có người duyệt phiếu (Điều "),
        (
            SEVERAL.replace('id = "thuong_truc"', 'id = "hoi_dong"'),
            "body.1.id: quy chế này không có tập thể «hoi_dong»",
        ),
        (
            SEVERAL + step("Trần Thị Bình", "rsvp", 'answer = "attend"\nbody = "x"'),
            "step.1.body: quy chế này không có tập thể «x»",
        ),
        (
            SEVERAL + step("Trần Thị Bình", "ask_question", 'of = "Ai Đó"'),
            "step.1.of: quy chế này không có tập thể «Ai Đó»",
        ),
        (
            SEVERAL + "[expect.waiting]\nhoi_dong = []",
            "expect.waiting.hoi_dong: quy chế này không có",
        ),
        (
            SEVERAL.replace("ban_thuong_vu = ", "hoi_dong = "),
            "member.2.offices.hoi_dong: quy chế này",
        ),
        (
            HEAD + step("Phạm Thị Văn", "amend", 'from = 2026-03-04\nfile = "khong_co.toml"'),
            "step.1.file: không có tệp «khong_co.toml» bên cạnh kịch bản",
        ),
        (
            HEAD + step("Phạm Thị Văn", "import_roster", 'file = "khong_co.csv"'),
            "step.1.file: không có tệp «khong_co.csv» bên cạnh kịch bản",
        ),
        (
            HEAD + LAUNCH.replace('"general"', '"generl"'),
            "step.1.matter: không có mã «generl»",
        ),
        (
            HEAD + LAUNCH.replace('"urgent_no_meeting"', '"thien_tai"'),
            "step.1.ground: không có mã «thien_tai»",
        ),
        (
            HEAD + LAUNCH + 'contents = [{ subject = "a" }, { subject = "b", matter = "x" }]',
            "step.1.contents.2.matter: không có mã «x»",
        ),
        (
            SEVERAL.replace('"standing_member"', '"chairman"'),
            "không có chức vụ «chairman»",
        ),
        (
            SEVERAL.replace(', "Lê Văn Cường"]', "]") + ELSEWHERE,
            "member.3: «Lê Văn Cường» không thuộc tập thể nào",
        ),
        (
            HEAD + BESIDE.replace('"dang_doan"', '"hoi_dong"'),
            "with.1.body: quy chế này không có tập thể «hoi_dong»",
        ),
        (
            HEAD + BESIDE.replace('"secretary"', '"chairman"'),
            "with.1.member.1.office: ",
        ),
    ],
)
async def test_a_committee_that_cannot_be_founded_is_a_fault_of_the_file(
    tmp_path: Path, text: str, words: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(StoryError) as wrong:
        await play(story.read(path), path)
    assert words in str(wrong.value)
    assert "story.toml" in str(wrong.value)


# --- stories that do not hold ----------------------------------------------------------------

WHOLE = HEAD + LAUNCH + APPROVAL


async def test_a_body_that_is_asked_or_awaited_is_there(tmp_path: Path) -> None:
    """The file names one body; the others come with the first step about them. What waits for one is told anyway."""
    head = HEAD.replace("quang_ngai", "bac_kan").replace("dang_doan", "ban_chap_hanh")
    asked = step(
        "Trần Thị Bình", "ask_question", 'id = "q1"\nsubject = "Vì sao?"\nof = "ban_thuong_vu"'
    )
    _, found = await played(
        tmp_path, head + asked + '[expect.owed]\n"Nguyễn Văn An" = ["answer q1"]'
    )
    assert found == []
    _, found = await played(tmp_path, head + "[expect.waiting]\nban_thuong_vu = []")
    assert found == []


async def test_of_two_committees_each_knows_its_own_alone(tmp_path: Path) -> None:
    launched = LAUNCH.replace("Phạm Thị Văn", "Đinh Thị Lan") + 'in = "Chi bộ Thử"\n'
    approved = step("Nguyễn Văn An", "approve_launch", 'in = "Chi bộ Thử"')
    answered = step("Vũ Thị Hoa", "reply", 'in = "Chi bộ Thử"\nchoice = "approve"\nid = "c1"')
    stranger = step("Trần Thị Bình", "reply", 'choice = "approve"\nid = "c1"\nrefused = true')
    told = '[expect.c1]\nroll = 2\ncounts = { approve = 1 }\n[expect.c1.not_heard]\n"Trần Thị Bình" = ["Chương trình"]'
    text = HEAD + BESIDE + launched + approved + answered + stranger + told
    _, found = await played(tmp_path, text)
    assert found == []


async def test_what_differs_is_told(tmp_path: Path) -> None:
    expect = """
[expect]
outcome = "to_superior"
closed_at = 2026-03-05T18:00:00+07:00
counts = { reject = 1 }
required = 3
roll = 4
next = "decide"
articles = ["9.9"]
[expect.positions]
"Trần Thị Bình" = "approve"
[expect.heard]
"Trần Thị Bình" = ["Thông qua", "Kính chào"]
[expect.not_heard]
"Trần Thị Bình" = ["Thông qua"]
"""
    _, found = await played(tmp_path, WHOLE + expect)
    told = "\n".join(found)
    for key in ("outcome", "closed_at", "counts.reject", "required", "roll", "next", "articles"):
        assert f"expect.{key}: " in told
    assert "expected approve, found deemed_approve" in told
    assert "«Kính chào» was not heard (in this order)" in told
    assert "«Thông qua» was heard" in told


async def test_a_refused_step_without_a_mark_fails_with_the_words_of_the_refusal(
    tmp_path: Path,
) -> None:
    _, found = await played(tmp_path, WHOLE + step("Trần Thị Bình", "withdraw", 'reason = "a"'))
    assert len(found) == 1
    assert found[0].startswith("step 3 (2026-03-03T09:00:00+07:00, withdraw): was refused: ")
    assert "Việc này do người đứng đầu" in found[0]


async def test_a_marked_step_that_is_taken_fails(tmp_path: Path) -> None:
    mark = 'choice = "approve"\nrefused = true'
    _, found = await played(tmp_path, WHOLE + step("Trần Thị Bình", "reply", mark))
    assert found == [
        "step 3 (2026-03-03T09:00:00+07:00, reply): was taken, but should have been refused"
    ]


async def test_the_article_asked_for_must_stand_in_the_refusal(tmp_path: Path) -> None:
    text = HEAD + LAUNCH.replace('"general"', '"personnel"') + 'refused = "8.2"'
    _, found = await played(tmp_path, text)
    assert "was refused without citing 8.2: " in found[0]


# --- what a stranger may write ---------------------------------------------------------------


async def test_who_never_joined_cannot_answer(tmp_path: Path) -> None:
    answer = 'choice = "approve"'
    _, found = await played(tmp_path, WHOLE + step("Lê Văn Cường", "reply", answer))
    assert "was refused" in found[0]
    _, found = await played(
        tmp_path, WHOLE + step("Lê Văn Cường", "reply", answer + "\nrefused = true")
    )
    assert found == []


async def test_who_has_blocked_the_bot_cannot_answer(tmp_path: Path) -> None:
    blocked = step("Trần Thị Bình", "block_bot", at="2026-03-03T08:00:00+07:00")
    never = step("Lê Văn Cường", "block_bot") + step("Lê Văn Cường", "unblock_bot")
    answer = step("Trần Thị Bình", "reply", 'choice = "approve"\nrefused = true')
    _, found = await played(tmp_path, WHOLE + blocked + never + answer)
    assert found == []


async def test_a_launch_while_telegram_fails_is_done_when_it_recovers(tmp_path: Path) -> None:
    failing = step("", "telegram_fails", "with = 429", at="2026-03-02T08:00:00+07:00")
    well = step("", "telegram_recovers", at="2026-03-02T12:00:00+07:00")
    ends = '[expect]\noutcome = "adopted"\nclosed_at = 2026-03-05T17:00:00+07:00'
    _, found = await played(tmp_path, HEAD + failing + LAUNCH + APPROVAL + well + ends)
    assert found == []


async def test_a_launch_while_the_bot_is_down_is_done_when_it_starts(tmp_path: Path) -> None:
    down = step("", "bot_stops", at="2026-03-02T08:00:00+07:00")
    up = step("", "bot_starts", at="2026-03-02T12:00:00+07:00")
    ends = '[expect]\noutcome = "adopted"'
    _, found = await played(tmp_path, HEAD + down + LAUNCH + APPROVAL + up + ends)
    assert found == []


async def test_nothing_happens_and_nothing_is_expected(tmp_path: Path) -> None:
    came, found = await played(tmp_path, HEAD + "[expect]")
    assert (came.matters, found) == ({}, [])


async def test_a_matter_expected_and_never_launched_differs(tmp_path: Path) -> None:
    _, found = await played(tmp_path, HEAD + '[expect]\noutcome = "adopted"')
    assert found == ["expect: there is nothing of which this can be said"]


async def test_the_title_of_a_story_is_heard_by_nobody(tmp_path: Path) -> None:
    came, _ = await played(tmp_path, HEAD)
    assert not [h for heard in came.heard.values() for h in heard if "Kết quả thử" in h.text]


async def test_a_regulation_beside_the_story_is_found_by_its_path(tmp_path: Path) -> None:
    ours = Path(__file__).parents[2] / "regulations" / "quang_ngai.toml"
    (tmp_path / "ours.toml").write_bytes(ours.read_bytes())
    text = WHOLE.replace('"quang_ngai"', '"ours.toml"') + '[expect]\noutcome = "adopted"'
    assert (await played(tmp_path, text))[1] == []


@pytest.mark.parametrize(
    "setting",
    [
        "silence_covers_direction = false",
        '"body.dang_doan.written.silence.covers.superior_direction" = false',
        "body.dang_doan.written.silence.covers.superior_direction = false",
    ],
)
async def test_a_setting_goes_by_its_name_or_its_place(tmp_path: Path, setting: str) -> None:
    text = WHOLE.replace('"urgent_no_meeting"', '"superior_direction"')
    found = (
        await played(tmp_path, f"{text}[settings]\n{setting}\n[expect]\ncounts = {{silent = 2}}")
    )[1]
    assert found == []


async def test_letters_written_apart_are_the_same_letters(tmp_path: Path) -> None:
    from unicodedata import normalize  # noqa: PLC0415 - belongs to this test alone

    text = normalize("NFD", WHOLE + '[expect.heard]\n"Trần Thị Bình" = ["Hạn trả lời"]')
    assert (await played(tmp_path, text))[1] == []


# --- the command -----------------------------------------------------------------------------


def command(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "rehearse", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_a_story_that_holds_exits_with_nothing_and_is_told_as_json(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE + '[expect]\noutcome = "adopted"')
    ran = command(path, "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    told = json.loads(ran.stdout)
    assert told["id"] == "c1"
    assert told["outcome"] == "adopted"
    assert told["closed_at"] == "2026-03-05T17:00:00+07:00"
    assert (told["roll"], told["required"], told["next"]) == (3, 2, "none")
    assert told["counts"]["deemed_approve"] == 2
    assert told["positions"]["Lê Văn Cường"] == "not_received"
    assert told["articles"] == ["8.2.1", "8.2.2"]
    assert {"time", "text"} == set(told["messages"]["Trần Thị Bình"][0])


def test_a_story_that_differs_exits_with_one_and_says_what(tmp_path: Path) -> None:
    ran = command(written(tmp_path, WHOLE + '[expect]\noutcome = "to_superior"'))
    assert ran.returncode == 1
    assert "expect.outcome: kịch bản ghi to_superior, thực tế là adopted" in ran.stderr


def test_a_wrong_file_exits_with_two_and_says_where(tmp_path: Path) -> None:
    ran = command(written(tmp_path, HEAD + step("Trần Thị Bình", "dance")), "--json")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "story.toml:20:1: lỗi: không có việc «dance»" in ran.stderr
    assert command(tmp_path / "nowhere.toml").returncode == 2


def test_a_transcript_shows_every_chat(tmp_path: Path) -> None:
    ran = command(written(tmp_path, WHOLE), "--transcript")
    assert ran.returncode == 0
    for name in ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Văn"):
        assert f"=== {name} ===" in ran.stdout
    assert "[02/03/2026 09:00] Nguyễn Văn An (bấm nút):" in ran.stdout
