"""A meeting that sits, for attacks on its votes: called, opened and attended by rows, voted in by presses."""

from __future__ import annotations

from collections.abc import Iterable

from bot.db import people
from bot.meetings import overview
from bot.meetings import store as meetings
from bot.meetings.overview import VoteSnapshot
from bot.meetings.rules.meeting import AgendaItem, Invitee, Mark, MeetingAct, MeetingActKind, Noted
from bot.people.rules.people import members_of
from simulator.phone_client import Seen
from tests.faults.committee import BODY, CLERK, Committee
from tests.registers import enter

SUBJECT = "Giới thiệu nhân sự phó chủ tịch"


class Sitting:
    """A meeting of a committee with one item on its agenda, and everybody checked in."""

    def __init__(self, house: Committee, meeting: int, item: int) -> None:
        self.house = house
        self.id = meeting
        self.item = item

    async def opens(
        self,
        *,
        kind: str = "approve",
        form: str = "secret",
        matter: str = "personnel",
        names: Iterable[str] = (),
    ) -> int:
        """The head opens a vote by buttons; gives its id."""
        head = self.house.hands(self.house.head)
        await head.press("vote_open", self.item, matter, kind, form)
        if kind != "approve":
            await head.say("\n".join(names))
            await head.press("form_send", *head.screen_with("form_send")["form_send"])
        found = await overview.newest_vote(self.house.stage.bot.context)
        assert found is not None
        return found

    async def chooses(self, account: int, vote: int, letters: str) -> Seen:
        """A choice, up to the screen on which it is confirmed."""
        return await self.house.hands(account).try_press("ballot", vote, letters)

    async def casts(self, account: int, vote: int, letters: str) -> Seen:
        """A whole ballot: each answer in turn, then the confirmation."""
        for place in range(1, len(letters) + 1):
            await self.chooses(account, vote, letters[:place])
        return await self.house.hands(account).try_press("cast", vote, letters)

    async def closes(self, vote: int) -> VoteSnapshot:
        """The head closes the vote, whoever has not voted."""
        head = self.house.hands(self.house.head)
        await head.press("vote_close", vote)
        if head.shows("vote_close_yes", vote) is not None:
            await head.press("vote_close_yes", vote)
        return await self.told(vote)

    async def told(self, vote: int) -> VoteSnapshot:
        found = await overview.vote(self.house.stage.bot.context, vote)
        assert found is not None
        return found

    async def note(self, mark: Mark, *accounts: int) -> None:
        """Somebody comes or goes."""
        context = self.house.stage.bot.context
        async with context.work() as work:
            for account in accounts:
                person = self.house.persons[account]
                noted = Noted(person, mark, work.now, person)
                await enter(work, self.house.id, meetings.note(self.id, noted))


async def sitting(house: Committee, *, here: Iterable[int] | None = None) -> Sitting:
    """A meeting of the whole committee that has been opened; `here` are the accounts checked in."""
    present = list(house.accounts if here is None else here)
    context = house.stage.bot.context
    async with context.work() as work:
        everybody = await people.of_committee(work.tx, house.id)
        rulebook = (await people.committee(work.tx, house.id)).rulebook
        clerk, head = house.persons[CLERK], house.persons[house.head]
        body = BODY[house.regulation]
        values = {
            "committee_id": house.id,
            "rulebook": rulebook,
            "body": body,
            "kind": "regular",
            "session": "",
            "starts_at": work.now,
            "place": "Phòng họp số 1",
            "uid": f"mot-cuoc-hop-{work.now.timestamp()}",
            "sequence": 0,
            "prepared_by": clerk,
            "submitted_at": work.now,
        }
        items = [AgendaItem(0, 1, SUBJECT)]
        meeting = await enter(work, house.id, meetings.submit(values, items, ()))
        roll = [
            Invitee(p.id, p.name, p.seats[0].office, p.seats[0].full_time)
            for p in members_of(everybody, body)
        ]
        await enter(work, house.id, meetings.call(meeting, roll, work.now))
        for kind in (MeetingActKind.CALL, MeetingActKind.OPEN):
            act = MeetingAct(kind, work.now, head)
            await enter(work, house.id, meetings.add_act(meeting.id, act))
    made = Sitting(house, meeting.id, meeting.items[0].id)
    await made.note(Mark.CHECK_IN, *present)
    return made
