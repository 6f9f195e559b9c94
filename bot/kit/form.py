"""A form: a draft in the database whose next question is its first one without an answer.

Every form is a `Form` of `Field`s, with the same behaviour for all: answered by buttons, words or files,
gone back in, any question taken up again from the preview, dropped, sent. What a question accepts, how
the form looks and what comes of it is its subject's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import takewhile
from typing import Any, Generic, TypeVar

from bot.db import drafts
from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Row, Rows, Style
from bot.kit import access
from bot.kit.card import MONTHS, Page, in_rows, month_rows, turn
from bot.kit.files import refuse_file
from bot.kit.screen import Screen
from bot.kit.taps import Sent, SentFile, Tap
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.files import FileRef
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, Refused, faulty, refuse, require
from bot.values.texts import TextFault, cut, goes_on, joined
from bot.values.working_days import WorkingCalendar, month_grid

PREVIEW = "preview"
CUT = "_cut"
"""Ends the key under which a draft keeps where long words may go on."""
CAPTION = "_caption"
"""Ends the key under which a draft keeps the words beside a file: they are the text unless others are typed."""

Answers = Mapping[str, Any]
"""What an answer fills in; readers raise `Refused` for what is not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A draft with all that is needed to show and to judge its next question; a subject adds its own.

    `page` is the page of a long choice that is looked at. `asked` are the questions that these answers
    have it ask, where the form has found them out; no answer changes within a view.
    """

    draft: Draft
    person: Person
    files: tuple[FileRef, ...]
    now: datetime
    page: int = 0
    asked: tuple[str, ...] | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The answers so far."""
        return self.draft.fields

    @property
    def about(self) -> str:
        """What its messages are about ("meeting:3"), where they must not be forwarded."""
        return ""


V = TypeVar("V", bound=View)


def _always(_view: object) -> bool:
    return True


def _never(_view: object) -> str:
    return ""


YEARS = 2
"""So many years ahead a month of buttons goes."""


@dataclass(frozen=True, slots=True)
class Days(Generic[V]):
    """The month of buttons of a question that asks for a day.

    `title` names the template above it; it is given `month`, `year` and the question as `field`.
    `pressed` is what a day's button presses: the answer, or a further screen such as its hours.
    """

    title: str
    calendar: Callable[[V], WorkingCalendar]
    pressed: Callable[[V, date], Action]


@dataclass(frozen=True, slots=True)
class Field(Generic[V]):
    """One question of a form.

    `pressed` reads a button's value, `said` a message; a question without one of them takes no such
    answer. With `files` it also takes files: kept with the draft, or where `filed` puts them among the
    answers, given the screen they were sent to. Words of at most `goes_on` characters may come in several
    messages. `asked` tells whether the question is asked at all, given the answers before it. `also`
    are further buttons that answer it, by their name. `again`: the preview offers to take it up again.
    `days`: a day of it may be looked for in a month of buttons (see `month_button`).
    A question with a `default` is asked from the preview only, and going back from it leaves it at that.
    `edited` names the screen below on which an answer that stands is changed piece by piece, "" where it
    is asked again as a whole; neither the preview nor going back then gives the answer up.
    """

    name: str
    pressed: Callable[[V, str], Answers] | None = None
    said: Callable[[V, str, datetime], Answers] | None = None
    files: bool = False
    filed: Callable[[V, str, FileRef], Answers] | None = None
    goes_on: int = 0
    asked: Callable[[V], bool] = _always
    also: Mapping[str, Callable[[V, str], Answers]] = field(default_factory=dict)
    again: bool = True
    default: Any = None
    days: Days[V] | None = None
    edited: Callable[[V], str] = _never


@dataclass(frozen=True, slots=True)
class Below(Generic[V]):
    """A screen of its own below a question, such as one item of an agenda.

    It is named by its kind and what it is of, "item:o3"; `card` draws it, given what it is of, and
    raises `Refused` when that is gone. `said` reads what is typed there; without it such words answer
    the question that stands. Its buttons are its subject's.
    """

    card: Callable[[Rendering, V, str], Card]
    said: Callable[[V, str, str, datetime], Answers] | None = None


