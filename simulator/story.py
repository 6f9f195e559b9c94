"""A story as its TOML file tells it: who does what and when, and what is expected. By which verbs: `story_verbs.py`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from unicodedata import normalize

from pydantic import (
    AwareDatetime,
    BeforeValidator,
    Field,
    ValidationError,
    model_validator,
)

from bot.consultations.rules.consultation import Choice
from bot.issuing.rules.letterhead import Paper
from bot.regulations.faults import Finding, source_of, syntax_fault
from bot.regulations.positions import KeyPath
from bot.regulations.rules.meetings import ConfidenceLevel
from bot.regulations.rules.regulation import Ground, Matter
from bot.regulations.shape import shape_findings, without_consequences
from bot.values.moments import in_viet_nam
from simulator.chapters import Chapter
from simulator.seating import Actor, Beside, BodyTable, Strict, called_apart
from simulator.story_faults import Grammar, StoryError, findings, key_of, story_error
from simulator.story_verbs import (
    EXPECTED_IDS,
    KINDS,
    NAMES,
    NO_BODY,
    NO_IDS,
    NOBODY,
    ONE_OF,
    VERBS,
    by_our_names,
)


def _day(given: object) -> object:
    """A moment given for a day is that day in Viet Nam."""
    if isinstance(given, datetime):
        return in_viet_nam(given).date() if given.tzinfo else given.date()
    return given


def _text(given: object) -> object:
    """A number written without quotes."""
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _several(given: object) -> object:
    """One name given alone."""
    return (given,) if isinstance(given, str) else given


def _subject(given: object) -> object:
    """An item given by its subject alone."""
    return {"subject": given} if isinstance(given, str) else given


def _name(given: object) -> object:
    """A guest given by name alone."""
    return {"name": given} if isinstance(given, str) else given


class Entry(Strict):
    """An item of an agenda."""

    subject: str
    matter: Matter = Matter.GENERAL
    responsible: str = ""
    closed: bool = False
    files: tuple[str, ...] = ()


class Guest(Strict):
    """Somebody invited beside the members; `category` is the id of a guest rule."""

    name: str
    category: str = ""


class Asked(Strict):
    """One of several contents of a slip; without a matter it is that of the slip."""

    subject: str
    matter: Matter | None = None


class Step(Strict):
    """What somebody does at a moment."""

    at: AwareDatetime
    does: str
    who: str | None = None
    id: str | None = None
    in_: Annotated[str, Field(alias="in")] = ""
    """The committee that it is about, where it is another than that of the story."""
    body: str = ""
    matter: Matter = Matter.GENERAL
    ground: Ground | None = None
    subject: str = ""
    deadline: AwareDatetime | None = None
    submission_date: Annotated[date | None, BeforeValidator(_day)] = None
    special_reason: str = ""
    contents: tuple[Asked, ...] = ()
    content: int = 0
    silence: bool = False
    no_election: bool = True
    files: tuple[str, ...] = ()
    choice: Choice | ConfidenceLevel | None = None
    words: str = ""
    worded: Mapping[str, str] = Field(default_factory=dict, alias="own words")
    """The words of each content of a slip, where `words` is a table."""
    invalid: str = ""
    head: str = ""
    members: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    witnesses: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    counts_at: AwareDatetime | None = None
    text: str = ""
    reserved: bool = False
    until: AwareDatetime | date | None = None
    remind_at: AwareDatetime | str | None = None
    of: str | None = None
    reason: str = ""
    with_: Annotated[Literal[429, 500, "timeout", "webhook"], Field(alias="with")] = 500
    kind: str = ""
    starts: AwareDatetime | None = None
    place: str = ""
    agenda: tuple[Annotated[Entry, BeforeValidator(_subject)], ...] = ()
    guests: tuple[Annotated[Guest, BeforeValidator(_name)], ...] = ()
    session: str = ""
    answer: Literal["attend", "absent"] = "attend"
    item: str | int = 1
    as_: Annotated[
        Literal[
            "adopted",
            "not_adopted",
            "adjourned",
            "noted",
            "to_superior",
            "to_standing_committee",
            "discuss_again",
            "not_published",
            "count",
            "leave_out",
        ],
        Field(alias="as"),
    ] = "adopted"
    meeting: str | None = None
    items: tuple[str, ...] = ()
    secret: bool = False
    names: tuple[str, ...] = ()
    answers: Mapping[str, str] = Field(default_factory=dict)
    duty: str = ""
    period: Annotated[str, BeforeValidator(_text)] = ""
    file: str = ""
    number: Annotated[str, BeforeValidator(_text)] = ""
    year: Annotated[str, BeforeValidator(_text)] = ""
    source: str = ""
    day: Annotated[date | int | str | None, BeforeValidator(_day)] = None
    name: str = ""
    what: str = ""
    debtors: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    also: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    anew: bool = False
    for_: Annotated[int, Field(alias="for", ge=0)] = 0
    against: Annotated[int, Field(ge=0)] = 0
    abstain: Annotated[int, Field(ge=0)] = 0
    by: Annotated[date | None, BeforeValidator(_day)] = None
    task: str | None = None
    paper_on: Annotated[date | None, BeforeValidator(_day)] = None
    question: str | None = None
    to: str | None = None
    decision: str = ""
    office: str = ""
    paper: Paper = Paper.SLIP
    field: str = ""
    settings: Mapping[str, Any] = Field(default_factory=dict)
    successor: str = ""
    others: tuple[str, ...] = ()
    from_: Annotated[AwareDatetime | date | None, Field(alias="from")] = None
    refused: bool | str = False

    @model_validator(mode="before")
    @classmethod
    def with_worded(cls, given: object) -> object:
        """Words by content stand apart from those of the whole step."""
        if isinstance(given, dict) and isinstance(given.get("words"), dict):
            return {**given, "words": "", "own words": given["words"]}
        return given

    @property
    def opinion(self) -> Choice:
        """What is answered to a consultation."""
        return self.choice if isinstance(self.choice, Choice) else Choice.APPROVE


class Expectation(Strict):
    """What is expected of one matter, meeting or vote; keys left out are not checked."""

    outcome: str | None = None
    closed_at: AwareDatetime | None = None
    counts: Mapping[str, int | Mapping[str, int]] = Field(default_factory=dict)
    required: int | None = None
    roll: int | None = None
    articles: tuple[str, ...] = ()
    next: str | None = None
    positions: Mapping[str, str] = Field(default_factory=dict)
    turnout: int | None = None
    quorum: bool | None = None
    sat: bool | None = None
    present: int | None = None
    absent_with_consent: int | None = None
    absent_without_consent: int | None = None
    agenda: tuple[str, ...] = ()
    state: str | None = None
    board: Mapping[str, str] = Field(default_factory=dict)
    due: Mapping[str, Annotated[date, BeforeValidator(_day)]] = Field(default_factory=dict)
    waiting: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    owed: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    heard: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    not_heard: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class Story(Strict):
    """The whole story; `expect` is that of the latest matter, `expects` those of named ones."""

    title: str
    regulation: str
    body: str
    """The body of the story; of one with several that which a step means that names none."""
    bodies: tuple[BodyTable, ...] = ()
    """The tables [[body]] of a committee with several."""
    start: AwareDatetime
    end: AwareDatetime
    intake: Literal["polling", "webhook"] = "polling"
    """How the bot takes in what people do: it asks Telegram, or is called by it."""
    handover: AwareDatetime | None = None
    """A demonstration takes the steps up to here by itself; from then on visitors act."""
    chapter: tuple[Chapter, ...] = ()
    """The chapters of a long tale, through which its visitors turn."""
    member: tuple[Actor, ...]
    clerk: tuple[Actor, ...] = ()
    officer: tuple[Actor, ...] = ()
    guest: tuple[Actor, ...] = ()
    unit: tuple[Actor, ...] = ()
    settings: Mapping[str, Any] = Field(default_factory=dict)
    beside: Annotated[tuple[Beside, ...], Field(alias="with")] = ()
    """Other committees of the same bot."""
    step: tuple[Step, ...] = ()
    expect: Expectation = Expectation()
    expects: Mapping[str, Expectation] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def with_units(cls, given: object) -> object:
        """Two of one name are called with their units from here on."""
        return called_apart(given) if isinstance(given, dict) else given

    @property
    def expected(self) -> tuple[Expectation, ...]:
        """What is expected of the latest, and of everything named."""
        return (self.expect, *self.expects.values())

    @property
    def several(self) -> bool:
        """Whether the committee has more than one body: what is only expected of one brings nobody into it."""
        done = (body for where, body in self.named_bodies if where[0] != "expect")
        return bool(self.bodies) or any(body != self.body for body in done)

    def rolls(self, known: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Who sits in each of the bodies that the rule book knows, in order: without a table all members."""
        everybody = tuple(actor.name for actor in self.member)
        if not self.several:
            return {self.body: everybody}
        tables = {table.id: table.members for table in self.bodies if table.members is not None}
        return {body: tables.get(body, everybody) for body in known}

    @property
    def named_bodies(self) -> Iterator[tuple[KeyPath, str]]:
        """Every body named in the file, after the place where it stands."""
        if not self.bodies:
            yield ("body",), self.body
        yield from ((("body", at, "id"), table.id) for at, table in enumerate(self.bodies))
        for at, actor in enumerate(self.member):
            yield from ((("member", at, "offices", body), body) for body in actor.offices)
        people = {actor.name for actor in self.everybody}
        for at, step in enumerate(self.step):
            if step.body and not step.in_:
                yield ("step", at, "body"), step.body
            if step.does == "ask_question" and step.of and step.of not in people:
                yield ("step", at, "of"), step.of
        elsewhere = {each.name for each in self.beside}
        for name, expected in (("", self.expect), *self.expects.items()):
            where = ("expect", name, "waiting") if name else ("expect", "waiting")
            bodies = (each for each in expected.waiting if each not in elsewhere)
            yield from (((*where, body), body) for body in bodies)

    def alone(self, other: Beside) -> Story:
        """Another committee of the same bot as a story of its own, in which nothing is done."""
        theirs: dict[str, object] = {
            "regulation": other.regulation or self.regulation,
            "title": other.name,
        }
        theirs |= {key: getattr(other, key) for key in ("body", "member", "clerk", "settings")}
        theirs |= {"expect": Expectation(), "expects": {}}
        empty = ("bodies", "officer", "guest", "unit", "step", "beside", "chapter")
        return self.model_copy(update={**dict.fromkeys(empty, ()), **theirs})

    @property
    def named_ids(self) -> Iterator[tuple[KeyPath, Matter | Ground]]:
        """Every kind of content and ground that a step names, after the place where it stands."""
        for at, step in enumerate(self.step):
            yield ("step", at, "matter"), step.matter
            if step.ground:
                yield ("step", at, "ground"), step.ground
            for place, entry in enumerate(step.agenda):
                yield ("step", at, "agenda", place, "matter"), entry.matter
            for place, content in enumerate(step.contents):
                if content.matter:
                    yield ("step", at, "contents", place, "matter"), content.matter

    @property
    def handed_in(self) -> tuple[str, ...]:
        """The rule books that steps bring, as paths beside the story."""
        return tuple(each.file for each in self.step if each.does == "amend" and each.file)

    @property
    def _with_tables(self) -> tuple[Actor, ...]:
        return (*self.member, *self.clerk, *self.officer, *self.guest, *self.unit)

    @property
    def guests(self) -> tuple[Actor, ...]:
        """Those with a table of their own, and those whom a call names."""
        known = {actor.name for actor in self._with_tables}
        called = dict.fromkeys(
            guest.name for step in self.step for guest in step.guests if guest.name not in known
        )
        return (*self.guest, *(Actor(name=name) for name in called))

    @property
    def newcomers(self) -> tuple[Actor, ...]:
        """Those whom a step adds: they have a phone, and no seat when the committee is founded."""
        known = {actor.name for actor in (*self._with_tables, *self.guests)}
        added = dict.fromkeys(
            step.of for step in self.step if step.does == "add_person" and step.of not in known
        )
        return tuple(Actor(name=name, joined=False) for name in added if name)

    @property
    def everybody(self) -> tuple[Actor, ...]:
        """Everyone with a phone in this story."""
        seated = (*self.clerk, *self.officer, *self.member, *self.guests, *self.unit)
        return (*seated, *self.newcomers)

    @property
    def steps(self) -> list[Step]:
        """The steps in the order of their times, equal times in file order."""
        return sorted(self.step, key=lambda step: step.at)

    @property
    def chapters(self) -> list[Chapter]:
        """The chapters in the order of their ends."""
        return sorted(self.chapter, key=lambda chapter: chapter.until)

    def chapter_at(self, moment: datetime) -> Chapter | None:
        """The chapter to which a step of that moment belongs; None after the last, and in a story without any."""
        return next((each for each in self.chapters if moment <= each.until), None)

    @property
    def visited_from(self) -> datetime:
        """When visitors take over: the end of the first chapter, of a tale without any as it says."""
        return next((each.until for each in self.chapters), self.handover or self.start)


