"""The form «Sửa quy chế, giả định»: settings or a new file, from which day, by which decision; sent to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.committees.amending import asking
from bot.committees.amending.compared import compared
from bot.committees.amending.proposed import Base, Proposed, base, with_settings, with_text
from bot.committees.amending.words import Told, told
from bot.committees.rules.amending import refuse_seats
from bot.committees.when import WhenView, day_buttons, when
from bot.db import drafts
from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Rows
from bot.kit import seconding
from bot.kit.act import press
from bot.kit.assumptions import alternatives, assumption, meant
from bot.kit.card import in_rows, page_of, to_home
from bot.kit.form import PREVIEW, Answers, Field, Form, answer, page_turns, preview_rows, ways_out
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import for_clerks, home_row
from bot.people import face as people
from bot.people.face import read_decision
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Regulation, Setting
from bot.rendering import Rendering, initial, shared_rendering
from bot.values.files import FileRef
from bot.values.limits import REASON_LIMIT, TEXT_FILE_LIMIT
from bot.values.refusal import NO_RIGHT, Refused, refuse, require
from bot.values.words import read_line

BOOK = "-"
"""The answer that another rule book is sent as a file; settings go by their names."""
SETTINGS, LINES = 8, 8
"""Settings, or differences, on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendView(WhenView):
    """The form before a clerk: what it goes out from, and, once it is answered, what would stand."""

    base: Base
    proposed: Proposed | None = None
    lines: tuple[Told, ...] = ()

    @property
    def ahead(self) -> date | None:
        """What is confirmed and not in force yet comes first."""
        return self.base.ahead

    @property
    def fields(self) -> dict[str, Any]:
        """The answers so far; that a value was given holds for its own setting alone."""
        kept = self.draft.fields
        stale = kept.get("value") != kept.get("what")
        return {name: each for name, each in kept.items() if not (stale and name == "value")}

    @property
    def regulation(self) -> Regulation:
        """The rule book as it would stand by the answers so far."""
        return self.proposed.regulation if self.proposed else self.base.regulation

    @property
    def chosen(self) -> Setting | None:
        """The setting that is chosen as it stands now; None for one that only the new rule book has."""
        chosen = self.fields.get("what")
        return next((s for s in self.base.regulation.settings if s.name == chosen), None)

    @property
    def setting(self) -> Setting | None:
        """The setting that is chosen, where one is."""
        chosen = self.fields.get("what")
        return next((s for s in self.regulation.settings if s.name == chosen), None)


home_row(86, "amend")(for_clerks)


@press("amend")
async def begin(context: Context, tap: Tap) -> Screen:
    """The press «Sửa quy chế, giả định»: begin, or go on with the form left unfinished; for clerks."""
    async with context.work() as work:
        office = await people.clerk_of(work, tap.account, tap.number(0))
        require(await asking.refuse_another(work, office.committee.id))
        return await FORM.begin(work, office.actor, {})


async def _view(work: UnitOfWork, person: Person, draft: Draft) -> AmendView:
    if not person.is_clerk:
        raise Refused(NO_RIGHT)
    house = await people.house_of(work, person.committee)
    stands = await base(work, house.committee)
    proposed = await _proposed(work, stands, draft.fields)
    lines: tuple[Told, ...] = ()
    if proposed is not None:
        require(refuse_seats(house.staff.everybody, proposed.regulation))
        books = compared(stands.regulation, proposed.regulation, proposed.kept)
        lines = told(work.say, books)
    return AmendView(
        draft=draft,
        person=person,
        files=(),
        now=work.now,
        house=house,
        base=stands,
        proposed=proposed,
        lines=lines,
    )


async def _proposed(work: UnitOfWork, of: Base, fields: Mapping[str, Any]) -> Proposed | None:
    """What would stand by the answers so far; refused where it cannot."""
    values = fields.get("values", {})
    if "file" in fields:
        name, sha256 = fields["file"]
        return with_text(of, name, _text(await drafts.blob(work.tx, sha256) or b""), values)
    return with_settings(of, values) if values else None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("amend_not_text")


# --- the questions ---------------------------------------------------------------------------


def _what(view: AmendView, value: str) -> Answers:
    if value != BOOK and all(each.name != value for each in view.regulation.settings):
        refuse("stale_question")
    return {"what": value}


def _picked(view: AmendView, value: str) -> Answers:
    """One of the values that may be chosen, by its place."""
    several = alternatives(view.setting.value) if view.setting else ()
    if not value.isdecimal() or int(value) >= len(several):
        refuse("stale_question")
    return _with(view, several[int(value)])


