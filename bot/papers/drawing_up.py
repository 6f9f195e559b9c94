"""A paper drawn up: its facts read in one transaction, the file written beside it, held and told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Result, state
from bot.counting import face as counting
from bot.db import people, register
from bot.issuing import face as issuing
from bot.issuing.rules.letterhead import Letterhead, Paper
from bot.issuing.rules.numbers import Number
from bot.kit import made_files
from bot.kit.access import Access
from bot.kit.notify import reference
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.face import about
from bot.meetings.rules.meeting import Meeting
from bot.owed import face as owed
from bot.owed.rules.debt import DebtKind
from bot.papers import store
from bot.papers.consultations import Facts, view
from bot.papers.meetings import MeetingFacts, Task, meeting_view
from bot.papers.rules.which import ballots, papers_of, papers_of_meeting
from bot.rendering import Rendering
from bot.typesetting.writing import TemplateFault, Writer
from bot.values.files import FileRef
from bot.values.refusal import refuse

Found = TypeVar("Found", bound=Access)


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper before it is written: the template it takes and what fills it."""

    paper: Paper
    name: str
    layout: str
    template: bytes | None
    """The office's own; None for the one that ships."""
    view: dict[str, object]
    place: int = 0
    """Of which content of a slip with several it tells; 0 is the slip."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as a file, and the digest of the template that it was made from."""

    name: str
    template: str
    content: bytes


def result_of(work: UnitOfWork, dossier: Dossier) -> Result | None:
    """What a closed consultation came to; None before its close."""
    if dossier.consultation is None or dossier.closed_at is None:
        return None
    return state(dossier.consultation, work.now).result


async def draft(work: UnitOfWork, dossier: Dossier, paper: Paper) -> Draft:
    """What a paper of a consultation is made from; refused where it gives rise to none such now."""
    result = result_of(work, dossier)
    if paper not in papers_of(dossier, result):
        refuse("paper_not_now", paper=paper.value)
    issued = await issue(work, dossier.committee, dossier.body.id, dossier.reference, paper)
    board = await counting.board_of(work.tx, dossier.reference)
    facts = Facts(
        dossier, result, issued.head, issued.number, issued.register_head, work.now, board
    )
    fields = view(work.say, paper, facts)
    name = named(work.say, paper, dossier.number, dossier.place)
    return Draft(paper, name, issued.head.profile, issued.template, fields, dossier.place)


async def draft_of_meeting(work: UnitOfWork, meeting: Meeting, paper: Paper) -> Draft:
    """As `draft`, of a meeting."""
    if paper not in papers_of_meeting(meeting):
        refuse("paper_not_of_meeting", paper=paper.value)
    issued = await issue(work, meeting.committee, meeting.body.id, about(meeting.id), paper)
    boards = {
        each.id: await counting.board_of(work.tx, reference("vote", each.id))
        for each in ballots(meeting)
    }
    facts = MeetingFacts(
        meeting=meeting,
        boards=boards,
        tasks=await _tasks(work, meeting),
        around=await meetings.around(work, meeting),
        chair=await meetings.chair_of(work, meeting),
        minutes=await meetings.minutes_of(work.tx, meeting.id),
        head=issued.head,
        number=issued.number,
        register_head=issued.register_head,
        now=work.now,
    )
    name = named(work.say, paper, meeting.number)
    fields = meeting_view(work.say, paper, facts)
    return Draft(paper, name, issued.head.profile, issued.template, fields)


async def _tasks(work: UnitOfWork, meeting: Meeting) -> dict[int, list[Task]]:
    """What the conclusion on each item asks of whom; a task that was dropped stands on no paper."""
    found, names = {}, dict(await people.names_of_committee(work.tx, meeting.committee))
    for item in meeting.items:
        debts = await owed.of_subject(
            work.tx, meeting.committee, reference("item", item.id), DebtKind.TASK
        )
        found[item.id] = [
            Task(names[each.person], each.subject, each.due_on)
            for each in debts
            if each.person in names and each.dropped_at is None
        ]
    return found


@dataclass(frozen=True, slots=True)
class Issue:
    """What every paper of a body needs beside its own facts."""

    head: Letterhead
    number: Number | None
    register_head: str
    template: bytes | None


async def issue(work: UnitOfWork, committee: int, body: str, subject: str, paper: Paper) -> Issue:
    """How a body issues a paper now, with the number that it bears and the template that it takes."""
    head = await issuing.letterhead(work.tx, committee, body)
    number = await issuing.number_taken(work.tx, committee, body, subject, paper)
    last = await register.head(work.tx, committee)
    own = await store.own(work.tx, paper, head.profile)
    return Issue(head, number, last.given_out(committee), own)


def named(say: Rendering, paper: Paper, number: int | None, place: int = 0) -> str:
    """What its file is called."""
    key = "file_content" if place else "file" if number else "file_unnumbered"
    title = say.label(f"paper.{paper.value}")
    return say.label(f"paper_words.{key}", paper=title, number=number, place=place)


async def written(draft: Draft) -> Made:
    """The paper itself, written beside everything else; refused where a template does not allow it."""
    return (await all_written([draft]))[0]


async def all_written(
    drafts: Sequence[Draft], seen: Callable[[int, int], None] | None = None
) -> list[Made]:
    """As `written`, of several, one after the other by one process; `seen` is told how many of how many are there."""
    made = list[Made]()
    async with Writer() as writer:
        for each in drafts:
            paper = await writer.write(each.paper, each.layout, each.template, each.view)
            if isinstance(paper, TemplateFault):
                refuse("paper_fault", paper=each.paper.value, fault=paper)
            made.append(Made(each.name, paper.template, paper.content))
            if seen is not None:
                seen(len(made), len(drafts))
    return made


async def handed_out(
    context: Context,
    find: Callable[[UnitOfWork], Awaitable[Found]],
    draws: Callable[[UnitOfWork, Found], Awaitable[Draft]],
    *,
    protected: bool = False,
) -> tuple[Found, FileRef]:
    """A paper as a file for whoever asked for it, and before what that person stands.

    The register tells which was made from which template. The office passes it on, that is what it is for;
    a member keeps it, as the result: then it is `protected`.
    """
    async with context.look() as work:
        found = await find(work)
        draft = await draws(work, found)
    made = await written(draft)
    told = {"paper": draft.paper.value, "name": made.name, "template": made.template}
    file = await made_files.hand_out(
        context, find, made.name, made.content, "paper_made", told, protected=protected
    )
    return found, file
