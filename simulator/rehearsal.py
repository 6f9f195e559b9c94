"""Plays a story on a stage and says what came of it. What people do is in `verbs`, what is expected in `verdict`."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.founding import Founding, FoundingFault, Newcomer, SeatWanted
from bot.domain.people import Role
from bot.domain.regulation import Regulation
from bot.places import regulations_dir
from bot.services import founding, overview
from bot.services.desk import Desk
from bot.services.meetings import told as meetings_told
from bot.services.meetings.told import MeetingTold, VoteTold
from bot.services.notices import lists as notice_lists
from bot.services.overview import MatterTold
from bot.services.reports import told as reports_told
from simulator.chronicle import Line, written_down
from simulator.events import Subscription
from simulator.hands import Hands, cites
from simulator.refusals import NotPossibleError
from simulator.stage import INSTANT, Stage
from simulator.story import Actor, Step, Story, StoryError
from simulator.troubles import TROUBLES
from simulator.verb_keys import (
    CONSULTATION_VERBS,
    MEETING_VERBS,
    NAMES,
    REPORT_VERBS,
    VOTE_VERBS,
)
from simulator.verbs import VERBS, Cast
from simulator.verbs.cast import OCCASION, Named
from simulator.verbs.votes import asks_more

FIRST_ACCOUNT = 700_001
FORMS = frozenset(
    {
        *("launch", "call_meeting", "change_meeting", "send_papers", "send_notice", "add_duty"),
        *("ask_for_meeting", "propose_item", "ask_question"),
    }
)
"""Verbs that need the bot's answer to each question."""
ABOUT = {"launch": CONSULTATION_VERBS, "call_meeting": MEETING_VERBS}
"""Verbs about what such a form makes."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a story: matters, meetings and votes in order with their names, every chat, what went wrong."""

    matters: dict[str, MatterTold]
    meetings: dict[str, MeetingTold]
    votes: dict[str, VoteTold]
    board: dict[str, str | None]
    """Rows "duty period debtor" that the story asks for, each with how it stands."""
    due: dict[str, date | None]
    """Rows "duty period" that the story asks for, each with its last acceptable day."""
    chats: dict[str, tuple[Line, ...]]
    failures: tuple[str, ...]

    @property
    def heard(self) -> dict[str, tuple[Line, ...]]:
        """What the bot said to each, every version of a message edited in place."""
        return {
            name: tuple(line for line in chat if line.kind in ("bot", "edited"))
            for name, chat in self.chats.items()
        }


async def play(story: Story, path: Path) -> Played:
    """Play a story from its start to its end; StoryError when its committee cannot be founded."""
    with tempfile.TemporaryDirectory() as folder:
        async with Stage(Path(folder), story.start) as stage:
            events = stage.world.events.subscribe()
            cast = await assemble(stage, story, path, committee=_committee(stage, story, path))
            failures = []
            for number, step in enumerate(story.steps, 1):
                await stage.move_to(step.at)
                failure = await take(cast, step)
                if failure:
                    failures.append(
                        f"step {number} ({step.at.isoformat()}, {step.does}): {failure}"
                    )
            await stage.move_to(story.end)
            await stage.move_to(story.end + INSTANT)
            return await _told(cast, events, tuple(failures))


async def take(cast: Cast, step: Step) -> str | None:
    """Take one step now; gives what went otherwise than the step says.

    A form cannot be filled in while the bot is away or mute: that is done as soon as it answers.
    """
    if step.does in TROUBLES:
        await TROUBLES[step.does](cast.stage, step)
        return await _catch_up(cast)
    if not cast.stage.answers and _needs_a_form(cast, step):
        cast.postponed.append(step)
        return None
    late = await _catch_up(cast)  # the bot may have found Telegram again since the last step
    now = await _do(cast, step)
    return "; ".join(each for each in (late, now) if each) or None


def _needs_a_form(cast: Cast, step: Step) -> bool:
    """Whether a step is more than one press, or is about a matter whose form waits."""
    if step.does in FORMS:
        return True
    if step.does in VOTE_VERBS:
        opening = any(each.does == "open_vote" for each in cast.postponed)
        return opening or step.does != "vote" or asks_more(cast, step)
    return any(_waits_for(cast, step, form) for form, verbs in ABOUT.items() if step.does in verbs)


def _waits_for(cast: Cast, step: Step, form: str) -> bool:
    waiting = [each.id for each in cast.postponed if each.does == form]
    about = waiting[-1] if step.id is None and waiting else step.id
    return about in waiting


async def _catch_up(cast: Cast) -> str | None:
    failures = []
    while cast.postponed and cast.stage.answers:
        step = cast.postponed.pop(0)
        failure = await _do(cast, step)
        if failure:
            failures.append(f"{step.does} of {step.at.isoformat()} {failure}")
    return "; ".join(failures) or None


async def _do(cast: Cast, step: Step) -> str | None:
    if step.duty and step.does in REPORT_VERBS:
        duty, period = cast.occasion(step.duty, step.period)
        step = step.model_copy(update={"duty": duty, "period": period})
    try:
        refusal = await VERBS[step.does](cast, cast.hands[step.who or ""], step)
    except NotPossibleError as why:
        refusal = str(why)
    if step.does in NAMES and refusal is None and not await _name(cast, step):
        refusal = "nothing came of it"
    return _judge(step, refusal, heard=cast.stage.answers)