@dataclass(frozen=True)
class Form(Generic[V]):
    """One kind of form.

    `view` loads what its person needs to see now, and refuses who has no right (any more). `card` draws
    the question of that name, or the preview; `below` are screens under them, by their kind. `send` is
    carried out on a complete form; the draft has ended by then. `dropped` is shown once it is given up.
    `too_many` names the refusal of one file too many, `gone` that of a form sent or dropped already.
    """

    kind: str
    fields: tuple[Field[V], ...]
    view: Callable[[UnitOfWork, Person, Draft], Awaitable[V]]
    card: Callable[[Rendering, V, str], Card]
    send: Callable[[UnitOfWork, V], Awaitable[Screen]]
    dropped: Callable[[Rendering, V], Card]
    below: Mapping[str, Below[V]] = field(default_factory=dict)
    too_many: str = "too_many_files"
    gone: str = "draft_gone"

    def __post_init__(self) -> None:
        if self.kind in FORMS:
            raise ValueError(f"two forms are named {self.kind!r}")
        FORMS[self.kind] = self

    # --- what stands -------------------------------------------------------------------------

    def asked(self, view: V) -> list[str]:
        """The questions of this form, in order; some depend on the answers given."""
        if view.asked is not None:
            return list(view.asked)
        return [each.name for each in self.fields if each.asked(view)]

    async def _viewed(self, work: UnitOfWork, person: Person, draft: Draft) -> V:
        """What its person needs to see now; which questions are asked is found out once."""
        view = await self.view(work, person, draft)
        return replace(view, asked=tuple(self.asked(view)))

    def answered(self, view: V) -> list[str]:
        """The questions answered before the one that stands, in order; a default is no answer.

        Of one taken up again, those after it are none: going back from it gives up no later answer.
        """
        standing = self.standing(view)
        before = takewhile(lambda name: name != standing, self.asked(view))
        return [name for name in before if view.fields[name] != self.default(name)]

    def default(self, name: str) -> Any:
        """What the question of that name holds unless it is taken up; None for one that must be answered."""
        return next((each.default for each in self.fields if each.name == name), None)

    def standing(self, view: V) -> str:
        """The question that stands: the first without an answer, or the preview."""
        return next((name for name in self.asked(view) if name not in view.fields), PREVIEW)

    def _field(self, name: str) -> Field[V]:
        for each in self.fields:
            if name in (each.name, *each.also):
                return each
        raise Refused(Refusal("stale_question"))

    # --- beginning and going on --------------------------------------------------------------

    async def begin(
        self, work: UnitOfWork, person: Person, answers: Answers, *, again: bool = False
    ) -> Screen:
        """Begin a form, or go on with the one left unfinished; `again` drops that one."""
        await work.require_open(person.committee)
        defaults = {each.name: each.default for each in self.fields if each.default is not None}
        draft = await drafts.latest(work.tx, person.id, self.kind)
        if draft is not None and again:
            await drafts.end(work.tx, draft.id, work.now)
        if draft is None or again:
            draft = await drafts.add(
                work.tx, person.committee, person.id, self.kind, {**defaults, **answers}, work.now
            )
        return await self.shown(work, await self._viewed(work, person, draft))

    async def own(self, work: UnitOfWork, account: int, draft_id: int) -> V:
        """The form for its own person only; the right is looked up anew, one sent or dropped is gone."""
        draft = await drafts.get(work.tx, draft_id)
        if draft is None or draft.kind != self.kind:
            refuse(self.gone)
        person = await access.in_committee(work, account, draft.committee)
        if person is None or person.id != draft.person:
            raise Refused(NO_RIGHT)
        await work.require_open(person.committee)
        return await self._viewed(work, person, draft)

    async def shown(
        self, work: UnitOfWork, view: V, where: str = "", *, instead: Card | None = None
    ) -> Screen:
        """The question that stands, or the screen `where` below it; what is typed next is awaited there.

        Another card may stand `instead` of the question's own; what is typed answers it all the same.
        """
        ref = {"draft": view.draft.id, **({"in": where} if where else {})}
        account = view.person.account
        if account is not None:
            await drafts.await_words(work.tx, account, "form", ref, work.now)
        if instead or not where:
            card = instead or self.card(work.say, view, self.standing(view))
        else:
            kind, _, of = where.partition(":")
            card = self.below[kind].card(work.say, view, of)
        asks = "" if where else self._named(work.say, self.standing(view))
        return Screen(card, about=view.about, asks=asks, only=f"draft:{view.draft.id}")

    def _named(self, say: Rendering, question: str) -> str:
        """What a question of this form is called, where it takes words or files."""
        name = f"question.{self.kind}_{question}"
        return say.label(name) if say.has_label(name) else ""

    def month(self, say: Rendering, view: V, year: int, month: int) -> Card:
        """A month of buttons for the question that stands; refused where it asks for no day."""
        standing, today = self.standing(view), in_viet_nam(view.now).date()
        days = self._field(standing).days if standing != PREVIEW else None
        if days is None or not (today.year <= year <= today.year + YEARS and 1 <= month <= MONTHS):
            refuse("stale_question")
        weeks = month_grid(year, month, today, days.calendar(view))
        turns = turn(say, "form_month", view.draft.id, today, year, month)
        rows = month_rows(say, weeks, partial(days.pressed, view), turns)
        back = Button(say.label("button.back"), action("form_show", view.draft.id))
        return Card(say.text(days.title, month=month, year=year, field=standing), (*rows, (back,)))

    async def keep(
        self, work: UnitOfWork, view: V, answers: Answers, without: str | None = None
    ) -> V:
        """The form with these answers from now on, and without that one."""
        fields = {
            key: each
            for key, each in view.fields.items()
            if key not in (without, f"{without}{CUT}", f"{without}{CAPTION}")
        }
        draft = await drafts.fill(work.tx, view.draft, {**fields, **answers}, work.now)
        if without is not None and self._field(without).files:
            await drafts.detach_all(work.tx, view.draft.id)
        return await self._viewed(work, view.person, draft)

    async def taken_up(self, work: UnitOfWork, view: V, name: str) -> Screen:
        """An answer taken up again: asked anew, or changed piece by piece where it is such a one."""
        edited = self._field(name).edited(view)
        if edited:
            return await self.shown(work, view, edited)
        return await self.shown(work, await self.keep(work, view, {}, without=name))

    def require_current(self, view: V, tap: Tap) -> None:
        """Refuse a button of a card some steps old: it names the question that stood then."""
        if len(tap.args) > 1 and tap.word(1) != self.standing(view):
            raise Refused(Refusal("old_screen", back=action("form_show", view.draft.id)))

    # --- answers -----------------------------------------------------------------------------

    async def press(self, work: UnitOfWork, view: V, name: str, value: str) -> V:
        """An answer by a button to the question that stands."""
        asked = self._field(name)
        read = asked.pressed if name == asked.name else asked.also[name]
        if read is None:
            refuse("stale_question")
        answers = read(view, value)
        if self.standing(view) != asked.name:
            refuse("stale_question")
        caption = view.fields.get(f"{asked.name}{CAPTION}")
        if caption and answers.get(asked.name) == "":
            answers = {**answers, asked.name: caption}
        return await self.keep(work, view, answers)

    async def say(self, work: UnitOfWork, view: V, text: str, at: datetime) -> V:
        """An answer in words to the question that stands, or more of the words given last."""
        more = self._more(view, text, at)
        if more is not None:
            return await self.keep(work, view, more)
        standing = self.standing(view)
        asked = self._field(standing) if standing != PREVIEW else None
        if asked is None or asked.said is None:
            refuse("file_alone" if asked is not None and asked.files else "press_a_button")
        answers = dict(asked.said(view, text, at))
        if asked.goes_on:
            answers[f"{asked.name}{CUT}"] = cut(text, at)
        return await self.keep(work, view, answers)

    async def say_below(
        self, work: UnitOfWork, view: V, where: str, text: str, at: datetime
    ) -> V | None:
        """Words typed on the screen `where`; None when it takes none."""
        kind, _, of = where.partition(":")
        screen = self.below.get(kind)
        if screen is None or screen.said is None:
            return None
        return await self.keep(work, view, screen.said(view, of, text, at))

    def _more(self, view: V, piece: str, at: datetime) -> Answers | None:
        """Words that an app has cut, with the next piece of them; None when this is something else."""
        for asked in self.fields:
            before, where = view.fields.get(asked.name), view.fields.get(f"{asked.name}{CUT}")
            if asked.said is None or not before or not where or not goes_on(where, at):
                continue
            whole = joined(before, piece, where, asked.goes_on)
            if isinstance(whole, TextFault):
                raise Refused(faulty(whole))
            return {**asked.said(view, whole, at), f"{asked.name}{CUT}": cut(piece, at)}
        return None

    async def attach(
        self, work: UnitOfWork, view: V, sent: Sent, file: SentFile, content: bytes, where: str
    ) -> V:
        """A file for the question that stands; its bytes are kept under their digest."""
        self.require_file(view, file.name, len(content))
        sha256 = await drafts.keep_blob(work.tx, content)
        kept = FileRef(file.name, file.file_id, sha256, len(content))
        asked = self._field(self.standing(view))
        if asked.filed is not None:
            return await self.keep(work, view, asked.filed(view, where, kept))
        await drafts.attach(work.tx, view.draft.id, kept, view.person.id)
        return await self.keep(work, view, self._captioned(asked, view, sent))

    def takes_captions(self, view: V) -> bool:
        """Whether words beside a file are an answer to the question that stands."""
        standing = self.standing(view)
        asked = self._field(standing) if standing != PREVIEW else None
        return asked is not None and asked.said is not None and asked.filed is None

    def _captioned(self, asked: Field[V], view: V, sent: Sent) -> Answers:
        """The words beside a file, as the text that they are unless others are typed; after those before them."""
        if not sent.text.strip() or asked.said is None:
            return {}
        key = f"{asked.name}{CAPTION}"
        whole = "\n".join(each for each in (view.fields.get(key), sent.text) if each)
        return {key: asked.said(view, whole, sent.at)[asked.name]}

    def require_file(self, view: V, name: str, size: int) -> None:
        """Refuse a file that is not asked for, too large, one too many, or marked secret by its name."""
        standing = self.standing(view)
        if standing == PREVIEW or not self._field(standing).files:
            refuse("file_not_asked")
        require(refuse_file(name, size, len(view.files), too_many=self.too_many))


