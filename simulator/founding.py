"""Founds the committee of a story, and gives everybody in it a phone. Nothing is played here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot import founding
from bot.people.rules.founding import Founding, FoundingFault, Newcomer, SeatWanted
from bot.people.rules.people import Role
from bot.places import regulations_dir
from bot.regulations.rules.regulation import Regulation
from simulator.phone_client import PhoneClient
from simulator.sandbox import Sandbox
from simulator.story import Actor, Story, StoryError
from simulator.verbs.roster import Roster

FIRST_ACCOUNT = 700_001


async def assemble(
    stage: Sandbox,
    story: Story,
    path: Path,
    *,
    committee: str | None = None,
    hands: type[PhoneClient] = PhoneClient,
) -> Roster:
    """Found the committee of a story, put a phone in everybody's hands, let those join who have joined."""
    text, name = _regulation(story, path)
    regulation = _read(story, text, name)
    wanted = Founding(
        name=committee or story.title,
        regulation_name=name,
        regulation_text=text,
        people=_newcomers(story, regulation),
        settings=_flat(story.settings, regulation),
        confirmed=frozenset(setting.name for setting in regulation.settings),
    )
    founded = await founding.found(stage.bot.context, wanted)
    if isinstance(founded, tuple):
        raise StoryError("\n".join(_fault(fault) for fault in founded))
    actors = story.everybody
    cast = Roster(stage, story, path.parent, founded.committee, {}, {}, {})
    for number, actor in enumerate(actors):
        account = FIRST_ACCOUNT + number
        stage.world.add_person(
            account,
            actor.name,
            title=stage.say.label(f"office.{_office(story, regulation, actor)}"),
        )
        cast.hands[actor.name] = hands(stage, account)
    for invitation in founded.invitations:
        cast.persons[invitation.person.name] = invitation.person.id
        cast.links[invitation.person.name] = invitation.link
    for actor in actors:
        if actor.joined:
            await cast.hands[actor.name].open_link(cast.links[actor.name])
    return cast


def _office(story: Story, regulation: Regulation, actor: Actor) -> str:
    """The office a story gives, or the usual one of such a seat."""
    beside = ((Role.CLERK, story.clerk), (Role.UNIT, story.unit), (Role.GUEST, story.guests))
    for role, several in beside:
        if actor in several:
            return role.value
    if actor in story.officer:
        return actor.office or "secretary"
    usual = "agency" if regulation.body(story.body).of_agencies else "member"
    return actor.office or usual


def _fault(fault: FoundingFault) -> str:
    told = ", ".join(f"{key}: {value}" for key, value in fault.values.items())
    return f"{fault.place}: {fault.kind} ({told})" if told else f"{fault.place}: {fault.kind}"


def _regulation(story: Story, path: Path) -> tuple[str, str]:
    """The text of the regulation: one of ours by its id, or a path beside the story."""
    ours = regulations_dir() / f"{story.regulation}.toml"
    for file in (ours, path.parent / story.regulation, Path(story.regulation)):
        if file.is_file():
            return file.read_text(encoding="utf-8"), file.name
    known = ", ".join(sorted(file.stem for file in regulations_dir().glob("*.toml")))
    raise StoryError(f"{path}: regulation: {story.regulation!r} is no file and none of: {known}")


def committee_of(stage: Sandbox, story: Story, path: Path) -> str:
    """What a committee is called in a rehearsal: no word of the story's title is heard."""
    text, name = _regulation(story, path)
    body = _read(story, text, name).body(story.body)
    return stage.say.label("founding.rehearsed") if body.of_agencies else body.name


def _read(story: Story, text: str, name: str) -> Regulation:
    """The regulation as its file has it; StoryError when it is wrong or has no such body."""
    read = founding.read(Founding("", name, text, (), {}))
    if isinstance(read, tuple):
        raise StoryError("\n".join(_fault(fault) for fault in read))
    if all(body.id != story.body for body in read.bodies):
        known = ", ".join(body.id for body in read.bodies)
        raise StoryError(f"body: {story.body!r} is none of: {known}")
    return read


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


def _newcomers(story: Story, regulation: Regulation) -> tuple[Newcomer, ...]:
    def seated(actor: Actor) -> SeatWanted:
        return SeatWanted(story.body, _office(story, regulation, actor))

    return (
        *(_newcomer(actor, Role.MEMBER, seated(actor)) for actor in story.member),
        *(_newcomer(actor, Role.CLERK, None) for actor in story.clerk),
        *(_newcomer(actor, Role.GUEST, None) for actor in story.guests),
        *(_newcomer(actor, Role.UNIT, None) for actor in story.unit),
        *(_newcomer(actor, Role.OFFICER, seated(actor)) for actor in story.officer),
    )


def _newcomer(actor: Actor, role: Role, seat: SeatWanted | None) -> Newcomer:
    return Newcomer(actor.name, role, (seat,) if seat else (), actor.full_time)
