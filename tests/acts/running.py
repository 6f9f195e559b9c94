"""A consultation that runs, for tests that look at what a roll or a calendar froze."""

from __future__ import annotations

from collections.abc import Sequence

from bot.calendar import store as calendar_store
from bot.consultations import store as consultations
from bot.consultations.papers import store as papers
from bot.consultations.rules.consultation import Seat
from bot.db import people, rulebooks
from bot.people.rules.people import members_of
from tests.acts.committees import AN, HOUR, VAN, House


async def opened(
    house: House,
    committee: int,
    of: str = "dang_doan",
    ground: str = "urgent_no_meeting",
    contents: Sequence[str] = (),
) -> int:
    """A consultation with its roll frozen now; only what rosters look at is filled in."""
    several = {"contents": [{"subject": each, "matter": "general"} for each in contents]}
    async with house.context.work() as work:
        kept = await people.committee(work.tx, committee)
        body = (await rulebooks.regulation(work.tx, kept.rulebook)).body(of)
        everybody = await people.of_committee(work.tx, committee)
        new = await papers.submit(
            committee_id=committee,
            rulebook=kept.rulebook,
            body=body.id,
            matter="general",
            ground=ground,
            subject="Chương trình công tác quý II",
            text="Nội dung",
            text_sha256="0" * 64,
            deadline=work.now + 72 * HOUR,
            silence_confirmed=False,
            prepared_by=house.ids[VAN],
            submitted_at=work.now,
            **(several if contents else {}),
        ).into(work.tx)
        dossier = await consultations.get(work.tx, new)
        assert dossier is not None
        await consultations.open_it(
            dossier,
            [Seat(p.id, p.name, p.seats[0].office) for p in members_of(everybody, body.id)],
            at=work.now,
            by=house.ids[AN],
            deadline=work.now + 72 * HOUR,
            calendar=await calendar_store.working_calendar(work.tx, committee),
        ).into(work.tx)
    return new


async def frozen(house: House, consultation: int) -> list[tuple[str, str]]:
    """The roll of a consultation: names and offices."""
    async with house.context.look() as work:
        dossier = await consultations.get(work.tx, consultation)
    assert dossier is not None
    return [(seat.name, seat.office) for seat in dossier.running.roll]