FORMS: dict[str, Form[Any]] = {}
"""By the kind of the draft."""


async def opened(work: UnitOfWork, account: int, draft_id: int) -> tuple[Form[Any], Any]:
    """A form of any kind with its view, for its own person; raises `Refused` when it is gone."""
    form = FORMS.get(await drafts.kind_of(work.tx, draft_id) or "")
    if form is None:
        refuse("draft_gone")
    return form, await form.own(work, account, draft_id)


async def unfinished(work: UnitOfWork, person: int) -> list[Draft]:
    """The forms that this person left unfinished, the last one touched first; other drafts are none."""
    return [each for each in await drafts.unfinished(work.tx, person) if each.kind in FORMS]


# --- what cards of forms share -----------------------------------------------------------------


def answer(view: View, name: str, value: str) -> Action:
    """The press that answers a question with this value."""
    return action("form_fill", view.draft.id, name, value)


def month_button(say: Rendering, view: View) -> Button:
    """The way to the month of buttons, beginning with this one."""
    today = in_viet_nam(view.now).date()
    month = action("form_month", view.draft.id, today.year, today.month)
    return Button(say.label("button.month_grid"), month)


def page_turns(say: Rendering, view: View, page: Page[Any]) -> Rows:
    """The ways to the other pages of what the form shows."""
    return page.turns(say, lambda to: action("form_show", view.draft.id, to))


