"""What holds for every form, whatever it asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.consultations.launch_form import FORM
from bot.kit.form import FORMS
from bot.kit.unit import Context
from bot.rendering import shared_rendering
from bot.values.texts import CUT_FROM
from tests.acts.committees import CLERK, House
from tests.acts.phone import Phone


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


async def test_going_back_from_a_question_taken_up_again_gives_up_no_later_answer(
    context: Context, house: House, committee: int
) -> None:
    van = await Phone(context, CLERK).opens("launch", committee)
    await van.presses("Cần thiết, đột xuất")
    await van.presses("Nội dung chung")
    for words in ("Công tác quý II", "Văn bản kèm theo", "sau 3 ngày làm việc"):
        await van.types(words)
    await van.presses("Không thuộc bí mật nhà nước")
    await van.presses("Sửa văn bản, tệp")
    await van.presses("« Quay lại")
    assert "<b>Tên nội dung xin ý kiến</b>" in van.text
    await van.types("Công tác quý III")
    await van.types("Văn bản khác")
    assert "Trình duyệt" in van.buttons
