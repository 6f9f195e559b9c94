"""What is pressed on the screens below a question of a form: one is shown, or what it fills in is kept.

The forms themselves live in `form.py`; what a screen says and what a press means is its subject's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.db.notice import Card
from bot.kit import form as forms
from bot.kit.form import Answers, Form, View
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.values.action import Action, action
from bot.values.refusal import leading_back, refuse

V = TypeVar("V", bound=View)


@dataclass(frozen=True, slots=True)
class Screens(Generic[V]):
    """The screens below the forms that are shown with one kind of view."""

    view: type[V]

    async def _opened(self, work: UnitOfWork, tap: Tap) -> tuple[Form[V], V]:
        """The form of a press's first argument; raises `Refused` when it is gone, or of another kind."""
        form, view = await forms.opened(work, tap.account, tap.number(0))
        if not isinstance(view, self.view):
            refuse("draft_gone")
        return form, view

    async def show(
        self, context: Context, tap: Tap, where: str, card: Callable[[V], Card] | None = None
    ) -> Screen:
        """The screen `where`, or another card that leads back to it; what is typed next reaches it."""
        async with context.work() as work:
            form, view = await self._opened(work, tap)
            with leading_back(action("form_show", view.draft.id)):
                instead = card(view) if card else None
                return await form.shown(work, view, where, instead=instead)

    async def keep(
        self,
        context: Context,
        tap: Tap,
        read: Callable[[V], Answers],
        where: str = "",
        *,
        refused: Action | None = None,
    ) -> Screen:
        """The form with what a press fills in, at the screen `where`, or at the question that stands.

        What is refused leads back to `refused`, or to the question that stands.
        """
        async with context.work() as work:
            form, view = await self._opened(work, tap)
            with leading_back(refused or action("form_show", view.draft.id)):
                answers = read(view)
            return await form.shown(work, await form.keep(work, view, answers), where)
