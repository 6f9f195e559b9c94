"""What is shown of members' requests: an extraordinary meeting, an item, a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.kit import card
from bot.kit.access import By
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.requests import cards, instead
from bot.meetings.requests.cards import ItemLine, Joined, RequestLine, Requests, Written
from bot.meetings.requests.proposals import FORM, ProposalView
from bot.meetings.requests.requests import Access
from bot.meetings.rules.requests import Asked, MeetingRequest, RequestKind
from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.terms import Matter
from bot.values.action import action
from bot.values.refusal import Refusal
from tests.rendering.scenes import PERSONS, SAY, WEDNESDAY, Shown
from tests.rendering.shown_owed import ANSWER
from tests.rendering.shown_sitting import meeting
from tests.rules.committee import body

RULES = load(regulations_dir() / "cap_huyen.toml", {})
COUNCIL = load(Path(__file__).parents[1] / "regulations" / "others" / "hoi_dong_truong.toml", {})
BCH, BTV = body("cap_huyen", "ban_chap_hanh"), body("cap_huyen", "ban_thuong_vu")
DOAN_THE = body("tra_vinh", "doan_the")
DANG_DOAN = body("quang_ngai", "dang_doan")
NOT_IN_WRITING = WaitingItem(
    "dang_doan", "Giới thiệu nhân sự <mới>", "proposed", Matter.PERSONNEL, proposed_by=99
)
AN, BINH, CUONG = PERSONS[:3]
HALF, ENOUGH = Asked(3, 6, 4, enough=False), Asked(4, 6, 4, enough=True)
REASON = "Sạt lở tuyến đê xung yếu <khẩn> & cần di dân"
SUBJECT = "Phương án sửa chữa trụ sở"
QUESTION = "Tiến độ giải ngân vốn đầu tư công quý I ra sao?"
ITEM = Written(RequestKind.ITEM, BTV, SUBJECT)
FULL_ITEM = Written(RequestKind.ITEM, BTV, SUBJECT, "Trụ sở xuống cấp sau mùa mưa.", "personnel")
ASKED_AN = Written(RequestKind.QUESTION, BCH, QUESTION, asked_of=AN)
ASKED = Written(RequestKind.QUESTION, BCH, QUESTION)
ASKED_BTV = replace(ASKED, asked_of="Ban Thường vụ", of_body=True)
ASKED_ONE = Person(1, 1, AN, 1, ())
CALLED = meeting("cap_huyen", "ban_chap_hanh")
OF_BODY = replace(ANSWER, person=None, body=BTV.id)


def request(number: int, who: int, reason: str = REASON) -> MeetingRequest:
    return MeetingRequest(number, 1, BCH.id, who, reason, WEDNESDAY)


def item(number: int, reason: str, subject: str) -> WaitingItem:
    return WaitingItem(BCH.id, subject, reason, proposed_by=number, id=number)


LINES = (
    RequestLine(request(1, 1), BCH, AN),
    RequestLine(request(2, 2, "Cần bàn phương án di dân"), BCH, BINH),
)
ITEMS = (
    ItemLine(item(1, "proposed", SUBJECT), BCH, AN),
    ItemLine(item(2, "question", QUESTION), BCH, BINH),
)
PUT_OFF = (ItemLine(item(3, "adjourned", SUBJECT), BCH, AN),)
EVERY = tuple(RequestKind)
NAMED = "Huyện ủy"
SEAT = (SeatHeld(Role.MEMBER, BCH.id, "member"),)
CLERK = Person(99, 1, "Tạ Văn Uy", 99, (SeatHeld(Role.CLERK, "", "clerk"),))
MEMBERS = [Person(1, 1, AN, 1, SEAT)]
MANY = [Person(n, 1, f"Đinh Văn {n:02d}", n, SEAT) for n in range(1, 25)]


def form(
    written: Written,
    question: str = "preview",
    everybody: Sequence[Person] = MEMBERS,
    *,
    asked_of: int = 0,
    page: int = 0,
) -> Card:
    """The form of one who asks and is nobody of these."""
    fields: dict[str, object] = {
        "wish": written.kind.value,
        "body": written.body.id,
        "subject": written.subject,
    }
    fields |= {"words": written.words, "matter": written.matter, "asked_of": asked_of}
    access = Access(CLERK, NAMED, RULES, Staff(tuple(everybody)))
    view = ProposalView(
        draft=Draft(9, 1, CLERK.id, "wish", fields, 0),
        person=CLERK,
        files=(),
        now=WEDNESDAY,
        page=page,
        access=access,
    )
    return FORM.card(SAY, view, question)


def told(refusal: Refusal) -> Card:
    return card.card(SAY, refusal)


NOT_GIVEN: dict[str, object] = {"body": "Ban Thường vụ", "given": "Ban Chấp hành"}
NOWHERE: dict[str, object] = {"body": "Đảng đoàn", "given": ""}


def not_given(kind: str, article: str | None, values: dict[str, object]) -> Card:
    way = action("wish", 1, "item")
    return told(Refusal(kind, article, instead="wish_item", button=way, values=values))


SHOWN: Shown = {
    "wishes_member": lambda: cards.listed(SAY, Requests(1, NAMED, ITEMS, LINES[:1], (), (), EVERY)),
    "wishes_put_off": lambda: cards.listed(
        SAY, Requests(1, NAMED, PUT_OFF, (), PUT_OFF, (), EVERY)
    ),
    "wishes_none": lambda: cards.listed(
        SAY, Requests(1, NAMED, (), (), (), (), (RequestKind.ITEM,))
    ),
    "wishes_clerk": lambda: cards.listed(SAY, Requests(1, NAMED, (), (), ITEMS, LINES, ())),
    "wishes_clerk_none": lambda: cards.listed(SAY, Requests(1, NAMED, (), (), (), (), ())),
    "wishes_head": lambda: cards.listed(
        SAY, Requests(1, NAMED, ITEMS[:1], (), ITEMS[1:], LINES, EVERY)
    ),
    **{
        f"wish_body_{each.value}": partial(cards.pick_body, SAY, 1, each, [BCH, BTV])
        for each in RequestKind
    },
    **{
        f"wish_words_{each.value}": partial(cards.ask_words, SAY, 1, each, BCH)
        for each in RequestKind
    },
    "wish_meeting_kept": lambda: cards.asked_for_meeting(SAY, 1, 5, BCH, HALF),
    "wish_meeting_kept_enough": lambda: cards.asked_for_meeting(SAY, 1, 5, BCH, ENOUGH),
    "wish_enough_head": lambda: cards.enough_ask(SAY, 1, LINES, ENOUGH, "Ban Thường vụ", head=True),
    "wish_enough_clerk": lambda: cards.enough_ask(
        SAY, 1, LINES, ENOUGH, "Ban Thường vụ", head=False
    ),
    "wish_enough_by_the_rector": lambda: cards.enough_ask(
        SAY.under(COUNCIL.vocabulary),
        1,
        [RequestLine(LINES[0].request, COUNCIL.body("hoi_dong"), LINES[0].by)],
        Asked(1, 7, 3, enough=True, alone=True),
        "",
        head=False,
    ),
    "wish_no_longer": lambda: cards.no_longer_enough(SAY, 1, BINH, BCH, HALF),
    "wish_why_not": lambda: cards.ask_why_not(SAY, 1, BCH),
    "wish_declined": lambda: cards.declined(SAY, 1, BCH, By(AN), "Đã có cuộc họp trong tuần tới."),
    "wish_settled": lambda: cards.settled(SAY, 1, BCH),
    "item_instead_asked": lambda: instead.asks_subject(SAY, 1, DANG_DOAN, Matter.PERSONNEL),
    "item_instead_waits_secret": lambda: instead.waits(SAY, DANG_DOAN, NOT_IN_WRITING),
    "item_instead_waits": lambda: instead.waits(SAY, BTV, item(3, "proposed", SUBJECT)),
    "wish_preview_item": lambda: form(ITEM),
    "wish_preview_item_full": lambda: form(FULL_ITEM),
    "wish_preview_question": lambda: form(ASKED),
    "wish_preview_question_of": lambda: form(ASKED_AN, asked_of=1),
    "wish_why": lambda: form(ITEM, "words"),
    "wish_matter": lambda: form(ITEM, "matter"),
    "wish_whom": lambda: form(ASKED, "asked_of", MANY[:3]),
    "wish_whom_second_page": lambda: form(ASKED, "asked_of", MANY, page=1),
    "wish_sent_item": lambda: cards.sent(SAY, 1, 4, ITEM, None),
    "wish_sent_question": lambda: cards.sent(SAY, 1, 4, ASKED, None),
    "wish_sent_question_of": lambda: cards.sent(SAY, 1, 4, ASKED_AN, None),
    "wish_sent_question_joined": lambda: cards.sent(SAY, 1, 4, ASKED_BTV, CALLED),
    "wish_told_item": lambda: cards.told(SAY, 1, BINH, FULL_ITEM, None),
    "wish_told_item_agency": lambda: cards.told(
        SAY, 1, "Tỉnh đoàn", Written(RequestKind.ITEM, DOAN_THE, SUBJECT), None
    ),
    "wish_told_question": lambda: cards.told(SAY, 1, BINH, ASKED_AN, None),
    "wish_told_question_joined": lambda: cards.told(SAY, 1, BINH, ASKED, CALLED),
    "wish_question_to": lambda: cards.question_to(SAY, BINH, ASKED_AN, ANSWER, ASKED_ONE),
    "wish_question_to_body": lambda: cards.question_to(SAY, BINH, ASKED_BTV, OF_BODY, ASKED_ONE),
    "wish_question_to_head": lambda: cards.question_to(SAY, BINH, ASKED, OF_BODY, ASKED_ONE),
    "wish_questions_joined": lambda: cards.questions_joined(
        SAY, CALLED, [Joined(QUESTION, BCH, BINH, AN), Joined(QUESTION, BCH, CUONG, "")]
    ),
    "wish_item_taken_back": lambda: cards.item_taken_back(SAY, BINH, SUBJECT, BTV),
    "wish_taken_back": lambda: cards.taken_back(SAY, 1),
    "wish_dropped": lambda: cards.dropped(SAY, 1),
    **{
        f"refusal_{kind}": partial(told, Refusal(kind))
        for kind in ("wish_members_only", "wish_settled", "wish_sent", "wish_whom", "wish_taken")
    },
    "refusal_wish_must_be_called": lambda: told(
        Refusal("wish_must_be_called", "10.2", values={"body": "Hội đồng trường"})
    ),
    "refusal_wish_no_requests": lambda: not_given("wish_no_requests", "19.1", NOT_GIVEN),
    "refusal_wish_no_requests_anywhere": lambda: not_given(
        "wish_no_requests", "4.4, 8.2.1", NOWHERE
    ),
    "refusal_wish_no_questions": lambda: not_given("wish_no_questions", "22.4", NOT_GIVEN),
    "refusal_wish_no_questions_anywhere": lambda: not_given("wish_no_questions", None, NOWHERE),
    "refusal_wish_asked_already": lambda: told(
        Refusal(
            "wish_asked_already",
            instead="wish_unask",
            button=action("wish_unask", 5),
            values={"at": WEDNESDAY},
        )
    ),
    "refusal_wish_twice": lambda: told(Refusal("wish_twice", values={"subject": SUBJECT})),
}
