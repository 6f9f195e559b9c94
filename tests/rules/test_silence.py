"""What no answer means, under each regulation: the policy, the ground, the matter, the receipt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.consultations.rules.consultation import Choice, Position
from bot.consultations.rules.tally import silence_means_consent
from bot.regulations.rules.regulation import Body, Ground, Matter, Strength
from tests.rules.committee import (
    A_MOMENT,
    DEADLINE,
    SENT,
    Committee,
    body,
    committee,
    moment,
)
from tests.rules.rules_by_hand import BY_HAND, HAI_DUONG, QUANG_NGAI

CONSENTING = ["quang_ngai dang_doan", "hai_duong co_quan"]
NOT_COUNTING = sorted(set(BY_HAND) - set(CONSENTING))


@pytest.mark.parametrize("name", CONSENTING)
def test_silence_consents_at_the_due_moment_and_not_an_instant_before(name: str) -> None:
    asked = committee(body(*name.split()), 3).received(1, 2, 3, at=SENT)
    assert asked.position(1, DEADLINE - A_MOMENT) is Position.SILENT
    assert asked.position(1, DEADLINE) is Position.DEEMED_APPROVE


@pytest.mark.parametrize("name", NOT_COUNTING)
def test_silence_is_neither_for_nor_against_where_the_text_does_not_speak_of_it(name: str) -> None:
    asked = committee(body(*name.split()), 3).received(1, 2, 3, at=SENT)
    assert asked.position(1, DEADLINE) is Position.SILENT
    assert asked.result(DEADLINE).tally.agreeing == 0


@pytest.mark.parametrize("name", BY_HAND)
def test_silence_is_not_consent_before_the_text_was_received(name: str) -> None:
    assert committee(BY_HAND[name], 3).position(1, DEADLINE) is Position.NOT_RECEIVED


def test_bac_kan_standing_committee_gives_silence_no_effect() -> None:
    asked = committee(body("bac_kan", "ban_thuong_vu"), 1).received(1)
    assert asked.position(1) is Position.SILENT


@pytest.mark.parametrize("ground", [Ground.SUPERIOR_DIRECTION, Ground.URGENT_NO_MEETING])
def test_in_quang_ngai_silence_consents_under_both_grounds_by_default(ground: Ground) -> None:
    asked = committee(body("quang_ngai", "dang_doan"), 1, ground=ground).received(1)
    assert asked.position(1) is Position.DEEMED_APPROVE


def test_silence_can_be_switched_off_for_what_a_superior_directs() -> None:
    silence = replace(QUANG_NGAI.written.silence, grounds=frozenset({Ground.URGENT_NO_MEETING}))
    of = replace(QUANG_NGAI, written=replace(QUANG_NGAI.written, silence=silence))
    directed = committee(of, 1, ground=Ground.SUPERIOR_DIRECTION).received(1)
    urgent = committee(of, 1, ground=Ground.URGENT_NO_MEETING).received(1)
    assert directed.position(1) is Position.SILENT
    assert directed.result().articles == ("8.2.1", "8.2.2")
    assert urgent.position(1) is Position.DEEMED_APPROVE


@pytest.mark.parametrize(
    ("matter", "confirmed", "consents"),
    [
        (Matter.COORDINATION, False, True),
        (Matter.PERSONNEL, False, False),
        (Matter.PERSONNEL, True, True),
    ],
)
@pytest.mark.parametrize("of", [HAI_DUONG, body("hai_duong", "co_quan")])
def test_in_hai_duong_silence_on_personnel_consents_only_when_confirmed(
    of: Body, matter: Matter, confirmed: bool, consents: bool
) -> None:
    asked = committee(of, 1, matter=matter, silence_confirmed=confirmed).received(1)
    assert silence_means_consent(asked.consultation) is consents
    expected = Position.DEEMED_APPROVE if consents else Position.SILENT
    assert asked.position(1) is expected


def test_an_agency_silent_on_personnel_leaves_the_matter_without_agreement() -> None:
    asked = committee(HAI_DUONG, 2, matter=Matter.PERSONNEL).received(1, 2)
    result = asked.answers(1, choice=Choice.APPROVE).result()
    assert result.outcome == "not_adopted"
    assert result.tally[Position.SILENT] == 1


@pytest.mark.parametrize(
    ("name", "strength", "counts"),
    [
        ("quang_ngai dang_doan", Strength.DELIVERED, True),
        ("quang_ngai dang_doan", Strength.ACKNOWLEDGED, True),
        ("quang_ngai dang_doan", Strength.RECORDED, True),
        ("hai_duong co_quan", Strength.DELIVERED, False),
        ("hai_duong co_quan", Strength.ACKNOWLEDGED, True),
        ("hai_duong co_quan", Strength.RECORDED, True),
    ],
)
def test_a_receipt_counts_if_it_is_as_strong_as_the_regulation_asks(
    name: str, strength: Strength, counts: bool
) -> None:
    asked = committee(body(*name.split()), 1).received(1, strength=strength)
    expected = Position.DEEMED_APPROVE if counts else Position.NOT_RECEIVED
    assert asked.position(1) is expected


def test_the_earliest_sufficient_receipt_is_the_one_that_counts() -> None:
    asked = (
        committee(HAI_DUONG, 1)
        .received(1, at=moment("2026-03-02 08:30"), strength=Strength.DELIVERED)
        .received(1, at=moment("2026-03-04 09:00"), strength=Strength.RECORDED)
        .received(1, at=moment("2026-03-03 09:00"), strength=Strength.ACKNOWLEDGED)
    )
    assert asked.consultation.received_at == {1: moment("2026-03-03 09:00")}


def test_asking_for_time_proves_that_the_text_was_received() -> None:
    asked = committee(HAI_DUONG, 1).asks_time(1, moment("2026-03-20 17:00"))
    assert asked.position(1, DEADLINE) is Position.WAITING
    assert asked.position(1, moment("2026-03-20 17:00")) is Position.DEEMED_APPROVE


def test_a_silent_member_is_deemed_to_agree_with_the_article_that_says_so() -> None:
    alone: Committee = committee(HAI_DUONG, 1).received(1)
    assert alone.result().articles == ("3.1",)
    assert alone.result().outcome == "agreed"