def _with(view: AmendView, value: object) -> Answers:
    """The value of the setting that is chosen, beside those given before."""
    name = view.fields["what"]
    return {"value": name, "values": {**view.fields.get("values", {}), name: value}}


def _value_said(view: AmendView, text: str, _at: datetime) -> Answers:
    setting = view.setting
    if setting is None:
        refuse("stale_question")
    return _with(view, meant(shared_rendering(), setting, read_line(text, REASON_LIMIT)))


def _filed(_view: AmendView, _where: str, file: FileRef) -> Answers:
    """The file of another rule book; that it can be read is found out when it is looked at."""
    if not file.name.lower().endswith(".toml") or file.size > TEXT_FILE_LIMIT:
        refuse("amend_no_book", name=file.name)
    return {"file": [file.name, file.sha256]}


def _of_a_setting(view: AmendView) -> bool:
    return bool(view.fields.get("what", BOOK) != BOOK)


def _of_a_book(view: AmendView) -> bool:
    return bool(view.fields.get("what") == BOOK)


# --- how it looks ----------------------------------------------------------------------------


def _card(say: Rendering, view: AmendView, question: str) -> Card:
    page = page_of(view.lines, view.page, LINES)
    text = say.text(
        "amend_form",
        committee=view.house.committee.name,
        field=question,
        book=view.regulation,
        ahead=view.ahead,
        settings=[(n, assumption(say, each)) for n, each in _page_of_settings(view)],
        setting=assumption(say, view.setting) if view.setting else None,
        was=assumption(say, view.chosen).value if view.chosen else "",
        given="value" in view.fields,
        proposed=view.proposed,
        replaced="file" in view.fields,
        since=view.since,
        decision=view.fields.get("decision"),
        lines=page.entries if question == PREVIEW else (),
        count=len(view.lines),
        page=page.number + 1,
        pages=page.count,
    )
    return Card(text, (*_answers(say, view, question), *ways_out(say, FORM, view)))


def _answers(say: Rendering, view: AmendView, question: str) -> Rows:
    match question:
        case "what":
            return _settings(say, view)
        case "value" if view.setting is not None:
            several = alternatives(view.setting.value)
            return tuple(
                (
                    Button(
                        initial(say.setting_value(each, view.setting.name)),
                        answer(view, question, str(at)),
                    ),
                )
                for at, each in enumerate(several)
                if each != view.setting.value
            )
        case "since":
            return day_buttons(say, view, question)
        case "preview":
            page = page_of(view.lines, view.page, LINES)
            label = say.label("amend_button.send")
            return (*page_turns(say, view, page), *preview_rows(say, FORM, view, label))
        case _:
            return ()


def _settings(say: Rendering, view: AmendView) -> Rows:
    """By their numbers: on a phone the beginnings of their notes are all alike."""
    page = _page_of_settings(view)
    rows = in_rows(
        [
            Button(say.label("amend.setting", number=number), answer(view, "what", each.name))
            for number, each in page
        ]
    )
    turns = page_turns(say, view, page_of(view.regulation.settings, view.page, SETTINGS))
    book = Button(say.label("amend_button.book"), answer(view, "what", BOOK), style="primary")
    return (*rows, *turns, (book,))


def _page_of_settings(view: AmendView) -> list[tuple[int, Setting]]:
    """The settings of the page that is looked at, each with its number among all."""
    page = page_of(view.regulation.settings, view.page, SETTINGS)
    return list(enumerate(page.entries, page.number * SETTINGS + 1))


def _dropped(say: Rendering, _view: AmendView) -> Card:
    return Card(say.text("amend_dropped"), (to_home(say),))


# --- sending ---------------------------------------------------------------------------------


async def _send(work: UnitOfWork, view: AmendView) -> Screen:
    """It waits for the second person, who sees the same differences."""
    if view.proposed is None or view.since is None:
        refuse("stale_question")
    decision = read_decision(view.fields["decision"], work.now)
    request = await asking.ask(work, view.person, view.proposed, view.since, decision)
    return await seconding.shown(work, view.person, request.id)


FORM = Form(
    "amend",
    (
        Field("what", pressed=_what),
        Field("value", pressed=_picked, said=_value_said, asked=_of_a_setting),
        Field("file", files=True, filed=_filed, asked=_of_a_book),
        *when(),
    ),
    view=_view,
    card=_card,
    send=_send,
    dropped=_dropped,
)
