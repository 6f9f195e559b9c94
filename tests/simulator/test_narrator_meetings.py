"""The narrator has words for every act of a meeting, a wish, a notice and a report, and none for a choice."""

from pathlib import Path

from simulator.narrator import Told
from tests.simulator.test_narrator import AN, BINH, DUNG, FRIDAY, KHANH, MONDAY, VAN, narrated

GUEST = "Ngô Văn Lâm"
PEOPLE = {
    "member": [
        {"name": AN, "office": "secretary"},
        {"name": BINH, "office": "deputy"},
        {"name": DUNG, "office": "member"},
        {"name": KHANH, "office": "member"},
    ],
    "clerk": [{"name": VAN}],
    "guest": [{"name": GUEST}],
}
ITEM, PERSONNEL = "Chương trình công tác", "Giới thiệu nhân sự"
CALL = {
    "who": VAN,
    "does": "call_meeting",
    "starts": FRIDAY.format("08:00"),
    "agenda": [{"subject": ITEM}, {"subject": PERSONNEL, "matter": "personnel"}],
}


def on(day: str, hour: str, who: str, does: str, **keys: object) -> dict[str, object]:
    return {"at": day.format(hour), "who": who, "does": does, **keys}


STEPS: list[dict[str, object]] = [
    on(MONDAY, "08:00", BINH, "propose_item", subject="Sơ kết quý I"),
    {**CALL, "at": MONDAY.format("08:05"), "id": "a"},
    on(MONDAY, "08:10", AN, "decline_meeting", reason="Chưa đủ"),
    {**CALL, "at": MONDAY.format("08:15"), "id": "b", "guests": [GUEST]},
    on(MONDAY, "08:20", AN, "approve_meeting"),
    on(MONDAY, "08:30", BINH, "rsvp", answer="attend"),
    on(MONDAY, "08:35", DUNG, "rsvp", answer="absent", reason="Bận"),
    on(MONDAY, "08:40", AN, "refuse_absence", of=DUNG, reason="Có nội dung cần đồng chí"),
    on(MONDAY, "08:45", KHANH, "rsvp", answer="absent", reason="Ốm"),
    on(MONDAY, "08:50", AN, "consent_absence", of=KHANH),
    on(MONDAY, "09:00", VAN, "remind_meeting"),
    on(MONDAY, "09:10", VAN, "change_meeting", place="Hội trường", reason="Đổi phòng"),
    on(MONDAY, "09:20", VAN, "send_papers", files=["Tờ trình.pdf"]),
    on(
        *(MONDAY, "09:30", AN, "delegate"),
        to=BINH,
        **{"from": MONDAY.format("09:30"), "until": MONDAY.format("20:00")},
    ),
    on(MONDAY, "09:40", AN, "withdraw_delegation", to=BINH),
    on(FRIDAY, "07:40", AN, "check_in"),
    on(FRIDAY, "07:41", VAN, "check_in", of=BINH),
    on(FRIDAY, "07:42", GUEST, "check_in"),
    on(FRIDAY, "08:00", AN, "open_meeting"),
    on(FRIDAY, "08:05", DUNG, "check_in"),
    on(FRIDAY, "08:10", AN, "open_vote", id="v", item=ITEM, secret=False),
    on(FRIDAY, "08:11", BINH, "vote", id="v", choice="reject"),
    on(FRIDAY, "08:12", AN, "vote", id="v", choice="approve"),
    on(FRIDAY, "08:13", AN, "close_vote", id="v"),
    on(FRIDAY, "08:20", AN, "open_vote", id="s", item=PERSONNEL, secret=True),
    on(FRIDAY, "08:21", DUNG, "vote", id="s", choice="reject"),
    on(FRIDAY, "08:25", AN, "close_vote", id="s"),
    on(FRIDAY, "08:30", VAN, "conclude", item=ITEM, **{"as": "to_superior"}),
    on(FRIDAY, "08:35", DUNG, "leave"),
    on(FRIDAY, "08:40", AN, "close_meeting"),
    on(
        FRIDAY,
        "09:00",
        AN,
        "send_notice",
        subject="Kết quả phiên họp",
        words="Kính gửi các đồng chí.",
    ),
    on(FRIDAY, "09:05", BINH, "acknowledge_notice"),
]
HEARD = {
    "proposed the item": "",
    f"{VAN} submitted a regular meeting for 08:00, Friday 06/03/2026": "4.4",
    f"{AN} declined the meeting": "4.4",
    f"{AN} called meeting no. 1: 4 members are invited and 1 guest": "4.4, 8.2.2, 8.2.3",
    f"{BINH} will attend meeting no. 1": "",
    f"{DUNG} asks to be absent from meeting no. 1": "3.5",
    f"{AN} did not consent to the absence of {DUNG}": "3.5",
    f"{AN} consented to the absence of {KHANH}": "3.5",
    "reminded of the invitation to meeting no. 1": "",
    f"{VAN} changed meeting no. 1": "4.4",
    f"{VAN} sent papers of meeting no. 1": "8.2.3",
    f"{AN} has {BINH} stand in as chair": "4.5, 5.3",
    f"{AN} withdrew the delegation to {BINH}": "",
    f"{AN} checked in. 1 of 4 are there, 3 are needed: no quorum yet": "8.2.2",
    f"{VAN} noted that {BINH} is there. 2 of 4": "8.2.2",
    f"{GUEST} checked in. Guests do not count": "",
    f"{AN} opened meeting no. 1. 2 of 4 are there": "4.4, 8.2.2",
    f"{AN} opened an open vote": "8.2.2",
    f'{BINH} voted on "': "8.2.2",
    f'{AN} closed the vote on "{ITEM}": to the superior body. Needed 3 of 4. For 1, against 1': (
        "8.2.2, 7.2"
    ),
    f'{AN} opened a secret ballot on "{PERSONNEL}"': "8.2.2",
    "not published, for so few ballots would show who chose what": "8.2.2",
    f'{VAN} recorded the conclusion on "{ITEM}": reported to the superior': "8.2.3, 6.3",
    f"{DUNG} left before the close. 2 of 4": "8.2.2",
    f"{AN} closed meeting no. 1. Present 2, absent with consent 1": "8.2.3, 6.3",
    f'{AN} sent the notice "Kết quả phiên họp" to 3 members': "",
    f'{BINH} acknowledged the notice "Kết quả phiên họp"': "",
}


