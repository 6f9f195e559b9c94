"""What is not asked in writing waits for the body's next meeting: the office enters it from the refusal itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.db import people, rulebooks
from bot.db.notice import Button, Card
from bot.kit import access
from bot.kit.act import act
from bot.kit.ask import Given, Words
from bot.kit.card import to_home
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError
from bot.kit.unit import Line, UnitOfWork
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.requests.requests import about
from bot.meetings.rules.meeting import Waits
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body, Regulation
from bot.regulations.rules.terms import Matter
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.limits import SUBJECT_LIMIT
from bot.values.names import same
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse
from bot.values.words import refuse_secret


@dataclass(frozen=True, slots=True)
class Access:
    """A clerk before the agendas of the committee's bodies."""

    clerk: Person
    regulation: Regulation

    def body(self, body_id: str) -> Body:
        """The body of that id; raises `MalformedPressError` for what no button carries."""
        try:
            return self.regulation.body(body_id)
        except KeyError:
            raise MalformedPressError from None


async def _find(work: UnitOfWork, account: int, committee: int) -> Access:
    clerk = await access.in_committee(work, account, committee)
    if clerk is None or not clerk.is_clerk:
        raise Refused(NO_RIGHT)
    kept = await people.committee(work.tx, committee)
    return Access(clerk, await rulebooks.regulation(work.tx, kept.rulebook))


def _refuse_body(found: Access, body_id: str, _at: datetime) -> Refusal | None:
    """A body that does not meet under its regulation has no agenda."""
    body = found.body(body_id)
    return None if body.meetings else Refusal("gone")


def _refuse_matter(found: Access, matter: str, _at: datetime) -> Refusal | None:
    if found.regulation.matter(matter) is None:
        raise MalformedPressError
    return None


def _refuse_subject(_found: Access, subject: str, _at: datetime) -> Refusal | None:
    return refuse_secret(subject)


async def _ask(work: UnitOfWork, found: Access, args: tuple[str, ...], _page: int) -> Screen:
    body, matter = found.body(args[1]), Matter(args[2])
    return Screen(asks_subject(work.say, found.clerk.committee, body, matter), as_new_message=True)


@act(
    "item_instead",
    find=_find,
    needs=(
        Given(_refuse_body),
        Given(_refuse_matter),
        Words(_ask, SUBJECT_LIMIT, _refuse_subject, line=True),
    ),
)
async def item_instead(
    work: UnitOfWork, found: Access, _at: datetime, body_id: str, matter: str, subject: str
) -> Screen:
    """It waits for the body's next meeting under that subject, once; where its vote must be secret, that is said."""
    clerk, body = found.clerk, found.body(body_id)
    waiting = await agenda.waiting(work.tx, clerk.committee, body.id)
    if any(same(subject, item.subject) for item in waiting):
        refuse("wish_twice", subject=subject)
    item = WaitingItem(body.id, subject, Waits.PROPOSED.value, Matter(matter), proposed_by=clerk.id)

    def line(entered: int) -> Line:
        detail = {"body": body.id, "subject": subject, "matter": matter}
        return Line(clerk.committee, clerk, "wish_item", reference("item", entered), detail)

    await work.write(agenda.wait_for(clerk.committee, item, work.now), line)
    return Screen(waits(work.say, body, item), about=about(clerk.committee))


# --- how it looks ----------------------------------------------------------------------------


def asks_subject(say: Rendering, committee: int, body: Body, matter: Matter) -> Card:
    """Asks under what name it shall stand on the agenda."""
    text = say.text("item_instead", body=body, matter=matter.value, item=None, secret="")
    back = Button(say.label("button.back"), action("launch", committee))
    return Card(text, ((back,),))


def waits(say: Rendering, body: Body, item: WaitingItem) -> Card:
    """It waits now; where the vote on it must be secret, with the article."""
    vote = body.meetings.vote if body.meetings else None
    secret = vote.secret_by(item.matter) if vote else None
    text = say.text("item_instead", body=body, matter=item.matter.value, item=item, secret=secret)
    return Card(text, (to_home(say),))
