"""What clerk and head ask of papers: which there are, and one of them as a file."""

from __future__ import annotations

from functools import partial

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import Dossier
from bot.db.notice import Button, Card
from bot.issuing.rules.letterhead import Paper
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context
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


@press("paper_file")
async def paper(context: Context, tap: Tap) -> Screen:
    """One of them as a file to be opened in Word; the right to it is asked again when it is written."""
    consultation, wanted = tap.number(0), tap.one_of(1, Paper)
    async with context.look() as work:
        before = await consultations.steering(work, tap.account, consultation)
        dossier = _content(before.dossier, tap.page(2))
        draft = await drawing_up.draft(work, dossier, wanted)
    made = await drawing_up.written(draft)
    async with context.work(reads=True) as work:
        before = await consultations.steering(work, tap.account, consultation)
        file = await drawing_up.told(
            work, before.person, before.dossier.committee, before.dossier.reference, wanted, made
        )
    return Screen(files=(file,), files_card=made_card(context.say, dossier, wanted))


@press("result_notice")
async def result_notice(context: Context, tap: Tap) -> Screen:
    """The notice of the result as a file, for a member of the roll once it is closed."""
    async with context.look() as work:
        before = await consultations.member(work, tap.account, tap.number(0))
        dossier = _content(before.dossier, tap.page(1))
        draft = await drawing_up.draft(work, dossier, Paper.RESULT)
    made = await drawing_up.written(draft)
    async with context.work(reads=True) as work:
        before = await consultations.member(work, tap.account, tap.number(0))
        of = (before.dossier.committee, before.dossier.reference)
        file = await drawing_up.told(work, before.person, *of, Paper.RESULT, made, protected=True)
    card = notice_card(context.say, dossier)
    return Screen(files=(file,), files_card=card, protects=dossier.id)


def _content(dossier: Dossier, place: int) -> Dossier:
    """The content at that place of a slip with several, else the slip; a press of no such place is malformed."""
    if place > len(dossier.contents):
        raise MalformedPressError
    return dossier.at(place)


def by_content(say: Rendering, dossier: Dossier, numbers: Numbers) -> Card:
    """Of a slip with several contents the way to the papers of each, and the numbers that they bear together."""
    rows: list[tuple[Button, ...]] = [
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
