"""The narrator has words of its own for every act of a consultation, in both languages, with its article."""

import asyncio
from pathlib import Path
from typing import Any

from simulator.founding import assemble
from simulator.narrator import Narrator, Told
from simulator.rehearsal import take
from simulator.sandbox import Sandbox
from simulator.story import Story
from tests.docs.pages import ROOT

PEOPLE: dict[str, Any] = {
    "member": [
        {"name": "Nguyễn Đức An", "office": "secretary"},
        {"name": "Trần Thị Bình", "office": "deputy"},
        {"name": "Lê Quốc Khánh", "office": "member", "joined": False},
        {"name": "Hoàng Thị Dung", "office": "member"},
    ],
    "clerk": [{"name": "Phạm Thị Vân"}],
}
AN, BINH, KHANH, DUNG, VAN = (
    "Nguyễn Đức An",
    "Trần Thị Bình",
    "Lê Quốc Khánh",
    "Hoàng Thị Dung",
    "Phạm Thị Vân",
)
MONDAY, THURSDAY, FRIDAY = (f"2026-03-0{day}T{{}}:00+07:00" for day in (2, 5, 6))
LAUNCH = {
    "who": VAN,
    "does": "launch",
    "matter": "general",
    "ground": "urgent_no_meeting",
    "deadline": THURSDAY.format("17:00"),
}
STEPS = [
    {**LAUNCH, "id": "a", "at": MONDAY.format("08:00"), "subject": "Nội dung một"},
    {"at": MONDAY.format("08:05"), "who": AN, "does": "decline_launch", "reason": "Chưa rõ"},
    {**LAUNCH, "id": "b", "at": MONDAY.format("08:10"), "subject": "Nội dung hai"},
    {"at": MONDAY.format("08:15"), "who": VAN, "does": "withdraw", "reason": "Sửa lại"},
    {**LAUNCH, "id": "c", "at": MONDAY.format("08:20"), "subject": "Nội dung ba"},
    {"at": MONDAY.format("08:22"), "who": DUNG, "does": "block_bot"},
    {"at": MONDAY.format("08:25"), "who": AN, "does": "approve_launch"},
    {"at": MONDAY.format("08:27"), "who": DUNG, "does": "unblock_bot"},
    {"at": MONDAY.format("08:30"), "who": DUNG, "does": "acknowledge"},
    {"at": MONDAY.format("08:35"), "who": BINH, "does": "reply", "choice": "reject", "words": "Lý"},
    {"at": MONDAY.format("08:40"), "who": VAN, "does": "remind"},
    {**LAUNCH, "id": "d", "at": MONDAY.format("09:00"), "subject": "Nội dung bốn"},
    {"at": MONDAY.format("09:05"), "who": AN, "does": "approve_launch"},
    {"at": MONDAY.format("09:10"), "who": AN, "does": "withdraw", "reason": "Không cần nữa"},
    {"id": "c", "at": FRIDAY.format("08:00"), "who": VAN, "does": "record_delivery", "of": KHANH},
    {
        **{"id": "c", "at": FRIDAY.format("08:05"), "who": AN, "does": "extend", "reason": "Chờ"},
        "deadline": "2026-03-09T17:00:00+07:00",
    },
    {
        **{"id": "c", "at": FRIDAY.format("08:10"), "who": VAN, "does": "record_reply"},
        **{"of": KHANH, "choice": "approve"},
    },
    {
        **{"id": "c", "at": FRIDAY.format("08:12"), "who": VAN, "does": "record_reply"},
        **{"of": KHANH, "invalid": "Không ký tên", "files": ["trang-1.jpg"]},
    },
    {
        **{"id": "c", "at": FRIDAY.format("08:15"), "who": VAN, "does": "name_counting_board"},
        **{"head": VAN, "members": ["Bùi Văn Khách"], "witnesses": [BINH]},
    },
    {
        **{"id": "c", "at": FRIDAY.format("08:20"), "who": AN, "does": "strike"},
        **{"of": DUNG, "reason": "Chuyển công tác"},
    },
    {"id": "c", "at": FRIDAY.format("08:30"), "who": AN, "does": "reply", "choice": "approve"},
    {
        **{"id": "c", "at": FRIDAY.format("08:40"), "who": AN, "does": "close_by_hand"},
        "reason": "Mọi người đã trả lời",
    },
    {
        **{"id": "c", "at": FRIDAY.format("08:45"), "who": BINH, "does": "reply"},
        **{"choice": "approve", "refused": True},
    },
]
HEARD = {
    "declined. Nothing was sent": "4.5",
    "took the request back before it was sent": "",
    "No. 1 did not reach Hoàng Thị Dung (bot blocked)": "8.2.1",
    "Hoàng Thị Dung acknowledged no. 1": "8.2.1",
    "Trần Thị Bình answered, with words": "8.2.1",
    "2 reminded of no. 1": "8.2.1",
    "withdrew no. 2: nothing is counted": "4.5",
    "Due, but no. 1 is held": "8.2.1",
    "the paper was handed to Lê Quốc Khánh": "8.2.1",
    "extended no. 1 to 17:00, Monday 09/03/2026": "4.5",
    "entered the paper reply of Lê Quốc Khánh": "8.2.1",
    "entered a paper slip of Lê Quốc Khánh as invalid": "8.2.1",
    "kept a photo of the paper slip of Lê Quốc Khánh, page 1": "",
    "named the counting board: Phạm Thị Vân leads it, with Bùi Văn Khách": "",
    "struck Hoàng Thị Dung off the roll of no. 1: now 3, at the opening 4": "4.5",
    "closed no. 1: adopted. Needed 2 of 3": "8.2.1, 8.2.2",
    "answered after the close of no. 1: kept, not counted": "8.2.1",
}


