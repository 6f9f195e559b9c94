"""What clerk and head ask of papers: which there are, and one of them as a file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.consultations import face as consultations
from bot.consultations.rules.dossier import Dossier
from bot.db.notice import Button, Card, Row
from bot.issuing.rules.letterhead import Paper
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.owed import face as owed
from bot.papers import drawing_up
from bot.papers.issued import of_consultation
from bot.papers.listing import Numbers, numbers_of, rows_of
from bot.papers.rules.which import papers_of
from bot.rendering import Rendering
from bot.values.action import Action, action


@press("papers")
async def papers(context: Context, tap: Tap) -> Screen:
    """The papers that a consultation gives rise to now; clerk and head alone see them."""
    async with context.look() as work:
        before = await consultations.steering(work, tap.account, tap.number(0))
        dossier = before.dossier
        place = tap.page(1) if dossier.closed_at is not None else 0
        if 1 <= place <= len(dossier.contents):
            dossier = dossier.of(place)
            return Screen(
                listed(
                    context.say, dossier, papers_of(dossier, drawing_up.result_of(work, dossier))
                )
            )
        issued = await of_consultation(work, dossier.id)
        numbers = await numbers_of(work, issued, dossier.reference)
        if dossier.contents and dossier.closed_at is not None:
            return Screen(by_content(context.say, dossier, numbers))
        offered = papers_of(dossier, drawing_up.result_of(work, dossier))
    return Screen(listed(context.say, dossier, offered, numbers))


@owed.draws("consultation")
def _way(consultation: int) -> Action:
    return action("papers", consultation)


@press("paper_file")
async def paper(context: Context, tap: Tap) -> Screen:
    """One of them as a file to be opened in Word."""
    wanted, place = tap.one_of(1, Paper), tap.page(2)

    async def find(work: UnitOfWork) -> consultations.Access:
        return _before(await consultations.steering(work, tap.account, tap.number(0)), place)

    async def draw(work: UnitOfWork, before: consultations.Access) -> drawing_up.Draft:
        return await drawing_up.draft(work, before.dossier, wanted)

    before, file = await drawing_up.handed_out(context, find, draw)
    return Screen(files=(file,), files_card=made_card(context.say, before.dossier, wanted))


@press("result_notice")
async def result_notice(context: Context, tap: Tap) -> Screen:
    """The notice of the result as a file, for a member of the roll once it is closed."""
    place = tap.page(1)

    async def find(work: UnitOfWork) -> consultations.Access:
        return _before(await consultations.member(work, tap.account, tap.number(0)), place)

    async def draw(work: UnitOfWork, before: consultations.Access) -> drawing_up.Draft:
        return await drawing_up.draft(work, before.dossier, Paper.RESULT)

    before, file = await drawing_up.handed_out(context, find, draw, protected=True)
    card = notice_card(context.say, before.dossier)
    return Screen(files=(file,), files_card=card, protects=before.dossier.id)


def _before(found: consultations.Access, place: int) -> consultations.Access:
    """The same before the content at that place of a slip with several, at 0 the slip; else the press is malformed."""
    if place > len(found.dossier.contents):
        raise MalformedPressError
    return replace(found, dossier=found.dossier.at(place))


def by_content(say: Rendering, dossier: Dossier, numbers: Numbers) -> Card:
    """Of a slip with several contents the way to the papers of each, and the numbers that they bear together."""
    rows: list[Row] = [
        (
            Button(
                say.label("paper_words.content_button", place=place),
                action("papers", dossier.id, place),
            ),
        )
        for place, _ in enumerate(dossier.contents, 1)
    ]
    rows += rows_of(say, dossier.reference, (), partial(_file, dossier), numbers)
    back = Button(say.label("button.dashboard"), action("dash", dossier.id, 0))
    return Card(say.text("papers", dossier=dossier, papers=[]), (*rows, (back,)))


def listed(
    say: Rendering, dossier: Dossier, offered: tuple[Paper, ...], numbers: Numbers | None = None
) -> Card:
    """Each paper as a button, and the numbers that they bear; the number of a content is its slip's."""
    rows = rows_of(say, dossier.reference, offered, partial(_file, dossier), numbers or {})
    back = Button(say.label("button.dashboard"), action("dash", dossier.id, 0))
    if dossier.place:
        back = Button(say.label("button.back"), action("papers", dossier.id))
    text = say.text("papers", dossier=dossier, papers=[each.value for each in offered])
    return Card(text, (*rows, (back,)))


def _file(dossier: Dossier, paper: Paper) -> Action:
    return action("paper_file", dossier.id, paper.value, *dossier.of_content)


def notice_card(say: Rendering, dossier: Dossier) -> Card:
    """What stands above the notice that a member has made."""
    return Card(say.text("result_notice", dossier=dossier))


def made_card(say: Rendering, dossier: Dossier, paper: Paper) -> Card:
    """What stands above a paper that was drawn up."""
    return Card(say.text("paper_made", dossier=dossier, paper=paper.value))
