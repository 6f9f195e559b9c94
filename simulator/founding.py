"""Founds the committee of a story as a roster is read, and gives everybody in it a phone. Nothing is played here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot import founding
from bot.named_files import text_of
from bot.people.face import house_of
from bot.people.roster_files import COLUMNS, RosterFault, read_lines
from bot.people.rules.founding import Founding, FoundingFault, Newcomer
from bot.people.rules.people import OFFICES, Role
from bot.places import regulations_dir
from bot.regulations.faults import Finding, source_of
from bot.regulations.positions import KeyPath
from bot.regulations.rules.regulation import Ground, Matter, Regulation
from simulator.phone_client import PhoneClient
from simulator.sandbox import Sandbox
from simulator.seating import PEOPLE, Actor
from simulator.story import Story
from simulator.story_faults import StoryError, faulty
from simulator.verbs.roster import Roster

FIRST_ACCOUNT = 700_001


@dataclass(frozen=True, slots=True)
class _File:
    """The file of a story, and the table in it that tells of the committee."""

    path: Path
    table: KeyPath = ()

    def faulty(self, found: Iterable[Finding]) -> StoryError:
        return faulty(self.path, [replace(e, path=(*self.table, *e.path)) for e in found])


async def assemble(
    stage: Sandbox,
    story: Story,
    path: Path,
    *,
    committee: str | None = None,
    hands: type[PhoneClient] = PhoneClient,
) -> Roster:
    """Found the committees of a story, put a phone in everybody's hands, let those join who have joined.

    Refuses (StoryError) a story one of whose committees cannot be founded.
    """
    cast = await _assembled(stage, story, _File(path), committee or story.title, hands, {})
    for place, other in enumerate(story.beside):
        table, theirs = _File(path, ("with", place)), story.alone(other)
        found = await _assembled(stage, theirs, table, other.name, hands, cast.hands)
        cast.beside[other.name] = replace(
            cast,
            story=theirs,
            committee=found.committee,
            persons=found.persons,
            links=found.links,
        )
    return cast


async def _assembled(
    stage: Sandbox,
    story: Story,
    file: _File,
    name: str,
    hands: type[PhoneClient],
    known: dict[str, PhoneClient],
) -> Roster:
    text, regulation_name = _text(story, file)
    regulation = _read(story, file, text, regulation_name)
    people = _newcomers(list(_lines(story, regulation)), regulation, story, file)
    wanted = Founding(
        name=name,
        regulation_name=regulation_name,
        regulation_text=text,
        people=people,
        settings=_flat(story.settings, regulation),
        confirmed=frozenset(setting.name for setting in regulation.settings),
    )
    founded = await founding.found(stage.bot.context, wanted)
    if isinstance(founded, tuple):
        raise file.faulty(_founding(fault, people, story) for fault in founded)
    cast = Roster(stage, story, file.path.parent, founded.committee, known, {}, {})
    titles = dict.fromkeys((actor.name for actor in story.newcomers), "member")
    titles |= {
        each.name: _title(each.role, (seat.office for seat in each.seats), regulation)
        for each in people
    }
    for actor in story.everybody:
        if actor.name in cast.hands:
            continue
        account = FIRST_ACCOUNT + len(cast.hands)
        title = _called(stage, titles[actor.name], regulation)
        stage.world.add_person(account, actor.name, title=title)
        cast.hands[actor.name] = hands(stage, account)
    for invitation in founded.invitations:
        cast.persons[invitation.person.name] = invitation.person.id
        cast.links[invitation.person.name] = invitation.link
    for actor in story.everybody:
        if actor.joined:
            await cast.hands[actor.name].open_link(cast.links[actor.name])
    return cast


async def entitle(cast: Roster) -> None:
    """Give every phone the title of its person as it is now; who has left has none."""
    async with cast.stage.context() as context, context.look() as work:
        house = await house_of(work, cast.committee)
    now = {
        each.account: _title(
            each.seats[0].role, (seat.office for seat in each.seats), house.regulation
        )
        for each in house.staff.everybody
        if each.seats
    }
    for hands in cast.hands.values():
        person = cast.stage.world.people[hands.user_id]
        title = now.get(hands.user_id)
        person.title = _called(cast.stage, title, house.regulation) if title else ""


def _title(role: Role, offices: Iterable[str], regulation: Regulation) -> str:
    """What the page of phones calls somebody: the highest office held, the rule book's own first."""
    ranked = [*(each for each in regulation.offices if each not in OFFICES), *OFFICES]
    held = [office for office in offices if office in ranked]
    return min(held, key=ranked.index) if held else role.value


