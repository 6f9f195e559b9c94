"""What holds for every form, whatever it asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.consultations.launch_form import FORM
from bot.kit.form import FORMS
from bot.rendering import shared_rendering
from bot.values.texts import CUT_FROM


def test_two_forms_are_not_of_one_name() -> None:
    with pytest.raises(ValueError, match="two forms are named"):
        replace(FORM)


def test_words_go_on_only_where_more_is_taken_than_one_message_holds() -> None:
    limits = [field.goes_on for form in FORMS.values() for field in form.fields if field.goes_on]
    assert limits
    assert min(limits) > CUT_FROM


def test_every_draft_and_every_question_of_a_form_that_takes_a_message_has_a_name() -> None:
    say, asked = shared_rendering(), 0
    for form in FORMS.values():
        assert say.has_label(f"draft.{form.kind}"), form.kind
        for field in form.fields:
            if field.said or field.files:
                asked += 1
                assert say.has_label(f"question.{form.kind}_{field.name}"), field.name
    assert asked
