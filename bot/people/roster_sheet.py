"""The roster of today as a spreadsheet that the office edits and sends back. Whoever stands on no roll is not in it.

Read again as it is, it changes nothing: each line has the code by which its person is known, and where the words of
a screen would be read otherwise, the ids of the rule book stand in their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.kit import access as kit_access
from bot.kit.act import press
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.sent_sheets import Named, send
from bot.kit.spreadsheet import Column, Sheet
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people import access
from bot.people.access import House
from bot.people.cards import body_names, uses_mark
from bot.people.roster_files import COLUMNS, Roster, read_lines
from bot.people.roster_words import title, wordings
from bot.people.rules.codes import code_of
from bot.people.rules.people import BESIDE, Person, Role, SeatHeld, sits
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Rendering, initial
from bot.values.moments import in_viet_nam

WIDTHS = {
    "code": 12,
    "name": 32,
    "role": 20,
    "body": 30,
    "office": 34,
    "full_time": 16,
    "part_time_vice_president": 16,
    "unit": 30,
    "post": 34,
}
BETWEEN = "; "


@press("roster_sheet")
async def fetch(context: Context, tap: Tap) -> Screen:
    """The roster of today as a file, for clerks and heads; nobody else."""

    async def find(work: UnitOfWork) -> Reader:
        return Reader((await access.office_of(work, tap.account, tap.number(0))).actor)

    async with context.look() as work:
        office = await access.office_of(work, tap.account, tap.number(0))
        day = f"{in_viet_nam(work.now):%Y-%m-%d}"
    file = context.say.label("sheet_file.roster", day=day)
    named = Named("roster_sheet", file, office.committee.name)
    house = office.house
    return await send(context, find, named, [of_house(context.say, house)])


@dataclass(frozen=True, slots=True)
class Reader(kit_access.Access):
    """Who has the roster of a committee made."""

    @property
    def reference(self) -> str:
        """The committee whose roster it is."""
        return reference("committee", self.person.committee)


def of_house(say: Rendering, house: House) -> Sheet:
    """Everybody on a roll and in the office, in the order of the rolls, which the order of the lines becomes."""
    regulation = house.regulation
    seated = [each for each in house.staff.everybody if sits(each)]
    everybody = sorted(seated, key=_place)
    marks = any(uses_mark(regulation, seat) for each in everybody for seat in each.seats)
    columns = [each for each in WIDTHS if marks or each != "part_time_vice_president"]
    lines = [_line(say, each, regulation) for each in everybody]
    return Sheet(
        say.label("sheet.roster_name"),
        say.label("sheet.roster", committee=house.committee.name),
        [Column(title(each), WIDTHS[each]) for each in columns],
        [[line[each] for each in columns] for line in lines],
        notes=[say.label("sheet.roster_code")],
    )


def _place(person: Person) -> tuple[int, int]:
    """Where somebody stands: on the rolls, where there is one."""
    return min(seat.place for seat in _placed(person) or person.seats), person.id


def _placed(person: Person) -> tuple[SeatHeld, ...]:
    """The seats in a body, or before one."""
    return tuple(seat for seat in person.seats if seat.role not in BESIDE)


Cells = Mapping[str, str]
"""A line of the file by its columns."""


def _line(say: Rendering, person: Person, regulation: Regulation) -> Cells:
    """In words, as far as they are read as what they mean."""
    bodies = body_names(regulation)
    offices = {seat.office: say.label(f"office.{seat.office}") for seat in person.seats}
    words = _cells(person, bodies, {key: initial(each) for key, each in offices.items()})
    return words if _is_read_as(words, person, regulation) else _cells(person, {}, {})


def _cells(person: Person, bodies: Mapping[str, str], offices: Mapping[str, str]) -> Cells:
    """With these words; an id stands where there is none."""
    placed = _placed(person)
    first = (placed or person.seats)[0]
    roles = [first.role, *((Role.CLERK,) if placed and person.is_clerk else ())]
    marked = any(seat.part_time_vice_president for seat in placed)
    return {
        "code": code_of(person),
        "name": person.name,
        "role": initial(BETWEEN.join(wordings("role", role.value)[0] for role in roles)),
        "body": BETWEEN.join(bodies.get(seat.body, seat.body) for seat in placed),
        "office": BETWEEN.join(offices.get(seat.office, seat.office) for seat in placed),
        "full_time": initial(wordings("full_time", "yes" if first.full_time else "no")[0]),
        "part_time_vice_president": wordings("part_time_vice_president", "yes")[0]
        if marked
        else "",
        "unit": person.unit,
        "post": person.post,
    }


def _is_read_as(line: Cells, person: Person, regulation: Regulation) -> bool:
    read = read_lines([tuple(line[each] for each in COLUMNS)], regulation)
    if not isinstance(read, Roster):
        return False
    placed = [(seat.body, seat.office) for seat in _placed(person)]
    return (read.people[0].post, [(seat.body, seat.office) for seat in read.people[0].seats]) == (
        person.post,
        placed,
    )