def _called(stage: Sandbox, title: str, regulation: Regulation) -> str:
    return stage.say.under(regulation.vocabulary).label(f"office.{title}")


# --- the roster ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """Somebody of the story as a line of the roster; `seats` are offices by the body."""

    actor: Actor
    role: Role
    seats: Mapping[str, str]
    places: Mapping[str, int]
    """Where a member stands on the roll of each body."""

    @property
    def cells(self) -> tuple[str, ...]:
        """As the file of a roster has them, in its columns."""
        cells = {
            "name": self.actor.name,
            "role": self.role.value,
            "body": "; ".join(self.seats),
            "office": "; ".join(self.seats.values()),
            "full_time": "yes" if self.actor.full_time else "no",
            "part_time_vice_president": "yes" if self.actor.part_time_vice_president else "",
        }
        return tuple(cells.get(column, "") for column in COLUMNS)


def _lines(story: Story, regulation: Regulation) -> Iterator[_Line]:
    """Everybody, those on the rolls first; in the order of the file."""
    rolls = story.rolls(body.id for body in regulation.bodies)
    for actor in story.member:
        places = {
            body: roll.index(actor.name) for body, roll in rolls.items() if actor.name in roll
        }
        seats = {
            body: actor.offices.get(body) or actor.office or _usual_office(regulation, body)
            for body in places
        }
        yield _Line(actor, Role.MEMBER, seats, places)
    beside = ((Role.CLERK, story.clerk), (Role.GUEST, story.guests), (Role.UNIT, story.unit))
    for role, actors in beside:
        yield from (_Line(actor, role, {}, {}) for actor in actors)
    heads = "" if story.several else story.body
    for actor in story.officer:
        yield _Line(actor, Role.OFFICER, {heads: actor.office or "secretary"}, {})


def _usual_office(regulation: Regulation, body: str) -> str:
    return "agency" if regulation.body(body).of_agencies else "member"


def _newcomers(
    lines: list[_Line], regulation: Regulation, story: Story, file: _File
) -> tuple[Newcomer, ...]:
    """The roster as it is read from a file, each on the rolls where the story has him."""
    nowhere = [
        Finding(_place(line.actor.name, story), "story_in_no_body", {"name": line.actor.name})
        for line in lines
        if line.role is Role.MEMBER and not line.seats
    ]
    read = read_lines([line.cells for line in lines], regulation)
    if nowhere:
        raise file.faulty(nowhere)
    if isinstance(read, tuple):
        raise file.faulty(_cell(each, lines[each.row - 1], story) for each in read)
    return tuple(
        replace(
            each,
            name=line.actor.name,
            seats=tuple(replace(seat, place=line.places.get(seat.body)) for seat in each.seats),
        )
        for line, each in zip(lines, read.people, strict=True)
    )


def _cell(fault: RosterFault, line: _Line, story: Story) -> Finding:
    """A fault of somebody's line, at the key of the table that it came from."""
    place = (*_place(line.actor.name, story), fault.column)
    return Finding(place, f"init.{fault.kind}", fault.values)


def _founding(fault: FoundingFault, people: Sequence[Newcomer], story: Story) -> Finding:
    """A fault of the founding, at the setting or the person that it is about."""
    place: KeyPath = tuple(fault.place.split("."))
    if 0 < fault.row <= len(people):
        place = _place(people[fault.row - 1].name, story)
    return Finding(place, f"init.{fault.kind}", _values(fault))


def _values(fault: FoundingFault) -> Mapping[str, object]:
    """What `dongthuan init` fills its words about such a fault with."""
    heads = fault.values.get("heads")
    offices = {"offices": ", ".join(heads)} if isinstance(heads, tuple) else {}
    return {**fault.values, **offices}


def _place(name: str, story: Story) -> KeyPath:
    """The table of somebody of the story."""
    tables = {key: getattr(story, key) for key in PEOPLE}
    found = (
        (key, at) for key in PEOPLE for at, each in enumerate(tables[key]) if each.name == name
    )
    return next(found, ())


# --- the regulation --------------------------------------------------------------------------


