"""What a consultation is entered with, in tables: its columns, its files, and what of them was corrected.

What has happened in it since it opened is kept elsewhere; whether anything may be changed is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, insert, literal, select, union_all, update

from bot.consultations.first_round import as_kept as first_as_kept
from bot.consultations.rules.consultation import FirstRound
from bot.db import drafts
from bot.db.fact import fact
from bot.db.schema import consultations, corrections, replies, slip_pages
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.values.files import FileRef
from bot.values.sought import searchable


@dataclass(frozen=True, slots=True)
class Change:
    """One correction to be kept."""

    what: str
    before: str
    after: str
    at: datetime
    by: int
    acting_for: int | None = None


@fact
async def submit(tx: Transaction, draft_id: int | None = None, /, **values: Any) -> int:
    """Enter a consultation that waits for the head's approval, with the files of the form if one was filled in."""
    row = {**values, "sought": _sought(values)}
    entered = await tx.execute(insert(consultations).values(**row).returning(consultations.c.id))
    new = int(entered.scalar_one())
    if draft_id is not None:
        await drafts.hand_over_files(tx, draft_id, new)
    return new


def _sought(values: Mapping[str, Any]) -> str:
    """What a consultation is found by: its subject, and those of its contents where it has several."""
    contents = [each["subject"] for each in values.get("contents") or ()]
    return searchable(" ".join([values["subject"], *contents]))


@fact
async def correct(
    tx: Transaction, consultation_id: int, made: Sequence[Change], values: Mapping[str, Any]
) -> None:
    """Keep what was otherwise, and what a request holds from now on."""
    if made:
        rows = [{"consultation_id": consultation_id, **asdict(each)} for each in made]
        await tx.execute(insert(corrections), rows)
    if values.keys() & {"subject", "contents"}:
        kept = consultations.c
        found = await tx.execute(
            select(kept.subject, kept.contents).where(kept.id == consultation_id)
        )
        values = {**values, "sought": _sought({**found.one()._asdict(), **values})}
    if values:
        await tx.execute(
            update(consultations).where(consultations.c.id == consultation_id).values(**values)
        )


@fact
async def replace_file(
    tx: Transaction, consultation_id: int, gone: FileRef | None, file: FileRef, by: int
) -> None:
    """A file of a request in another's place, or beside those it has."""
    if gone is not None:
        await drafts.take_off(tx, consultation_id, gone.sha256)
    await drafts.carry_over(tx, file, consultation_id, by)


@fact
async def replace_files(tx: Transaction, consultation_id: int, draft_id: int) -> None:
    """The files of a form in the place of those that the request had."""
    await drafts.take_off(tx, consultation_id)
    await drafts.hand_over_files(tx, draft_id, consultation_id)


@fact
async def add_file(
    tx: Transaction, consultation_id: int, file: FileRef, by: int, at: datetime
) -> None:
    """A further file of what runs; none is ever replaced."""
    await drafts.carry_over(tx, file, consultation_id, by, at)


@fact
async def submit_again(
    tx: Transaction, first: FirstRound, files: Sequence[FileRef], /, **values: Any
) -> int:
    """Enter a second round, with what the first had come to and the files carried over."""
    frozen = {
        "second_of": first.of,
        "first_round": first_as_kept(first),
        "sought": searchable(values["subject"]),
    }
    entered = await tx.execute(
        insert(consultations).values(**values, **frozen).returning(consultations.c.id)
    )
    new = int(entered.scalar_one())
    for file in files:
        await drafts.carry_over(tx, file, new, values["prepared_by"])
    return new


async def pages(tx: Transaction, consultation_id: int) -> dict[int, tuple[str, ...]]:
    """The photos and scans of paper slips by their digests, of each person in the order of their coming."""
    found: dict[int, tuple[str, ...]] = {}
    for row in await tx.execute(_PAGES, {"of": consultation_id}):
        before = found.get(row.person_id, ())
        if row.sha256 not in before:
            found[row.person_id] = (*before, row.sha256)
    return found


def _pages() -> Select[Any]:
    first = select(
        replies.c.person_id,
        replies.c.photo_sha256.label("sha256"),
        replies.c.at,
        literal(0).label("further"),
        replies.c.id,
    ).where(replies.c.consultation_id == bindparam("of"), replies.c.photo_sha256.is_not(None))
    more = select(
        slip_pages.c.person_id,
        slip_pages.c.sha256,
        slip_pages.c.at,
        literal(1).label("further"),
        slip_pages.c.id,
    ).where(slip_pages.c.consultation_id == bindparam("of"))
    both = union_all(first, more).subquery()
    # Pages of one album are of one second: they stay in the order in which they were kept.
    return select(both).order_by(both.c.at, both.c.further, both.c.id)


_PAGES = compiled_once(_pages())


@fact
async def add_page(
    tx: Transaction, consultation_id: int, person: int, sha256: str, *, at: datetime, by: int
) -> None:
    """Append a further page of somebody's paper slip; its bytes are kept already."""
    row = {"consultation_id": consultation_id, "person_id": person, "sha256": sha256}
    await tx.execute(insert(slip_pages).values(**row, at=at, entered_by=by))
