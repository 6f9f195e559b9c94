"""Whatever came of each member, in a first round or a second: the result, the hold and the dashboard can be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations_with_replacement, product

import pytest

from bot.consultations import dashboard_card, result_cards
from bot.consultations.rules.consultation import (
    ActKind,
    Choice,
    Content,
    FirstRound,
    Position,
    Reply,
)
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Stage, state, states
from bot.consultations.rules.tally import ANSWERS
from bot.regulations.rules.regulation import Asks, Body
from tests.rendering.scenes import AFTER, GAP, SAY, dossier
from tests.rendering.shown_results import A_DAY_AND_MORE
from tests.rendering.test_reasons import bodies
from tests.rules.committee import DEADLINE, SENT, Committee, committee

Comes = Callable[[Committee, int], Committee]
ENDED = AFTER + (AFTER - SENT)


def _undatable(of: Committee, person: int) -> Committee:
    choice = Choice.APPROVE if person % 2 else Choice.REJECT
    return of.received(person).answers(person, choice=choice, at=GAP[0], latest=GAP[1])


BECAME: dict[str, Comes] = {
    "never_reached": lambda of, _person: of,
    "silent": lambda of, person: of.received(person),
    "approve": lambda of, person: of.answers(person, choice=Choice.APPROVE),
    "comments": lambda of, person: of.answers(person, choice=Choice.APPROVE_WITH_COMMENTS),
    "differ": lambda of, person: of.answers(person, choice=Choice.DIFFER, words=""),
    "struck": lambda of, person: of.answers(person, choice=Choice.REJECT).struck(person),
    "invalid": lambda of, person: of.invalid(person),
    "undatable": _undatable,
}
FIRST = (Position.APPROVE, Position.REJECT, Position.SILENT, Position.NOT_RECEIVED)
WHOLE: dict[str, Comes] = {
    "as it came": lambda of, _: of,
    "out for a day": lambda of, _: of.down(*A_DAY_AND_MORE),
    "by hand": lambda of, _: of.ended(ActKind.CLOSE_BY_HAND, AFTER),
    "withdrawn": lambda of, _: of.ended(ActKind.WITHDRAW, AFTER),
}


def first_round(of: Body, stood: tuple[Position, ...]) -> FirstRound:
    """The round before, in which the roll stood so."""
    reached = dict(enumerate(stood, 1))
    said = {p: Reply(p, Choice(at), SENT, "…") for p, at in reached.items() if at in ANSWERS}
    again = of.written.second_round
    everybody = again is not None and again.asks is Asks.ALL
    asked = frozenset(p for p, at in reached.items() if everybody or at is Position.REJECT)
    return FirstRound("consultation:6", 11, SENT, reached, asked, replies=said)


def rounds(of: Body) -> Iterator[Dossier]:
    """A roll of three, of whom two become what one may become, in each round that the body knows."""
    firsts: list[FirstRound | None] = [None]
    if of.written.second_round is not None:
        firsts += [first_round(of, (stood, Position.APPROVE, Position.REJECT)) for stood in FIRST]
    for first, ways in product(firsts, combinations_with_replacement(BECAME.values(), 2)):
        fresh = committee(of, 3).consultation
        facts = Committee(replace(fresh, first=first)).answers(3, choice=Choice.APPROVE)
        for person, became in enumerate(ways, 1):
            facts = became(facts, person)
        for whole in WHOLE.values():
            yield dossier(whole(facts, 0), first=first)


def shown(papers: Dossier) -> Iterator[str]:
    """What is shown of it at its end, or while it is held; an undefined name fails here."""
    held = state(papers.running, ENDED)
    if held.stage is Stage.HELD and held.result is not None:
        yield result_cards.held(SAY, papers, held.result, ENDED).text
    for stands, content in zip(states(papers.running, ENDED), papers.each, strict=True):
        assert stands.result is not None
        if stands.stage is not Stage.HELD:
            yield result_cards.for_members(SAY, content, stands.result).text
            yield result_cards.for_office(SAY, content, stands.result).text
    yield dashboard_card.card(SAY, papers, ENDED).text


@pytest.mark.parametrize("name", bodies())
def test_every_result_is_shown_whatever_came_of_its_members(name: str) -> None:
    for papers in rounds(bodies()[name]):
        for text in shown(papers):
            assert "None" not in text, text


def test_a_hold_names_just_those_whom_the_text_never_reached() -> None:
    of = bodies()["cap_huyen thuong_truc"]
    first = first_round(of, (Position.APPROVE, Position.APPROVE, Position.REJECT))
    fresh = committee(of, 3).consultation
    facts = Committee(replace(fresh, first=first)).received(2).answers(3, choice=Choice.APPROVE)
    held = facts.state(DEADLINE).result
    assert held is not None

    text = result_cards.held(SAY, dossier(facts, first=first), held, DEADLINE).text

    assert "Văn bản chưa gửi được đến đồng chí: Ủy viên 1." in text


def test_a_slip_with_several_contents_is_held_for_whom_it_never_reached() -> None:
    of = bodies()["cap_huyen thuong_truc"]
    contents = tuple(Content(subject, committee(of, 3).consultation.matter) for subject in "ab")
    facts = committee(of, 3).received(2).consultation
    replies = [Reply(3, Choice.APPROVE, SENT, "", content=place) for place in (1, 2)]
    several = Committee(replace(facts, contents=contents)).adding(replies=replies)

    held, _dashboard = shown(dossier(several, contents=contents))

    assert "Văn bản chưa gửi được đến đồng chí: Ủy viên 1." in held