def regulation_text(story: Story, path: Path) -> tuple[str, str]:
    """The text of the regulation: one of ours by its id, or a path beside the story."""
    return _text(story, _File(path))


def _text(story: Story, file: _File) -> tuple[str, str]:
    ours = regulations_dir() / f"{story.regulation}.toml"
    for found in (ours, file.path.parent / story.regulation, Path(story.regulation)):
        if found.is_file():
            return source_of(found, StoryError), found.name
    known = ", ".join(sorted(file.stem for file in regulations_dir().glob("*.toml")))
    values = {"name": story.regulation, "allowed": known}
    raise file.faulty(
        [Finding(("regulation",), "story_regulation_unknown", values, story.regulation)]
    )


def committee_of(stage: Sandbox, story: Story, path: Path) -> str:
    """What a committee is called in a rehearsal: no word of the story's title is heard."""
    text, name = regulation_text(story, path)
    body = _read(story, _File(path), text, name).body(story.body)
    if body.of_agencies:
        return stage.say.label("founding.rehearsed")
    return stage.say.label("founding.rehearsed_several") if story.several else body.name


def _read(story: Story, file: _File, text: str, name: str) -> Regulation:
    """The regulation as its file has it; StoryError when it is wrong or has not every body of the story."""
    read = founding.read(Founding("", name, text, (), {}))
    if isinstance(read, tuple):
        raise file.faulty(_founding(fault, (), story) for fault in read)
    books = (read, *_others(story, file))
    unknown = [*_unknown_bodies(story, books), *_unknown_ids(story, books)]
    unknown += _missing_files(story, file.path.parent)
    if unknown:
        raise file.faulty(unknown)
    return read


def _others(story: Story, file: _File) -> Iterator[Regulation]:
    """The rule books that come with a step or hold for another committee; one with faults is told where it is used."""
    texts = dict[str, str]()
    for handed_in in story.handed_in:
        with suppress(OSError, UnicodeDecodeError):
            texts[handed_in] = text_of(file.path.parent / handed_in)
    for other in map(story.alone, story.beside):
        with suppress(StoryError):
            text, name = _text(other, file)
            texts[name] = text
    for name, text in texts.items():
        read = founding.read(Founding("", name, text, (), {}))
        if not isinstance(read, tuple):
            yield read


def _unknown_bodies(story: Story, books: Sequence[Regulation]) -> Iterator[Finding]:
    """Bodies that no rule book has; who sits where at the beginning goes by the first."""
    first = [body.id for body in books[0].bodies]
    every = list(dict.fromkeys(body.id for book in books for body in book.bodies))
    for where, body in story.named_bodies:
        known = every if where[0] in ("step", "expect") else first
        if body not in known:
            values = {"name": body, "allowed": ", ".join(known)}
            yield Finding(where, "story_body_unknown", values, body)


def _unknown_ids(story: Story, books: Sequence[Regulation]) -> Iterator[Finding]:
    """Kinds of content and grounds of steps that every rule book knows as little as anybody."""
    own = (ground for book in books for body in book.bodies for ground in body.written.grounds)
    grounds = tuple(dict.fromkeys((*Ground, *own)))
    matters = tuple(dict.fromkeys(each for book in books for each in book.matters))
    for where, id_ in story.named_ids:
        known: tuple[str, ...] = matters if isinstance(id_, Matter) else grounds
        if id_ not in known:
            values = {"found": id_.value, "allowed": ", ".join(known)}
            yield Finding(where, "unknown_id", values, id_.value)


def _missing_files(story: Story, folder: Path) -> Iterator[Finding]:
    """Rule books and rosters that steps bring, and that are not beside the story: nobody invents those."""
    for at, step in enumerate(story.step):
        brings = step.does in ("amend", "import_roster", "begin_term") and step.file
        if brings and not (folder / step.file).is_file():
            yield Finding(("step", at, "file"), "story_file_missing", {"name": step.file})


def _flat(settings: Mapping[str, Any], regulation: Regulation, above: str = "") -> dict[str, Any]:
    """Settings by their names or dotted keys; TOML reads a bare dotted key as tables."""
    known = {key for setting in regulation.settings for key in (setting.name, setting.key)}
    flat: dict[str, Any] = {}
    for key, value in settings.items():
        place = f"{above}{key}"
        if isinstance(value, Mapping) and place not in known:
            flat |= _flat(value, regulation, f"{place}.")
        else:
            flat[place] = value
    return flat
