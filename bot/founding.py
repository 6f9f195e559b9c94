"""A committee from values: regulation, settings, people, calendar, invitations. Nothing is asked or read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.calendar import face as calendar
from bot.db import people, register, rulebooks
from bot.db.schema import outages
from bot.db.telling import TOLD, Telling, tell
from bot.db.transaction import Transaction
from bot.issuing import face as issuing
from bot.kit import speaking
from bot.kit.due import arrange_all
from bot.kit.unit import Context, UnitOfWork
from bot.people.face import Invitation, committee_named, invite
from bot.people.rules.founding import Founding, FoundingFault, Newcomer, faults_of
from bot.people.rules.people import Person
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Founded:
    """A committee that stands, with an invitation for everybody in it."""

    committee: int
    name: str
    regulation: Regulation = field(repr=False)
    invitations: tuple[Invitation, ...] = field(repr=False)


async def found(context: Context, founding: Founding) -> Founded | tuple[FoundingFault, ...]:
    """Found a committee, or say everything that is wrong with what was given; then nothing is kept."""
    regulation = read(founding)
    if not isinstance(regulation, Regulation):
        return regulation
    faults = faults_of(founding, regulation)
    async with context.work() as work:
        if await committee_named(work.tx, founding.name) is not None:
            faults = (FoundingFault("committee_exists", "name", {"name": founding.name}), *faults)
        if faults:
            return faults
        return await _founded(work, founding, regulation)


def read(founding: Founding) -> Regulation | tuple[FoundingFault, ...]:
    """The regulation with its settings, or its faults."""
    try:
        return parse(founding.regulation_text, founding.regulation_name, founding.settings)
    except RegulationFaults as wrong:
        return tuple(
            FoundingFault(
                "regulation",
                each.key or "regulation",
                {"line": each.line, "fault": each},
            )
            for each in wrong.faults
        )


async def _founded(work: UnitOfWork, founding: Founding, regulation: Regulation) -> Founded:
    settings, telling = dict(founding.settings), Telling(work.tx)
    rulebook = await rulebooks.keep(
        telling, regulation, founding.regulation_name, founding.regulation_text, settings
    )
    committee = await people.add_committee(telling, founding.name, rulebook, work.now)
    await calendar.enter_years(telling, committee, *calendar.years_around(work.now))
    for body, values in founding.papers.items():
        known = regulation.body(body)
        await issuing.enter_at_founding(telling, committee, founding.name, known, values)
    await tell(telling, outages)
    persons = await _seated(telling, committee, founding.people)
    await _record(work, committee, founding, regulation, telling)
    await arrange_all(await speaking.of_committee(work, committee), committee)
    invitations = tuple([await invite(work, person) for person in persons])
    return Founded(committee, founding.name, regulation, invitations)


async def _seated(
    tx: Transaction, committee: int, newcomers: tuple[Newcomer, ...]
) -> tuple[Person, ...]:
    """Everybody entered in the order of the roster, which is the order of every roll."""
    persons = []
    for place, newcomer in enumerate(newcomers):
        person = await people.add_person(
            tx,
            committee,
            newcomer.name,
            unit=newcomer.unit,
            post=newcomer.post,
            code=newcomer.code,
        )
        held = newcomer.held(place)
        for seat in held:
            await people.add_seat(tx, committee, person, seat)
        persons.append(
            Person(
                person,
                committee,
                newcomer.name,
                None,
                held,
                unit=newcomer.unit,
                post=newcomer.post,
                code=newcomer.code,
            )
        )
    return tuple(persons)


async def _record(
    work: UnitOfWork, committee: int, founding: Founding, regulation: Regulation, telling: Telling
) -> None:
    days = await calendar.working_calendar(work.tx, committee)
    detail: Mapping[str, object] = {
        "regulation": regulation.id,
        "rulebook": regulation.digest,
        "settings": dict(founding.settings),
        "confirmed": sorted(founding.confirmed),
        "people": [_recorded(each) for each in founding.people],
        "calendar": days.version,
        TOLD: telling.told,
    }
    actor = work.say.label("founding.actor")
    await register.write(work.tx, committee, work.now, actor, "found", founding.name, detail)


def _recorded(newcomer: Newcomer) -> dict[str, object]:
    """Somebody as the first line of the register names everybody; what the roster leaves empty is left out."""
    seats = [[seat.body, seat.office] for seat in newcomer.seats]
    beside = {"unit": newcomer.unit, "post": newcomer.post, "code": newcomer.code}
    return {
        "name": newcomer.name,
        "role": newcomer.role.value,
        "seats": seats,
        **{name: words for name, words in beside.items() if words},
    }
