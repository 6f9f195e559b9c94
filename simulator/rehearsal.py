"""Plays a story in a sandbox, with what befalls the bot in it, and tells what came of it in plain values."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.consultations import overview as consultations_overview
from bot.consultations.overview import MatterTold
from bot.db.backup import back_up
from bot.health import health
from bot.kit.unit import Context
from bot.meetings import overview as meetings_told
from bot.meetings.overview import MeetingSnapshot, VoteSnapshot
from bot.notices import acts as notice_acts
from bot.owed.overview import newest_answer, newest_task
from bot.papers import face as papers_face
from bot.reports import overview as reports_told
from bot.values.moments import INSTANT
from simulator.chronicle import Line, written_down
from simulator.difference import Difference, NotPossibleError
from simulator.events import Subscription
from simulator.founding import assemble, committee_of
from simulator.owed import owed
from simulator.papers_kept import PapersKept
from simulator.phone_client import PhoneClient, RefusedByBot, cites
from simulator.sandbox import Sandbox
from simulator.story import Step, Story
from simulator.story_verbs import (
    CONSULTATION_VERBS,
    MEETING_VERBS,
    NAMES,
    REPORT_VERBS,
    VOTE_VERBS,
)
from simulator.verbs.roster import OCCASION, Named, Roster
from simulator.verbs.sitting import asks_more
from simulator.verbs.table import VERBS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a story: matters, meetings and votes in order with their names, every chat, what went wrong."""

    matters: dict[str, MatterTold]
    meetings: dict[str, MeetingSnapshot]
    votes: dict[str, VoteSnapshot]
    board: dict[str, str | None]
    """Rows "duty period debtor" that the story asks for, each with how it stands."""
    due: dict[str, date | None]
    """Rows "duty period" that the story asks for, each with its last acceptable day."""
    waiting: dict[str, tuple[str, ...]]
    """What waits for the next meeting of each body that the story asks for."""
    owed: dict[str, tuple[str, ...]]
    """Who the story asks about, with what that person must act on: "upward_report c1"."""
    chats: dict[str, tuple[Line, ...]]
    failures: tuple[Difference, ...]

    @property
    def heard(self) -> dict[str, tuple[Line, ...]]:
        """What the bot said to each, every version of a message edited in place."""
        return {
            name: tuple(line for line in chat if line.kind in ("bot", "edited"))
            for name, chat in self.chats.items()
        }


async def outcome(cast: Roster, events: Subscription, failures: tuple[Difference, ...]) -> Played:
    """Everything that came of it, at the end."""
    pressed = {hands.user_id: hands.pressed for hands in cast.hands.values()}
    chats = written_down(cast.stage.world, events.ready(), pressed, cast.story.start)
    async with cast.stage.context() as context:
        return Played(
            matters=_with_contents(await _of(cast.matters, context, consultations_overview.matter)),
            meetings=await _of(cast.meetings, context, meetings_told.meeting),
            votes=await _of(cast.votes, context, meetings_told.vote),
            board=await _board(cast, context),
            due=await _due(cast, context),
            waiting=await _waiting(cast, context),
            owed=await owed(cast, context),
            chats={name: chats.get(hands.user_id, ()) for name, hands in cast.hands.items()},
            failures=(*failures, *await _broken(context)),
        )


async def _broken(context: Context) -> tuple[Difference, ...]:
    """What the bot failed at and set aside: the step that asked for it only looks done."""
    house = await health(context)
    dues = (
        Difference("due_aside", {"due": each.kind, "fault": each.fault}) for each in house.set_aside
    )
    faulty = house.inbox.faulty
    return (*([Difference("updates_aside", {"count": faulty})] if faulty else []), *dues)


async def _board(cast: Roster, context: Context) -> dict[str, str | None]:
    rows = {row for each in cast.story.expected for row in each.board}
    return {
        row: await reports_told.standing_of(context, cast.committee, *_three(cast, row))
        for row in sorted(rows)
    }


async def _due(cast: Roster, context: Context) -> dict[str, date | None]:
    rows = {row for each in cast.story.expected for row in each.due}
    return {
        row: await reports_told.due(context, cast.committee, *_three(cast, row))
        for row in sorted(rows)
    }