def preview_rows(
    say: Rendering, form: Form[V], view: V, label: str, style: Style = "success"
) -> Rows:
    """Under the preview: what sends it, and every question asked, to be taken up again; short ones two in a row."""
    send = Button(label, action("form_send", view.draft.id), style=style)
    buttons = [
        Button(
            say.label(f"again.{form.kind}_{each.name}{'_edited' if each.edited(view) else ''}"),
            action("form_again", view.draft.id, each.name),
        )
        for each in form.fields
        if each.again and each.asked(view)
    ]
    return ((send,), *in_rows(buttons))


def ways_out(say: Rendering, form: Form[V], view: V, *, home: bool = True) -> Rows:
    """The way back and the way out; both name the question they stand under."""
    standing, draft = form.standing(view), view.draft.id
    rows: list[Row] = []
    if form.answered(view):
        rows.append((Button(say.label("button.back"), action("form_back", draft, standing)),))
    elif home:
        rows.append((Button(say.label("button.back"), action("home")),))
    return (*rows, (drop_button(say, draft, standing),))


def asks_drop(say: Rendering, draft: int, standing: str = PREVIEW) -> Card:
    """Whether a draft shall be given up; its button names the question that stood then."""
    yes = action("form_drop_yes", draft, standing)
    keep = Button(say.label("button.draft_keep"), action("form_show", draft))
    return Card(
        say.text("form_drop"),
        ((Button(say.label("button.draft_drop_yes"), yes, style="danger"), keep),),
    )


def drop_button(say: Rendering, draft: int, standing: str = PREVIEW) -> Button:
    """The way out of a form; it names the question it stands under."""
    return Button(say.label("button.draft_drop"), action("form_drop", draft, standing))