async def narrated(
    tmp_path: Path, regulation: str, body: str, people: dict[str, Any], steps: list[Any]
) -> list[Told]:
    """Everything told of these steps."""
    told: list[Told] = []
    given = {"title": "Tập thể", "regulation": regulation, "body": body, "step": steps}
    frame = {"start": MONDAY.format("07:45"), "end": FRIDAY.format("20:00")}
    story = Story.model_validate({**given, **frame, **people})
    async with Sandbox(tmp_path, story.start) as stage:
        narrator = Narrator(stage, told.append)
        following = asyncio.create_task(narrator.run())
        cast = await assemble(stage, story, tmp_path)
        for step in story.steps:
            await stage.move_to(step.at)
            assert await take(cast, step) is None, step
            await narrator.catch_up()
        if following.done():
            following.result()  # what it could not tell fails here
        following.cancel()
    return told


async def test_every_act_is_told_with_its_article(tmp_path: Path) -> None:
    told = await narrated(tmp_path, "quang_ngai", "dang_doan", PEOPLE, STEPS)
    for words, article in HEARD.items():
        found = [one for one in told if words in one.en]
        assert found, words
        assert found[0].article == (f"Điều {article} Quy chế" if article else ""), words
    assert [one.en for one in told if "did something" in one.en] == []


async def test_how_somebody_answered_is_not_told_before_the_close(tmp_path: Path) -> None:
    told = await narrated(tmp_path, "quang_ngai", "dang_doan", PEOPLE, STEPS[4:10])
    before = [one for one in told if "answered" in one.en and "close of" not in one.en]
    assert before
    assert all("tán thành" not in one.vi and "reject" not in one.en for one in before)


async def test_agencies_ask_for_time_and_meet(tmp_path: Path) -> None:
    people = {
        "member": [{"name": "Sở Nội vụ"}, {"name": "Tỉnh đoàn"}],
        "clerk": [{"name": VAN}],
        "officer": [{"name": AN, "office": "secretary"}],
    }
    steps = [
        {
            **{key: value for key, value in LAUNCH.items() if key != "deadline"},
            **{"matter": "coordination", "ground": "coordination", "subject": "Phối hợp"},
            "at": MONDAY.format("08:00"),
        },
        {"at": MONDAY.format("08:05"), "who": AN, "does": "approve_launch"},
        {
            **{"at": MONDAY.format("08:10"), "who": "Sở Nội vụ", "does": "ask_more_time"},
            "until": "2026-03-16T17:00:00+07:00",
        },
    ]
    told = await narrated(tmp_path, "hai_duong", "co_quan", people, steps)
    asked = next(one for one in told if "asked for time until 17:00, Monday 16/03/2026" in one.en)
    assert asked.vi.startswith("Sở Nội vụ xin trả lời trước")
    assert asked.article == "Điều 3.1 Quy chế"
    delivered = next(one for one in told if "delivered no. 1" in one.en)
    assert "receipt counts only once it is acknowledged" in delivered.en


