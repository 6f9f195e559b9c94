"""What went otherwise than a story says has its words in every language, for every kind that there is."""

import re
from pathlib import Path

import pytest

import simulator
from bot.values.language import Language
from bot.words import words_of
from simulator.difference import Difference, NotPossibleError, other

_KIND = re.compile(r"\b(?:Difference|NotPossibleError)\(\s*\"(\w+)\"")


@pytest.mark.parametrize("language", Language)
def test_every_kind_that_is_made_has_its_words_and_no_other_has(language: Language) -> None:
    sources = Path(simulator.__file__).parent.rglob("*.py")
    made = {kind for path in sources for kind in _KIND.findall(path.read_text(encoding="utf-8"))}

    assert made == set(words_of(language, "rehearsal")["difference"])


def test_a_difference_within_another_is_told_in_the_same_language() -> None:
    refused = Difference("refused", {"words": Difference("nothing_made")})
    step = Difference("step", {"number": 2, "at": "09:00", "does": "launch", "what": refused})

    assert step.told(Language.ENGLISH) == "step 2 (09:00, launch): was refused: nothing came of it"
    assert step.told(Language.VIETNAMESE) == (
        "bước 2 (09:00, launch): bị từ chối: không có gì được lập"
    )


def test_several_differences_stand_side_by_side() -> None:
    both = Difference("several", {"all": (Difference("taken"), Difference("nothing_made"))})

    assert both.told(Language.ENGLISH) == (
        "was taken, but should have been refused; nothing came of it"
    )


@pytest.mark.parametrize("nothing", [None, ()])
def test_where_nothing_is_found_it_is_said_as_a_word(nothing: object) -> None:
    assert other("expect.due", "2026-03-02", nothing).told(Language.ENGLISH) == (
        "expect.due: expected 2026-03-02, found nothing"
    )


def test_what_cannot_be_done_on_a_phone_reads_as_a_sentence() -> None:
    assert str(NotPossibleError("no_button", label="Gửi")) == "no button reads «Gửi»"
