"""What holds for every form, whatever it asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.consultations.launch_form import FORM
from bot.kit.form import FORMS
from bot.values.texts import CUT_FROM


def test_two_forms_are_not_of_one_name() -> None:
    with pytest.raises(ValueError, match="two forms are named"):
        replace(FORM)


def test_words_go_on_only_where_more_is_taken_than_one_message_holds() -> None:
    limits = [field.goes_on for form in FORMS.values() for field in form.fields if field.goes_on]
    assert limits
    assert min(limits) > CUT_FROM
