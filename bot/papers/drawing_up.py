"""A paper of a consultation drawn up: its facts read in one transaction, the file written beside it, held and told."""

from __future__ import annotations

from dataclasses import dataclass

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import Dossier
from bot.consultations.rules.outcome import Result, state
from bot.db import register
from bot.issuing import face as issuing
from bot.issuing.rules.letterhead import Paper
from bot.kit import made_files
from bot.kit.unit import UnitOfWork
from bot.papers import store
from bot.papers.consultations import Facts, view
from bot.papers.rules.which import papers_of
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.typesetting.writing import TemplateFault, write
from bot.values.files import FileRef
from bot.values.refusal import refuse


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper before it is written: the template it takes and what fills it."""

    paper: Paper
    name: str
    layout: str
    template: bytes | None
    """The office's own; None for the one that ships."""
    view: dict[str, object]


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
    of, subject = (dossier.committee, dossier.body.id), dossier.reference
    head = await issuing.letterhead(work.tx, *of)
    number = await issuing.number_taken(work.tx, *of, subject, paper)
    last = await register.head(work.tx, dossier.committee)
    facts = Facts(dossier, result, head, number, last.given_out(dossier.committee), work.now)
    own = await store.own(work.tx, paper, head.profile)
    fields = view(work.say, paper, facts)
    if paper is Paper.SLIP:
        confirmed = dossier.silence_confirmed
        means = consultations.silence_view(dossier, confirmed=confirmed)
        fields["silence"] = work.say.plain("papers/silence", silence=means)
    return Draft(paper, _named(work.say, paper, dossier), head.profile, own, fields)


def _named(say: Rendering, paper: Paper, dossier: Dossier) -> str:
    key = "file" if dossier.number else "file_unnumbered"
    title = say.label(f"paper.{paper.value}")
    return say.label(f"paper_words.{key}", paper=title, number=dossier.number)


async def told(
    work: UnitOfWork, by: Person | None, dossier: Dossier, paper: Paper, made: Made
) -> FileRef:
    """Hold a paper until it is sent, and have the register tell which was made from which template."""
    file = await made_files.hold(work, made.name, made.content)
    detail = {
        "paper": paper.value,
        "name": made.name,
        "sha256": file.sha256,
        "template": made.template,
    }
    await work.record(dossier.committee, by, "paper_made", dossier.reference, detail)
    return file


async def written(draft: Draft) -> Made:
    """The paper itself, written beside everything else; refused where a template does not allow it."""
    made = await write(draft.paper, draft.layout, draft.template, draft.view)
    if isinstance(made, TemplateFault):
        refuse("paper_fault", paper=draft.paper.value, fault=made)
    return Made(draft.name, made.template, made.content)
