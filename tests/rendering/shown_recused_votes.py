"""What is shown where somebody takes no part in a vote in the room: asked why, told, on every card, every refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.db.notice import Button, Card
from bot.meetings.rules.meeting import Meeting
from bot.people.rules.people import Person
from bot.regulations.rules.terms import Matter, Recusal
from bot.values.action import action
from bot.values.refusal import Refusal
from bot.votes import cards, recusal_cards
from bot.votes.rules.recusing import may_recuse
from bot.votes.rules.rights import Wanted
from bot.votes.rules.vote import Recusing, Unpublished, Vote, VoteKind
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_sitting import BINH_PERSON, CLERK_ID, person
from tests.rendering.shown_votes import (
    APPROVES,
    CONFIDENCE,
    FIVE_OPENLY,
    LEVELS,
    LIST,
    OPEN,
    OPENED,
    QN,
    REJECTS,
    SECRET,
    SEVEN_IN_SECRET,
    answered,
    both,
    closed,
    dash,
    refused,
    void,
)
from tests.rendering.shown_votes import asked as names_asked

INTEREST = "Người được đề nghị là em ruột tôi; nếu a < b thì không dự."
CLERK = replace(person(CLERK_ID, "Phạm Thị Văn"), seats=())


def ruled(of: Meeting, *, out_of_base: bool) -> Meeting:
    """The meeting under a rule book that has recusal."""
    rules = of.body.meetings
    assert rules is not None
    assert rules.vote is not None
    vote = replace(rules.vote, recusal=Recusal("8.2.7", out_of_base))
    return replace(of, body=replace(of.body, meetings=replace(rules, vote=vote)))


OUT, IN = ruled(QN, out_of_base=True), ruled(QN, out_of_base=False)


def recused(of: Vote, *persons: int, by: int | None = None) -> Vote:
    said = [Recusing(each, True, INTEREST, OPENED, by or each) for each in persons]
    return replace(of, recusals=(*of.recusals, *said))


def card(of: Meeting, running: Vote) -> Callable[[], Card]:
    """The card of the second on the roll."""
    item, id_ = of.items[running.item_id - 1], BINH_PERSON.id
    may = may_recuse(of, running, id_, seated=True) is None
    return partial(cards.member, SAY, of, item, running, BINH_PERSON, may_recuse=may)


def asked(of: Meeting, running: Vote, member: str = "") -> Callable[[], Card]:
    back = Button(SAY.label("button.back"), action("vote_card", running.id))
    item = of.items[running.item_id - 1]
    return partial(recusal_cards.ask, SAY, of, item, running, back, member)


def told(
    of: Meeting, running: Vote, *, out: bool = True, by: Person | None = None, mine: bool = False
) -> Callable[[], Card]:
    item, who = of.items[running.item_id - 1], BINH_PERSON
    said = Recusing(who.id, out, INTEREST if out else "", OPENED, by.id if by else who.id)
    return partial(recusal_cards.told, SAY, of, item, running, who, said, by=by, mine=mine)


def members(of: Meeting, running: Vote) -> Callable[[], Card]:
    item = of.items[running.item_id - 1]
    return partial(recusal_cards.members, SAY, of, item, running, range(1, 5), 0)


def in_secret(*voters: int, out: Sequence[int]) -> Vote:
    return recused(answered(SECRET, {}, *voters), *out)


SIX_AND_ONE = recused(answered(FIVE_OPENLY, REJECTS, 6), 7)
FIVE_IN_SECRET = in_secret(*range(1, 6), out=(6, 7))
ALL = dict.fromkeys(LIST.names, "approve")
REFUSALS = (
    Refusal("vote_recused", "8.2.7"),
    Refusal("vote_not_recused", "8.2.7"),
    Refusal("vote_no_recusal"),
    Refusal("vote_recuse_cast"),
    Refusal("vote_recuse_last", "8.2.7"),
    Refusal("vote_recuse_by_phone"),
    Refusal("vote_recused_own"),
)
SHOWN: Shown = {
    "vote_card_may_recuse": card(OUT, OPEN),
    "vote_card_may_recuse_answered": card(OUT, FIVE_OPENLY),
    "vote_card_may_recuse_list": card(OUT, LIST),
    "vote_card_may_recuse_secret": card(OUT, SECRET),
    "vote_card_cast_may_not_recuse": card(OUT, SEVEN_IN_SECRET),
    "vote_card_recused": card(OUT, recused(OPEN, 2)),
    "vote_card_recused_in_the_base": card(IN, recused(OPEN, 2)),
    "vote_card_recused_list": card(OUT, recused(LIST, 2)),
    "vote_card_recused_secret": card(OUT, recused(SECRET, 2)),
    "vote_card_recused_closed": card(OUT, closed(OUT, recused(answered(OPEN, APPROVES, 2), 2))),
    "vote_card_recused_secret_closed": card(
        OUT, closed(OUT, in_secret(1, 3, 4, 5, 6, out=(2,)), [APPROVES] * 5)
    ),
    "vote_ask_recusal": asked(OUT, OPEN),
    "vote_ask_recusal_in_the_base": asked(IN, OPEN),
    "vote_ask_recusal_secret": asked(OUT, SECRET),
    "vote_names_may_recuse": partial(
        names_asked, "names", OUT, 1, Wanted(VoteKind.NAMES, True, Matter.PERSONNEL)
    ),
    "vote_ask_recusal_list": asked(OUT, LIST),
    "vote_ask_recusal_confidence_of": asked(OUT, CONFIDENCE, "Lê Văn Cường"),
    "vote_recusals_list": members(OUT, LIST),
    "vote_ask_recusal_of": asked(OUT, OPEN, "Lê Văn Cường"),
    "vote_recused_told": told(OUT, OPEN),
    "vote_recused_told_in_the_base": told(IN, OPEN),
    "vote_recused_told_secret": told(OUT, SECRET),
    "vote_recused_told_entered": told(OUT, OPEN, by=CLERK),
    "vote_recused_told_entered_mine": told(OUT, OPEN, by=CLERK, mine=True),
    "vote_takes_part_told": told(OUT, OPEN, out=False),
    "vote_takes_part_told_in_the_base": told(IN, OPEN, out=False),
    "vote_takes_part_told_secret": told(OUT, SECRET, out=False),
    "vote_takes_part_told_entered": told(OUT, OPEN, out=False, by=CLERK),
    "vote_takes_part_told_entered_mine": told(OUT, OPEN, out=False, by=CLERK, mine=True),
    "vote_recusals": members(OUT, OPEN),
    "vote_recusals_entered": members(OUT, recused(recused(OPEN, 3, by=CLERK_ID), 4)),
    "vote_recusals_secret": members(OUT, recused(answered(SECRET, {}, 1, 2), 6, by=CLERK_ID)),
    "vote_dash_recused": dash(OUT, SIX_AND_ONE),
    "vote_dash_recused_all_others_voted": dash(
        OUT, recused(answered(OPEN, APPROVES, *range(1, 7)), 7, 8)
    ),
    "vote_dash_recused_secret": dash(OUT, FIVE_IN_SECRET, head=False),
    "vote_dash_recused_too_few": dash(OUT, in_secret(1, 2, 3, out=(4, 5, 6, 7))),
    "vote_close_recused_too_few": lambda: cards.asks_close(
        SAY, OUT, OUT.items[1], in_secret(1, 2, 3, 8, out=(4, 5, 6, 7)), 0
    ),
    "vote_dash_recused_closed": dash(OUT, closed(OUT, SIX_AND_ONE)),
    **both("recused_out", OUT, closed(OUT, SIX_AND_ONE)),
    **both("recused_in", IN, closed(IN, SIX_AND_ONE)),
    **both("recused_list", OUT, closed(OUT, recused(answered(LIST, ALL, 1, 2, 3, 4, 5), 8))),
    **both("recused_secret", OUT, closed(OUT, FIVE_IN_SECRET, [APPROVES] * 5)),
    **both("recused_too_few", OUT, closed(OUT, in_secret(1, 2, 3, 4, out=(7,)), [APPROVES] * 4)),
    **both(
        "recused_confidence",
        OUT,
        closed(OUT, recused(answered(CONFIDENCE, {}, *range(1, 7)), 7), LEVELS),
    ),
    **both("recused_no_quorum", OUT, void(OUT, recused(OPEN, 2), Unpublished.NO_QUORUM, 4)),
    **{f"refusal_{each.kind}": partial(refused, each) for each in REFUSALS},
}
