"""What is shown of votes in the room: how one is opened, what a member answers, the result, every refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.kit import card as kit_card
from bot.meetings.rules.meeting import Mark, Meeting, MeetingAct, MeetingActKind
from bot.regulations.rules.regulation import Reserve, ReservedWords
from bot.regulations.rules.terms import Matter
from bot.values.action import action
from bot.values.refusal import Refusal
from bot.votes import cards
from bot.votes import hands as hands_form
from bot.votes.access import Access
from bot.votes.hands import HandsView
from bot.votes.polling import FORM, ListView
from bot.votes.rules import rights
from bot.votes.rules import vote as rules_vote
from bot.votes.rules.rights import Wanted
from bot.votes.rules.vote import (
    MOST_NAMES,
    Answers,
    OpenVote,
    RaisedHands,
    Room,
    Unpublished,
    Vote,
    VoteKind,
    count,
    unpublished,
)
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_sitting import (
    AN_PERSON,
    BINH_PERSON,
    CLERK_ID,
    HEAD,
    ITEMS,
    MINUTE,
    SITS,
    STARTS,
    before,
    marked,
    meeting,
)
from tests.rules.committee import moment

LISTED = ("Cao Văn Một", "Tô Thị Hai & con", "Phan Văn Ba")
OPENED, CLOSED = STARTS + 30 * MINUTE, STARTS + 45 * MINUTE
WORDS = "Nên chờ nguồn tăng thu; nếu a < b thì tính lại."


def sits(regulation: str, of: str, size: int, here: int) -> Meeting:
    """A meeting that has been opened with the first so many of its roll."""
    made = marked(meeting(regulation, of, size), Mark.CHECK_IN, *range(1, here + 1))
    return replace(made, acts=(*made.acts, MeetingAct(MeetingActKind.OPEN, STARTS, HEAD)))


QN = sits("quang_ngai", "dang_doan", 9, 8)
BK = sits("bac_kan", "ban_chap_hanh", 9, 7)
HU = sits("cap_huyen", "ban_thuong_vu", 8, 8)
TT = sits("cap_huyen", "thuong_truc", 3, 3)
IN_FULL = replace(HU, body=replace(HU.body, reserve=Reserve("17.2", words=ReservedWords.MEMBERS)))
TWO_HERE = sits("cap_huyen", "thuong_truc", 3, 2)


def vote(kind: VoteKind = VoteKind.APPROVE, *, secret: bool, place: int = 3) -> Vote:
    """A vote that runs, on the third item of the agenda unless said otherwise."""
    matter = Matter.PERSONNEL if place == 2 else Matter.GENERAL
    names = () if kind is VoteKind.APPROVE else LISTED
    return Vote(5, place, kind, secret, matter, names, OPENED, HEAD)


def answered(
    of: Vote, answers: Answers, *persons: int, words: str = "", reserved: bool = False
) -> Vote:
    """So many persons answer alike: openly with what they said, in secret only that they have voted."""
    openly = tuple(OpenVote(n, answers, OPENED, words, reserved) for n in persons)
    cast = () if of.secret else openly
    return replace(of, cast=(*of.cast, *cast), voted=of.voted | set(persons))


def closed(of: Meeting, running: Vote, cast: Sequence[Answers] | None = None) -> Vote:
    """The vote after its close; `cast` are the ballots of a secret one."""
    rule, item = of.rules.vote, of.items[running.item_id - 1]
    assert rule is not None
    given = cast if cast is not None else running.answers
    came = count(
        rule,
        running.kind,
        running.questions,
        given,
        rights.room(of, running),
        secret=running.secret,
        also=rights.articles(of, item, running),
    )
    return replace(running, closed_at=CLOSED, closed_by=HEAD, result=came)


def void(of: Meeting, running: Vote, because: Unpublished, turnout: int) -> Vote:
    rule = of.rules.vote
    assert rule is not None
    came = unpublished(rule, Room(len(of.roll), turnout), turnout, because, ("8.2.2",))
    return replace(running, closed_at=CLOSED, closed_by=HEAD, result=came)


def both(name: str, of: Meeting, done: Vote) -> Shown:
    """What members and what the office see of the same result."""
    item = of.items[done.item_id - 1]
    return {
        f"vote_result_{name}": partial(cards.for_members, SAY, of, item, done),
        f"vote_result_{name}_office": partial(cards.for_office, SAY, of, item, done),
    }


def card(of: Meeting, running: Vote, *, on: int | None = None) -> Callable[[], Card]:
    item = of.items[running.item_id - 1]
    return lambda: cards.member(SAY, of, item, running, BINH_PERSON, on=on)


def reserving(running: Vote, *, until: datetime | None = None) -> Callable[[], Card]:
    """The card of one who may reserve an opinion, and not any more."""
    return lambda: cards.member(
        SAY, HU, ITEMS[2], running, BINH_PERSON, may_reserve=True, until=until
    )


def dash(of: Meeting, running: Vote, *, head: bool = True) -> Callable[[], Card]:
    item = of.items[running.item_id - 1]
    return lambda: cards.dashboard(SAY, of, item, running, head=head)


OPEN, SECRET = vote(secret=False), vote(secret=True, place=2)
LIST, SECRET_LIST = vote(VoteKind.NAMES, secret=False), vote(VoteKind.NAMES, secret=True, place=2)
CONFIDENCE = vote(VoteKind.CONFIDENCE, secret=True)
APPROVES, REJECTS, DIFFERS = {"": "approve"}, {"": "reject"}, {"": "differ"}
SEVEN_IN_SECRET = answered(SECRET, {}, *range(1, 8))
FOUR_IN_SECRET = answered(SECRET, {}, *range(1, 5))
FIVE_OPENLY = answered(OPEN, APPROVES, *range(1, 6))
DIVIDED = answered(answered(FIVE_OPENLY, REJECTS, 6), DIFFERS, 7, words=WORDS)
TWO_OF_THREE = answered(answered(OPEN, APPROVES, 1, 2), DIFFERS, 3, words=WORDS)
PART_OF_A_LIST = answered(LIST, {LISTED[0]: "approve"}, 2)
WHOLE_LIST = answered(LIST, dict(zip(LISTED, ("approve", "reject", "approve"), strict=True)), 2)
TWO_HERE = sits("quang_ngai", "dang_doan", 9, 2)


BY_HAND = replace(
    answered(OPEN, APPROVES, 1, 2),
    raised=RaisedHands(3, (6, 7), 1, frozenset((3, 4, 5, 6, 7, 8)), OPENED, CLERK_ID),
)
"""Two by phone; of the six others four raise a hand for it or abstain, two against it."""


EVERYBODY = RaisedHands(8, (), 0, frozenset(range(1, 9)), OPENED, CLERK_ID)


def named(*answers: str, times: int = 1) -> list[Answers]:
    return [dict(zip(LISTED, answers, strict=True)) for _ in range(times)]


OF_A_LIST = [
    *named("approve", "approve", "reject", times=6),
    *named("reject", "approve", "approve"),
]
LEVELS = [*named("high", "confidence", "low", times=4), *named("low", "low", "low", times=2)]

PERSONNEL, GENERAL = Matter.PERSONNEL, Matter.GENERAL


def asked(question: str, of: Meeting, place: int, wanted: Wanted) -> Card:
    """The form of a list, before the head of the meeting."""
    fields = {"item": 1, "matter": wanted.matter.value, "kind": wanted.kind.value, "secret": True}
    names = {"names": wanted.names} if wanted.names else {}
    view = ListView(
        draft=Draft(9, 1, AN_PERSON.id, "vote", {**fields, **names}, 0),
        person=AN_PERSON,
        files=(),
        now=OPENED,
        of_meeting=before(of),
        item=ITEMS[place],
    )
    return FORM.card(SAY, view, question)


def hands(question: str, **fields: object) -> Card:
    """The hands as they are being entered, before the head."""
    of_vote = Access(before(QN), answered(OPEN, APPROVES, 1, 2), ITEMS[2])
    view = HandsView(
        draft=Draft(9, 1, AN_PERSON.id, "hands", {"vote": 5, **fields}, 0),
        person=AN_PERSON,
        files=(),
        now=OPENED,
        found=of_vote,
    )
    return hands_form.FORM.card(SAY, view, question)


OPENING: Shown = {
    "vote_new_too_few": lambda: cards.chooser(SAY, TWO_HERE, ITEMS[2], Matter.GENERAL),
    "vote_new": lambda: cards.chooser(SAY, QN, ITEMS[2], Matter.GENERAL),
    "vote_new_personnel": lambda: cards.chooser(SAY, QN, ITEMS[1], Matter.PERSONNEL),
    "vote_new_again": lambda: cards.chooser(
        SAY, replace(QN, votes=(closed(QN, DIVIDED),)), ITEMS[2], Matter.GENERAL
    ),
    "vote_new_without_quorum_rule": lambda: cards.chooser(SAY, TT, ITEMS[2], Matter.GENERAL),
    "vote_new_confidence": lambda: cards.chooser(SAY, BK, ITEMS[2], Matter.GENERAL),
    "vote_matter": lambda: cards.matters(SAY, QN, ITEMS[2]),
    "vote_names": partial(asked, "names", QN, 1, Wanted(VoteKind.NAMES, True, PERSONNEL)),
    "vote_names_confidence": partial(
        asked, "names", BK, 2, Wanted(VoteKind.CONFIDENCE, True, GENERAL)
    ),
    "vote_preview": partial(
        asked, "preview", QN, 1, Wanted(VoteKind.NAMES, True, PERSONNEL, LISTED)
    ),
    "vote_preview_confidence": partial(
        asked, "preview", BK, 2, Wanted(VoteKind.CONFIDENCE, True, GENERAL, LISTED)
    ),
}
RESERVED = answered(
    answered(answered(OPEN, APPROVES, *range(3, 9)), REJECTS, 1, reserved=True),
    DIFFERS,
    2,
    words=WORDS,
    reserved=True,
)
MEMBERS: Shown = {
    "vote_card_open_may_reserve": reserving(answered(OPEN, REJECTS, 2)),
    "vote_card_open_reserved": reserving(RESERVED),
    "vote_card_closed_reserved": reserving(closed(HU, RESERVED), until=moment("2026-03-12 17:00")),
    "vote_card_closed_may_reserve": reserving(
        closed(HU, answered(OPEN, REJECTS, 2)), until=moment("2026-03-12 17:00")
    ),
    "vote_reserved_after": lambda: cards.reserved(
        SAY, HU, ITEMS[2], closed(HU, RESERVED), BINH_PERSON, reserved=True
    ),
    "vote_reserved_taken_back": lambda: cards.reserved(
        SAY, HU, ITEMS[2], closed(HU, answered(OPEN, REJECTS, 2)), BINH_PERSON, reserved=False
    ),
    **both("reserved", HU, closed(HU, RESERVED)),
    **both("reserved_to_members", IN_FULL, closed(IN_FULL, RESERVED)),
    "vote_card_open": card(QN, OPEN),
    "vote_card_open_by_hand": lambda: cards.member(
        SAY, QN, ITEMS[2], replace(BY_HAND, raised=EVERYBODY), BINH_PERSON
    ),
    "vote_card_open_answered": card(QN, FIVE_OPENLY),
    "vote_card_open_differs_without_words": card(QN, answered(OPEN, DIFFERS, 2)),
    "vote_card_open_differs": card(QN, answered(OPEN, DIFFERS, 2, words=WORDS)),
    "vote_card_open_closed": card(QN, closed(QN, FIVE_OPENLY)),
    "vote_card_open_closed_unanswered": card(QN, closed(QN, answered(OPEN, APPROVES, 1, 3))),
    "vote_card_list": card(QN, LIST),
    "vote_card_list_in_part": card(QN, PART_OF_A_LIST),
    "vote_card_list_whole": card(QN, WHOLE_LIST),
    "vote_card_list_again": card(QN, WHOLE_LIST, on=1),
    "vote_card_list_closed": card(QN, closed(QN, WHOLE_LIST)),
    "vote_card_secret": card(QN, SECRET),
    "vote_card_secret_on_server": lambda: cards.member(
        SAY, QN, ITEMS[SECRET.item_id - 1], SECRET, BINH_PERSON, on_server=True
    ),
    "vote_card_secret_cast": card(QN, SEVEN_IN_SECRET),
    "vote_card_secret_closed": card(QN, closed(QN, SEVEN_IN_SECRET, [APPROVES] * 7)),
    "vote_card_secret_list": card(QN, SECRET_LIST),
    "vote_card_confidence": card(BK, CONFIDENCE),
    "vote_words": lambda: cards.asks_words(SAY, ITEMS[2], OPEN),
    "ballot_question": lambda: cards.ballot_question(SAY, ITEMS[1], SECRET_LIST, "a"),
    "ballot_question_confidence": lambda: cards.ballot_question(SAY, ITEMS[2], CONFIDENCE, "hc"),
    "ballot_confirm": lambda: cards.ballot_confirm(
        SAY, ITEMS[1], SECRET, "r", rules_vote.answers(SECRET, "r")
    ),
    "ballot_confirm_list": lambda: cards.ballot_confirm(
        SAY, ITEMS[1], SECRET_LIST, "ara", rules_vote.answers(SECRET_LIST, "ara")
    ),
    "ballot_cast": lambda: cards.ballot_cast(SAY, ITEMS[1], SECRET),
}
OFFICE: Shown = {
    "vote_dash": dash(QN, FIVE_OPENLY),
    "vote_dash_clerk": dash(QN, FIVE_OPENLY, head=False),
    "vote_dash_secret": dash(QN, SEVEN_IN_SECRET),
    "vote_dash_by_hand": dash(QN, BY_HAND),
    "vote_dash_by_hand_closed": dash(QN, closed(QN, BY_HAND)),
    "vote_hands_against": partial(hands, "against"),
    "vote_hands_against_ticked": partial(hands, "against", ticks=[6, 7]),
    "vote_hands_approve": partial(hands, "approve", ticks=[6, 7], against=[6, 7]),
    "vote_hands_abstain": partial(hands, "abstain", ticks=[], against=[], approve=3),
    "vote_hands_preview": partial(
        hands, "preview", ticks=[6, 7], against=[6, 7], approve=3, abstain=1
    ),
    "vote_dash_all": dash(HU, answered(OPEN, APPROVES, *range(1, 9))),
    "vote_dash_list": dash(QN, PART_OF_A_LIST),
    "vote_dash_quorum_lost": dash(TWO_HERE, answered(SECRET, {}, 1)),
    "vote_dash_closed": dash(QN, closed(QN, DIVIDED)),
    "vote_close": lambda: cards.asks_close(SAY, QN, ITEMS[2], OPEN, 3),
    "vote_close_secret": lambda: cards.asks_close(SAY, QN, ITEMS[1], SEVEN_IN_SECRET, 1),
    "vote_close_secret_too_few": lambda: cards.asks_close(SAY, QN, ITEMS[1], FOUR_IN_SECRET, 4),
}
RESULTS: Shown = {
    **both("adopted", QN, closed(QN, answered(FIVE_OPENLY, APPROVES, 6))),
    **both("by_hand", QN, closed(QN, BY_HAND)),
    **both("divided", QN, closed(QN, DIVIDED)),
    **both("secret", QN, closed(QN, SEVEN_IN_SECRET, [APPROVES] * 6 + [REJECTS])),
    **both("secret_divided", QN, closed(QN, SEVEN_IN_SECRET, [APPROVES] * 5 + [REJECTS] * 2)),
    **both("too_few", QN, closed(QN, FOUR_IN_SECRET, [APPROVES] * 4)),
    **both("box_differs", QN, void(QN, SEVEN_IN_SECRET, Unpublished.BOX_DIFFERS, 7)),
    **both("box_lost", QN, void(QN, SEVEN_IN_SECRET, Unpublished.BOX_LOST, 7)),
    **both("no_quorum", QN, void(QN, OPEN, Unpublished.NO_QUORUM, 4)),
    **both(
        "tie", HU, closed(HU, answered(answered(OPEN, APPROVES, *range(1, 5)), REJECTS, 5, 6, 7, 8))
    ),
    **both("thuong_truc_divided", TT, closed(TT, TWO_OF_THREE)),
    **both("without_words", TT, closed(TT, answered(TWO_OF_THREE, DIFFERS, 3))),
    **both("list", QN, closed(QN, answered(SECRET_LIST, {}, *range(1, 8)), OF_A_LIST)),
    **both("confidence", BK, closed(BK, answered(CONFIDENCE, {}, *range(1, 7)), LEVELS)),
}
SHORT: Mapping[str, object] = {"present": 5, "required": 6, "roll": 9, "missing": 0, "groups": ()}
REFUSALS = (
    Refusal("vote_gone"),
    Refusal("vote_item_gone"),
    Refusal("vote_no_rule", values={"body": "Các cơ quan"}),
    Refusal("vote_not_sitting", values={"stage": "called"}),
    Refusal("vote_runs_already"),
    Refusal("vote_after_paper", values={"as": "to_superior", "instead": "adjourned"}),
    Refusal("vote_no_quorum", "8.2.2", values=SHORT),
    Refusal(
        "vote_quorum_lost",
        "8.2.2",
        instead="vote_void",
        button=action("vote_void", 5),
        values={**SHORT, "missing": 1},
    ),
    Refusal("vote_no_confidence", "8.2.2"),
    Refusal("vote_by_hand", values={"at": OPENED}),
    Refusal("vote_hands_secret"),
    Refusal("vote_hands_names"),
    Refusal("vote_hands_nobody"),
    Refusal("vote_hands_too_many", values={"hands": 6, "most": 5, "voted": 2}),
    Refusal("vote_hands_number", values={"most": 5}),
    Refusal("vote_names_needed"),
    Refusal("vote_names_many", values={"count": 31, "limit": MOST_NAMES}),
    Refusal("vote_name_twice", values={"name": LISTED[0]}),
    Refusal("vote_guest", "8.2.5"),
    Refusal("vote_absent"),
    Refusal("vote_closed", values={"at": CLOSED}),
    Refusal("vote_closed_already", values={"at": moment("2026-03-05 08:45")}),
    Refusal("ballot_cast_already"),
    Refusal("ballot_box_lost"),
    Refusal("ballot_no_key"),
    Refusal("ballot_key_elsewhere"),
)


def refused(refusal: Refusal | None) -> Card:
    assert refusal is not None
    return kit_card.card(SAY, refusal)


def openly(kind: VoteKind, of: Meeting, place: int) -> Card:
    item = of.items[place - 1]
    return refused(rights.may_take_form(of, item, Wanted(kind, False, item.matter, LISTED)))


SHOWN: Shown = {
    **OPENING,
    **MEMBERS,
    **OFFICE,
    **RESULTS,
    **{f"refusal_{each.kind}": partial(refused, each) for each in REFUSALS},
    "refusal_vote_not_sitting_closed": lambda: refused(
        Refusal("vote_not_sitting", values={"stage": "closed"})
    ),
    "refusal_vote_must_be_secret": lambda: openly(VoteKind.APPROVE, SITS, 2),
    "refusal_vote_must_be_secret_confidence": lambda: openly(VoteKind.CONFIDENCE, BK, 3),
}