async def _waiting(cast: Roster, context: Context) -> dict[str, tuple[str, ...]]:
    """What waits for a body of the story's committee, or for the one body of another named in its place."""
    named = {name for each in cast.story.expected for name in each.waiting}
    found = {}
    for name in sorted(named):
        of = cast.beside.get(name)
        at = (of.committee, of.story.body) if of else (cast.committee, name)
        found[name] = await meetings_told.waiting(context, *at)
    return found


def _three(cast: Roster, row: str) -> tuple[str, str, str]:
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


def _with_contents(matters: dict[str, MatterTold]) -> dict[str, MatterTold]:
    """Every content of a slip with several under its name, "c1.2", and then the slip."""
    named: dict[str, MatterTold] = {}
    for name, told in matters.items():
        named |= {f"{name}.{place}": each for place, each in enumerate(told.contents, 1)}
        named[name] = told
    return named


async def _of(
    named: Named, context: Context, tell: Callable[[Context, int], Awaitable[T | None]]
) -> dict[str, T]:
    """Everything of one kind by its name in the story, in the order of its making."""
    found = {name: await tell(context, one) for name, one in named.ids.items()}
    return {name: each for name, each in found.items() if each is not None}


async def bot_stops(stage: Sandbox, _step: Step) -> None:
    """The bot's machine goes down."""
    await stage.stop_bot()


async def bot_starts(stage: Sandbox, _step: Step) -> None:
    """It comes up again."""
    await stage.start_bot()
    await stage.settle()


async def telegram_fails(stage: Sandbox, step: Step) -> None:
    """Telegram answers with errors, or not at all."""
    await stage.breathe()
    stage.world.faults.fail(step.with_)
    await stage.settle()


async def telegram_recovers(stage: Sandbox, _step: Step) -> None:
    """Telegram works again."""
    stage.world.faults.clear()
    await stage.settle()


TROUBLES: dict[str, Callable[[Sandbox, Step], Awaitable[None]]] = {
    "bot_stops": bot_stops,
    "bot_starts": bot_starts,
    "telegram_fails": telegram_fails,
    "telegram_recovers": telegram_recovers,
}


FORMS = frozenset(
    {
        *("launch", "call_meeting", "change_meeting", "send_papers", "send_notice", "add_duty"),
        *("second_round", "prepare_anew", "ask_for_meeting", "propose_item", "ask_question"),
        *("add_person", "end_seat", "change_office", "rename_person"),
    }
)
"""Verbs that need the bot's answer to each question."""
ABOUT = {"launch": CONSULTATION_VERBS, "call_meeting": MEETING_VERBS}
"""Verbs about what such a form makes."""


class NotWrittenError(Exception):
    """The story was played, and what was asked for besides cannot be written to `path`."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What is written there; NotWrittenError where it cannot be."""
    try:
        yield
    except OSError as fault:
        raise NotWrittenError(path) from fault