GRAMMAR = Grammar(
    VERBS, NOBODY, NAMES, NO_BODY, NO_IDS, Expectation.model_fields, ONE_OF, EXPECTED_IDS, KINDS
)


def read(path: Path) -> Story:
    """The story in a file; StoryError says all that is wrong with it, where and why."""
    text = normalize("NFC", source_of(path, StoryError))
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise StoryError([syntax_fault(text, str(path), str(fault))]) from fault
    return _read(str(path), text, tree)


def _read(file: str, text: str, tree: dict[str, Any]) -> Story:
    """The story of this tree; its shape and how it fits together are judged at once."""
    tree = _by_our_names(tree)
    found = list(findings(tree, GRAMMAR))
    try:
        story = Story.model_validate(_with_named_expectations(_with_bodies(tree)))
    except ValidationError as fault:
        told = {each.path for each in found}
        shape = without_consequences(list(shape_findings(fault, Story)))
        found += [each for each in map(_in_file, shape) if each.path not in told]
        raise story_error(file, text, found) from fault
    if found:
        raise story_error(file, text, found)
    return story


def _in_file(finding: Finding) -> Finding:
    """A finding in the words of the file: `bodies` and `expects` are names of ours."""
    ours = {"bodies": "body", "expects": "expect", "beside": "with"}
    path, values = finding.path, finding.values
    if finding.kind == "unknown_key":
        allowed = str(values["allowed"]).split(", ")
        values = {**values, "allowed": ", ".join(key for key in allowed if key not in ours)}
    path = tuple(ours.get(str(each), each) for each in path)
    if finding.kind == "missing_key":
        values = {**values, "table": f"[{key_of(path)}]"}
    return replace(finding, path=path, values=values)


