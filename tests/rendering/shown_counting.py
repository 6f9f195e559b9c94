"""What rule books of others make people read: a tie, least numbers, an objection, silence as abstaining, recusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from bot.consultations import cards, dashboard_card, opinion_card, result_cards
from bot.consultations.rules.consultation import Act, ActKind, Choice, Content, Reply
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import HeldBy, state
from bot.consultations.rules.second_round import of_consultation
from bot.db.notice import Button, Card
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Matter
from bot.values.action import action
from tests.rendering.scenes import (
    AFTER,
    OFFICES,
    PERSONS,
    SAY,
    WEDNESDAY,
    Shown,
    dossier,
    member,
)
from tests.rendering.shown_forms import form
from tests.rendering.shown_results import both
from tests.rules.committee import Committee, committee

OTHERS = Path(__file__).parents[1] / "regulations" / "others"
LATER = WEDNESDAY + timedelta(hours=1)
INTEREST = "Người thân là bên ký hợp đồng; giá < 5 tỷ & chưa duyệt."


@cache
def before(name: str, size: int, matter: Matter = Matter.GENERAL) -> Committee:
    """A body of that rule book, named, whom the text has reached."""
    of = load(OTHERS / f"{name}.toml").bodies[0]
    fresh = committee(of, size, matter=matter).received(*range(1, size + 1)).consultation
    offices = (*OFFICES, *["member"] * size)
    roll = tuple(
        replace(seat, name=person, office=office)
        for seat, person, office in zip(fresh.roll, PERSONS, offices, strict=False)
    )
    return Committee(replace(fresh, roll=roll))


def said(of: Committee, letters: str) -> Committee:
    """The members in their order: approve, reject, abstain, or silent."""
    choices = {"a": Choice.APPROVE, "r": Choice.REJECT, "x": Choice.ABSTAIN}
    for person, letter in enumerate(letters, 1):
        if letter in choices:
            of = of.answers(person, choice=choices[letter], words="")
    return of


def away(of: Committee) -> Committee:
    """The bot was away for two hours, in which who had objected agreed; nobody knows when."""
    objected = of.consultation.replies[-1]
    start, end = objected.at + timedelta(minutes=10), objected.at + timedelta(hours=2)
    back = of.answers(objected.person, choice=Choice.APPROVE, at=start, words="", latest=end)
    return back.down(start, end)


def recused(of: Committee, *people: int) -> Committee:
    return of.adding(
        acts=[Act(ActKind.RECUSE, WEDNESDAY, by=each, of=each, reason=INTEREST) for each in people]
    )


def second_form(first: Committee) -> Card:
    """The form of the second round of what had ended so, as one who was silent reads it."""
    facts = first.consultation
    kept = of_consultation("consultation:6", 11, facts, first.result(AFTER))
    second = Committee(replace(facts, first=kept, replies=()))
    return form(second, person=6, first=kept)


def assuming(first: Committee) -> Committee:
    """The same, where no article gives the days of the second round: the committee assumes them."""
    facts = first.consultation
    written = facts.body.written
    assert written.second_round is not None
    rule = replace(written.second_round, within_article=None, answer_days_article=None)
    body = replace(facts.body, written=replace(written, second_round=rule))
    return Committee(replace(facts, body=body))


def ask_again(first: Committee) -> Card:
    """What the head is asked before it, where its rule book gives the days."""
    facts = first.consultation
    rule, because = facts.body.written.second_round, first.result(AFTER).because
    view = {
        "matter": dossier(first),
        "rule": rule,
        "renewal": rule.causes.get(because) if rule and because else None,
        "because": because,
        "of_agencies": False,
        "asked": [seat.name for seat in facts.roll],
    }
    return Card(SAY.text("ask_again_deadline", **view))


CONTENTS = (Content("Sửa đường vào thôn", Matter.GENERAL), Content("Dự toán", Matter.GENERAL))


def answer(content: int) -> Reply:
    """An answer of the second member."""
    return Reply(2, Choice.APPROVE, WEDNESDAY, content=content)


def out_of(content: int) -> Act:
    """The second member takes no part in that content."""
    kind = ActKind.RECUSE_CONTENT
    return Act(kind, WEDNESDAY, by=2, of=2, reason=INTEREST, content=content)


def slip(*facts: Act | Reply, of: Committee | None = None) -> Dossier:
    """A slip with two contents, with what its second member said of taking part in them, and answered."""
    of = (of or UB).adding(
        acts=[each for each in facts if isinstance(each, Act)],
        replies=[each for each in facts if isinstance(each, Reply)],
    )
    running = replace(of.consultation, contents=CONTENTS)
    return replace(dossier(of), contents=CONTENTS, consultation=running, subject="Công tác quý II")


def half_ended() -> Dossier:
    """A slip whose second content an objection has ended; the first goes on."""
    at = WEDNESDAY + timedelta(minutes=30)
    objection = Reply(2, Choice.REJECT, WEDNESDAY, content=2)
    return slip(answer(1), objection, Act(ActKind.CLOSE_CONTENT, at, content=2), of=IL)


def ended_result(*, office: bool) -> Card:
    content = half_ended().of(2)
    reached = state(content.running, LATER).result
    assert reached is not None
    shown = result_cards.for_office if office else result_cards.for_members
    return shown(SAY, content, reached)


def _asks_why(of: Dossier, member: str = "") -> Card:
    back = Button(SAY.label("button.back"), action("form", of.id))
    return opinion_card.ask_recusal(SAY, of, back, member)


def _asks(name: str, choice: Choice) -> Card:
    return opinion_card.ask_words(SAY, dossier(before(name, 5)), choice)


UB, HH, IL = before("uy_ban", 6), before("hoi_dong_hoi", 9), before("hoi_dong_im_lang", 5)
HH_IMPORTANT = before("hoi_dong_hoi", 9, Matter.IMPORTANT)
BL, BL_IMPORTANT = before("hoi_dong_ban_lai", 6), before("hoi_dong_ban_lai", 6, Matter.IMPORTANT)
IMPORTANT = before("hoi_dong_im_lang", 5, Matter.IMPORTANT)

SHOWN: Shown = {
    **both("tie_with_the_head", said(UB, "aaarr.")),
    **both("tie_without_the_head", said(UB, "raaarr")),
    **both("few_answers", said(HH, "aaaa.....")),
    **both("too_few_in_favour", said(HH_IMPORTANT, "aaxxxxxx.")),
    **both("nobody_for_or_against", said(HH, "xxxxxx...")),
    **both("votes_cast", said(HH, "aaarrx...")),
    **both("again_few_answers", said(BL, "aaa...")),
    **both("again_opposed", said(BL, "aaaarr")),
    **both("again_tie", said(BL, "aaarxx")),
    **both("again_not_enough", said(BL_IMPORTANT, "aaxxxx")),
    "form_second_round_for_few_answers": lambda: second_form(said(BL, "aaa...")),
    "ask_again_deadline_given": lambda: ask_again(said(BL, "aaa...")),
    "ask_again_deadline_assumed": lambda: ask_again(assuming(said(BL, "aaa..."))),
    **both("again_assumed_days", assuming(said(BL, "aaa..."))),
    **both("objected", said(IL, "aar..")),
    **both("objected_taken_back_in_an_outage", away(said(IL, "..r.."))),
    **both("silence_abstains", said(IMPORTANT, "aa...")),
    **both("recused_out", recused(said(UB, "xaaarr"), 1)),
    **both("recused_in", recused(said(HH, "aaaar...."), 5)),
    "form_may_recuse": lambda: form(UB),
    "form_recused": lambda: form(recused(said(UB, ".a...."), 2)),
    "form_objection": lambda: form(IL),
    "form_ended_by_an_objection": lambda: form(said(IL, ".a.r."), person=1, now=AFTER),
    "form_contents_objection": lambda: opinion_card.card(
        SAY, slip(of=IL), member(IL, 1), WEDNESDAY
    ),
    "form_content_ended_mine": lambda: opinion_card.card(SAY, half_ended(), member(IL, 2), LATER),
    "form_content_ended": lambda: opinion_card.card(SAY, half_ended(), member(IL, 3), LATER),
    "dashboard_content_ended": lambda: dashboard_card.card(SAY, half_ended(), LATER),
    "result_content_ended": lambda: ended_result(office=False),
    "result_content_ended_office": lambda: ended_result(office=True),
    "ask_words_objection_to_a_content": lambda: opinion_card.ask_words(
        SAY, slip(of=IL).of(2), Choice.REJECT
    ),
    "form_over_with_a_term": lambda: form(
        UB.adding(acts=[Act(ActKind.HOLD, WEDNESDAY, reason=HeldBy.TERM.value)])
    ),
    "form_silence_abstains": lambda: form(IMPORTANT),
    "form_share_of_those_who_reply": lambda: form(HH),
    "ask_words_objection": lambda: _asks("hoi_dong_im_lang", Choice.REJECT),
    "ask_recusal": lambda: _asks_why(dossier(UB)),
    "ask_recusal_in_the_base": lambda: _asks_why(dossier(HH)),
    "ask_recusal_on_paper": lambda: _asks_why(dossier(UB), member=member(UB, 2).name),
    "ask_recusal_of_a_content": lambda: _asks_why(slip().of(2)),
    "ask_recusal_of_the_slip": lambda: _asks_why(slip()),
    "form_contents_recused_of_one": lambda: opinion_card.card(
        SAY, slip(out_of(2), answer(1)), member(UB, 2), WEDNESDAY
    ),
    "form_contents_recused_and_begun": lambda: opinion_card.card(
        SAY, slip(out_of(2), answer(2)), member(UB, 2), WEDNESDAY
    ),
    "form_contents_recused_of_all": lambda: opinion_card.card(
        SAY, slip(out_of(1), out_of(2)), member(UB, 2), WEDNESDAY
    ),
    "form_contents_recused_closed": lambda: opinion_card.card(
        SAY, slip(out_of(2), answer(1)), member(UB, 2), AFTER
    ),
    "dashboard_contents_recused": lambda: dashboard_card.card(
        SAY, slip(out_of(2), answer(1)), WEDNESDAY
    ),
    "result_content_recused": lambda: result_cards.results(
        SAY, slip(out_of(2), answer(1)), AFTER, again=()
    )[1],
    "recused_of_a_content": lambda: cards.recused(SAY, slip().of(2), member(UB, 2), INTEREST),
    "recused_of_the_slip": lambda: cards.recused(SAY, slip(), member(UB, 2), INTEREST),
    "recused_on_paper": lambda: cards.recused(
        SAY, slip().of(2), member(UB, 2), INTEREST, by=member(UB, 5)
    ),
    "recused_on_paper_mine": lambda: cards.recused(
        SAY, slip().of(2), member(UB, 2), INTEREST, by=member(UB, 5), mine=True
    ),
    "takes_part_in_a_content": lambda: cards.takes_part(SAY, slip().of(2), member(UB, 2)),
    "recused": lambda: cards.recused(SAY, dossier(UB), member(UB, 2), INTEREST),
    "takes_part": lambda: cards.takes_part(SAY, dossier(UB), member(UB, 2)),
    "recused_in_the_base": lambda: cards.recused(SAY, dossier(HH), member(HH, 2), INTEREST),
}
