"""Live cards of a meeting before it begins, and what its office can do. Nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.card import Button, Card
from bot.domain.press import press
from bot.domain.refusal import Refusal
from bot.services.cards.meetings import asked as asked_cards
from bot.services.cards.meetings import invitation as cards
from bot.services.desk import Work
from bot.services.meetings import calling, floor, handouts, invitations
from bot.services.meetings.floor import Floor
from bot.store import people


async def invitation_card(work: Work, ids: Sequence[int], chat_id: int) -> Card | None:
    """One person's invitation, for that person's chat alone."""
    meeting_id, person_id = ids[:2]
    person = await people.person(work.tx, person_id)
    if person is None or person.account != chat_id:
        return None
    stood = await floor.before(work, chat_id, meeting_id)
    if isinstance(stood, Refusal) or stood.invitee is None:
        return None
    around = await invitations.around(work, stood.meeting)
    return cards.card(work.say, stood.meeting, around, stood.invitee, work.now)


async def asked_card(work: Work, ids: Sequence[int], chat_id: int) -> Card | None:
    """The request as head and office see it, with its answer once there is one."""
    stood = await floor.before(work, chat_id, ids[0])
    if isinstance(stood, Refusal) or not stood.office:
        return None
    clerk = await people.person(work.tx, stood.meeting.prepared_by)
    around = await invitations.around(work, stood.meeting)
    name = clerk.name if clerk else ""
    return asked_cards.card(work.say, stood.meeting, around, name, work.now, head=stood.head)


def office_rows(work: Work, stood: Floor) -> Sequence[tuple[Button, ...]]:
    """What the office can do upon a called meeting: documents, changes, calling it off."""
    meeting = stood.meeting
    rows: list[tuple[Button, ...]] = []
    if handouts.refuse(stood, work.now) is None:
        rows.append(
            (Button(work.say.label("calling_button.papers"), press("mpapers", meeting.id)),)
        )
    if calling.refuse_change(stood) is None:
        change, cancel = press("mchange", meeting.id), press("mcancel", meeting.id)
        rows.append((Button(work.say.label("calling_button.change"), change),))
        rows.append((Button(work.say.label("calling_button.cancel"), cancel, style="danger"),))
    return rows


LIVE_CARDS = {"meeting": invitation_card, "masked": asked_card}
"""By the first word of a live card's name."""
