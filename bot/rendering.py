"""Where a view becomes words: the one Jinja environment and the labels.

Nothing is decided here, and no word is written here.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, KeysView, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.nodes import Const, Filter
from jinja2.utils import Joiner, Namespace

from bot.places import templates_dir
from bot.regulations.faults import syntax_detail
from bot.regulations.rules.duties import AfterEvent
from bot.regulations.rules.periods import CalendarPeriod, Shape
from bot.regulations.rules.terms import digits
from bot.regulations.rules.vocabulary import ADDRESS, COMMON, Vocabulary
from bot.values.language import Language
from bot.values.moments import (
    WEEKDAYS,
    as_papers_write,
    in_digits,
    in_full,
    in_viet_nam,
    remaining,
)
from bot.values.spans import Span
from bot.values.typed_days import LETTERS, kind_and_number
from bot.words import tables_of_labels, words_of

KILOBYTE = 1024
SHARE = re.compile(r"(>=|>) (\d+/\d+)")
SIGNS = {">=": "at_least", ">": "more_than"}
TEN = 10
TIMES = ("time", "left", "period", "quarter", "list", "size", "span")
"""Tables of labels that filters ask by themselves."""

UNSAYABLE = (ArithmeticError, AttributeError, LookupError, TemplateError, TypeError, ValueError)
"""What words for a view raise that the product could not have made."""


class Words:
    """Labels, and what is rendered in plain text, from one folder of templates."""

    def __init__(self, templates: Path | None = None, vocabulary: Vocabulary = COMMON) -> None:
        self._folder = folder = templates or templates_dir()
        self._labels = _labels_of(folder, vocabulary.address) | dict(vocabulary.labels)
        self._of_table: dict[str, tuple[str, ...]] = {}
        self._vocabulary = vocabulary
        self._under: dict[Vocabulary, Self] = {}
        self._templates = Environment(
            loader=_Templates(folder, vocabulary.address),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals.clear()  # else every import goes through them at each rendering
        self._templates.filters |= {
            "moment": self.moment,
            "moment_left": self.moment_left,
            "moment_zoned": self.moment_zoned,
            "left": self.left,
            "day": self.day,
            "date": self.date,
            "period": self.period,
            "label": self._label_of,
            "names": self.names,
            "span": self.span,
            "fraction": self.fraction,
            "paper_named": self.paper_named,
            "size": self.size,
            "setting_value": self.setting_value,
            "initial": initial,
        }
        self._plain = self._templates.overlay(autoescape=False)

    @property
    def vocabulary(self) -> Vocabulary:
        """In whose words it speaks."""
        return self._vocabulary

    def under(self, vocabulary: Vocabulary) -> Self:
        """The same words as a rule book has them, with its own for offices, matters, grounds and address."""
        if vocabulary == self._vocabulary:
            return self
        if vocabulary not in self._under:
            self._under[vocabulary] = self._made(vocabulary)
        return self._under[vocabulary]

    def _made(self, vocabulary: Vocabulary) -> Self:
        return type(self)(self._folder, vocabulary)

    def plain(self, template: str, /, **view: object) -> str:
        """The words of `<template>.j2` for a view, as plain text; raises for a missing name."""
        return _rendered(self._plain.get_template(f"{template}.j2"), view).strip("\n")

    def label(self, key: str, /, **values: object) -> str:
        """The plain words under a key such as "choice.approve"; raises KeyError naming that key."""
        return self._labels[key].format_map(values)

    def labels(self, table: str) -> tuple[str, ...]:
        """All labels of a table."""
        if table not in self._of_table:
            of_table = (v for key, v in self._labels.items() if key.startswith(f"{table}."))
            self._of_table[table] = tuple(of_table)
        return self._of_table[table]

    @property
    def keys(self) -> KeysView[str]:
        """Everything that there are words under."""
        return self._labels.keys()

    def has_label(self, key: str) -> bool:
        """Whether there are words under a key."""
        return key in self._labels

    def moment(self, moment: datetime) -> str:
        """A moment in full; the zone is said once, in the help."""
        return self._timed("time.moment", moment)

    def moment_zoned(self, moment: datetime) -> str:
        """A moment in full, with the zone: on paper, and where another clock may be at hand."""
        return self._timed("time.moment_zoned", moment)

    def moment_left(self, moment: datetime, now: datetime) -> str:
        """A moment in full, with what is left of it at `now`."""
        return self._timed("time.moment_left", moment, left=self.left(moment, now))

    def moment_button(self, moment: datetime) -> str:
        """A moment on a button, without its year: "06/3, thứ Sáu, 17 giờ"."""
        here = in_viet_nam(moment)
        key = "time.hour_minute" if here.minute else "time.hour"
        time = self.label(key, hour=f"{here:%H}", minute=f"{here:%M}")
        return self.label("time.moment_button", day=self.day_button(moment), time=time)

    def day_button(self, moment: datetime) -> str:
        """The day of a moment on a button, without its year: "06/3, thứ Sáu"."""
        here = in_viet_nam(moment).date()
        day, _, _ = as_papers_write(here).rpartition("/")
        return self.label("time.day_button", day=day, weekday=WEEKDAYS[here.weekday()])

    def paper_named(self, kept: str) -> str:
        """The paper behind the number kept of a basis: "Nghị quyết số 05-NQ/TU"; a bare number is a decision's."""
        kind, number = kind_and_number(kept)
        letters = (kind or "QĐ") if (kind or "QĐ") in LETTERS else "other"
        named = initial(kind) if " " in kind else self.label(f"paper_kind.{letters}")
        return self.label("paper_kind.numbered", kind=named, number=number)

    def left(self, moment: datetime, now: datetime) -> str:
        """What is left until a moment, or that it has passed."""
        rest = remaining(now, moment)
        return self.label(f"left.{rest.unit}", count=rest.count)

    def day(self, day: date) -> str:
        """A day with its weekday, "06/3/2026 (thứ Sáu)"; of a moment, the day it has in Viet Nam."""
        here = in_viet_nam(day).date() if isinstance(day, datetime) else day
        return self.label("time.day", weekday=WEEKDAYS[here.weekday()], date=as_papers_write(here))

    def date(self, day: date) -> str:
        """A day as papers write it, "06/3/2026"; of a moment, the day it has in Viet Nam."""
        return as_papers_write(in_viet_nam(day).date() if isinstance(day, datetime) else day)

    def period(self, period: CalendarPeriod) -> str:
        """A calendar period as people call it: "quý II/2026", "tuần 7/2026 (từ 09/02/2026 …)"."""
        halves = period.shape is Shape.HALF_YEAR
        return self.label(
            f"period.{period.shape.value}{f'_{period.number}' if halves else ''}",
            number=period.number,
            year=period.year,
            quarter=self._labels.get(f"quarter.{period.number}", ""),
            first=in_digits(period.first),
            last=in_digits(period.last),
        )

    def span(self, span: Span) -> str:
        """How long something may take: "15 ngày làm việc"."""
        return self.label(f"span.{span.counts.value}", count=span.count)

    def after(self, after: AfterEvent, bodies: Mapping[str, str]) -> str:
        """How long after what: "15 ngày làm việc sau ngày họp của Hội đồng"; `bodies` are names by id."""
        return self.label(
            "span.after_body" if after.body else "span.after",
            span=self.span(after.span),
            event=self.label(f"happens.{after.what.value}"),
            body=bodies.get(after.body or "", ""),
        )

    def names(self, names: Sequence[str]) -> str:
        """Names in the order given, as one list in prose."""
        *before, last = names or [""]
        listed = self.label("list.comma").join(before)
        return f"{listed}{self.label('list.and')}{last}" if before else last

    def fraction(self, share: Fraction | str) -> str:
        """A share such as "2/3" in words, with terms over ten in digits."""
        exact = Fraction(share)
        if exact == 1:
            return self.label("fraction.whole")
        if exact.denominator > TEN or exact.numerator not in range(1, TEN + 1):
            return digits(exact)
        numerator = self.label(f"numeral.{exact.numerator}")
        special = self._labels.get(f"denominator.{exact.denominator}")
        denominator = special or self.label(f"numeral.{exact.denominator}")
        return self.label("fraction.some", numerator=numerator, denominator=denominator)

    def size(self, count: int) -> str:
        """The size of a file, from its number of bytes, with a decimal comma."""
        if count < KILOBYTE:
            return self.label("size.byte", count=count)
        if count < KILOBYTE**2:
            return self.label("size.kilobyte", count=-(-count // KILOBYTE))
        tenths = f"{count / KILOBYTE**2:.1f}".removesuffix(".0").replace(".", ",")
        return self.label("size.megabyte", count=tenths)

    def setting_value(self, value: object, name: str = "") -> str:
        """A value of the setting of this name in words: "in_addition", `true`, "> 1/2", periods, days."""
        if isinstance(value, bool):
            own = f"setting_yes.{name}" if value else f"setting_no.{name}"
            plain = "setting_value.yes" if value else "setting_value.no"
            return self.label(own if self.has_label(own) else plain)
        if isinstance(value, list | tuple):
            told = self.label("list.comma").join(self.setting_value(each) for each in value)
        else:
            told = str(value)
        if self.has_label(f"setting_unit.{name}"):
            return self.label(f"setting_unit.{name}", count=told)
        if share := SHARE.fullmatch(told):
            return self.label(f"setting_value.{SIGNS[share[1]]}", share=share[2])
        keys = (f"setting_value.{told}", f"report_period.{told}")
        return next((self.label(key) for key in keys if self.has_label(key)), told)

    def _timed(self, key: str, moment: datetime, **values: str) -> str:
        full = in_full(moment)
        return self.label(
            key,
            hour=full.hour,
            minute=full.minute,
            weekday=full.weekday,
            date=full.date,
            **values,
        )

    def _label_of(self, name: str, table: str | None = None, /, **values: object) -> str:
        return self.label(f"{table}.{name}" if table else name, **values)


class Rendering(Words):
    """What is said in the chats, in Vietnamese: message templates (Telegram HTML), and the narrator's."""

    def text(self, template: str, /, **view: object) -> str:
        """The message `messages/<template>.j2` for a view; raises for a name the view lacks."""
        rendered = _rendered(self._templates.get_template(f"messages/{template}.j2"), view)
        lines = "\n".join(line.rstrip() for line in rendered.strip().split("\n"))
        return re.sub(r"\n{3,}", "\n\n", lines)

    def page(self, template: str, /, **view: object) -> str:
        """The page `pages/<template>.j2` as HTML that stands alone, everything in it escaped."""
        made = self._templates.get_template(f"pages/{template}.j2")
        return _rendered(made, {"joiner": Joiner, "namespace": Namespace, **view})

    def edition(self, template: str) -> str:
        """A digest of all common words that the page of this name may say: with the same it reads the same.

        Words of rule books are not among them.
        """
        return _edition(self._folder, template)

    def narration(self, template: str, /, **view: object) -> tuple[str, ...]:
        """The parts of `narrator/<template>.j2` as plain text on one line each; `---` divides them."""
        told = _rendered(self._plain.get_template(f"narrator/{template}.j2"), view)
        return tuple(" ".join(part.split()) for part in f"{told}\n".split("\n---\n"))

    def narrates(self, template: str) -> bool:
        """Whether the narrator has words of its own for this."""
        return (self._folder / "narrator" / f"{template}.j2").is_file()


class Terminal(Words):
    """What the command line says, in the language of one run.

    What a regulation says stays as it is: offices, matters and notes are the text of law in every language.
    """

    def __init__(self, language: Language, vocabulary: Vocabulary = COMMON) -> None:
        super().__init__(vocabulary=vocabulary)
        self.language = language
        self._labels |= dict(_flat(words_of(language, "labels"))) | dict(vocabulary.labels)
        self._plain.filters["syntax_detail"] = self._syntax_detail

    def _made(self, vocabulary: Vocabulary) -> Self:
        return type(self)(self.language, vocabulary)

    def terminal(self, template: str, /, **view: object) -> str:
        """The words `cli/<language>/<template>.j2` for a view; raises for a name the view lacks."""
        return self.plain(f"cli/{self.language}/{template}", **view)

    def _syntax_detail(self, error: str) -> str:
        return syntax_detail(error, self.language)


@cache
def shared_rendering() -> Rendering:
    """The one Rendering of our own templates in this process, so that each is compiled once."""
    return Rendering()


@cache
def shared_terminal(language: Language) -> Terminal:
    """The one Terminal of a language in this process, so that each of its templates is compiled once."""
    return Terminal(language)


def _rendered(template: Template, view: Mapping[str, object]) -> str:
    """What a template says for a view, of which nothing is left behind.

    The macros of a template hold what it is rendered with, and are held by it: the whole view would stay until
    the collector of garbage finds it.
    """
    context = template.new_context(dict(view))
    try:
        return template.environment.concat(template.root_render_func(context))
    except UNSAYABLE:
        template.environment.handle_exception()  # it says where in the template
    finally:
        context.vars.clear()


def initial(words: str) -> str:
    """Words that begin a sentence: the first letter a capital, the others as they are."""
    return words[:1].upper() + words[1:]


class _Templates(FileSystemLoader):
    """Templates that speak to people as their rule book does. What people wrote themselves never passes here."""

    def __init__(self, folder: Path, address: str) -> None:
        super().__init__(folder)
        self._address = address

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, with the address put in."""
        source, path, still_same = super().get_source(environment, template)
        return addressed(source, self._address), path, still_same


def addressed(text: str, address: str) -> str:
    """Words of ours with another address for people: within a sentence, at its beginning, in a heading."""
    if address == ADDRESS:
        return text
    for ours, theirs in (
        (ADDRESS, address),
        (initial(ADDRESS), initial(address)),
        (ADDRESS.upper(), address.upper()),
    ):
        text = text.replace(ours, theirs)
    return text


def _labels_of(folder: Path, address: str) -> dict[str, str]:
    """The labels of the house with an address for people; the caller's own to add to."""
    return {key: addressed(words, address) for key, words in _common_labels(folder).items()}


@cache
def _common_labels(folder: Path) -> Mapping[str, str]:
    """Each label under its whole name, as the file has it."""
    return dict(_flat(tables_of_labels(folder)))


@cache
def _edition(folder: Path, template: str) -> str:
    """As a template lies there the first time: like labels, it is not read again in this process."""
    source = (folder / "pages" / f"{template}.j2").read_text(encoding="utf-8")
    calls = Environment(autoescape=True).parse(source).find_all(Filter)
    args = [each.args[0] for each in calls if each.name == "label" and each.args]
    named = {
        each.value
        for arg in args
        for each in (arg, *arg.find_all(Const))
        if isinstance(each, Const) and isinstance(each.value, str)
    }
    common = _common_labels(folder)
    tables = (*sorted(named), *TIMES)
    told = {key: common[key] for key in sorted(common) if key.partition(".")[0] in tables}
    return hashlib.sha256(json.dumps([source, told]).encode()).hexdigest()


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            yield f"{prefix}{name}", value
        else:
            raise ValueError(f"label {prefix}{name} is not a text")
