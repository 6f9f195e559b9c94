"""What clerk and head ask of papers: which there are, and one of them as a file."""

from __future__ import annotations

from collections.abc import Mapping

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import Dossier
from bot.db.notice import Button, Card
from bot.issuing import face as issuing
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Number
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context
from bot.papers import drawing_up
from bot.papers.rules.which import papers_of
from bot.rendering import Rendering
from bot.values.action import action


@press("papers")
async def papers(context: Context, tap: Tap) -> Screen:
    """The papers that a consultation gives rise to now; clerk and head alone see them."""
    async with context.look() as work:
        before = await consultations.steering(work, tap.account, tap.number(0))
        dossier = before.dossier
        if dossier.contents and dossier.closed_at is not None:
            place = tap.page(1)
            if not 1 <= place <= len(dossier.contents):
                return Screen(by_content(context.say, dossier))
            dossier = dossier.of(place)
        offered = papers_of(dossier, drawing_up.result_of(work, dossier))
        of = (dossier.committee, dossier.body.id)
        symbols = (await issuing.letterhead(work.tx, *of)).symbols
        numbers = {
            each: await issuing.number_taken(work.tx, *of, dossier.reference, each)
            for each in offered
            if symbols[each] and not dossier.place
        }
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


def _content(dossier: Dossier, place: int) -> Dossier:
    """The content at that place of a slip with several, else the slip; a press of no such place is malformed."""
    if place > len(dossier.contents):
        raise MalformedPressError
    return dossier.of(place) if place else dossier


def by_content(say: Rendering, dossier: Dossier) -> Card:
    """Of a slip with several contents the way to the papers of each."""
    rows = [
        (
            Button(
                say.label("paper_words.content_button", place=place),
                action("papers", dossier.id, place),
            ),
        )
        for place, _ in enumerate(dossier.contents, 1)
    ]
    back = Button(say.label("button.dashboard"), action("dash", dossier.id, 0))
    return Card(say.text("papers", dossier=dossier, papers=[]), (*rows, (back,)))


def listed(
    say: Rendering,
    dossier: Dossier,
    offered: tuple[Paper, ...],
    numbers: Mapping[Paper, Number | None],
) -> Card:
    """Each paper as a button; below one that bears a number the button of its number."""
    rows: list[tuple[Button, ...]] = []
    for each in offered:
        of = (dossier.place,) if dossier.place else ()
        file = action("paper_file", dossier.id, each.value, *of)
        rows.append((Button(say.label(f"paper.{each.value}"), file),))
        if each in numbers:
            taken = numbers[each]
            rows.append((issuing.number_button(say, dossier.reference, each, taken),))
    back = Button(say.label("button.dashboard"), action("dash", dossier.id, 0))
    return Card(
        say.text("papers", dossier=dossier, papers=[p.value for p in offered]), (*rows, (back,))
    )


def made_card(say: Rendering, dossier: Dossier, paper: Paper) -> Card:
    """What stands above a paper that was drawn up."""
    return Card(say.text("paper_made", dossier=dossier, paper=paper.value))