async def play(
    story: Story,
    path: Path,
    hands: type[PhoneClient] = PhoneClient,
    *,
    keep: Path | None = None,
    papers: Path | None = None,
    database: str | None = None,
    look: Callable[[Context], Awaitable[None]] | None = None,
) -> Played:
    """Play a story from its start to its end, by such hands; keep its database as `keep`, which is not there yet.

    Every paper that it gives rise to is written into the folder `papers`. With `database` it is played on
    that one of a server. At the end `look` may look at what came of it. Refuses (StoryError) a story whose
    committee cannot be founded; NotWrittenError where `keep` or `papers` cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        stage = Sandbox(Path(folder), story.start, intake=story.intake, database=database)
        async with stage:
            events = stage.world.events.subscribe()
            cast = await assemble(
                stage, story, path, committee=committee_of(stage, story, path), hands=hands
            )
            failures, kept = [], PapersKept()
            for number, step in enumerate(story.steps, 1):
                await stage.move_to(step.at)
                failure = await take(cast, step)
                if papers is not None:
                    await kept.look(cast)
                if failure:
                    of = {"number": number, "at": step.at, "does": step.does, "what": failure}
                    failures.append(Difference("step", of))
            await stage.move_to(story.end)
            await stage.move_to(story.end + INSTANT)
            played = await outcome(cast, events, tuple(failures))
            if papers is not None:
                await kept.look(cast)
                await kept.look_at_figures(cast)
                with writing(papers):
                    await papers_face.into_folder(kept.drafts, papers)
            if look is not None:
                async with cast.stage.context() as context:
                    await look(context)
        if keep is not None:
            with writing(keep):
                await asyncio.to_thread(back_up, stage.path, keep)
        return played


async def take(cast: Roster, step: Step) -> Difference | None:
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
    return _together([each for each in (late, now) if each])


def _needs_a_form(cast: Roster, step: Step) -> bool:
    """Whether a step is more than one press, or is about a matter whose form waits."""
    if step.does in FORMS:
        return True
    if step.does in VOTE_VERBS:
        opening = any(each.does == "open_vote" for each in cast.postponed)
        return opening or step.does != "vote" or asks_more(cast, step)
    return any(_waits_for(cast, step, form) for form, verbs in ABOUT.items() if step.does in verbs)


def _waits_for(cast: Roster, step: Step, form: str) -> bool:
    waiting = [each.id for each in cast.postponed if each.does == form]
    about = waiting[-1] if step.id is None and waiting else step.id
    return about in waiting


async def _catch_up(cast: Roster) -> Difference | None:
    failures = []
    while cast.postponed and cast.stage.answers:
        step = cast.postponed.pop(0)
        failure = await _do(cast, step)
        if failure:
            of = {"at": step.at, "does": step.does, "what": failure}
            failures.append(Difference("late", of))
    return _together(failures)


def _together(failures: list[Difference]) -> Difference | None:
    return Difference("several", {"all": tuple(failures)}) if failures else None


async def _do(cast: Roster, step: Step) -> Difference | None:
    cast = cast.of(step)
    if step.duty and step.does in REPORT_VERBS:
        duty, period = cast.occasion(step.duty, step.period)
        step = step.model_copy(update={"duty": duty, "period": period})
    refusal: Difference | str | None = None
    try:
        hands = cast.hands[step.who] if step.who else next(iter(cast.hands.values()))
        await VERBS[step.does](cast, hands, step)  # by the command line no hands are needed
    except RefusedByBot as why:
        refusal = " ".join(str(why).split())
    except NotPossibleError as why:
        refusal = why.difference
    if step.does in NAMES and refusal is None and not await _name(cast, step):
        refusal = Difference("nothing_made")
    return _judge(step, refusal, heard=cast.stage.answers)


def _judge(step: Step, refusal: Difference | str | None, *, heard: bool) -> Difference | None:
    if refusal is None:
        # A bot that is away refuses later; what the person then hears belongs to no step.
        return Difference("taken") if step.refused and heard else None
    if not step.refused:
        return Difference("refused", {"words": refusal})
    said = refusal if isinstance(refusal, str) else ""
    if isinstance(step.refused, str) and not cites(said, step.refused):
        return Difference("uncited", {"article": step.refused, "words": refusal})
    return None


async def _name(cast: Roster, step: Step) -> bool:
    """Give what a step has just made its name in the story; False if it made nothing."""
    if step.does == "add_duty":  # by what is asked for; a report of the term is no occasion
        return True
    context = cast.stage.bot.context
    named, newest = {
        "launch": (cast.matters, consultations_overview.newest),
        "second_round": (cast.matters, consultations_overview.newest),
        "prepare_anew": (cast.matters, consultations_overview.newest),
        "call_meeting": (cast.meetings, meetings_told.newest),
        "open_vote": (cast.votes, meetings_told.newest_vote),
        "send_notice": (cast.notices, notice_acts.newest),
        "ask_question": (cast.questions, newest_answer),
        "add_task": (cast.tasks, newest_task),
    }[step.does]
    found = await newest(context)
    if found is None or found in named.ids.values():
        return False
    named.add(step.id, found, _body(cast, step))
    return True


def _body(cast: Roster, step: Step) -> str:
    """The body of what a step has made; of a vote that of its meeting."""
    if step.does == "open_vote":
        return cast.meetings.body_of(step.meeting, step.body)
    return cast.body(step)