def check(told: list[Told], heard: dict[str, str]) -> None:
    for words, article in heard.items():
        found = [one for one in told if words in one.en]
        assert found, (words, [one.en for one in told])
        assert found[0].article == (f"Điều {article} Quy chế" if article else ""), words
    assert [one.en for one in told if "did something" in one.en] == []


async def test_every_act_of_a_meeting_is_told_with_its_article(tmp_path: Path) -> None:
    check(await narrated(tmp_path, "quang_ngai", "dang_doan", PEOPLE, STEPS), HEARD)


async def test_no_choice_is_told_before_the_close_and_a_secret_ballot_never(tmp_path: Path) -> None:
    told = await narrated(tmp_path, "quang_ngai", "dang_doan", PEOPLE, STEPS[:27])
    voted = [one for one in told if 'voted on "' in one.en]
    assert [one.en.split(" voted")[0] for one in voted] == [BINH, AN]
    assert all("tán thành" not in one.vi and "against" not in one.en for one in voted)
    secret = [one for one in told if PERSONNEL in f"{one.vi} {one.en}"]
    assert all(DUNG not in f"{one.vi} {one.en}" for one in secret)


ON_PAPER: list[dict[str, object]] = [
    {**CALL, "at": MONDAY.format("08:05"), "id": "a"},
    on(MONDAY, "08:20", AN, "approve_meeting"),
    *(on(FRIDAY, "07:40", VAN, "check_in", of=name) for name in (AN, BINH, DUNG)),
    on(FRIDAY, "08:00", AN, "open_meeting"),
    on(
        FRIDAY,
        "08:30",
        VAN,
        "conclude",
        item=PERSONNEL,
        words="Tán thành 3/3.",
        **{"as": "adopted"},
    ),
    on(FRIDAY, "08:35", VAN, "conclude", item=ITEM, **{"as": "adopted"}),
    on(FRIDAY, "08:40", AN, "close_meeting"),
]


async def test_a_secret_ballot_that_was_held_on_paper_is_named(tmp_path: Path) -> None:
    told = await narrated(tmp_path, "quang_ngai", "dang_doan", PEOPLE, ON_PAPER)
    assert [(one.vi, one.en, one.article) for one in told if "conclusion on" in one.en] == [
        (
            f"Đồng chí {VAN} ghi kết luận «{PERSONNEL}»: thông qua (biểu quyết bằng phiếu kín trên giấy, ghi"
            " nhận tại cuộc họp; Điều 8.2.2 Quy chế).",
            f'{VAN} recorded the conclusion on "{PERSONNEL}": adopted, by a secret ballot on paper.',
            "Điều 8.2.2, 8.2.3, 6.3 Quy chế",
        ),
        (
            f"Đồng chí {VAN} ghi kết luận «{ITEM}»: thông qua.",
            f'{VAN} recorded the conclusion on "{ITEM}": adopted.',
            "Điều 8.2.3, 6.3 Quy chế",
        ),
    ]
