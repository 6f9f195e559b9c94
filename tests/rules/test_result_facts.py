"""What a result says beside its outcome: base, tie, answers asked for, objection, and the articles it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.consultations.rules.consultation import Choice, Position
from bot.consultations.rules.tally import silence_comes_to, silence_means_abstention
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Body, Ground, Matter, Outcome, Silence, SilencePolicy
from tests.rules.committee import ANSWERED, DEADLINE, Committee, committee
from tests.rules.rules_by_hand import QUANG_NGAI, TRA_VINH

OTHERS = Path(__file__).parents[1] / "regulations" / "others"
HALF_AN_HOUR_LATER = ANSWERED + timedelta(minutes=30)
"""When an objection ends the matter."""


def other(name: str) -> Body:
    return load(OTHERS / f"{name}.toml").bodies[0]


UB, IL = other("uy_ban"), other("hoi_dong_im_lang")


def four(of: Body, matter: Matter, *approve: int, reject: tuple[int, ...] = ()) -> Committee:
    """Four whom the text has reached, who answered so; the first is the head."""
    asked = committee(of, 4, matter=matter, ground=Ground.CANNOT_MEET).consultation
    head = replace(asked.roll[0], office="secretary")
    asked = replace(asked, roll=(head, *asked.roll[1:]))
    return (
        Committee(asked)
        .received(1, 2, 3, 4)
        .answers(*approve, choice=Choice.APPROVE)
        .answers(*reject, choice=Choice.REJECT)
    )


def test_a_tie_is_told_where_the_head_decided_it_and_cited_where_there_was_one() -> None:
    by_head = four(UB, Matter.GENERAL, 1, 2, reject=(3, 4)).result(DEADLINE)
    assert (by_head.outcome, by_head.by_tie) == (Outcome.ADOPTED, True)
    assert by_head.articles == ("4.1", "5.1", "5.2")
    against_head = four(UB, Matter.GENERAL, 2, 3, reject=(1, 4)).result(DEADLINE)
    assert (against_head.outcome, against_head.by_tie) == (Outcome.NOT_ADOPTED, False)
    assert against_head.articles == ("4.1", "5.1", "5.2", "5.3")
    three = four(UB, Matter.GENERAL, 1, 2, 3, reject=(4,)).result(DEADLINE)
    assert (three.by_tie, three.articles) == (False, ("4.1", "5.1"))


def test_what_is_only_collated_asks_for_no_number() -> None:
    """Tra Vinh 5.1: opinions are put together, and no number decides."""
    collated = committee(TRA_VINH, 3).received(1, 2, 3).answers(1, choice=Choice.APPROVE).result()
    assert collated.outcome is Outcome.COLLATED
    assert (collated.required, collated.base) == (None, None)
    assert (collated.answers, collated.answers_required) == (0, 0)


def test_of_how_many_and_of_how_many_answers_is_told_where_the_text_asks_for_it() -> None:
    two = four(IL, Matter.IMPORTANT, 1, 2).result(DEADLINE)
    assert (two.outcome, two.required, two.base) == (Outcome.ADOPTED, 2, 2)
    assert (two.answers, two.answers_required) == (2, 2)
    assert two.positions[3] is Position.DEEMED_ABSTAIN
    assert two.articles == ("5.1", "5.6", "5.7", "5.5", "5.3")
    every = four(IL, Matter.IMPORTANT, 1, 2, 3, 4).result(DEADLINE)
    assert (every.required, every.base, every.answers) == (3, None, 4)
    assert every.articles == ("5.1", "5.6", "5.7", "5.3")
    plain = four(UB, Matter.GENERAL, 1, 2, 3).result(DEADLINE)
    assert (plain.base, plain.answers, plain.answers_required) == (None, 0, 0)


def test_an_objection_is_told_and_cited_where_there_was_one() -> None:
    nobody = four(IL, Matter.GENERAL, 1, 2).result(DEADLINE)
    assert (nobody.outcome, nobody.objected) == (Outcome.ADOPTED, None)
    assert nobody.articles == ("5.1", "5.3")
    one = four(IL, Matter.GENERAL, 1, 2, reject=(3,)).result(HALF_AN_HOUR_LATER)
    assert (one.outcome, one.objected) == (Outcome.TO_MEETING, "5.4")
    assert one.articles == ("5.1", "5.3", "5.4")


def test_what_silence_means_and_what_an_objection_does_is_cited_by_articles_of_their_own() -> None:
    written, objection = IL.written, IL.written.objection
    assert objection is not None
    of = replace(
        IL,
        written=replace(
            written,
            silence=replace(written.silence, article="9.8"),
            objection=replace(objection, article="9.7"),
        ),
    )
    nobody = four(of, Matter.GENERAL, 1, 2).result(DEADLINE)
    assert nobody.articles == ("5.1", "5.3", "9.8")
    one = four(of, Matter.GENERAL, 1, 2, reject=(3,)).result(HALF_AN_HOUR_LATER)
    assert (one.objected, one.articles) == ("9.7", ("5.1", "5.3", "9.7", "5.4"))


def test_what_is_held_rests_on_the_article_of_that_or_of_the_writing() -> None:
    held = committee(QUANG_NGAI, 1).consultation
    plain = replace(QUANG_NGAI.written.rulings, held_article=None)
    for rulings, article in ((plain, "8.2.1"), (replace(plain, held_article="9.9"), "9.9")):
        written = replace(QUANG_NGAI.written, rulings=rulings)
        asked = Committee(replace(held, body=replace(QUANG_NGAI, written=written)))
        assert asked.result(DEADLINE).outcome is Outcome.HELD
        assert asked.result(DEADLINE).ruling_article == article


def test_silence_on_a_ground_of_its_own_and_in_a_second_round() -> None:
    consents, abstains = (
        IL.written.silence.on(each) for each in (Matter.GENERAL, Matter.IMPORTANT)
    )
    on, beside = Ground.CANNOT_MEET, Ground.URGENT_NO_MEETING
    consents = replace(consents, grounds=frozenset({on}))

    def means(silence: Silence, ground: Ground, *, again: bool = False) -> SilencePolicy:
        return silence_comes_to(silence, Matter.GENERAL, ground, confirmed=False, again=again)

    assert means(consents, on) is SilencePolicy.CONSENT
    assert means(consents, beside) is SilencePolicy.NOT_COUNTED
    assert means(consents, on, again=True) is SilencePolicy.NOT_COUNTED
    assert means(abstains, beside) is SilencePolicy.ABSTENTION
    assert silence_means_abstention(four(IL, Matter.IMPORTANT).consultation) is True
    assert silence_means_abstention(four(IL, Matter.GENERAL).consultation) is False
