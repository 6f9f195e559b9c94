"""The tally of a closed consultation as a spreadsheet, for its office: never before the close (I10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import Choice, Position, Reply, Seat
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Result, state
from bot.consultations.rules.tally import slips, standing_answers, struck_opinions
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.sent_sheets import Named, send
from bot.kit.spreadsheet import Column, Sheet, Value
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Rendering, initial
from bot.sheets.rules.rights import may_have_tally
from bot.values.refusal import require

COUNTS = {"position": 44, "count": 14, "names": 80}
MEMBERS = {
    "place": 6,
    "name": 32,
    "office": 28,
    "received": 18,
    "answered": 18,
    "position": 26,
    "reserved": 12,
    "paper": 12,
    "words": 70,
}
SECRET = ("received", "answered", "reserved", "paper", "words")
"""What is left out of the names of secret slips: a moment or words could tell whose a slip is."""
WORDS = {"place": 6, "position": 26, "reserved": 12, "words": 110}
CHOSEN = tuple(Position(each.value) for each in Choice)
CAME_BACK = (*CHOSEN, Position.INVALID)
"""Where a slip was given; of secret slips no name is beside what is on it."""


@press("tally_sheet")
async def fetch(context: Context, tap: Tap) -> Screen:
    """The tally with every position and opinion, for clerk and head once it is closed."""

    async def find(work: UnitOfWork) -> consultations.Access:
        return await consultations.office(work, tap.account, tap.number(0))

    async with context.look() as work:
        dossier, now = (await find(work)).dossier, work.now
    require(may_have_tally(dossier))
    file = context.say.label("sheet_file.tally", number=dossier.number)
    named = Named("tally_sheet", file, dossier.subject)
    return await send(context, find, named, of_slip(context.say, dossier, now))


def of_slip(say: Rendering, dossier: Dossier, now: datetime) -> list[Sheet]:
    """The sheets of a closed slip: of one with several contents those of each, named by its place."""
    sheets = list[Sheet]()
    for each in dossier.each:
        result = state(each.running, now).result
        if result is None:
            raise RuntimeError(f"consultation {dossier.id} is closed without a result")
        sheets += [_placed(each, sheet) for sheet in of_result(say, each, result)]
    return sheets


def _placed(content: Dossier, sheet: Sheet) -> Sheet:
    return replace(sheet, name=f"{content.place}. {sheet.name}") if content.place else sheet


def of_result(say: Rendering, dossier: Dossier, result: Result) -> list[Sheet]:
    """How many stand where, every member, and of secret slips the opinions apart from the names."""
    secret = dossier.body.written.secret_slips
    sheets = [_counts(say, dossier, result), _members(say, dossier, result)]
    return [*sheets, _slips(say, dossier, result)] if secret else sheets


def _counts(say: Rendering, dossier: Dossier, result: Result) -> Sheet:
    seats, secret = dossier.running.roll, dossier.body.written.secret_slips
    rows: list[Sequence[Value]] = []
    for position in Position:
        names = [seat.name for seat in seats if result.positions[seat.person] is position]
        if names:
            shown = "" if secret and position in CAME_BACK else "; ".join(names)
            rows.append([_stands(say, position), len(names), shown])
    title = say.label("sheet.tally", number=dossier.number, subject=dossier.subject)
    return Sheet(
        say.label("sheet.counts"),
        title,
        _columns(say, COUNTS),
        rows,
        notes=_notes(say, dossier, result),
    )


def _notes(say: Rendering, dossier: Dossier, result: Result) -> list[str]:
    back = slips(dossier.running)
    notes = [
        say.label("sheet.outcome", outcome=say.label(f"outcome.{result.outcome.value}")),
        say.label("sheet.articles", articles=", ".join(result.articles)),
    ]
    told = {"returned": back.returned, "valid": back.valid, "invalid": back.invalid}
    notes.insert(1, say.label("sheet.returned", **told))
    if result.required is not None:
        agreeing = result.tally.agreeing
        roll = result.roll if result.base is None else result.base
        enough = say.label("sheet.enough", required=result.required, agreeing=agreeing, roll=roll)
        notes.insert(1, enough)
    if result.closed_at is not None:
        notes.append(say.label("sheet.closed", at=say.moment_zoned(result.closed_at)))
    return notes


def _members(say: Rendering, dossier: Dossier, result: Result) -> Sheet:
    """The roll in its order; of a second round, after it who differed in the first and was struck off then."""
    secret = dossier.body.written.secret_slips
    shown = {each: width for each, width in MEMBERS.items() if not secret or each not in SECRET}
    answers, running = standing_answers(dossier.running), dossier.running
    every = [
        _member(say, seat, result.positions[seat.person], answers.get(seat.person), secret=secret)
        | {"received": running.received_at.get(seat.person)}
        for seat in running.roll
    ]
    every += [_earlier(say, *each) for each in (running.first.struck if running.first else ())]
    rows = [[{**row, "place": place}[each] for each in shown] for place, row in enumerate(every, 1)]
    name = say.label("sheet.agencies" if dossier.body.of_agencies else "sheet.members")
    return Sheet(name, dossier.subject, _columns(say, shown), rows)


def _member(
    say: Rendering, seat: Seat, position: Position, answer: Reply | None, *, secret: bool
) -> dict[str, Value]:
    hidden = secret and position in CAME_BACK
    return {
        "name": seat.name,
        "office": initial(say.label(f"office.{seat.office}")),
        "position": initial(say.label("sheet.gave")) if hidden else _stands(say, position),
        **_answer(say, answer),
    }


def _earlier(say: Rendering, name: str, answer: Reply) -> dict[str, Value]:
    stands = _stands(say, Position.STRUCK)
    return {"name": name, "office": "", "received": None, "position": stands} | _answer(say, answer)


def _answer(say: Rendering, answer: Reply | None) -> dict[str, Value]:
    return {
        "answered": answer.at if answer else None,
        "reserved": _yes(say, answer is not None and answer.reserved),
        "paper": _yes(say, answer is not None and answer.on_paper),
        "words": answer.words if answer else "",
    }


def _slips(say: Rendering, dossier: Dossier, result: Result) -> Sheet:
    """The slips by what they say, so that their order tells nothing; also what differed of those struck off."""
    struck = struck_opinions(dossier.running)
    given = sorted(
        (_stands(say, Position(each.choice.value)), each.words, each.reserved)
        for person, each in standing_answers(dossier.running).items()
        if person in struck or result.positions.get(person) in CHOSEN
    )
    rows: list[Sequence[Value]] = [
        [place, position, _yes(say, reserved), words]
        for place, (position, words, reserved) in enumerate(given, 1)
    ]
    return Sheet(say.label("sheet.slips"), dossier.subject, _columns(say, WORDS), rows)


def _columns(say: Rendering, widths: Mapping[str, int]) -> list[Column]:
    return [Column(say.label(f"tally_sheet.{each}"), width) for each, width in widths.items()]


def _yes(say: Rendering, so: bool) -> str:
    return say.label("button.yes") if so else ""


def _stands(say: Rendering, position: Position) -> str:
    return initial(say.label(f"position.{position.value}"))
