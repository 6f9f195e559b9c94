"""The form "Thêm người" as a card: one question, its answers, a way back. What is accepted is decided elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.card import Button, Card
from bot.domain.press import press
from bot.rendering import Rendering, initial
from bot.services.cards.people import Rows, act_button, body_names, seat_view, to_list

if TYPE_CHECKING:
    from bot.services.newcomer_form import Form


def card(say: Rendering, form: Form) -> Card:
    """The question that stands; at the end the whole, to be entered."""
    bodies = body_names(form.office.regulation)
    complete = form.field == "preview"
    text = say.text(
        "people_new",
        committee=form.office.committee.name,
        field=form.field,
        name=form.draft.fields.get("name"),
        role=form.draft.fields.get("role"),
        seat=seat_view(say, form.seat, bodies) if complete else None,
    )
    rows: Rows = [(_answer(say, form, value),) for value in form.choices]
    draft = form.draft.id
    if complete:
        rows.append((act_button(say, "new_yes", draft, style="success"),))
    if form.draft.fields:
        rows.append((Button(say.label("button.back"), press("people_new_back", draft)),))
    rows.append((act_button(say, "new_drop", draft),))
    return Card(text, tuple(rows))


def _answer(say: Rendering, form: Form, value: str) -> Button:
    return Button(_label(say, form, value), press("people_new", form.draft.id, form.field, value))


def _label(say: Rendering, form: Form, value: str) -> str:
    match form.field:
        case "body":
            names = body_names(form.office.regulation)
            return names.get(value) or say.label("people_button.all_bodies")
        case "office":
            return initial(say.label(f"office.{value}"))
        case "full_time":
            key = "full_time" if value == "yes" else "part_time"
            return initial(say.label(f"service.{key}"))
        case _:
            return say.label(f"people_role.{value}")


def dropped(say: Rendering, committee: int) -> Card:
    """The form was put aside."""
    return Card(say.text("people_new_dropped"), (to_list(say, committee),))
