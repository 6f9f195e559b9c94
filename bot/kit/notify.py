"""To owe somebody a message: one function for all subjects. When and how it is sent is not known here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.db import outbox
from bot.db.notice import NOTICE, REMINDER, Card, Notice
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.values.files import FileRef

Shown = Card | str
"""A card, or the name of a live one."""


def reference(subject: str, of: int | str) -> str:
    """How messages, due moments and the register name one thing: "meeting:3", "body:dang_doan"."""
    return f"{subject}:{of}"


def number_of(named: str) -> int:
    """The number in such a name, "consultation:3.2" is of 3; raises ValueError where there is none."""
    return int(named.split(":")[1].partition(".")[0])


def content_of(named: str) -> int:
    """The content in such a name, "consultation:3.2" is of 2; 0 where it names none."""
    return int(named.partition(".")[2] or 0)


def stamp(work: UnitOfWork) -> int:
    """The moment as a whole number: what tells one notice from the next of its kind."""
    return int(work.now.timestamp() * 1000)


async def notify(
    work: UnitOfWork,
    to: Iterable[Person],
    shown: Shown | Callable[[Person], Shown],
    key: str,
    *,
    kind: str = "",
    about: str = "",
    consultation: int | None = None,
    files: tuple[FileRef, ...] = (),
    priority: int = NOTICE,
) -> None:
    """A card, or the live card of that name, to everybody who can be reached, once each under the key.

    It is the same for all, or made for each. `kind` is by default the first word of the key. Reminders
    are not repeated when their fate is unknown. It goes out at once, or from when on the unit of work tells.
    """
    each_sees = shown if callable(shown) else lambda _: shown
    await outbox.put_many(
        work.tx,
        [
            Notice(
                key=f"{key}:{person.id}",
                chat_id=person.account,
                kind=kind or key.split(":", 1)[0],
                card=None if isinstance(sees, str) else sees,
                live=sees if isinstance(sees, str) else None,
                files=files,
                priority=priority,
                legal=priority != REMINDER,
                consultation_id=consultation,
                about=about,
                person_id=person.id,
                not_before=work.tells_from,
            )
            for person in {each.id: each for each in to}.values()
            if person.account is not None
            for sees in (each_sees(person),)
        ],
        work.now,
    )