def _by_our_names(tree: dict[str, Any]) -> dict[str, Any]:
    """Keys of steps that go by several names go by one from here on."""
    steps = tree.get("step")
    return (
        {**tree, "step": [by_our_names(each) for each in steps]}
        if isinstance(steps, list)
        else tree
    )


def _with_bodies(told: dict[str, Any]) -> dict[str, Any]:
    """[[body]] stands under the key of the one body in the file; here apart from it."""
    tables = told.get("body")
    if not isinstance(tables, list):
        return told
    first = tables[0].get("id", "") if tables and isinstance(tables[0], dict) else ""
    return {**told, "body": first, "bodies": tables}


def _with_named_expectations(told: dict[str, Any]) -> dict[str, Any]:
    """[expect.c1] stands under `expect` in the file; here apart from the keys of the latest matter."""
    expect = told.get("expect", {})
    if not isinstance(expect, dict):
        return told
    plain = {k: v for k, v in expect.items() if k in Expectation.model_fields}
    named = {k: v for k, v in expect.items() if k not in Expectation.model_fields}
    return {**told, "expect": plain, "expects": named}


def local(moment: datetime | date) -> str:
    """A moment as a person types it."""
    if not isinstance(moment, datetime):
        return f"{moment.day:02d}/{moment.month:02d}/{moment.year}"
    here = in_viet_nam(moment)
    if here.second or here.microsecond:
        return here.isoformat(timespec="seconds")
    return f"{here.hour:02d} giờ {here.minute:02d} ngày {local(here.date())}"