def _judge(step: Step, refusal: str | None, *, heard: bool) -> str | None:
    if refusal is None:
        # A bot that is away refuses later; what the person then hears belongs to no step.
        return "was taken, but should have been refused" if step.refused and heard else None
    if not step.refused:
        return f"was refused: {' '.join(refusal.split())}"
    if isinstance(step.refused, str) and not cites(refusal, step.refused):
        return f"was refused without citing {step.refused}: {' '.join(refusal.split())}"
    return None


async def _name(cast: Cast, step: Step) -> bool:
    """Give what a step has just made its name in the story; False if it made nothing."""
    if step.does == "add_duty":  # by what is asked for; a report of the term is no occasion
        return True
    desk = cast.stage.bot.desk
    named, newest = {
        "launch": (cast.matters, overview.newest),
        "call_meeting": (cast.meetings, meetings_told.newest),
        "open_vote": (cast.votes, meetings_told.newest_vote),
        "send_notice": (cast.notices, notice_lists.newest),
    }[step.does]
    found = await newest(desk)
    if found is None or found in named.ids.values():
        return False
    named.add(step.id, found)
    return True


# --- before the curtain ----------------------------------------------------------------------


async def assemble(stage: Stage, story: Story, path: Path, *, committee: str | None = None) -> Cast:
    """Found the committee of a story, give everybody a phone, and let those join who have joined."""
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
    founded = await founding.found(stage.bot.desk, wanted)
    if isinstance(founded, tuple):
        raise StoryError("\n".join(_fault(fault) for fault in founded))
    actors = story.everybody
    cast = Cast(stage, story, path.parent, founded.committee, {}, {}, {})
    for number, actor in enumerate(actors):
        account = FIRST_ACCOUNT + number
        stage.world.add_person(account, actor.name, title=_title(stage, story, actor))
        cast.hands[actor.name] = Hands(stage, account)
    for invitation in founded.invitations:
        cast.persons[invitation.person.name] = invitation.person.id
        cast.links[invitation.person.name] = invitation.link
    for actor in actors:
        if actor.joined:
            await cast.hands[actor.name].open_link(cast.links[actor.name])
    return cast


def _title(stage: Stage, story: Story, actor: Actor) -> str:
    """What stands under a name on the page of phones."""
    if actor in story.clerk:
        return stage.say.label("office.clerk")
    if actor in story.unit:
        return stage.say.label("office.unit")
    if actor in story.guests:
        return stage.say.label("office.guest")
    return stage.say.label(f"office.{actor.office}") if actor.office else ""


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


def _committee(stage: Stage, story: Story, path: Path) -> str:
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
    usual = "agency" if regulation.body(story.body).of_agencies else "member"
    return (
        *(
            _newcomer(a, Role.MEMBER, SeatWanted(story.body, a.office or usual))
            for a in story.member
        ),
        *(_newcomer(actor, Role.CLERK, None) for actor in story.clerk),
        *(_newcomer(actor, Role.GUEST, None) for actor in story.guests),
        *(_newcomer(actor, Role.UNIT, None) for actor in story.unit),
        *(
            _newcomer(a, Role.OFFICER, SeatWanted(story.body, a.office or "secretary"))
            for a in story.officer
        ),
    )


def _newcomer(actor: Actor, role: Role, seat: SeatWanted | None) -> Newcomer:
    return Newcomer(actor.name, role, (seat,) if seat else (), actor.full_time)


# --- after the curtain -----------------------------------------------------------------------


async def _told(cast: Cast, events: Subscription, failures: tuple[str, ...]) -> Played:
    pressed = {hands.user_id: hands.pressed for hands in cast.hands.values()}
    chats = written_down(cast.stage.world, events.ready(), pressed, cast.story.start)
    async with cast.stage.desk() as desk:
        return Played(
            matters=await _of(cast.matters, desk, overview.matter),
            meetings=await _of(cast.meetings, desk, meetings_told.meeting),
            votes=await _of(cast.votes, desk, meetings_told.vote),
            board=await _board(cast, desk),
            due=await _due(cast, desk),
            chats={name: chats.get(hands.user_id, ()) for name, hands in cast.hands.items()},
            failures=failures,
        )


async def _board(cast: Cast, desk: Desk) -> dict[str, str | None]:
    rows = {row for each in cast.story.expected for row in each.board}
    return {
        row: await reports_told.standing_of(desk, cast.committee, *_three(cast, row))
        for row in sorted(rows)
    }


async def _due(cast: Cast, desk: Desk) -> dict[str, date | None]:
    rows = {row for each in cast.story.expected for row in each.due}
    return {
        row: await reports_told.due(desk, cast.committee, *_three(cast, row))
        for row in sorted(rows)
    }


def _three(cast: Cast, row: str) -> tuple[str, str, str]:
    """Duty, period and debtor of a row; what is left out is empty, as is the period of one occasion."""
    duty, period, debtor, *_ = (*row.split(maxsplit=2), "", "", "")
    if f"{duty} {period}" in cast.occasions:
        return (*cast.occasions[f"{duty} {period}"], debtor)
    if duty not in cast.occasions:
        return duty, period, debtor
    named = cast.occasions[duty]
    if period in (*OCCASION, named[1]):
        return (*named, debtor)
    if period[:1].isdigit():
        return (duty, period, debtor) if named[0] == duty else (*named, debtor)
    return (*named, f"{period} {debtor}".strip())


async def _of(
    named: Named, desk: Desk, told: Callable[[Desk, int], Awaitable[T | None]]
) -> dict[str, T]:
    """Everything of one kind by its name in the story, in the order of its making."""
    found = {name: await told(desk, one) for name, one in named.ids.items()}
    return {name: each for name, each in found.items() if each is not None}
