"""A story as its TOML file tells it: who does what and when, by which verbs and keys, and what is expected."""

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

from bot import subjects  # noqa: F401 - every subject enters its acts, and so their verbs
from bot.consultations.rules.consultation import Choice
from bot.issuing.rules.letterhead import Paper
from bot.kit.act import TABLE
from bot.regulations.faults import Finding, syntax_fault, unread
from bot.regulations.positions import KeyPath
from bot.regulations.rules.meetings import ConfidenceLevel
from bot.regulations.rules.regulation import Ground, Matter
from bot.regulations.shape import shape_findings, without_consequences
from bot.values.moments import in_viet_nam
from simulator.chapters import Chapter
from simulator.seating import Actor, Beside, BodyTable, Strict, called_apart
from simulator.story_faults import Grammar, StoryError, findings, key_of, story_error


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _takes(needed: str = "", allowed: str = "") -> tuple[frozenset[str], frozenset[str]]:
    return _keys(needed), _keys(allowed)


def _declared(on: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """The verbs that follow from the declarations of acts upon such a subject, with their keys."""
    return {
        name: (
            frozenset(key for key in verb.keys if not key.endswith("?")),
            frozenset(key.removesuffix("?") for key in verb.keys if key.endswith("?")),
        )
        for name, (verb, _) in TABLE.verbs.items()
        if verb.on == on
    }


CONSULTATION_VERBS = {
    **_declared("matter"),
    "launch": _takes(
        "matter ground subject",
        "deadline submission_date files special_reason silence no_election contents",
    ),
    "approve_launch": _takes(),
    "send_back": _takes("", "reason meeting"),
    "correct": _takes("", "subject deadline file meeting starts place item"),
    "add_file": _takes("file"),
    "search": _takes("words"),
    "second_round": _takes("of", "text deadline content"),
    "prepare_anew": _takes("of", "deadline submission_date special_reason"),
    "meeting_after": _takes("", "content"),
    "item_instead": _takes("matter subject"),
    "acknowledge": _takes(),
    "open_text": _takes(),
    "reply": _takes("choice", "words reserved answers"),
    "reserve": _takes("reserved", "content"),
    "record_reply": _takes("of", "choice invalid words files answers"),
    "name_counting_board": _takes("head", "members witnesses place counts_at"),
}
MEETING_VERBS = {
    **_declared("meeting"),
    "approve_meeting": _takes(),
    "call_meeting": _takes("starts", "kind place agenda guests files session"),
    "change_meeting": _takes("", "starts place agenda guests reason"),
    "cancel_meeting": _takes("", "reason"),
    "send_papers": _takes("", "files item"),
    "rsvp": _takes("answer", "reason"),
    "refuse_absence": _takes("of", "reason"),
    "check_in": _takes("", "of"),
    "leave": _takes("", "of"),
    "open_meeting": _takes(),
    "conclude": _takes("item as", "words"),
    "keep_minutes": _takes("of"),
    "write_minutes": _takes("item words", "anew"),
    "add_task": _takes("item of words by", "meeting"),
    "close_meeting": _takes(),
    "record_meeting": _takes("day", "items"),
    "ask_for_meeting": _takes("", "reason words"),
    "propose_item": _takes("", "subject matter words reason"),
    "ask_question": _takes("", "subject words of reason"),
    "delegate": _takes("to from until", "decision"),
    "enter_absence": _takes("of from until"),
    "put_on_duty": _takes("of from until", "decision"),
    "take_on": _takes("", "of from until"),
    "end_absence": _takes("", "reason"),
    "settle_urgent": _takes("words", "matter"),
    "withdraw_delegation": _takes("", "to reason"),
}
VOTE_VERBS = {
    "open_vote": _takes("item secret", "matter kind names meeting"),
    "vote": _takes("", "choice answers words reserved"),
    "raise_hands": _takes("for against", "item abstain names"),
    "close_vote": _takes(),
}
NOTICE_VERBS = {
    "send_notice": _takes("subject", "words files duty"),
    "acknowledge_notice": _takes(),
    "remind_notice": _takes(),
    "record_notice": _takes("of"),
}
REPORT_VERBS = {
    "deliver_report": _takes("duty", "period file number day of also"),
    "send_ad_hoc": _takes("duty", "words file"),
    "ask_extension": _takes("duty until", "period"),
    "grant_extension": _takes("duty", "period of until"),
    "decline_extension": _takes("duty", "period of reason"),
    "put_off_report": _takes("duty", "period"),
    "excuse_report": _takes("duty", "period of reason"),
    "edit_due_day": _takes("duty day", "period"),
    "add_duty": _takes("", "duty what subject name debtors of day until deadline words period"),
    "withdraw_duty": _takes("", "duty"),
    "open_board": _takes("", "duty period"),
    "fetch_sheet": _takes(),
    "collate_reports": _takes("duty", "period"),
    "fetch_figures": _takes("duty", "period"),
    "add_day_off": _takes("day", "name until"),
    "add_working_saturday": _takes("day", "name"),
    **_declared("committee"),
}
SHEET_VERBS = {
    "fetch_tally": _takes(),
    "fetch_attendance": _takes(),
    "fetch_matters": _takes(),
    "fetch_roster": _takes(),
    "fetch_year": _takes(),
    "fetch_found": _takes("words"),
}
PEOPLE_VERBS = {
    "add_person": _takes("of", "name office decision"),
    "end_seat": _takes("of", "decision"),
    "change_office": _takes("of office", "decision"),
    "ask_rebinding": _takes("of"),
    "rename_person": _takes("of name"),
    "reissue_invitation": _takes("of"),
    "confirm_personnel": _takes("of"),
    "refuse_personnel": _takes("of", "reason"),
    "take_back_personnel": _takes("of"),
}
"""What the office asks about who sits where, and what a second person says to it."""
OWN_VERBS = {
    "block_bot": _takes(),
    "unblock_bot": _takes(),
    "join": _takes(),
    "types": _takes("words"),
    "presses": _takes("words"),
    "edit_message": _takes("words"),
}
OWED_VERBS = {
    "settle_upward": _takes("number paper_on"),
    "settle_notice": _takes("duty number paper_on"),
    "answer_question": _takes("words", "question"),
    "settle_task": _takes("", "task words"),
    "put_off_task": _takes("until", "task"),
    "concerns_agency": _takes("", "subject"),
    "concerns_nobody": _takes("", "subject"),
}
ISSUING_VERBS = {
    "take_number": _takes("paper", "meeting number"),
    "fetch_paper": _takes("paper", "meeting content"),
    "fetch_notice": _takes("", "content"),
    "fetch_dossier": _takes("", "meeting"),
    "skip_number": _takes("paper", "reason"),
    "drop_number": _takes("paper", "meeting reason"),
    "set_heading": _takes("field", "words of"),
    "confirm_heading": _takes(),
    "refuse_heading": _takes("", "reason"),
}
"""How papers are headed, signed and numbered."""
COMMITTEE_VERBS = {
    "amend": _takes("from", "file settings decision"),
    "close_committee": _takes("from", "successor decision"),
    "merge_into": _takes("from successor", "decision"),
    "import_roster": _takes("file from", "decision others"),
    "begin_term": _takes("from", "file decision others"),
    "confirm_amendment": _takes(),
    "refuse_amendment": _takes("", "reason"),
    "take_back_amendment": _takes(),
    "take_over": _takes("subject"),
    "leave_behind": _takes("subject reason"),
    "take_over_person": _takes("of", "office decision"),
}
"""What changes for a committee as a whole: asked by the office, confirmed by a second person."""
TROUBLE_VERBS = {
    "bot_stops": _takes(),
    "bot_starts": _takes(),
    "telegram_fails": _takes("", "with"),
    "telegram_recovers": _takes(),
}
MACHINE_VERBS = {"machine_confirms": _takes("of"), "write_archive": _takes()}
"""What whoever runs the machine does by the command line."""
VERBS = {
    **CONSULTATION_VERBS,
    **MEETING_VERBS,
    **VOTE_VERBS,
    **NOTICE_VERBS,
    **REPORT_VERBS,
    **SHEET_VERBS,
    **OWED_VERBS,
    **ISSUING_VERBS,
    **PEOPLE_VERBS,
    **COMMITTEE_VERBS,
    **OWN_VERBS,
    **TROUBLE_VERBS,
    **MACHINE_VERBS,
}
"""Each verb with the keys it needs and the keys it may have."""

NOBODY = frozenset({*TROUBLE_VERBS, *MACHINE_VERBS})
"""Verbs without `who`."""
NAMES = frozenset(
    {
        *("launch", "second_round", "call_meeting", "open_vote", "send_notice", "add_duty"),
        "prepare_anew",
        "ask_question",
        "add_task",
    }
)
"""Verbs whose `id` names something for later steps."""
NO_BODY = frozenset({*OWN_VERBS, *TROUBLE_VERBS, *MACHINE_VERBS})
"""Verbs that are about no body; every other may say which, where the committee has several."""
NO_IDS = _keys("agenda waiting owed board due heard not_heard counts positions")
"""Words of [expect] that name nothing else."""

OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "propose_item": {"item": "subject", "title": "subject", "text": "words"},
    "ask_question": {"question": "subject", "text": "subject"},
    "send_notice": {"title": "subject", "text": "words"},
    "add_duty": {"title": "subject", "text": "words", "due": "until", "debtor": "debtors"},
    "record_meeting": {"on": "day"},
    "edit_due_day": {"date": "day", "due": "day", "to": "day", "until": "day"},
    "add_day_off": {"date": "day"},
    "add_working_saturday": {"date": "day"},
}
"""What a key may be called besides, where several names come to mind."""


def by_our_names(given: object) -> object:
    """A step with every key under the name it has here."""
    if not isinstance(given, dict):
        return given
    names = OTHER_NAMES.get(given.get("does", ""), {})
    return {names.get(key, key): value for key, value in given.items()}


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
        """Whether the committee has more than one body."""
        named = {step.body for step in self.step if not step.in_}
        named |= {body for actor in self.member for body in actor.offices}
        return bool(self.bodies) or not named <= {"", self.body}

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


GRAMMAR = Grammar(VERBS, NOBODY, NAMES, NO_BODY, NO_IDS, Expectation.model_fields)


def read(path: Path) -> Story:
    """The story in a file; StoryError says all that is wrong with it, where and why."""
    try:
        text = normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as fault:
        raise StoryError([unread(str(path), "no_file")]) from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise StoryError([unread(str(path), "not_text", detail=fault)]) from fault
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