async def test_that_an_opinion_is_reserved_is_told_without_its_name(tmp_path: Path) -> None:
    people = {
        "member": [{"name": AN, "office": "secretary"}, {"name": BINH}, {"name": KHANH}],
        "clerk": [{"name": VAN}],
    }
    steps = [
        {**LAUNCH, "ground": "cannot_meet", "at": MONDAY.format("08:00"), "subject": "Kế hoạch"},
        {"at": MONDAY.format("08:05"), "who": AN, "does": "approve_launch"},
        {"at": MONDAY.format("08:10"), "who": BINH, "does": "reply", "choice": "reject"},
        {"at": MONDAY.format("08:15"), "who": BINH, "does": "reserve", "reserved": True},
        {"at": MONDAY.format("08:20"), "who": BINH, "does": "reserve", "reserved": False},
    ]
    told = await narrated(tmp_path, "bac_kan", "ban_chap_hanh", people, steps)
    marks = [one for one in told if "reserved" in one.en]
    assert [one.en.split(" on no. 1")[0] for one in marks] == [
        "A member who differs has the opinion reserved",
        "A member who differs does not have the opinion reserved any more",
    ]
    assert {one.article for one in marks} == {"Điều 9.2 Quy chế"}
    assert all(BINH not in one.vi for one in marks)


AGAIN_OF_THREE = [
    {**LAUNCH, "id": "a", "at": MONDAY.format("08:00"), "subject": "Một", "ground": "cannot_meet"},
    {"at": MONDAY.format("08:05"), "who": AN, "does": "approve_launch"},
    {"at": MONDAY.format("08:10"), "who": AN, "does": "reply", "choice": "approve"},
    {
        **{"at": MONDAY.format("08:15"), "who": BINH, "does": "reply"},
        **{"choice": "reject", "words": "Lý"},
    },
    {
        **{"at": FRIDAY.format("08:00"), "who": AN, "does": "second_round", "of": "a"},
        "deadline": "2026-03-11T17:00:00+07:00",
    },
]


async def test_why_a_matter_is_discussed_once_more_is_told_at_its_close(tmp_path: Path) -> None:
    book = ROOT / "tests" / "regulations" / "others" / "hoi_dong_ban_lai.toml"
    people = {**PEOPLE, "member": [{**each, "joined": True} for each in PEOPLE["member"]]}

    told = await narrated(tmp_path, str(book), "hoi_dong", people, AGAIN_OF_THREE)

    (closed,) = [one for one in told if "Time is up" in one.en]
    assert "To be discussed once more: too few answered." in closed.en
    assert "It is discussed again by the same body." in closed.en
    assert "Lý do bàn lại: chưa đủ số ý kiến trả lời. Việc tiếp theo: bàn lại lần hai." in closed.vi


OUT_OF_THREE = [
    {
        **{**LAUNCH, "id": "a", "at": MONDAY.format("08:00"), "subject": "Hai việc"},
        **{"ground": "cannot_meet", "contents": [{"subject": "Một"}, {"subject": "Hai"}]},
    },
    {"at": MONDAY.format("08:05"), "who": AN, "does": "approve_launch"},
    {"at": MONDAY.format("08:10"), "who": BINH, "does": "recuse", "content": 2, "reason": "Bà con"},
    {"at": MONDAY.format("08:15"), "who": BINH, "does": "take_part", "content": 2},
    {"at": MONDAY.format("08:20"), "who": BINH, "does": "recuse", "reason": "Bà con"},
    {"at": MONDAY.format("08:25"), "who": BINH, "does": "take_part"},
]


async def test_who_takes_no_part_is_told_and_of_which_content(tmp_path: Path) -> None:
    book = ROOT / "tests" / "regulations" / "others" / "uy_ban.toml"
    people = {**PEOPLE, "member": [{**each, "joined": True} for each in PEOPLE["member"]]}

    told = await narrated(tmp_path, str(book), "uy_ban", people, OUT_OF_THREE)

    out = [(one.vi, one.article) for one in told if "tham gia" in one.vi]
    assert out == [
        (
            "Đồng chí Trần Thị Bình không tham gia cho ý kiến về nội dung 2, phiếu số 1 vì có liên quan.",
            "Điều 4.5 Quy chế",
        ),
        (
            "Đồng chí Trần Thị Bình rút lại việc không tham gia, lại cho ý kiến về nội dung 2, phiếu số 1.",
            "",
        ),
        (
            "Đồng chí Trần Thị Bình không tham gia cho ý kiến về phiếu số 1 vì có liên quan.",
            "Điều 4.5 Quy chế",
        ),
        (
            "Đồng chí Trần Thị Bình rút lại việc không tham gia, lại cho ý kiến về phiếu số 1.",
            "",
        ),
    ]
