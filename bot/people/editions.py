"""A committee under a rule book that ships with the program follows its editions; clerk and head are told once.

A file that a committee wrote or changed itself is never replaced, and no running matter changes its rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import structlog

from bot.db import closures, people, rulebooks
from bot.db.notice import Card
from bot.db.people import Committee
from bot.kit import access
from bot.kit.assumptions import assumption
from bot.kit.card import to_home
from bot.kit.due import arrange_all, at_start
from bot.kit.notify import notify, reference
from bot.kit.unit import Context, Line, UnitOfWork
from bot.places import regulations_dir
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation, Setting
from bot.rendering import Rendering
from bot.values.files import sha256_of
from bot.values.moments import in_viet_nam

EDITIONS = "editions.txt"
"""Beside the rule books: which texts were shipped before, each by its regulation and its SHA-256."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A rule book as it ships now, and the digests of its earlier texts."""

    name: str
    text: str
    earlier: frozenset[str]


def shipped(folder: Path) -> dict[str, Shipped]:
    """The rule books of the folder by the id of their regulation, which is the name of the file."""
    lines = (folder / EDITIONS).read_text(encoding="utf-8").splitlines()
    known = [tuple(line.split()) for line in lines if line and not line.startswith("#")]
    return {
        path.stem: Shipped(
            path.name,
            path.read_text(encoding="utf-8"),
            frozenset(digest for regulation, digest in known if regulation == path.stem),
        )
        for path in sorted(folder.glob("*.toml"))
    }


@lru_cache(maxsize=1)
def _of_the_program() -> dict[str, Shipped]:
    return shipped(regulations_dir())


@at_start
async def follow(context: Context) -> None:
    """Every committee takes the edition of now; one that cannot keeps what it has, and no other waits for it."""
    async with context.look() as work:
        ended = {each.committee for each in await closures.every(work.tx)}
        everybody = await people.all_committees(work.tx)
        committees = [each for each in everybody if each.id not in ended]
    for committee in committees:
        async with context.work() as work:
            try:
                await take(work, committee, _of_the_program())
            except RegulationFaults as faults:
                told = [fault.kind for fault in faults.faults]
                _log.error("edition not taken", committee=committee.id, faults=told)


async def take(work: UnitOfWork, committee: Committee, books: dict[str, Shipped]) -> None:
    """The committee's rule book in its edition of now, with the values it chose; nothing where it has that.

    Raises `RegulationFaults` where a value it chose is none of the new edition.
    """
    before = await rulebooks.regulation(work.tx, committee.rulebook)
    kept = await rulebooks.kept(work.tx, committee.rulebook)
    book = books.get(before.id)
    if book is None or sha256_of(kept.text.encode()) not in book.earlier:
        return
    now = parse(book.text, book.name, kept.settings)
    if now.digest == before.digest:
        return
    new = added(before, now)
    detail = {
        "regulation": now.id,
        "rulebook": now.digest,
        "before": before.digest,
        "added": {each.name: each.value for each in new},
    }
    line = Line(committee.id, None, "edition", reference("rulebook", now.digest[:12]), detail)
    since = in_viet_nam(work.now).date()
    turn = rulebooks.Turn(committee.id, before.digest, now.digest, since, work.now)
    edition = rulebooks.Kept(book.name, book.text, kept.settings)
    await work.write(people.take_rulebook(now, edition, turn), line)
    await arrange_all(work, committee.id)
    staff = await access.staff(work, committee.id)
    office = [person for body in now.bodies for person in staff.office(body)]
    shown = told(work.say, committee, now, new)
    await notify(work, office, shown, f"edition:{committee.id}:{now.digest[:12]}")


def added(before: Regulation, now: Regulation) -> tuple[Setting, ...]:
    """The settings that the committee was never asked about, each with its default."""
    known = {each.name for each in before.settings}
    return tuple(each for each in now.settings if each.name not in known)


def told(say: Rendering, committee: Committee, now: Regulation, new: tuple[Setting, ...]) -> Card:
    """Which readings hold from now on that nobody confirmed at set-up."""
    text = say.text(
        "edition",
        committee=committee.name,
        regulation=now,
        added=[assumption(say, each) for each in new],
    )
    return Card(text, (to_home(say),))
