"""Invitations on paper: one page with a QR code for everybody, to be cut and handed over."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno

from bot.founding import Founded
from bot.people.cards import SeatView, is_agency, seats
from bot.rendering import shared_rendering

SHEET = "loi-moi"
"""What the page is called where no other name is given."""
SCALE = 3
"""Pixels of one module of a QR code."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One invitation to be cut out."""

    name: str
    agency: bool
    seats: tuple[SeatView, ...]
    link: str
    expires_at: datetime
    qr: str


def slips(founded: Founded) -> list[Slip]:
    """A slip for everybody, in the order of the roster."""
    say = shared_rendering().under(founded.regulation.vocabulary)
    return [
        Slip(
            each.person.name,
            is_agency(each.person),
            seats(say, each.person, founded.regulation),
            each.link,
            each.expires_at,
            _qr(each.link),
        )
        for each in founded.invitations
    ]


def _qr(link: str) -> str:
    return segno.make(link, error="m", micro=False).svg_inline(scale=SCALE)


class Sheet:
    """A file that only its owner may read, kept free before anything is founded."""

    def __init__(self, path: Path) -> None:
        """Take the place; raises OSError where it cannot be written, FileExistsError where one lies."""
        self.path = path
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

    def write(self, name: str, slips_: list[Slip]) -> bool:
        """The whole page, printable from any browser; False when the disk refuses, and then no file."""
        page = shared_rendering().plain("cli/invitation_sheet", name=name, slips=slips_)
        try:
            self.path.write_text(page, encoding="utf-8")
        except OSError:
            self.give_up()
            return False
        return True

    def give_up(self) -> None:
        """Remove the file that was begun; nothing where there is none."""
        self.path.unlink(missing_ok=True)


def free_place(folder: Path, named: str, ending: str) -> Path:
    """A name that no file here bears yet: as it is, or with the next number."""
    names = (f"{named}{f'-{number}' if number > 1 else ''}{ending}" for number in range(1, 10_000))
    return next(folder / name for name in names if not (folder / name).exists())
